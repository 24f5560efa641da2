"""What a page states of its article in its tags, added to what its lines give: times, authors, section, tags, language.

Knows that the printed text comes first. A stated time gives the printed one its offset or clock, where they agree; a
stated value fills a field only where the text prints nothing, and the reason names the tag. A stated author is read as
a byline is; the name of the site is none. Does not know which line is what: see `newsparse.layout.grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from newsparse.codes import WarningCode
from newsparse.layout.page import Page
from newsparse.markup import Fact, LineTags, Markup
from newsparse.names import byline
from newsparse.names.credits import Credit
from newsparse.record import Kind, Role
from newsparse.text import fold
from newsparse.times import when
from newsparse.times.stamp import DAY_CHARS, MINUTES_CHARS
from newsparse.words.vocab import Settings, Vocab

LOCAL_CHARS = len("2024-09-17T13:22:00")
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
MIDNIGHT = "T00:00:00"
UTC = "+00:00"
MIN_OFFSET, MAX_OFFSET, OFFSET_STEP = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
STATED_TIMES = ("published", "updated")
CLOSE_LANGUAGES = frozenset({"es", "it", "pt", "fr", "id", "de", "tr"})  # some words of which are in others too
MAX_CREDIT_WORD_CHARS = 4
MAX_STATED_SECTION_CHARS = 40
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
    title = statements(markup, "headline")[:1]
    if title and headline is None and title[0].tag != "<title>" and page.roles[first] is not Role.HEADLINE:
        _add(page, first, f"headline by {title[0].tag}", headline=title[0].value)
    _fill_times(page, markup, first)
    _fill_authors(page, markup, first)
    _fill_section(page, markup, first)
    _fill_keywords(page, markup, first)
    _fill_language(page, markup, first)


def _add(page: Page, i: int, why: str, **gives: Any) -> None:
    page.gives[i] = {**(page.gives[i] or {}), **gives}
    page.whys[i] = f"{page.whys[i]}; {why}".removeprefix("; ")


def _giving(page: Page, field: str) -> tuple[int, Mapping[str, Any]] | None:
    """The first line that gives the field, and what it gives; None if none does."""
    return next(((i, gives) for i, gives in enumerate(page.gives) if gives and gives.get(field)), None)


def _by_tag(stated: Iterable[Fact]) -> dict[str, list[str]]:
    """The values of each tag, the most trusted tag first."""
    found: dict[str, list[str]] = {}
    for tag, value in stated:
        found.setdefault(tag, []).append(value)
    return found


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
    same_day = printed if printed and printed[:DAY_CHARS] == stated[:DAY_CHARS] else None
    if not printed or stated[DAY_CHARS:LOCAL_CHARS] in ("", MIDNIGHT):  # of a day without a clock
        return same_day
    there = datetime.fromisoformat(stated)
    if len(printed) == DAY_CHARS:
        zones = [timezone(apart) for apart in (MIN_OFFSET, MAX_OFFSET)] if stated[LOCAL_CHARS:] == UTC else []
        in_zones = printed in [there.astimezone(zone).isoformat()[:DAY_CHARS] for zone in zones]
        return stated if same_day else printed if in_zones else None
    here = datetime.fromisoformat(printed)
    if not there.tzinfo:
        return same_day
    if here.tzinfo:
        return printed if abs(here - there) < MINUTE else same_day
    there = there.replace(second=0)
    apart = here.replace(second=0, tzinfo=timezone.utc) - there
    if apart == there.utcoffset() or (MIN_OFFSET <= apart <= MAX_OFFSET and not apart % OFFSET_STEP):
        return here.replace(tzinfo=timezone(apart)).isoformat()
    return same_day


def is_exact(printed: str, stated: str) -> bool:
    """Whether the printed time is the stated one to the minute, in whatever zone, and not only of the same day."""
    time = agreed(printed, stated) or ""
    return len(printed) > DAY_CHARS and (printed[:MINUTES_CHARS] == stated[:MINUTES_CHARS] or len(time) > len(printed))


def times_of(stated: Iterable[tuple[str, str]], settings: Settings, zone: tzinfo | None = None) -> dict[str, str]:
    """The stated times that can be read without doubt, each with the tag that states it: ISO 8601 without fractions of
    a second. Those in UTC, as systems store them, are told in the zone."""
    found: dict[str, str] = {}
    for tag, value in stated:
        stamp = when.read_timestamp(_FRACTION.sub("", value), settings)
        if stamp is None or not stamp.published or stamp.warnings or stamp.rest:
            continue
        time = stamp.published
        if time[DAY_CHARS:LOCAL_CHARS] == MIDNIGHT:
            time = time[:DAY_CHARS]
        elif time[LOCAL_CHARS:] == UTC and (settings.tz or zone):
            time = datetime.fromisoformat(time).astimezone(settings.tz or zone).isoformat()
        found.setdefault(time, tag)
    return found


def _fill_times(page: Page, markup: Markup, first: int) -> None:
    """Let stated times give the printed ones of their day what these lack, and fill what is not printed."""
    _split_update(page, *(_times(page, statements(markup, name)) for name in STATED_TIMES))
    for name in STATED_TIMES:
        stated = _times(page, statements(markup, name))
        time, tag = next(iter(stated.items()), ("", ""))
        found, published = _giving(page, name), _giving(page, "published")
        if found:
            i = found[0]
            line = markup.lines.get(page.numbers[i]) or LineTags("body")
            beside = [("<time datetime>", value) for value in line.marked("time")]
            _agree(page, i, name, _times(page, beside if name == "published" else reversed(beside)))
            if not _agree(page, i, name, stated) and time and name == "published":
                _add(page, i, f"{tag} has {time}", warnings=(*_sure(page, i), WarningCode.META_MISMATCH.of(name)))
        elif time and (name == "published" or (published and _is_later(time, published[1]["published"]))):
            _add(page, first, f"{name} by {tag}", **{name: time})
    published, updated = (_giving(page, name) for name in STATED_TIMES)
    if published and updated:
        time, other = published[1]["published"], updated[1]["updated"]
        if len(time) > LOCAL_CHARS == len(other) and time[:DAY_CHARS] == other[:DAY_CHARS]:
            _add(page, updated[0], "the zone of the publication", updated=other + time[LOCAL_CHARS:])


def _times(page: Page, stated: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The stated times, those in UTC in the zone of the first time that the page gives with one."""
    given = [(gives or {}).get(name) or "" for gives in page.gives for name in STATED_TIMES]
    zone = next((datetime.fromisoformat(time).tzinfo for time in given if len(time) > LOCAL_CHARS), None)
    return times_of(stated, page.settings, zone)


