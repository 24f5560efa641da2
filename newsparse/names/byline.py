"""Bylines: the agency, the persons and the place that a line credits.

Knows the structure of bylines. Which line of a page is its byline is decided in `newsparse.layout`; what a segment of a
line names, in `newsparse.names.segments`.

    line = segment { separator segment } [ ":" ]

A look-up or the shape of a segment tells what it names. Then RULES decide whether the line is a byline. The order is
free: papers print CITY - SOURCE as well as SOURCE - CITY.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.names.credits import OF_FAMILY, PLACES, SOURCES, Credit, credit_of, with_sources
from newsparse.names.dateline import dateline
from newsparse.names.lexicon import ARABIC_PARTICLES, MAX_NAME_WORDS, Index, Part, agency, index, is_arabic, unit
from newsparse.names.segments import (
    MAX_SEGMENT_WORDS,
    SEPARATOR,
    SIGN,
    Item,
    Segment,
    items_of,
    segments,
)
from newsparse.signs import DASHES, TATWEEL
from newsparse.text import fold
from newsparse.words.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "label", "may_be_credit", "read_byline"]

MAX_BYLINE_CHARS = 140
MAX_STRETCH_SPACES = 7  # between separators, without a credit word
MAX_STRANGER_WORDS = 3  # that are not understood, in a byline
MAX_ROLE_WORDS = 8  # of «خبير في …» behind a credited person
MAX_CACHED_LINES = 4096

LABEL_EDGES = " :/\\|.…" + DASHES + TATWEEL
NO_AUTHOR = ("photo", "office")  # roles
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop
ADDRESS = r"[^\s@]{0,64}@\S*|https?://\S+|www\.\S+"  # compiled when the first is met


def may_be_credit(text: str, vocab: Vocab, key: str | None = None) -> bool:
    """A prefilter: whether a line may be a byline, by a few look-ups. `key` is the folded text, if it is known.

    It refuses sentences, headlines and menu entries, which are most lines of a page.
    """
    if not 2 <= len(text) <= MAX_BYLINE_CHARS or text[-1] in NEVER_ENDS or text[0] in "•©":
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
    return _judged(text, vocab) if may_be_credit(text, vocab, key) else None


@lru_cache(maxsize=MAX_CACHED_LINES)
def _judged(text: str, vocab: Vocab) -> Credit | None:
    line = text
    if "@" in text or "www." in text:
        line = re.sub(ADDRESS, lambda address: "|" * len(address.group()), text)  # a separator
    line = line.strip(" *")
    items = _items(line, index(vocab))
    if not items:
        return None
    seen = Seen.of(items, line)
    verdict = next(verdict for verdict, holds in BYLINE_RULES if holds(seen))
    return credit_of(items, line, text, verdict is YES) if verdict is not NO else None


def _items(line: str, lists: Index) -> list[Item]:
    """The items that the segments of the line name; empty if it has unknown words that no byline has."""
    items: list[Item] = []
    credited = listing = False
    for segment in segments(line):
        found = items_of(segment, lists, credited, listing)
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

YES, MAYBE, NO = "a byline", "the shape of one", "no byline"


class Seen(NamedTuple):
    """The facts about a line that RULES ask for."""

    items: Sequence[Item]
    parts: frozenset[Part]
    roles: Sequence[str]  # of its credit words
    known: bool  # a person has a listed given name or a title
    place: bool  # a city or country is named
    unlisted: bool  # a source is named that is also a word, or by a word such as «صحيفة» alone
    end: str  # the last character
    single: bool  # all of it is one segment

    @classmethod
    def of(cls, items: Sequence[Item], line: str) -> Seen:
        """The facts about the items of a line."""
        parts = frozenset([item.part for item in items])
        roles = [item.value for item in items if item.part is Part.CREDIT]
        known = any(item.known for item in items if item.part is Part.PERSON)
        unlisted = any(not item.known for item in items if item.part in (Part.AMBIGUOUS, Part.DESK))
        single = items[0].segment is items[-1].segment
        return cls(items, parts, roles, known, not parts.isdisjoint(PLACES), unlisted, line[-1:], single)

    def has(self, *parts: Part) -> bool:
        """Whether the line has an item of these parts."""
        return not self.parts.isdisjoint(parts)

    def is_certain_credit(self) -> bool:
        """Whether the credit is certain: its word is not a common word, or it names a known person."""
        names = [item.value for item in self.items if item.part is Part.PERSON]
        return (
            self.roles[0][-1] != ":"
            or self.known
            or self.has(Part.AGENCY, Part.AMBIGUOUS)
            or any(map(OF_FAMILY.fullmatch, names))
        )

    def is_certain_agency(self) -> bool:
        """Whether an agency stands as bylines have it: one in Latin letters alone may be a page's label, and beside an
        unlisted person or many unknown words the credit of a picture."""
        if len(self.items) == 1:
            segment = self.items[0].segment
            return "(" in segment.before or is_arabic(segment.text)
        if self.has(Part.PERSON) and not (self.known or self.place):
            return False
        strangers = [item.value for item in self.items if item.part is Part.UNKNOWN]
        return all(is_arabic(words) and words.count(" ") + 1 < MAX_STRANGER_WORDS for words in strangers)

    def is_of_country(self) -> bool:
        """Whether a country is the only place, and nobody is named beside it."""
        return self.has(Part.COUNTRY) and not self.has(Part.CITY, Part.PERSON)

    def is_one_name(self) -> bool:
        """Whether an outlet's words stand side by side with others: «القاهرة اليوم»."""
        return self.single and self.items[-1].start <= self.items[0].end + 1


