"""Bylines: which agency, which persons, which place a line credits.

Knows how bylines are put together. Does not know which line of a page is its byline (`newsparse.header`), how a line
is cut (`newsparse.pieces`), nor the names themselves (`newsparse.names`).

    line     = piece { separator piece } [ ":" ]
    piece    = [ credit word ] unit { [ connective ] unit }
    unit     = agency | "«" outlet "»" | city | country | desk | person | date

Each piece is named by look-up or by its shape, and RULES say whether what came out is a byline. Order is free: papers
print CITY - SOURCE and SOURCE - CITY alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsparse.credits import PLACES, SOURCES, Credit, credit, with_sources
from newsparse.dateline import dateline
from newsparse.names import Part, agency, index, is_arabic
from newsparse.pieces import CUT, Item, named, pieces
from newsparse.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "read"]

LONGEST_LINE = 140  # characters of a byline
LONGEST_PLAIN = 8  # words of a byline without separators
LONGEST_STRANGER = 3  # words that are not understood, in a byline
LONGEST_ROLE = 8  # words of «خبير في …» behind a credited person

MARKS = " *✍🖊🖋📝\ufe0f"  # pens and stars before and behind a name
SENTENCE_ENDS = "!?؟…۔"

_ADDRESS = re.compile(r"\S+@\S+|@\S+|https?://\S+|www\.\S+")


def read(text: str, vocab: Vocab) -> Credit | None:
    """The byline that a whole line is, or None for anything else: a sentence, a headline, a menu's word."""
    if not 2 <= len(text) <= LONGEST_LINE or text[-1] in SENTENCE_ENDS or text.endswith(".."):
        return None
    if text[0] == "•" or (text.count(" ") >= LONGEST_PLAIN and not CUT.search(text)):
        return None
    line = (_ADDRESS.sub("", text) if "@" in text or "www." in text else text).strip(MARKS)
    words = index(vocab)
    items: list[Item] = []
    for piece in pieces(line, vocab):
        items += named(piece, words)
        if len(items) > 1 and items[0].part is items[-1].part is Part.UNKNOWN:
            return None
    items = with_sources(items, words)
    seen = Seen.of(items, line, vocab)
    for rule in RULES:
        verdict = rule(seen)
        if verdict is not None:
            return credit(items, line, text, verdict is YES) if verdict is not NO else None
    return None


# Judging ----------------------------------------------------------------------------------------------------------


class Verdict(NamedTuple):
    """What a rule says; compared by identity with the three below."""

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
    single: bool  # all of it is one piece
    vocab: Vocab

    @classmethod
    def of(cls, items: Sequence[Item], line: str, vocab: Vocab) -> Seen:
        """What there is to say about the items of a line."""
        parts = frozenset([item.part for item in items])
        strangers = [item for item in items if item.part is Part.UNKNOWN]
        known = any(item.known for item in items if item.part is Part.PERSON)
        single = not items or items[0].piece is items[-1].piece
        return cls(items, parts, strangers, known, line[-1:], single, vocab)

    def has(self, *parts: Part) -> bool:
        """Whether any of these was found."""
        return not self.parts.isdisjoint(parts)

    @property
    def place(self) -> bool:
        """Whether a city or country was found."""
        return not self.parts.isdisjoint(PLACES)

    def is_role(self, i: int) -> bool:
        """Whether item `i` may say who the credited person before it is: «فلان، خبير في …»."""
        before = {item.part for item in self.items[:i]}
        short = len(self.items[i].piece.keys) <= LONGEST_ROLE
        return short and {Part.CREDIT, Part.PERSON} <= before and ":" not in self.items[i].piece.before

    def is_short(self, item: Item) -> bool:
        """Whether words that are not understood are few enough to be an outlet, a desk or a place."""
        keys, vocab = item.piece.keys, self.vocab
        if len(keys) > LONGEST_STRANGER or len(self.strangers) > 1 or ":" in item.piece.before:
            return False
        return keys[0] not in vocab.not_names and not any(key in vocab.frequent_words for key in keys)


def nothing(seen: Seen) -> Verdict | None:
    """Nobody is named."""
    return NO if seen.parts <= {Part.UNKNOWN, Part.DATE, Part.COUNTRY} else None


def sentence(seen: Seen) -> Verdict | None:
    """It ends in a full stop, and has nothing that only bylines have."""
    return NO if seen.end == "." and not seen.has(Part.CREDIT, Part.AGENCY) else None


def headline(seen: Seen) -> Verdict | None:
    """Words that are not understood: too many, or where a headline goes on; a quotation without a place."""
    if seen.has(Part.QUOTED) and not seen.place:
        return NO
    for i, item in enumerate(seen.items):
        if item.part is Part.UNKNOWN and not (seen.is_role(i) or seen.is_short(item)):
            return NO
    return None


def credited(seen: Seen) -> Verdict | None:
    """A credit word, and somebody who is credited."""
    roles = [item.value for item in seen.items if item.part is Part.CREDIT]
    if not roles:
        return None
    if all(role.startswith("photo") for role in roles) and not seen.place:
        return NO  # the credit of a picture
    if not seen.has(*SOURCES, *(() if roles[0].startswith("source") else (Part.PERSON, Part.DESK))):
        return NO
    return YES if roles[0][-1] != ":" or seen.known or seen.has(Part.AGENCY, Part.AMBIGUOUS) else MAYBE


def agency_credited(seen: Seen) -> Verdict | None:
    """An agency; alone on its line it may be a page's label, beside an unlisted person a picture's credit."""
    if not seen.has(Part.AGENCY):
        return None
    if len(seen.items) == 1:
        return YES if "(" in seen.items[0].piece.before else MAYBE
    if seen.has(Part.PERSON) and not (seen.known or seen.place):
        return MAYBE
    strange = any(len(item.piece.keys) == LONGEST_STRANGER or not is_arabic(item.value) for item in seen.strangers)
    return MAYBE if strange else YES


def outlet_credited(seen: Seen) -> Verdict | None:
    """A name that is also a word: beside a place, a person or a desk, with a separator between."""
    if not seen.has(Part.AMBIGUOUS):
        return None
    if seen.single:
        return MAYBE if "(" in seen.items[0].piece.before and len(seen.items) == 1 else NO
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
    """A desk: at a place, with a person, or alone."""
    if not seen.has(Part.DESK):
        return None
    return YES if not seen.single and (seen.place or seen.known) else MAYBE


def stranger_and_city(seen: Seen) -> Verdict | None:
    """«CITY - WORD :»: the word is the paper's own name, or a desk's."""
    if not seen.strangers or not seen.has(Part.CITY):
        return None
    return YES if seen.end == ":" and len(seen.items) == 2 else MAYBE


def only_persons(seen: Seen) -> Verdict | None:
    """Nothing but what looks like names, or a city."""
    if not seen.has(Part.PERSON, Part.CITY) or any(":" in item.piece.before for item in seen.items):
        return NO
    return MAYBE


RULES: tuple[Rule, ...] = (
    nothing,
    sentence,
    headline,
    credited,
    agency_credited,
    quoted_outlet,
    outlet_credited,
    person_and_place,
    desk,
    stranger_and_city,
    only_persons,
)
