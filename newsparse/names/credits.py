"""What the items of a line are together: a byline, a dateline, or neither; and the Credit that they give.

A shape is a text with a letter for each item, and the signs between them. «القاهرة - (أ ف ب):» is ``C-(A):``. Ordered
tables read it: in each row stand an answer and the facts that a shape must have, or with "-" must not have; the first
row that fits decides. Knows which roles count as authors, and what a location is. Knows nothing of words: see
`newsparse.names.segments`.

    A agency                                 P person with a title or a listed given name; p: another one
    S its name is a word; s: not alone       K credit word; k: also a common word
    Q outlet in quotes                       O of a picture, or an office of the paper; o: also a common word
    D desk; d: outlet by its words           t date; T degree
    C city; N country                        w words that are not understood

    - dash   : colon   , comma or semicolon   / slash   | bar   ( ) brackets   « » " quotes   + plus   . another sign
    a space: side by side   & the word "and"   ~ the word "from"   < at the beginning: in Latin letters
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsparse.names.lexicon import OF_FAMILY, Index, Part, is_arabic, is_home, squeeze
from newsparse.names.segments import Item
from newsparse.text import fold, rare

SOURCES = frozenset({Part.AGENCY, Part.AMBIGUOUS, Part.QUOTED})
ROLES = ("author", "source", "translator", "editor")  # whose persons are the authors: the first that has any
PLACES = frozenset({Part.CITY, Part.COUNTRY})
PART_LETTERS = {  # of parts whose words are in a list, and of others
    Part.AGENCY: "AA",
    Part.AMBIGUOUS: "Ss",
    Part.QUOTED: "QQ",
    Part.CITY: "CC",
    Part.COUNTRY: "NN",
    Part.DESK: "Dd",
    Part.PERSON: "Pp",
    Part.DATE: "tt",
    Part.TITLE: "TT",
    Part.UNKNOWN: "ww",
}
DATELINE_SIGNS = frozenset("-:/|)")  # behind a dateline
PLACE_SIGNS = frozenset("-:/|")  # behind a dateline of a place alone
PROSE_ORDER = rare(
    r"[KkOo][&~](?![KkOo])|[ASsQCNDdtw] [KkOo]|~\w [KkOo]|[Pp]~[Pp]|C~C|N~N|^\W{0,9}[&~]"
    r"|(?:^<?|[^ &~\w])[ko] (?:\w[ &~])*[psSdQw]"  # «حوار وطني شامل»
)
IN_TEXT = rare(r"[^\w ]A$|\w \w A$|K \w$|^[^<\w]?[Pp]\W{1,9}C$")  # datelines that no sign separates from the text
UNLISTED_PLACE = rare(
    r"^<?\W?(?P<agency>w)(?:\W{1,4}[CNt]){0,4}\W?\(\W?A[^\w-]{0,4}-|^<\W?(?P<capitals>w)(?::|\W?-)"
    r"|^<\W?C,(?P<region>[wp])\W?[-(]|^<\W?(?P<city>[wp]),N\W?[-(]"
)
NAMED_FACTS = ("alone", "beside", "credit", "certain", "stop", "colon", "end", "short end", "no end", "prose")
"""Besides its letters and signs: there is one item; all are side by side; it has a credit word; the first one is no
common word; what stands behind it; the order of the items is that of prose."""
ShapeRow = tuple[bool | None, tuple[frozenset[str], ...], frozenset[str]]


def _row(answer: bool | None, *facts: str) -> ShapeRow:
    """A row: the answer; sets of facts, of each of which a shape has one; the facts of which it has none."""
    sets = [frozenset([name] if (name := fact.lstrip("-")) in NAMED_FACTS else name) for fact in facts]
    lacks = frozenset().union(*[names for fact, names in zip(facts, sets, strict=True) if fact[0] == "-"])
    return answer, tuple([names for fact, names in zip(facts, sets, strict=True) if fact[0] != "-"]), lacks


BYLINES = (
    _row(None, "prose"),
    _row(None, "stop", "-A", "-credit"),  # a sentence
    _row(None, "Q", "-CN"),  # a headline that quotes a word
    # with a credit word
    _row(None, "Oo", "-KkCN"),  # a picture's
    _row(None, "credit", "-PpDdASsQ"),
    _row(True, "certain"),
    _row(True, "credit", "PASs"),
    _row(False, "credit"),
    # with an agency: alone in Latin letters it may be a label, beside a person in no list it is a picture's
    _row(False, "A", "<", "alone", "-("),
    _row(None, "A", '"»', "w", "-CNPp", "-credit"),  # a headline that quotes an outlet
    _row(False, "A", "p", "-PCN"),
    _row(False, "A", "<", "w"),
    _row(True, "A"),
    # with another outlet
    _row(None, "sd", "N", "-CPp", "-colon"),  # «الصدى نيوز - مصر» and «مصر، السياسة» are a site's
    _row(None, "Q", "w"),
    _row(False, "Q"),
    _row(False, "S", "alone"),
    _row(None, "Ss", "Pp", ":", "-CN"),  # «الوسط: فلان» is the midfield
    _row(True, "Ss", "CNPDd"),
    _row(None, "Ss"),
    # a person and a place: "A in B" may be a headline
    _row(False, "Pp", "CN", "<", "beside"),
    _row(True, "P", "CN"),
    _row(True, "p", "CN", "colon"),
    # with a desk: «القاهرة: صحيفة تكشف أسرارا» is a headline
    _row(None, "d", "-CNP"),
    _row(False, "d"),
    _row(True, "D", "CNP", "-beside"),
    _row(False, "D"),
    # «CITY - WORD :»: the word is the paper's own name, or a desk's
    _row(True, "w", "C", "colon"),
    _row(None, ":"),
    _row(False, "PpC"),
)
"""Whether a line is a byline: certainly (True), perhaps, by its place on the page (False), or not at all (None)."""

DATELINES = (
    _row(None, "prose"),
    _row(True, "credit", "Pp", "colon"),  # «كتب - فلان: …»
    _row(True, "A", "end"),
    _row(True, "Ss", "alone", "end", "-s"),
    _row(True, "K", "ASs"),
    _row(True, "A", "CNP"),
    _row(True, "Ss", "CNPDd", "end", "-beside"),
    _row(True, "Ss", "CNPDd", "end", "t"),
    _row(True, "Q", "CN", "end"),
    _row(True, "PpDd", "CN", "end"),
    _row(True, "PpDd", "CN", "no end"),
    _row(True, "C", "short end"),
)
"""Whether the items at the beginning of a text are a dateline, with the signs behind them."""


def answer(table: Sequence[ShapeRow], printed: str, behind: str, stops: bool = False) -> bool | None:
    """The answer of the first row that fits the shape `printed`, with the signs `behind` it; None without one.

    `stops`: a full stop is behind it.
    """
    facts = set(printed)
    letters = [char for char in printed if char.isalpha()]
    between = printed.partition(letters[0])[2]
    ends = not DATELINE_SIGNS.isdisjoint(behind)
    if letters[-1] in "ASs" and ("»" in behind or '"' in behind):  # «الرياض - «الصحيفة» …»
        ends = not facts.isdisjoint("CN")
    told = {
        "alone": len(letters) == 1,
        "beside": all(char in " &~" or char.isalpha() for char in between),
        "credit": not facts.isdisjoint("KkOo"),
        "certain": next((char.isupper() for char in letters if char in "KkOo"), False),
        "prose": PROSE_ORDER.search(printed) is not None,
        "stop": stops,
        "colon": ":" in behind,
        "end": ends,
        "short end": not PLACE_SIGNS.isdisjoint(behind),
        "no end": behind in ("", " "),
    }
    facts.update([name for name, is_so in told.items() if is_so])
    for result, has, lacks in table:
        if lacks.isdisjoint(facts) and not any(map(facts.isdisjoint, has)):
            return result
    return None


def shape(line: str, items: Sequence[Item]) -> str:
    """The shape of the items of a line."""
    latin = "" if not items or is_arabic(line[items[0].start]) else "<"
    return latin + "".join([item.before + letter(item) for item in items])


def letter(item: Item) -> str:
    """The letter of an item."""
    if item.part is Part.CREDIT:
        role = item.value.rstrip(":")
        name = "O" if role in ("photo", "office") else "K"
        return name if role == item.value else name.lower()
    return PART_LETTERS[item.part][not item.known]


# Credits --------------------------------------------------------------------------------------------------------


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
