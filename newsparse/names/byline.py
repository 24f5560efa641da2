"""Bylines: the agency, the persons and the place that a line credits.

Knows the structure of bylines. Which line of a page is its byline is decided in `newsparse.layout`; what a segment of a
line names, in `newsparse.names.segments`.

    line = segment { separator segment } [ ":" ]

A look-up or the shape of a segment tells what it names. What all of them are together decides whether the line is a
byline. The order is free: papers print CITY - SOURCE as well as SOURCE - CITY.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.names.credits import OF_FAMILY, PLACES, SOURCES, Credit, credit_of, with_sources
from newsparse.names.dateline import dateline
from newsparse.names.lexicon import (
    ARABIC_PARTICLES,
    LATIN_PARTICLES,
    MAX_NAME_WORDS,
    Index,
    Part,
    agency,
    begins,
    index,
    is_arabic,
    unit,
)
from newsparse.names.segments import (
    MAX_SEGMENT_WORDS,
    SEPARATOR,
    SIGN,
    Item,
    Segment,
    items_of,
    segments,
)
from newsparse.patterns import rare
from newsparse.signs import BULLETS, DASHES, TATWEEL
from newsparse.text import fold
from newsparse.words.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "label", "may_be_credit", "read_byline"]

MAX_BYLINE_CHARS = 140
MAX_STRANGER_WORDS = 3  # that are not understood, in a byline
MAX_ROLE_WORDS = 8  # of «خبير في …» behind a credited person

LABEL_EDGES = " :/\\|.…" + DASHES + TATWEEL
LITTLE_ROLES = ("from", "and", "date")  # of words that stand in prose too
NO_AUTHOR = ("photo", "office")  # roles
NO_PLACES = frozenset(Part) - PLACES
LIST_MARKS = BULLETS + "-+o"  # with a space behind them
LAST_LATIN = "\u024f"
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop
CAPITALS = rare(r"[A-ZÀ-Þ\u0100-\u024f][\w.'’-]{0,40} {1,9}[A-ZÀ-Þ\u0100-\u024f]")  # two words side by side
WORD = rare(r"[^\W\d_]+")
ADDRESS = rare(r"[^\s@]{0,64}@\S*|https?://\S+|www\.\S+")


def may_be_credit(text: str, vocab: Vocab, key: str | None = None) -> bool:
    """A prefilter: whether a line may be a byline, by a few look-ups. `key` is the folded text, if it is known.

    It refuses sentences, headlines, menu entries and items of lists, which are most lines of a page.
    """
    if not 2 <= len(text) <= MAX_BYLINE_CHARS or text[-1] in NEVER_ENDS or text[0] in "•©":
        return False
    lists, key = index(vocab), key or fold(text)
    is_item = text[1] == " " and text[0] in LIST_MARKS
    words = key.split(" ")[is_item:]
    first = words[0].rstrip(":")
    if first in lists.openers:
        role = vocab.credit_words.get(first) or vocab.credit_words.get(" ".join(words[:2]))
        if role and role not in LITTLE_ROLES:
            return True
    if is_item and text[2:3] != "(" and (first not in vocab.given_names or len(words) > MAX_NAME_WORDS):
        return False
    if SIGN.search(text):
        long = [part.strip() for part in SEPARATOR.split(text) if part.count(" ") >= MAX_NAME_WORDS]
        if not lists.prose.isdisjoint(words) or not all(_may_open(part, lists) for part in long):
            return False
        return text[0] > LAST_LATIN or _tells_names(text, key, lists)
    if len(words) == 1 or not lists.strange.isdisjoint(words):
        return unit(text, key, lists) is not None or "." in key[:-1] or not ARABIC_PARTICLES.isdisjoint(words)
    if len(words) > (MAX_SEGMENT_WORDS if first in vocab.given_names else MAX_NAME_WORDS):
        return False
    small = [word for word in text.split() if word[0].islower()]
    return all(word in lists.openers or word in LATIN_PARTICLES or "@" in word for word in small)


def _may_open(part: str, lists: Index) -> bool:
    """Whether many words between two separators begin as names and credits do."""
    first = fold(part.partition(" ")[0])
    return part.count(" ") < MAX_SEGMENT_WORDS and ("." in first or begins(first, lists))


def _tells_names(text: str, key: str, lists: Index) -> bool:
    """Whether a line in Latin letters has two capitals side by side, or a word that opens a listed name."""
    if CAPITALS.search(text):
        return True
    words = WORD.findall(key)
    known = [word for word in words if word in lists.openers and lists.units.get(word) is not Part.DATE]
    roles = lists.vocab.credit_words
    return any(roles.get(word) != "and" for word in known) or not lists.vocab.given_names.keys().isdisjoint(words)


def label(key: str, vocab: Vocab) -> str:
    """The role of a credit word that is alone on its line, with the person on the next line: «بقلم/», "By"; else "".

    Roles are "author", "translator", "photo", …; "office" is an office of the paper: «رئيس التحرير».
    """
    words = key.strip(LABEL_EDGES)
    role = vocab.credit_words.get(words) or vocab.credit_words.get(" ".join(words.split(" ", 2)[:2]))
    return str(role).rstrip(":") if role and (words in vocab.credit_words or role == "office:") else ""


def read_byline(text: str, vocab: Vocab, key: str | None = None) -> Credit | None:
    """The credit in a line, or None if the whole line is no byline: a sentence, a headline, a menu entry.

    `key` is the folded text, if the caller has it.
    """
    if len(text) > MAX_BYLINE_CHARS:
        return None
    lists, key = index(vocab), key or fold(text)
    found = unit(text, key, lists) if key.partition(" ")[0] in lists.openers else None
    if found is not None and found[0] is Part.AGENCY:  # an agency alone: most bylines
        return Credit((found[1],), (), None, text, is_arabic(text), f"agency «{text}»")
    if not may_be_credit(text, vocab, key):
        return None
    line = text if "@" not in text and "www." not in text else ADDRESS.sub(lambda url: "|" * len(url.group()), text)
    line = line.strip(" *")
    items = _items(line, lists)
    if not items:
        return None
    certain = _is_certain(items, line[-1:])
    return None if certain is None else credit_of(items, line, text, certain)


def _items(line: str, lists: Index) -> list[Item]:
    """The items that the segments of the line name; empty if it has unknown words that no byline has."""
    items: list[Item] = []
    credited = listing = False
    for segment in segments(line):
        found = items_of(segment, lists, credited, listing)
        if found[0].part is Part.UNKNOWN and _is_named_source(segment, items, lists):
            found = [found[0]._replace(part=Part.DESK)]
        if found[0].part is Part.UNKNOWN and not _is_stranger(segment, items, lists):
            if _are_initials(segment.text):  # «ع.ح/ ص.ش (د ب أ)»
                continue
            return []
        items += found
        credited = found[-1].part is Part.CREDIT and found[-1].value.startswith("author") and "," not in segment.after
        listing = listing or any(item.part is Part.CREDIT and item.value.startswith("author") for item in found)
    if all(item.part is Part.UNKNOWN for item in items):
        return []
    return with_sources(items, lists)


def _are_initials(text: str) -> bool:
    """Whether the segment is the initials of editors."""
    parts = text.replace(".", " ").split()
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)


def _is_named_source(segment: Segment, items: Sequence[Item], lists: Index) -> bool:
    """Whether a few unknown words are an outlet, for they follow the label of a source: «المصدر: موقع فلان»."""
    if not items or items[-1].part is not Part.CREDIT or not items[-1].value.startswith("source"):
        return False
    keys = fold(segment.text).split(" ")
    return len(keys) <= MAX_STRANGER_WORDS and lists.vocab.frequent_words.keys().isdisjoint(keys)


def _is_stranger(segment: Segment, items: Sequence[Item], lists: Index) -> bool:
    """Whether unknown words are allowed here: they may be an outlet, a desk, a place, or the role of a person."""
    before = {item.part for item in items}
    keys, vocab = fold(segment.text).split(" "), lists.vocab
    if ":" in segment.before or ".." in segment.text:
        return False
    if {Part.CREDIT, Part.PERSON} <= before:
        return len(keys) <= MAX_ROLE_WORDS  # «بقلم فلان، خبير في …»
    if len(keys) > MAX_STRANGER_WORDS or Part.UNKNOWN in before or keys[0] in vocab.not_names:
        return False
    return not any(key in vocab.frequent_words for key in keys)


# Judging ----------------------------------------------------------------------------------------------------------


def _is_certain(items: Sequence[Item], end: str) -> bool | None:
    """Whether the items of a line that ends so are surely a byline; None if they are none.

    False: the line has the shape of one, but may be a phrase. What names the most decides.
    """
    parts = frozenset([item.part for item in items])
    if (end == "." and parts.isdisjoint({Part.CREDIT, Part.AGENCY})) or (Part.QUOTED in parts <= NO_PLACES):
        return None  # a sentence; a headline
    if Part.CREDIT in parts:
        return _is_certain_credit(items, parts)
    if Part.AGENCY in parts:
        return _is_certain_agency(items, parts)
    place, is_single = not parts.isdisjoint(PLACES), items[0].segment is items[-1].segment
    known = any(item.known for item in items if item.part is Part.PERSON)
    unlisted = any(not item.known for item in items if item.part in (Part.AMBIGUOUS, Part.DESK))
    if unlisted and end != ":" and Part.COUNTRY in parts and parts.isdisjoint({Part.CITY, Part.PERSON}):
        return None  # «الصدى نيوز - مصر» and «مصر، السياسة» are a site's
    if Part.QUOTED in parts:
        return False if Part.UNKNOWN not in parts else None
    if Part.AMBIGUOUS in parts:
        if len(items) == 1:
            return False if not unlisted or "(" in items[0].segment.before else None
        if Part.PERSON in parts and not place and any(":" in item.segment.before for item in items):
            return None  # «الوسط: فلان» is the midfield
        is_one_name = is_single and items[-1].start <= items[0].end + 1  # «القاهرة اليوم»
        return True if not is_one_name and (place or known or Part.DESK in parts) else None
    if Part.PERSON in parts and place:  # "A in B" may also be a headline
        return (known or end == ":") and (not is_single or is_arabic(items[0].value))
    if Part.DESK in parts:  # «القاهرة: صحيفة تكشف أسرارا» is a headline
        if unlisted and not (place or known):
            return None
        return not (unlisted or is_single) and (place or known)
    if Part.UNKNOWN in parts and Part.CITY in parts:  # «CITY - WORD :»: the word is the paper's own name, or a desk's
        return end == ":" and len(items) == 2
    if any(":" in item.segment.before for item in items):
        return None
    return None if parts.isdisjoint({Part.PERSON, Part.CITY}) else False


def _is_certain_credit(items: Sequence[Item], parts: frozenset[Part]) -> bool | None:
    """Whether a line with a credit word is a byline, not of a picture or the editor: certainly if the word
    is no common word, or if a known person is credited."""
    roles = [item.value for item in items if item.part is Part.CREDIT]
    if parts.isdisjoint(PLACES) and all(role.startswith(NO_AUTHOR) for role in roles):
        return None
    if parts.isdisjoint({Part.PERSON, Part.DESK, *SOURCES}):
        return None
    persons = [item for item in items if item.part is Part.PERSON]
    is_named = any(person.known or OF_FAMILY.fullmatch(person.value) for person in persons)
    return roles[0][-1] != ":" or is_named or not parts.isdisjoint({Part.AGENCY, Part.AMBIGUOUS})


def _is_certain_agency(items: Sequence[Item], parts: frozenset[Part]) -> bool:
    """Whether an agency stands as bylines have it: one in Latin letters alone may be a page's label, and beside an
    unlisted person or many unknown words the credit of a picture."""
    if len(items) == 1:
        return "(" in items[0].segment.before or is_arabic(items[0].segment.text)
    if Part.PERSON in parts <= NO_PLACES and not any(item.known for item in items if item.part is Part.PERSON):
        return False
    strangers = [item.value for item in items if item.part is Part.UNKNOWN]
    return all(is_arabic(words) and words.count(" ") + 1 < MAX_STRANGER_WORDS for words in strangers)
