"""Bylines: which agency, which persons, which place a line credits.

Knows how bylines are put together. Does not know which line of a page is its byline (`newsparse.layout.header`), nor
what the segments of a line name (`newsparse.names.segments`).

    line = segment { separator segment } [ ":" ]

Each segment is named by look-up or by its shape, and RULES say whether what came out is a byline. Order is free: papers
print CITY - SOURCE and SOURCE - CITY alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.names.credits import PLACES, SOURCES, Credit, credit, with_sources
from newsparse.names.dateline import dateline
from newsparse.names.lexicon import ARABIC_PARTICLES, MAX_NAME_WORDS, Index, Part, agency, index, is_arabic, unit
from newsparse.names.segments import (
    EDGES,
    MAX_SEGMENT_WORDS,
    SEPARATOR,
    SIGN,
    Item,
    Segment,
    named,
    segments,
)
from newsparse.signs import DASHES, TATWEEL
from newsparse.text import fold
from newsparse.words.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "label", "may_be_credit", "read"]

MAX_LINE_CHARS = 140
MAX_STRETCH_SPACES = 7  # between separators, without a credit word
MAX_STRANGER_WORDS = 3  # that are not understood, in a byline
MAX_ROLE_WORDS = 8  # of «خبير في …» behind a credited person
MAX_CACHED_LINES = 4096

LABEL_EDGES = " :/\\|.…" + DASHES + TATWEEL
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop
_OF_FAMILY = re.compile(r"(\w+ ){1,2}ال\w{2,}ي")  # an unlisted name with an Arabic family's ending: «مجيدة الحيمودي»
ADDRESS = r"[^\s@]{0,64}@\S*|https?://\S+|www\.\S+"  # compiled when the first is met


def may_be_credit(text: str, vocab: Vocab, key: str | None = None) -> bool:
    """Whether a line may be a byline: a prefilter of a few look-ups. `key` is the folded text, where it is there.

    It refuses sentences, headlines and single words of menus; most lines of a page end here.
    """
    if not 2 <= len(text) <= MAX_LINE_CHARS or text[-1] in NEVER_ENDS or text[0] == "•":
        return False
    lists, key = index(vocab), key or fold(text)
    words = key.split(" ")
    first = words[0]
    if first in lists.credit_openers and (first in vocab.credit_words or " ".join(words[:2]) in vocab.credit_words):
        return True
    if SIGN.search(text):
        return lists.prose.isdisjoint(words) and all(
            stretch.count(" ") <= MAX_STRETCH_SPACES for stretch in SEPARATOR.split(text)
        )
    if len(words) == 1 or not lists.strange.isdisjoint(words):
        return unit(text, key, lists) is not None or "." in key[:-1] or not ARABIC_PARTICLES.isdisjoint(words)
    return len(words) <= MAX_NAME_WORDS or (first in vocab.given_names and len(words) <= MAX_SEGMENT_WORDS)


def label(key: str, vocab: Vocab) -> str:
    """The role of a credit word on a line of its own, whose person stands on the next line: «بقلم/», "By"; or "".

    Roles are "author", "translator", "photo", …; "office" is that of who leads the paper: «رئيس التحرير».
    """
    words = key.strip(LABEL_EDGES)
    role = vocab.credit_words.get(words) or vocab.credit_words.get(" ".join(words.split(" ", 2)[:2]))
    return str(role).rstrip(":") if role and (words in vocab.credit_words or role == "office:") else ""


def read(text: str, vocab: Vocab, key: str | None = None) -> Credit | None:
    """The byline that a whole line is, or None for anything else: a sentence, a headline, a menu's word.

    `key` is the folded text, where the caller has it.
    """
    return _judged(text, vocab) if may_be_credit(text, vocab, key) else None


@lru_cache(maxsize=MAX_CACHED_LINES)
def _judged(text: str, vocab: Vocab) -> Credit | None:
    line = text
    if "@" in text or "www." in text:
        line = re.sub(ADDRESS, lambda address: "|" * len(address.group()), text)  # a separator
    line = line.strip(EDGES.replace(".", "").replace("'", ""))
    items = _items(line, index(vocab))
    if not items:
        return None
    seen = Seen.of(items, line)
    for rule in RULES:
        verdict = rule(seen)
        if verdict is not None:
            return credit(items, line, text, verdict is YES) if verdict is not NO else None
    return None


def _items(line: str, lists: Index) -> list[Item]:
    """What the segments of the line name; empty where words are not understood that no byline has."""
    items: list[Item] = []
    credited = listing = False
    for segment in segments(line):
        found = named(segment, lists, credited, listing)
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
    """Whether the segment is letters with which editors sign."""
    parts = text.replace(".", " ").split()
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)


def _is_stranger(segment: Segment, items: Sequence[Item], lists: Index) -> bool:
    """Whether words that are not understood may stand here: an outlet, a desk, a place, or a person's role."""
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


class Verdict(NamedTuple):
    """The answer of a rule; compared by identity with the three below."""

    name: str


NO, MAYBE, YES = Verdict("no byline"), Verdict("the shape of one"), Verdict("proven")
Rule = Callable[["Seen"], "Verdict | None"]


