"""A byline's line, cut at its separators, and what each piece of it names.

Knows separators, credit words and connectives. Does not know which pieces together make a byline: that is for
`newsparse.byline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsparse.names import Index, Part, listed, person, unit
from newsparse.text import fold
from newsparse.vocab import Vocab

CONNECTIVES = ("from", "and")  # the credit words that stand between two units
LONGEST_PIECE = 10  # words
LONGEST_CREDIT = 4  # words
LONGEST_UNIT = 6  # words of a place or an agency
LONGEST_DESK = 3  # words
LONGEST_OUTLET = 4  # words of an outlet that is in no list

_SIGNS = r"–—―‒−|:：/\\•·،,؛;+&(){}\[\]<>«»\"“”„\n"
SIGN = re.compile(rf"[{_SIGNS}\-ـ]")  # what may be a separator; most lines have none
_SEPARATOR = re.compile(rf"[{_SIGNS}\-ـ][{_SIGNS}\s\-ـ.]*")
_DOMAIN = re.compile(r"[a-z0-9-]{2,30}\.(?:com|net|org|info|tv|co|ma|dz|tn|eg|sa|ae|news|press|online)", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch between separators, word by word."""

    printed: list[str]
    keys: list[str]
    starts: list[int]
    before: str
    after: str
    stop: int  # where the separator behind it ends

    def text(self, first: int, last: int) -> str:
        """The words as printed."""
        return " ".join(self.printed[first:last])

    def key(self, first: int, last: int) -> str:
        """The words, folded."""
        return " ".join(self.keys[first:last])

    def end(self, last: int) -> int:
        """Where the words before `last` end in the line."""
        return self.starts[last - 1] + len(self.printed[last - 1])


class Item(NamedTuple):
    """Some named words; `value` is the canonical name of an agency, the role of a credit word, else as printed."""

    part: Part
    value: str
    start: int
    end: int
    known: bool
    piece: Piece
    behind: int  # the word of the piece behind it


# Cutting ----------------------------------------------------------------------------------------------------------


def pieces(line: str, vocab: Vocab) -> Iterator[Piece]:
    """The stretches between the separators of a line, one by one."""
    last, before = 0, ""
    for start, end in _separators(line):
        if line[last:start].strip(" .'"):
            yield _piece(line[last:start], last, before, line[start:end], vocab)
        last, before = end, line[start:end]
    if line[last:].strip(" .'"):
        yield _piece(line[last:], last, before, "", vocab)


def _separators(line: str) -> Iterator[tuple[int, int]]:
    """Where the separators begin and end."""
    for match in _SEPARATOR.finditer(line):
        start, end = match.span()
        if line[start] == "ـ":
            while start < end and line[start] == "ـ" and not _is_dash(line, start, end):
                start += 1
        elif line[start] == "-" and _is_hyphen(line, start):
            continue
        if start < end:
            yield start, end


def _is_dash(line: str, start: int, end: int) -> bool:
    """Whether a tatweel stands for a dash: «فلان ـ جدة», but not «هـ», «لـ» or the stretch in «أبهــا»."""
    if start == 0 or line[start - 1] == " ":
        return True
    return line[start - 1] not in "هلبكـ" and " " in line[start:end]


def _is_hyphen(line: str, start: int) -> bool:
    """Whether it joins Latin letters or digits."""
    around = line[start - 1 : start] + line[start + 1 : start + 2]
    return len(around) == 2 and all(sign.isdigit() or (sign < "\u0250" and sign.isalpha()) for sign in around)


def _piece(text: str, start: int, before: str, after: str, vocab: Vocab) -> Piece:
    """A stretch cut into words; words that lost the space between them («كتبمحمد», «وأحمد») are cut apart."""
    stop = start + len(text) + len(after)
    printed, starts = [], []
    for word in text.split(" "):
        if word and word.strip(".'"):
            printed.append(word)
            starts.append(start)
        start += len(word) + 1
    keys = fold(" ".join(printed)).split(" ")
    if len(keys) != len(printed):
        keys = [fold(word) or word for word in printed]
    for i in range(len(keys) - 1, -1, -1):
        size = _glued(keys[i], i, len(keys), vocab) if i != 1 and keys[i] not in vocab.given_names else 0
        if size:
            printed[i : i + 1] = printed[i][:size], printed[i][size:]
            keys[i : i + 1] = keys[i][:size], keys[i][size:]
            starts.insert(i + 1, starts[i] + size)
    return Piece(printed, keys, starts, before, after, stop)


def _glued(key: str, i: int, count: int, vocab: Vocab) -> int:
    """How many letters of a word are a connective or credit word glued to a given name, or 0."""
    if i:
        return int(i < count - 1 and key[0] == "و" and key[1:] in vocab.given_names)
    if len(key) < 6:
        return 0
    for size in range(3, min(6, len(key) - 2)):
        if key[size:] in vocab.given_names and vocab.credit_words.get(key[:size], "").startswith("author"):
            return size
    return 0


