"""Reader of saved pages: from a page of HTML to the lines that a person sees, and what its tags say.

A file of HTML is one article, and so is the HTML in a field of a row. Knows the limits of a page, where it names its
encoding, and the parser, which is lxml's (the extra ``newsparse[html]``). The parser passes on events and builds no
tree, so that depth costs nothing. Nothing is fetched, no script is run, and no entity is expanded but the named
characters of HTML. Does not know which line is the headline.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from lxml.etree import HTMLParser, LxmlError

from newsparse.codes import WarningCode
from newsparse.markup import Markup
from newsparse.reading import signs
from newsparse.reading.inputs import InputError
from newsparse.reading.pagefacts import MAX_JSON_CHARS, MAX_VALUE_CHARS, META, PageFacts
from newsparse.reading.pagelines import PageLines
from newsparse.reading.read import AUTO, Source, common_name, size_in_words
from newsparse.reading.rows import Row, RowStream
from newsparse.record import DecodeError, NewsparseError
from newsparse.text import BOMS, decode

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


class PageError(NewsparseError):
    """A page has no text that a person sees, or far too much."""


def rows(source: Source) -> RowStream:
    """The page of a source: its one row. What it states may be kept: ``url``, ``site``, ``description``.

    Raises:
        InputError: the page cannot be read or decoded, is too large, or has no text.
    """
    limit = min(source.reading.max_size or MAX_PAGE_BYTES, MAX_PAGE_BYTES)
    parts: list[bytes] = []
    size = 0
    for chunk in source.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise source.fail(f"a page of more than {size_in_words(limit)}, hardly news; check the file")
    data = b"".join(parts)
    if what := signs.other_file(data[:512]):
        raise source.fail(what)
    if not data.strip():
        raise source.fail("no text in it; leave it out, or look at what should have written it")
    found = page_of(Row(_decoded(source, data), 1), source)
    if isinstance(found, InputError):
        raise source.fail(found.what)
    yield found


def page_of(row: Row, source: Source) -> Row | InputError:
    """The row with its HTML read to lines, or an error if these have no text.

    A field that ``--keep`` names and the row lacks has what the page states under this name (`META`).
    """
    try:
        page = read_page(row.text)
    except PageError as error:
        return source.fail(str(error), row.line)
    said = {name: page.markup.first(field) for name, field in source.reading.keep.items() if field in META}
    given = {name: value for name, value in row.extra.items() if value is not None or name not in said}
    kept = dict.fromkeys(source.reading.keep) | said | given
    return row._replace(
        text=page.text, extra=kept, warnings=(*row.warnings, *signs.damages(page.text)), markup=page.markup
    )


class ReadPage(NamedTuple):
    """A page as text, one line for each line that a person sees, and what its tags say."""

    text: str
    markup: Markup


def page_text(source: str | bytes) -> ReadPage:
    """The page that `newsparse.parse` takes.

    Raises:
        DecodeError: its bytes are in no encoding that it names.
        PageError: as `read_page`.
    """
    return read_page(decode_page(source)[0] if isinstance(source, bytes) else source)


def read_page(html: str) -> ReadPage:
    r"""The lines and the statements of a page. Broken markup is read as far as it goes.

    Raises:
        PageError: it has no text, more than 400,000 lines, or a line of more than 4,000,000 characters.

    >>> page = read_page("<title>T</title><h1>One</h1><p>Two <b>three</b>.<td>Four<script>var a = '<p>'</script>")
    >>> page.text
    'One\n\nTwo three.\n\nFour'
    >>> page.markup.lines[1].block, page.markup.first("headline")
    ('h1', 'T')
    """
    target = _Target()
    parser = HTMLParser(target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    html = _CONTROLS.sub("", html).removeprefix("\ufeff")
    try:
        for start in range(0, len(html), FEED_CHARS):
            parser.feed(html[start : start + FEED_CHARS].encode("utf-8", "replace"))
        parser.close()
    except LxmlError:  # a page without any element or text
        target.close()
    lines = target.lines
    if lines.fault or not lines.texts:
        raise PageError(lines.fault or NO_TEXT)
    tags = {number: found for number, found in enumerate(lines.tags, 1) if found}
    return ReadPage("\n".join(lines.texts), Markup(tags, target.facts.all()))


class _Target:
    """Takes the events of the parser: passes the seen parts on, and keeps what is said in the head."""

    def __init__(self) -> None:
        self.facts = PageFacts()
        self.lines = PageLines(self.facts.add)
        self._kept: list[str] | None = None  # the text of a script or title that is being read
        self._kept_chars = 0
        self._depth = 0  # of elements inside an image with a title of its own

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self.facts.meta(attributes)
        elif tag == "link":
            self.facts.link(attributes)
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

    def close(self) -> None:
        self.lines.close()


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
    """The text of the bytes of a source, which gets the warning for its encoding.

    Raises:
        InputError: no encoding fits.
    """
    asked = source.reading.encoding
    if asked in (None, AUTO) and signs.is_binary(data[:HEAD_BYTES]) and not data.startswith(tuple(dict(BOMS))):
        raise source.fail(signs.BINARY)
    try:
        text, warning = decode_page(data, asked if asked != AUTO else None)
    except (DecodeError, ValueError, LookupError) as error:
        if asked != AUTO:
            raise source.fail(str(error)) from None
        return decode(*source.guessed(data, iter(())))
    if warning:
        source.warn(warning)
    return text
