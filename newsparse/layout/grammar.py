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

from collections.abc import Sequence
from itertools import compress, count, repeat
from typing import Any

from newsparse.layout import body, features, headline, section, stamps, taglists
from newsparse.layout.assemble import credited
from newsparse.layout.bylines import BYLINES_SLOT
from newsparse.layout.headline import HEADLINE_SLOT, MAX_KICKER_CHARS
from newsparse.layout.page import SUFFIX_SIGNS, Page, look_again
from newsparse.layout.section import SECTION_SLOT
from newsparse.layout.slots import reason
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
    fill_slots(page)
    _settle_header(page)
    _settle_echoes(page)
    _settle_tags(page)
    _settle_body(page)
    _settle_rest(page)
    _settle_closing(page)
    _settle_language(page)
    if settings.markup:
        from newsparse.layout import evidence

        evidence.fill(page, settings.markup)
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


def fill_slots(page: Page) -> None:
    """Find the lines above the body, or right below it, that fill the slots."""
    for slot in SLOTS:
        slot.fill(page)


def feature_shares(lines: Lines, i: int) -> list[tuple[str, float]]:
    """What each feature adds to the decision on line `i`, the largest first; nothing where no fitted weight decided.

    For the headline these are parts of its score, for other lines of the log-odds that the line is body.
    """
    if not isinstance(lines, Page):
        return []
    found = lines.shares.get(i) or (features.shares(lines.rows[i]) if i in lines.rows else [])
    return sorted(found, key=lambda share: -abs(share[1]))


# The roles, from the header down ----------------------------------------------------------------------------------


def _settle_header(page: Page) -> None:
    if (i := page.headline) is not None:
        page.settle(i, Role.HEADLINE, reason(page.shares[i]), headline.given(page, i, page.published is not None))
    for i in page.bylines:
        credit = page.founds[i]
        page.settle(i, Role.BYLINE, credit.why, credited(credit, page.texts[i]))
        if page.kinds[i - 1] is Kind.SHORT and body.is_below_credit(page, i):  # "By" on a line of its own
            gives = {"byline": (page.texts[i - 1].replace("\n", " "),)}
            page.settle(i - 1, Role.BYLINE, "credits the line below", gives)
    if page.published is not None:
        stamps.settle_timestamps(page, page.published, Role.PUBLISHED)
    if page.updated is not None:
        stamps.settle_timestamps(page, page.updated, Role.UPDATED)
    if page.standfirst is not None:
        page.settle(page.standfirst, Role.STANDFIRST, "a sentence between headline and body")
    section.settle_section(page)


def _settle_echoes(page: Page) -> None:
    """Settle lines that are the headline again, alone or with the name of the site."""
    if page.headline is None:
        return
    key = page.keys[page.headline]
    for i in compress(count(), map(str.startswith, page.keys, repeat(key))):
        rest = page.keys[i][len(key) :]
        if page.roles[i] is Role.OTHER and (rest.startswith(SUFFIX_SIGNS) or not rest.strip(" .…")):
            page.settle(i, Role.ECHO, "the headline again")
    for i in page.unsettled(0, page.stretch.start) if page.again.wrapped else ():
        if key in page.keys[i] and page.keys[i] in page.again.wrapped:
            page.settle(i, Role.ECHO, "the headline again, with the site's name")


def _settle_tags(page: Page) -> None:
    """Settle the lines of tags: hashtags, unless they are somebody's post, and the lists in the slot."""
    for i in page.places[Kind.TAGS]:
        if page.texts[i][0] in tags.HASH_SIGNS and not taglists.is_post(page, i):
            page.settle(i, Role.HASHTAGS, "", {"hashtags": page.founds[i]})
    for i in page.tags:
        lists = page.candidates["tags"]
        if found := taglists.held_tags(i, page, lists):
            why = "" if page.kinds[i] is Kind.TAGS else reason(page.shares[i])
            page.settle(i, Role.HASHTAGS, why, {"hashtags": found})
        if lists[i].how == taglists.ABOVE_BLURB:
            page.stretch = page.stretch._replace(end=min(i, page.stretch.end))


def _settle_body(page: Page) -> None:
    """Settle the lines of the body: paragraphs, sub-heads, and furniture between them."""
    start, end, is_page = page.stretch
    texts, prose, odds = page.texts, page.prose, page.odds
    in_box = False
    paragraphs: list[int] = []  # most of them give only their text
    for i in page.unsettled(start, end):
        if prose[i] and (odds[i] >= 0 or not is_page):
            in_box = False
            page.roles[i] = Role.BODY
            paragraphs.append(i)
            if "#" in texts[i]:
                _give_hashtags(page, i)
            continue
        kind = page.kinds[i]
        in_box = (in_box and not prose[i]) or kind is Kind.FURNITURE_HEAD
        if i in page.cells:
            page.settle(i, Role.BODY, "a cell of a table, or the number of a section")
        elif (is_page or in_box) and odds[i] < 0:
            role, why = ROLE_OF_KIND.get(kind, (Role.FURNITURE, ""))
            page.settle(i, Role.FURNITURE if role is Role.OTHER else role, why or "unlike the body")
        elif kind is Kind.FURNITURE_HEAD:
            page.settle(i, Role.FURNITURE, "")
        elif i in page.entries:
            page.settle(i, Role.BODY, "the time of an entry")
        elif kind in (Kind.SHORT, Kind.NAME, Kind.SECTION):
            page.settle(i, Role.BODY, "short line of the body")
            if "#" in texts[i]:
                _give_hashtags(page, i)
    if paragraphs:
        _give_datelines(page, paragraphs)


