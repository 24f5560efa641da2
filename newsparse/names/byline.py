"""Bylines: which agency, which persons, which place a line credits.

Knows how bylines are put together. Does not know which line of a page is its byline (`newsparse.layout.header`), how a
line is cut (`newsparse.names.pieces`), nor the names themselves (`newsparse.names.lexicon`).

    line = piece { separator piece } [ ":" ]

Each piece is named by look-up or by its shape, and RULES say whether what came out is a byline. Order is free: papers
print CITY - SOURCE and SOURCE - CITY alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.names.credits import PLACES, SOURCES, Credit, credit, with_sources
from newsparse.names.dateline import dateline
from newsparse.names.lexicon import ARABIC_PARTICLES, LONGEST_NAME, Index, Part, agency, begins, index, is_arabic, unit
from newsparse.names.pieces import (
    CONNECTIVES,
    LONGEST_CREDIT,
    LONGEST_PIECE,
    LONGEST_UNIT,
    REMEMBERED,
    SEPARATOR,
    SIGN,
    Item,
    Piece,
    may_open,
    named,
    pieces,
    words_of,
)
from newsparse.text import fold
from newsparse.words.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "read"]

LONGEST_LINE = 140  # characters of a byline
LONGEST_STRETCH = 8  # words between separators, without a credit word
LONGEST_STRANGER = 3  # words that are not understood, in a byline
LONGEST_ROLE = 8  # words of «خبير في …» behind a credited person

MARKS = " *✍🖊🖋📝\ufe0f"  # pens and stars before and behind a name
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop

ADDRESS = r"[^\s@]{0,64}@\S*|https?://\S+|www\.\S+"  # compiled when the first is met


def read(text: str, vocab: Vocab, key: str | None = None) -> Credit | None:
    """The byline that a whole line is, or None for anything else: a sentence, a headline, a menu's word.

    `key` is the folded text, where the caller has it.
    """
    if not 2 <= len(text) <= LONGEST_LINE or text[-1] in NEVER_ENDS or text[0] == "•":
        return None
    if not _may_be_byline(text, key or fold(text), index(vocab)):
        return None
    return _judged(text, vocab)


@lru_cache(maxsize=REMEMBERED)
def _judged(text: str, vocab: Vocab) -> Credit | None:
    line = text
    if _has_address(text):
        line = re.sub(ADDRESS, lambda address: "|" * len(address.group()), text)  # a separator
    line = line.strip(MARKS)
    items = _items(line, index(vocab))
    if not items:
        return None
    seen = Seen.of(items, line)
    for rule in RULES:
        verdict = rule(seen)
        if verdict is not None:
            return credit(items, line, text, verdict is YES) if verdict is not NO else None
    return None


def _may_be_byline(text: str, key: str, lists: Index) -> bool:
    """The quick look that most lines do not pass: too many words for a name, or words that only sentences have."""
    vocab, first = lists.vocab, key.partition(" ")[0]
    sign, can_open = SIGN.search(text), _can_open(first, vocab)
    if (
        can_open
        and first in lists.credit_openers
        and (first in vocab.credit_words or " ".join(key.split(" ", 2)[:2]) in vocab.credit_words)
    ):
        return not (vocab.credit_words.get(first) in CONNECTIVES and _opens_a_phrase(text, sign, key, lists))
    if sign and _has_long_stretch(text, sign, can_open, lists):
        return False
    keys = key.split(" ")
    has_prose = not lists.prose.isdisjoint(keys)
    if has_prose and len(keys) > LONGEST_UNIT and "." not in key[:-1] and ARABIC_PARTICLES.isdisjoint(keys):
        return False
    if sign is None and (len(keys) == 1 or has_prose or not lists.strange.isdisjoint(keys)):
        return unit(text, key, lists) is not None or "." in key[:-1] or not ARABIC_PARTICLES.isdisjoint(keys)
    if has_prose:
        return False
    if sign is None:
        return len(keys) <= LONGEST_NAME or (first in vocab.given_names and len(keys) <= LONGEST_PIECE)
    return all(stretch.count(" ") < LONGEST_STRETCH for stretch in SEPARATOR.split(text))


@lru_cache(maxsize=REMEMBERED)
def _can_open(first: str, vocab: Vocab) -> bool:
    """Whether a name, or what stands before names, can begin with the word."""
    return "." in first or begins(first, index(vocab))


def _opens_a_phrase(text: str, sign: re.Match[str] | None, key: str, lists: Index) -> bool:
    """Whether a connective opens so many words that they name nobody: «في كلمة له حول …»."""
    words = (text[: sign.start()] if sign else text).rstrip(MARKS + ".'").split()
    keys = key.split(" ", LONGEST_CREDIT)[:LONGEST_CREDIT]
    if len(words) <= LONGEST_STRANGER or keys[0] in lists.openers or _has_address(text):
        return False
    return not any(" ".join(keys[:count]) in lists.vocab.credit_words for count in range(2, LONGEST_CREDIT + 1))


def _has_address(text: str) -> bool:
    return "@" in text or "www." in text


def _has_long_stretch(text: str, sign: re.Match[str], can_open: bool, lists: Index) -> bool:
    """Whether more words stand before the first sign than names have, or behind it where it is the last: above all
    behind a colon, «فلان: افتتاح خط القطار السريع في الكويت»."""
    if not can_open and text.count(" ", 0, sign.start()) >= LONGEST_NAME:
        return True
    behind = text.rstrip().count(" ", sign.end())
    if behind <= LONGEST_NAME or SIGN.search(text, sign.end()):
        return False
    if behind > LONGEST_STRETCH:
        return True
    return sign[0] == ":" and not (_has_address(text) or may_open(text[sign.end() :].strip(MARKS + ".'"), lists))


def _items(line: str, lists: Index) -> list[Item]:
    """What the pieces of the line name; empty where words are not understood that no byline has."""
    items: list[Item] = []
    for piece in pieces(line):
        credited = bool(items) and items[-1].part is Part.CREDIT and items[-1].value.startswith("author")
        found = named(piece, lists.vocab, credited)
        if found[0].part is Part.UNKNOWN and not _is_stranger(piece, items, lists.vocab):
            if _are_initials(piece.text):  # «ع.ح/ ص.ش (د ب أ)»
                continue
            return []
        items += found
    if all(item.part is Part.UNKNOWN for item in items):
        return []
    return with_sources(items, lists.vocab)


def _are_initials(text: str) -> bool:
    """Whether the piece is letters with which editors sign."""
    parts = text.replace(".", " ").split()
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)


def _is_stranger(piece: Piece, items: Sequence[Item], vocab: Vocab) -> bool:
    """Whether words that are not understood may stand here: an outlet, a desk, a place, or a person's role."""
    before = {item.part for item in items}
    keys = words_of(piece.text, vocab).keys
    if ":" in piece.before or ".." in piece.text:
        return False
    if {Part.CREDIT, Part.PERSON} <= before:
        return len(keys) <= LONGEST_ROLE  # «بقلم فلان، خبير في …»
    if len(keys) > LONGEST_STRANGER or Part.UNKNOWN in before or keys[0] in vocab.not_names:
        return False
    return not any(key in vocab.frequent_words for key in keys)


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

    @classmethod
    def of(cls, items: Sequence[Item], line: str) -> Seen:
        """What there is to say about the items of a line."""
        parts = frozenset([item.part for item in items])
        strangers = [item for item in items if item.part is Part.UNKNOWN]
        known = any(item.known for item in items if item.part is Part.PERSON)
        return cls(items, parts, strangers, known, line[-1:], items[0].piece is items[-1].piece)

    def has(self, *parts: Part) -> bool:
        """Whether any of these was found."""
        return not self.parts.isdisjoint(parts)

    @property
    def place(self) -> bool:
        """Whether a city or country was found."""
        return not self.parts.isdisjoint(PLACES)


