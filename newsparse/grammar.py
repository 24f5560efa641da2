"""From kinds to roles: what each line is in its article, and which fields of the record it settles.

    text      = { article } ;
    article   = { header line }, body, { line below } ;
    header    = headline | echo | published | updated | byline | section | standfirst | furniture | caption | … ;
    body      = paragraph, { paragraph | sub-head | box | caption | furniture } ;
    box       = heading, { short line | timestamp } ;
    below     = hashtags | tag label, { tag } | byline | timestamp | furniture | … ;

Knows the whole article at last. Each line gets its role and its reason here, with the fields that it settles;
`newsparse.record` adds them up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from newsparse import body, byline, header, headline, taglists, tags, when
from newsparse.article import Kind, Line, Role, new_line
from newsparse.language import detect
from newsparse.lines import SENTENCE_ENDS, Steps
from newsparse.names import agency
from newsparse.record import one_line
from newsparse.vocab import Settings
from newsparse.wrap import joined

LONGEST_SUBHEAD = 60  # characters of an unpunctuated line among sentences; a longer one is a caption
SAMPLE = 5  # lines of the body whose language is the article's

ROLE_OF_KIND = {
    Kind.STAMP: (Role.TIMESTAMP, "a time that is not the article's"),
    Kind.CLOCK: (Role.TIMESTAMP, "a clock without its date"),
    Kind.CAPTION: (Role.CAPTION, ""),
    Kind.FURNITURE: (Role.FURNITURE, ""),
    Kind.FURNITURE_HEAD: (Role.FURNITURE, ""),
    Kind.SECTION: (Role.FURNITURE, "a rubric, not the article's"),
    Kind.SEPARATOR: (Role.FURNITURE, ""),
    Kind.END: (Role.OTHER, ""),
    Kind.TAG_LABEL: (Role.FURNITURE, ""),
    Kind.BYLINE: (Role.OTHER, "a byline away from the header"),
    Kind.NAME: (Role.OTHER, "a name away from the header"),
}


class Page:
    """The lines of one article while their roles are being settled."""

    def __init__(self, lines: Sequence[Line], kinds: list[Kind], stretch: body.Stretch, settings: Settings) -> None:
        """All lines of the article and their kinds, none of them settled, and where its body is."""
        self.lines = list(lines)
        self.kinds = kinds
        self.others = [i for i, kind in enumerate(kinds) if kind not in body.PROSE]
        self.stretch = stretch
        self.settings = settings
        self.open = [True] * len(lines)
        self.is_credited = False  # whether a line gives an agency

    def settle(self, i: int, role: Role, why: str, gives: dict[str, Any] | None = None) -> None:
        """Line `i` is `role`, and nothing else from now on."""
        number, text, key, kind, _, reason, _, found = self.lines[i]
        self.lines[i] = new_line((number, text, key, kind, role, why or reason, gives, found))
        self.open[i] = False
        if gives and gives.get("agencies"):
            self.is_credited = True

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of headline and prose, folded: what tags that were run together are cut by."""
        return tags.words_of(line.text for line in self.lines if line.kind in body.PROSE or line.role is Role.HEADLINE)

    @cached_property
    def is_punctuated(self) -> bool:
        """Whether the body's paragraphs end as sentences do, so that a line that does not is a stranger."""
        start, end, _ = self.stretch
        prose = [line.text for line in self.lines[start:end] if line.kind is Kind.PARAGRAPH]
        ended = sum(text.rstrip("\"'»”’) ")[-1:] in SENTENCE_ENDS + ":" for text in prose)
        return ended >= 0.8 * len(prose) > 0


def explained(lines: Sequence[Line], settings: Settings) -> list[Line]:
    """The lines of one article, each with its role, its reason and the fields that it gives."""
    lines = joined(lines, settings)
    kinds = [line.kind for line in lines]
    lines = header.with_labels(lines, kinds, settings.vocab)
    stretch = headline.cut_off(lines, body.find(lines, kinds))
    slots = header.read(lines, stretch, settings.vocab)
    page = Page(lines, kinds, stretch, settings)
    _settle_header(page, slots)
    _settle_echoes(page, slots)
    _settle_tags(page)
    _settle_body(page, slots)
    _settle_rest(page, slots)
    _settle_closing(page)
    _settle_language(page, slots)
    return page.lines


# The roles, from the header down ----------------------------------------------------------------------------------


def _settle_header(page: Page, slots: header.Slots) -> None:
    lines = page.lines
    if slots.headline is not None:
        page.settle(slots.headline, Role.HEADLINE, slots.why)
    for i in slots.bylines:
        credit = lines[i].found
        page.settle(i, Role.BYLINE, credit.why, credited(credit, lines[i].text))
    if slots.published is not None:
        _settle_time(page, slots.published, Role.PUBLISHED)
    if slots.updated is not None:
        _settle_time(page, slots.updated, Role.UPDATED)
    if slots.standfirst is not None:
        page.settle(slots.standfirst, Role.STANDFIRST, "a sentence between headline and body")
    if slots.section is not None and page.open[slots.section]:
        gives = _rubric(lines[slots.section])
        page.settle(slots.section, Role.SECTION, "the rubric nearest to the headline", gives)


