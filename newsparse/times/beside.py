"""Words beside a timestamp on its line: sources, places, names, sections and counters are allowed, prose is not.

Knows the words of bylines and pages. Does not know dates. A line is a timestamp only if the lists know everything else
on it; or if the rest is a few words, set apart by a sign, and a clock, a weekday or a label proves the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, IntEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from newsparse.names import byline, lexicon
from newsparse.signs import EDGES_BESIDE
from newsparse.text import fold, letters, rare
from newsparse.times.lexer import SAYS_NOTHING, TIMES, Lexed, TimePart
from newsparse.words.vocab import Vocab

DATELINE = frozenset({lexicon.Part.AGENCY, lexicon.Part.AMBIGUOUS, lexicon.Part.CITY, lexicon.Part.COUNTRY})
ISSUE_WORD = "masthead"  # value of words that a number follows in a masthead: «العدد 5325», "Nr. 98"
TIE = "&"  # in place of a separator: a preposition ties the words to the date
WEEKDAY_RATIO = 0.8  # of letters that a damaged weekday shares with the right one: one of five may differ
MAX_WEEKDAY_CHARS = 9  # of «الأربعاء», with a letter too many
MIN_STUCK_CHARS = 3  # of a word that is stuck to a date; a single letter is a digit that was misread

_SPACES = r"(?:(?<!\s)\s+)?"  # tried only where a run begins: from each of its characters, it would be quadratic
_APART = rare(rf"{_SPACES}[|•·∙>›»]+\s*|\s[-–—ـ]+\s|{_SPACES}[–—]\s*|(?<=[\u0620-\u064a])-(?=[\u0620-\u064a])")
_SMALLER = rare(rf"{_SPACES}[/،,;؛()\[\]:«»]\s*|\s[-–—ـ]\s")
_COUNTER = rare("[ |-]+0{1,3} *")  # of comments, at the end of the line: «28 فبراير 2025 0»
_DIGIT = re.compile(r"\d")
_ACRONYM = rare("[A-Z]{2,5}")


class Neighbour(NamedTuple):
    """Words on one side of a timestamp, and the separators or the label between them."""

    text: str
    sign: str
    leads: bool  # before the first timestamp
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


# The words beside -------------------------------------------------------------------------------------------------


def neighbours_of(found: Sequence[TimePart], line: Lexed) -> list[Neighbour] | None:
    """The words between and around the timestamps of a line; None where digits stand alone."""
    gaps = [line.skeleton[before.end : part.start] for before, part in pairwise(found)]
    neighbours: list[Neighbour] = []
    for is_beside, run in groupby(range(len(found)), lambda i: found[i].kind in SAYS_NOTHING):
        if not is_beside:
            continue
        first, *others = run
        last = others[-1] if others else first
        # little words that tie the others to a time: «المنامة في», "avec AFP le"
        while first <= last < len(gaps) and found[last].kind == "neutral" and not gaps[last].strip(" :"):
            last -= 1
        while 0 < first <= last and found[first].kind == "neutral" and not gaps[first - 1].strip(" :"):
            first += 1
        kinds = {part.kind for part in found[first : last + 1]} - {"neutral"}
        if kinds == {"digits"}:
            is_dated = any(part.kind == "date" and "y" in part.shape for part in found[:first])
            return neighbours if is_dated and _COUNTER.fullmatch(line.skeleton, found[first - 1].end) else None
        if kinds:
            neighbours.append(_neighbour(found, first, last, gaps, line))
    return neighbours


def _neighbour(found: Sequence[TimePart], first: int, last: int, gaps: Sequence[str], line: Lexed) -> Neighbour:
    """The parts from `first` to `last`, with what lies between them and the nearest time."""
    text = line.printed(found[first].start, found[last].end)
    leads = TIMES.isdisjoint([part.kind for part in found[:first]])
    beyond, sign = (found[last + 1], gaps[last]) if leads else (found[first - 1], gaps[first - 1])
    if beyond.kind == "neutral":
        sign = ":" if line.skeleton.startswith(":", beyond.end) else TIE
    if leads and first and found[first - 1].letters in ("V", "L" if sign == TIE else "V"):
        return Neighbour(text, " ", leads, True)  # "Last edited by Layla on 20 November", «نشر في PAPER يوم 20 نوفمبر»
    return Neighbour(text, sign, leads, beyond.kind == "label")


# Whether they may stand there -------------------------------------------------------------------------------------


def standing(neighbours: Sequence[Neighbour], proof: Proof, vocab: Vocab) -> Standing:
    """Whether all these words are allowed beside timestamps with this proof."""
    texts = [neighbour.text.strip(EDGES_BESIDE) for neighbour in neighbours]
    if len(texts) == 2 and texts[0] == texts[1]:
        return Standing.UNKNOWN  # a paper, twice: «البطولة نشر في البطولة يوم 28/2/2025»
    if proof in (Proof.DAY_OF_DATELINE, Proof.NO_DATE):
        fits = is_dateline if proof is Proof.DAY_OF_DATELINE else is_known
        return Standing.KNOWN if all(fits(text, vocab) for text in texts) else Standing.REFUSED
    if proof is Proof.DATE and any(_has_source(text, vocab) for text in texts):
        proof = Proof.LABEL
    return min((_stands(neighbour, proof, vocab) for neighbour in neighbours), default=Standing.KNOWN)


def _stands(neighbour: Neighbour, proof: Proof, vocab: Vocab) -> Standing:
    """Whether the words may stand beside a timestamp."""
    pieces = [stripped for piece in _APART.split(neighbour.text) if (stripped := piece.strip(EDGES_BESIDE))]
    if len(pieces) > 1 and (credit := byline.read_byline(neighbour.text.strip(EDGES_BESIDE), vocab)) and credit.certain:
        return Standing.KNOWN  # «كتب سامر - الجسر اليوم - 28/2/2025»: together they are a byline
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
    key = fold(piece)
    keys, words = [word.strip(EDGES_BESIDE) for word in key.split()], letters(key)
    if not keys:  # marks alone, which folding takes off
        return Standing.KNOWN
    is_stuck = nearest is not None and not nearest.sign and len(words) < MIN_STUCK_CHARS  # "l4": a misread digit
    if is_stuck or words in vocab.captions:  # «أرشيف - 28/02/2025»
        return Standing.REFUSED
    signs = set(nearest.sign) if nearest else set("|")
    tied = not signs.isdisjoint({":", TIE})  # to the date, as a label would be: «صورة: 28 فبراير», «العدد 28/2»
    tied = tied or (not proven and nearest is not None and nearest.leads and signs <= {" "})
    if words in vocab.furniture and not tied and not (nearest and nearest.labelled):
        return Standing.KNOWN  # «رقم الخبر: 1234», "No Comments"
    names = [key for key in keys if not key.isdecimal()]
    if proven and names and all(vocab.other_dates.get(name) == ISSUE_WORD for name in names):
        return Standing.KNOWN  # the number of an issue: «العدد 5325», "Nr. 98"
    if "@" in piece or "×" in piece or not vocab.other_dates.keys().isdisjoint([*keys, *words.split()]):
        return Standing.REFUSED  # a post; the date of another thing
    if proof is Proof.CLOCK and all(word in vocab.furniture for word in words.split()):
        return Standing.KNOWN  # «طباعة مشاركة»
    apart = not (nearest and nearest.leads) or nearest.labelled or proof is Proof.CLOCK or bool(signs - {" ", TIE})
    if apart and keys[0] in vocab.credit_words:
        return Standing.KNOWN
    if is_known(piece, vocab, proven and apart):
        return Standing.KNOWN
    if not vocab.frequent_words.keys().isdisjoint(keys):
        return Standing.REFUSED
    if is_unlisted_outlet(piece, vocab) or (not proven and "-" in signs and _is_unlisted_person(piece, vocab)):
        return Standing.UNKNOWN
    most = _max_words(nearest, signs, proof)
    if _DIGIT.search(piece):
        most = min(most, 3) if proven and (nearest is None or nearest.labelled or signs - set(" ,.:")) else 0
    return Standing.UNKNOWN if len(keys) <= most else Standing.REFUSED


def is_unlisted_outlet(piece: str, vocab: Vocab) -> bool:
    """Whether the words look like an outlet that no list has: «الضفة نيوز», «صحيفة الضفة»."""
    if not 0 < piece.count(" ") < lexicon.MAX_OUTLET_WORDS or not piece.replace(" ", "").isalpha():
        return False
    lists, keys = lexicon.index(vocab), [word.strip(EDGES_BESIDE) for word in fold(piece).split()]
    is_named = len(keys) > 1 and not lists.outlet_words.isdisjoint((keys[0], keys[-1]))
    return is_named and lists.strange.isdisjoint(keys)


def _is_unlisted_person(piece: str, vocab: Vocab) -> bool:
    """Whether the words have the shape of a person's name that no list has: «NAME - December 21, 2023»."""
    credit = byline.read_byline(piece, vocab)
    return credit is not None and bool(credit.authors) and not credit.is_doubtful()


