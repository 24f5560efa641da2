"""The header: each slot above the body (headline, standfirst, times, byline, section) gets its best line.

Knows the kinds of lines and where the body is. Chooses byline and standfirst itself; the other slots are filled by
`newsparse.layout.headline`, `newsparse.layout.stamps` and `newsparse.layout.rubrics`. Decides nothing about the body.
"""

from __future__ import annotations

from typing import NamedTuple

from newsparse.layout.again import Again
from newsparse.layout.headline import find_headline
from newsparse.layout.page import Page
from newsparse.layout.rubrics import find_section
from newsparse.layout.stamps import find_times
from newsparse.names import byline
from newsparse.names.lexicon import is_arabic
from newsparse.record import Kind

MAX_ROLE_CHARS = 60  # characters
MAX_LINES_TO_NAME = 6  # lines below the headline, of which one may be its writer's name
MAX_REPEATED_BYLINE_CHARS = 40  # characters at the beginning of the text, in which a byline may be printed again
MAX_LINES_TO_COLUMNIST = 2  # lines above the headline, of which one may be a columnist's name
MAX_LINES_AWAY = 3  # lines
MIN_PHRASE_SPACES = 4  # in a phrase
MAX_ENTRY_CHARS = 29  # characters of a line that makes a list of names with the one above
MIN_OPEN_STANDFIRST_CHARS, MIN_OPEN_STANDFIRST_SPACES = 30, 5  # that no full stop ends
MIN_STANDFIRST_IN_BODY_CHARS = 40  # characters of a standfirst that is the body's first line
MIN_LONGER_RATIO = 1.5
CREDIT_KINDS = frozenset({Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.SHORT})


class Slots(NamedTuple):
    """The index of the line in each slot, or None; `why` has the reasons for the headline."""

    headline: int | None
    why: str
    published: int | None
    updated: int | None
    bylines: tuple[int, ...]
    standfirst: int | None
    section: int | None
    again: Again


def read(page: Page) -> Slots:
    """Which line above the body, or right below it, fills which slot."""
    again = Again.of(page)
    headline, why = find_headline(page, again)
    published, updated = find_times(page, headline)
    anchors = [i for i in (headline, published) if i is not None]
    bylines = find_bylines(page, headline, published, min(anchors, default=0))
    taken = {headline, published, updated, *bylines}
    standfirst = find_standfirst(page, headline, taken, again)
    section = find_section(page, headline, anchors, again)
    return Slots(headline, why, published, updated, bylines, standfirst, section, again)


# Bylines ----------------------------------------------------------------------------------------------------------


def find_bylines(page: Page, headline: int | None, published: int | None, top: int) -> tuple[int, ...]:
    """The lines with agency, authors and place: near the headline and the time, or below the body."""
    near = [i for kind in (Kind.BYLINE, Kind.NAME) for i in page.of_kind(kind) if top - 2 <= i < page.stretch.start]
    found = [i for i in sorted(near) if _is_byline(i, page, headline, published)]
    found = _without_subjects(_without_photographers(found, page), page, headline)
    found = _without_stray_places(found, page, headline)
    if found and not any(page.founds[i].agencies for i in found):  # the reporter above, the agency below
        found += [i for i in find_signature(page) if page.founds[i].agencies]
    return tuple(found) or find_signature(page) or find_columnist(page, headline)


def _is_byline(i: int, page: Page, headline: int | None, published: int | None) -> bool:
    """Whether the line credits somebody, by its words or by its position."""
    if _is_office_holder(i, page, headline):
        return False
    if page.kinds[i] is Kind.BYLINE:
        return not _is_logo(i, page, headline, published)
    return i != headline and _is_credited(i, page, headline, published)


def _is_office_holder(i: int, page: Page, headline: int | None) -> bool:
    """Whether the line names the editor in chief: below «رئيس التحرير», above the headline."""
    if not i or (headline is not None and i > headline):
        return False
    return byline.label(page.keys[i - 1], page.settings.vocab) == "office"


