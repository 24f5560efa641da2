"""From the named items of a line to its Credit.

Knows which roles count as authors, and what a location is. Does not know whether the line is a byline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsparse.names.lexicon import OF_FAMILY, Index, Part, is_arabic, is_home, squeeze
from newsparse.names.segments import Item
from newsparse.text import fold

SOURCES = frozenset({Part.AGENCY, Part.AMBIGUOUS, Part.QUOTED})
ROLES = ("author", "source", "translator", "editor")  # whose persons are the authors: the first that has any
PLACES = frozenset({Part.CITY, Part.COUNTRY})


class Credit(NamedTuple):
    """The result of a byline or dateline: agencies, authors, location."""

    agencies: tuple[str, ...]  # canonical names, in the order printed
    authors: tuple[str, ...]  # persons only
    location: str | None  # the dateline's place, as printed
    printed: str  # what it was read from: the line, or the dateline alone
    certain: bool  # False: it has the shape, but may be a phrase; its place on the page decides
    why: str
    known: bool = False  # whether a person has a title or a listed given name
    role: str | None = None  # of its first credit word: "author", "translator", "editor", "source"; None without one

    def is_doubtful(self) -> bool:
        """Whether it is Arabic words alone that look like a person's name, and neither list nor ending says so."""
        if self.known or self.role or self.agencies or self.location:
            return False
        return bool(self.authors) and is_arabic(self.printed) and not any(map(OF_FAMILY.fullmatch, self.authors))


def each_person_once(names: Iterable[str]) -> list[str]:
    """The names in order, without repeated persons: «عبد الله» and «عبدالله» are one."""
    people: dict[str, str] = {}
    for name in names:
        people.setdefault(squeeze(fold(name)), name)
    return list(people.values())


def with_sources(items: list[Item], lists: Index) -> list[Item]:
    """The items, where a place's name means an agency: alone on a line, beside a city of its country («الدوحة - قنا»),
    or beside the agency's other name."""
    agencies = {item.value for item in items if item.part is Part.AGENCY}
    places = [i for i, item in enumerate(items) if item.part in PLACES]
    keys = [fold(items[i].value) for i in places]
    for i, key, near in zip(places, keys, reversed(keys), strict=True):
        name = lists.sources.get(squeeze(key))
        if name in agencies:
            items[i] = items[i]._replace(part=Part.AGENCY, value=name)
        elif name is not None and not is_home(key, lists):
            is_alone = len(items) == 1 and lists.ambiguous.get(squeeze(key)) == "alone"
            is_near = len(keys) == 2 and lists.vocab.cities.get(near) == lists.vocab.agencies[fold(name)][0]
            if is_alone or is_near:
                items[i] = items[i]._replace(part=Part.AMBIGUOUS, value=name)
    return items


def credit_of(items: Sequence[Item], line: str, printed: str, certain: bool) -> Credit:
    """The credit of the items. Photographers are no authors; translators and editors only if there is no other."""
    people: dict[str, list[str]] = {}
    role = "before" if any(item.part is Part.CREDIT for item in items) else "author"
    for item in items:
        if item.part is Part.CREDIT:
            role = item.value.rstrip(":")
        elif item.part is Part.PERSON and (item.known or role != "before"):
            people.setdefault("author" if role == "before" else role, []).append(item.value)
    authors = next((people[role] for role in ROLES if role in people), ())
    agencies = dict.fromkeys(item.value for item in items if item.part in SOURCES)
    known = any(item.part is Part.PERSON and item.known for item in items)
    first = next((item.value.rstrip(":") for item in items if item.part is Part.CREDIT), None)
    persons, place, why = tuple(each_person_once(authors)), _location(items, line), _why(items, line)
    return Credit(tuple(agencies), persons, place, printed, certain, why, known, first)


def _location(items: Sequence[Item], line: str) -> str | None:
    """The first place with the places right behind it, as printed."""
    start = end = None
    for item in items:
        if item.part in PLACES and (start is None or "|" not in line[end : item.start]):
            start, end = item.start if start is None else start, item.end
        elif start is not None:
            break
    if start is None or end is None:
        return None
    place = line[start:end]
    return place + ")" if "(" in place and ")" not in place and line[end : end + 1] == ")" else place


def _why(items: Sequence[Item], line: str) -> str:
    telling = [item for item in items if item.part not in (Part.UNKNOWN, Part.DATE)]
    return ", ".join(f"{item.part.value} «{line[item.start : item.end]}»" for item in telling)