def _max_words(nearest: Neighbour | None, signs: set[str], proof: Proof) -> int:
    """The maximum number of unknown words that are allowed there."""
    if nearest and nearest.labelled:
        return 2
    if nearest is None or signs & set("|>"):
        return 6
    if signs & {":", TIE}:
        return 0
    if signs & set("-/(),"):
        return 0 if proof is Proof.DATE else 6
    if nearest.leads and proof is Proof.CLOCK:
        return 4
    return int(not signs or proof is Proof.CLOCK or (nearest.leads and proof is Proof.WEEKDAY))


def names_zone(neighbour: Neighbour, vocab: Vocab) -> bool:
    """Whether the words right behind a clock say whose clock it is: a place, «17:44 دمشق», or a possible zone that no
    list has, "10:30 NPT"."""
    text = neighbour.text
    is_zone = fold(text) in vocab.zone_places or (_ACRONYM.fullmatch(text) is not None and not is_known(text, vocab))
    return is_zone and neighbour.sign == " " and not neighbour.leads


def damaged_weekday(text: str, vocab: Vocab) -> int | None:
    """The weekday that a word beside a date is like, with a letter lost, doubled or misread: «الحميس»."""
    key = fold(text).replace(" ", "")
    if len(key) > MAX_WEEKDAY_CHARS:
        return None
    from difflib import get_close_matches

    names = [word for word in vocab.weekdays if word.startswith("ال")]
    return next((vocab.weekdays[name] for name in get_close_matches(key, names, 1, WEEKDAY_RATIO)), None)


