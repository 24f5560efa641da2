"""The lexer: from a line to a string of codes, with one letter for each word of dates; digits and separators stay.

«13:2217/09/2024, الثلاثاء» becomes ``13:2217/09/2024, W`` with the value 2 for its one letter. So the grammar of
timestamps (`newsparse.times.grammar`) is a table of short patterns over a small alphabet, in any language. Knows the
tables of words. Does not know the structure of dates.

A phrase («كانون الثاني») is one letter; the longest phrase wins. A word of two tables has a letter of its own
(TWO_MEANINGS): "mar." is March and Tuesday, «م» is p.m. and the mark of a Gregorian year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from newsparse.patterns import rare
from newsparse.text import fold, plain_letters
from newsparse.words.vocab import Vocab

CODES = {  # by table; a later table wins where a word has no letter for both
    "other_dates": "E",
    "stamp_words": "",  # by value: LITTLE_WORDS
    "stamp_labels": "",  # by value: LABELS
    "zones": "Z",
    "numbers": "N",
    "minutes": "Q",
    "hours": "d",
    "turns_of_day": "D",
    "month_days": "t",
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
    "on": "F",  # «في», "at": says nothing
    "clock": "H",  # «الساعة», "Uhr", the h of 13h22
    "and": "Y",
    "twin": "B",  # «الموافق»: the same day in another calendar follows
    "zone": "K",  # «بتوقيت»: a place follows
    "hijri": "G",
    "gregorian": "g",
    "persian": "j",
}
LABEL_CODES = {"published": "L", "updated": "V", "created": "C", "event": "S", "dated": "T"}  # "dated": of any of them
TWO_MEANINGS = {"MW": "w", "MO": "o", "UH": "h", "UF": "u", "Ag": "a", "NF": "n", "ZY": "e"}
MEANINGS = {letter: both for both, letter in TWO_MEANINGS.items()}
NUMBERED = {"M": "m", "I": "i"}  # «تشرين», «ربيع»: a number says which of two
UNKNOWN = "X"
NOT_LISTED = (UNKNOWN, None)
FIRST_ARABIC = "\u0600"  # other scripts show by their capitals where words are stuck together
FIRST_LATIN_AGAIN = "\u1e00"  # where marked and joined Latin letters follow
STUCK = {  # codes of words that others are found stuck to, and of those others
    **dict.fromkeys("AWLVCT", frozenset("WLVCTMmIiRH")),
    **dict.fromkeys("MGgR", frozenset("WLVCTMmIiR")),
    "a": frozenset("WLVCTMmIiRH"),  # «21/11/2023مالساعة 16:40»
    "F": frozenset("WMmI"),  # «نشر فيالجمعة»
    "Y": frozenset("ULVCTNOQ"),  # «وتحديث», «ودقيقة»
}
MAY_BE_LAST = frozenset.union(*STUCK.values())
STAMP_ENDS = frozenset("AaWGg")  # codes of words that a stamp ends with; a button is stuck to them: «4:40 ممشاركة»

MAX_UNKNOWN_WORDS = 14  # a line with more is prose
MAX_WORD_CHARS = 40  # of two words that are stuck together
MAX_ZONE_PLACE_WORDS = 4
MIN_BUTTON_CHARS = 5  # of a stuck word of pages; «مبحث» is not «م» and «بحث»
JOINERS = frozenset({" ", ".", ". ", " .", "-", "'", "’", "' ", "’ ", "‘", "ʿ"})  # between the words of a phrase
DASH = "ـ"  # alone it is a dash, not a letter
DIGIT = re.compile("[0-9٠-٩۰-۹]")
ZEROS = str.maketrans("123456789١٢٣٤٥٦٧٨٩۱۲۳۴۵۶۷۸۹", "0" * 9 + "٠" * 9 + "۰" * 9)
INVISIBLE_MARKS = rare("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
ICON = rare(
    "(?<![@A-Za-z._-])[a-z]{2,20}_[a-z_]{2,60}(?![A-Za-z@._-])"
)  # its name, where a scraper printed that: "access_time"

_WORD = re.compile(  # letters with their marks: no digit, space or sign
    r"([^\s\d\u0000-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u060c\u060d\u061b\u061f\u066a-\u066d\u06d4\u2000-\u200b\u200e-\u206f\u2190-\u2bff\u3000-\u303f\ufd3e\ufd3f"
    r"\uff01-\uff0f\uff1a-\uff20\U0001f000-\U0001faff]+)"
)
_SKELETON = str.maketrans(
    {chr(base + n): "0" for base in (0x0030, 0x0660, 0x06F0) for n in range(10)}
    | dict.fromkeys("‐‑‒–—―−ـ", "-")
    | dict.fromkeys("،٬", ",")
    | dict.fromkeys("：∶", ":")
    | dict.fromkeys("\\_⁄∕\u060d", "/")
    | dict.fromkeys("\t\u00a0\u202f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | {"٫": ".", "•": "|", "·": "|", "∙": "|", "›": ">", "»": ">", "[": "(", "]": ")", "{": "(", "}": ")"}
)
_SPACES = re.compile("  +")
_SEAM = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[ء-ي])|(?<=[ء-ْ])(?=[A-Za-z])")


class Word(NamedTuple):
    """A code letter and a value for each of the words that one spelling holds."""

    code: str
    values: tuple[Any, ...]
    parts: tuple[str, ...] = ()  # the words as printed, where several are stuck together
    longest: int = 1  # words of the longest phrase that the last part begins


NO_WORD = Word(UNKNOWN, (None,))


class Lexed(NamedTuple):
    """A line, its codes, and for each letter its value and the printed word."""

    text: str
    code: str
    values: list[Any]
    words: list[str]

    @property
    def skeleton(self) -> str:
        """The codes with 0 for each digit, and one sign for all signs of the same meaning."""
        return self.code.translate(_SKELETON)

    @property
    def places(self) -> list[int]:
        """The position in the text of each character of the codes, and the end of the last one."""
        lengths = map(len, self.words)
        return list(accumulate([next(lengths) if c.isalpha() else 1 for c in self.code], initial=0))


def visible(text: str) -> str:
    """The text with single spaces and without marks that cannot be seen: they stand between the digits of dates."""
    if not text.isprintable():
        text = INVISIBLE_MARKS.sub("", text)
    if "_" in text:
        text = ICON.sub("|", text)
    return _SPACES.sub(" ", text) if "  " in text else text


def lex(text: str, words: DateWords) -> Lexed | None:
    """The codes of a visible line; None if too many of its words are in no table."""
    pieces = _WORD.split(text)
    codes: list[str] = [pieces[0]]
    values: list[Any] = []
    printed: list[str] = []
    unknown, i, count = 0, 1, len(pieces)
    while i < count:
        spelling, last = pieces[i], i
        word = words.word(spelling)
        if word.longest > 1:
            word, last = words.whole(pieces, i, word)
        elif pieces[i - 1].endswith("(") and DIGIT.search(pieces[i - 1]) and (place := words.place(pieces, i - 2)):
            word, last = place  # «16:25 (مكة المكرمة)»
        letters, said, parts, _ = word
        if letters == UNKNOWN:
            if spelling == DASH:
                codes.append("-" + pieces[i + 1])
                i += 2
                continue
            unknown += 1
            if unknown > MAX_UNKNOWN_WORDS:
                return None
        codes += (letters, pieces[last + 1])
        values += said
        printed += parts or ("".join(pieces[i : last + 1]),)
        i = last + 2
    return Lexed(text, "".join(codes), values, printed)


class DateWords:
    """Words by spelling."""

    def __init__(
        self, listed: dict[str, tuple[str, Any]], places: Mapping[str, str], of_pages: frozenset[str] = frozenset()
    ) -> None:
        """Words and phrases with code and value; the places behind «بتوقيت» with their zones; words of pages."""
        self.listed, self.of_pages = listed, of_pages
        self._places = places
        self.longest: dict[str, int] = {}  # words of the longest phrase, by its first word
        self.updating: set[str] = set()  # first words of labels of an update: «آخر»
        self.publishing: tuple[str, ...] = ()  # first words of labels, to which a name may be stuck: «فلاننشر في»
        for phrase in [words for words in listed if " " in words]:
            first = phrase.partition(" ")[0]
            self.longest[first] = max(self.longest.get(first, 1), phrase.count(" ") + 1)
            if listed[phrase][0] == LABEL_CODES["updated"]:
                self.updating.add(first)
            elif listed[phrase][0] == LABEL_CODES["published"]:
                self.publishing += (first,)
        last = [word for word, (code, _) in listed.items() if code in MAY_BE_LAST]
        self.ends = frozenset([word[-3:] for word in (*last, *self.longest, *of_pages)])  # of what may be stuck

    @cached_property
    def places(self) -> dict[str, str]:
        """The places, plain: few runs ask for them."""
        return {plain(place): zone for place, zone in self._places.items()}

    def word(self, spelling: str) -> Word:
        """The word of a spelling, or several that are stuck together."""
        return self.known(plain(spelling)) or self.stuck(spelling)

    def known(self, key: str) -> Word | None:
        """The word of a table, or the first word of a phrase."""
        code, value = self.listed.get(key, NOT_LISTED)
        longest = self.longest.get(key, 1 if code != LITTLE_WORDS["zone"] else 2)
        return Word(code, (value,), (), longest) if code != UNKNOWN or longest > 1 else None

    def stuck(self, spelling: str) -> Word:
        """The word as several that a scraper stuck together; NO_WORD where nothing explains it so."""
        is_latin = min(spelling[0], spelling[-1]) < FIRST_ARABIC and not spelling[1:].islower()
        parts = _SEAM.split(spelling) if is_latin else ()
        if len(parts) > 1:
            found = [self.known(plain(part)) or self.cut(part) for part in parts]
            if any(word.code in "LVCTAZWM" for word in found):
                return _joined(found, [each for i, part in enumerate(parts) for each in found[i].parts or (part,)])
        key = plain(spelling)
        may_be_cut = (key[-3:] in self.ends or key[-2:] in self.ends) and key not in self.of_pages
        word = self.cut(spelling) if may_be_cut else NO_WORD
        if word is NO_WORD and key.endswith(self.publishing) and len(key) == len(spelling):
            label = max(filter(key.endswith, self.publishing), key=len)
            size = len(key) - len(label)
            return _joined([NO_WORD, self.known(label) or NO_WORD], [spelling[:size], spelling[size:]])
        return word

    def cut(self, spelling: str, most: int = 3) -> Word:
        """The word as up to `most` known ones, each of a kind that stands before the next: «الجمعةفبراير»."""
        key = plain(spelling)
        marked = len(key) != len(spelling)
        for i in range(1, len(spelling) - 1 if spelling[-1] >= FIRST_ARABIC and len(spelling) <= MAX_WORD_CHARS else 0):
            code, _ = self.listed.get(plain(spelling[:i]) if marked else key[:i], NOT_LISTED)
            if code not in STUCK or (code == "F" and i == 1):  # «ل» begins many words
                continue
            right = self.behind(code, plain(spelling[i:]) if marked else key[i:])
            if right is None and most > 1:
                right = self.cut(spelling[i:], most - 1)
                right = right if right.code[0] in STUCK[code] else None
            if right is not None:
                left = self.known(plain(spelling[:i])) or NO_WORD
                return _joined([left, right], [spelling[:i], *(right.parts or (spelling[i:],))])
        return NO_WORD

    def behind(self, code: str, key: str) -> Word | None:
        """The word, if it may be stuck to one of the code; it may be the first of a label or, behind «و», a phrase."""
        word = self.known(key)
        if word is None:
            return NO_WORD if code in STAMP_ENDS and len(key) >= MIN_BUTTON_CHARS and key in self.of_pages else None
        if word.code in STUCK[code]:
            return word
        return word if word.longest > 1 and (code == "Y" or key in self.updating) else None

    def whole(self, pieces: list[str], i: int, word: Word) -> tuple[Word, int]:
        """The phrase that begins with word `i`, or the zone of the place behind it; and the index of its last word."""
        word, last = self.phrase(pieces, i, word)
        if last == i and word.code[-1] == UNKNOWN and pieces[i][-1] >= FIRST_ARABIC:  # it begins no phrase here
            return (NO_WORD if word.parts else self.cut(pieces[i])), i
        if word.code != LITTLE_WORDS["zone"]:
            return word, last
        return self.place(pieces, last) or (word, last)

    def place(self, pieces: list[str], i: int) -> tuple[Word, int] | None:
        """The zone of the longest place behind word `i`, and the index of the place's last word."""
        key, best = "", None
        for k in range(i + 2, min(i + 2 * MAX_ZONE_PLACE_WORDS + 2, len(pieces) - 1), 2):
            key = f"{key} {plain(pieces[k])}".lstrip()
            if key in self.places:
                best = Word("Z", (self.places[key],)), k
        return best

    def phrase(self, pieces: list[str], i: int, word: Word) -> tuple[Word, int]:
        """The longest phrase that begins with word `i`, and the index of its last word."""
        key, best, last = plain(word.parts[-1] if word.parts else pieces[i]), word, i
        for k in range(i + 2, min(i + 2 * word.longest, len(pieces) - 1), 2):
            if pieces[k - 1] not in JOINERS:
                break
            key += " " + plain(pieces[k])
            if key in self.listed:
                code, value = self.listed[key]
                if code == "R" and word.code == "U" and pieces[i - 1].rstrip()[-1:].isdigit():
                    continue  # "minutes ago" says no time, "20 minutes ago" does
                best, last = Word(code, (value,)), k
        if word.parts and last > i:
            printed = word.parts[-1] + "".join(pieces[i + 1 : last + 1])
            best = _joined([Word(word.code[:-1], word.values[:-1]), best], [*word.parts[:-1], printed])
        return best, last


