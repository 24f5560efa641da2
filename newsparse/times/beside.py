"""Words beside a timestamp on its line: sources, places, names, sections and counters are allowed, prose is not.

Knows the words of bylines and pages. Does not know dates. A line is a timestamp only if the lists know everything else
on it; or if the rest is a few words, set apart by a sign, and a clock, a weekday or a label proves the time.
"""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from typing import NamedTuple

from newsparse.names import byline, lexicon
from newsparse.patterns import rare
from newsparse.text import fold, letters
from newsparse.times.grammar import TIE
from newsparse.words.vocab import Vocab

STRETCH_EDGES = " \t-–—―ـ|•·/\\,،;؛:.…()[]{}*>»«›<&+_\"'"
DATELINE = frozenset({lexicon.Part.AGENCY, lexicon.Part.AMBIGUOUS, lexicon.Part.CITY, lexicon.Part.COUNTRY})
MASTHEAD = "masthead"  # value of words that a number follows in a masthead: «العدد 5325», "Nr. 98"
MAX_WORDS = 17  # of all that stands beside
MAX_FREQUENT_WORDS = 3  # of sentences, in a byline
MAX_BYLINE_WORDS = 8  # of a byline, its «بقلم» or "By" with them
MIN_STUCK_CHARS = 3  # of a word that is stuck to a date; a single letter is a digit that was misread
MIN_LIKENESS = 0.8  # of a damaged weekday
TIES = frozenset({"and", "date"})  # roles of words in bylines that name nobody

_SPACES = r"(?:(?<!\s)\s+)?"  # tried only where a run begins: from each of its characters, it would be quadratic
_APART = rare(rf"{_SPACES}[|•·∙>›»]+\s*|\s[-–—ـ]+\s|{_SPACES}[–—]\s*")
_SMALLER = rare(rf"{_SPACES}[/،,;؛()\[\]:«»]\s*|\s[-–—ـ]\s")
_SCORE = rare(r"\w \d{1,3} ?[-–:] ?\d{1,3} \w")  # of a match, between two names
_DIGIT = re.compile(r"\d")
_ACRONYM = re.compile("[A-Z]{2,5}")


class Neighbour(NamedTuple):
    """Words on one side of a timestamp, and the separators or the label between them."""

    text: str
    sign: str
    leads: bool  # before the timestamp
    labelled: bool  # a label lies between


class Proof(Enum):
    """The other evidence on the line that its date is a timestamp."""

    DAY_OF_DATELINE = "a day without a year: sources and places alone may stand there"
    NO_DATE = "none: what the lists know"
    DATE = "none but the date"
    LABEL = "a label"
    WEEKDAY = "a weekday"
    CLOCK = "a clock"


class Standing(IntEnum):
    """Whether words are allowed beside a timestamp."""

    REFUSED = 0
    UNKNOWN = 1  # no list knows them, but they are few: the time may be of an event or a picture
    KNOWN = 2


def standing(neighbours: tuple[Neighbour, ...], proof: Proof, vocab: Vocab) -> Standing:
    """Whether all these words are allowed beside timestamps with this proof."""
    texts = [neighbour.text for neighbour in neighbours]
    if proof is Proof.DAY_OF_DATELINE:
        return Standing.KNOWN if all(is_dateline(text, vocab) for text in texts) else Standing.REFUSED
    if proof is Proof.NO_DATE:
        return Standing.KNOWN if all(is_known(text.strip(STRETCH_EDGES), vocab) for text in texts) else Standing.REFUSED
    if proof is Proof.DATE and any(_has_source(text, vocab) for text in texts):
        proof = Proof.LABEL
    return min((_stands(neighbour, proof, vocab) for neighbour in neighbours), default=Standing.KNOWN)


def rest_of(neighbours: tuple[Neighbour, ...]) -> str:
    """The words beside the timestamps as one text, without separators at its ends."""
    return " | ".join([neighbour.text.strip(STRETCH_EDGES) for neighbour in neighbours]) if neighbours else ""


