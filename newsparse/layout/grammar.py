"""From kinds to roles: the role of each line in its article, and the fields of the record that it gives.

    text      = { article } ;
    article   = { header line }, body, { line below } ;
    header    = headline | echo | published | updated | byline | section | standfirst | furniture | caption | … ;
    body      = paragraph, { paragraph | sub-head | box | caption | furniture } ;
    box       = heading, { short line | timestamp } ;
    below     = hashtags | tag label, { tag } | byline | timestamp | furniture | … ;

Knows the whole article. Each line gets its role, its reason and its fields here; `newsparse.layout.assemble` adds them
up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from newsparse.layout import body, features, headline, section, stamps, taglists
from newsparse.layout.assemble import credited, one_line
from newsparse.layout.bylines import BYLINES_SLOT
from newsparse.layout.headline import HEADLINE_SLOT, MAX_KICKER_CHARS
from newsparse.layout.page import SUFFIX_SIGNS, Page, look_again
from newsparse.layout.section import SECTION_SLOT
from newsparse.layout.slots import Header
from newsparse.layout.stamps import PUBLISHED_SLOT, UPDATED_SLOT
from newsparse.layout.standfirst import STANDFIRST_SLOT
from newsparse.layout.taglists import TAGS_SLOT
from newsparse.lines import tags
from newsparse.lines.wrap import joined
from newsparse.names.lexicon import agency
from newsparse.record import Kind, Lines, Role
from newsparse.times import timestamp
from newsparse.words.vocab import Settings, detect

MIN_KICKER_SPACES = 2
MAX_CLOSING_CHARS = 40  # characters of a source in brackets at the end of the text
LANGUAGE_SAMPLE_LINES = 5  # lines of the body whose language is the article's

# in the order in which they are filled
SLOTS = (HEADLINE_SLOT, PUBLISHED_SLOT, UPDATED_SLOT, BYLINES_SLOT, STANDFIRST_SLOT, SECTION_SLOT, TAGS_SLOT)
ROLE_OF_KIND = {
    Kind.STAMP: (Role.TIMESTAMP, "a time that is not the article's"),
    Kind.CLOCK: (Role.TIMESTAMP, "a clock without its date"),
    Kind.CAPTION: (Role.CAPTION, ""),
    Kind.FURNITURE: (Role.FURNITURE, ""),
    Kind.FURNITURE_HEAD: (Role.FURNITURE, ""),
    Kind.SECTION: (Role.FURNITURE, "a section, but not the article's"),
    Kind.SEPARATOR: (Role.FURNITURE, ""),
    Kind.BOXED: (Role.FURNITURE, ""),
    Kind.END: (Role.OTHER, ""),
    Kind.TAG_LABEL: (Role.FURNITURE, ""),
    Kind.BYLINE: (Role.OTHER, "a byline away from the header"),
    Kind.NAME: (Role.OTHER, "a name away from the header"),
}


def explained(lines: Lines, settings: Settings) -> Page:
    """The lines of one article with their roles, reasons and fields."""
    page = opened(lines, settings)
    page.stretch = body.find(page)
    page.stretch = headline.cut_off(page)
    header = filled(page)
    _settle_header(page, header)
    _settle_echoes(page, header)
    _settle_tags(page, header)
    _settle_body(page, header)
    _settle_rest(page, header)
    _settle_closing(page)
    _settle_language(page, header)
    if settings.markup:
        from newsparse.layout import evidence

        evidence.fill(page, settings.markup, header.headline)
    return page


def opened(lines: Lines, settings: Settings) -> Page:
    """The page of one article: kinds are known, roles are not."""
    page = Page(lines if settings.markup else joined(lines, settings), settings)
    look_again(page)
    if settings.markup:
        from newsparse.layout import evidence

        evidence.look(page, settings.markup)
    stamps.label_times(page)
    return page


def filled(page: Page) -> Header:
    """The lines above the body, or right below it, that fill the slots."""
    header = Header(page)
    for slot in SLOTS:
        header.fill(slot)
    return header


def feature_shares(lines: Lines, i: int) -> list[tuple[str, float]]:
    """What each feature adds to the decision on line `i`, the largest first; nothing where no fitted weight decided.

    For the headline these are parts of its score, for other lines of the log-odds that the line is body.
    """
    if not isinstance(lines, Page):
        return []
    found = lines.shares.get(i) or (features.shares(lines.rows[i]) if i in lines.rows else [])
    return sorted(found, key=lambda share: -abs(share[1]))


# The roles, from the header down ----------------------------------------------------------------------------------


def _settle_header(page: Page, header: Header) -> None:
    for choice in header.chosen.get("headline", ()):
        gives = headline.given(page, choice.line, header.published is not None)
        page.settle(choice.line, Role.HEADLINE, choice.why, gives)
    for i in header.bylines:
        credit = page.founds[i]
        page.settle(i, Role.BYLINE, credit.why, credited(credit, page.texts[i]))
        if body.is_below_credit(page, i) and page.kinds[i - 1] is Kind.SHORT:  # "By" on a line of its own
            page.settle(i - 1, Role.BYLINE, "credits the line below", {"byline": (one_line(page.texts[i - 1]),)})
    if header.published is not None:
        stamps.settle_timestamps(page, header.published, Role.PUBLISHED)
    if header.updated is not None:
        stamps.settle_timestamps(page, header.updated, Role.UPDATED)
    if header.standfirst is not None:
        page.settle(header.standfirst, Role.STANDFIRST, "a sentence between headline and body")
    section.settle_section(page, header.section, (header.published, header.updated))


def _settle_echoes(page: Page, header: Header) -> None:
    """Settle lines that are the headline again, alone or with the name of the site."""
    if header.headline is None:
        return
    key = page.keys[header.headline]
    begins_so = map(str.startswith, page.keys, repeat(key))
    for i in [i for i, is_same in enumerate(begins_so) if is_same and page.open[i]]:
        rest = page.keys[i][len(key) :]
        if not rest or rest.startswith(SUFFIX_SIGNS) or not rest.strip(" .…"):
            page.settle(i, Role.ECHO, "the headline again")
    if header.again.wrapped:
        for i in range(page.stretch.start):
            if page.open[i] and key in page.keys[i] and page.keys[i] in header.again.wrapped:
                page.settle(i, Role.ECHO, "the headline again, with the site's name")


def _settle_tags(page: Page, header: Header) -> None:
    """Settle the lines of tags."""
    for choice in header.chosen.get("tags", ()):
        i, lists = choice.line, header.candidates["tags"]
        if found := taglists.held_tags(i, header, lists):
            page.settle(i, Role.HASHTAGS, "" if page.kinds[i] is Kind.TAGS else choice.why, {"hashtags": found})
        if lists[i].how == taglists.ABOVE_BLURB:
            page.stretch = page.stretch._replace(end=min(i, page.stretch.end))


def _hashtags_inside(page: Page, i: int) -> Mapping[str, Any] | None:
    """The fields of the line with its hashtags, unless it is somebody's post."""
    if "#" not in page.texts[i] or taglists.is_post(page, i):
        return page.gives[i]
    return {**(page.gives[i] or {}), "inline_hashtags": tags.inside(page.texts[i])}


