"""What may stand beside a timestamp on its line: sources, places, names, rubrics, counters; and prose may not.

Knows the words of bylines and pages. Does not know dates. A line is a timestamp's only where everything else on it is
one of these: known by a list, or few words, set apart by a sign, beside a time that is proven by a clock, a weekday or
a label.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from newsparse.names import byline, lexicon
from newsparse.patterns import rare
from newsparse.text import fold, letters
from newsparse.words.vocab import Vocab

EDGES = " \t-–—―ـ|•·/\\,،;؛:.…()[]{}*>»«›<&+_\"'"
DATELINE = frozenset({lexicon.Part.AGENCY, lexicon.Part.AMBIGUOUS, lexicon.Part.CITY, lexicon.Part.COUNTRY})
MOST_WORDS = 16  # of all that stands beside
TIES = frozenset({"and", "date"})  # roles of words in bylines that name nobody
MAX_FREQUENT_WORDS = 3  # of sentences, in a byline
MOST_CREDITED = 8  # words of a byline, its «بقلم» or "By" with them

_SPACES = r"(?:(?<!\s)\s+)?"  # tried only where a run begins: from each of its characters, it would be quadratic
_APART = rare(rf"{_SPACES}[|•·∙>›»]+\s*|\s[-–—ـ]+\s|{_SPACES}[–—]\s*")
_SMALLER = rare(rf"{_SPACES}[/،,;؛()\[\]:«»]\s*|\s[-–—ـ]\s")
_DIGIT = re.compile(r"\d")


class Neighbour(NamedTuple):
    """Words on one side of a stamp, and what lies between: separators, or a label."""

    text: str
    sign: str
    leads: bool  # before the stamp
    labelled: bool  # a label lies between


class Proof(Enum):
    """What else on the line says that its date is a stamp's, so what may stand beside it."""

    DAY_OF_DATELINE = "a day without a year: sources and places alone may stand there"
    NO_DATE = "none: what the lists know"
    DATE = "none but the date: much, beside a source's name"
    WEEKDAY_OR_LABEL = "a weekday or a label"
    CLOCK = "a clock"


def may_stand(neighbours: tuple[Neighbour, ...], proof: Proof, vocab: Vocab) -> bool:
    """Whether all these words may stand beside stamps that have such a proof."""
    texts = [neighbour.text for neighbour in neighbours]
    if proof is Proof.DAY_OF_DATELINE:
        return all(is_dateline(text, vocab) for text in texts)
    if proof is Proof.NO_DATE:
        return all(is_known(text.strip(EDGES), vocab) for text in texts)
    timed = proof is Proof.CLOCK
    proven = proof is not Proof.DATE or any(is_source(text, vocab) for text in texts)
    return all(_may_stand(neighbour, proven, timed, vocab) for neighbour in neighbours)


def rest_of(neighbours: tuple[Neighbour, ...]) -> str:
    """What stands beside the stamps, as one text, without the separators at its edges."""
    return " | ".join([neighbour.text.strip(EDGES) for neighbour in neighbours]) if neighbours else ""


def _may_stand(neighbour: Neighbour, proven: bool, timed: bool, vocab: Vocab) -> bool:
    """Whether the words may stand beside a stamp that is `proven` (clock, weekday, label) and `timed` (clock)."""
    if neighbour.text.count(" ") > MOST_WORDS:
        return False
    pieces = [stripped for piece in _APART.split(neighbour.text) if (stripped := piece.strip(EDGES))]
    nearest = (len(pieces) - 1) if neighbour.leads else 0
    return all(
        _fits(piece, neighbour if i == nearest else None, proven, timed, vocab) for i, piece in enumerate(pieces)
    )


