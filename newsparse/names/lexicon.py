"""What words name: the agency, place, desk, person or date that a few words are, and the items of a segment.

Knows the word lists of bylines, the shapes of names of persons, separators, credit words and connectives. Which items
together are a byline is known by `newsparse.names.byline`.

The key of an agency has no dots and spaces, so that «أ.ف.ب», «أ ف ب» and «اف ب» are equal. Such a key can also be a
common word (و م ع is «ومع»), so ask only where a source may be.

    segment = part { mark part } ;
    mark    = credit word | "from" | "and" ;
    part    = unit { unit } | person [ agency ] [ job ] | "«" outlet "»" ;
    unit    = agency | city | country | desk | date ;
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from newsparse import signs
from newsparse.signs import QUOTES, TATWEEL
from newsparse.text import fold, rare
from newsparse.words.vocab import Vocab, WordTable

MAX_ABBREVIATION_CHARS = 5  # of a Latin name that counts only in the case in which it is listed
MAX_NAME_WORDS = 5  # of a person's name, particles and titles aside
MAX_SEGMENT_WORDS = 12  # between two separators
MAX_NAME_PREFIX_CHARS = 5  # before the capital inside a name: "Fitz", "Mac", "De"
MAX_UNLISTED_NAME_WORDS = 3  # of a person whose given name is not listed
MAX_OUTLET_WORDS = 5  # of an outlet that is known by a word such as «صحيفة»

ARABIC_PARTICLES = frozenset(fold("بن ابن بنت آل أبو أبا عبد ولد بو أم ذو").split())
LATIN_PARTICLES = frozenset(
    fold("de da di du del della der den des van von zu zum bin ben ibn al el la le ter dos das y e").split()
)

OF_FAMILY = rare(r"\w{1,30}( بن \w{1,30})? ال\w{2,30}ي")
_NAME = rare(r"[^\W\d_][^\d_@#,،:;؛!?؟()\[\]{}«»\"“”/|+*=<>…%&]*")  # letters, and what names have between them
_FIGURES = re.compile(r"\d[\d/.-]*(?:st|nd|rd|th|[هم]*)")  # «1446هـ», «2015م», «5-5-2020», "17th"
_SUFFIX = rare(r"\w{3,}['’][^\W\d_A-Z]{0,5}$")  # a case ending: "Yılmaz'ın", "Doane's", "Rhys'"


class Part(str, Enum):
    """What a segment of a byline names; the values are what ``--explain`` prints."""

    AGENCY = "agency"
    AMBIGUOUS = "source"  # an agency's name that is also a common word
    QUOTED = "outlet"  # in quotes, and in no list
    CITY = "city"
    COUNTRY = "country"
    DESK = "desk"  # or an outlet that is in no list: a source that names nobody
    PERSON = "person"
    DATE = "date"
    CREDIT = "credit word"
    TITLE = "title"  # behind a name: "MD"
    UNKNOWN = "words"


PLACES = frozenset({Part.CITY, Part.COUNTRY})
NAMESAKES = PLACES | {Part.AMBIGUOUS}  # words that stand in the names of several outlets
LookUp = tuple[Part, str, bool]
"""What some words name; an agency's canonical name, else the words as printed; whether it is known by a list."""


