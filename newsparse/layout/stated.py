"""What a page states of its article in its tags, added to what its lines give: times, authors, section, tags, language.

Knows that the printed text comes first. A stated time gives the printed one its offset or clock, where they agree; a
stated value fills a field only where the text prints nothing, and the reason names the tag. A stated author is read as
a byline is; the name of the site is none. Does not know which line is what: see `newsparse.layout.grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from newsparse.codes import WarningCode
from newsparse.layout.page import Page
from newsparse.markup import Fact, Markup
from newsparse.names import byline
from newsparse.names.credits import Credit
from newsparse.record import Kind, Role
from newsparse.text import fold
from newsparse.times import when
from newsparse.times.stamp import DAY_CHARS
from newsparse.words.vocab import Settings, Vocab

LOCAL_CHARS = len("2024-09-17T13:22:00")
MINUTE_CHARS = len("2024-09-17T13:22")
UTC = "+00:00"
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
MIDNIGHT = "T00:00:00"
MIN_OFFSET, MAX_OFFSET = timedelta(hours=-12), timedelta(hours=14)
OFFSET_STEP = timedelta(minutes=30)
CLOSE_LANGUAGES = frozenset({"es", "it", "pt", "fr", "id", "de", "tr"})  # some words of which are in others too
MAX_CREDIT_WORD_CHARS = 4
MAX_STATED_SECTION_CHARS = 40
MAX_KEYWORDS = 40
MIN_TITLE_LETTERS = 12  # of a title that is a part of a longer one
MIN_SHARE_OF_TITLE = 0.5
MIN_SHARE_OF_KEYWORDS = 0.5  # that stand in the article; other lists are those of the site


def statements(markup: Markup, name: str) -> Sequence[Fact]:
    """The statements of this name, the most trusted first."""
    return markup.facts.get(name, ())


def fill(page: Page, markup: Markup, headline: int | None) -> None:
    """Add what the page states to the settled lines."""
    if not len(page):
        return
    start = page.stretch.start
    first = headline if headline is not None else start if start < len(page) else 0
    _fill_headline(page, markup, first, headline)
    _fill_published(page, markup, first)
    _fill_updated(page, markup, first)
    _fill_authors(page, markup, first)
    _fill_section(page, markup, first)
    _fill_keywords(page, markup, first)
    _fill_language(page, markup, first)


def _add(page: Page, i: int, why: str, **gives: Any) -> None:
    page.gives[i] = {**(page.gives[i] or {}), **gives}
    page.whys[i] = f"{page.whys[i]}; {why}".removeprefix("; ")


def _giving(page: Page, field: str) -> int | None:
    """The index of the first line that gives the field; None if none does."""
    return next((i for i, gives in enumerate(page.gives) if gives and gives.get(field)), None)


def _fill_headline(page: Page, markup: Markup, first: int, headline: int | None) -> None:
    found = statements(markup, "headline")
    if headline is None and found and found[0].tag != "<title>" and page.roles[first] is not Role.HEADLINE:
        _add(page, first, f"headline by {found[0].tag}", headline=found[0].value)


# Times ------------------------------------------------------------------------------------------------------------


def agreed(printed: str, stated: str) -> str | None:
    """The printed time with what the stated one adds; None if they are not of the same day. Both are ISO 8601.

    >>> agreed("2024-09-17T13:22:00", "2024-09-17T13:22:41+03:00")
    '2024-09-17T13:22:00+03:00'
    >>> agreed("2024-09-17T13:22:00", "2024-09-17T10:22:00+00:00")
    '2024-09-17T13:22:00+03:00'
    >>> agreed("2024-09-17", "2024-09-17T13:22:00+03:00")
    '2024-09-17T13:22:00+03:00'
    >>> agreed("2024-09-18", "2024-09-17T22:30:00+00:00")
    '2024-09-18'
    >>> agreed("2024-09-18", "2024-09-17")
    """
    if not printed:
        return None
    same_day = printed[:DAY_CHARS] == stated[:DAY_CHARS]
    if stated[DAY_CHARS:LOCAL_CHARS] == MIDNIGHT:  # of a day without a clock
        stated = stated[:DAY_CHARS]
    has_clock, offset = len(stated) > DAY_CHARS, stated[LOCAL_CHARS:] if len(stated) > LOCAL_CHARS else ""
    if not has_clock:
        return printed if same_day else None
    if len(printed) == DAY_CHARS:
        if same_day:
            return stated
        utc = datetime.fromisoformat(stated[:LOCAL_CHARS])
        days = [(utc + apart).isoformat()[:DAY_CHARS] for apart in (MIN_OFFSET, MAX_OFFSET)]
        return printed if offset == UTC and days[0] <= printed <= days[1] else None
    if len(printed) > LOCAL_CHARS:
        if not offset:
            return printed if same_day else None
        apart = datetime.fromisoformat(printed) - datetime.fromisoformat(stated)
        return printed if same_day or abs(apart) < timedelta(minutes=1) else None
    if printed[:MINUTE_CHARS] == stated[:MINUTE_CHARS]:
        return printed + offset
    if offset:
        here = datetime.fromisoformat(printed).replace(second=0)
        utc = datetime.fromisoformat(stated[:LOCAL_CHARS] + offset).replace(second=0)
        apart = here - (utc - (utc.utcoffset() or timedelta())).replace(tzinfo=None)
        if MIN_OFFSET <= apart <= MAX_OFFSET and not apart % OFFSET_STEP:
            minutes = int(apart.total_seconds()) // 60
            sign = "-" if minutes < 0 else "+"
            return f"{printed}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return printed if same_day else None


def is_exact(printed: str, stated: str) -> bool:
    """Whether the printed time is the stated one to the minute, in whatever zone, and not only of the same day."""
    time = agreed(printed, stated) or ""
    return len(printed) > DAY_CHARS and (printed[:MINUTE_CHARS] == stated[:MINUTE_CHARS] or len(time) > len(printed))


def time_of(value: str, settings: Settings) -> str | None:
    """The stated time, ISO 8601 without fractions of a second; None if it cannot be read without doubt."""
    stamp = when.read_timestamp(_FRACTION.sub("", value), settings)
    if stamp is None or not stamp.published or stamp.warnings or stamp.rest:
        return None
    if stamp.published[DAY_CHARS:LOCAL_CHARS] == MIDNIGHT:
        return stamp.published[:DAY_CHARS]
    if settings.tz and stamp.published[LOCAL_CHARS:] == UTC:  # as systems store it
        return datetime.fromisoformat(stamp.published).astimezone(settings.tz).isoformat(timespec="seconds")
    return stamp.published


def _read(page: Page, markup: Markup, name: str) -> list[tuple[str, str]]:
    """The tags and times of the statements that can be read without doubt."""
    read = [(tag, time_of(value, page.settings)) for tag, value in statements(markup, name)]
    zone = _printed_zone(page)
    return [
        (tag, datetime.fromisoformat(time).astimezone(zone).isoformat() if zone and time[LOCAL_CHARS:] == UTC else time)
        for tag, time in read
        if time
    ]


def _printed_zone(page: Page) -> tzinfo | None:
    """The zone of the first time that is printed with one, in which the page tells its times."""
    printed = [(gives or {}).get(name) or "" for gives in page.gives for name in ("published", "updated")]
    return next((datetime.fromisoformat(time).tzinfo for time in printed if len(time) > LOCAL_CHARS), None)


def _fill_published(page: Page, markup: Markup, first: int) -> None:
    stated = _read(page, markup, "published")
    if not stated:
        return
    i = _giving(page, "published")
    gives = page.gives[i] if i is not None else None
    if i is None or gives is None:
        tag, value = stated[0]
        _add(page, first, f"published by {tag}", published=value)
        return
    printed, warnings = gives["published"], gives.get("warnings", ())
    updates = [fact for fact in _read(page, markup, "updated") if is_exact(printed, fact[1])]
    if updates and not gives.get("updated") and not any(is_exact(printed, value) for _, value in stated):
        (tag, value), (before, published) = updates[0], stated[0]
        why = f"{tag} has this time, {before} has {published}"
        _add(page, i, why, published=published, updated=agreed(printed, value), warnings=_sure(warnings, "published"))
        return
    unsure = WarningCode.AMBIGUOUS_ORDER.of("published")
    for day in (printed, _other_order(printed)) if unsure in warnings else (printed,):
        for tag, value in stated:
            if day and (time := agreed(day, value)):
                why = (
                    f"{tag} agrees" if time == printed else f"{tag} has {time[DAY_CHARS:] if day == printed else time}"
                )
                _add(page, i, why, published=time, warnings=_sure(warnings, "published"))
                return
    tag, value = stated[0]
    _add(page, i, f"{tag} has {value}", warnings=(*warnings, WarningCode.META_MISMATCH.of("published")))


def _sure(warnings: Sequence[str], field: str) -> tuple[str, ...]:
    """The warnings without the one that day and month could be the other way round."""
    return tuple(code for code in warnings if code != WarningCode.AMBIGUOUS_ORDER.of(field))


def _other_order(time: str) -> str | None:
    """The time with day and month the other way round; None if there is no such day."""
    swapped = f"{time[:5]}{time[8:10]}-{time[5:7]}{time[DAY_CHARS:]}"
    try:
        datetime.fromisoformat(swapped)
    except ValueError:
        return None
    return swapped


def _fill_updated(page: Page, markup: Markup, first: int) -> None:
    stated = _read(page, markup, "updated")
    i = _giving(page, "updated")
    gives = page.gives[i] if i is not None else None
    if i is not None and gives is not None:
        printed, warnings = gives["updated"], _sure(gives.get("warnings", ()), "updated")
        for tag, value in stated:
            if time := agreed(printed, value):
                _add(page, i, f"{tag} has {time[DAY_CHARS:]}", updated=time, warnings=warnings)
                return
        k = _giving(page, "published")
        published = (page.gives[k] or {})["published"] if k is not None else ""
        if len(published) > LOCAL_CHARS == len(printed) and published[:DAY_CHARS] == printed[:DAY_CHARS]:
            _add(page, i, "the zone of the publication", updated=printed + published[LOCAL_CHARS:])
        return
    k = _giving(page, "published")
    published = (page.gives[k] or {}).get("published") if k is not None else None
    if stated and published and _is_later(stated[0][1], published):
        _add(page, first, f"updated by {stated[0][0]}", updated=stated[0][1])


def _is_later(time: str, other: str) -> bool:
    if len(time) > LOCAL_CHARS and len(other) > LOCAL_CHARS:
        return datetime.fromisoformat(time) - datetime.fromisoformat(other) >= timedelta(minutes=1)
    return time[: len(other)][:MINUTE_CHARS] > other[:MINUTE_CHARS]


# Authors, section, tags, language ---------------------------------------------------------------------------------


def author_of(name: str, vocab: Vocab) -> Credit | None:
    """The credit of a stated name; None if it names nobody, as "admin" and the name of a desk do."""
    first, _, rest = name.partition(" ")
    tried = (name, rest) if first.islower() and len(first) <= MAX_CREDIT_WORD_CHARS else (name,)  # "di", "por", "oleh"
    read = [byline.read_byline(words, vocab) for words in tried]
    return next((credit for credit in read if credit and (credit.authors or credit.agencies)), None)


def _fill_authors(page: Page, markup: Markup, first: int) -> None:
    sites = {fold(value) for _, value in statements(markup, "site")}
    for i, gives in enumerate(page.gives):
        names = gives.get("authors", ()) if gives else ()
        if not sites.isdisjoint(map(fold, names)):
            _add(page, i, "the site is no author", authors=tuple(name for name in names if fold(name) not in sites))
    if page.is_credited or _giving(page, "authors") is not None:
        return
    stated = [fact for fact in statements(markup, "author") if fold(fact.value) not in sites]
    for tag in dict.fromkeys(tag for tag, _ in stated):
        credits_ = [author_of(value, page.settings.vocab) for each, value in stated if each == tag]
        names = tuple(name for credit in credits_ if credit for name in credit.authors)
        agencies = tuple(name for credit in credits_ if credit for name in credit.agencies)
        if names and "(" not in tag:
            _add(page, first, f"author by {tag}", authors=names)
            return
        if agencies:
            _add(page, first, f"agency by {tag}", agencies=agencies)
            return


def _fill_section(page: Page, markup: Markup, first: int) -> None:
    if Role.SECTION in page.roles or _giving(page, "section") is not None:
        return
    marked = [i for i in page.of_kind(Kind.SECTION) if isinstance(page.founds[i], str) and i < page.stretch.start]
    for i in marked[:1]:
        page.roles[i], page.whys[i], page.gives[i] = Role.SECTION, "the category by its tag", None
        return
    for tag, value in statements(markup, "section"):
        if len(value) <= MAX_STATED_SECTION_CHARS and "/" not in value:
            _add(page, first, f"section by {tag}", section=value)
            return


def _fill_keywords(page: Page, markup: Markup, first: int) -> None:
    """Add the keywords of the first tag half of whose keywords stand in the article; other lists are the site's."""
    if _giving(page, "hashtags") is not None or _giving(page, "inline_hashtags") is not None:
        return
    stated = statements(markup, "keyword")
    told = page.told + (page.keys[first] if page.roles[first] is Role.HEADLINE else "")
    for tag in dict.fromkeys(tag for tag, _ in stated):
        words = list(dict.fromkeys(value.lstrip("#") for each, value in stated if each == tag))
        said = sum(fold(word) in told for word in words)
        if 0 < len(words) <= MAX_KEYWORDS and said >= MIN_SHARE_OF_KEYWORDS * len(words):
            _add(page, first, f"tags by {tag}", hashtags=tuple(words))
            return