def _without_stray_places(found: list[int], page: Page, headline: int | None) -> list[int]:
    """The lines without places where nobody is credited, as below pictures, and without the twin of a place in another
    alphabet than the headline's."""
    places = [i for i in found if page.founds[i].location == page.texts[i]]
    if headline is None or not places:
        return found
    if len(found) == 1:
        return []
    script = is_arabic(page.texts[headline])
    if any(page.founds[i].location and is_arabic(page.founds[i].location) == script for i in found):
        places = [i for i in places if is_arabic(page.texts[i]) != script]
        return [i for i in found if i not in places]
    return found


def _is_logo(i: int, page: Page, headline: int | None, published: int | None) -> bool:
    """Whether an outlet's name stands alone, away from the headline below it and from the time: it is the site's."""
    if headline is None or i + 1 >= headline or published in (i - 1, i + 1):
        return False
    credit = page.founds[i]
    return not (credit.authors or credit.location) and len(credit.agencies) == 1


def _without_photographers(found: list[int], page: Page) -> list[int]:
    """The lines without those that are a person in brackets, where another line credits a person: a picture's."""
    authored = [i for i in found if page.founds[i].authors]
    bare = {i for i in authored if page.texts[i][0] == "(" and page.kinds[i] is Kind.NAME}
    if not bare or len(bare) == len(authored):
        return found
    return [i for i in found if i not in bare or page.founds[i].agencies or page.founds[i].location]


def _without_subjects(found: list[int], page: Page, headline: int | None) -> list[int]:
    """The lines without bare names of which headline or text tell, that stand twice in a row, or which no list
    knows where a byline is: the text of a picture, «نقيب الأطباء»."""
    bare = [i for i in found if page.kinds[i] is Kind.NAME and not (page.founds[i].agencies or page.founds[i].location)]
    if not bare:
        return found
    is_credited = any(page.kinds[i] is Kind.BYLINE and page.founds[i].authors for i in found)
    title, told = page.keys[headline] if headline is not None else "", page.opening
    strange = {
        i
        for i in bare
        if (is_credited and not page.founds[i].known)
        or page.keys[i] in (page.keys[i - 1 : i] + page.keys[i + 1 : i + 2])
        or (" " in page.keys[i] and (page.keys[i] in title or told.find(page.keys[i]) > MAX_REPEATED_BYLINE_CHARS))
    }
    return [i for i in found if i not in strange]


def find_signature(page: Page) -> tuple[int, ...]:
    """The byline right below the body, or below the time there. A name without a credit word has to be alone."""
    kinds, end = page.kinds, page.stretch.end
    for i in range(end, min(end + MAX_LINES_AWAY, len(kinds))):
        if kinds[i] is Kind.BYLINE:
            return (i,)
        if kinds[i] is Kind.NAME:
            is_listed = (
                i + 1 < len(kinds) and kinds[i + 1] in CREDIT_KINDS and len(page.texts[i + 1]) <= MAX_ENTRY_CHARS
            )
            return () if is_listed and not page.founds[i].role else (i,)
        is_label = byline.label(page.keys[i], page.settings.vocab) in ("author", "source")  # «المصدر:» on its own
        if kinds[i] not in (Kind.STAMP, Kind.CLOCK) and any(map(str.isalnum, page.texts[i])) and not is_label:
            break
    return ()


def find_columnist(page: Page, headline: int | None) -> tuple[int, ...]:
    """A person with a listed given name, right above or below the headline, if nobody else is credited."""
    if headline is None:
        return ()
    above = range(headline - 1, max(-1, headline - 1 - MAX_LINES_TO_COLUMNIST), -1)
    below = range(headline + 1, min(headline + 1 + MAX_LINES_TO_NAME, page.stretch.start))
    for i in (*above, *below):
        is_person = page.kinds[i] is Kind.NAME and page.founds[i].known and page.founds[i].authors
        if is_person and not _is_office_holder(i, page, headline):
            return tuple(_without_subjects([i], page, headline))
    return ()