def plain(spelling: str) -> str:
    """A word in the form of the tables: folded, without marks and accents."""
    if spelling.isascii():
        return spelling.casefold()
    if max(spelling) >= "\ufb50" and any("\ufb50" <= character <= "\ufefc" for character in spelling):
        spelling = unicodedata.normalize("NFKC", spelling)
    if FIRST_ARABIC <= spelling[0] < FIRST_LATIN_AGAIN:
        return fold(spelling)
    key = plain_letters(spelling).replace("\u200c", "").replace("\u200d", "").casefold()
    if key[:1] < "\u0370":
        key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c)).replace("ı", "i")
    return key


@lru_cache(maxsize=8)
def date_words(vocab: Vocab) -> DateWords:
    """The tables of dates, as codes; a word of two tables has the letter of both."""
    found: dict[str, tuple[str, Any]] = {}
    for table, letter in CODES.items():
        for word, value in getattr(vocab, table).items():
            code = letter or LITTLE_WORDS.get(value) or LABEL_CODES[value]
            if isinstance(value, list):
                code, value = NUMBERED.get(code, code), tuple(value)
            key = word if word[0] >= "\u0370" or word.isascii() else plain(word)
            if key in found:
                before, said = found[key]
                if code in MEANINGS.get(before, ""):
                    continue
                if code + before in TWO_MEANINGS:
                    code, value = TWO_MEANINGS[code + before], (value, said)
            found[key] = (code, value)
    found.update(dict.fromkeys(_outlets(vocab, found), NOT_LISTED))
    return DateWords(found, vocab.zone_places, frozenset().union(vocab.furniture, vocab.sections, vocab.credit_words))


def _outlets(vocab: Vocab, listed: Mapping[str, object]) -> Iterator[str]:
    """The outlets with a word of dates in their names, where it says no date: «اليوم الرابع»."""
    names = [each for name, (_, *others) in vocab.agencies.items() for each in (name, *others) if " " in each]
    for key in fold("\n".join(names)).split("\n"):
        if not listed.keys().isdisjoint(key.split(" ")) and key.replace(" ", "").isalpha():
            yield key


def _joined(found: list[Word], parts: list[str]) -> Word:
    """Several words as one; phrases that begin with the last word may go on."""
    codes = "".join(word.code for word in found)
    return Word(codes, tuple(v for word in found for v in word.values), tuple(parts), found[-1].longest)