# Naming -----------------------------------------------------------------------------------------------------------


def named(piece: Piece, words: Index) -> list[Item]:
    """What a piece consists of; one item UNKNOWN if it is not understood."""
    count = len(piece.keys)
    if piece.before and _is_quoted(piece) and count <= LONGEST_OUTLET:
        return [_item(piece, 0, count, *(listed(piece.text(0, count), piece.key(0, count), words) or (Part.QUOTED,)))]
    items = _units(piece, 0, count, words) if count <= LONGEST_PIECE else []
    return items or [_item(piece, 0, count, Part.UNKNOWN, known=False)]


def _item(piece: Piece, first: int, last: int, part: Part, value: str | None = None, known: bool = True) -> Item:
    return Item(part, value or piece.text(first, last), piece.starts[first], piece.end(last), known, piece, last)


def _is_quoted(piece: Piece) -> bool:
    return any(sign in piece.before for sign in '«"“„') and any(sign in piece.after for sign in '»"”“')


def _units(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """The named units that words `first` to `last` consist of; empty if they are not understood."""
    if first == last:
        return []
    found = unit(piece.text(first, last), piece.key(first, last), words)
    if found is not None:
        return [_item(piece, first, last, *found)]
    return _credited(piece, first, last, words) or _joined(piece, first, last, words)


def _credited(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """A credit word, and whom it credits: «بقلم فلان», "By A and B"; or a connective that opens a piece."""
    end, role = credit_word(piece, first, last, words)
    connective = role in CONNECTIVES
    if not role or (connective and not piece.before):
        return []
    if end == last:
        return [_item(piece, first, last, Part.CREDIT, role)] if piece.after and not connective else []
    rest = _units(piece, end, last, words)
    if not rest and role == "author":
        rest = _person(piece, end, last, words, fewest=1)
    if rest and (role[-1] != ":" or all(item.known and item.part is not Part.AMBIGUOUS for item in rest)):
        return rest if connective else [_item(piece, first, end, Part.CREDIT, role), *rest]
    return []


def credit_word(piece: Piece, first: int, last: int, words: Index) -> tuple[int, str]:
    """The longest credit word that begins at word `first`: the word behind it, and its role; or an empty role."""
    for end in range(min(first + LONGEST_CREDIT, last), first, -1):
        role = words.vocab.credit_words.get(piece.key(first, end))
        if role and role not in ("title", "date"):
            return end, str(role)
    return first, ""


def _joined(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """Units with connectives between: «فلان من الرياض», "A and B", «فلان وفلان»; or without any."""
    items: list[Item] = []
    role = "and"
    for middle in [*range(first, last), last]:
        next_role = words.vocab.credit_words.get(piece.keys[middle]) if middle < last else "and"
        if next_role not in CONNECTIVES:
            continue
        if middle == last == first:  # a connective ends the piece
            break
        found = _plain(piece, first, middle, words)
        if not found or (role == "from" and items[-1].part is found[0].part):
            return []
        items += found
        first, role = middle + 1, next_role
    return items


def _plain(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """What words without credit words and connectives name."""
    for way in WAYS if first < last else ():
        items = way(piece, first, last, words)
        if items:
            return items
    return []


def _row(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """Units side by side: «بيروت رويترز», «أبها واس», «القاهرة 10 أغسطس»."""
    items: list[Item] = []
    while first < last:
        item = longest(piece, first, last, words)
        if item is None:
            return []
        items.append(item)
        first = item.behind
    return items


def longest(piece: Piece, first: int, last: int, words: Index) -> Item | None:
    """The longest unit that begins at word `first`."""
    for end in range(min(first + LONGEST_UNIT, last), first, -1):
        found = unit(piece.text(first, end), piece.key(first, end), words)
        if found is not None:
            return _item(piece, first, end, *found)
    return None


def _listed_person(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    return _person(piece, first, last, words) if piece.keys[first] in words.vocab.given_names else []


def _person(piece: Piece, first: int, last: int, words: Index, fewest: int = 2) -> list[Item]:
    found = person(piece.printed[first:last], piece.keys[first:last], words, fewest)
    return [_item(piece, first, last, Part.PERSON, found.name, found.known)] if found else []


def _desk(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """A desk with whose desk it is: «مكتب الصحيفة», «متابعة القسم»."""
    if last - first <= LONGEST_DESK and piece.keys[first] in words.vocab.desks:
        return [_item(piece, first, last, Part.DESK)]
    return []


def _domain(piece: Piece, first: int, last: int, words: Index) -> list[Item]:
    """An outlet that is named by its address: «EXAMPLE.COM»."""
    if last - first == 1 and _DOMAIN.fullmatch(piece.printed[first]):
        return [_item(piece, first, last, Part.AGENCY)]
    return []


Way = Callable[[Piece, int, int, Index], "list[Item]"]
WAYS: tuple[Way, ...] = (_listed_person, _row, _desk, _person, _domain)