def is_unlisted_zone(neighbour: Neighbour, vocab: Vocab) -> bool:
    """Whether the words right behind a clock may name a zone that no list has: "10:30 NPT"."""
    text = neighbour.text
    return (
        not neighbour.leads and neighbour.sign == " " and bool(_ACRONYM.fullmatch(text)) and not is_known(text, vocab)
    )


def damaged_weekday(neighbour: Neighbour, vocab: Vocab) -> int | None:
    """The weekday that a word before a date is like, with a letter lost, doubled or misread: «الحميس»."""
    from difflib import get_close_matches

    key = fold(neighbour.text).replace(" ", "")
    if not neighbour.leads or not key.startswith("ال") or not key.isalpha() or neighbour.sign.strip(" ,"):
        return None
    found = get_close_matches(key, vocab.weekdays, 1, MIN_LIKENESS)
    return vocab.weekdays[found[0]] if found else None


def _stands(neighbour: Neighbour, proof: Proof, vocab: Vocab) -> Standing:
    """Whether the words may stand beside a timestamp."""
    if neighbour.text.count(" ") >= MAX_WORDS or _SCORE.search(neighbour.text):
        return Standing.REFUSED
    pieces = [stripped for piece in _APART.split(neighbour.text) if (stripped := piece.strip(STRETCH_EDGES))]
    nearest = (len(pieces) - 1) if neighbour.leads else 0
    found = [_fits(piece, neighbour if i == nearest else None, proof, vocab) for i, piece in enumerate(pieces)]
    if found.count(Standing.UNKNOWN) > 1 or (
        len(pieces) > 1 and all(fold(piece) in vocab.countries for piece in pieces)
    ):
        return Standing.REFUSED  # who plays whom
    return min(found, default=Standing.KNOWN)


def _fits(piece: str, nearest: Neighbour | None, proof: Proof, vocab: Vocab) -> Standing:
    """Whether the piece is known, or its words are few enough for what sets them apart from the timestamp."""
    proven = proof is not Proof.DATE
    keys = [key.strip(STRETCH_EDGES) for key in fold(piece).split()]
    if not keys:  # marks alone, which folding takes off
        return Standing.KNOWN
    words = letters(fold(piece))
    if nearest and not nearest.sign and len(words) < MIN_STUCK_CHARS:  # "l4": a digit that was misread
        return Standing.REFUSED
    tied = _is_tied(nearest, proven)
    if words in vocab.captions:  # «أرشيف - 28/02/2025»
        return Standing.REFUSED
    if words in vocab.furniture and not (nearest and (nearest.labelled or tied)):
        return Standing.KNOWN  # «رقم الخبر: 1234», "No Comments"
    if (proven and _is_of_masthead(keys, vocab)) or _is_length(keys, nearest, vocab):
        return Standing.KNOWN
    if "@" in piece or "×" in piece or not vocab.other_dates.keys().isdisjoint([*keys, *words.split()]):
        return Standing.REFUSED  # a post; the date of another thing
    if proof is Proof.CLOCK and not tied and all(word in vocab.furniture for word in words.split()):
        return Standing.KNOWN  # «طباعة مشاركة»
    apart = not nearest or not nearest.leads or nearest.labelled or proof is Proof.CLOCK
    apart = apart or bool(nearest and nearest.sign.strip(f" {TIE}"))
    if (
        len(keys) <= MAX_BYLINE_WORDS
        and (apart or byline.read_byline(piece, vocab))
        and _is_credit(keys, proven, vocab)
    ):
        return Standing.KNOWN
    if words in vocab.sections and nearest and (proven or not nearest.leads or TIE not in nearest.sign):
        return Standing.KNOWN  # «بواسطة سامي، 28 فبراير 2025 في سياسة», «فن 28 فبراير 2025»
    if is_known(piece, vocab, proven and apart) and not (tied and _is_of_page(piece, vocab)):
        return Standing.KNOWN
    if not vocab.frequent_words.keys().isdisjoint(keys):
        return Standing.REFUSED
    if proof is Proof.DATE and _is_outlet(piece, keys, vocab):
        return Standing.UNKNOWN
    most = _max_words(nearest, proof)
    if _DIGIT.search(piece):
        most = min(most, 3) if proven and (nearest is None or nearest.labelled or nearest.sign.strip(" ,.:")) else 0
    return Standing.UNKNOWN if len(keys) <= most else Standing.REFUSED


