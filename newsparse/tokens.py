"""A line as a string of codes: each word that dates are made of becomes a letter, digits and separators stay.

«13:2217/09/2024, الثلاثاء» is ``13:2217/09/2024, W`` with the value 2 for its one letter. So the shapes of timestamps
in `newsparse.when` are short patterns over a small alphabet, in whatever language the words were. Knows the tables of
words; does not know how a date is put together.

CODES, the alphabet: a letter a table. A phrase («كانون الثاني») is one letter, the longest that fits. A word of two
tables has a letter of its own, for the line to decide: "mar." is March and Tuesday, «م» p.m. and the year's «م».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from newsparse.text import plain_letters
from newsparse.vocab import Vocab

CODES = {
    "other_dates": "E",
    "stamp_words": "",  # by value: LITTLE_WORDS
    "stamp_labels": "",  # by value: LABELS
    "zones": "Z",
    "numbers": "N",
    "minutes": "Q",
    "hours": "D",
    "day_periods": "A",
    "units": "U",
    "ago_words": "O",
    "relative_times": "R",
    "weekdays": "W",
    "hijri_months": "I",
    "persian_months": "P",
    "months": "M",
}
LITTLE_WORDS = {
    "on": "F",  # «في», «الموافق», "at": says nothing
    "clock": "H",  # «الساعة», "Uhr", the h of 13h22
    "and": "Y",
    "zone": "K",  # «بتوقيت»: a place follows
    "hijri": "G",
    "gregorian": "g",
    "persian": "j",
}
LABELS = {"published": "L", "updated": "V"}
TWO_MEANINGS = {"MW": "w", "MO": "o", "UH": "h", "UF": "u", "Ag": "a", "NF": "n", "ZY": "e"}
MEANINGS = {letter: both for both, letter in TWO_MEANINGS.items()}
NUMBERED = {"M": "m", "I": "i"}  # «تشرين», «ربيع»: the first or the second of them
UNKNOWN = "X"

MOST_UNKNOWN = 14  # words; a line with more of them is prose
MOST_REMEMBERED = 20_000  # spellings of words, in a run
JOINERS = frozenset({" ", ".", ". ", " .", "-", "'", "’", "' ", "’ ", "‘", "ʿ", " ال", "/ "})
INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

_WORD = re.compile(  # letters with their marks, and the joiners between them: whatever is no digit, space or sign
    r"([^\s\d\u0000-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u2000-\u200b\u200e-\u206f\u2190-\u2bff\u3000-\u303f\ufd3e\ufd3f"
    r"\U0001f000-\U0001faff]+)"
)
_SKELETON = str.maketrans(
    {chr(base + n): "0" for base in (0x0030, 0x0660, 0x06F0) for n in range(10)}
    | dict.fromkeys("‐‑‒–—―−ـ", "-")
    | dict.fromkeys("،٬", ",")
    | dict.fromkeys("٫：∶", ":")
    | dict.fromkeys("\\_⁄∕", "/")
    | dict.fromkeys("\t\u00a0\u202f" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | {"•": "|", "·": "|", "∙": "|", "›": ">", "»": ">", "[": "(", "]": ")", "{": "(", "}": ")"}
)
_SPACES = re.compile("  +")
_SEAM = re.compile("(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r"([mi]) ?([12١٢۱۲])(?!\d)")


class Word(NamedTuple):
    """What the tables say of a word: a letter, and a value, for each part that it has."""

    code: str
    values: tuple[Any, ...]
    parts: tuple[str, ...] = ()  # where two words are stuck together
    following: Words | None = None  # the phrases that begin with it


class Words(dict[str, Word]):
    """Words by their spelling. A spelling that is not there yet is folded, looked up and remembered."""

    default = Word(UNKNOWN, (None,))

    def __missing__(self, spelling: str) -> Word:
        """The word of a spelling that is met for the first time."""
        found = self.get(plain(spelling)) or self.stuck(spelling)
        if len(self) < MOST_REMEMBERED:
            self[spelling] = found
        return found

    def stuck(self, spelling: str) -> Word:
        """The word as two that a scraper stuck together, where exactly that explains it."""
        parts = _SEAM.split(spelling)
        if len(parts) > 1:
            found = [self.get(plain(part), self.default) for part in parts]
            if any(word.code in "LV" for word in found):
                return _joined(found, parts)
        key = plain(spelling)
        if len(key) <= 40 and len(key) == len(spelling):
            for cut in range(1, len(key) - 1):
                left, right = self.get(key[:cut]), self.get(key[cut:])
                if left and right and left.code in "AaWLVMGgRY" and right.code in "WLVMIRUOQN":
                    return _joined([left, right], [spelling[:cut], spelling[cut:]])
        return self.default


class Continuations(Words):
    """The words that go on with a phrase; the default is that none does."""

    default = Word("", ())

    def stuck(self, spelling: str) -> Word:
        """Nothing: inside a phrase the words stand as they are."""
        return self.default


class Spelled(NamedTuple):
    """A line, its codes, and for the n-th letter of them the value and the word as printed."""

    text: str
    code: str
    values: list[Any]
    words: list[str]

    @property
    def skeleton(self) -> str:
        """The codes with 0 for every digit, and one sign for all that mean the same."""
        return self.code.translate(_SKELETON)

    def printed(self, start: int, end: int) -> str:
        """What stands in the line for ``code[start:end]``."""
        code = self.code
        before = sum(map(str.isalpha, code[:start]))
        within = sum(map(str.isalpha, code[start:end]))
        first = start + sum(len(word) - 1 for word in self.words[:before])
        last = first + end - start + sum(len(word) - 1 for word in self.words[before : before + within])
        return self.text[first:last]


def spell(text: str, words: Words) -> Spelled | None:
    """The line in codes; None where it has too many words that no table knows."""
    if not text.isascii() and INVISIBLE.search(text):
        text = INVISIBLE.sub("", text)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    pieces = _WORD.split(text)
    codes: list[str] = [pieces[0]]
    values: list[Any] = []
    printed: list[str] = []
    unknown, i, count = 0, 1, len(pieces)
    while i < count:
        word, last = words[pieces[i]], i
        if word.following is not None:
            word, last = _longest(word, pieces, i)
        if word.code == UNKNOWN:
            unknown += 1
            if unknown > MOST_UNKNOWN:
                return None
        if pieces[i] == "ـ":  # a dash, not a letter
            codes.append("-" + pieces[i + 1])
        else:
            codes += (word.code, pieces[last + 1])
            values += word.values
            printed += word.parts or ("".join(pieces[i : last + 1]) if last > i else pieces[i],)
        i = last + 2
    code = "".join(codes)
    if "m" in code or "i" in code:
        code = _with_numbered_months(code, values)
    return Spelled(text, code, values, printed)


def _longest(word: Word, pieces: list[str], i: int) -> tuple[Word, int]:
    """The longest phrase that begins with word `i`, and the index of its last word."""
    best, last, following = word, i, word.following
    while following is not None and i + 2 < len(pieces) and pieces[i + 1] in JOINERS:
        i += 2
        step = following[pieces[i]]
        following = step.following
        if step.code:
            best, last = step, i
    return best, last


def _with_numbered_months(code: str, values: list[Any]) -> str:
    """«تشرين 2» as the one month that it is."""

    def month(found: re.Match[str]) -> str:
        k = sum(map(str.isalpha, code[: found.start()]))
        values[k] = values[k][int(found[2]) - 1]
        return found[1].upper().ljust(len(found[0]))  # the places of all that follows stay as they are

    return _NUMBERED.sub(month, code)


def plain(spelling: str) -> str:
    """A word as the tables have it: folded, without the marks and accents that some write and others do not."""
    if any("\ufb50" <= character <= "\ufefc" for character in spelling):
        spelling = unicodedata.normalize("NFKC", spelling)
    key = plain_letters(spelling).replace("\u200c", "").replace("\u200d", "").casefold()
    if not key.isascii() and key[:1] < "\u0370":
        key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c)).replace("ı", "i")
    return key


@lru_cache(maxsize=8)
def words_of(vocab: Vocab) -> Words:
    """The tables of dates, as codes."""
    words = Words()
    for phrase, code, value in _entries(vocab):
        _add(words, phrase.split(" "), code, value)
    places = Continuations()
    for place, zone in vocab.zone_places.items():
        _add(places, plain(place).split(" "), "Z", zone)
    for phrase, kind in vocab.stamp_words.items():
        if kind == "zone":
            _add(words, plain(phrase).split(" "), "K", None, places)
    return words


def _entries(vocab: Vocab) -> Iterator[tuple[str, str, Any]]:
    """Phrase, code and value of each word; a word of two tables once, with both."""
    found: dict[str, tuple[str, Any]] = {}
    for table, letter in CODES.items():
        for word, value in getattr(vocab, table).items():
            code = letter or LITTLE_WORDS.get(value) or LABELS[value]
            if isinstance(value, list) and code in NUMBERED:
                code = NUMBERED[code]
            key = word if word.isascii() or word[0] >= "\u0370" else plain(word)
            before = found.get(key, ("", None))
            both = TWO_MEANINGS.get(code + before[0])
            if both:
                found[key] = (both, (value, before[1]))
            elif code not in MEANINGS.get(before[0], ""):
                found[key] = (code, value)
    for key, (code, value) in found.items():
        yield key, code, value


def _add(words: Words, phrase: list[str], code: str, value: Any, following: Words | None = None) -> None:
    """Add a phrase to the tree of words."""
    first = phrase[0]
    known = words.get(first)
    if len(phrase) == 1:
        words[first] = Word(code, (value,), (), following or (known.following if known else None))
        return
    if known is None:
        known = Word(words.default.code, words.default.values)
    if known.following is None:
        known = words[first] = known._replace(following=Continuations())
    assert known.following is not None  # noqa: S101
    _add(known.following, phrase[1:], code, value, following)


def _joined(found: list[Word], parts: list[str]) -> Word:
    """Several words as one entry."""
    return Word("".join(word.code for word in found), tuple(v for word in found for v in word.values), tuple(parts))
