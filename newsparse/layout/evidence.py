"""What the tags of a page tell of its lines: kinds that are certain, weights for the body, candidates for the header.

Knows `newsparse.markup`, and is asked only for pages that have it. An area such as ``<nav>`` or an element of class
``related`` is no part of the article, unless most of the page's text stands in it. The values that the page states of
itself are added after the roles are settled: see `newsparse.layout.stated`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from newsparse.layout.page import MAX_HEADLINE_CHARS, Page
from newsparse.layout.slots import Feature
from newsparse.layout.stated import agreed, author_of, is_same_title, statements, times_of, title_letters
from newsparse.lines.rules import MAX_TAG_LABEL_CHARS
from newsparse.lines.scraps import MAX_STEP_CHARS, Steps
from newsparse.markup import STRANGE_AREAS, LineTags, Markup
from newsparse.record import PROSE, Kind
from newsparse.text import fold, letters
from newsparse.times.stamp import Timestamp

FoundKind = tuple[Kind, str, Any]  # the kind of a line, its reason, and what was found in it
LineFeatures = dict[int, list[Feature]]  # of the lines of a page, as candidates for one slot
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
INSIDE, OUTSIDE = 1.5, -6.0  # log-odds that a line of the article's block, and another one, belongs to the body


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
        is_stated = any(name.startswith("equal to") for name, _ in names)
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
    return (Kind.SECTION, why, name) if is_alone else (Kind.FURNITURE, why, Steps("", name))


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
            found[i] = [(name, 1.0) for name in said]
    return found


def _odds(page: Page, tags: Sequence[LineTags], features: LineFeatures) -> list[float]:
    """What the tags add to the log-odds that a line belongs to the body."""
    usual = [i for i, line in enumerate(tags) if page.prose[i] and not line.is_linked]
    sure = [k for k, found in features.items() if any(name in SURE_HEADLINE for name, _ in found)]
    most = MAX_SHARE_ABOVE_HEADLINE * len(usual)
    top = max((k for k in sure if bisect_left(usual, k) <= most), default=-1)  # surely the headline
    container = _container(page, tags, [i for i in usual if i > top])
    odds = []
    for i, line in enumerate(tags):
        is_in = container in line.inside
        is_row = line.block == "tr" and (is_in or not ARTICLE_AREAS.isdisjoint(line.areas))
        is_outside = i <= top or line.block == "h1" or line.is_linked or (container and not is_in)
        odds.append(OUTSIDE if is_outside else INSIDE * (is_in + is_row))
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
        if not _is_prose_alone(page, tags, best, parent, usual[0]):
            break
        best = parent
    return best


def _is_prose_alone(page: Page, tags: Sequence[LineTags], block: int, parent: int, first: int) -> bool:
    """Whether the lines of `parent` outside `block`, from line `first` on, are prose with few links, times and names.

    Comments and lists of other stories have many of these.
    """
    inside = [tags[i].inside for i in range(first, len(tags))]
    others = [i for i, blocks in enumerate(inside, first) if parent in blocks and block not in blocks]
    prose = sum(page.prose[i] and not tags[i].is_linked for i in others)
    strange = sum(tags[i].is_linked or page.kinds[i] in OF_STORIES for i in others if page.kinds[i] is not Kind.BOXED)
    return prose > 0 and strange <= prose / 2


def _features_of_times(page: Page, markup: Markup) -> LineFeatures:
    """The features of the timestamps as the time of publication: whether they are of the day that the page states."""
    known = times_of(statements(markup, "published"), page.settings)
    stamps = [(i, page.founds[i].published) for i in page.places[Kind.STAMP]]
    agreeing = [i for i, printed in stamps if printed and any(agreed(printed, time) for time in known)]
    return {i: [("of the stated day", 1.0)] for i in agreeing}