def _rubric(line: Line) -> dict[str, Any] | None:
    """What a breadcrumb gives: its last rubric; all of it is also among what is dropped, for the way is in no field."""
    if not isinstance(line.found, Steps):
        return None
    return {"section": line.found.rubric, "dropped": ("furniture", one_line(line.text))}


def credited(credit: byline.Credit, printed: str) -> dict[str, Any]:
    """What a byline or dateline gives."""
    return {
        "agencies": credit.agencies,
        "authors": credit.authors,
        "location": credit.location,
        "byline": (one_line(printed),),
    }


def _settle_time(page: Page, i: int, role: Role) -> None:
    """A timestamp line, with what stands beside the time on it."""
    line = page.lines[i]
    stamp: when.Stamp = line.found
    gives: dict[str, Any] = {"published": stamp.published, "updated": stamp.updated, "warnings": stamp.warnings}
    if role is Role.UPDATED:
        del gives["published"]
    if stamp.rest:
        vocab = page.settings.vocab
        credit = byline.read(stamp.rest, vocab)
        if credit:
            gives |= credited(credit, line.text)
        elif stamp.rest.strip(" :|-") in vocab.spelled.get("sections", {}).values():
            gives["section"] = stamp.rest
        else:
            gives["dropped"] = ("other", stamp.rest)
    if stamp.published is None and stamp.updated is None:
        role = Role.TIMESTAMP
    elif len(stamp.published or "") == len("2024-09-17"):
        stamp = _with_clock(page, i, stamp)
        gives |= {"published": stamp.published, "warnings": stamp.warnings}
    page.settle(i, role, stamp.why, gives)


def _with_clock(page: Page, i: int, stamp: when.Stamp) -> when.Stamp:
    """The date with the clock that stands on a line beside it, or alone at the end of an agency's text."""
    lines = page.lines
    beside = [k for k in (i + 1, i - 1, i + 2) if 0 <= k < len(lines) and lines[k].kind is Kind.CLOCK]
    marks = [k for k in range(i, len(lines)) if lines[k].kind is Kind.END]
    after = range(marks[-1], min(marks[-1] + 3, len(lines))) if marks else range(max(0, len(lines) - 2), len(lines))
    ending = [k for k in after if lines[k].kind is Kind.CLOCK]
    for k in beside or ending[:1]:
        page.settle(k, Role.PUBLISHED, "the clock of the date", {})
        return when.join(stamp, lines[k].found.clock, page.settings)
    return stamp


def _settle_echoes(page: Page, slots: header.Slots) -> None:
    """The headline again, alone or with the site's name behind it."""
    if slots.headline is None:
        return
    key = page.lines[slots.headline].key
    for i in [i for i, line in enumerate(page.lines) if line.key.startswith(key)]:
        if page.open[i]:
            rest = page.lines[i].key[len(key) :]
            if not rest or rest.startswith(headline.SUFFIX_SIGNS) or not rest.strip(" .…"):
                page.settle(i, Role.ECHO, "the headline again")


def _settle_tags(page: Page) -> None:
    """Hashtags wherever they stand, and the lists that have a label or none."""
    for i in page.others:
        line = page.lines[i]
        if line.kind is Kind.TAGS and page.open[i]:
            _settle_hashtags(page, i, line.why, line.found)
    for i in page.others:
        if page.kinds[i] is Kind.TAG_LABEL and i >= page.stretch.end:
            page.settle(i, Role.FURNITURE, "label of the tags")
            for k in taglists.below_label(page.lines, page.open, i):
                _settle_hashtags(page, k, "below the label of tags", tags.of_list(page.lines[k].text))
    found, why = taglists.without_label(page.lines, page.open, page.stretch)
    for i in found:
        _settle_hashtags(page, i, why, tags.of_list(page.lines[i].text))


def _settle_hashtags(page: Page, i: int, why: str, found: tuple[str, ...]) -> None:
    if len(page.lines[i].text) <= tags.LONGEST_GLUED and any(map(tags.may_be_glued, found)):
        found = tuple(part for tag in found for part in tags.unglued(tag, page.words))
    page.settle(i, Role.HASHTAGS, why, {"hashtags": found})