BYLINE_RULES: tuple[tuple[str, Callable[[Seen], bool]], ...] = (  # the first that holds says what the line is
    (NO, lambda seen: seen.parts <= {Part.UNKNOWN, Part.DATE, Part.COUNTRY, Part.TITLE}),  # nobody is named
    (NO, lambda seen: seen.end == "." and not seen.has(Part.CREDIT, Part.AGENCY)),  # a sentence
    (NO, lambda seen: seen.has(Part.QUOTED) and not seen.place),  # a headline
    # a credit word: of a picture, or the paper's editor; with nobody; with somebody
    (NO, lambda seen: bool(seen.roles) and not seen.place and all(r.startswith(NO_AUTHOR) for r in seen.roles)),
    (NO, lambda seen: bool(seen.roles) and not seen.has(Part.PERSON, Part.DESK, *SOURCES)),
    (YES, lambda seen: bool(seen.roles) and seen.is_certain_credit()),
    (MAYBE, lambda seen: bool(seen.roles)),
    (YES, lambda seen: seen.has(Part.AGENCY) and seen.is_certain_agency()),
    (MAYBE, lambda seen: seen.has(Part.AGENCY)),
    # an outlet in no list, or whose name is also a word; «الصدى نيوز - مصر» and «مصر، السياسة» are a site's
    (NO, lambda seen: seen.unlisted and seen.end != ":" and seen.is_of_country()),
    (MAYBE, lambda seen: seen.has(Part.QUOTED) and not seen.has(Part.UNKNOWN)),
    (NO, lambda seen: seen.has(Part.QUOTED)),
    (
        MAYBE,
        lambda seen: (
            len(seen.items) == 1
            and seen.has(Part.AMBIGUOUS)
            and (not seen.unlisted or "(" in seen.items[0].segment.before)
        ),
    ),
    (NO, lambda seen: seen.has(Part.AMBIGUOUS) and (len(seen.items) == 1 or seen.is_one_name())),
    (YES, lambda seen: seen.has(Part.AMBIGUOUS) and (seen.place or seen.known or seen.has(Part.DESK))),
    (NO, lambda seen: seen.has(Part.AMBIGUOUS)),
    # a person at a place: "A in B" may also be a headline
    (MAYBE, lambda seen: seen.has(Part.PERSON) and seen.place and seen.single and not is_arabic(seen.items[0].value)),
    (YES, lambda seen: seen.has(Part.PERSON) and seen.place and (seen.known or seen.end == ":")),
    (MAYBE, lambda seen: seen.has(Part.PERSON) and seen.place),
    # a desk: at a place, with a person, or alone; «القاهرة: صحيفة تكشف أسرارا» is a headline
    (NO, lambda seen: seen.has(Part.DESK) and seen.unlisted and not (seen.place or seen.known)),
    (YES, lambda seen: seen.has(Part.DESK) and not (seen.unlisted or seen.single) and (seen.place or seen.known)),
    (MAYBE, lambda seen: seen.has(Part.DESK)),
    # «CITY - WORD :»: the word is the paper's own name, or a desk's
    (YES, lambda seen: seen.has(Part.UNKNOWN) and seen.has(Part.CITY) and seen.end == ":" and len(seen.items) == 2),
    (MAYBE, lambda seen: seen.has(Part.UNKNOWN) and seen.has(Part.CITY)),
    # nothing but what looks like names, or a city
    (NO, lambda seen: any(":" in item.segment.before for item in seen.items)),
    (MAYBE, lambda seen: seen.has(Part.PERSON, Part.CITY)),
    (NO, lambda seen: True),
)