def _is_credited(i: int, page: Page, headline: int | None, published: int | None) -> bool:
    """Whether a line that only looks like a name has the position of a byline."""
    if i and byline.label(page.keys[i - 1], page.settings.vocab):
        return True
    neighbours = {i - 1, i + 1}
    if headline is not None and i < headline:
        return bool(page.founds[i].agencies) and published in neighbours
    if _is_role(page, i + 1) or (i and _is_role(page, i - 1)) or _is_person_beside_place(page, i):
        return True
    if page.founds[i].is_doubtful():
        return False  # «وجهة نظر»: its place alone makes no person of two words
    beside = [page.kinds[k] for k in neighbours if 0 <= k < len(page.kinds)]
    echoed = headline is not None and i > 0 and page.keys[i - 1] == page.keys[headline]
    return (
        echoed or headline in neighbours or i + 1 == page.stretch.start or Kind.STAMP in beside or Kind.BYLINE in beside
    )


def _is_person_beside_place(page: Page, i: int) -> bool:
    """Whether line `i` and a line beside it are a listed name and a place: the writer and the place."""
    for k in (i - 1, i + 1):
        if 0 <= k < page.stretch.start and page.kinds[k] is Kind.NAME:
            one, other = page.founds[i], page.founds[k]
            if (one.known and one.authors and other.location) or (other.known and other.authors and one.location):
                return True
    return False


def _is_role(page: Page, i: int) -> bool:
    """Whether line `i` describes the person beside it: «صحافية من تونس»."""
    if not i < page.stretch.start or page.kinds[i] is not Kind.SHORT or len(page.texts[i]) > MAX_ROLE_CHARS:
        return False
    return page.keys[i].partition(" ")[0] in page.settings.vocab.roles


# Standfirst -------------------------------------------------------------------------------------------------------


def find_standfirst(page: Page, headline: int | None, taken: set[int | None], again: Again) -> int | None:
    """A sentence between the headline and the slots below it, or the first sentence of the body, if it is apart."""
    if headline is None:
        return None
    keys = page.keys
    beside = True  # only headline and echoes in between
    for i in range(headline + 1, page.stretch.start):
        if i in taken or keys[i].startswith(keys[headline]):
            continue
        if page.prose[i] or (beside and _is_phrase(i, page) and again.counts[keys[i]] == 1):
            return None if _is_among_captions(i, page) else i
        beside = False
    return _standfirst_in_body(page, headline)


def _is_among_captions(i: int, page: Page) -> bool:
    """Whether the phrase is below a timestamp or byline, with another phrase right below it: captions."""
    kinds = page.kinds
    if page.prose[i] or kinds[i - 1] not in (Kind.STAMP, Kind.BYLINE):
        return False
    following = page.texts[i + 1] if kinds[i + 1 : i + 2] == [Kind.SHORT] else ""
    return following.count(" ") >= MIN_PHRASE_SPACES and len(page.texts[i]) < MIN_LONGER_RATIO * len(following)


def _is_phrase(i: int, page: Page) -> bool:
    """Whether the line is longer than a caption or a link, but has no full stop."""
    return (
        page.kinds[i] is Kind.SHORT
        and len(page.texts[i]) >= MIN_OPEN_STANDFIRST_CHARS
        and page.texts[i].count(" ") >= MIN_OPEN_STANDFIRST_SPACES
    )


def _standfirst_in_body(page: Page, headline: int) -> int | None:
    """The first line of the body, if it is one short sentence, and longer ones follow."""
    start, end, _ = page.stretch
    texts = page.texts
    if start < end and page.keys[start] == page.keys[headline]:
        return None
    if end - start > 1 and texts[start] == texts[start + 1]:
        return start
    size = len(texts[start]) if end - start > 2 else 0
    if size < MIN_STANDFIRST_IN_BODY_CHARS or page.kinds[start] is not Kind.SENTENCE:
        return None
    rest = [len(texts[i]) for i in range(start + 1, end) if page.prose[i]]
    if len(rest) < 2 or size * MIN_LONGER_RATIO >= rest[0]:
        return None
    return start if size * MIN_LONGER_RATIO < sorted(rest)[len(rest) // 2] else None
