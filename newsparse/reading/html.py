"""Reader of saved pages: a file of HTML is one article, and so is the HTML in a field of a row.

Knows the limits of a page, and which of its encodings gives a warning. The page itself is read in
`newsparse.reading.page`, which needs the extra ``newsparse[html]``.
"""

from __future__ import annotations

from newsparse.reading import signs
from newsparse.reading.inputs import InputError
from newsparse.reading.page import PageError, decode_page, read_page
from newsparse.reading.pagefacts import META
from newsparse.reading.read import AUTO, Source, size_in_words
from newsparse.reading.rows import Row, RowStream
from newsparse.record import DecodeError
from newsparse.text import BOMS, decode

HEAD_BYTES = 1 << 16
MAX_PAGE_BYTES = 1 << 26  # of one page


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
