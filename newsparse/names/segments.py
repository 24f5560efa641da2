"""Segments: a line is cut at its separators, and each segment names something.

Knows separators, credit words and connectives. Which segments together are a byline is known by
`newsparse.names.byline`.

    segment = [ credit word ] unit { [ connective ] unit }
    unit    = agency | "«" outlet "»" | city | country | desk | person | date
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsparse import signs
from newsparse.names import lexicon
from newsparse.names.lexicon import MAX_NAME_WORDS, Index, LookUp, Part, is_arabic, listed, opens, squeeze, unit
from newsparse.text import fold
from newsparse.words.vocab import WordTable

CONNECTIVES = ("from", "and")  # the credit words that stand between two units
MAX_SEGMENT_WORDS = 10
MAX_CREDIT_WORDS = 4
MAX_UNIT_WORDS = 6  # of a place or an agency
MAX_DESK_WORDS = 3
MAX_QUOTED_WORDS = 4  # of an outlet that is in no list

PENS = "✍🖊🖋📝\ufe0f"  # stand before and behind a name
NAME_EDGES = " .'*"  # of a segment
_OPENING, _CLOSING = frozenset(signs.OPENING_QUOTES), frozenset(signs.CLOSING_QUOTES)
_LISTS = frozenset(signs.COMMAS + signs.SEMICOLONS + signs.DASHES + signs.SLASHES + "+&")  # the next of several
HYPHENS = "-‐‑_"  # separate, but where they join Latin letters or digits

_SIGNS = signs.DASHES + signs.TATWEEL + signs.COLONS + signs.COMMAS + signs.SEMICOLONS + signs.BULLETS.replace("*", "")
_SIGNS += signs.SLASHES + signs.BARS + signs.OPENING_QUOTES + signs.CLOSING_QUOTES + "_\\+&(){}[]<>\n" + PENS
_SIGNS = re.escape(_SIGNS)
SIGN = re.compile(f"[{_SIGNS}]")  # what may be a separator; most lines have none
_STOP = r"(?<=[\u0620-\u06d3]{3})\. +(?=[^\W\d_])"  # the full stop between name and source: «فلان. رويترز»
SEPARATOR = re.compile(rf"[{_SIGNS}][{_SIGNS}\s.]*|{_STOP}")
_NUMBERED = re.compile(r"\d{5,}(?=[^\W\d_])")  # the number of an article, to which an agency is stuck
DOMAINS = ("com", "net", "org", "info", "news", "press", "online", "tv", "co", "ae", "dz", "eg", "ma", "sa", "tn")


class Segment(NamedTuple):
    """The text between two separators, with its position in the line."""

    text: str
    start: int
    before: str
    after: str
    stop: int  # where the separator behind it ends


class Item(NamedTuple):
    """Words of a segment that name something, with their position in the line."""

    part: Part
    value: str  # an agency's canonical name, a credit word's role, else as printed
    start: int
    end: int
    known: bool  # by a list; for a person: has a title or a listed given name
    segment: Segment
    behind: int = 0  # the number of the word behind it


# Cutting ----------------------------------------------------------------------------------------------------------


def segments(line: str) -> Iterator[Segment]:
    """The segments of a line, one by one."""
    last, before = 0, ""
    for match in SEPARATOR.finditer(line):
        start, end = match.span()
        if line[start] == signs.TATWEEL:
            start = _dash(line, start, end)
        if start == end or (line[start] in HYPHENS and _is_hyphen(line, start)):
            continue
        text, after = line[last:start].strip(NAME_EDGES), line[start:end]
        if text:
            yield Segment(text, line.index(text, last), before, after, end)
        last, before = end, after if text else before + after
    text = line[last:].strip(NAME_EDGES)
    if text:
        yield Segment(text, line.index(text, last), before, "", len(line))


def _dash(line: str, start: int, end: int) -> int:
    """Where the tatweels that a separator begins with stand for a dash; the first other sign, or `end`, if nowhere.

    «فلان ـ جدة» has one, but not «هـ», «لـ» or the stretch in «أبهــا».
    """
    while start < end and line[start] == signs.TATWEEL:
        if start == 0 or line[start - 1] == " " or (line[start - 1] not in "هلبكـ" and " " in line[start:end]):
            break
        start += 1
    return start


def _is_hyphen(line: str, start: int) -> bool:
    """Whether it joins Latin letters or digits."""
    around = line[start - 1 : start] + line[start + 1 : start + 2]
    return len(around) == 2 and all(sign.isdigit() or (sign < "\u0250" and sign.isalpha()) for sign in around)


# Naming -----------------------------------------------------------------------------------------------------------


def items_of(segment: Segment, lists: Index, credited: bool = False, listing: bool = False) -> list[Item]:
    """The items of a segment; one item UNKNOWN if it is not understood.

    `credited`: a credit word is right before it. `listing`: it continues a list of credited persons.
    """
    text, before, after = segment.text, segment.before, segment.after
    words = SegmentWords(segment, lists, credited, listing)
    items: list[Item] = []
    if before and not (_OPENING.isdisjoint(before) or _CLOSING.isdisjoint(after)):
        items = words.quoted()
    elif len(words.keys) <= MAX_NAME_WORDS or (len(words.keys) <= MAX_SEGMENT_WORDS and words.may_open()):
        items = words.units(0, len(words.keys))
    return items or [Item(Part.UNKNOWN, text, segment.start, segment.start + len(text), False, segment)]


class SegmentWords:
    """The words of a segment, and what some of them name: numbers `first` to `last` in each method.

    Words that lost the space between them («كتبمحمد», «وأحمد», «ود.أحمد») are cut apart.
    """

    def __init__(self, segment: Segment, lists: Index, credited: bool = False, listing: bool = False) -> None:
        """Cut the segment's text into words."""
        self.segment, self.lists, self.vocab = segment, lists, lists.vocab
        self.credited, self.listing = credited, credited or listing
        self.printed = segment.text.split()
        self.keys = fold(segment.text).split()
        if len(self.keys) != len(self.printed):  # a word of marks alone
            self.keys = [fold(word) or word for word in self.printed]
        i = 0
        while i < len(self.keys):
            key = self.keys[i]
            if (i == 0 or key[0] == "و" or "." in key) and key not in self.vocab.given_names:
                size = self._glued(i, key)
                if size:
                    self.keys[i : i + 1] = key[:size], key[size:]
                    self.printed[i : i + 1] = self.printed[i][:size], self.printed[i][size:]
            i += 1

    def _glued(self, i: int, key: str) -> int:
        """How many letters of word `i` are a title, a connective, a credit word or a number glued to a name, or 0."""
        given, roles, is_last = self.vocab.given_names, self.vocab.credit_words, i + 1 == len(self.keys)
        if len(self.printed[i]) != len(key):
            return 0
        if key[0] == "و" and len(key) > 1:
            name = key[1:]
            if _is_titled(name, roles):
                return 1
            if i == 0 and not is_last and not _LISTS.isdisjoint(self.segment.before):  # «فلان، وفلان»
                return int(name in given or (self.listing and name[:2] != "ال"))
            if i > 1 and not is_last:
                is_name = len(key) > 3 and name[:2] != "ال" and key not in self.vocab.not_names
                return int(name in given or (is_name and self.keys[0] in given))
        if key[-1] != "." and _is_titled(key, roles):
            return key.rindex(".") + 1
        if i:
            return 0
        for size in range(3, min(6, len(key) - 2)):
            if key[size:] in given and roles.get(key[:size], "").startswith("author"):
                return size
        number = _NUMBERED.match(key)
        return number.end() if number else 0

    def may_open(self) -> bool:
        """Whether the first word is one that names and credits begin with."""
        first = self.keys[0]
        return opens(first, self.lists) or first in self.vocab.given_names or "." in first

    def text(self, first: int, last: int) -> str:
        """The words from `first` to `last` as printed."""
        return " ".join(self.printed[first:last])

    def key(self, first: int, last: int) -> str:
        """The words from `first` to `last`, folded."""
        return " ".join(self.keys[first:last])

    def _end(self, count: int) -> int:
        """The position in the segment where the first `count` words end."""
        end = 0
        for word in self.printed[:count]:
            end = self.segment.text.index(word, end) + len(word)
        return end

    def _item(self, first: int, last: int, found: LookUp) -> Item:
        start = self.segment.text.index(self.printed[first], self._end(first)) + self.segment.start
        return Item(*found[:2], start, self.segment.start + self._end(last), found[2], self.segment, last)

    def quoted(self) -> list[Item]:
        """The agency or outlet in quotes, listed or not."""
        count = len(self.keys)
        found = listed(self.text(0, count), self.key(0, count), self.lists)
        if found is None and count > MAX_QUOTED_WORDS:
            return []
        return [self._item(0, count, found or (Part.QUOTED, self.text(0, count), False))]

    def units(self, first: int, last: int) -> list[Item]:
        """The named units that the words consist of; empty if they are not understood."""
        if first == last:
            return []
        found = unit(self.text(first, last), self.key(first, last), self.lists)
        if found is not None:
            return [self._item(first, last, found)]
        return (
            self._opened(first, last)
            or self._joined(first, last)
            or (self._person(first, last, single=True) if self.credited else [])
            or self._with_credit_inside(first, last)
        )

    def _opened(self, first: int, last: int) -> list[Item]:
        """A credit word, and whom it credits: «بقلم فلان», "By A and B"; or a connective that opens a segment."""
        end, role = self.credit_word(first, last)
        connective = role in CONNECTIVES
        if not role or (connective and not self.segment.before):
            return []
        credit = [] if connective else [self._item(first, end, (Part.CREDIT, role, True))]
        if end == last:
            return credit if self.segment.after else []
        self.listing = self.listing or role == "author"
        rest = self.units(end, last)
        if not rest and role == "author":
            rest = self._person(end, last, single=True)
        if rest and (role[-1] != ":" or all(item.known and item.part is not Part.AMBIGUOUS for item in rest)):
            return credit + rest
        return []

    def _with_credit_inside(self, first: int, last: int) -> list[Item]:
        """A credit word behind a name: «بقلم فلان تصوير: فلان», «فلان ترجمة»."""
        for middle in range(first + 1, last):
            end, role = self.credit_word(middle, last)
            is_trade = end == last and not is_arabic(self.keys[first]) and ":" not in self.segment.after  # "… editor"
            if role and role not in CONNECTIVES and not is_trade:
                before = self._plain(first, middle)
                behind = self.units(end, last)
                if before and before[0].part is Part.PERSON and (behind or end == last):
                    return [*before, self._item(middle, end, (Part.CREDIT, role, True)), *behind]
        return []

    def credit_word(self, first: int, last: int) -> tuple[int, str]:
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
            if role and role not in ("title", "date", "behind"):
                return end, str(role)
        return first, ""

    def _joined(self, first: int, last: int) -> list[Item]:
        """Units with connectives between: «فلان من الرياض», "A and B", «فلان وفلان»; or without any."""
        items: list[Item] = []
        role = "and"
        middle = first
        while middle <= last:
            end, next_role = self.credit_word(middle, last) if middle < last else (last, "and")
            if next_role not in CONNECTIVES:
                middle += 1
                continue
            if middle == last == first:  # a connective ends the segment
                break
            found = self._plain(first, middle)
            if not found or (role == "from" and items[-1].part is found[0].part):
                return []
            items += found
            first = middle = max(end, middle + 1)
            role = next_role
        return items

    def _plain(self, first: int, last: int) -> list[Item]:
        """The units that words without credit words and connectives name."""
        if first >= last:
            return []
        if self.segment.before and self.vocab.credit_words.get(squeeze(self.key(first, last))) == "behind":
            return [self._item(first, last, (Part.TITLE, self.text(first, last), True))]  # «Doane, MD»
        return (
            self._person_and_source(first, last)
            or (self._person(first, last) if self.keys[first] in self.vocab.given_names else [])
            or self._row(first, last)
            or self._desk(first, last)
            or self._person(first, last)
        )

    def _person_and_source(self, first: int, last: int) -> list[Item]:
        """A person with an agency or desk right behind the name: "Tara Doane Associated Press"."""
        for middle in range(first + 2, last):
            found = self.longest(middle, last)
            if found and found.behind == last and found.part in (Part.AGENCY, Part.DESK):
                person = self._person(first, middle)
                return [*person, found] if person else []
        return []

    def _row(self, first: int, last: int) -> list[Item]:
        """Units side by side: «بيروت رويترز», «أبها واس», «القاهرة 10 أغسطس»."""
        items: list[Item] = []
        while first < last:
            found = self.longest(first, last)
            if found is None or (items and self.key(first, found.behind) in self.vocab.relative_times):
                return []  # «البلد اليوم» is an outlet that no list has
            items.append(found)
            first = found.behind
        return items

    def longest(self, first: int, last: int) -> Item | None:
        """The longest unit that begins at word `first`."""
        if first >= last:
            return None
        opener = self.keys[first]
        if opener not in self.lists.openers and "." not in opener and not opener[0].isdigit():
            return None
        for end in range(min(first + MAX_UNIT_WORDS, last), first, -1):
            found = unit(self.text(first, end), self.key(first, end), self.lists)
            if found is not None:
                return self._item(first, end, found)
        return None

    def _desk(self, first: int, last: int) -> list[Item]:
        """A desk with whose desk it is («مكتب الصحيفة»), an outlet by its address ("EXAMPLE.COM") or by its words."""
        keys, text = self.keys[first:last], self.text(first, last)
        name, _, end = text.rpartition(".")
        if end.lower() in DOMAINS and len(name) > 1 and name.isascii() and name.replace("-", "").isalnum():
            return [self._item(first, last, (Part.AGENCY, text, True))]
        if last - first <= MAX_DESK_WORDS and self.lists.units.get(keys[0]) is Part.DESK:
            return [self._item(first, last, (Part.DESK, text, True))]
        return [self._item(first, last, (Part.DESK, text, False))] if lexicon.is_outlet(keys, self.lists) else []

    def _person(self, first: int, last: int, single: bool = False) -> list[Item]:
        """A person, with a degree behind the name or without: "Tara Doane PhD"."""
        degree = last - first > 2 and self.vocab.credit_words.get(squeeze(self.keys[last - 1])) == "behind"
        end = last - 1 if degree else last
        found = lexicon.person(self.printed[first:end], self.keys[first:end], self.lists, self.listing, single)
        return [self._item(first, last, found)] if found else []


def _is_titled(key: str, roles: WordTable) -> bool:
    """Whether the letters up to the last full stop are a title's: «د.», «أ.د.خالد»."""
    return "." in key and roles.get(squeeze(key[: key.rfind(".")])) == "title"
