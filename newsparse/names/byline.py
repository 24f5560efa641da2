"""Bylines and datelines: the agency, the persons and the place that a line, or the beginning of a paragraph, credits.

Knows which lines are worth reading, and where a dateline ends. What words name is known by `newsparse.names.segments`,
what they are together by `newsparse.names.credits`, which line of a page is its byline by `newsparse.layout`.

    byline   = segment { separator segment } [ ":" ]
    dateline = segment { separator segment } ( ":" | "-" | "/" | ")" ) text
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse import signs
from newsparse.names.credits import (
    BYLINES,
    DATELINE_SIGNS,
    DATELINES,
    IN_TEXT,
    PLACES,
    UNLISTED_PLACE,
    Credit,
    answer,
    credit_of,
    letter,
    shape,
    with_sources,
)
from newsparse.names.lexicon import (
    LATIN_PARTICLES,
    MAX_NAME_WORDS,
    MAX_SEGMENT_WORDS,
    MAX_UNLISTED_NAME_WORDS,
    Index,
    Part,
    agency,
    begins,
    index,
    source,
    squeeze,
    unit,
)
from newsparse.names.segments import SEPARATOR, SIGN, Item, scan
from newsparse.signs import BULLETS, DASHES, TATWEEL
from newsparse.text import fold, rare
from newsparse.words.vocab import Vocab

__all__ = ["Credit", "agency", "dateline", "label", "may_be_credit", "read_byline"]

MAX_BYLINE_CHARS = 140
MAX_DATELINE_CHARS = 110  # in which a dateline ends
MIN_PLACE_CHARS = 5  # of a place that is in no list
MAX_FIRST_CHARS = 60  # of a dateline's first segment

LABEL_EDGES = " :/\\|.…" + DASHES + TATWEEL
TITLE_BYLINE_SIGNS = " .…/|(" + DASHES + TATWEEL  # between a title and the byline behind it
LITTLE_ROLES = ("from", "and", "date")  # of words that stand in prose too
LIST_MARKS = BULLETS + "-+o"  # with a space behind them
LAST_LATIN = "\u024f"
NEVER_ENDS = "!?؟…۔"  # a byline, which may end in a full stop
CAPITALS = rare(r"[A-ZÀ-Þ\u0100-\u024f][\w.'’-]{0,40} {1,9}[A-ZÀ-Þ\u0100-\u024f]")  # two words side by side
WORD = rare(r"[^\W\d_]+")
PERSON_FOLLOWS = frozenset("-:/|")  # the classes of signs before an unlisted person in a dateline
OPENING_SIGNS = " ([{<" + signs.OPENING_QUOTES  # what opens the text behind it
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
        if not (lists.prose.isdisjoint(words) and (text[0] > LAST_LATIN or _tells_names(text, key, lists))):
            return False
        parts = SEPARATOR.split(text) if len(words) > MAX_NAME_WORDS else ()
        long = [part.strip() for part in parts if part.count(" ") >= MAX_NAME_WORDS]
        return all(begins(fold(part.partition(" ")[0]), lists) for part in long)
    if len(words) == 1 or not lists.strange.isdisjoint(words):
        return unit(text, key, lists) is not None or "." in key[:-1]
    if len(words) > (MAX_SEGMENT_WORDS if first in vocab.given_names else MAX_NAME_WORDS):
        return False
    small = [word for word in text.split() if word[0].islower()]
    return all(word in lists.openers or word in LATIN_PARTICLES or "@" in word for word in small)


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
    if not may_be_credit(text, vocab, key):
        return None
    line = text if "@" not in text and "www." not in text else ADDRESS.sub(lambda url: "|" * len(url.group()), text)
    line = line.strip(" *")
    name = source(text, key, lists) if len(line) == len(text) else None
    if name is not None and squeeze(key) not in lists.ambiguous:  # most bylines of agencies are the name alone
        items, after = [Item(Part.AGENCY, name, 0, len(line), True, "")], ""
    else:
        items, after = scan(line, lists)
    if not items or after[-1:] == "x":
        return None
    items = with_sources(items, lists)
    certain = answer(BYLINES, shape(line, items), after, stops=line[-1] == ".")
    return None if certain is None else credit_of(items, line, text, certain)


def behind_title(title: str, vocab: Vocab) -> tuple[str, Credit, str] | None:
    """A title without the byline behind it, its credit and the byline as printed: «… - بقلم: فلان», «….. بقلم فلان»."""
    openers, roles = index(vocab).credit_openers, vocab.credit_words
    start = title.find(" ", len(title) // 3) + 1  # the title is a third of the line or more
    for match in WORD.finditer(title, start):
        word = fold(match[0])
        if word not in openers:
            continue
        before, printed = title[: match.start()].rstrip(), title[match.start() :]
        is_marked = before[-1:] != ":" and not before[-1:].isalnum() and roles.get(word) == "author"
        if not is_marked and title[match.end() :].lstrip()[:1] != ":":
            continue
        credit = read_byline(printed, vocab)
        if credit and credit.certain and credit.role == "author" and credit.authors:
            return before.rstrip(TITLE_BYLINE_SIGNS), credit, printed
    return None


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
        is_whole = behind is not None and behind.location and behind.agencies and behind.printed[-1:] == ":"
        return behind if is_whole else None
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

    A list goes on behind its colon, text does not: «كتب: فلان: …», «برلين - الرياض: «الصحيفة» - موسكو: فلان».
    """
    *others, item = items
    name = letter(item)
    if ":" in item.before:
        if others[-1].part is Part.CREDIT:
            return item.part is Part.PERSON
        ends = DATELINE_SIGNS.union(" ", '»"' if name in "ASs" else "")
        return name in "ASsQPp" and PLACES.issuperset([other.part for other in others]) and not ends.isdisjoint(behind)
    if name == "p" and PERSON_FOLLOWS.isdisjoint(item.before):
        return False
    only_dates = PLACES.union({Part.DATE}).issuperset([item.part for item in items])
    return name not in "tQp" or "/" in item.before or only_dates or not is_complete


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
        is_place = _is_in_capitals(head, items[i], keys, lists.vocab)
    elif match.lastgroup == "agency":
        is_place = keys[0] not in lists.vocab.credit_words
    else:
        is_place = all(word[0].isupper() for word in words)
    place = Part.COUNTRY if i else Part.CITY
    return [*items[:i], items[i]._replace(part=place), *items[i + 1 :]] if is_place else items


def _is_in_capitals(head: str, item: Item, keys: Sequence[str], vocab: Vocab) -> bool:
    """Whether the words are in capitals and the text behind them is not, as with cities: "BAHIR DAR: Boats …"."""
    text = item.value
    if len(text) < MIN_PLACE_CHARS or head[item.stop :].isupper():
        return False
    if not (text.isupper() and all(map(str.isalpha, text.replace(". ", " ").replace("-", " ").split()))):
        return False
    if len(keys) == 1 and ":" not in head[item.end : item.stop]:
        return False
    if any(" ".join(keys) in table for table in (vocab.sections, vocab.furniture, vocab.boxes, vocab.captions)):
        return False  # «WATCH: …», «ANALYSIS: …»
    tables = (vocab.not_names, vocab.frequent_words, vocab.credit_words, vocab.other_dates)
    return all(table.keys().isdisjoint(keys) for table in tables)
