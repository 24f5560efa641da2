"""Datelines: the agency, place and persons that a first paragraph begins with.

Knows how a dateline goes over into the text. The paragraph itself stays as it is: the dateline is only read.

    dateline = piece { separator piece } ( ":" | "-" | "/" | ")" ) text
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from newsparse.names.credits import PLACES, SOURCES, Credit, credit, with_sources
from newsparse.names.lexicon import ARABIC_PARTICLES, LONGEST_UNLISTED, Index, Part, begins, index, is_arabic, opens
from newsparse.names.pieces import (
    CONNECTIVES,
    REMEMBERED,
    SIGN,
    Item,
    Piece,
    Words,
    credit_word,
    longest,
    named,
    pieces,
    words_of,
)
from newsparse.text import fold
from newsparse.words.vocab import Vocab

LONGEST = 110  # characters in which a dateline ends
SHORTEST_PLACE, LONGEST_PLACE = 5, 3  # characters, and words, of a place that is in no list
FIRST_CUT = 60  # characters in which its first piece ends
FIRST_PIECE = 7  # words
LONGEST_ROW = 14  # words in which a city, a date and an agency stand
LONGEST_OPENING = 8  # words that an agency's name behind the last separator ends in

DASHES = frozenset("-–—―‒−ـ")
ENDS = DASHES | frozenset(":/|)")  # what ends a dateline
PERSON_FOLLOWS = ENDS - {")"}
SOFT = frozenset({Part.DATE, Part.QUOTED, Part.PERSON})  # what may be text already, a person if not known
OPENING = ' «"“„([{<'  # what opens the text behind it


def dateline(paragraph: str, vocab: Vocab) -> Credit | None:
    """The dateline that a first paragraph begins with, or None; the paragraph itself stays as it is."""
    first = SIGN.search(paragraph, 0, FIRST_CUT)
    if first is None:
        return None
    lists = index(vocab)
    if not _may_begin(paragraph, first.start(), lists):
        return None
    head = paragraph[:LONGEST]
    items = with_sources(_opening(head, lists), vocab)
    while items:
        last = items[-1]
        end = last.piece.stop if last.closes else last.end
        if _is_dateline(items, head[last.end : end]):
            return credit(items, head, head[:end].rstrip(OPENING), certain=True)
        items.pop()
    return None


def _may_begin(paragraph: str, cut: int, lists: Index) -> bool:
    """The quick look at the words before the first sign, which most paragraphs do not pass: the first of them is none
    that names begin with, and they are a sentence's, or more than an unlisted name has."""
    words = paragraph[:cut].lower().split()
    if len(words) > FIRST_PIECE:
        return False
    if not words or _may_open(words[0], lists.vocab):
        return True
    if paragraph[cut] in "-ـ" and paragraph[cut - 1] != " ":  # perhaps inside a word
        return True
    if paragraph.find("(", 0, LONGEST) >= 0:
        return True
    if ARABIC_PARTICLES.isdisjoint(words) and not lists.strange_as_written.isdisjoint(words):
        return False
    behind = words[1 : LONGEST_UNLISTED + 1]
    is_longer = len(behind) == LONGEST_UNLISTED and is_arabic(words[0])
    return not is_longer or any(_may_end_name(word, lists.vocab) for word in behind)


@lru_cache(maxsize=REMEMBERED)
def _may_open(word: str, vocab: Vocab) -> bool:
    """Whether a dateline may open with the word: a name's first, a number, an abbreviation, two words run together."""
    if "." in word or word[0].isdigit() or begins(fold(word), index(vocab)):
        return True
    return len(words_of(word, vocab).keys) > 1


@lru_cache(maxsize=REMEMBERED)
def _may_end_name(word: str, vocab: Vocab) -> bool:
    """Whether a name may end before the word: a connective, or one that is written with another name."""
    key = fold(word)
    if not key or "." in key or vocab.credit_words.get(key) in CONNECTIVES:
        return True
    return key[:1] == "و" and key[1:] in vocab.given_names