# Words by themselves ----------------------------------------------------------------------------------------------


def is_known(piece: str, vocab: Vocab, proven: bool = False) -> bool:
    """Whether the lists know the piece, or each part of it: a source, a place, a section, a button, a byline.

    Beside a `proven` stamp the shape of a byline is enough.
    """
    if _is_listed(piece, vocab):
        return True
    credit = byline.read_byline(piece, vocab)
    if credit is not None and (credit.certain or credit.known or proven):
        return True
    parts = _SMALLER.split(piece)
    return len(parts) > 1 and all(_is_listed(part, vocab) for part in parts)


def _is_listed(piece: str, vocab: Vocab) -> bool:
    found = lexicon.unit(piece, fold(piece), lexicon.index(vocab))
    return (found is not None and found[0] is not lexicon.Part.DATE) or _is_of_page(piece, vocab)


def _is_of_page(piece: str, vocab: Vocab) -> bool:
    """Whether the words are a page's: a section, a button, a mark of the end."""
    words = letters(fold(piece))
    if all(word in vocab.sections for word in words.split(" و")):  # «اقتصاد وبيئة»
        return True
    return any(words in table for table in (vocab.furniture, vocab.endings, vocab.boxes, vocab.tag_labels))


def _has_source(text: str, vocab: Vocab) -> bool:
    """Whether a piece of the words names a source, by name or not («متابعات»)."""
    pieces = [text, *[piece.strip(EDGES_BESIDE) for piece in _APART.split(text)]]
    return any(lexicon.agency(piece, vocab) or fold(piece) in vocab.desks for piece in pieces if piece)


def is_dateline(text: str, vocab: Vocab) -> bool:
    """Whether the words are sources and places, and nothing else."""
    lists = lexicon.index(vocab)
    units = [lexicon.unit(part, fold(part), lists) for part in _SMALLER.split(text) if part]
    return all(found is not None and found[0] in DATELINE for found in units)
