"""Detection of input that is not plain text: compressed, another kind of file, binary, HTML, JSON, damaged.

Knows how such input looks in its first few thousand characters. Opens and decodes nothing. Each test begins with a
check that takes a fraction of a microsecond for ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsparse.codes import WarningCode
from newsparse.text import rare

COMPRESSED = (  # the first bytes; bz2's go on, since a text may begin with "BZh"
    ("gz", (b"\x1f\x8b\x08",)),
    ("bz2", tuple(b"BZh%d" % level + block for level in range(1, 10) for block in (b"1AY&SY", b"\x17rE8P\x90"))),
    ("xz", (b"\xfd7zXZ\0",)),
    ("zst", (b"\x28\xb5\x2f\xfd",)),
)
OTHER_FILES = (  # where, what stands there, what it is and what to do
    (0, b"%PDF-", "a PDF; take its text out first, with pdftotext for one"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document; unpack it, or take its text out, first"),
    (0, b"\xd0\xcf\x11\xe0", "an office document; take its text out first"),
    (0, b"From: <Saved by ", "a page as an archive (MHTML); save it as HTML"),
    (0, b"PAR1", "a Parquet file; read it with --from parquet"),
    (0, b"SQLite format 3\0", "an SQLite database; export its text first"),
    (257, b"ustar", "a TAR archive; unpack it first"),
)
BINARY = "binary, not text; leave it out, or name its encoding with --encoding (utf-16-le, ...)"
HTML = "HTML, not plain text; read it with --from html, or in the rows of a table with --from-text html"
JSON = "JSON, not plain text; read it with --from jsonl, and name the field that holds the text with --text-field"

_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])  # ^Z and ESC occur in old texts
_ACCENTED = "[À-ÖØ-öø-ÿ]"
_AFTER_LATIN = re.escape("".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xC0)))
_PAGE_BEGINS = rare(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--.{0,500}?-->\s{0,99}){0,3}"
    rb"<(?:!doctype\s{1,9}html|html[\s>]|head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_TAG = rare(
    r"</?(?:html|head|body|div|p|span|a|li|ul|ol|h[1-6]|br|hr|table|td|tr|img|script|style|meta|link|section"
    r"|article|header|footer|nav|b|strong|i|em)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_BEGINS_JSON = rare(r'\s{0,99}(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{0,999}"\s{0,99}:')
_ESCAPE = rare(
    r"&(?:quot|nbsp|amp|lt|gt|apos|[lr]aquo|[lr][sd]quo|[nm]dash|hellip|zwn?j|[lr]rm|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
    r"|\\u06[0-9a-fA-F]{2}|\\n(?=[\\\s\"\u0600-\u06ff])"
)
_WESTERN_MOJIBAKE = rare(f"[ÂÃÄÅØÙÚÛ][\x80-\xbf{_AFTER_LATIN}]")
_EIGHT_BIT_MOJIBAKE = rare(f"{_ACCENTED}{{4}}|[\u0621-\u064a]{_ACCENTED}")
_UTF8_RUN = rare(rb"(?:[\t\n\r\x20-\x7e]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){48}")
_SAMPLE_CHARS = 200
_TASTE_CHARS = 600
_HEAD_CHARS = 1 << 16


def compression(head: bytes) -> str | None:
    """The compression by the first bytes: ``gz``, ``bz2``, ``xz`` or ``zst``; None if it is none."""
    return next((name for name, signs in COMPRESSED if head.startswith(signs)), None)


def other_file(head: bytes) -> str | None:
    """The name of a well-known kind of file that is not text, by its first bytes, and what to do; else None."""
    return next((what for place, sign, what in OTHER_FILES if head.startswith(sign, place)), None)


def is_binary(data: bytes) -> bool:
    """Whether many of the bytes are NUL or other control characters."""
    middle = len(data) // 2
    for sample in (data[:_SAMPLE_CHARS], data[middle : middle + _SAMPLE_CHARS]):
        if len(sample.translate(None, _CONTROLS)) * 10 < len(sample) * 7:
            return True
    return 0 in data and data.count(0) * 3 > len(data)


def begins_as_page(head: bytes) -> bool:
    """Whether the first bytes are those of an HTML page: its document type or its outermost tag.

    >>> begins_as_page(b"<!-- saved -->\\n<!DOCTYPE html><title>a</title>"), begins_as_page(b"<h1> is a tag of HTML")
    (True, False)
    """
    return b"<" in head[:_SAMPLE_CHARS] and _PAGE_BEGINS.match(head) is not None


def is_html(text: str) -> bool:
    """Whether the text has many HTML tags, or begins like an HTML page."""
    if "<" not in text or text.count("<", 0, _HEAD_CHARS) < 3:
        return False
    text = text[:_HEAD_CHARS]
    if text.lstrip()[:14].lower().startswith(("<!doctype html", "<html", "<?xml")):
        return True
    tags = len(_TAG.findall(text))
    if tags < 4 or tags * 300 < len(text):
        return False
    full = [line for line in text.split("\n") if line.strip()]  # in an article about tags, few lines have one
    return tags * 60 >= len(text) or sum(_TAG.search(line) is not None for line in full) * 2 >= len(full)


def is_json(text: str) -> bool:
    """Whether the text begins with a JSON object, or with an array of objects."""
    return text[:1] in "{[ \n\t" and _BEGINS_JSON.match(text) is not None


def damages(text: str) -> tuple[str, ...]:
    """The warnings for damage that the text had before, and that is not repaired."""
    found = {
        WarningCode.TEXT_MOJIBAKE: is_mojibake(text),
        WarningCode.TEXT_ESCAPES: ("&" in text or "\\" in text) and is_escaped([text]),
    }
    return tuple(code.value for code, is_so in found.items() if is_so)


def is_escaped(texts: Sequence[str]) -> bool:
    """Whether one of the texts has entities of HTML, or line ends or letters escaped as in JSON."""
    return any(map(_ESCAPE.search, texts))


def is_mojibake(text: str) -> bool:
    """Whether the text was once decoded in a wrong encoding.

    In UTF-8, an Arabic letter is two bytes, and the first is D8 to DB. Decoded as windows-1256, every other letter is
    one of two rare letters; as windows-1252, it is a Latin letter before a sign that never follows it in real text.
    windows-1256 decoded as windows-1252 is a row of accented Latin letters (ا becomes Ç). iso-8859-6 decoded as
    windows-1256 is Arabic with such Latin letters inside (ي becomes ê).
    """
    text = text[:_TASTE_CHARS]
    if "ظ" in text and (text.count("ط") + text.count("ظ")) * 6 > len(text):
        return True
    found = 0
    if "Ø" in text or "Ù" in text or "Ã" in text or "Ä" in text or "Å" in text:
        found = len(_WESTERN_MOJIBAKE.findall(text))
    if "Ç" in text or "ê" in text:
        found = max(found, len(_EIGHT_BIT_MOJIBAKE.findall(text)))
    return found >= 3 and found * 200 > len(text)


def is_other_utf(text: str) -> bool:
    """Whether a text decoded as UTF-16 or UTF-32 has a part that is really UTF-8, as joined files do."""
    return any(_UTF8_RUN.search(text.encode(name, "surrogatepass")) for name in ("utf-16-le", "utf-16-be"))