def _split_update(page: Page, published: Mapping[str, str], updated: Mapping[str, str]) -> None:
    """The only printed time is of the update, if that is stated as it is, and the publication is not."""
    found = _giving(page, "published")
    if not found or not published or _giving(page, "updated"):
        return
    i, printed = found[0], found[1]["published"]
    update = next((time for time in updated if is_exact(printed, time)), None)
    if update and not any(is_exact(printed, time) for time in published):
        time, tag = next(iter(published.items()))
        why = f"{updated[update]} has this time, {tag} has {time}"
        _add(page, i, why, published=time, updated=printed, warnings=_sure(page, i, "published"))


def _agree(page: Page, i: int, name: str, stated: Mapping[str, str]) -> bool:
    """Give the printed time of a line what the first stated one of its day adds; whether there is one."""
    gives = page.gives[i] or {}
    printed, sure = gives[name], _sure(page, i, name)
    for day in [printed] if sure == _sure(page, i) else [printed, _other_order(printed)]:
        for time in stated:
            if both := agreed(day, time):
                why = "agrees" if both == printed else f"has {both[DAY_CHARS:] if day == printed else both}"
                _add(page, i, f"{stated[time]} {why}", **{name: both}, warnings=sure)
                return True
    return False


def _sure(page: Page, i: int, name: str = "") -> tuple[str, ...]:
    """The warnings of a line, without the one that day and month of this time could be the other way round."""
    unsure = WarningCode.AMBIGUOUS_ORDER.of(name)
    return tuple(code for code in (page.gives[i] or {}).get("warnings", ()) if code != unsure)