def _give_hashtags(page: Page, i: int) -> None:
    """Let the line give its hashtags, unless it is somebody's post."""
    if not taglists.is_post(page, i):
        page.give(i, inline_hashtags=tags.inside(page.texts[i]))


def _give_datelines(page: Page, paragraphs: Sequence[int]) -> None:
    """Let the dateline that opens the body give its fields, as far as the header lacks them. If there is no time yet,
    one at the end of the last or the first paragraph is taken."""
    texts, first = page.texts, paragraphs[0]
    gives = _credit_of_opening(page, first)
    if page.published is None and (stamp := timestamp.opening(texts[first], page.settings)):
        gives |= {"published": stamp.published, "warnings": stamp.warnings}
    is_dated = page.published is not None or "published" in gives
    if gives:
        page.give(first, **gives)
    elif len(paragraphs) > 1 and not page.giving("agencies"):  # the first is an abstract, or a picture's
        gives = _credit_of_opening(page, paragraphs[1])
        if gives.get("agencies"):
            page.give(paragraphs[1], **gives)
    for i in () if is_dated else (paragraphs[-1], first):
        if stamp := timestamp.closing(texts[i], page.settings):
            page.give(i, published=stamp.published, warnings=stamp.warnings)
            break


def _credit_of_opening(page: Page, i: int) -> dict[str, Any]:
    """The fields of a dateline that no byline gave before."""
    credit = page.dateline(i)
    if credit is None:
        return {}
    if not page.bylines:
        return credited(credit, credit.printed)
    known = page.founds[page.bylines[0]]
    return {
        "agencies": () if known.agencies else credit.agencies,
        "authors": () if known.authors else credit.authors,
        "location": credit.location,
        "byline": () if page.bylines[0] < page.stretch.start else (credit.printed,),
    }


def _settle_closing(page: Page) -> None:
    """The agency in brackets with which the last paragraph ends, where nothing else names one."""
    inside = range(page.stretch.end - 1, page.stretch.start - 1, -1)
    last = next((i for i in inside if page.roles[i] is Role.BODY), None)
    text = page.texts[last] if last is not None else ""
    if text[-1:] == "]" and "[" in text[-MAX_CLOSING_CHARS:]:  # the mark of an advertisement: "(REUTERS)[ads3]"
        text = text[: text.rindex("[")]
    if last is None or text.rstrip(" .")[-1:] != ")" or "(" not in text[-MAX_CLOSING_CHARS:] or page.giving("agencies"):
        return
    start = text.rindex("(")
    name = agency(text[start:].strip("(). "), page.settings.vocab)
    if name:
        page.give(last, agencies=(name,), byline=(text[start:],))
        page.whys[last] += f"; signed by «{name}»"


def _settle_rest(page: Page) -> None:
    """Settle all other lines, by their kind and by their side of the body."""
    end = page.stretch.end
    is_page = page.stretch.is_page or Kind.STAMP in page.kinds[end:]  # the time of another story
    for i in page.unsettled(0, len(page)):
        if page.kinds[i] is Kind.END and page.founds[i] and i <= end + 1:
            gives = {"agencies": (page.founds[i],), "byline": (page.texts[i],)}
            page.settle(i, Role.BYLINE, "signs the body", gives)
        else:
            page.settle(i, *_left_over(page, i, is_page))


def _left_over(page: Page, i: int, is_page: bool) -> tuple[Role, str]:
    """The role of a line that gives no field, and the reason, if it is not that of its kind."""
    kind, is_above = page.kinds[i], i < page.stretch.start
    if kind is Kind.SHORT and is_above and page.again.counts[page.keys[i]] > 1:
        return Role.CAPTION, "printed twice"
    if kind is Kind.SHORT and i + 1 == page.headline and _may_be_kicker(page, i):
        return Role.KICKER, "a few words right above the headline"
    role, why = ROLE_OF_KIND.get(kind, (Role.OTHER, ""))
    if role is not Role.OTHER or (why and not is_page):
        return role, why
    role = Role.FURNITURE if is_page else Role.OTHER
    return role, f"{kind.value} line {'above' if is_above else 'below'} the article"


def _may_be_kicker(page: Page, i: int) -> bool:
    """Whether a line is long enough for a kicker and no longer, and neither an outlet's name, a menu, nor in a list."""
    text, vocab = page.texts[i], page.settings.vocab
    sections = sum([word in vocab.sections for word in page.keys[i].split()])
    return (
        len(text) <= MAX_KICKER_CHARS
        and text.count(" ") >= max(MIN_KICKER_SPACES, 2 * sections)
        and page.kinds[max(0, i - 1) : i] != [Kind.SHORT]
    )


def _settle_language(page: Page) -> None:
    """Settle the language. The first line with a field gives it."""
    start = page.stretch.start
    roles = page.roles[start : start + LANGUAGE_SAMPLE_LINES]
    if Role.BODY in roles:
        first = start + roles.index(Role.BODY)
        said = " ".join([page.texts[i] for i, role in enumerate(roles, start) if role is Role.BODY])
    elif page.headline is not None:
        first = page.headline
        said = page.texts[first]
    else:
        return
    page.give(first, language=detect(said, page.settings.vocab))