def _opening(head: str, lists: Index) -> list[Item]:
    """The understood items that a text begins with."""
    items: list[Item] = []
    for piece in pieces(head):
        found = named(piece, lists.vocab)
        if found[0].part is Part.UNKNOWN or (items and found[0].part is Part.PERSON and _is_region(piece, items)):
            place = _unlisted_place(items, piece, head, lists)
            if place is None:
                return items + _first_words(items, piece, lists)
            found = [found[0]._replace(part=place)]
        if items and not _goes_on(items, found, piece.before):
            break
        items += found
    return items


def _is_before_person(piece: Piece, head: str, lists: Index) -> bool:
    """Whether a word or two stand before a dash and a person of a listed name, whose colon ends it: a place, in no
    list, «بهلا - فلان: …»."""
    keys, vocab = words_of(piece.text, lists.vocab).keys, lists.vocab
    if len(keys) >= LONGEST_PLACE or DASHES.isdisjoint(piece.after) or not is_arabic(piece.text):
        return False
    if any(key in vocab.not_names or key in vocab.frequent_words for key in keys):
        return False
    behind = next(islice(pieces(head), 1, 2), None)
    if behind is None or ":" not in behind.after:
        return False
    found = named(behind, vocab)
    return len(found) == 1 and found[0].part is Part.PERSON and found[0].known


def _unlisted_place(items: Sequence[Item], piece: Piece, head: str, lists: Index) -> Part | None:
    """The place that unlisted words are: before a person or an agency in brackets, in capitals, or a city's region."""
    if not items:
        opens_credit = any(key in lists.vocab.credit_words for key in words_of(piece.text, lists.vocab).keys[:1])
        if opens_credit and _is_before_agency(head, lists):
            return Part.UNKNOWN  # «من فلان القاهرة (رويترز) - …»
        is_place = _is_before_person(piece, head, lists) or _is_before_agency(head, lists)
        return Part.CITY if is_place or _is_in_capitals(piece, head, lists.vocab) else None
    return Part.COUNTRY if _is_region(piece, items) else None


def _is_region(piece: Piece, items: Sequence[Item]) -> bool:
    """Whether the words stand between a city with a comma and a dash: "NYALA, South Darfur - The …"."""
    words = piece.text.split()
    if items[-1].part is not Part.CITY or piece.before.strip() != "," or len(words) > LONGEST_PLACE:
        return False
    is_name = not is_arabic(piece.text) and all(word[0].isupper() for word in words)
    return is_name and not (DASHES | {"("}).isdisjoint(piece.after)


def _is_in_capitals(piece: Piece, head: str, vocab: Vocab) -> bool:
    """Whether the piece is set in capitals before a text that is not, as cities are: "BAHIR DAR: Boats …"."""
    text, words = piece.text, piece.text.split()
    if not text.isupper() or len(text) < SHORTEST_PLACE or len(words) > LONGEST_PLACE:
        return False
    if not all(word.strip(".'’-").replace("-", "").isalpha() for word in words) or head[piece.stop :].isupper():
        return False
    ends = ":" in piece.after or (len(words) > 1 and not DASHES.isdisjoint(piece.after))
    return ends and not _is_of_page(fold(text), vocab)


def _is_of_page(key: str, vocab: Vocab) -> bool:
    """Whether pages set these words, or one of them, before a text: «WATCH: …», «ANALYSIS: …»."""
    if key in vocab.sections or key in vocab.furniture or key in vocab.boxes or key in vocab.captions:
        return True
    tables = (vocab.not_names, vocab.frequent_words, vocab.credit_words, vocab.other_dates)
    return any(word in table for table in tables for word in key.split())


def _is_before_agency(head: str, lists: Index) -> bool:
    """Whether an agency in brackets stands near the beginning: what is before it is a place, in a list or not."""
    if "(" not in head:
        return False
    for piece in islice(pieces(head), 1, 4):
        part = named(piece, lists.vocab)[0].part
        if part is Part.AGENCY:
            return "(" in piece.before and not DASHES.isdisjoint(piece.after)
        if part not in (Part.DATE, *PLACES):
            return False
    return False


