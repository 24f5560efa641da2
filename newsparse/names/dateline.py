"""Datelines: the agency, place and persons that a first paragraph begins with.

Knows where a dateline ends and the text begins. The paragraph is not changed.

    dateline = segment { separator segment } ( ":" | "-" | "/" | ")" ) text
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from newsparse import signs
from newsparse.names.credits import PLACES, SOURCES, Credit, credit_of, with_sources
from newsparse.names.lexicon import Index, Part, begins, index, is_arabic
from newsparse.names.segments import SIGN, Item, Segment, SegmentWords, items_of, segments
from newsparse.text import fold
from newsparse.words.vocab import Vocab

MAX_DATELINE_CHARS = 110  # in which a dateline ends
MIN_PLACE_CHARS, MAX_PLACE_WORDS = 5, 3  # of a place that is in no list
MAX_FIRST_CHARS, MAX_FIRST_WORDS = 60, 7  # of its first segment
MAX_ROW_WORDS = 14  # behind the last separator, in which a city, a date and an agency stand

DATELINE_DASHES = frozenset(signs.DASHES + signs.TATWEEL)
DATELINE_ENDS = DATELINE_DASHES | frozenset(signs.COLONS + signs.SLASHES + signs.BARS + ")")  # what ends a dateline
QUOTED_ENDS = frozenset(signs.CLOSING_QUOTES)  # where a listed outlet is in quotes
PERSON_FOLLOWS = DATELINE_ENDS - {")"}
SOFT = frozenset({Part.DATE, Part.QUOTED, Part.PERSON})  # what may be text already, a person if not known
OPENING_SIGNS = " ([{<" + signs.OPENING_QUOTES  # what opens the text behind it


def dateline(paragraph: str, vocab: Vocab) -> Credit | None:
    """The credit in the dateline at the beginning of a paragraph, or None.

    A subtitle may come before a dateline with place and agency: «تفاصيل الخطة - عمّان - رويترز: …».
    """
    first, lists = SIGN.search(paragraph, 0, MAX_FIRST_CHARS), index(vocab)
    if first is None or paragraph.count(" ", 0, first.start()) > MAX_FIRST_WORDS:
        return None
    words, head = fold(paragraph[: first.start()]).split(), paragraph[:MAX_DATELINE_CHARS]
    is_strange = words and not begins(words[0], lists) and "(" not in head
    is_prose = is_strange and not (lists.prose.isdisjoint(words) and DATELINE_ENDS.intersection(head))
    found = None if is_prose else _read(head, lists)
    start = paragraph.find(" - ", 0, MAX_FIRST_CHARS) + len(" - ")
    if found is None and start > len(" - "):
        behind = _read(paragraph[start : start + MAX_DATELINE_CHARS], lists)
        is_whole = behind is not None and behind.location and behind.agencies and behind.printed[-1:] == ":"
        return behind if is_whole else None
    return found


def _read(head: str, lists: Index) -> Credit | None:
    """The dateline at the beginning of `head`."""
    items = with_sources(_opening(head, lists), lists)
    while items:
        last = items[-1]
        closes = last.end == last.segment.start + len(last.segment.text)
        end = last.segment.stop if closes else last.end
        if _is_dateline(items, head[last.end : end]):
            return credit_of(items, head, head[:end].rstrip(OPENING_SIGNS), certain=True)
        items.pop()
    return None


def _opening(head: str, lists: Index) -> list[Item]:
    """The known items at the beginning of a text."""
    items: list[Item] = []
    for segment in segments(head):
        found = items_of(segment, lists)
        may_be_place = found[0].part is Part.PERSON and not (found[0].known and not items)
        if found[0].part is Part.UNKNOWN or (may_be_place and _is_region(segment, items, head, lists)):
            place = _unlisted_place(items, segment, head, lists)
            if place is None:
                return items + _first_words(items, segment, lists)
            found = [found[0]._replace(part=place)]
        if items and not _goes_on(items, found, segment.before):
            break
        items += found
    return items


def _unlisted_place(items: Sequence[Item], segment: Segment, head: str, lists: Index) -> Part | None:
    """The place that unlisted words are: before an agency in brackets, in capitals, or beside a region."""
    if _is_region(segment, items, head, lists):
        return Part.COUNTRY if items else Part.CITY
    if items:
        return None
    if _is_before_agency(head, lists):
        return Part.UNKNOWN if fold(segment.text).split()[0] in lists.vocab.credit_words else Part.CITY
    return Part.CITY if _is_in_capitals(segment, head, lists.vocab) else None


def _is_region(segment: Segment, items: Sequence[Item], head: str, lists: Index) -> bool:
    """Whether a comma joins the words to a city before them, or to a country or state behind them, and a dash follows:
    "NYALA, South Darfur - The …", "Elko, Nevada — The …"."""
    words = segment.text.split()
    if is_arabic(segment.text) or len(words) > MAX_PLACE_WORDS or not all(word[0].isupper() for word in words):
        return False
    if items:
        is_behind_city = items[-1].part is Part.CITY and segment.before.strip() == ","
        return is_behind_city and not (DATELINE_DASHES | {"("}).isdisjoint(segment.after)
    behind = next(islice(segments(head), 1, 2), None) if segment.after.strip() == "," else None
    if behind is None or (DATELINE_DASHES | {"("}).isdisjoint(behind.after):
        return False
    return items_of(behind, lists)[0].part is Part.COUNTRY


def _is_in_capitals(segment: Segment, head: str, vocab: Vocab) -> bool:
    """Whether the segment is set in capitals before a text that is not, as cities are: "BAHIR DAR: Boats …"."""
    text, words = segment.text, segment.text.split()
    if not text.isupper() or len(text) < MIN_PLACE_CHARS or len(words) > MAX_PLACE_WORDS:
        return False
    if not all(word.strip(".'’-").replace("-", "").isalpha() for word in words) or head[segment.stop :].isupper():
        return False
    ends = ":" in segment.after or (len(words) > 1 and not DATELINE_DASHES.isdisjoint(segment.after))
    if not ends or any(fold(text) in table for table in (vocab.sections, vocab.furniture, vocab.boxes, vocab.captions)):
        return False  # «WATCH: …», «ANALYSIS: …»
    tables = (vocab.not_names, vocab.frequent_words, vocab.credit_words, vocab.other_dates)
    return not any(word in table for table in tables for word in fold(text).split())


def _is_before_agency(head: str, lists: Index) -> bool:
    """Whether an agency in brackets stands near the beginning: what is before it is a place, in a list or not."""
    if "(" not in head:
        return False
    for segment in islice(segments(head), 1, 4):
        part = items_of(segment, lists)[0].part
        if part is Part.AGENCY:
            return "(" in segment.before and not DATELINE_DASHES.isdisjoint(segment.after)
        if part not in (Part.DATE, *PLACES):
            return False
    return False


def _first_words(items: Sequence[Item], segment: Segment, lists: Index) -> list[Item]:
    """The agency or city that the text's first words name: «باكو/ الأناضول قال …», «فلان - جدة يحلق …», «جدة 14 شعبان
    1440هـ الموافق 19 أبريل 2019م واس …»."""
    opener = fold(segment.text.partition(" ")[0])
    if opener not in lists.openers and "." not in opener:
        return []
    words = SegmentWords(segment._replace(text=" ".join(segment.text.split(" ", MAX_ROW_WORDS)[:MAX_ROW_WORDS])), lists)
    end, role = words.credit_word(0, len(words.keys))
    is_source = role == "source"  # «نقلا عن رويترز …»
    row: list[Item] = []
    found = words.longest(end if is_source else 0, len(words.keys))
    while found is not None:
        row.append(found._replace(segment=segment))
        if found.part is Part.AGENCY:
            return row if items or is_source or (row[0].part is Part.CITY and len(row) > 2) else []
        found = words.longest(found.behind, len(words.keys))
    is_persons_city = row and row[0].part is Part.CITY and any(item.part is Part.PERSON for item in items)
    return row[:1] if row and (is_source or (is_persons_city and is_arabic(opener))) else []


def _goes_on(items: Sequence[Item], found: Sequence[Item], separator: str) -> bool:
    """Whether what follows still belongs to the dateline: a list goes on behind its colon, text does not."""
    if ":" in separator and items[-1].part is Part.CREDIT:  # «كتب: فلان: …»
        return found[0].part is Part.PERSON
    if ":" in separator:  # «برلين - الرياض: «الصحيفة» - موسكو: فلان»
        places, ends = all(item.part in PLACES for item in items), DATELINE_ENDS | QUOTED_ENDS
        if found[0].part not in (Part.AGENCY, Part.AMBIGUOUS):
            ends = DATELINE_ENDS
        return places and found[0].part in (*SOURCES, Part.PERSON) and not ends.isdisjoint(found[-1].segment.after)
    soft = [item for item in found if item.part in SOFT and not (item.part is Part.PERSON and item.known)]
    if len(soft) < len(found):
        return True
    if found[0].part is Part.PERSON and PERSON_FOLLOWS.isdisjoint(separator):
        return False
    only_dates = all(item.part in (Part.DATE, *PLACES) for item in (*items, *found))
    return only_dates or "/" in separator or not _is_dateline(items, separator)


def _is_dateline(items: Sequence[Item], separator: str) -> bool:
    """Whether the items, with the separator behind them, are a dateline."""
    parts = {item.part for item in items}
    place, ends = bool(parts & PLACES), not DATELINE_ENDS.isdisjoint(separator)
    known = any(item.part is Part.PERSON and item.known for item in items)
    quotes_a_source = any(item.part is Part.CREDIT and item.value == "source" for item in items)
    if Part.CREDIT in parts and Part.PERSON in parts and ":" in separator:  # «كتب - فلان: …»
        return True
    if not QUOTED_ENDS.isdisjoint(separator) and items[-1].part in (Part.AGENCY, Part.AMBIGUOUS):
        ends = place  # «الرياض - «الصحيفة» …»
    if Part.AGENCY in parts:
        return ends or quotes_a_source or (len(items) > 1 and (place or known))
    if Part.AMBIGUOUS in parts:
        apart = items[0].segment is not items[-1].segment or ":" in separator or Part.DATE in parts
        alone = len(items) == 1 and items[0].known  # «وطنية - …»
        return quotes_a_source or (ends and (alone or (apart and (place or known or Part.DESK in parts))))
    if Part.QUOTED in parts:
        return place and ends
    if place and parts & {Part.PERSON, Part.DESK}:
        return ends or not separator
    return Part.CITY in parts and not (DATELINE_DASHES | {":", "/"}).isdisjoint(separator)