def _settle_body(page: Page, header: Header) -> None:
    """Settle the lines of the body: paragraphs, sub-heads, and furniture between them."""
    start, end, is_page = page.stretch
    in_box = False
    prose: list[int] = []
    others: list[int] = []
    for i in page.unsettled(start, end):
        kind, is_prose = page.kinds[i], page.prose[i]
        if i in page.cells:
            page.settle(i, Role.BODY, "a cell of a table, or the number of a section")
            continue
        if is_prose or kind is Kind.FURNITURE_HEAD:
            in_box = not is_prose
        if (is_page or in_box) and page.odds[i] < 0:
            role, why = ROLE_OF_KIND.get(kind, (Role.FURNITURE, ""))
            page.settle(i, Role.FURNITURE if role is Role.OTHER else role, why or "unlike the body")
        else:
            (prose if is_prose else others).append(i)
    if prose:
        _settle_prose(page, prose, header)
    for i in others:
        kind = page.kinds[i]
        if kind is Kind.FURNITURE_HEAD:
            page.settle(i, Role.FURNITURE, "")
        elif i in page.entries:
            page.settle(i, Role.BODY, "the time of an entry")
        elif kind in (Kind.SHORT, Kind.NAME, Kind.SECTION):
            page.settle(i, Role.BODY, "short line of the body", _hashtags_inside(page, i))


def _settle_prose(page: Page, prose: Sequence[int], header: Header) -> None:
    """Settle the paragraphs. Most of them give only their text."""
    texts, roles, is_open = page.texts, page.roles, page.open
    page.gives[prose[0]] = _opening(page, prose[0], header)
    if not page.is_credited and not page.gives[prose[0]] and len(prose) > 1:  # the first is an abstract, or a picture's
        gives = _credit_of_opening(page, prose[1], header)
        page.is_credited = bool(gives.get("agencies"))
        page.gives[prose[1]] = gives if page.is_credited else None
    is_dated = header.published is not None or "published" in (page.gives[prose[0]] or {})
    for i in () if is_dated else (prose[-1], prose[0]):
        if stamp := timestamp.closing(texts[i], page.settings):
            gives = {"published": stamp.published, "warnings": stamp.warnings}
            page.gives[i] = {**(page.gives[i] or {}), **gives}
            break
    for i in prose:
        roles[i], is_open[i] = Role.BODY, 0
        if "#" in texts[i]:
            page.gives[i] = _hashtags_inside(page, i)


