"""A byline's line, cut at its separators, and what each piece of it names.

Knows separators, credit words and connectives. Does not know which pieces together make a byline: that is for
`newsparse.names.byline`.

    piece = [ credit word ] unit { [ connective ] unit }
    unit  = agency | "«" outlet "»" | city | country | desk | person | date

The same cities, agencies and people come again and again, so what a piece names is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from newsparse.names.lexicon import LONGEST_NAME, Index, Part, index, listed, opens, person, squeeze, unit
from newsparse.text import fold
from newsparse.words.vocab import Vocab

CONNECTIVES = ("from", "and")  # the credit words that stand between two units
LONGEST_PIECE = 10  # words
LONGEST_CREDIT = 4  # words
LONGEST_UNIT = 6  # words of a place or an agency
LONGEST_DESK = 3  # words
LONGEST_OUTLET = 4  # words of an outlet that is in no list
REMEMBERED = 4096  # pieces

# What stands around a piece, as far as it changes what the piece may name: «بقلم» or the like, quotes, separators.
CREDITED, QUOTED, FOLLOWS, LEADS = 1, 2, 4, 8

OPENING_QUOTES = frozenset('«"“„')
CLOSING_QUOTES = frozenset('»"”“')

_SIGNS = r"–—―‒−|:：/\\•·،,؛;+&(){}\[\]<>«»\"“”„\n"
SIGN = re.compile(rf"[{_SIGNS}\-ـ]")  # what may be a separator; most lines have none
SEPARATOR = re.compile(rf"[{_SIGNS}\-ـ][{_SIGNS}\s\-ـ.]*")
DOMAINS = frozenset(
    ["com", "net", "org", "info", "news", "press", "online", "tv", "co", "ae", "dz", "eg", "ma", "sa", "tn"]
)


class Piece(NamedTuple):
    """A stretch between separators, and where in the line it stands."""

    text: str
    start: int
    before: str
    after: str
    stop: int  # where the separator behind it ends


class Words(NamedTuple):
    """The words of a piece: as printed, folded, and where each begins."""

    printed: list[str]
    keys: list[str]
    starts: list[int]

    def text(self, first: int, last: int) -> str:
        """Some of the words as printed."""
        return " ".join(self.printed[first:last])

    def key(self, first: int, last: int) -> str:
        """Some of the words, folded."""
        return " ".join(self.keys[first:last])


class Unit(NamedTuple):
    """Some named words of a piece; `value` is an agency's canonical name, a credit word's role, else as printed."""

    part: Part
    value: str
    start: int
    end: int
    known: bool = True  # for a person: has a title or a listed given name
    behind: int = 0  # the word behind it


class Item(NamedTuple):
    """A unit at its place in the line."""

    part: Part
    value: str
    start: int
    end: int
    known: bool
    piece: Piece
    closes: bool  # the piece


# Cutting ----------------------------------------------------------------------------------------------------------


def pieces(line: str) -> Iterator[Piece]:
    """The stretches between the separators of a line, one by one."""
    last, before = 0, ""
    for match in SEPARATOR.finditer(line):
        start, end = match.span()
        sign = line[start]
        if sign == "ـ":
            start = _dash(line, start, end)
        if start == end or (sign == "-" and _is_hyphen(line, start)):
            continue
        text = line[last:start].strip(" .'")
        after = line[start:end]
        if text:
            yield Piece(text, line.index(text, last), before, after, end)
        last, before = end, after
    text = line[last:].strip(" .'")
    if text:
        yield Piece(text, line.index(text, last), before, "", len(line))


def _dash(line: str, start: int, end: int) -> int:
    """Where the tatweels that a separator begins with stand for a dash; the first other sign, or `end`, if nowhere."""
    while start < end and line[start] == "ـ" and not _is_dash(line, start, end):
        start += 1
    return start


def _is_dash(line: str, start: int, end: int) -> bool:
    """Whether a tatweel stands for a dash: «فلان ـ جدة», but not «هـ», «لـ» or the stretch in «أبهــا»."""
    if start == 0 or line[start - 1] == " ":
        return True
    return line[start - 1] not in "هلبكـ" and " " in line[start:end]


def _is_hyphen(line: str, start: int) -> bool:
    """Whether it joins Latin letters or digits."""
    around = line[start - 1 : start] + line[start + 1 : start + 2]
    return len(around) == 2 and all(sign.isdigit() or (sign < "\u0250" and sign.isalpha()) for sign in around)


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str, vocab: Vocab) -> Words:
    """The words of a piece; those that lost the space between them («كتبمحمد», «وأحمد») are cut apart."""
    printed, starts, start = [], [], 0
    for word in text.split(" "):
        if word:
            printed.append(word)
            starts.append(start)
        start += len(word) + 1
    keys = fold(" ".join(printed)).split(" ")
    if len(keys) != len(printed) or "" in keys:
        keys = [fold(word) or word for word in printed]
    for i in range(len(keys) - 1, -1, -1):
        key = keys[i]
        may_be_two = i == 0 or key[:1] == "و" or "." in key
        size = _glued(keys, i, vocab) if may_be_two and key not in vocab.given_names else 0
        if size:
            printed[i : i + 1] = printed[i][:size], printed[i][size:]
            keys[i : i + 1] = keys[i][:size], keys[i][size:]
            starts.insert(i + 1, starts[i] + size)
    return Words(printed, keys, starts)


def _glued(keys: list[str], i: int, vocab: Vocab) -> int:
    """How many letters of word `i` are a title, a connective or a credit word glued to a name, or 0."""
    key = keys[i]
    if "." in key and vocab.credit_words.get(squeeze(key[: key.rindex(".")])) == "title":
        return key.rindex(".") + 1 if key[-1] != "." else 0
    if i:
        joins = key[:1] == "و" and 1 < i < len(keys) - 1
        named_before = keys[0] in vocab.given_names and len(key) > 3 and not key.startswith("وال")
        return int(joins and (key[1:] in vocab.given_names or (named_before and key not in vocab.not_names)))
    for size in range(3, min(6, len(key) - 2)):
        if key[size:] in vocab.given_names and vocab.credit_words.get(key[:size], "").startswith("author"):
            return size
    return 0


# Naming -----------------------------------------------------------------------------------------------------------


def named(piece: Piece, vocab: Vocab, credited: bool = False) -> list[Item]:
    """What a piece consists of (behind «بقلم» or the like: `credited`); one item UNKNOWN if it is not understood."""
    before, after = piece.before, piece.after
    quoted = bool(before) and not (OPENING_QUOTES.isdisjoint(before) or CLOSING_QUOTES.isdisjoint(after))
    slot = (
        (CREDITED if credited else 0) | (QUOTED if quoted else 0) | (FOLLOWS if before else 0) | (LEADS if after else 0)
    )
    units = _understood(piece.text, slot, vocab)
    start, end = piece.start, len(piece.text)
    return [Item(u.part, u.value, start + u.start, start + u.end, u.known, piece, u.end == end) for u in units]


@lru_cache(maxsize=REMEMBERED)
def _understood(text: str, slot: int, vocab: Vocab) -> tuple[Unit, ...]:
    units: list[Unit] = []
    if slot & QUOTED:
        units = _quoted(words_of(text, vocab), vocab)
    elif may_open(text, index(vocab)):
        words = words_of(text, vocab)
        units = _units(words, 0, len(words.keys), slot, index(vocab))
    return tuple(units) or (Unit(Part.UNKNOWN, text, 0, len(text), known=False),)


def may_open(text: str, lists: Index) -> bool:
    """Whether a piece is short enough, or its first word one that names begin with."""
    count = text.count(" ")
    if count < LONGEST_NAME:
        return True
    first = fold(text.partition(" ")[0])
    return count < LONGEST_PIECE and (opens(first, lists) or first in lists.vocab.given_names or "." in first)


def _unit(words: Words, first: int, last: int, part: Part, value: str | None = None, known: bool = True) -> Unit:
    end = words.starts[last - 1] + len(words.printed[last - 1])
    return Unit(part, value or words.text(first, last), words.starts[first], end, known, last)


def _quoted(words: Words, vocab: Vocab) -> list[Unit]:
    """What stands in quotes: an agency or outlet, in a list or not."""
    count = len(words.keys)
    found = listed(words.text(0, count), words.key(0, count), index(vocab))
    if found is None and count > LONGEST_OUTLET:
        return []
    return [_unit(words, 0, count, *(found or (Part.QUOTED, None, False)))]


def _units(words: Words, first: int, last: int, slot: int, lists: Index) -> list[Unit]:
    """The named units that words `first` to `last` consist of; empty if they are not understood."""
    if first == last:
        return []
    found = unit(words.text(first, last), words.key(first, last), lists)
    if found is not None:
        return [_unit(words, first, last, *found)]
    units = _credited(words, first, last, slot, lists) or _joined(words, first, last, lists)
    return units or (_person(words, first, last, lists, credited=True) if slot & CREDITED else [])


def _credited(words: Words, first: int, last: int, slot: int, lists: Index) -> list[Unit]:
    """A credit word, and whom it credits: «بقلم فلان», "By A and B"; or a connective that opens a piece."""
    end, role = credit_word(words, first, last, lists)
    connective = role in CONNECTIVES
    if not role or (connective and not slot & FOLLOWS):
        return []
    if end == last:
        return [_unit(words, first, last, Part.CREDIT, role)] if slot & LEADS and not connective else []
    rest = _units(words, end, last, slot, lists)
    if not rest and role == "author":
        rest = _person(words, end, last, lists, credited=True)
    if rest and (role[-1] != ":" or all(unit.known and unit.part is not Part.AMBIGUOUS for unit in rest)):
        return rest if connective else [_unit(words, first, end, Part.CREDIT, role), *rest]
    return []


def credit_word(words: Words, first: int, last: int, lists: Index) -> tuple[int, str]:
    """The longest credit word that begins at word `first`: the word behind it, and its role; or an empty role."""
    if words.keys[first] not in lists.credit_openers:
        return first, ""
    for end in range(min(first + LONGEST_CREDIT, last), first, -1):
        role = lists.vocab.credit_words.get(words.key(first, end))
        if role and role not in ("title", "date"):
            return end, str(role)
    return first, ""


def _joined(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    """Units with connectives between: «فلان من الرياض», "A and B", «فلان وفلان»; or without any."""
    units: list[Unit] = []
    role = "and"
    for middle in range(first, last + 1):
        next_role = lists.vocab.credit_words.get(words.keys[middle]) if middle < last else "and"
        if next_role not in CONNECTIVES:
            continue
        if middle == last == first:  # a connective ends the piece
            break
        found = _plain(words, first, middle, lists)
        if not found or (role == "from" and units[-1].part is found[0].part):
            return []
        units += found
        first, role = middle + 1, next_role
    return units


def _plain(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    """What words without credit words and connectives name."""
    for way in WAYS if first < last else ():
        units = way(words, first, last, lists)
        if units:
            return units
    return []


def _row(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    """Units side by side: «بيروت رويترز», «أبها واس», «القاهرة 10 أغسطس»."""
    units: list[Unit] = []
    while first < last:
        found = longest(words, first, last, lists)
        if found is None or (units and words.key(first, found.behind) in lists.vocab.relative_times):
            return []  # «البلد اليوم» is an outlet that no list has
        units.append(found)
        first = found.behind
    return units


def longest(words: Words, first: int, last: int, lists: Index) -> Unit | None:
    """The longest unit that begins at word `first`."""
    if first >= last:
        return None
    opener = words.keys[first]
    if opener not in lists.openers and opener not in lists.units and "." not in opener and not opener[0].isdigit():
        return None
    for end in range(min(first + LONGEST_UNIT, last), first, -1):
        found = unit(words.text(first, end), words.key(first, end), lists)
        if found is not None:
            return _unit(words, first, end, *found)
    return None


def _listed_person(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    return _person(words, first, last, lists) if words.keys[first] in lists.vocab.given_names else []


def _person(words: Words, first: int, last: int, lists: Index, credited: bool = False) -> list[Unit]:
    found = person(words.printed[first:last], words.keys[first:last], lists, credited)
    return [_unit(words, first, last, Part.PERSON, found.name, found.known)] if found else []


def _desk(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    """A desk with whose desk it is: «مكتب الصحيفة», «متابعة القسم»."""
    if last - first <= LONGEST_DESK and words.keys[first] in lists.vocab.desks:
        return [_unit(words, first, last, Part.DESK)]
    return []


def _domain(words: Words, first: int, last: int, lists: Index) -> list[Unit]:
    """An outlet that is named by its address: «EXAMPLE.COM»."""
    name, _, end = words.keys[first].rpartition(".")
    if last - first == 1 and end in DOMAINS and len(name) > 1 and name.isascii() and name.replace("-", "").isalnum():
        return [_unit(words, first, last, Part.AGENCY)]
    return []


Way = Callable[[Words, int, int, Index], "list[Unit]"]
WAYS: tuple[Way, ...] = (_listed_person, _row, _desk, _person, _domain)
