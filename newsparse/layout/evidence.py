"""What the tags of a page tell of its lines: kinds that are certain, weights for the body, candidates for the header.

Knows `newsparse.markup`, and is asked only for pages that have it. An area such as ``<nav>`` or an element of class
``related`` is no part of the article, unless most of the page's text stands in it. The values that the page states of
itself are added after the roles are settled: see `newsparse.layout.stated`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from newsparse.layout.page import Page
from newsparse.layout.slots import Feature
from newsparse.layout.stated import agreed, author_of, is_same_title, statements, times_of, title_letters
from newsparse.layout.terms import MAX_HEADLINE_CHARS
from newsparse.lines.rules import MAX_TAG_LABEL_CHARS
from newsparse.lines.scraps import MAX_STEP_CHARS, Steps
from newsparse.markup import STRANGE_AREAS, LineTags, Markup
from newsparse.names import byline
from newsparse.record import PROSE, Kind
from newsparse.text import fold, letters
from newsparse.times.stamp import Timestamp

LineFeatures = dict[int, list[Feature]]  # of the lines of a page, as candidates for one slot
CAPTION_AREAS = frozenset({"figcaption", ".caption"})
ARTICLE_AREAS = frozenset({"article", "main", ".body"})
CONTROL_BLOCKS = frozenset({"button", "label", "legend", "option", "textarea", "summary"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_SHARE_OF_STRANGE = 0.5  # of the prose of the page: an area with more holds the article
MIN_CONTAINER_LINES = 2  # of prose
CHARS_BETWEEN = 500.0  # of other prose below the headline, which halve a score
NAMED_BODY = 2.0  # times the score, if a class names the block as the text
OF_STORIES = frozenset({Kind.STAMP, Kind.CLOCK, Kind.BYLINE, Kind.NAME, Kind.FURNITURE})
MIN_SHARE_BELOW_HEADLINE = 0.7
SURE_HEADLINE = frozenset({"equal to JSON-LD headline", "the only <h1>", "marked as the headline"})
MAX_TIME_CHARS = 80  # of a line that is a time
MAX_MARKED_SECTION_CHARS = 60  # of a line with the section
MAX_CREDIT_CHARS = 80  # of a line that is a byline
MARKED_KINDS = frozenset({Kind.SHORT, Kind.NAME, Kind.SECTION, Kind.FURNITURE})  # that may be a marked byline
UNTIMED = frozenset({Kind.STAMP, Kind.CLOCK, Kind.SHORT, Kind.NAME, Kind.FURNITURE})
SETTLED_KINDS = PROSE | {Kind.BOXED, Kind.STAMP}  # that no mark changes
IN_HEAD = "equal to the title in <meta> or <title>"
MIN_STATED_BODY_CHARS, MAX_STATED_BODY_CHARS = 250, 100_000
MAX_COMPARED_LINES = 2000
MIN_COMPARED_CHARS = 30  # of a line that is looked for in the stated body
# log-odds that a line belongs to the body
IN_BODY, IN_PARAGRAPH, TABLE_ROW, IN_STATED = 1.5, 0.5, 4.0, 3.0
OUTSIDE, LINKED = -6.0, -2.5


def look(page: Page, markup: Markup) -> None:
    """Let the tags decide kinds, and keep what they tell for the decisions to come."""
    tags = [markup.lines.get(number) or LineTags("body") for number in page.numbers]
    _set_kinds(page, tags, _strange_areas(page, tags))
    _set_times(page, tags)
    credits_ = _set_credits(page, tags, markup)
    _set_tags(page, tags, markup)
    sections = _set_sections(page, tags)
    features = _features(page, tags, markup)
    for i, found in features.items():
        is_stated = any(name.startswith("equal to") for name, _ in found)
        if is_stated and page.kinds[i] not in PROSE and ".breadcrumb" not in tags[i].areas:
            _set(page, i, Kind.SHORT, "")
    page.look_up_kinds()
    page.tag_odds = _odds(page, tags, features, markup)
    page.tag_features = {
        "headline": features,
        "published": _features_of_times(page, markup),
        "bylines": credits_,
        "section": sections,
    }


def _strange_areas(page: Page, tags: Sequence[LineTags]) -> frozenset[str]:
    """The areas of the page that are no part of the article."""
    chars: Counter[str] = Counter()
    for i, line in enumerate(tags):
        if page.prose[i]:
            chars.update(dict.fromkeys((*line.areas, ""), len(page.texts[i])))
    return frozenset(area for area in STRANGE_AREAS if chars[area] <= MAX_SHARE_OF_STRANGE * chars[""])


def _strange_area(line: LineTags, strange: frozenset[str], is_prose: bool) -> str:
    """The reason why the line is no part of the article; empty if there is none.

    In a box about the author only prose is left out, since the name may be the byline.
    """
    for area in line.areas:
        if area == ".author box" and not is_prose:
            continue
        if area in strange and not (area == "footer" and {"article", "main"}.intersection(line.areas)):
            return f"in an element of class «{area[1:]}»" if area[0] == "." else f"in <{area}>"
    return f"in <{line.block}>" if line.block in CONTROL_BLOCKS else ""


def _set(page: Page, i: int, kind: Kind, why: str, found: Any = None) -> None:
    page.kinds[i], page.whys[i], page.founds[i] = kind, why, found


def _set_kinds(page: Page, tags: Sequence[LineTags], strange: frozenset[str]) -> None:
    """Lines of strange areas are boxed, those of figcaption are captions, and rows of tables are short lines."""
    for i, line in enumerate(tags):
        if not CAPTION_AREAS.isdisjoint(line.areas) and line.block not in HEADINGS:
            _set(page, i, Kind.CAPTION, "in <figcaption>")
        elif why := _strange_area(line, strange, bool(page.prose[i])):
            _set(page, i, Kind.BOXED, why)
        elif line.block == "tr" and not ARTICLE_AREAS.isdisjoint(line.areas) and page.kinds[i] not in PROSE:
            _set(page, i, Kind.SHORT, "the row of a table")


def _set_times(page: Page, tags: Sequence[LineTags]) -> None:
    """Make timestamps of the lines with a ``datetime`` that have no readable time, whatever their words are."""
    for i, line in enumerate(tags):
        if len(page.texts[i]) > MAX_TIME_CHARS or page.kinds[i] not in UNTIMED:
            continue
        printed = page.founds[i]
        if page.kinds[i] is Kind.STAMP and (printed.published or printed.updated):
            continue
        for time in times_of([("", value) for value in line.marked("time")[:1]], page.settings):
            _set(page, i, Kind.STAMP, "<time datetime>", Timestamp(time, why="<time datetime>"))


def _set_credits(page: Page, tags: Sequence[LineTags], markup: Markup) -> LineFeatures:
    """Make bylines of the lines that are marked as the author, or are a stated name, if they name somebody."""
    features: LineFeatures = {}
    stated = {fold(value): tag for tag, value in statements(markup, "author")}
    for i, line in enumerate(tags):
        if len(page.texts[i]) > MAX_CREDIT_CHARS or page.kinds[i] not in MARKED_KINDS:
            continue
        marked = line.marked("author")
        why = "marked as the author" if marked else stated.get(page.keys[i], "")
        credit = byline.read_byline(page.texts[i], page.settings.vocab) if why else None
        if why and not (credit and (credit.authors or credit.agencies)):
            credit = next(filter(None, (author_of(name, page.settings.vocab) for name in marked)), None)
        if credit and (credit.authors or credit.agencies):
            _set(page, i, Kind.BYLINE, why, credit._replace(why=f"{credit.why}, {why}", certain=True))
            features[i] = [(why if marked else "stated as the author", 1.0)]
    return features


def _set_tags(page: Page, tags: Sequence[LineTags], markup: Markup) -> None:
    """Make tags of links with ``rel=tag``, of links in an element of class ``tags``, and of stated keywords.

    Above the headline, or as furniture, those in an element of class ``tags`` stay what they are.
    """
    top = next((i for i, line in enumerate(tags) if line.block == "h1"), 0)
    stated = {fold(value): tag for tag, value in statements(markup, "keyword")}
    for i, line in enumerate(tags):
        if page.kinds[i] in SETTLED_KINDS:
            continue
        found = line.marked("tag")
        is_other = ".tags" in line.areas and (i < top or page.kinds[i] is Kind.FURNITURE)
        if found and not is_other and _is_all(page, i, found):
            _set(page, i, Kind.TAGS, "marked as tags", tuple(found))
        elif line.is_linked and page.keys[i] in stated and page.kinds[i] in (Kind.SHORT, Kind.NAME):
            _set(page, i, Kind.TAGS, stated[page.keys[i]], (page.texts[i],))


def _is_all(page: Page, i: int, tags: Sequence[str]) -> bool:
    """Whether a line has no other words than the tags and their label, so that none is lost."""
    rest = page.texts[i]
    for tag in sorted(tags, key=len, reverse=True):
        rest = rest.replace(tag, " ", 1)
    words = letters(fold(rest))
    label = page.texts[i].partition(tags[0])[0].rstrip()
    is_label = label.endswith(":") and len(label) <= MAX_TAG_LABEL_CHARS
    return is_label or words in page.settings.vocab.tag_labels or not any(map(str.isalnum, words))


def _set_sections(page: Page, tags: Sequence[LineTags]) -> LineFeatures:
    """Make sections of links that are marked as the category, and of the last step of a breadcrumb."""
    features: LineFeatures = {}
    steps = [i for i, line in enumerate(tags) if ".breadcrumb" in line.areas and page.kinds[i] is not Kind.BOXED]
    linked = [i for i in steps if tags[i].is_linked and len(page.texts[i]) <= MAX_STEP_CHARS]
    linked = [i for i in linked if page.kinds[i] is not Kind.FURNITURE]
    for i in steps:
        names = [name for name in tags[i].marked("step") if len(name) <= MAX_STEP_CHARS]
        if len(names) > 1 and page.kinds[i] not in PROSE:
            _set(page, i, Kind.FURNITURE, "a breadcrumb", Steps("", names[-1]))
            features[i] = [("the last step of a breadcrumb", 1.0)]
    if len(steps) > 1:
        for i in steps:
            _set(page, i, Kind.FURNITURE, "in a breadcrumb")
        for i in linked[-1:]:
            _set(page, i, Kind.SECTION, "the last step of a breadcrumb", page.texts[i])
            features[i] = [("the last step of a breadcrumb", 1.0)]
    for i, line in enumerate(tags):
        names = line.marked("section")
        if not names or len(page.texts[i]) > MAX_MARKED_SECTION_CHARS or page.kinds[i] in SETTLED_KINDS:
            continue
        is_alone = fold(names[0]) == page.keys[i]
        kind, found = (Kind.SECTION, names[0]) if is_alone else (Kind.FURNITURE, Steps("", names[0]))
        _set(page, i, kind, "marked as the category", found)
        features[i] = [("marked as the category", 1.0)]
    return features


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
            *(("the only <h1>" if heads == 1 else "<h1>",) if line.block == "h1" else ()),
            *(("marked as the headline",) if line.marked("headline") else ()),
            *(("the text of a link",) if line.is_linked else ()),
        )
        if said:
            found[i] = [(name, 1.0) for name in said]
    return found


def _odds(page: Page, tags: Sequence[LineTags], features: LineFeatures, markup: Markup) -> list[float]:
    """What the tags add to the log-odds that a line belongs to the body."""
    usual = [i for i, line in enumerate(tags) if page.prose[i] and not line.is_linked]
    top = _headline_above(page, usual, features)
    container = _container(page, tags, [i for i in usual if i > top])
    stated = fold((markup.first("body") or "")[:MAX_STATED_BODY_CHARS])
    compared = 0
    odds = []
    for i, line in enumerate(tags):
        is_in = container in line.inside
        value = IN_PARAGRAPH if line.block == "p" else 0.0
        if container:
            value += IN_BODY if is_in else OUTSIDE
        if line.is_linked:
            value += LINKED
        elif line.block == "tr" and (is_in or not ARTICLE_AREAS.isdisjoint(line.areas)):
            value += TABLE_ROW
        if i <= top or line.block == "h1":
            value += OUTSIDE
        elif len(stated) >= MIN_STATED_BODY_CHARS and page.prose[i] and compared < MAX_COMPARED_LINES:
            compared += 1
            value += IN_STATED if len(page.keys[i]) >= MIN_COMPARED_CHARS and page.keys[i] in stated else 0.0
        odds.append(value)
    return odds


def _container(page: Page, tags: Sequence[LineTags], usual: Sequence[int]) -> int:
    """The number of the block that holds the article; 0 if there is none.

    It has much prose right inside it, and little other prose between the headline and it. It grows to the blocks around
    it while these hold only more prose.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    lines: Counter[int] = Counter()
    held = Counter(block for line in tags for block in line.inside)
    between: dict[int, int] = {}
    passed = 0
    for i in usual:
        blocks = [block for block in tags[i].inside if held[block] > 1]  # without wrappers of one line
        for block in blocks[-1:]:
            scores[block] += len(page.texts[i]) * (NAMED_BODY if ".body" in tags[i].areas else 1)
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


def _headline_above(page: Page, usual: Sequence[int], features: LineFeatures) -> int:
    """The last line that is surely the headline with most of the prose below it; -1 if there is none."""
    least = MIN_SHARE_BELOW_HEADLINE * sum(len(page.texts[i]) for i in usual)
    below = 0
    for i in reversed(usual):  # the last paragraph above which the headline has to stand
        below += len(page.texts[i])
        if below >= least:
            break
    else:
        return -1
    sure = [k for k, found in features.items() if k < i and any(name in SURE_HEADLINE for name, _ in found)]
    return max(sure, default=-1)


def _features_of_times(page: Page, markup: Markup) -> LineFeatures:
    """The features of the timestamps as the time of publication: whether they are of the day that the page states."""
    known = times_of(statements(markup, "published"), page.settings)
    stamps = [(i, page.founds[i].published) for i in page.of_kind(Kind.STAMP)]
    agreeing = {i for i, printed in stamps if printed and any(agreed(printed, time) for time in known)}
    other = ("of another day than the stated one", 1.0)
    return {i: [("of the stated day", 1.0) if i in agreeing else other] for i, _ in stamps} if agreeing else {}
