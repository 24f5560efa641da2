"""From the tags of a page to the lines that a person sees, block by block, with what the tags say of each line.

Takes the events of a parser, one at a time, and never holds a tree: memory and time grow with the text alone, however
deep the elements are nested. Knows which elements are blocks, which are not shown, microdata, microformats, and the
names of classes that content systems share; no name is an outlet's. Does not know what a line is in its article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from newsparse.markup import STRANGE_AREAS, LineTags


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What the tags mean ---------------------------------------------------------------------------------------------------

GAPPED = _set("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote figure table pre hr article section main")  # with margins
BLOCKS = GAPPED | _set(
    "address aside body button caption center dd details dialog dir div dt fieldset figcaption footer form frameset"
    " header html label legend li listing menu nav option optgroup summary tbody td textarea tfoot th thead tr"
    " amp-sidebar amp-accordion hgroup search"
)
UNSEEN = _set(
    "script style template noscript noframes iframe object embed applet video audio canvas svg select datalist"
    " title meta link base area map param source track rp amp-analytics amp-ad amp-embed amp-iframe"
)
SCREEN_READERS = _set(  # classes whose text style sheets hide from those who see
    "sr-only screen-reader-text visually-hidden visuallyhidden screen-reader-only element-invisible"
    " visually-hidden-focusable u-visually-hidden screenreader-only"
)
PREFORMATTED = frozenset({"pre", "textarea", "listing"})
APART = frozenset({"a", "time"})  # inline elements that stand apart from one beside them
AREAS_OF_TAGS = {
    **{name: name for name in ("nav", "header", "footer", "aside", "figure", "figcaption", "article", "main")},
    **{name: name for name in ("button", "label", "legend", "option", "textarea", "summary")},
    **{"blockquote": "blockquote", "table": "table", "amp-sidebar": "nav", "menu": "nav", "dialog": "dialog"},
}
_OF_SITE = r"(?!(?:news|article|post|entry|story) )(?:\w{1,40} ){0,9}"
_OF_MENU = "bar|menu|links?|items?|container|wrapper|list|main|header|inner|block|top|left|right|desktop|mobile|\\d+"
AREAS_OF_NAMES = tuple(  # the area, and the words of a class or id that name it
    (area, re.compile(rf"(?:^| )(?:{words})(?:$| )"))
    for area, words in (
        ("breadcrumb", "bread ?crumbs?|breadcumbs?"),
        ("comments", "comments?|commentlist|respond|disqus(?: thread)?"),
        ("related", "related|recommend(?:ed|ations?)?|most (?:read|viewed|popular)|trending|popular"),
        ("related", "read (?:also|next|more)|(?:also|see) (?:read|also)|more (?:news|stories|from)"),
        ("related", "latest(?: news| posts)?|taboola|outbrain"),
        ("share", "shar(?:e|ing)|social|sharedaddy|addtoany|follow(?: us)?"),
        ("newsletter", "newsletter|subscribe|cookies?|consent|gdpr|popup"),  # the class paywall is around the article
        ("advertisement", "advert(?:isement)?|ads?|ad banner"),
        (
            "logo",
            "(?:site |header )?logo|site (?:title|name|branding|description)|logo (?:area|wrapper)|navbar brand",
        ),
        ("sidebar", "sidebar|side bar|right rail|widget area"),
        ("nav", rf"^(?:{_OF_SITE})(?:menu|navbar|navigation|nav|topbar|top bar)(?: (?:{_OF_MENU}))*$|pagination|pager"),
        ("author box", "(?:about|author) (?:the )?(?:author|box|bio|card)|authorbox"),
        ("caption", "(?:wp )?caption(?: text)?|figcaption|photo credit|image (?:credit|source)"),
        ("tags", "(?:hash )?tags?|hashtags?|tag (?:list|links|cloud)|tags (?:list|links)|keywords|topics"),
        ("body", "(?:article|entry|post|story|news|node|single|details?)(?: field)? ?(?:body|content|text|txt)"),
        ("body", "articlebody|article full text|field name body|the content|body text|content body|text body"),
        (
            "footer",
            "(?<!post )(?<!entry )(?<!article )(?<!story )(?<!card )(?<!headline )(?<!header )(?<!title )footer"
            "|colophon|copyright",
        ),
    )
)
META_BLOCKS = re.compile(  # blocks whose inline elements stand apart: author, time, section, counters
    r"(?:^|[ _-])(?:meta|info|infos|submitted|dateline|details|signature|credits?|bar)(?:$|[ _-])", re.IGNORECASE
)
META_NAMES = re.compile(  # parts of a line that are lines of their own
    r"(?:^|[ _-])(?:date|time|author|byline|writer|reporter|source|category|section|published|posted"
    r"|kicker|overline|topline|headline)(?:$|[ _-])",
    re.IGNORECASE,
)
NO_AREA = re.compile(  # such words say what the page has, or which page it is
    r"^(?:(?:has|with|without|no|is|not|single|layout|page template|category)\b|tags? (?!list|links|cloud))"
)
MARKS_OF_NAMES = re.compile(
    r"(?:^|[ _-])(?:(?P<author>author(?:[_-]{1,2}(?:name|link))?|by-?line(?:[_-]{1,2}(?:name|author))?|writer)"
    r"|(?P<published>entry-date|published|dtstamp|pubdate|date-published)|(?P<updated>updated|modified|date-modified)"
    r"|(?P<section>cat(?:egory)?-links?|category-name|(?:article|post|entry)-(?:section|category))"
    r"|(?P<headline>entry-title|article-title|post-title|headline|p-name))(?:$| )",
    re.IGNORECASE,
)
MARKED_LINKS = {".tags": "tag", ".breadcrumb": "step"}  # what the links of an area are
MARKS_OF_LINKS = {"author": "author", "category": "section", "tag": "tag"}
MARKS_OF_PROPERTIES = {
    "headline": "headline",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "articlesection": "section",
    "keywords": "tag",
}


MAX_PAGE_LINES = 400_000  # that are kept; more are no page
MAX_PAGE_LINE_CHARS = 4_000_000
MAX_JOINED_CELL_CHARS = 200  # of a cell that is put on one line with the cells beside it
MAX_CONTAINERS = 6  # the innermost blocks that a line stands in, which are kept
MAX_META_CHARS = 160  # of a line with author, time and section
MAX_MARK_CHARS = 300  # of a marked text, of a style, and of the class and id of an element
MAX_MARKS = 50  # of a line
TIME_MARKS = frozenset({"published", "updated", "time"})

# block, areas, containers, open links, mark, first marked piece, whether it is a block, whether it stands apart
OpenElement = tuple[str, tuple[str, ...], tuple[int, ...], int, str, int, bool, bool]

_IS_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = re.compile(r"[-_]+")
_SPACES = re.compile(r"[^\S\u3000]+")  # white space that is shown as one space
_KEPT_LINES = re.compile("\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


class PageLines:
    """Collects the lines of a page from the events of its parser."""

    def __init__(self, told: Callable[[str, str, str], None]) -> None:
        """No lines yet. `told` gets what an element states of the article: the statement, the tag, the value."""
        self.texts: list[str] = []  # the lines; an empty one where the page has a gap
        self.tags: list[LineTags | None] = []  # what the tags say of each; None for an empty line
        self.fault = ""  # what is wrong with a page that is not read to its end
        self._count = 0
        self._told = told
        self._pieces: list[str] = []
        self._linked_chars = 0
        self._marks: list[tuple[str, str]] = []
        self._stack: list[OpenElement | None] = []
        self._block, self._links, self._mark, self._marked_from = "body", 0, "", 0
        self._areas: tuple[str, ...] = ()
        self._blocks = 0
        self._inside: tuple[int, ...] = ()
        self._is_meta_block = False
        self._tag = ""
        self._inner = 0  # the depth of the element inside a marked one that has the name alone
        self._hidden = 0  # elements that are open and not shown
        self._gap = False
        self._closed_apart = False  # an element that stands apart has just ended
        self._parts: list[tuple[int, int]] = []  # of the line: the first piece and mark of each element that does
        self._parts_open = 0
        self._is_bare = self._is_meta = False  # whether words stand outside; whether one is author, time or section
        self._rows: list[list[int]] = []  # of the open tables: where the cells of their last rows begin

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._hidden or tag in UNSEEN or ((attributes or tag == "dialog") and _is_hidden(tag, attributes)):
            self._hidden += 1
            return
        if tag == "br":  # the line ends; a second break leaves a gap
            before = len(self.texts)
            self.flush()
            self._gap = self._gap or len(self.texts) == before
            self._stack.append(None)
            return
        is_block = tag in BLOCKS
        is_apart = not is_block and (tag in APART or "class" in attributes or self._is_meta_block)
        if is_apart and self._closed_apart:
            self._pieces.append(" ")
        if not is_block and not is_apart and not attributes:
            self._stack.append(None)
            return
        self._stack.append(
            (self._block, self._areas, self._inside, self._links, self._mark, self._marked_from, is_block, is_apart)
        )  # to come back to
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:MAX_MARK_CHARS] if attributes else ""
        if is_block:
            self.flush()
            self._gap = self._gap or tag in GAPPED
            self._block = tag
            self._is_meta_block = len(names) > 1 and META_BLOCKS.search(names) is not None
            self._blocks += 1
            self._inside = (*self._inside[1 - MAX_CONTAINERS :], self._blocks)
            named = _area_of(names) if len(names) > 1 and tag not in ("html", "body") else ""
            for area in (AREAS_OF_TAGS.get(tag, ""), named):
                if area and area not in self._areas:
                    self._areas = (*self._areas, area)
        elif is_apart:
            if not self._parts_open:
                self._parts.append((len(self._pieces), len(self._marks)))
            self._parts_open += 1
            self._is_meta = self._is_meta or self._is_meta_block or tag == "time" or bool(META_NAMES.search(names))
        self._links += tag == "a" and "href" in attributes
        is_name = tag == "a" or attributes.get("itemprop") == "name"
        if is_name and self._mark in ("author", "section"):  # what is inside says it better
            self._marked_from = len(self._pieces)
            self._inner = len(self._stack)
        elif tag == "a" and not self._mark and (area := next(filter(MARKED_LINKS.get, self._areas), "")):
            self._mark, self._marked_from = MARKED_LINKS[area], len(self._pieces)
        elif attributes and not self._mark and (mark := _mark_of(tag, names, attributes)):
            self._mark, self._tag, self._marked_from = mark, _printed(tag, attributes), len(self._pieces)
            self._tell(mark, attributes)
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append(len(self.texts))
        elif tag == "table":
            self._rows.append([])

    def data(self, text: str) -> None:
        """Text of the element that was begun last."""
        if self._hidden:
            return
        self._pieces.append(text)
        self._closed_apart = False
        if not self._parts_open and not self._is_bare:
            self._is_bare = any(map(str.isalnum, text))
        if self._links:
            self._linked_chars += len(text) - text.count(" ")

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._hidden:
            self._hidden -= 1
            return
        state = self._stack.pop() if self._stack else None
        if state is None:
            self._closed_apart = False
            return
        block, areas, inside, links, mark, marked_from, is_block, is_apart = state
        if self._mark and (not mark or self._inner > len(self._stack)) and not is_block:
            self._inner = 0
            self._add_mark()
        if is_block:
            self.flush()
            self._gap = self._gap or tag in GAPPED
            if tag == "table":
                del self._rows[-1:]
            elif tag == "tr" and self._rows:
                self._join_cells(self._rows[-1])
                self._rows[-1] = []
            self._is_meta_block = False
        elif is_apart:
            self._parts_open -= 1
        self._closed_apart = is_apart
        self._block, self._areas, self._inside = block, areas, inside
        self._links, self._mark, self._marked_from = links, mark, marked_from

    def _tell(self, mark: str, attributes: Mapping[str, str]) -> None:
        """Pass on a value that stands in an attribute, such as ``datetime``, and not in the text."""
        value = attributes.get("datetime") or attributes.get("content")
        if value:
            if STRANGE_AREAS.isdisjoint(self._areas):
                self._told(mark, self._tag, value)
            if mark in TIME_MARKS and len(self._marks) < MAX_MARKS:
                self._marks.append(("time", value[:MAX_MARK_CHARS]))

    def _add_mark(self) -> None:
        some = self._pieces[self._marked_from : self._marked_from + MAX_MARK_CHARS]
        text = " ".join("".join(some)[:MAX_MARK_CHARS].split())
        if text and self._mark not in TIME_MARKS and len(self._marks) < MAX_MARKS:
            self._marks.append((self._mark, text))

    def flush(self) -> None:
        """The pieces since the last line make a line, if they have a text."""
        text = "".join(self._pieces)
        if len(text) > MAX_PAGE_LINE_CHARS:
            self.fault = f"a line of more than {MAX_PAGE_LINE_CHARS:,} characters, hardly news; check the file"
        elif text and not text.isspace():
            is_linked = 0 < self._linked_chars >= 0.9 * (len(text) - text.count(" "))
            if self._block in PREFORMATTED:
                for line in _KEPT_LINES.split(text):
                    self._add_line(line, is_linked, self._marks)
            elif len(self._parts) > 1 and self._is_meta and not self._is_bare and len(text) <= MAX_META_CHARS:
                self._parts[0] = (0, 0)  # only author, time and section, and signs between them: a line for each
                ends = [*self._parts[1:], (len(self._pieces), len(self._marks))]
                for (start, first), (end, last) in zip(self._parts, ends, strict=True):
                    self._add_line("".join(self._pieces[start:end]), is_linked, self._marks[first:last])
            else:
                self._add_line(text, is_linked, self._marks)
        self._pieces.clear()
        self._marks.clear()
        self._parts.clear()
        self._linked_chars = self._marked_from = 0
        self._closed_apart = self._is_bare = self._is_meta = False

    def _add_line(self, text: str, is_linked: bool, marks: Sequence[tuple[str, str]]) -> None:
        text = _SPACES.sub(" ", text).strip()
        if not text:
            self._gap = self._gap or self._block in PREFORMATTED
            return
        self._count += 1
        if self._count > MAX_PAGE_LINES:
            self.fault = f"more than {MAX_PAGE_LINES:,} lines, hardly news; check the file"
            return
        if self._gap and self.texts:
            self.texts.append("")
            self.tags.append(None)
        self._gap = False
        all_marks = (*marks, *(((self._mark, text[:MAX_MARK_CHARS]),) if self._mark else ()))
        self.texts.append(text)
        self.tags.append(LineTags(self._block, self._areas, is_linked, all_marks, self._inside))

    def _join_cells(self, starts: Sequence[int]) -> None:
        """Put the cells of a row on one line, if each of them has one line at most, and that is short."""
        if not starts or len(self.texts) - starts[0] > 2 * len(starts):  # with the gaps between them
            return
        ends = [*starts[1:], len(self.texts)]
        cells = [[i for i in range(*cell) if self.texts[i]] for cell in zip(starts, ends, strict=True)]
        filled = [i for cell in cells for i in cell]
        texts, tags = [self.texts[i] for i in filled], [found for i in filled if (found := self.tags[i])]
        if (
            len(filled) < 2
            or any(len(cell) > 1 for cell in cells)
            or any(len(text) > MAX_JOINED_CELL_CHARS for text in texts)
            or any(found.block[0] == "h" for found in tags)
        ):
            return
        del self.texts[filled[0] :], self.tags[filled[0] :]
        marks = tuple(mark for found in tags for mark in found.marks)[:MAX_MARKS]
        is_linked = all(found.is_linked for found in tags)
        self.texts.append(" | ".join(texts))
        self.tags.append(LineTags("tr", tags[0].areas, is_linked, marks, tags[0].inside))


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether the element is not shown, by its attributes or by a class that style sheets hide."""
    if tag in ("html", "body"):  # which scripts show later
        return False
    hidden = attributes.get("hidden")
    if (hidden is not None and hidden.lower() != "until-found") or (tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    if style and _IS_HIDDEN.search(style[:MAX_MARK_CHARS]):
        return True
    names = attributes.get("class", "")
    return names != "" and not SCREEN_READERS.isdisjoint(names[:MAX_MARK_CHARS].lower().split())


@lru_cache(maxsize=4096)
def _area_of(names: str) -> str:
    """The area that the class and id of an element name, such as ``.related``; empty if they name none."""
    for name in names.split():
        words = _SIGNS.sub(" ", _CAMEL.sub(" ", name)).lower().strip()
        for area, words_of_area in AREAS_OF_NAMES:
            if words_of_area.search(words) and (area == "body" or not NO_AREA.match(words)):
                return f".{area}"
    return ""


def _mark_of(tag: str, names: str, attributes: Mapping[str, str]) -> str:
    """What the attributes of an element say that its text is; empty if they say nothing."""
    for attribute, marks in (("itemprop", MARKS_OF_PROPERTIES), ("rel", MARKS_OF_LINKS)):
        named = attributes.get(attribute, "").lower().split()
        if mark := next((mark for name, mark in marks.items() if name in named), ""):
            return mark
    found = MARKS_OF_NAMES.search(names) if len(names) > 1 else None
    mark = (found.lastgroup or "") if found else ""
    if tag == "time" and "datetime" in attributes:
        return "published" if "pubdate" in attributes else mark if mark in TIME_MARKS else "time"
    return mark if mark not in TIME_MARKS else ""


def _printed(tag: str, attributes: Mapping[str, str]) -> str:
    """The tag with the attribute that marks it, as reasons name it: ``<span itemprop=author>``."""
    for name in ("itemprop", "rel"):
        if attributes.get(name):
            return f"<{tag} {name}={attributes[name][:40]}>"
    return f"<{tag} datetime>" if "datetime" in attributes else f"<{tag} class={attributes.get('class', '')[:40]}>"