def _is_outlet(piece: str, keys: list[str], vocab: Vocab) -> bool:
    """Whether the words look like an outlet that no list has: «الضفة نيوز», «صحيفة الضفة»."""
    words = lexicon.index(vocab)
    is_named = not words.outlet_words.isdisjoint((keys[0], keys[-1])) and words.strange.isdisjoint(keys)
    return is_named and len(keys) > 1 and piece.replace(" ", "").isalpha() and lexicon.is_outlet(keys, words)


def _is_of_masthead(keys: list[str], vocab: Vocab) -> bool:
    """Whether the words are the number of an issue: «العدد 5325», "Nr. 98"."""
    words = [key for key in keys if not key.isdecimal()]
    return 0 < len(words) < len(keys) and all(vocab.other_dates.get(word) == MASTHEAD for word in words)


def _is_length(keys: list[str], nearest: Neighbour | None, vocab: Vocab) -> bool:
    """Whether the words behind a timestamp are minutes that it takes to read the article: "7 min"."""
    behind = nearest is None or not nearest.leads
    return behind and len(keys) == 2 and keys[0].isdecimal() and vocab.units.get(keys[1], [""])[0] == "minutes"


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
    return not {":", TIE}.isdisjoint(nearest.sign) or (nearest.leads and not proven and not nearest.sign.strip())


def _max_words(nearest: Neighbour | None, proof: Proof) -> int:
    """The maximum number of unknown words that are allowed there."""
    if nearest is None:
        return 6
    if nearest.labelled:
        return 8 if nearest.sign.strip() else 2
    if set(nearest.sign) & set("|>"):
        return 6
    if not {":", TIE}.isdisjoint(nearest.sign):
        return 0
    if set(nearest.sign) & set("-/(),"):
        return 0 if proof is Proof.DATE else 6 if nearest.leads else 3
    if nearest.leads and proof is Proof.CLOCK:
        return 4
    return int(not nearest.sign or proof is Proof.CLOCK or (nearest.leads and proof is Proof.WEEKDAY))


def is_known(piece: str, vocab: Vocab, proven: bool = False) -> bool:
    """Whether the lists know the piece, or each part of it: a source, a place, a rubric, a button, a byline.

    Beside a `proven` stamp the shape of a byline is enough.
    """
    words = lexicon.index(vocab)
    if _is_listed(piece, words):
        return True
    credit = byline.read_byline(piece, vocab)
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


def _has_source(text: str, vocab: Vocab) -> bool:
    """Whether a piece of the words names a source, by name or not («متابعات»)."""
    if is_source(text, vocab):
        return True
    pieces = [piece.strip(STRETCH_EDGES) for piece in _APART.split(text)]
    return any(is_source(piece, vocab) or fold(piece) in vocab.desks for piece in pieces if piece)


def is_source(text: str, vocab: Vocab) -> bool:
    """Whether the words name an agency or outlet, and nothing else."""
    return byline.agency(text, vocab) is not None


def is_dateline(text: str, vocab: Vocab) -> bool:
    """Whether the words are sources and places, and nothing else."""
    words = lexicon.index(vocab)
    parts = [part for part in _SMALLER.split(text.strip(STRETCH_EDGES)) if part]
    return all((found := lexicon.unit(part, fold(part), words)) is not None and found[0] in DATELINE for part in parts)