class Index:
    """The word lists of names, with agencies under all their names."""

    def __init__(self, vocab: Vocab) -> None:
        """Index the words of the vocabulary."""
        self.vocab = vocab
        spelled = vocab.spelled("agencies")
        pairs: list[tuple[str, str]] = []  # a name, and the canonical one
        for key, (_, *others) in vocab.agencies.items():
            name = spelled.get(key, key)
            pairs += [(name, name), *[(other, name) for other in others]]
        folded = fold("\n".join([name for name, _ in pairs]))
        self.sources: dict[str, str] = {}  # canonical names of agencies, by their names without dots and spaces
        for (name, canonical), key in zip(pairs, squeeze(folded).split("\n"), strict=True):
            self.sources.setdefault(name if is_abbreviation(name) else key, canonical)
        # names that are common words too; "alone" if one may be a whole line
        self.ambiguous = {squeeze(key): value for key, value in vocab.ambiguous_agencies.items()}
        dates = [word for word, role in vocab.credit_words.items() if role in ("date", "from")]
        names_of_dates = [*vocab.months, *vocab.hijri_months, *vocab.weekdays, *dates, *"مه"]
        self.units = dict.fromkeys(names_of_dates, Part.DATE)  # what places, desks and words of dates are
        self.units |= {desk: Part.DESK for desk, value in vocab.desks.items() if value is True}
        self.units |= dict.fromkeys(vocab.countries, Part.COUNTRY)
        self.units |= dict.fromkeys(vocab.cities, Part.CITY)
        # «صحيفة», "Magazine": a name that has one is an outlet's
        self.outlet_words = frozenset([word for word, value in vocab.desks.items() if value == "part"])
        self.prose = _without_names(vocab.frequent_words, vocab)  # words that only sentences have
        # words that no name has: those of `prose`, of headlines and of menus
        self.strange = self.prose.union(_without_names(vocab.not_names, vocab)) - self.outlet_words
        self.credit_openers = vocab.first_words("credit_words")  # the first words of credit words alone
        names = (*folded.split("\n"), *self.sources, *self.units)
        # the first words of agencies, units and credit words
        self.openers = self.credit_openers.union([name.partition(" ")[0] for name in names])


@lru_cache(maxsize=8)
def index(vocab: Vocab) -> Index:
    """The index of the vocabulary, made once."""
    return Index(vocab)


def _without_names(words: Iterable[str], vocab: Vocab) -> frozenset[str]:
    """The words that are in no credit and no name."""
    credit, given = vocab.credit_words, vocab.given_names
    return frozenset([w for w in words if w not in credit and w not in given and w not in LATIN_PARTICLES])


def begins(key: str, lists: Index) -> bool:
    """Whether a name, a credit or a unit may begin with the word."""
    return key in lists.openers or key in lists.vocab.given_names or "." in key


def squeeze(key: str) -> str:
    """The folded words without dots and spaces."""
    return key.replace(" ", "").replace(".", "")


def is_abbreviation(name: str) -> bool:
    """Whether a name is a few Latin letters, so that its case counts (SPA is an agency, «spa» a bath)."""
    return len(name) <= MAX_ABBREVIATION_CHARS and name[0] < "\u0250" and name.isalpha()


def is_arabic(text: str) -> bool:
    """Whether the first letter of the text is Arabic."""
    return "\u0600" <= text[:1] < "\u0900" or "\ufb50" <= text[:1] < "\uff00"


# Look-ups ---------------------------------------------------------------------------------------------------------


def source(text: str, key: str, lists: Index) -> str | None:
    """The canonical name of the agency or outlet that exactly these words name; "A.A" is "AA"."""
    if text and text[0] < "\u0250":
        letters = text.replace(".", "")
        if letters and is_abbreviation(letters):
            return lists.sources.get(letters) or (lists.sources.get(squeeze(key)) if letters.isupper() else None)
    return lists.sources.get(squeeze(key))


def agency(name: str, vocab: Vocab) -> str | None:
    """The canonical name of the agency that `name` names, or None. Only for text where a source may stand."""
    name = name.strip(QUOTES + " .:()[]/-")
    lists, key = index(vocab), fold(name)
    found = source(name, key, lists)
    return None if found is None or is_home(key, lists) else found


def is_home(key: str, lists: Index) -> bool:
    """Whether a place's name is also that of its own paper, so that it names the place: «(الرياض)», but not «(قنا)»."""
    name = lists.sources.get(squeeze(key))
    return name is not None and lists.vocab.cities.get(key) == lists.vocab.agencies[fold(name)][0]


def listed(text: str, key: str, lists: Index) -> LookUp | None:
    """The agency or outlet that exactly these words name; AMBIGUOUS and not known if it may be a common word.

    Letters that stand apart are no word: «و م ع» is an agency, «ومع» may be "and with".
    """
    name = source(text, key, lists)
    if name is None:
        return None
    apart = len(key) > 2 and len(key.replace(".", " ").split()) * 2 > len(key.rstrip(" ."))
    alone = None if apart else lists.ambiguous.get(squeeze(key))
    if alone == "pictures":
        return Part.DESK, text, False  # who took the picture, not who wrote
    return (Part.AGENCY, name, True) if alone is None else (Part.AMBIGUOUS, name, alone == "alone")