def _other_order(time: str) -> str:
    """The time with day and month the other way round; empty if there is no such day."""
    swapped = f"{time[:5]}{time[8:10]}-{time[5:7]}{time[DAY_CHARS:]}"
    try:
        datetime.fromisoformat(swapped)
    except ValueError:
        return ""
    return swapped


def _is_later(time: str, other: str) -> bool:
    if len(time) > LOCAL_CHARS and len(other) > LOCAL_CHARS:
        return datetime.fromisoformat(time) - datetime.fromisoformat(other) >= MINUTE
    return time[: len(other)][:MINUTES_CHARS] > other[:MINUTES_CHARS]


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
    if page.is_credited or _giving(page, "authors"):
        return
    for tag, values in _by_tag(statements(markup, "author")).items():
        found = [author_of(value, page.settings.vocab) for value in values if fold(value) not in sites]
        authors = tuple(name for credit in found if credit for name in credit.authors)
        agencies = tuple(name for credit in found if credit for name in credit.agencies)
        if authors and "(" not in tag:
            _add(page, first, f"author by {tag}", authors=authors)
            return
        if agencies:
            _add(page, first, f"agency by {tag}", agencies=agencies)
            return


def _fill_section(page: Page, markup: Markup, first: int) -> None:
    if Role.SECTION in page.roles or _giving(page, "section"):
        return
    marked = [i for i in page.places[Kind.SECTION] if isinstance(page.founds[i], str) and i < page.stretch.start]
    for i in marked[:1]:
        page.roles[i], page.whys[i], page.gives[i] = Role.SECTION, "the category by its tag", None
        return
    for tag, value in statements(markup, "section"):
        if len(value) <= MAX_STATED_SECTION_CHARS and "/" not in value:
            _add(page, first, f"section by {tag}", section=value)
            return


def _fill_keywords(page: Page, markup: Markup, first: int) -> None:
    """Add the keywords of the first tag half of whose keywords stand in the article; other lists are the site's."""
    if _giving(page, "hashtags") or _giving(page, "inline_hashtags"):
        return
    told = page.folded_body + (page.keys[first] if page.roles[first] is Role.HEADLINE else "")
    for tag, values in _by_tag(statements(markup, "keyword")).items():
        words = [*dict.fromkeys(value.lstrip("#") for value in values)]
        if sum(fold(w) in told for w in words) >= MIN_SHARE_OF_KEYWORDS * len(words):
            _add(page, first, f"tags by {tag}", hashtags=tuple(words))
            return


def _fill_language(page: Page, markup: Markup, first: int) -> None:
    i, gives = _giving(page, "language") or (first, {})
    known = gives.get("language")
    if known and known not in CLOSE_LANGUAGES:
        return
    for tag, value in statements(markup, "language"):
        code = value.replace("_", "-").partition("-")[0].lower()
        if code in CLOSE_LANGUAGES or (not known and code.isalpha() and code.isascii() and len(code) in (2, 3)):
            if known != code:
                _add(page, i, f"language by {tag}", language=code)
            return


# Titles -----------------------------------------------------------------------------------------------------------


def is_same_title(line: str, title: str) -> bool:
    """Whether a line is the stated title, or all of it but the name of the site; both by their letters alone.

    >>> title = title_letters("one two, three four | site")
    >>> is_same_title(title_letters("one two three four"), title), is_same_title("site", title)
    (True, False)
    """
    is_part = title.startswith(line) or title.endswith(line)
    return is_part and len(line) >= MIN_SHARE_OF_TITLE * len(title) > 0


def title_letters(key: str) -> str:
    """The letters and digits of a folded title."""
    return "".join(filter(str.isalnum, key))
