"""Signs that bytes or text are no plain article text: compressed, another kind of file, binary, HTML, JSON, damaged.

Knows what such things look like in their first few thousand characters. Opens and decodes nothing. Each test begins
with a question that ordinary text answers in a fraction of a microsecond.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsparse.codes import WarningCode

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
    (0, b"PAR1", "a Parquet file; read it with --from parquet"),
    (0, b"SQLite format 3\0", "an SQLite database; export its text first"),
    (257, b"ustar", "a TAR archive; unpack it first"),
)
BINARY = "binary, not text; leave it out, or name its encoding with --encoding (utf-16-le, ...)"
HTML = "HTML, not text; take its text out first (with trafilatura, w3m -dump, ...)"
JSON = "JSON, not plain text; read it with --from jsonl, and name the field that holds the text with --text-field"

FIRST_BYTES = frozenset(b"\x1fB\xfd\x28%P\xd0S\xef\xff\xfe\0")  # of all these, and of byte order marks

_COMPRESSED = tuple(sign for _, signs in COMPRESSED for sign in signs)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])  # ^Z and ESC occur in old texts
_ACCENTED = "[À-ÖØ-öø-ÿ]"
_SAMPLE = 200
_TASTE = 600  # characters
_HEAD = 1 << 16


def compression(head: bytes) -> str | None:
    """``gz``, ``bz2``, ``xz`` or ``zst``, by the first bytes."""
    if not head.startswith(_COMPRESSED):
        return None
    return next(name for name, signs in COMPRESSED if head.startswith(signs))


def other_file(head: bytes) -> str | None:
    """What kind of file the bytes begin, where it is a well-known one that is no text, and what to do."""
    for place, sign, what in OTHER_FILES:
        if head.startswith(sign, place):
            return what
    return None


def is_binary(data: bytes) -> bool:
    """Whether much of the bytes (of text in UTF-8, or of what should be) is NUL or other controls."""
    middle = len(data) // 2
    for sample in (data[:_SAMPLE], data[middle : middle + _SAMPLE]):
        if len(sample.translate(None, _CONTROLS)) * 10 < len(sample) * 7:
            return True
    return 0 in data and data.count(0) * 3 > len(data)


def is_html(text: str) -> bool:
    """Whether the text is dense with tags, or begins as a page does."""
    if "<" not in text or text.count("<", 0, _HEAD) < 3:
        return False
    text = text[:_HEAD]
    if text.lstrip()[:14].lower().startswith(("<!doctype html", "<html", "<?xml")):
        return True
    tags = len(_tag().findall(text))
    return tags >= 4 and tags * 300 >= len(text) and (tags * 60 >= len(text) or _is_tagged(text))


def _is_tagged(text: str) -> bool:
    """Whether most lines hold a tag; in an article that speaks of tags, or was attacked with some, few do."""
    full = [line for line in text.split("\n") if not line.isspace() and line]
    return sum(_tag().search(line) is not None for line in full) * 2 >= len(full)


def is_json(text: str) -> bool:
    """Whether the text begins with an object of JSON, or with an array of them."""
    if text[:1] not in "{[ \n\t":
        return False
    return re.match(r'\s{0,99}(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{0,999}"\s{0,99}:', text) is not None


def damages(text: str) -> tuple[str, ...]:
    """The warnings for what happened to the text on its way here, and is left as it is."""
    is_damaged = ("&" in text or "\\" in text) and is_escaped([text])
    return (
        *((WarningCode.TEXT_MOJIBAKE.value,) if is_mojibake(text) else ()),
        *((WarningCode.TEXT_ESCAPES.value,) if is_damaged else ()),
    )


def is_escaped(texts: Sequence[str]) -> bool:
    """Whether entities of HTML are in one of the texts, or line ends or letters as JSON spells them."""
    return any(map(_escape().search, texts))


def is_mojibake(text: str) -> bool:
    """Whether the text was read in a wrong encoding somewhere on its way here.

    Arabic in UTF-8 is pairs of bytes of which the first is D8 to DB: as windows-1256 every other letter is then one of
    two that are rare in real text; as windows-1252 it is a Latin letter that no real text follows with such a sign.
    Arabic in windows-1256 is Latin letters with accents in a row (ا is Ç) as windows-1252; and Arabic in iso-8859-6 is
    Arabic letters with such Latin ones among them (ي is ê) as windows-1256.
    """
    text = text[:_TASTE]
    if "ظ" in text and (text.count("ط") + text.count("ظ")) * 6 > len(text):
        return True
    found = 0
    if "Ø" in text or "Ù" in text or "Ã" in text or "Ä" in text or "Å" in text:
        found = len(_western_mojibake().findall(text))
    if "Ç" in text or "ê" in text:
        found = max(found, len(_eight_bit_mojibake().findall(text)))
    return found >= 3 and found * 200 > len(text)


def is_other_utf(text: str) -> bool:
    """Whether a text that was decoded as UTF-16 or UTF-32 holds a stretch that is really UTF-8 (joined files)."""
    return any(_utf8_run().search(text.encode(name, "surrogatepass")) for name in ("utf-16-le", "utf-16-be"))


@lru_cache(maxsize=1)
def _tag() -> re.Pattern[str]:
    return re.compile(
        r"</?(?:html|head|body|div|p|span|a|li|ul|ol|h[1-6]|br|hr|table|td|tr|img|script|style|meta|link|section"
        r"|article|header|footer|nav|b|strong|i|em)\b[^<>]{0,500}>",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _escape() -> re.Pattern[str]:
    return re.compile(
        r"&(?:quot|nbsp|amp|lt|gt|apos|[lr]aquo|[lr][sd]quo|[nm]dash|hellip|zwn?j|[lr]rm|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
        r"|\\u06[0-9a-fA-F]{2}|\\n(?=[\\\s\"\u0600-\u06ff])"
    )


@lru_cache(maxsize=1)
def _western_mojibake() -> re.Pattern[str]:
    second = re.escape("".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xC0)))
    return re.compile(f"[ÂÃÄÅØÙÚÛ][\x80-\xbf{second}]")


@lru_cache(maxsize=1)
def _eight_bit_mojibake() -> re.Pattern[str]:
    return re.compile(f"{_ACCENTED}{{4}}|[\u0621-\u064a]{_ACCENTED}")


@lru_cache(maxsize=1)
def _utf8_run() -> re.Pattern[bytes]:
    return re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){48}")