def _first_words(items: Sequence[Item], piece: Piece, lists: Index) -> list[Item]:
    """The agency or city that the text's first words name: «باكو/ الأناضول قال …», «فلان - جدة يحلق …»."""
    opener = fold(piece.text.partition(" ")[0])
    if not opens(opener, lists) and "." not in opener:
        return []
    words = words_of(" ".join(piece.text.split(" ", LONGEST_ROW)[:LONGEST_ROW]), lists.vocab)
    if all(item.part in (Part.CITY, Part.DATE) for item in items):
        row = _dated_row(items, words, piece, lists)
        if row:
            return row
    words = words_of(" ".join(piece.text.split(" ", LONGEST_OPENING)[:LONGEST_OPENING]), lists.vocab)
    end, role = credit_word(words, 0, len(words.keys), lists)
    first = end if role == "source" else 0
    found = longest(words, first, len(words.keys), lists) if items or first else None
    if found is None:
        return []
    person = any(item.part is Part.PERSON for item in items)
    if not (found.part is Part.AGENCY or first or (found.part is Part.CITY and person)):
        return []
    start = piece.start
    return [Item(found.part, found.value, start + found.start, start + found.end, True, piece, closes=False)]


def _dated_row(items: Sequence[Item], words: Words, piece: Piece, lists: Index) -> list[Item]:
    """City, date and agency side by side: «جدة 14 شعبان 1440هـ الموافق 19 أبريل 2019م واس …»."""
    row: list[Item] = []
    found = longest(words, 0, len(words.keys), lists)
    while found is not None and (items or row or found.part is Part.CITY):
        start, end = piece.start + found.start, piece.start + found.end
        row.append(Item(found.part, found.value, start, end, True, piece, closes=False))
        if found.part is Part.AGENCY:
            return row if len(items) + len(row) > 2 else []
        found = longest(words, found.behind, len(words.keys), lists)
    return []


def _goes_on(items: Sequence[Item], found: Sequence[Item], separator: str) -> bool:
    """Whether what follows still belongs to the dateline: a list goes on behind its colon, text does not."""
    if ":" in separator and items[-1].part is Part.CREDIT:  # «كتب: فلان: …»
        return found[0].part is Part.PERSON
    if ":" in separator:  # «برلين - الرياض: «الصحيفة» - موسكو: فلان»
        places = all(item.part in PLACES for item in items)
        return places and found[0].part in (*SOURCES, Part.PERSON) and not ENDS.isdisjoint(found[-1].piece.after)
    soft = [item for item in found if item.part in SOFT and not (item.part is Part.PERSON and item.known)]
    if len(soft) < len(found):
        return True
    if found[0].part is Part.PERSON and PERSON_FOLLOWS.isdisjoint(separator):
        return False
    only_dates = all(item.part in (Part.DATE, *PLACES) for item in (*items, *found))
    return only_dates or not _is_dateline(items, separator)


def _is_dateline(items: Sequence[Item], separator: str) -> bool:
    """Whether the items, with the separator behind them, are a dateline."""
    parts = {item.part for item in items}
    place, ends = bool(parts & PLACES), not ENDS.isdisjoint(separator)
    known = any(item.part is Part.PERSON and item.known for item in items)
    quotes_a_source = any(item.part is Part.CREDIT and item.value == "source" for item in items)
    if Part.CREDIT in parts and Part.PERSON in parts and ":" in separator:  # «كتب - فلان: …»
        return True
    if Part.AGENCY in parts:
        return ends or quotes_a_source or (len(items) > 1 and (place or known))
    if Part.AMBIGUOUS in parts:
        apart = items[0].piece is not items[-1].piece or ":" in separator or Part.DATE in parts
        alone = len(items) == 1 and items[0].known  # «وطنية - …»
        return quotes_a_source or (ends and (alone or (apart and (place or known or Part.DESK in parts))))
    if Part.QUOTED in parts:
        return place and ends
    if place and parts & {Part.PERSON, Part.DESK}:
        return ends or not separator
    return Part.CITY in parts and not (DASHES | {":"}).isdisjoint(separator)
