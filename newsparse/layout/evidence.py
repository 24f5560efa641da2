"""What the tags of a page tell: kinds that are certain, weights for the body, candidates for the header, stated values.

Knows `newsparse.markup`, and is asked only for pages that have it. An area such as ``<nav>`` or an element of class
``related`` is no part of the article, unless most of the page's text stands in it.

What the page states of itself is added after the roles are settled, and the printed text comes first. A stated time
gives the printed one its offset or clock, where they agree; a stated value fills a field only where the text prints
nothing, and the reason names the tag. A stated author is read as a byline is; the name of the site is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from newsparse.layout.page import MAX_HEADLINE_CHARS, Page
from newsparse.layout.slots import Features
from newsparse.lines.rules import MAX_STEP_CHARS, MAX_TAG_LABEL_CHARS, Steps
from newsparse.markup import STRANGE_AREAS, Fact, LineTags, Markup
from newsparse.names import byline
from newsparse.names.byline import Credit
from newsparse.record import PROSE, Kind, Role, WarningCode
from newsparse.text import fold, letters
from newsparse.times import timestamp
from newsparse.times.timestamp import DAY_CHARS, MINUTES_CHARS, Timestamp
from newsparse.words.vocab import Settings, Vocab

FoundKind = tuple[Kind, str, Any]  # the kind of a line, its reason, and what was found in it
LineFeatures = dict[int, Features]  # of the lines of a page, as candidates for one slot
CAPTION_AREAS = frozenset({"figcaption", ".caption"})
ARTICLE_AREAS = frozenset({"article", "main", ".body"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_SHARE_OF_STRANGE = 0.5  # of the prose of the page: an area with more holds the article
MIN_CONTAINER_LINES = 2  # of prose
CHARS_BETWEEN = 500.0  # of other prose below the headline, which halve a score
OF_STORIES = frozenset({Kind.STAMP, Kind.CLOCK, Kind.BYLINE, Kind.NAME, Kind.FURNITURE})
MAX_SHARE_ABOVE_HEADLINE = 0.3  # of the prose
SURE_HEADLINE = frozenset({"equal to JSON-LD headline", "the only <h1>", "marked as the headline"})
PLAIN_KINDS = frozenset({Kind.SHORT, Kind.NAME, Kind.SECTION, Kind.FURNITURE, Kind.CLOCK})
SETTLED_KINDS = PROSE | {Kind.BOXED, Kind.CAPTION}  # that no mark changes
IN_HEAD = "equal to the title in <meta> or <title>"
INSIDE = 1.5  # log-odds of body for a line in the article's block; as much again for a <p>, and for a row of a table
OUTSIDE = -6.0  # for another line


def look(page: Page, markup: Markup) -> None:
    """Let the tags decide kinds, and keep what they tell for the decisions to come."""
    tags = [markup.lines.get(number) or LineTags("body") for number in page.numbers]
    _set_areas(page, tags)
    _set_breadcrumb(page, tags)
    top = next((i for i, line in enumerate(tags) if line.block == "h1"), 0)
    authors, keywords = (
        {fold(value): tag for tag, value in statements(markup, name)} for name in ("author", "keyword")
    )
    for i, line in enumerate(tags):
        kind = page.kinds[i]
        if kind in SETTLED_KINDS:
            continue
        found = _time(page, i, line) if kind in PLAIN_KINDS or kind is Kind.STAMP else None
        if not found and kind in PLAIN_KINDS:
            found = _credit(page, i, line, authors)
        if not found and kind is not Kind.STAMP:
            found = _tags(page, i, line, keywords, top) or _section(page, i, line)
        if found:
            _set(page, i, *found)
    features = _features(page, tags, markup)
    for i, names in features.items():
        is_stated = any(name.startswith("equal to") for name in names)
        if is_stated and page.kinds[i] not in PROSE and ".breadcrumb" not in tags[i].areas:
            _set(page, i, Kind.SHORT, "")
    page.look_up_kinds()
    page.markup_odds = _odds(page, tags, features)
    page.markup_features = {"headline": features, "published": _features_of_times(page, markup)}


# Kinds ------------------------------------------------------------------------------------------------------------


def _set(page: Page, i: int, kind: Kind, why: str, found: Any = None) -> None:
    page.kinds[i], page.whys[i], page.founds[i] = kind, why, found


def _set_areas(page: Page, tags: Sequence[LineTags]) -> None:
    """Lines of strange areas are boxed, those of figcaption are captions, and rows of tables are short lines.

    An area with most of the prose is not strange. In a box about the author only prose is, since the name may be the
    byline.
    """
    chars: Counter[str] = Counter()
    for i, line in enumerate(tags):
        if page.prose[i]:
            chars.update(dict.fromkeys((*line.areas, ""), len(page.texts[i])))
    strange = frozenset(area for area in STRANGE_AREAS if chars[area] <= MAX_SHARE_OF_STRANGE * chars[""])
    for i, line in enumerate(tags):
        but = {"footer"} if {"article", "main"}.intersection(line.areas) else set()
        but |= set() if page.prose[i] else {".author box"}
        area = next((area for area in line.areas if area in strange and area not in but), "")
        if not CAPTION_AREAS.isdisjoint(line.areas) and line.block not in HEADINGS:
            _set(page, i, Kind.CAPTION, "in <figcaption>")
        elif area:
            _set(page, i, Kind.BOXED, f"in an element of class «{area[1:]}»" if area[0] == "." else f"in <{area}>")
        elif line.block == "tr" and not ARTICLE_AREAS.isdisjoint(line.areas) and page.kinds[i] not in PROSE:
            _set(page, i, Kind.SHORT, "the row of a table")


def _set_breadcrumb(page: Page, tags: Sequence[LineTags]) -> None:
    """The steps of a breadcrumb are furniture; the last link is the section, if it is more than «home»."""
    steps = [i for i, line in enumerate(tags) if ".breadcrumb" in line.areas and page.kinds[i] not in SETTLED_KINDS]
    links = [(i, name) for i in steps for name in tags[i].marked("step") if len(name) <= MAX_STEP_CHARS]
    if len(steps) < 2 and len(links) < 2:
        return
    homes = {i for i in steps if page.kinds[i] is Kind.FURNITURE}
    for i in steps:
        _set(page, i, Kind.FURNITURE, "in a breadcrumb")
    named = [(i, name) for i, name in links if i not in homes or fold(name) != page.keys[i]]
    for i, name in named[-1:]:
        _set(page, i, *_as_section(page, i, name, "the last step of a breadcrumb"))


def _time(page: Page, i: int, line: LineTags) -> FoundKind | None:
    """A timestamp by its ``datetime``, of a line without a readable time, whatever its words are."""
    printed = page.founds[i]
    if page.kinds[i] is Kind.STAMP and (printed.published or printed.updated):
        return None
    why = "<time datetime>"
    stated = times_of([(why, value) for value in line.marked("time")[:1]], page.settings)
    return next(((Kind.STAMP, why, Timestamp(time, why=why)) for time in stated), None)


def _credit(page: Page, i: int, line: LineTags, stated: Mapping[str, str]) -> FoundKind | None:
    """A byline that is marked as the author, or is a stated name, if it names somebody."""
    marked = line.marked("author")
    why = "marked as the author" if marked else stated.get(page.keys[i], "")
    read = (author_of(name, page.settings.vocab) for name in ([page.texts[i], *marked] if why else ()))
    credit = next(filter(None, read), None)
    return (Kind.BYLINE, why, credit._replace(why=f"{credit.why}, {why}", certain=True)) if credit else None


def _tags(page: Page, i: int, line: LineTags, stated: Mapping[str, str], top: int) -> FoundKind | None:
    """Tags: links with ``rel=tag``, links in an element of class ``tags``, and stated keywords.

    Above the headline, or as furniture, those in an element of class ``tags`` stay what they are.
    """
    found = line.marked("tag")
    is_other = ".tags" in line.areas and (i < top or page.kinds[i] is Kind.FURNITURE)
    if found and not is_other and _is_all(page, i, found):
        return Kind.TAGS, "marked as tags", tuple(found)
    if line.is_linked and page.keys[i] in stated and page.kinds[i] in (Kind.SHORT, Kind.NAME):
        return Kind.TAGS, stated[page.keys[i]], (page.texts[i],)
    return None


def _is_all(page: Page, i: int, tags: Sequence[str]) -> bool:
    """Whether a line has no other words than the tags and their label, so that none is lost."""
    rest = page.texts[i]
    for tag in sorted(tags, key=len, reverse=True):
        rest = rest.replace(tag, " ", 1)
    words = letters(fold(rest))
    label = page.texts[i].partition(tags[0])[0].rstrip()
    is_label = label.endswith(":") and len(label) <= MAX_TAG_LABEL_CHARS
    return is_label or words in page.settings.vocab.tag_labels or not any(map(str.isalnum, words))


def _section(page: Page, i: int, line: LineTags) -> FoundKind | None:
    """A section that is marked as the category."""
    names = line.marked("section")
    return _as_section(page, i, names[0], "marked as the category") if names else None


def _as_section(page: Page, i: int, name: str, why: str) -> FoundKind:
    is_alone = fold(name) == page.keys[i]
    return (Kind.SECTION, why, name) if is_alone else (Kind.FURNITURE, why, Steps(name))


# Headline, body, time ---------------------------------------------------------------------------------------------


def _features(page: Page, tags: Sequence[LineTags], markup: Markup) -> LineFeatures:
    """The features of lines as the headline."""
    stated = statements(markup, "headline")[:1]
    titles = [(f"equal to {tag}" if tag[0] != "<" else IN_HEAD, title_letters(fold(value))) for tag, value in stated]
    heads = sum(line.block == "h1" and page.kinds[i] is not Kind.BOXED for i, line in enumerate(tags))
    found: LineFeatures = {}
    for i, line in enumerate(tags):
        if page.kinds[i] in (Kind.BOXED, Kind.CAPTION) or len(page.texts[i]) > MAX_HEADLINE_CHARS:
            continue
        said = (
            *(name for name, title in titles if is_same_title(title_letters(page.keys[i]), title)),
            *(("the only <h1>",) if line.block == "h1" and heads == 1 else ()),
            *(("marked as the headline",) if line.marked("headline") else ()),
        )
        if said:
            found[i] = dict.fromkeys(said, 1.0)
    return found


def _odds(page: Page, tags: Sequence[LineTags], features: LineFeatures) -> list[float]:
    """What the tags add to the log-odds that a line belongs to the body."""
    usual = [i for i, line in enumerate(tags) if page.prose[i] and not line.is_linked]
    sure = {k: len(SURE_HEADLINE.intersection(found)) for k, found in features.items()}
    marks, most = max(sure.values(), default=0), MAX_SHARE_ABOVE_HEADLINE * len(usual)
    above = [k for k in sure if sure[k] == marks > 0 and bisect_left(usual, k) <= most]
    top = max(above, default=-1)  # surely the headline; a film inside the text may have one of these marks
    container = _container(page, tags, [i for i in usual if i > top])
    odds = []
    for i, line in enumerate(tags):
        is_in = container in line.inside
        is_row = line.block == "tr" and (is_in or not ARTICLE_AREAS.isdisjoint(line.areas))
        is_outside = i <= top or line.block == "h1" or line.is_linked or (container and not is_in)
        is_paragraph = is_in and line.block == "p"  # though it may lack a full stop
        odds.append(OUTSIDE if is_outside else INSIDE * (is_in + is_row + is_paragraph))
    return odds


def _container(page: Page, tags: Sequence[LineTags], usual: Sequence[int]) -> int:
    """The number of the block that holds the article; 0 if there is none.

    It has much prose right inside it, and little other prose between the headline and it. It grows to the blocks around
    it while these hold only more prose.
    """
    scores: Counter[int] = Counter()
    lines: Counter[int] = Counter()
    held = Counter(block for line in tags for block in line.inside)
    between: dict[int, int] = {}
    passed = 0
    for i in usual:
        blocks = [block for block in tags[i].inside if held[block] > 1]  # without wrappers of one line
        for block in blocks[-1:]:
            scores[block] += len(page.texts[i])
            between.setdefault(block, passed)
        passed += len(page.texts[i])
        lines.update(tags[i].inside)
    fit = [block for block in scores if lines[block] >= min(MIN_CONTAINER_LINES, len(usual))]
    best = max(fit, key=lambda block: scores[block] / (1 + between[block] / CHARS_BETWEEN), default=0)
    chains = [line.inside[: line.inside.index(best)] for line in tags if best in line.inside]
    for parent in reversed(max(chains, key=len, default=())):
        others = [i for i in range(usual[0], len(tags)) if parent in tags[i].inside and best not in tags[i].inside]
        others = [i for i in others if page.kinds[i] is not Kind.BOXED]
        if others and not _are_prose(page, tags, others):
            break
        best = parent if others else best  # a block around another one alone tells nothing
    return best


def _are_prose(page: Page, tags: Sequence[LineTags], others: Sequence[int]) -> bool:
    """Whether the lines are prose with few links, times and names; comments and lists of other stories have many."""
    prose = sum(page.prose[i] and not tags[i].is_linked for i in others)
    strange = sum(tags[i].is_linked or page.kinds[i] in OF_STORIES for i in others)
    return prose > 0 and strange <= prose / 2


def _features_of_times(page: Page, markup: Markup) -> LineFeatures:
    """The features of the timestamps as the time of publication: whether they are of the day that the page states."""
    known = times_of(statements(markup, "published"), page.settings)
    stamps = [(i, page.founds[i].published) for i in page.places[Kind.STAMP]]
    agreeing = [i for i, printed in stamps if printed and any(agreed(printed, time) for time in known)]
    return {i: {"of the stated day": 1.0} for i in agreeing}


# What the page states of itself ---------------------------------------------------------------------------------------

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


def fill(page: Page, markup: Markup) -> None:
    """Add what the page states to the settled lines."""
    if not len(page):
        return
    start, headline = page.stretch.start, page.headline
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
    page.give(i, **gives)
    page.whys[i] = f"{page.whys[i]}; {why}".removeprefix("; ")


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
        stamp = timestamp.read_timestamp(_FRACTION.sub("", value), settings)
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
        found, published = page.giving(name), page.giving("published")
        if found:
            i = found[0]
            line = markup.lines.get(page.numbers[i]) or LineTags("body")
            beside = [("<time datetime>", value) for value in line.marked("time")]
            _agree(page, i, name, _times(page, beside if name == "published" else reversed(beside)))
            if not _agree(page, i, name, stated) and time and name == "published":
                _add(page, i, f"{tag} has {time}", warnings=(*_sure(page, i), WarningCode.META_MISMATCH.of(name)))
        elif time and (name == "published" or (published and _is_later(time, published[1]["published"]))):
            _add(page, first, f"{name} by {tag}", **{name: time})
    published, updated = (page.giving(name) for name in STATED_TIMES)
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
    found = page.giving("published")
    if not found or not published or page.giving("updated"):
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
    if page.giving("agencies") or page.giving("authors"):
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
    if Role.SECTION in page.roles or page.giving("section"):
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
    if page.giving("hashtags") or page.giving("inline_hashtags"):
        return
    told = page.folded_body + (page.keys[first] if page.roles[first] is Role.HEADLINE else "")
    for tag, values in _by_tag(statements(markup, "keyword")).items():
        words = [*dict.fromkeys(value.lstrip("#") for value in values)]
        if sum(fold(w) in told for w in words) >= MIN_SHARE_OF_KEYWORDS * len(words):
            _add(page, first, f"tags by {tag}", hashtags=tuple(words))
            return


def _fill_language(page: Page, markup: Markup, first: int) -> None:
    i, gives = page.giving("language") or (first, {})
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