def _fits(piece: str, nearest: Neighbour | None, proven: bool, timed: bool, vocab: Vocab) -> bool:
    """Whether the piece is known, or its words are few enough for what sets them apart from the stamp."""
    keys = [key.strip(EDGES) for key in fold(piece).split()]
    if not keys:  # marks alone, which folding takes off
        return True
    words = letters(fold(piece))
    if words in vocab.captions and not proven:  # «أرشيف - 28/02/2025»
        return False
    if words in vocab.furniture and not (nearest and (nearest.labelled or _is_tied(nearest, proven))):
        return True  # «رقم الخبر: 1234», "No Comments"
    if "@" in piece or not vocab.other_dates.keys().isdisjoint(keys):  # a post's author; another thing's date
        return False
    if len(keys) <= MOST_CREDITED and _is_credit(keys, proven, vocab):
        return True
    if is_known(piece, vocab, proven) and not (_is_tied(nearest, proven) and _is_of_page(piece, vocab)):
        return True
    if nearest and (proven or not nearest.leads) and words in vocab.sections:
        return True  # «بواسطة سامي، 28 فبراير 2025 في سياسة», «نشر في سياسة يوم 28 - 2 - 2025»
    if not vocab.frequent_words.keys().isdisjoint(keys):
        return False
    most = _most_words(nearest, proven, timed)
    if _DIGIT.search(piece):
        most = min(most, 3) if proven and (nearest is None or nearest.sign.strip(" ,.:")) else 0
    return len(keys) <= most


def _is_credit(keys: list[str], proven: bool, vocab: Vocab) -> bool:
    """Whether the words are a byline that a word opens; beside a date alone, «يوم» opens none, and «عرض» is none."""
    role = vocab.credit_words.get(keys[0])
    if len(vocab.frequent_words.keys() & set(keys)) > MAX_FREQUENT_WORDS:
        return False
    return role is not None and (proven or (len(keys) > 1 and role not in TIES))


def _is_tied(nearest: Neighbour | None, proven: bool) -> bool:
    """Whether the words belong to the date as a label would: «صورة: 28 فبراير», «العدد 28/2»."""
    if nearest is None:
        return False
    return ":" in nearest.sign or (nearest.leads and not proven and not nearest.sign.strip())


def _most_words(nearest: Neighbour | None, proven: bool, timed: bool) -> int:
    if nearest is None:
        return 6
    if nearest.labelled:
        return 8 if nearest.sign.strip() else 2
    if set(nearest.sign) & set("|>"):
        return 6
    if ":" in nearest.sign:
        return 0
    if set(nearest.sign) & set("-/(),"):
        return 6 if proven else 0
    return 4 if timed and nearest.leads else 0


def is_known(piece: str, vocab: Vocab, proven: bool = False) -> bool:
    """Whether the lists know the piece, or each part of it: a source, a place, a rubric, a button, a byline.

    Beside a `proven` stamp the shape of a byline is enough.
    """
    words = lexicon.index(vocab)
    if _is_listed(piece, words):
        return True
    credit = byline.read(piece, vocab)
    if credit is not None and (credit.certain or credit.known or proven):
        return True
    parts = [part for part in _SMALLER.split(piece) if part]
    return len(parts) > 1 and all(_is_listed(part, words) for part in parts)


def _is_listed(piece: str, words: lexicon.Index) -> bool:
    found = lexicon.unit(piece, fold(piece), words)
    return (found is not None and found[0] is not lexicon.Part.DATE) or _is_of_page(piece, words.vocab)


def _is_of_page(piece: str, vocab: Vocab) -> bool:
    """Whether the words are a page's: a rubric, a button, a mark of the end."""
    words = letters(fold(piece))
    if all(word in vocab.sections for word in words.split(" و")):  # «اقتصاد وبيئة»
        return True
    return any(words in table for table in (vocab.furniture, vocab.endings, vocab.boxes, vocab.tag_labels))


def is_source(text: str, vocab: Vocab) -> bool:
    """Whether the words name an agency or outlet, and nothing else."""
    return byline.agency(text, vocab) is not None


def is_dateline(text: str, vocab: Vocab) -> bool:
    """Whether the words are sources and places, and nothing else."""
    words = lexicon.index(vocab)
    parts = [part for part in _SMALLER.split(text.strip(EDGES)) if part]
    return all((found := lexicon.unit(part, fold(part), words)) is not None and found[0] in DATELINE for part in parts)
