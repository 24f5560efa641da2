"""The letters, marks and digits that comparisons and searches take for one another, by the constants of pyarabic.

This is the definition. `newsparse.letters` is made from it, so that a plain run does not import pyarabic, which takes
13 ms. After a change, ``python -m newsparse.arabic`` makes it anew; a test holds them equal.
"""

from __future__ import annotations

import warnings
from pathlib import Path

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


def letters_source() -> str:
    """The source of `newsparse.letters`."""
    olds = "".join(chr(old) for old, new in FOLDED.items() if new)
    news = "".join(filter(None, FOLDED.values()))
    gone = "".join(chr(old) for old, new in FOLDED.items() if not new)
    tashkeel, gone = (ascii(marks).replace("'", '"') for marks in (TASHKEEL, gone))
    return f'''"""The table of `newsparse.arabic`, made by ``python -m newsparse.arabic``; do not edit."""

TASHKEEL = {tashkeel}
OLD = "{olds}"
NEW = "{news}"
REMOVED = {gone}
FOLDED: dict[int, str] = {{**dict(zip(map(ord, OLD), NEW)), **dict.fromkeys(map(ord, REMOVED), "")}}  # noqa: B905
'''


if __name__ == "__main__":
    Path(__file__).with_name("letters.py").write_text(letters_source(), encoding="utf-8")
