"""Reader of WET files of Common Crawl: the text of a web page in each record, and whether it is an article.

Knows records of type ``conversion``, which fastwarc reads (the extra ``newsparse[warc]``). A crawl also has front
pages, shops and forums. They give no record, and are counted. `unfit` decides by what was found on the page: a headline
with prose below it. Less prose is enough if the page has a time or a credit.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newsparse.reading.inputs import InputError
from newsparse.reading.read import MAX_LINE_BYTES, Source, damages
from newsparse.reading.rows import Row, RowStream, too_long
from newsparse.record import Article, DecodeError
from newsparse.signs import CLOSERS, COLONS, SENTENCE_ENDS
from newsparse.text import decode

PARAGRAPH_ENDS = frozenset(SENTENCE_ENDS + COLONS + CLOSERS)  # of paragraphs
MIN_PAGE_SENTENCE_CHARS = 50  # characters of a paragraph that ends as sentences do
MIN_LONG_CHARS = 160  # and of one that does not
MIN_PAGE_PROSE_CHARS = 250  # characters of prose, where a time or a credit is known
MIN_PROSE_ALONE_CHARS = 800  # and where none is


def rows(source: Source) -> RowStream:
    """The pages of a WET file, each an input of its own: ``source`` is its URI, ``line`` counts within its text.

    `Row.line` is the number of the page in the file. Headers of the record may be kept by their names
    (``WARC-Date``), and the URI as ``url``.
    """
    number = 0
    stream = cast(Any, _Stream(source.chunks()))
    try:
        pages = ArchiveIterator(stream, record_types=WarcRecordType.conversion, parse_http=False)
        for number, page in enumerate(pages, 1):
            yield _row(source, page, number)
    except OSError as error:
        raise source.fail(f"no WARC, or a damaged one after page {number} ({error}); get the file again") from None


def unfit(article: Article) -> str | None:
    """The reason why a page is no article; None if it is one.

    An article has at least 250 characters of prose, or 800 if it has no time, agency, author or place. Prose is a
    paragraph of at least 50 characters that ends like a sentence, or of at least 160 characters.
    """
    if article.headline is None:
        return "no headline"
    texts = (article.standfirst or " ", *article.body)
    prose = sum(
        len(text)
        for text in texts
        if len(text) >= (MIN_PAGE_SENTENCE_CHARS if text[-1] in PARAGRAPH_ENDS else MIN_LONG_CHARS)
    )
    known = article.published or article.updated or article.agency or article.authors or article.location
    if prose < (MIN_PAGE_PROSE_CHARS if known else MIN_PROSE_ALONE_CHARS):
        return f"{prose} characters of prose" + ("" if known else ", no time and no credit")
    return None


def _row(source: Source, page: WarcRecord, number: int) -> Row | InputError:
    headers = {name.lower(): value for name, value in page.headers.items()}
    headers["url"] = uri = headers.get("warc-target-uri") or f"{source.name}:{number}"
    if page.content_length > MAX_LINE_BYTES:
        return source.fail(too_long(MAX_LINE_BYTES), number)
    data = page.reader.read()
    if len(data) < page.content_length:
        raise source.fail("the last page ends too early, the file was cut short; get it again", number)
    try:
        text = decode(data)
    except DecodeError as error:
        return source.fail(f"{str(error).partition(';')[0]}, which pages of a WET file are", number)
    kept = {name: headers.get(field.lower()) for name, field in source.reading.keep.items()}
    return Row(text, number, kept, damages(text), uri, unfit, headers.get((source.reading.feed_by or "").lower()))


class _Stream:
    """A readable file made of chunks of bytes. An error in a chunk is raised after all chunks before it were read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._chunk, self._place = chunks, BytesIO(), 0

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes; none only at the end."""
        data = self._chunk.read(size)
        if not data:
            self._chunk = BytesIO(next(self._chunks, b""))
            data = self._chunk.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        """The number of bytes that were read."""
        return self._place