def _settle_body(page: Page, slots: header.Slots) -> None:
    """The lines of the stretch: paragraphs, sub-heads, and the strangers among them."""
    start, end, _ = page.stretch
    prose = [i for i in range(start, end) if page.open[i] and page.kinds[i] in body.PROSE]
    _settle_prose(page, prose, slots)
    box = False
    for i in [i for i in page.others if start <= i < end and page.open[i]]:
        kind = page.kinds[i]
        box = box and page.kinds[i - 1] not in body.PROSE
        if kind is Kind.FURNITURE_HEAD:
            box = True
            page.settle(i, Role.FURNITURE, "")
        elif kind in (Kind.SHORT, Kind.NAME, Kind.SECTION) and not box:
            _settle_short_line(page, i)
        elif kind is Kind.SHORT or kind is Kind.NAME:
            page.settle(i, Role.FURNITURE, "in a box of other stories")


def _settle_prose(page: Page, prose: Sequence[int], slots: header.Slots) -> None:
    """The paragraphs; they were made as lines of the body, so only those that give more than their text are touched."""
    gives: dict[int, dict[str, Any]] = {}
    if prose and (opening := _opening(page, page.lines[prose[0]], slots)):
        gives[prose[0]] = opening
    for i in [i for i in prose if "#" in page.lines[i].text]:
        gives[i] = {**gives.get(i, {}), "inline_hashtags": tags.inside(page.lines[i].text)}
    for i in prose:
        page.open[i] = False
    for i, given in gives.items():
        page.settle(i, Role.BODY, "", given)


def _settle_short_line(page: Page, i: int) -> None:
    line = page.lines[i]
    if page.stretch.page and line.kind is Kind.SECTION:
        page.settle(i, Role.FURNITURE, "a rubric")
    elif page.stretch.page and len(line.text) > LONGEST_SUBHEAD and page.is_punctuated:
        page.settle(i, Role.CAPTION, "long, without a full stop among sentences")
    else:
        gives = {"inline_hashtags": tags.inside(line.text)} if "#" in line.text else None
        page.settle(i, Role.BODY, "short line of the body", gives)


def _opening(page: Page, line: Line, slots: header.Slots) -> dict[str, Any] | None:
    """What the dateline that opens the body gives, where the header did not say it."""
    gives: dict[str, Any] = {}
    credit = byline.dateline(line.text, page.settings.vocab)
    if credit is not None:
        gives = credited(credit, credit.printed)
        if slots.bylines:
            known = page.lines[slots.bylines[0]].found
            gives = {
                "agencies": () if known.agencies else credit.agencies,
                "authors": () if known.authors else credit.authors,
                "location": credit.location,
                "byline": () if slots.bylines[0] < page.stretch.start else (credit.printed,),
            }
    if slots.published is None:
        stamp = when.opening(line.text, page.settings)
        if stamp is not None:
            gives |= {"published": stamp.published, "warnings": stamp.warnings}
    return gives or None


def _settle_closing(page: Page) -> None:
    """The agency in brackets with which the last paragraph ends, where nothing else names one."""
    if page.is_credited:
        return
    last = next(
        (i for i in range(page.stretch.end - 1, page.stretch.start - 1, -1) if page.lines[i].role is Role.BODY), None
    )
    text = page.lines[last].text if last is not None else ""
    if last is not None and text.rstrip(" .")[-1:] == ")" and "(" in text[-40:]:
        start = text.rindex("(")
        name = agency(text[start:].strip("(). "), page.settings.vocab)
        if name:
            line = page.lines[last]
            gives = {**(line.gives or {}), "agencies": (name,), "byline": (text[start:],)}
            page.settle(last, Role.BODY, f"{line.why}; signed by «{name}»", gives)


def _settle_rest(page: Page, slots: header.Slots) -> None:
    """Whatever is left, by its kind and its side of the body."""
    stretch = page.stretch
    listed = stretch.page or Kind.STAMP in page.kinds[stretch.end :]
    for i, is_open in enumerate(page.open):
        if is_open:
            line = page.lines[i]
            role, why = ROLE_OF_KIND.get(line.kind, (Role.OTHER, ""))
            if line.kind is Kind.END and line.found and i <= stretch.end + 1:
                gives = {"agencies": (line.found,), "byline": (line.text,)}
                page.settle(i, Role.BYLINE, "signs the body", gives)
                continue
            if line.kind is Kind.SHORT and i < stretch.start and slots.again.counts[line.key] > 1:
                role, why = Role.CAPTION, "printed twice"
            elif role is Role.OTHER and (not why or listed):
                above = i < stretch.start
                role = Role.FURNITURE if listed else Role.OTHER
                why = f"{line.kind.value} line {'above' if above else 'below'} the article"
            page.settle(i, role, why)


def _settle_language(page: Page, slots: header.Slots) -> None:
    """The language, said by the first line that is in a field."""
    start = page.stretch.start
    said = [i for i in range(start, min(start + SAMPLE, len(page.lines))) if page.lines[i].role is Role.BODY]
    if not said and slots.headline is not None:
        said = [slots.headline]
    if said:
        line = page.lines[said[0]]
        language = detect(" ".join([page.lines[i].text for i in said]), page.settings.vocab)
        page.settle(said[0], line.role, line.why, {**(line.gives or {}), "language": language})
