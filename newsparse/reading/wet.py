"""Common Crawl's WET files: the text of a web page in each record, and whether the page is an article.

Knows records of type ``conversion``, which fastwarc cuts (the extra ``newsparse[warc]``). A crawl holds front pages,
shops and forums too: they give no record, and are counted. `unfit` decides by what was found on the page: a headline,
and prose below it; less prose is enough where the page says when or by whom it was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newsparse.reading.inputs import InputError
from newsparse.reading.read import LONGEST_LINE, Source
from newsparse.reading.rows import Row, Rows, too_long
from newsparse.reading.signs import damages
from newsparse.record import Article, DecodeError
from newsparse.signs import CLOSERS, COLONS, SENTENCE_ENDS
from newsparse.text import decode

ENDS = frozenset(SENTENCE_ENDS + COLONS + CLOSERS)  # of paragraphs
SENTENCE = 50  # characters of a paragraph that ends as sentences do
LONG = 160  # and of one that does not
ENOUGH = 250  # characters of prose, where a time or a credit is known
ENOUGH_ALONE = 800  # and where none is


def rows(source: Source) -> Rows:
    """The pages of a WET file, each an input of its own: ``source`` is its URI, ``line`` counts within its text.

    `Row.line` is the number of the page in the file. Headers of the record may be kept by their names
    (``WARC-Date``), and the URI as ``url``.

    Raises:
        InputError: the file cannot be read, or is no WARC.
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
    """Why a page is no article; None where it is one.

    At least 250 characters of prose, 800 where neither a time nor an agency, an author or a place is known. Prose are
    paragraphs of 50 characters that end as sentences do, or of 160 that do not.
    """
    if article.headline is None:
        return "no headline"
    texts = (article.standfirst or " ", *article.body)
    prose = sum(len(text) for text in texts if len(text) >= (SENTENCE if text[-1] in ENDS else LONG))
    known = article.published or article.updated or article.agency or article.authors or article.location
    if prose < (ENOUGH if known else ENOUGH_ALONE):
        return f"{prose} characters of prose" + ("" if known else ", no time and no credit")
    return None


def _row(source: Source, page: WarcRecord, number: int) -> Row | InputError:
    headers = {name.lower(): value for name, value in page.headers.items()}
    headers["url"] = uri = headers.get("warc-target-uri") or f"{source.name}:{number}"
    if page.content_length > LONGEST_LINE:
        return source.fail(too_long(LONGEST_LINE), number)
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
    """Chunks of bytes as a file that is read. What came before a damaged chunk is read before that is heard of."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._chunk, self._place = chunks, BytesIO(), 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none only at the end."""
        data = self._chunk.read(size)
        if not data:
            self._chunk = BytesIO(next(self._chunks, b""))
            data = self._chunk.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place
