"""The letters, marks and digits that comparisons and searches take for one another, by the constants of pyarabic.

This is the definition. A plain run takes the same tables from `newsparse.signs`, since it does not import pyarabic; a
test holds them equal.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its invalid escapes are SyntaxWarnings on Python 3.12 and later
    from pyarabic import araby

ALEFS = (araby.ALEF_HAMZA_ABOVE, araby.ALEF_HAMZA_BELOW, araby.ALEF_MADDA, araby.ALEF_WASLA)
TASHKEEL = "".join(sorted(araby.TASHKEEL))
FOLDED: dict[int, str] = str.maketrans(
    {
        **dict.fromkeys(ALEFS, araby.ALEF),
        **{araby.ALEF_MAKSURA: araby.YEH, araby.TEH_MARBUTA: araby.HEH},
        **{"ک": araby.KAF, "ی": araby.YEH, **dict.fromkeys("ۀہھ", araby.HEH)},  # of Persian and Urdu
        **dict(zip(araby.NUMBERS_EAST + araby.NUMBERS_PERS, araby.NUMBERS_WEST * 2, strict=True)),
        **dict.fromkeys((*TASHKEEL, araby.TATWEEL, araby.MINI_ALEF), ""),
    }
)
