"""The lexer and the grammar of timestamps: from a line to a string of codes, and to the parts in it.

The lexer has one letter for each word of dates; digits and separators stay. «13:2217/09/2024, الثلاثاء» becomes
``13:2217/09/2024, W`` with the value 2 for its one letter. So the grammar is a table of short patterns over a small
alphabet, in any language. A phrase («كانون الثاني») is one letter; the longest phrase wins. A word of two tables has a
letter of its own (TWO_MEANINGS): "mar." is March and Tuesday, «م» is p.m. and the mark of a Gregorian year.

SHAPES is the whole grammar, one row a shape, over the line's skeleton: its codes with 0 for every digit. The first
shape that fits takes its characters; digits that no shape takes make the line no timestamp. Minutes have two digits and
a year four, so a glued ``13:2217/09/2024`` has one cut. Does not know what a part says (`newsparse.times.readers`), nor
how the parts go together (`newsparse.times.timestamp`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from newsparse import signs
from newsparse.text import fold, rare
from newsparse.words.vocab import Vocab

CODES: dict[str, str | dict[str, str]] = {  # by table; a later table wins where a word has no letter for both
    "other_dates": "E",
    "zone_places": "z",  # a zone behind «بتوقيت» alone
    "stamp_words": {
        "on": "F",  # «في», "at": says nothing
        "clock": "H",  # «الساعة», "Uhr", the h of 13h22
        "and": "Y",
        "twin": "B",  # «الموافق»: the same day in another calendar follows
        "zone": "K",  # «بتوقيت»: a place follows
        "hijri": "G",
        "gregorian": "g",
        "persian": "j",
    },
    "stamp_labels": {"published": "L", "updated": "V", "created": "C", "event": "S", "dated": "T"},  # T: any of them
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
TWO_MEANINGS = {"MW": "w", "MO": "o", "UH": "h", "UF": "u", "Ag": "a", "NF": "n", "ZY": "e"}
NUMBERED = {"M": "m", "I": "i"}  # «تشرين», «ربيع»: a number says which of two
UNKNOWN = "X"
NOT_LISTED: tuple[str, Any] = (UNKNOWN, None)
FIRST_ARABIC = "\u0600"
FIRST_LATIN_AGAIN = "\u1e00"  # where marked and joined Latin letters follow
STUCK = {  # codes of words that others are found stuck to, and of those others
    **dict.fromkeys("AWLVCTMGgRa", frozenset("WLVCTMmIiRH")),  # «21/11/2023مالساعة 16:40»
    "F": frozenset("WMmI"),  # «نشر فيالجمعة»
    "Y": frozenset("ULVCTNOQ"),  # «وتحديث», «ودقيقة»
}
STAMP_ENDS = frozenset("AaWGg")  # codes of words that a stamp ends with; a button is stuck to them: «4:40 ممشاركة»

MAX_UNKNOWN_WORDS = 6  # a line with more is prose
MAX_WORD_CHARS = 40  # of two words that are stuck together
MIN_BUTTON_CHARS = 5  # of a stuck word of pages; «مبحث» is not «م» and «بحث»
JOINERS = frozenset({" ", ".", ". ", " .", "-", "'", "’", "' ", "’ ", "‘", "ʿ"})  # between the words of a phrase
_CODE = re.compile("[A-Za-z]")
DIGIT = re.compile(f"[{signs.DIGITS}]")
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
    dict.fromkeys(signs.DIGITS, "0")
    | dict.fromkeys(signs.DASHES + signs.TATWEEL, "-")
    | dict.fromkeys(signs.COMMAS + "٬", ",")
    | dict.fromkeys(signs.COLONS, ":")
    | dict.fromkeys(signs.SLASHES + "\\_\u060d", "/")
    | dict.fromkeys(signs.BULLETS, "|")
    | dict.fromkeys(signs.ARROWS, ">")
    | dict.fromkeys("\t\u00a0\u202f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | {"٫": ".", "[": "(", "]": ")", "{": "(", "}": ")"}
)
_PRESENTED = re.compile("[\ufb50-\ufefc]")  # Arabic letters by their forms
_SPACES = re.compile("  +")
_SEAM = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[ء-ي])|(?<=[ء-ْ])(?=[A-Za-z])")


def visible(text: str) -> str:
    """The text with single spaces and without marks that cannot be seen: they stand between the digits of dates."""
    if not text.isprintable():
        text = INVISIBLE_MARKS.sub("", text)
    if "_" in text:
        text = ICON.sub("|", text)
    return _SPACES.sub(" ", text) if "  " in text else text


class Lexed(NamedTuple):
    """A line as codes: a letter for each word, and digits and separators as they are."""

    code: str
    skeleton: str  # the codes with 0 for each digit, and one sign for all signs of the same meaning
    values: list[Any]  # of the letters
    words: list[str]  # of the letters, as printed

    def printed(self, start: int, end: int) -> str:
        """The text of the codes from `start` to `end`."""
        words = iter(self.words[len(_CODE.findall(self.code, 0, start)) :])
        return "".join([next(words) if _CODE.match(code) else code for code in self.code[start:end]])


def lex(text: str, words: DateWords, max_unknown: int = MAX_UNKNOWN_WORDS) -> Lexed | None:
    """The codes of a visible line; None if more of its words are in no table."""
    pieces = _WORD.split(text)
    codes, values, printed = [pieces[0]], [], []
    unknown, i = 0, 1
    while i < len(pieces):
        letter, value, last = words.at(pieces, i)
        if letter == UNKNOWN:
            if words.unstick(pieces, i):
                continue
            unknown += 1
            if unknown > max_unknown:
                return None
        values.append(value)
        printed.append("".join(pieces[i : last + 1]))
        codes += (letter, pieces[last + 1])
        i = last + 2
    code = "".join(codes)
    return Lexed(code, code.translate(_SKELETON), values, printed)


class DateWords:
    """Words and phrases of dates, with code and value."""

    def __init__(self, listed: dict[str, tuple[str, Any]], vocab: Vocab) -> None:
        """The words, by their plain form. `vocab`: words of pages."""
        self.listed, self._vocab = listed, vocab
        self.longest: dict[str, int] = {}  # words of the longest phrase, by its first word
        first_words: dict[str, set[str]] = {"L": set(), "V": set()}  # of labels, which may be stuck to other words
        for phrase in [words for words in listed if " " in words]:
            first = phrase.partition(" ")[0]
            self.longest[first] = max(self.longest.get(first, 1), phrase.count(" ") + 1)
            if (letter := listed[phrase][0]) in first_words:
                first_words[letter].add(first)
        self._updating, self._publishing = first_words["V"], tuple(first_words["L"])

    def letter(self, spelling: str) -> str:
        """The code of a word."""
        return self.listed.get(plain(spelling), NOT_LISTED)[0]

    def at(self, pieces: list[str], i: int) -> tuple[str, Any, int]:
        """Code and value of word `i`, or of the longest phrase that it begins; and the index of the last word."""
        key, last = plain(pieces[i]), i
        letter, value = self.listed.get(key, NOT_LISTED)
        for k in range(i + 2, min(i + 2 * self.longest.get(key, 1), len(pieces) - 1), 2):
            if pieces[k - 1] not in JOINERS:
                break
            key += " " + plain(pieces[k])
            if key in self.listed:
                if self.listed[key][0] == "R" and letter == "U" and pieces[i - 1].rstrip()[-1:].isdigit():
                    continue  # "minutes ago" says no time, "20 minutes ago" does
                (letter, value), last = self.listed[key], k
        return letter, value, last

    def unstick(self, pieces: list[str], i: int) -> bool:
        """Cut word `i` where a scraper stuck several together, with nothing between the pieces; False if none fits."""
        spelling = pieces[i]
        parts = self._seams(spelling) or self._cut(spelling) or self._labelled(spelling)
        if not parts or self._is_of_page(plain(spelling)):
            return False
        pieces[i : i + 1] = "\0".join(parts).replace("\0", "\0\0").split("\0")
        end = i + 2 * len(parts) - 2
        if plain(parts[-1]) in self.longest and self.at(pieces, end)[0] == UNKNOWN:  # it begins no phrase here
            pieces[i : end + 1] = [spelling]
            return False
        return True

    def _seams(self, spelling: str) -> list[str]:
        """The parts of a word with capitals or letters of another script in the middle: "PublishedDecember"."""
        if min(spelling[0], spelling[-1]) >= FIRST_ARABIC or spelling[1:].islower():
            return []
        parts = _SEAM.split(spelling)
        return parts if len(parts) > 1 and any(self.letter(part) in "LVCTAZWM" for part in parts) else []

    def _cut(self, spelling: str) -> list[str]:
        """A word as two, of which the first is known and of a kind that stands before the other: «الجمعةفبراير»."""
        if spelling[-1] < FIRST_ARABIC or len(spelling) > MAX_WORD_CHARS:
            return []
        key = plain(spelling)
        text = spelling if len(spelling) == len(key) else key
        for i in range(1, len(key) - 1):
            letter, _ = self.listed.get(key[:i], NOT_LISTED)
            if letter not in STUCK or (letter == "F" and i == 1):  # «ل» begins many words
                continue
            if self._may_follow(letter, key[i:]):
                return [text[:i], text[i:]]
            rest = self._cut(text[i:])
            if rest and self.letter(rest[0]) in STUCK[letter]:
                return [text[:i], *rest]
        return []

    def _may_follow(self, letter: str, key: str) -> bool:
        """Whether a word may be stuck to one with this code; or the first word of a label or, behind «و», a phrase."""
        if self.listed.get(key, NOT_LISTED)[0] in STUCK[letter]:
            return True
        if key in self.longest:
            return letter == "Y" or key in self._updating
        return letter in STAMP_ENDS and len(key) >= MIN_BUTTON_CHARS and self._is_of_page(key)

    def _is_of_page(self, key: str) -> bool:
        words = self._vocab
        return key in words.furniture or key in words.sections or key in words.credit_words

    def _labelled(self, spelling: str) -> list[str]:
        """A name and the first word of a label: «فلاننشر في»."""
        if not spelling.endswith(self._publishing):
            return []
        label = max(filter(spelling.endswith, self._publishing), key=len)
        return [spelling[: -len(label)], label] if label != spelling else []


def plain(spelling: str) -> str:
    """A word in the form of the tables: folded, without marks and accents."""
    if spelling.isascii():
        return spelling.casefold()
    if _PRESENTED.search(spelling):
        spelling = unicodedata.normalize("NFKC", spelling)
    if FIRST_ARABIC <= spelling[0] < FIRST_LATIN_AGAIN:
        return fold(spelling)
    key = spelling.translate(signs.FOLDED).replace("\u200c", "").replace("\u200d", "").casefold()
    if key[:1] < "\u0370":
        key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c)).replace("ı", "i")
    return key


@lru_cache(maxsize=8)
def date_words(vocab: Vocab) -> DateWords:
    """The words of the tables of dates, with their codes. A word in two tables has a code for that pair of tables."""
    listed: dict[str, tuple[str, Any]] = {}
    for table, letters in CODES.items():
        found: dict[str, tuple[str, Any]] = {}
        for word, value in getattr(vocab, table).items():
            letter = letters if isinstance(letters, str) else letters[value]
            if isinstance(value, list):
                letter, value = NUMBERED.get(letter, letter), tuple(value)
            found[word if word[0] >= "\u0370" or word.isascii() else plain(word)] = letter, value
        for word in found.keys() & listed.keys():
            (letter, value), (before, said) = found[word], listed[word]
            if letter + before in TWO_MEANINGS:
                found[word] = TWO_MEANINGS[letter + before], (value, said)
        listed |= found
    listed.update(dict.fromkeys(_outlets(vocab, listed), NOT_LISTED))
    return DateWords(listed, vocab)


def _outlets(vocab: Vocab, listed: Mapping[str, object]) -> Iterator[str]:
    """The outlets with a word of dates in their names, where it says no date: «اليوم الرابع»."""
    names = [each for name, (_, *others) in vocab.agencies.items() for each in (name, *others) if " " in each]
    for key in fold("\n".join(names)).split("\n"):
        if not listed.keys().isdisjoint(key.split(" ")) and key.replace(" ", "").isalpha():
            yield key


# The grammar ----------------------------------------------------------------------------------------------------------

OTHERS = frozenset({"word", "digits"})  # kinds of what is beside a timestamp
SAYS_NOTHING = OTHERS | {"neutral"}
TIMES = frozenset({"date", "clock", "both", "ago", "monthly"})


class TimePart(NamedTuple):
    """One part of a line: ``skeleton[start:end]``."""

    kind: str
    shape: str
    start: int
    end: int
    word: int  # the place of its first word
    letters: str  # of its words


_PIECES = {  # a piece that holds others stands before them
    "year": "0000(?:(?!0|:(?! |00?:))|(?=0?0 ?[:HhUu]|{dated}))",
    "dated": "00?[ ,./-]{0,3}[MowIPmi]|00? ?[/.-] ?00?[ /.-]|0000 ?[/.-] ?0",  # begins a date: so what is stuck ends
    "s": " ?[/.-] ?",  # between numbers
    "j": r"[ ,./()-]{0,4}(?:[FunB][ .,]{0,2}){0,2}",  # between a day, a month's name and a year
    "month": r"(?:(?:[MowIP]|[mi] ?0(?!0))(?:\)?[ /(-]{1,3}[Mow])?)",
    "day": "00?(?!0)",
    "year2": r"['’]?00(?:(?![0:])|(?=0?0 ?[:Hh]))(?! ?[/.-] ?0(?!0? ?[:HhAa]))",
    "last": "(?:00(?=00 ?[:Hh])|00?(?![0:]))(?![/.-]0(?!0? ?[:Hh]))",
    "mark": r"(?: (?!a0)\(?[Ggaj]\)?|\(?[Ggaj]\)?)?",
    "period": r"(?:[ ,]{0,2}(?:F )?\(?[AaD]\)?)?",
    "minutes": "(?: [QN])?",
    # an offset from UTC behind its minus sign
    "west": r"(?:(?<=:00:00-)|(?<=:00:00 -)|(?<=F00:00-)|(?<=[.,]000-)|(?<=[.,]000000-))"
    r"00:?00(?![0:])|(?<=:00 -)0000(?!0)",
    # an amount of time: «3 hours», «ساعتين»
    "much": "(?:(?:(?:0{1,3}|[Nn](?: ?Y ?N)?)[ -]?)?[Uuh](?: [NQ])?|N Q)",
}
SHAPES = (  # kind, order of its numbers, pattern; a longer reading before a shorter one
    ("", "", r"(?:[^0A-Za-z©+(-]|\+(?!0)|-(?!{west})|\((?! ?V ?\)))+"),
    # a weekday or «today» in an outlet's name: «الجسر اليوم - 28/2/2025»
    ("word", "", "[XE]|(?<=[Xz] )(?:[Ww](?= [Xz])|R(?= ?[-|/,] ?(?:W[ ,]{1,2})?(?:{dated})))"),
    ("ago", "age", "[Oo][ :]{0,2}{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5}|{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5} [Oo]"),
    ("both", "dhmy", "{day} 00?:00 0000 [Mow](?!{j}0)"),  # «01 15:01 2023 فيفري», right to left
    ("both", "ymdh", "0000{s}00?{s}000 ?: ?00(?: ?: ?00)?{period}"),
    ("date", "ymd", "0000{s}00?{s}{last}{mark}"),
    ("date", "ymd", "0000:00:00(?=[ .]00:00)"),  # as cameras write it
    ("date", "ynd", "0000{j}{month}{j}{last}{mark}"),
    ("date", "dmy", "00?{s}00?{s}{year}{mark}"),
    ("date", "dny", "(?:{day}|t){j}{month}{j}{year}{mark}"),
    ("date", "unread", "00? ?(?:[XMINtz] ?){1,3}0000{mark}(?= ?[,-]? ?B)"),  # a damaged half of a twin
    ("clock", "", r"(?:(?<=0000 )|(?<=0000, )|(?<=0000 - ))00?\.00\.00(?![.0])(?: ?H)?"),  # «20.11.2024 21.05.43»
    ("year", "", "0000(?= W[ ,]{1,3}{day}{j}{month}(?!{j}0000))"),  # «2024 الثلاثاء ,19 آذار»
    ("year", "", "(?:(?<=:00 )|(?<=Z )|(?<=[+-]0000 )|(?<=[+-]00:00 ))0000$"),  # "Tue Sep 17 13:22:00 UTC 2024"
    ("date", "dnY", "{day}{j}{month}{j}{year2}(?! ?[AaHhYUu]){mark}"),
    (
        "date",
        "dmY",
        r"00? ?(?:/ ?00? ?/|\. ?00? ?\.|- ?00? ?-) ?{year2}{mark}",
    ),  # one sign: «16.41 - 19 Temmuz» is a clock
    (
        "clock",
        "",
        "(?:[AaHh][ :.]{0,2})?00?(?::00(?::00(?!/00?/0000)(?:[.,]0{1,9})?)?| ?: ?00(?: ?: ?00(?!/00?/0000))?){period}",
    ),
    (
        "clock",
        "",
        "(?:[Hh] ?)?00? ?(?:[Hh][ .]{0,2}00|Y ?00?)(?:(?!0)|(?={dated}))(?: ?U(?: ?00 ?[Uu](?= |$))?)?{period}",
    ),
    ("clock", "run", "0000(?= ?Z)|(?<=00000000F)0000(?:00)?(?!0)"),
    ("clock", "run2", "(?<=0000 )0000(?! ?[^ Aa])"),
    ("date", "ymd", "00000000(?=[ F]{0,2}00:00|F0000(?:00)?(?!0))"),
    ("date", "dmy", "00? 00? 0000(?!0)"),
    ("date", "dn", "{day}{j}{month}"),
    (
        "clock",
        "",
        "(?:[AaHh][ :.]{0,2})?00?(?![0:./-])(?: ?[Hh]|{period}(?<=[Aa]))|[Hh][ :]{0,2}00?(?![0:./-]){period}",
    ),
    ("clock", "dotted", r"(?:[Hh] ?)?00?\.00(?!0|\.)(?: ?H(?! ?00?:))?{period}"),
    ("date", "ndy", "{month}{j}{day}{j}{year}{mark}"),
    ("date", "nyd", "{month}{j}{year} {day}(?![:./-])"),
    ("monthly", "", "{month}{j}{year}(?!{s}0){mark}"),
    ("date", "nd", r"{month}[ .]{0,2}{day}(?!:|{j}{month})F?"),
    ("clock", "spoken", "(?:(?:[Hh] )?D|[Hh] d){minutes}{period}|d{minutes}{period}(?<=[Aa])"),
    ("offset", "", r"Z ?\+ 00?(?![0:/.-])|Z ?00?\+(?!0)|00?\+ ?Z"),  # «(غرينتش + 3)», «3+ غرينتش»: right to left
    ("offset", "", r"Z ?[+-]00?(?::?00)?(?!0)|[+-]00?(?::?00)?(?: ?Z|(?![0:]))"),
    ("zone", "", r"K[ :(]{0,2}z|(?<=0 \()z|(?<=0\()z"),  # «بتوقيت مكة المكرمة», «16:25 (مكة المكرمة)»
    ("zone", "", r"Z|(?:(?<=[Aa])|(?<=[Aa][. ])|(?<=[Aa]\. ))e"),
    ("ago", "", "R"),
    ("role", "", r"\( ?V ?\)|V$"),  # «(آخر تحديث)»: of the whole timestamp
    ("label", "", "[LVCTS]"),
    ("weekday", "", "W"),
    ("weekday", "", "w"),
    ("period", "", "A(?= [WR])|(?<=[WR] )A"),  # «مساء الجمعة»: of the clock, wherever that stands
    ("neutral", "", "O(?= ?:)|(?<=V )[Oo]|[FunHhKYAaGgjB]"),
    ("digits", "", "0[0.,/:-]*|©"),
    ("word", "", "[A-Za-z]"),
)


@lru_cache(maxsize=1)  # made for the first line that may be a timestamp
def _pattern() -> re.Pattern[str]:
    """The shapes as one pattern; behind each an empty group, whose number is the place of the shape in SHAPES.

    The groups stand behind, so that the engine sees at each shape's first character whether it can fit.
    """
    shapes = []
    for *_, shape in SHAPES:
        for name, piece in _PIECES.items():
            shape = shape.replace("{" + name + "}", piece)
        shapes.append(f"(?:{shape})()")
    return re.compile("|".join(shapes))


def cut(skeleton: str) -> list[TimePart]:
    """All parts of the skeleton; what lies between them are separators."""
    found: list[TimePart] = []
    word = 0
    for match in _pattern().finditer(skeleton):
        kind, shape, _ = SHAPES[(match.lastindex or 1) - 1]
        if kind:
            letters = "".join(_CODE.findall(match[0]))
            found.append(TimePart(kind, shape, *match.span(), word, letters))
            word += len(letters)
    return found