def unit(text: str, key: str, lists: Index) -> LookUp | None:
    """The unit that exactly these words name in the lists, except persons."""
    part = lists.units.get(key) or lists.units.get(key.rstrip("."))
    if part is not None:
        return part, text, True
    return (Part.DATE, text, True) if _FIGURES.fullmatch(key) else listed(text, key, lists)


def is_titled(key: str, roles: WordTable) -> bool:
    """Whether the word begins with a title that a full stop ends: «د.», «أ.د.خالد»."""
    return "." in key and roles.get(squeeze(key[: key.rfind(".")])) == "title"


def is_job(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool:
    """Whether the words are a degree or a job, as they stand behind names: "MD", "Political Correspondent"."""
    if keys[-1] not in vocab.roles:
        return vocab.credit_words.get(squeeze("".join(keys))) == "behind"
    behind = {key for key in keys if vocab.credit_words.get(key) == "behind"}
    is_role = all(key in behind or key in vocab.roles or key in vocab.sections for key in keys)
    return is_role and all(word[0].isupper() for word in printed)


# Persons ----------------------------------------------------------------------------------------------------------


def person(printed: Sequence[str], keys: Sequence[str], lists: Index, credited: bool, single: bool) -> LookUp | None:
    """The person that the words may name: two to five words that names are made of, behind any titles; known with a
    title, or if the first word is a listed given name.

    Where somebody is `credited` all of it may be in capitals; right behind the credit word a `single` word is enough.
    """
    vocab, half = lists.vocab, len(keys) // 2
    if half > 1 and keys[:half] == keys[half:]:  # printed twice
        printed, keys = printed[:half], keys[:half]
    first = 0  # behind titles
    while first < len(keys) - 1 and (
        keys[first] == "." or vocab.credit_words.get(keys[first].replace(".", "")) == "title"
    ):
        first += 1
    printed, keys, titled = printed[first:], keys[first:], first > 0
    name = " ".join(printed)
    if not _NAME.fullmatch(name) or ".." in name:
        return None
    if printed[0].isupper() and printed[0] in lists.sources and len(printed) > 1:
        return None  # an agency's desk: "BBC Sport"
    if all(len(part) < 2 for key in keys for part in key.split(".")):
        return None  # initials, with which editors sign
    arabic = is_arabic(name)
    particles = ARABIC_PARTICLES if arabic else LATIN_PARTICLES
    if arabic:  # an initial that is stuck to the name: «خ.سامر», «سامر.خ»
        keys = [part for key in keys for part in (key.split(".") if "." in (key[1:2], key[-2:-1]) else [key])]
    if not 2 - single <= sum(key not in particles for key in keys) <= MAX_NAME_WORDS:
        return None
    if credited:
        printed = [word.capitalize() if word.isupper() else word for word in printed]
    known = (_arabic if arabic else _latin)(printed, keys, vocab)
    if known is None or is_job(printed[:1], keys[:1], vocab):
        return None
    if any(isinstance(vocab.desks.get(key), str) for key in keys) or (arabic and keys[-1] in vocab.countries):
        return None  # an outlet: «وهج الخليج», «باب ليبيا»
    if not (known or titled or credited) and any(key in vocab.cities for key in keys):
        return None
    return Part.PERSON, name.rstrip(" -"), known or titled


def _arabic(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in Arabic letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    known = keys[0] in given or (keys[0] in ARABIC_PARTICLES and len(keys) > 1)
    if not known and (len(keys) > MAX_UNLISTED_NAME_WORDS or _cannot_open(keys[0])):
        return None
    for before, key in zip(["", *keys], keys, strict=False):
        if key in given or before in ARABIC_PARTICLES:
            continue
        if key in vocab.not_names or (before and _cannot_follow(key, given)):
            return None
    return known


def _cannot_follow(key: str, given: WordTable) -> bool:
    """Whether a word is far more often a verb, or has a preposition or conjunction before it, than a family's name."""
    return key.startswith(("ي", "لل", "بال")) or (len(key) > 3 and key[0] == "و" and key[1:] not in given)


def _cannot_open(first: str) -> bool:
    """Whether an unlisted word has a form that no given name has: an article, a verb, a plural, a verbal noun."""
    if first.startswith(("ال", "لل", "بال", "وال", "ي", "تت", "ست")) or first.endswith(("ات", "يه", "وا")):
        return True
    return len(first) >= 5 and first[0] == "ا" and first[-2] == "ا"


def _latin(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in other letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    for word, key in zip(printed, keys, strict=True):
        if key in LATIN_PARTICLES and key != keys[0]:
            continue
        if not (word[0].isupper() or key.startswith(("al-", "el-", "d'", "d’"))) or _SUFFIX.match(word):
            return None
        if any(a.islower() and b.isupper() for a, b in pairwise(word[MAX_NAME_PREFIX_CHARS:])):
            return None  # two words that lost the space between them: "FamiliesTravis", but not "MacDonald"
        if key not in given and key in vocab.not_names:
            return None
    known = keys[0] in given
    if not known and all(word.isupper() for word in printed):
        return None
    return known


# Segments and their items ---------------------------------------------------------------------------------------------

CONNECTIVES = {"from": "~", "and": "&"}  # the credit words that stand between two units, and their signs in shapes
NO_CREDITS = ("title", "date", "behind")  # words beside names that credit nobody
MAX_ROW_WORDS = 14  # at the beginning of a text, in which a city, a date and an agency stand
MAX_CREDIT_WORDS = 4
MAX_UNIT_WORDS = 6  # of a place or an agency
MAX_QUOTED_WORDS = 4  # of an outlet that is in no list
MAX_STRANGER_WORDS = 3  # that are not understood, in a byline
DOMAINS = ("com", "net", "org", "info", "news", "press", "online", "tv", "co", "ae", "dz", "eg", "ma", "sa", "tn")
NAME_EDGES = " .'*"  # of a segment
PENS = "✍🖊🖋📝\ufe0f"  # stand before and behind a name
_OPENING, _CLOSING = frozenset('«"'), frozenset('»"')  # the classes of quotes
_LISTS = frozenset(",-/+")  # signs before another name of a list

_SEPARATING = (
    signs.DASHES + signs.COLONS + signs.COMMAS + signs.SEMICOLONS + signs.BULLETS.replace("*", "") + signs.SLASHES
)
_SEPARATING = re.escape(
    _SEPARATING + signs.BARS + signs.OPENING_QUOTES + signs.CLOSING_QUOTES + "_\\+&(){}[]<>\n" + PENS
)
SIGN = re.compile(f"[{_SEPARATING}{TATWEEL}]")  # what may be a separator; most lines have none
_JOINED = "[\\dA-Za-zªµºÀ-ÖØ-öø-\u024f]"  # a hyphen between two of these is none: "Anna-Lena", "5-5-2020"
_IS_SIGN = rf"(?<=[{_SEPARATING}])(?<!{_JOINED}[-‐‑_](?={_JOINED}))"
# not «هـ», «أبهــا»
_IS_DASH = rf"(?<![^ ]{TATWEEL})(?<={TATWEEL})|(?<=[^هلبك{TATWEEL}]{TATWEEL})(?=[{_SEPARATING}.]* )"
_IS_STOP = r"(?<=[\u0620-\u06d3]{3}\.) +(?=[^\W\d_])"  # the full stop between name and source: «فلان. رويترز»
# the first character is told by one set, since the engine then passes all others quickly
SEPARATOR = rare(rf"[{_SEPARATING}{TATWEEL}.](?:(?:{_IS_SIGN}|{_IS_DASH})[{_SEPARATING}{TATWEEL}\s.]*|{_IS_STOP})")
# the number of an article, to which an agency is stuck; or a place that is stuck to a date
_NUMBERED = rare(r"\d{5,}(?=[^\W\d_])|[^\W\d_]{3,}(?=\d{1,2}[-/]\d)")
_WORD = rare(r"\S+")
_CLASSES = {
    "-": signs.DASHES + TATWEEL,
    ":": signs.COLONS,
    ",": signs.COMMAS + signs.SEMICOLONS,
    "/": signs.SLASHES,
    "«": "«„‹",
    "»": "»”›",
    '"': '"“',
    ".": signs.BULLETS + "_\\{}[]<>\n" + PENS,
    "+": "&",
    "": " \t\r\x0b\x0c",
}
SIGN_CLASSES = {ord(sign): name for name, chars in _CLASSES.items() for sign in chars}


class Segment(NamedTuple):
    """The text between two separators, with its position in the line."""

    text: str
    start: int
    before: str  # the classes of the signs before it: «-», «(», …
    after: str
    stop: int  # where the separator behind it ends


class Item(NamedTuple):
    """Words that name something, with their position in the line."""

    part: Part
    value: str  # an agency's canonical name, a credit word's role, else as printed
    start: int
    end: int
    known: bool  # by a list; for a person: has a title or a listed given name; for words: may be an outlet or a desk
    before: str = " "  # the classes of the signs between the item before and this one
    stop: int = 0  # where the signs behind it end


def segments(line: str) -> Iterator[Segment]:
    """The segments of a line, one by one."""
    last, before = 0, ""
    for match in SEPARATOR.finditer(line):
        text, after = line[last : match.start()].strip(NAME_EDGES), match[0].strip(" ").translate(SIGN_CLASSES)
        if text:
            yield Segment(text, line.index(text, last), before, after, match.end())
        last, before = match.end(), after if text else before + after
    text = line[last:].strip(NAME_EDGES)
    if text:
        yield Segment(text, line.index(text, last), before, "", len(line))


def scan(line: str, lists: Index, opens_text: bool = False) -> tuple[list[Item], str]:
    """The items of a line, and the signs behind the last one; "x" ends these where words follow that no byline has.

    `opens_text`: an article's text may begin anywhere, also in a segment behind a few units.
    """
    items: list[Item] = []
    after, listing = "", False
    for segment in segments(line):
        if segment.text.isspace():
            continue
        credited = bool(items) and _credits_author(items[-1]) and "," not in segment.before
        words = SegmentWords(segment, lists, credited, listing)
        found = words.items()
        if not found and opens_text and not all(word[0].isupper() for word in segment.text.split()):
            opening = words.row(0, min(len(words.keys), MAX_ROW_WORDS), whole=False)
            if opening:
                return [*items, opening[0]._replace(before=segment.before), *opening[1:]], " x"
        if not found:
            stranger = words.stranger(items)
            if stranger is None:
                return items, segment.before + "x"
            found = [stranger]
        found[0] = found[0]._replace(before=segment.before + found[0].before)
        found[-1] = found[-1]._replace(stop=segment.stop)
        items += found
        after, listing = segment.after, listing or any(map(_credits_author, found))
    return items, after


def _credits_author(item: Item) -> bool:
    return item.part is Part.CREDIT and item.value.startswith("author")


class SegmentWords:
    """The words of a segment, and what some of them name. In each method these are the words ``[first:last]``.

    Words that lost the space between them («كتبمحمد», «وأحمد», «ود.أحمد») are cut apart.
    """

    def __init__(self, segment: Segment, lists: Index, credited: bool = False, listing: bool = False) -> None:
        """Cut the segment's text into words. `credited`: a credit word is right before it. `listing`: it continues a
        list of credited persons."""
        self.segment, self.lists, self.vocab = segment, lists, lists.vocab
        self.credited, self.listing = credited, credited or listing
        text = segment.text
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.keys = fold(text).split()
        if len(self.keys) != len(self.spans):  # a word of marks alone
            self.keys = [fold(text[start:end]) or text[start:end] for start, end in self.spans]
        i = 0
        while i < len(self.keys):
            key, (start, end) = self.keys[i], self.spans[i]
            may_be_glued = (i == 0 or key[0] == "و" or "." in key) and key not in self.vocab.given_names
            if may_be_glued and len(key) == end - start and (size := self._glued(i, key)):
                self.keys[i : i + 1] = key[:size], key[size:]
                self.spans[i : i + 1] = (start, start + size), (start + size, end)
            i += 1
        self.words = [text[start:end] for start, end in self.spans]

    def _glued(self, i: int, key: str) -> int:
        """How many letters of word `i` are a title, a connective, a credit word or a number glued to a name, or 0."""
        given, roles = self.vocab.given_names, self.vocab.credit_words
        if key[0] == "و" and len(key) > 1:
            may_follow = i > 1 or (i == 0 and not _LISTS.isdisjoint(self.segment.before))  # «فلان، وفلان»
            is_name = key[1:] in given and may_follow and i + 1 < len(self.keys)
            if is_name or is_titled(key[1:], roles):
                return 1
        if key[-1] != "." and is_titled(key, roles):
            return key.rindex(".") + 1
        for size in range(3, min(6, len(key) - 2)):
            if key[size:] in given and roles.get(key[:size], "").startswith("author"):
                return size
        number = _NUMBERED.match(key)
        return number.end() if number else 0

    def text(self, first: int, last: int) -> str:
        """The words from `first` to `last` as printed."""
        return " ".join(self.words[first:last])

    def key(self, first: int, last: int) -> str:
        """The words from `first` to `last`, folded."""
        return " ".join(self.keys[first:last])

    def item(self, first: int, last: int, found: LookUp, before: str = " ") -> Item:
        """What the words from `first` to `last` name, with their position."""
        start, end = self.segment.start + self.spans[first][0], self.segment.start + self.spans[last - 1][1]
        return Item(*found[:2], start, end, found[2], before, end)

    def items(self) -> list[Item]:
        """What all the words name; empty if some are not understood."""
        before, count = self.segment.before, len(self.keys)
        if not (_OPENING.isdisjoint(before) or _CLOSING.isdisjoint(self.segment.after)):
            found = listed(self.segment.text, self.key(0, count), self.lists)
            quoted = found or (Part.QUOTED, self.text(0, count), False)
            return [self.item(0, count, quoted, "")] if found or count <= MAX_QUOTED_WORDS else []
        items: list[Item] = []
        first, role, sign = 0, "author" if self.credited else "", ""
        while first < count:
            middle, end, mark = self._next_mark(first)
            if first < middle:
                named = self._part(first, middle, role == "author")
                if not named:
                    return []
                items += [named[0]._replace(before=sign), *named[1:]]
                sign = " "
            if mark in CONNECTIVES:
                sign = CONNECTIVES[mark]
            elif mark:
                if not items and end == count and not self.segment.after:
                    return []  # a role behind a name: «فلان، مراسل»
                self.listing = self.listing or mark == "author"
                items.append(self.item(middle, end, (Part.CREDIT, mark, mark[-1] != ":"), sign))
                sign = " "
            first, role = end, mark
        return items

    def stranger(self, items: Sequence[Item]) -> Item | None:
        """The item of words that are not understood, behind other `items`; None if no byline has such words.

        They may be an outlet, a desk or a place; behind the label of a source, an outlet; behind a credited person, a
        role: «بقلم فلان، خبير في …».
        """
        count, text = len(self.keys), self.segment.text
        before = {item.part for item in items}
        is_plain = count <= MAX_STRANGER_WORDS and self.vocab.frequent_words.keys().isdisjoint(self.keys)
        part: Part | None = None
        if is_plain and items and items[-1].part is Part.CREDIT and items[-1].value.startswith("source"):
            part = Part.DESK
        elif is_plain and len(letters := text.replace(".", " ").split()) > 1 == max(map(len, letters)):
            part = Part.DATE  # initials
        elif ":" not in self.segment.before:
            is_role = {Part.CREDIT, Part.PERSON} <= before
            is_outlet = is_plain and Part.UNKNOWN not in before and self.keys[0] not in self.vocab.not_names
            part = Part.UNKNOWN if is_role or is_outlet else None
        return self.item(0, count, (part, text, False), "") if part else None

    def _next_mark(self, first: int) -> tuple[int, int, str]:
        """The first credit word or connective from word `first` on: its index, the index behind it, and its role.

        A particle inside a name is not one. Without any: the number of words, twice, and an empty role.
        """
        count, is_latin = len(self.keys), not is_arabic(self.keys[0])
        if self.lists.credit_openers.isdisjoint(self.keys) or self.unit(first, count):
            return count, count, ""
        for i in range(first, count):
            end, role = self._credit_word(i, count)
            is_particle = role and i > first and self.keys[i] in LATIN_PARTICLES
            if not role or (is_particle and (role not in CONNECTIVES or (self.listing and not self._part(first, i)))):
                continue
            if role not in CONNECTIVES and i > first and is_latin:
                continue  # a job: "Tara Doane Education editor"
            return i, end, role
        return count, count, ""

    def _credit_word(self, first: int, last: int) -> tuple[int, str]:
        """The longest credit word that begins at word `first`: the word behind it, and its role; or an empty role."""
        for end in range(min(first + MAX_CREDIT_WORDS, last), first, -1):
            role = self.vocab.credit_words.get(self.key(first, end))
            if role and role not in NO_CREDITS:
                return end, str(role)
        return first, ""

    def _part(self, first: int, last: int, single: bool = False) -> list[Item]:
        """What words without credit words and connectives name; right behind a credit word a `single` word is enough
        for a person."""
        whole = self.unit(first, last) or (self._job(first, last) if self.segment.before else None)  # «Doane, MD»
        if whole is not None:
            return [whole]
        return (
            (self._agency_with_job(first, last) if self.segment.before else [])
            or self._person_with_job(first, last)
            or (self._person(first, last) if self.keys[first] in self.vocab.given_names else [])
            or self.row(first, last)
            or self._desk(first, last)
            or self._person(first, last, single)
        )

    def _agency_with_job(self, first: int, last: int) -> list[Item]:
        """An agency with a section or somebody's job there: "…, AP Medical Writer", "…, BBC Sport"."""
        if self.keys[last - 1] not in self.vocab.roles and self.keys[last - 1] not in self.vocab.sections:
            return []
        for middle in range(first + 1, last):
            found = self.unit(first, middle)
            if found and found.part is Part.AGENCY:
                return [found, self.item(middle, last, (Part.TITLE, self.text(middle, last), True))]
        return []

    def _person_with_job(self, first: int, last: int) -> list[Item]:
        """A person with an agency, a desk or a job right behind the name: "Tara Doane Associated Press"."""
        for middle in range(first + 2, last):
            found = self.unit(middle, last) or self._job(middle, last)
            if found and found.part in (Part.AGENCY, Part.DESK, Part.TITLE):
                person = self._person(first, middle)
                return [*person, found] if person else []
        return []

    def _job(self, first: int, last: int) -> Item | None:
        text = self.text(first, last)
        found = is_job(self.words[first:last], self.keys[first:last], self.vocab)
        return self.item(first, last, (Part.TITLE, text, True)) if found else None

    def row(self, first: int, last: int, whole: bool = True) -> list[Item]:
        """Units side by side: «بيروت رويترز», «أبها واس», «القاهرة 10 أغسطس»; `whole`: all words have to be units."""
        items: list[Item] = []
        while first < last:
            ends = range(min(first + MAX_UNIT_WORDS, last), first, -1)
            end, found = next(((end, found) for end in ends if (found := self.unit(first, end))), (first, None))
            if found is None:
                return [] if whole else items
            key = self.key(first, end)
            ends_outlet = end == last and key in self.lists.outlet_words
            before = items[-1].part if whole and items else None
            if (before in PLACES and ends_outlet) or (before in NAMESAKES and key in self.vocab.relative_times):
                return []  # together an outlet: «البلد اليوم», or at the end «البلد 24», but not "January 24"
            items.append(found)
            first = end
        return items

    def unit(self, first: int, last: int) -> Item | None:
        """The unit that exactly the words from `first` to `last` name in the lists."""
        key = self.keys[first]
        if len(key) > 1 and key.isalpha() and key not in self.lists.openers:  # a quick answer for most words
            return None
        found = unit(self.text(first, last), self.key(first, last), self.lists)
        return self.item(first, last, found) if found else None

    def _desk(self, first: int, last: int) -> list[Item]:
        """A desk with whose desk it is («مكتب الصحيفة»), an outlet by its address ("EXAMPLE.COM") or by its words."""
        keys, text = self.keys[first:last], self.text(first, last)
        name, _, end = text.rpartition(".")
        if end.lower() in DOMAINS and len(name) > 1 and name.isascii() and name.replace("-", "").isalnum():
            return [self.item(first, last, (Part.AGENCY, text, True))]
        if self.lists.units.get(keys[0]) is Part.DESK:
            return [self.item(first, last, (Part.DESK, text, True))]
        has_word = not self.lists.outlet_words.isdisjoint(keys) and self.lists.prose.isdisjoint(keys)
        return [self.item(first, last, (Part.DESK, text, False))] if has_word and len(keys) <= MAX_OUTLET_WORDS else []

    def _person(self, first: int, last: int, single: bool = False) -> list[Item]:
        """A person. `single`: one word is enough."""
        printed = self.words[first:last]
        found = person(printed, self.keys[first:last], self.lists, self.listing, single)
        return [self.item(first, last, found)] if found else []
