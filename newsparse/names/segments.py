"""Segments: a line is cut at its separators, and the words of each segment name items.

Knows separators, credit words and connectives. Which items together are a byline is known by `newsparse.names.credits`.

    segment = part { mark part } ;
    mark    = credit word | "from" | "and" ;
    part    = unit { unit } | person [ agency ] [ job ] | "«" outlet "»" ;
    unit    = agency | city | country | desk | date ;
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsparse import signs
from newsparse.names import lexicon
from newsparse.names.lexicon import LATIN_PARTICLES, MAX_NAME_WORDS, MAX_SEGMENT_WORDS, Index, LookUp, Part, is_arabic
from newsparse.text import fold, rare

CONNECTIVES = {"from": "~", "and": "&"}  # the credit words that stand between two units, and their signs in shapes
NO_CREDITS = ("title", "date", "behind")  # words beside names that credit nobody
MAX_ROW_WORDS = 14  # at the beginning of a text, in which a city, a date and an agency stand
MAX_CREDIT_WORDS = 4
MAX_UNIT_WORDS = 6  # of a place or an agency
MAX_DESK_WORDS = 3
MAX_QUOTED_WORDS = 4  # of an outlet that is in no list
MAX_STRANGER_WORDS = 3  # that are not understood, in a byline
MAX_ROLE_WORDS = 8  # of «خبير في …» behind a credited person
DOMAINS = ("com", "net", "org", "info", "news", "press", "online", "tv", "co", "ae", "dz", "eg", "ma", "sa", "tn")
NAME_EDGES = " .'*"  # of a segment
PENS = "✍🖊🖋📝\ufe0f"  # stand before and behind a name
_OPENING, _CLOSING = frozenset('«"'), frozenset('»"')  # the classes of quotes
_LISTS = frozenset(",-/+")  # signs before another name of a list

_SIGNS = signs.DASHES + signs.COLONS + signs.COMMAS + signs.SEMICOLONS + signs.BULLETS.replace("*", "") + signs.SLASHES
_SIGNS = re.escape(_SIGNS + signs.BARS + signs.OPENING_QUOTES + signs.CLOSING_QUOTES + "_\\+&(){}[]<>\n" + PENS)
SIGN = re.compile(f"[{_SIGNS}{signs.TATWEEL}]")  # what may be a separator; most lines have none
_JOINED = "[\\dA-Za-zªµºÀ-ÖØ-öø-\u024f]"  # a hyphen between two of these is none: "Anna-Lena", "5-5-2020"
_HYPHEN = rf"(?!(?<={_JOINED})[-‐‑_]{_JOINED})"
_DASH = rf"(?<![^ ]){signs.TATWEEL}|(?<![هلبك{signs.TATWEEL}]){signs.TATWEEL}(?=[{_SIGNS}.]* )"  # not «هـ», «أبهــا»
_STOP = r"(?<=[\u0620-\u06d3]{3})\. +(?=[^\W\d_])"  # the full stop between name and source: «فلان. رويترز»
SEPARATOR = rare(rf"(?:{_HYPHEN}[{_SIGNS}]|{_DASH})[{_SIGNS}{signs.TATWEEL}\s.]*|{_STOP}")
_NUMBERED = rare(r"\d{5,}(?=[^\W\d_])")  # the number of an article, to which an agency is stuck
_WORD = rare(r"\S+")
_CLASSES = {
    "-": signs.DASHES + signs.TATWEEL,
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
            if is_name or lexicon.is_titled(key[1:], roles):
                return 1
        if key[-1] != "." and lexicon.is_titled(key, roles):
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
        if before and not (_OPENING.isdisjoint(before) or _CLOSING.isdisjoint(self.segment.after)):
            found = lexicon.listed(self.segment.text, self.key(0, count), self.lists)
            quoted = found or (Part.QUOTED, self.text(0, count), False)
            return [self.item(0, count, quoted, "")] if found or count <= MAX_QUOTED_WORDS else []
        if count > (MAX_SEGMENT_WORDS if lexicon.begins(self.keys[0], self.lists) else MAX_NAME_WORDS):
            return []
        items: list[Item] = []
        first, role, sign = 0, "author" if self.credited else "", ""
        while first < count:
            middle, end, mark = self._next_mark(first)
            if first < middle:
                is_first = role == "author" and all(item.part is Part.CREDIT for item in items)
                named = self._part(first, middle, is_first)
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
        elif ":" not in self.segment.before and ".." not in text:
            is_role = {Part.CREDIT, Part.PERSON} <= before and count <= MAX_ROLE_WORDS
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
            ends = (
                ":" not in self.segment.after if end == count else self.vocab.credit_words.get(self.keys[end]) == "and"
            )
            if role not in CONNECTIVES and i > first and ends and is_latin:
                continue  # a job: "Tara Doane Education editor"
            return i, end, role
        return count, count, ""

    def _credit_word(self, first: int, last: int) -> tuple[int, str]:
        """The longest credit word that begins at word `first`: the word behind it, and its role; or an empty role.

        Two roles in one, «لقاء وتصوير», are the first.
        """
        if self.keys[first] not in self.lists.credit_openers:
            return first, ""
        roles = self.vocab.credit_words
        for end in range(min(first + MAX_CREDIT_WORDS, last), first, -1):
            role = roles.get(self.key(first, end))
            if role is None and end == first + 2 and self.keys[first + 1][:1] == "و":
                role = self.keys[first + 1][1:] in roles and roles.get(self.keys[first])
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
            self._person_with_job(first, last)
            or (self._person(first, last) if self.keys[first] in self.vocab.given_names else [])
            or self.row(first, last)
            or self._desk(first, last)
            or self._person(first, last, single)
        )

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
        is_job = lexicon.is_job(self.words[first:last], self.keys[first:last], self.vocab)
        return self.item(first, last, (Part.TITLE, text, True)) if is_job else None

    def row(self, first: int, last: int, whole: bool = True) -> list[Item]:
        """Units side by side: «بيروت رويترز», «أبها واس», «القاهرة 10 أغسطس»; `whole`: all words have to be units.

        Behind the label of a source at the beginning, too: «نقلا عن رويترز …».
        """
        items: list[Item] = []
        if not whole:
            end, role = self._credit_word(first, last)
            if role == "source":
                items.append(self.item(first, end, (Part.CREDIT, role, True)))
                first = end
        while first < last:
            ends = range(min(first + MAX_UNIT_WORDS, last), first, -1) if self._opens_unit(first) else ()
            end, found = next(((end, found) for end in ends if (found := self.unit(first, end))), (first, None))
            may_end = end == last and self.segment.after != "/"  # else a date goes on: «الشارقة 24/9»
            may_end = may_end and bool(items) and items[-1].part in (Part.CITY, Part.COUNTRY)  # not "January 24"
            if found is None or (whole and items and lexicon.ends_outlet(self.key(first, end), may_end, self.lists)):
                return [] if whole else items
            items.append(found)
            first = end
        return items

    def unit(self, first: int, last: int) -> Item | None:
        """The unit that exactly the words from `first` to `last` name in the lists."""
        if not self._opens_unit(first):
            return None
        found = lexicon.unit(self.text(first, last), self.key(first, last), self.lists)
        return self.item(first, last, found) if found else None

    def _opens_unit(self, i: int) -> bool:
        """Whether word `i` is the first of a listed unit, an abbreviation, or a number."""
        key = self.keys[i]
        return key in self.lists.openers or "." in key or key[0].isdigit()

    def _desk(self, first: int, last: int) -> list[Item]:
        """A desk with whose desk it is («مكتب الصحيفة»), an outlet by its address ("EXAMPLE.COM") or by its words."""
        keys, text = self.keys[first:last], self.text(first, last)
        name, _, end = text.rpartition(".")
        if end.lower() in DOMAINS and len(name) > 1 and name.isascii() and name.replace("-", "").isalnum():
            return [self.item(first, last, (Part.AGENCY, text, True))]
        if last - first <= MAX_DESK_WORDS and self.lists.units.get(keys[0]) is Part.DESK:
            return [self.item(first, last, (Part.DESK, text, True))]
        return [self.item(first, last, (Part.DESK, text, False))] if lexicon.is_outlet(keys, self.lists) else []

    def _person(self, first: int, last: int, single: bool = False) -> list[Item]:
        """A person. `single`: one word is enough."""
        printed = self.words[first:last]
        found = lexicon.person(printed, self.keys[first:last], self.lists, self.listing, single)
        return [self.item(first, last, found)] if found else []