def _fill_language(page: Page, markup: Markup, first: int) -> None:
    i = _giving(page, "language")
    if i is not None and (page.gives[i] or {}).get("language") not in CLOSE_LANGUAGES:
        return
    for tag, value in statements(markup, "language"):
        code = value.replace("_", "-").partition("-")[0].lower()
        if code in CLOSE_LANGUAGES or (i is None and code.isalpha() and code.isascii() and len(code) in (2, 3)):
            if i is None or (page.gives[i] or {}).get("language") != code:
                _add(page, first if i is None else i, f"language by {tag}", language=code)
            return


# Titles -----------------------------------------------------------------------------------------------------------


def is_same_title(line: str, title: str) -> bool:
    """Whether a line is the stated title, or all of it but the name of the site; both by their letters alone.

    >>> title = title_letters("one two, three four | site")
    >>> is_same_title(title_letters("one two three four"), title), is_same_title("site", title)
    (True, False)
    """
    if not line or line == title:
        return bool(line)
    if len(line) < MIN_TITLE_LETTERS or len(line) < MIN_SHARE_OF_TITLE * len(title):
        return False
    return title.startswith(line) or title.endswith(line)


def title_letters(key: str) -> str:
    """The letters and digits of a folded title."""
    return "".join(filter(str.isalnum, key))