class Seen(NamedTuple):
    """What the rules ask about a line."""

    items: Sequence[Item]
    parts: frozenset[Part]
    strangers: Sequence[Item]  # words that were not understood
    known: bool  # a person has a listed given name or a title
    end: str  # the last character
    single: bool  # all of it is one segment

    @classmethod
    def of(cls, items: Sequence[Item], line: str) -> Seen:
        """What there is to say about the items of a line."""
        parts = frozenset([item.part for item in items])
        strangers = [item for item in items if item.part is Part.UNKNOWN]
        known = any(item.known for item in items if item.part is Part.PERSON)
        return cls(items, parts, strangers, known, line[-1:], items[0].segment is items[-1].segment)

    def has(self, *parts: Part) -> bool:
        """Whether any of these was found."""
        return not self.parts.isdisjoint(parts)

    @property
    def place(self) -> bool:
        """Whether a city or country was found."""
        return not self.parts.isdisjoint(PLACES)


def nothing(seen: Seen) -> Verdict | None:
    """Nobody is named."""
    return NO if seen.parts <= {Part.UNKNOWN, Part.DATE, Part.COUNTRY, Part.TITLE} else None


def sentence(seen: Seen) -> Verdict | None:
    """It ends in a full stop, and has nothing that only bylines have."""
    return NO if seen.end == "." and not seen.has(Part.CREDIT, Part.AGENCY) else None


def quotation(seen: Seen) -> Verdict | None:
    """A quotation without a place: a headline."""
    return NO if seen.has(Part.QUOTED) and not seen.place else None


def credited(seen: Seen) -> Verdict | None:
    """A credit word, and somebody who is credited."""
    roles = [item.value for item in seen.items if item.part is Part.CREDIT]
    if not roles:
        return None
    if all(role.startswith(("photo", "office")) for role in roles) and not seen.place:
        return NO  # the credit of a picture, or the paper's editor
    if not seen.has(Part.PERSON, Part.DESK, *SOURCES):
        return NO
    is_family = any(_OF_FAMILY.fullmatch(item.value) for item in seen.items if item.part is Part.PERSON)
    return YES if roles[0][-1] != ":" or seen.known or is_family or seen.has(Part.AGENCY, Part.AMBIGUOUS) else MAYBE


def agency_credited(seen: Seen) -> Verdict | None:
    """An agency; Latin and alone it may be a page's label, beside an unlisted person a picture's credit."""
    if not seen.has(Part.AGENCY):
        return None
    if len(seen.items) == 1:
        segment = seen.items[0].segment
        return YES if "(" in segment.before or is_arabic(segment.text) else MAYBE
    if seen.has(Part.PERSON) and not (seen.known or seen.place):
        return MAYBE
    strange = any(
        item.value.count(" ") + 1 == MAX_STRANGER_WORDS or not is_arabic(item.value) for item in seen.strangers
    )
    return MAYBE if strange else YES


def outlet_and_country(seen: Seen) -> Verdict | None:
    """A site's name or a rubric, which is also a word, beside a country: «الصدى نيوز - مصر», «مصر، السياسة»."""
    if seen.has(Part.CITY, Part.PERSON) or not seen.has(Part.COUNTRY) or seen.end == ":":
        return None
    return NO if any(not item.known for item in seen.items if item.part in (Part.AMBIGUOUS, Part.DESK)) else None


def outlet_credited(seen: Seen) -> Verdict | None:
    """A name that is also a word: beside a place, a person or a desk, with a separator between; some also alone."""
    if not seen.has(Part.AMBIGUOUS):
        return None
    first, last = seen.items[0], seen.items[-1]
    if first is last:
        return MAYBE if first.known or "(" in first.segment.before else NO
    if seen.single and last.start <= first.end + 1:  # side by side: «القاهرة اليوم»
        return NO
    return YES if seen.place or seen.known or seen.has(Part.DESK) else NO


def quoted_outlet(seen: Seen) -> Verdict | None:
    """An outlet in quotes, in no list, beside a place."""
    if not seen.has(Part.QUOTED):
        return None
    return NO if seen.strangers else MAYBE


def person_and_place(seen: Seen) -> Verdict | None:
    """A person at a place; "A in B" may also be a headline."""
    if not (seen.has(Part.PERSON) and seen.place):
        return None
    if seen.single and not is_arabic(seen.items[0].value):
        return MAYBE
    return YES if seen.known or seen.end == ":" else MAYBE


def desk(seen: Seen) -> Verdict | None:
    """A desk: at a place, with a person, or alone; an outlet in no list only beside one of these."""
    if not seen.has(Part.DESK):
        return None
    if not (seen.place or seen.known) and not any(item.known for item in seen.items if item.part is Part.DESK):
        return NO
    return YES if not seen.single and (seen.place or seen.known) else MAYBE


def stranger_and_city(seen: Seen) -> Verdict | None:
    """«CITY - WORD :»: the word is the paper's own name, or a desk's."""
    if not seen.strangers or not seen.has(Part.CITY):
        return None
    return YES if seen.end == ":" and len(seen.items) == 2 else MAYBE


def only_persons(seen: Seen) -> Verdict | None:
    """Nothing but what looks like names, or a city."""
    if not seen.has(Part.PERSON, Part.CITY) or any(":" in item.segment.before for item in seen.items):
        return NO
    return MAYBE


RULES: tuple[Rule, ...] = (
    nothing,
    sentence,
    quotation,
    credited,
    agency_credited,
    outlet_and_country,
    quoted_outlet,
    outlet_credited,
    person_and_place,
    desk,
    stranger_and_city,
    only_persons,
)
