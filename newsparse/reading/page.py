"""Reader of saved pages: from a page of HTML to the lines that a person sees, and what its tags say.

A file of HTML is one article, and so is the HTML in a field of a row. Knows the limits of a page, where it names its
encoding, the names under which publishers state headline, times, authors, section, keywords and language, and the
parser, which is lxml's (the extra ``newsparse[html]``). The parser passes on events and builds no tree, so that depth
costs nothing. Nothing is fetched, no script is run, and no entity is expanded but the named characters of HTML. Does
not know which line is the headline, nor which statements are used: see `newsparse.layout.evidence`.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Any

from lxml.etree import HTMLParser, LxmlError

from newsparse.markup import Fact, Markup
from newsparse.reading import read
from newsparse.reading.inputs import InputError
from newsparse.reading.pagelines import PageLines
from newsparse.reading.read import AUTO, Source, common_name, size_in_words
from newsparse.reading.rows import Row, RowStream
from newsparse.record import DecodeError, NewsparseError, WarningCode
from newsparse.text import BOMS, decode, fold

JsonObject = dict[str, Any]  # an object of JSON-LD

MAX_VALUE_CHARS = 1000  # of a statement; a longer one is left out
MAX_STATEMENTS = 100  # of one name
MAX_JSON_CHARS = 4 << 20  # of all JSON-LD of a page
MAX_NODES = 2000  # of JSON-LD that are looked at
TRUST = ("JSON-LD", "<meta", "<link", "<time", "<html", "<")  # the beginnings of tags, the most trusted first

META = {  # the property, name or itemprop of a meta tag: what it states
    "headline": "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline title",
    "published": "article:published_time article:published og:published_time datepublished pubdate publish-date"
    " publish_date publication_date publishdate published dc.date dc.date.issued dcterms.date dcterms.created"
    " dcterms.issued date sailthru.date parsely-pub-date article_date_original rnews:datepublished"
    " cxenseparse:recs:publishtime originalpublicationdate article.published datecreated",
    "updated": "article:modified_time article:modified og:updated_time lastmod last-modified last_modified"
    " dcterms.modified datemodified article.updated revised",
    "author": "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl article.author",
    "section": "article:section parsely-section articlesection section cxenseparse:recs:category",
    "keyword": "article:tag news_keywords parsely-tags sailthru.tags keywords",
    "language": "og:locale inlanguage content-language dc.language",
    "url": "og:url",
    "site": "og:site_name application-name",
    "description": "og:description description twitter:description dc.description",
}
STATED_BY = {name: statement for statement, names in META.items() for name in names.split()}
KEYS = {  # the keys of an article in JSON-LD: what they state
    "headline": "headline",
    "name": "headline",
    "datePublished": "published",
    "dateModified": "updated",
    "author": "author",
    "creator": "author",
    "articleSection": "section",
    "keywords": "keyword",
    "inLanguage": "language",
    "description": "description",
    "publisher": "site",
}
SINGLE_KEYWORD = "article:tag"  # stated once for each keyword, which may hold commas
ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "WebPage"})  # and *Article
_COMMAS = re.compile("[,،;؛|、]")
_WRAPPED = re.compile(
    r"^\s{0,99}(?:<!--|//\s{0,9}<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|//\s{0,9}\]\]>|/\*\]\]>\*/|\]\]>)\s{0,9};?\s{0,99}$"
)


class PageFacts:
    """Collects the statements of a page."""

    def __init__(self) -> None:
        """None yet."""
        self._found: dict[str, list[Fact]] = {}
        self._json_chars = 0
        self._articles: list[tuple[JsonObject, Mapping[str, JsonObject]]] = []

    def add(self, statement: str, tag: str, value: object) -> None:
        """One more statement; no text, or one that is too long for it, is left out."""
        if not isinstance(value, str) or len(value) > MAX_VALUE_CHARS:
            return
        text = " ".join(unescape(value).split())
        found = self._found.setdefault(statement, [])
        if text and len(found) < MAX_STATEMENTS and Fact(tag, text) not in found:
            found.append(Fact(tag, text))

    def meta(self, attributes: Mapping[str, str]) -> None:
        """What a meta tag states."""
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(attribute, "").strip()
            if statement := STATED_BY.get(name.lower()):
                content = attributes.get("content", "")
                is_list = statement == "keyword" and name.lower() != SINGLE_KEYWORD
                for value in _COMMAS.split(content[: MAX_VALUE_CHARS * 4]) if is_list else [content]:
                    self.add(statement, f"<meta {name}>", value)
                return

    def json_ld(self, text: str) -> None:
        """What a script of JSON-LD states; damaged JSON states nothing."""
        self._json_chars += len(text)
        if self._json_chars > MAX_JSON_CHARS:
            return
        try:
            data = json.loads(_WRAPPED.sub("", text), strict=False)
        except (ValueError, RecursionError):
            return
        nodes = [*_nodes(data)]
        by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        self._articles += [(node, by_id) for node in nodes if _is_article(node)]

    def all(self) -> dict[str, tuple[Fact, ...]]:
        """The statements by name, those of a name by trust.

        Of several articles in JSON-LD, the one counts whose headline is in the page's title, or else the first. A
        WebPage counts only if there is no article.
        """
        titles = [fold(fact.value) for fact in self._found.get("headline", ())]

        def rank(found: tuple[JsonObject, Mapping[str, JsonObject]]) -> tuple[bool, bool]:
            headline = found[0].get("headline")
            is_titled = isinstance(headline, str) and any(fold(headline) in title for title in titles)
            return found[0]["@type"] == "WebPage", not is_titled

        for node, by_id in sorted(self._articles, key=rank)[:1]:
            self._article(node, by_id)

        def trust(fact: Fact) -> int:
            return next(i for i, beginning in enumerate(TRUST) if fact.tag.startswith(beginning))

        return {name: tuple(sorted(found, key=trust)) for name, found in self._found.items() if found}

    def _article(self, node: JsonObject, by_id: Mapping[str, JsonObject]) -> None:
        """Add what an article states. An author may be a text, an object with a name, or the id of an object."""
        for key, statement in KEYS.items():
            value = node.get(key)
            if key == "keywords" and isinstance(value, str):
                value = _COMMAS.split(value[: MAX_VALUE_CHARS * 4])
            for one in _listed(value if statement != "headline" or node["@type"] != "WebPage" else None):
                of = one if isinstance(one, dict) else {"name": one}
                of = of if "name" in of else by_id.get(str(of.get("@id")), of)
                kind = next(iter(_listed(of.get("@type"))), "Person")
                tag = f"JSON-LD {key}" + (f" ({kind})" if statement == "author" and kind != "Person" else "")
                for text in _listed(of.get("name")):
                    self.add(statement, tag, text)


def _nodes(data: Any) -> Iterator[JsonObject]:
    """All objects of JSON-LD, the outer ones first, up to a limit."""
    waiting = [data]
    for one in islice(waiting, MAX_NODES):  # which grows meanwhile
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]
        elif isinstance(one, list):
            waiting += one[:MAX_NODES]


def _is_article(node: JsonObject) -> bool:
    return any(str(name).endswith("Article") or str(name) in ARTICLES for name in _listed(node.get("@type")))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


HEAD_BYTES = 1 << 16
MAX_PAGE_BYTES = 1 << 26  # of one page
MIN_CHARS_TO_REPLACED = 500  # characters to each one that had to be replaced
PRESCAN_BYTES = 1 << 12  # in which a page names its encoding; the standard has 1024
FEED_CHARS = 1 << 16  # characters that the parser gets at a time
NO_TEXT = "no text that a person sees in it; if its scripts write it, save the page from a browser"

LABELS = {  # what browsers take some names of encodings for
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("windows-874", "tis-620", "iso-8859-11"), "cp874"),
    **{"x-cp1256": "cp1256", "arabic": "iso8859_6", "asmo-708": "iso8859_6", "iso-8859-6-i": "iso8859_6"},
}
CODECS_OF_NO_PAGE = {  # names that Python knows and no browser takes: bytes into bytes, escapes
    *("base64", "bz2", "hex", "quopri", "rot-13", "uu", "zlib"),
    *("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"),
}
_DECLARED = re.compile(
    rb"<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})"
    rb"|<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")  # which are not shown
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def rows(source: Source) -> RowStream:
    """The page of a source: its one row. What it states may be kept: ``url``, ``site``, ``description``."""
    limit = min(source.reading.max_size or MAX_PAGE_BYTES, MAX_PAGE_BYTES)
    parts: list[bytes] = []
    size = 0
    for chunk in source.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise source.fail(f"a page of more than {size_in_words(limit)}, hardly news; check the file")
    data = b"".join(parts)
    if what := read.other_file(data[:512]):
        raise source.fail(what)
    if not data.strip():
        raise source.fail("no text in it; leave it out, or look at what should have written it")
    found = page_of(Row(_decoded(source, data), 1), source)
    if isinstance(found, InputError):
        raise source.fail(found.what)
    yield found


def page_of(row: Row, source: Source) -> Row | InputError:
    """The row with its HTML read to lines, or an error if these have no text. A field that ``--keep`` names and the
    row lacks has what the page states under this name (`META`)."""
    try:
        text, markup = read_page(row.text)
    except NewsparseError as error:
        return source.fail(str(error), row.line)
    said = {name: markup.first(field) for name, field in source.reading.keep.items() if field in META}
    given = {name: value for name, value in row.extra.items() if value is not None or name not in said}
    kept = dict.fromkeys(source.reading.keep) | said | given
    return row._replace(text=text, extra=kept, warnings=(*row.warnings, *read.damages(text)), markup=markup)


def read_page(html: str | bytes) -> tuple[str, Markup]:
    r"""A page as text, a line for each line that a person sees, and what its tags say. Broken markup is read as far as
    it goes. Bytes are decoded as by `decode_page`.

    Raises:
        DecodeError: its bytes are in no encoding that it names.
        NewsparseError: it has no text, more than 400,000 lines, or a line of more than 4,000,000 characters.

    >>> text, markup = read_page("<title>T</title><h1>One</h1><p>Two <b>three</b>.<td>Four<script>a = '<p>'</script>")
    >>> text
    'One\n\nTwo three.\n\nFour'
    >>> markup.lines[1].block, markup.first("headline")
    ('h1', 'T')
    """
    target = _Target()
    parser = HTMLParser(target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    text = html if isinstance(html, str) else decode_page(html)[0]
    text = _CONTROLS.sub("", text).removeprefix("\ufeff")
    try:
        for start in range(0, len(text), FEED_CHARS):
            parser.feed(text[start : start + FEED_CHARS].encode("utf-8", "replace"))
        parser.close()
    except LxmlError:  # a page without any element or text
        target.close()
    lines = target.lines
    if lines.fault or not lines.texts:
        raise NewsparseError(lines.fault or NO_TEXT)
    tags = {number: found for number, found in enumerate(lines.tags, 1) if found}
    return "\n".join(lines.texts), Markup(tags, target.facts.all())


class _Target:
    """Takes the events of the parser: passes the seen parts on, and keeps what is said in the head."""

    def __init__(self) -> None:
        self.facts = PageFacts()
        self.lines = PageLines(self.facts.add)
        self.close = self.lines.flush  # at the end of the page
        self._kept: list[str] | None = None  # the text of a script or title that is being read
        self._kept_chars = 0
        self._depth = 0  # of elements inside an image with a title of its own

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self.facts.meta(attributes)
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self.facts.add("url", "<link canonical>", attributes.get("href"))
        elif tag == "html":
            self.facts.add("language", "<html lang>", attributes.get("lang") or attributes.get("xml:lang"))
        elif (tag == "script" and "ld+json" in attributes.get("type", "").lower()) or (
            tag == "title" and not self._depth
        ):
            self._kept, self._kept_chars = [], 0
        self._depth += tag == "svg"
        self.lines.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._kept is not None and self._kept_chars <= MAX_JSON_CHARS:
            self._kept.append(text)
            self._kept_chars += len(text)
        self.lines.data(text)

    def end(self, tag: str) -> None:
        if self._kept is not None and tag in ("script", "title"):
            text, self._kept = "".join(self._kept), None
            if tag == "script":
                self.facts.json_ld(text)
            else:
                self.facts.add("headline", "<title>", text[: MAX_VALUE_CHARS + 1])
        self._depth -= tag == "svg"
        self.lines.end(tag)


# Encodings --------------------------------------------------------------------------------------------------------


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names in its first bytes, as browsers understand the name; None if it names none that
    browsers know.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">')
    'cp1252'
    >>> declared_encoding(b'<meta charset="rot13">')
    """
    found = _DECLARED.search(_COMMENT.sub(b"", data[:PRESCAN_BYTES]))
    if not found:
        return None
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    try:
        name = LABELS.get(label) or codecs.lookup(label).name
    except LookupError:
        return None
    return None if name.replace("_", "-") in CODECS_OF_NO_PAGE else name


