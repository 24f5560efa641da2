"""Bylines and datelines: the agency, the persons and the place that a line, or the beginning of a paragraph, credits.

Knows which lines are worth reading, where a dateline ends, which roles count as authors, and what a location is. What
words name is known by `newsparse.names.lexicon`, which line of a page is its byline by `newsparse.layout`.

    byline   = segment { separator segment } [ ":" ]
    dateline = segment { separator segment } ( ":" | "-" | "/" | ")" ) text

A shape is a text with a letter for each item, and the signs between them. «القاهرة - (أ ف ب):» is ``C-(A):``. Ordered
tables read it: in each row stand an answer and the facts that a shape must have, or with "-" must not have; the first
row that fits decides.

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

from newsparse import signs
from newsparse.names.lexicon import (
    LATIN_PARTICLES,
    MAX_NAME_WORDS,
    MAX_SEGMENT_WORDS,
    MAX_UNLISTED_NAME_WORDS,
    OF_FAMILY,
    PLACES,
    SEPARATOR,
    SIGN,
    Index,
    Item,
    Part,
    begins,
    index,
    is_arabic,
    is_home,
    scan,
    source,
    squeeze,
    unit,
)
from newsparse.signs import BULLETS, DASHES, TATWEEL
from newsparse.text import fold, rare
from newsparse.words.vocab import Vocab

SOURCES = frozenset({Part.AGENCY, Part.AMBIGUOUS, Part.QUOTED})
ROLES = ("author", "source", "translator", "editor")  # whose persons are the authors: the first that has any
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
    _row(None, "d", "-CNPD"),
    _row(True, "d", "C", "-beside", "-:"),
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
    _row(True, "credit", "Pp", "colon"),  # «كتب - فلان: …»
    _row(True, "A", "end"),
    _row(True, "Ss", "alone", "end", "-s"),
    _row(True, "K", "ASs"),
    _row(True, "A", "CNP"),
    _row(True, "Ss", "CNPDd", "end", "-beside"),
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
    if "»" in behind or '"' in behind:  # «الرياض - «الصحيفة» …»
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
    places: list[Item] = []  # the first with those right behind it
    for item in items:
        if item.part in PLACES:
            places.append(item)
        elif places:
            break
    place = line[places[0].start : places[-1].end] if places else None
    telling = [item for item in items if item.part not in (Part.UNKNOWN, Part.DATE)]
    why = ", ".join([f"{item.part.value} «{line[item.start : item.end]}»" for item in telling])
    return Credit(tuple(agencies), tuple(each_person_once(authors)), place, printed, certain, why, known, first)


# Lines and beginnings of paragraphs -----------------------------------------------------------------------------------

MAX_BYLINE_CHARS = 140
MAX_DATELINE_CHARS = 110  # in which a dateline ends
MIN_PLACE_CHARS = 5  # of a place that is in no list
MAX_FIRST_CHARS = 60  # of a dateline's first segment

LABEL_EDGES = " :/\\|.…" + DASHES + TATWEEL
LITTLE_ROLES = ("from", "and", "date")  # of words that stand in prose too
LIST_MARKS = BULLETS + "-+o"  # with a space behind them
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop
OPENING_SIGNS = " ([{<" + signs.OPENING_QUOTES  # what opens the text behind it
ADDRESS = rare(r"[^\s@]{0,64}(?:@| \[at\] )\S*|https?://\S+|www\.\S+")


def may_be_credit(text: str, vocab: Vocab, key: str | None = None) -> bool:
    """A prefilter: whether a line may be a byline, by a few look-ups. `key` is the folded text, if it is known.

    It refuses sentences, headlines, menu entries and items of lists, which are most lines of a page.
    """
    if not 2 <= len(text) <= MAX_BYLINE_CHARS or text[-1] in NEVER_ENDS or text[0] in "•©":
        return False
    lists, key = index(vocab), key or fold(text)
    is_item = text[1] == " " and text[0] in LIST_MARKS and text[-1] != ":"  # but «- عدن / خاص:»
    words = key.split(" ")[is_item:]
    first = words[0].rstrip(":")
    if first in lists.openers:
        role = vocab.credit_words.get(first) or vocab.credit_words.get(" ".join(words[:2]))
        if role and role not in LITTLE_ROLES:
            return True
    if is_item and first not in vocab.given_names:
        return False
    if SIGN.search(text):
        is_number = text[0].isdigit() and words[-1] not in vocab.desks  # but «4 مايو/ خاص»
        if is_number or not lists.prose.isdisjoint(words):
            return False
        parts = SEPARATOR.split(text) if len(words) > MAX_NAME_WORDS else ()
        long = [part.strip() for part in parts if part.count(" ") >= MAX_NAME_WORDS]
        return all(begins(fold(part.partition(" ")[0]), lists) for part in long)
    if len(words) == 1 or not lists.strange.isdisjoint(words):
        return unit(text, key, lists) is not None or "." in key[:-1]
    if len(words) > (MAX_SEGMENT_WORDS if first in vocab.given_names else MAX_NAME_WORDS):
        return False
    small = [word for word in text.split() if word[0].islower()]
    return all(word in lists.openers or word in LATIN_PARTICLES for word in small)


def label(key: str, vocab: Vocab) -> str:
    """The role of a credit word that is alone on its line, with the person on the next line: «بقلم/», "By"; else "".

    Roles are "author", "translator", "photo", …; "office" is an office of the paper: «رئيس التحرير».
    """
    return str(vocab.credit_words.get(key.strip(LABEL_EDGES), "")).rstrip(":")


def read_byline(text: str, vocab: Vocab, key: str | None = None) -> Credit | None:
    """The credit in a line, or None if the whole line is no byline: a sentence, a headline, a menu entry.

    `key` is the folded text, if the caller has it.
    """
    if not may_be_credit(text, vocab, key):
        return None
    lists, key = index(vocab), key or fold(text)
    has_address = any(map(text.__contains__, ("@", "[at]", "www.")))
    line = ADDRESS.sub(lambda url: "|" * len(url.group()), text) if has_address else text
    line = line.strip(" *")
    name = source(text, key, lists) if len(line) == len(text) else None
    if name is not None and squeeze(key) not in lists.ambiguous:  # in Latin letters it may be a label
        return Credit((name,), (), None, text, is_arabic(line), f"{Part.AGENCY.value} «{line}»")
    items, after = scan(line, lists)
    if not items or after[-1:] == "x":
        return None
    items = with_sources(items, lists)
    certain = answer(BYLINES, shape(line, items), after, stops=line[-1] == ".")
    return None if certain is None else credit_of(items, line, text, certain)


def dateline(paragraph: str, vocab: Vocab) -> Credit | None:
    """The credit in the dateline at the beginning of a paragraph, or None.

    A subtitle may come before a dateline with place and agency: «تفاصيل الخطة - عمّان - رويترز: …».
    """
    first = SIGN.search(paragraph, 0, MAX_FIRST_CHARS)
    if first is None:
        return None
    lists, words = index(vocab), paragraph[: first.start()].split(" ")
    may_open = len(words) <= MAX_UNLISTED_NAME_WORDS or begins(fold(words[0]), lists)
    found = _opening(paragraph[:MAX_DATELINE_CHARS], lists) if may_open else None
    start = paragraph.find(" - ", 0, MAX_FIRST_CHARS) + len(" - ")
    if found is None and start > len(" - "):
        behind = _opening(paragraph[start : start + MAX_DATELINE_CHARS], lists)
        return behind if behind is not None and behind.location and behind.agencies else None
    return found


def _opening(head: str, lists: Index) -> Credit | None:
    """The longest dateline at the beginning of `head`.

    A date, an outlet in quotes or an unlisted person behind a complete dateline belongs to the text.
    """
    items, after = scan(head, lists, opens_text=True)
    after = after.rstrip("x")
    items = with_sources(_with_unlisted_place(head, items, after, lists), lists)
    count = 0
    for n, item in enumerate(items):
        behind = items[n + 1].before if n + 1 < len(items) else after
        if item.part is Part.UNKNOWN or (n and not _goes_on(items[: n + 1], behind, is_complete=count == n)):
            break
        printed = shape(head, items[: n + 1])
        if (behind != " " or IN_TEXT.search(printed)) and answer(DATELINES, printed, behind):
            count = n + 1
    if not count:
        return None
    return credit_of(items[:count], head, head[: items[count - 1].stop].rstrip(OPENING_SIGNS), certain=True)


def _goes_on(items: Sequence[Item], behind: str, is_complete: bool) -> bool:
    """Whether the last item still belongs to the dateline before it, which may be complete; `behind`: the signs behind.

    Behind a colon stands text, but for «كتب: فلان: …» and «بيروت: «الصحيفة» …».
    """
    if ":" in items[-1].before:
        return items[-2].part is Part.CREDIT or (items[-1].part in SOURCES and "»" in behind)
    only_dates = PLACES.union({Part.DATE}).issuperset([item.part for item in items])
    return not is_complete or letter(items[-1]) not in "tQpd" or "/" in items[-1].before or only_dates


def _with_unlisted_place(head: str, items: list[Item], after: str, lists: Index) -> list[Item]:
    """The items, where one that is in no list may be made a place: "NYALA, South Darfur - The …", "Elko, Nevada — …".

    Such a place stands before an agency in brackets, is in capitals, or is beside a region.
    """
    match = UNLISTED_PLACE.search(shape(head, items) + after)
    if match is None:
        return items
    i = int(match.lastgroup == "region")
    words, keys = items[i].value.split(), fold(items[i].value).split()
    if match.lastgroup == "capitals":
        vocab = lists.vocab
        tables = (vocab.not_names, vocab.frequent_words, vocab.credit_words, vocab.other_dates, vocab.furniture)
        is_place = len(items[i].value) >= MIN_PLACE_CHARS and items[i].value.isupper()
        is_place = is_place and all(table.keys().isdisjoint(keys) for table in tables)
    elif match.lastgroup == "agency":
        is_place = bool(keys) and keys[0] not in lists.vocab.credit_words
    else:
        is_place = all(word[0].isupper() for word in words)
    place = Part.COUNTRY if i else Part.CITY
    return [*items[:i], items[i]._replace(part=place), *items[i + 1 :]] if is_place else items