def _credit_of_opening(page: Page, i: int, header: Header) -> dict[str, Any]:
    """The fields of a dateline that no byline gave before."""
    credit = page.dateline(i)
    if credit is None:
        return {}
    if not header.bylines:
        return credited(credit, credit.printed)
    known = page.founds[header.bylines[0]]
    return {
        "agencies": () if known.agencies else credit.agencies,
        "authors": () if known.authors else credit.authors,
        "location": credit.location,
        "byline": () if header.bylines[0] < page.stretch.start else (credit.printed,),
    }


def _opening(page: Page, i: int, header: Header) -> dict[str, Any] | None:
    """The fields of the dateline that opens the body, unless the header has them."""
    gives = _credit_of_opening(page, i, header)
    if header.published is None:
        stamp = timestamp.opening(page.texts[i], page.settings)
        if stamp is not None:
            gives |= {"published": stamp.published, "warnings": stamp.warnings}
    page.is_credited = page.is_credited or bool(gives.get("agencies"))
    return gives or None


def _settle_closing(page: Page) -> None:
    """The agency in brackets with which the last paragraph ends, where nothing else names one."""
    if page.is_credited:
        return
    inside = range(page.stretch.end - 1, page.stretch.start - 1, -1)
    last = next((i for i in inside if page.roles[i] is Role.BODY), None)
    text = page.texts[last] if last is not None else ""
    if text[-1:] == "]" and "[" in text[-MAX_CLOSING_CHARS:]:  # the mark of an advertisement: "(REUTERS)[ads3]"
        text = text[: text.rindex("[")]
    if last is not None and text.rstrip(" .")[-1:] == ")" and "(" in text[-MAX_CLOSING_CHARS:]:
        start = text.rindex("(")
        name = agency(text[start:].strip("(). "), page.settings.vocab)
        if name:
            gives = {**(page.gives[last] or {}), "agencies": (name,), "byline": (text[start:],)}
            page.settle(last, Role.BODY, f"{page.whys[last]}; signed by «{name}»", gives)


def _settle_rest(page: Page, header: Header) -> None:
    """Settle all other lines, by their kind and by their side of the body."""
    unsettled = page.unsettled()
    if not unsettled:
        return
    end = page.stretch.end
    is_page = page.stretch.is_page or Kind.STAMP in page.kinds[end:]  # the time of another story
    for i in unsettled:
        if page.kinds[i] is Kind.END and page.founds[i] and i <= end + 1:
            gives = {"agencies": (page.founds[i],), "byline": (page.texts[i],)}
            page.settle(i, Role.BYLINE, "signs the body", gives)
        else:
            page.settle(i, *_left_over(page, i, header, is_page))


def _left_over(page: Page, i: int, header: Header, is_page: bool) -> tuple[Role, str]:
    """The role of a line that gives no field, and the reason, if it is not that of its kind."""
    kind, is_above = page.kinds[i], i < page.stretch.start
    if kind is Kind.SHORT and is_above and header.again.counts[page.keys[i]] > 1:
        return Role.CAPTION, "printed twice"
    if kind is Kind.SHORT and i + 1 == header.headline and _may_be_kicker(page, i):
        return Role.KICKER, "a few words right above the headline"
    role, why = ROLE_OF_KIND.get(kind, (Role.OTHER, ""))
    if role is not Role.OTHER or (why and not is_page):
        return role, why
    return (
        Role.FURNITURE if is_page else Role.OTHER
    ), f"{kind.value} line {'above' if is_above else 'below'} the article"


def _may_be_kicker(page: Page, i: int) -> bool:
    """Whether a line is long enough for a kicker and no longer, and neither an outlet's name, a menu, nor in a list."""
    text, vocab = page.texts[i], page.settings.vocab
    sections = sum([word in vocab.sections for word in page.keys[i].split()])
    return (
        len(text) <= MAX_KICKER_CHARS
        and text.count(" ") >= max(MIN_KICKER_SPACES, 2 * sections)
        and page.kinds[max(0, i - 1) : i] != [Kind.SHORT]
    )


def _settle_language(page: Page, header: Header) -> None:
    """Settle the language. The first line with a field gives it."""
    start = page.stretch.start
    roles = page.roles[start : start + LANGUAGE_SAMPLE_LINES]
    if Role.BODY in roles:
        first = start + roles.index(Role.BODY)
        said = " ".join([page.texts[i] for i, role in enumerate(roles, start) if role is Role.BODY])
    elif header.headline is not None:
        first = header.headline
        said = page.texts[first]
    else:
        return
    page.gives[first] = {**(page.gives[first] or {}), "language": detect(said, page.settings.vocab)}