def decode_page(data: bytes, asked: str | None = None) -> tuple[str, str | None]:
    """The text of the bytes of a page, and the warning for its encoding, if it has one.

    A byte order mark comes first, then the encoding that was asked for, then UTF-8 if all bytes fit, then what the page
    names. A few bytes that do not fit there are replaced, as browsers do.

    Raises:
        DecodeError: no encoding fits.
    """
    declared = declared_encoding(data)
    if any(data.startswith(mark) for mark, _ in BOMS):
        tried: tuple[str | None, ...] = (None,)
    elif asked:
        tried = (asked,)
    else:
        tried = (declared, None) if data.isascii() else (None, declared)
    for encoding in dict.fromkeys(tried):
        with suppress(DecodeError, ValueError, LookupError):
            text = decode(data, encoding)
            return text, WarningCode.ENCODING.of(common_name(encoding)) if encoding and encoding == asked else None
    if declared and not asked:
        text = data.decode(declared, "replace")
        if text.count("\ufffd") * MIN_CHARS_TO_REPLACED <= len(text):
            return text, WarningCode.ENCODING_REPLACED.value
    return decode(data, asked or declared), None


def _decoded(source: Source, data: bytes) -> str:
    """The text of the bytes of a source, which gets the warning for its encoding."""
    asked = source.reading.encoding
    if asked in (None, AUTO) and read.is_binary(data[:HEAD_BYTES]) and not data.startswith(tuple(dict(BOMS))):
        raise source.fail(read.BINARY)
    try:
        text, warning = decode_page(data, asked if asked != AUTO else None)
    except (DecodeError, ValueError, LookupError) as error:
        if asked != AUTO:
            raise source.fail(str(error)) from None
        return decode(*source.guessed(data, iter(())))
    if warning:
        source.warn(warning)
    return text