def nothing(seen: Seen) -> Verdict | None:
    """Nobody is named."""
    return NO if seen.parts <= {Part.UNKNOWN, Part.DATE, Part.COUNTRY} else None


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
    if all(role.startswith("photo") for role in roles) and not seen.place:
        return NO  # the credit of a picture
    if not seen.has(Part.PERSON, Part.DESK, *SOURCES):
        return NO
    return YES if roles[0][-1] != ":" or seen.known or seen.has(Part.AGENCY, Part.AMBIGUOUS) else MAYBE


def agency_credited(seen: Seen) -> Verdict | None:
    """An agency; Latin and alone it may be a page's label, beside an unlisted person a picture's credit."""
    if not seen.has(Part.AGENCY):
        return None
    if len(seen.items) == 1:
        piece = seen.items[0].piece
        return YES if "(" in piece.before or is_arabic(piece.text) else MAYBE
    if seen.has(Part.PERSON) and not (seen.known or seen.place):
        return MAYBE
    strange = any(item.value.count(" ") + 1 == LONGEST_STRANGER or not is_arabic(item.value) for item in seen.strangers)
    return MAYBE if strange else YES


def outlet_credited(seen: Seen) -> Verdict | None:
    """A name that is also a word: beside a place, a person or a desk, with a separator between; some also alone."""
    if not seen.has(Part.AMBIGUOUS):
        return None
    first, last = seen.items[0], seen.items[-1]
    if first is last:
        return MAYBE if first.known or "(" in first.piece.before else NO
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
    quotation,
    credited,
    agency_credited,
    quoted_outlet,
    outlet_credited,
    person_and_place,
    desk,
    stranger_and_city,
    only_persons,
)
