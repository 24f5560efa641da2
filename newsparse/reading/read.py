"""Reading one input: from its name to blocks of decoded text, or an error if it is not text.

Knows bytes, compression, encodings and limits, and how input that is no plain text looks in its first few thousand
characters. Knows nothing of articles, and of rows (`newsparse.reading.rows`) only that they count their own size.
Whatever is wrong with an input is an `InputError`, which all raise that read from its source, here and in the other
readers. The encoding is that of the byte order mark or of the options, and guessed only with ``--encoding auto``. A
byte that does not fit is an error with its offset. Inputs that would fill the memory are refused; only one block of an
uncompressed text is in memory.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from itertools import chain, islice
from typing import Any, NamedTuple

from newsparse.reading.inputs import STDIN_NAME, InputError, plainly
from newsparse.record import WarningCode
from newsparse.text import BOMS, rare, undecodable

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


def damages(text: str) -> tuple[str, ...]:
    """The warnings for damage that the text had before, and that is not repaired."""
    mojibake = (WarningCode.TEXT_MOJIBAKE.value,) if is_mojibake(text) else ()
    return (*mojibake, WarningCode.TEXT_ESCAPES.value) if is_escaped([text]) else mojibake


def is_escaped(texts: Sequence[str]) -> bool:
    """Whether one of the texts has entities of HTML, or line ends or letters escaped as in JSON."""
    return any(_ESCAPE.search(text) for text in texts if "&" in text or "\\" in text)


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


# Compressed input -----------------------------------------------------------------------------------------------------

UNPACKED_BLOCK_BYTES = 1 << 18
MAX_XZ_BYTES = 1 << 28  # what an xz file may ask for
MACHINES: dict[str, tuple[str, str, dict[str, int]]] = {  # the decompressors: module, name, arguments
    "gz": ("zlib", "decompressobj", {"wbits": 31}),
    "bz2": ("bz2", "BZ2Decompressor", {}),
    "xz": ("lzma", "LZMADecompressor", {"memlimit": MAX_XZ_BYTES}),
    "zst": ("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", "ZstdDecompressor", {}),
}


def unpacked(head: bytes, more: Iterator[bytes], fail: Callable[[str], InputError]) -> Iterator[bytes]:
    """The plain bytes of a compressed stream, in blocks. The stream is `head` and then `more`."""
    kind = compression(head) or "gz"
    try:
        machine = _machine(kind)
    except ImportError:
        raise fail("compressed with zstd; pip install 'newsparse[zstd]' to read it, or unpack it first") from None
    data = head
    while True:
        try:
            out = machine.decompress(getattr(machine, "unconsumed_tail", b"") + data, UNPACKED_BLOCK_BYTES)
        except Exception as error:  # each decompressor has errors of its own
            raise fail(f"damaged {kind} data ({str(error).lower()}); get the file again") from None
        if out:
            yield out
        data = b""
        if machine.eof:
            data = machine.unused_data.lstrip(b"\0")  # tar and tapes pad with NULs
            while not data:
                padded = next(more, None)
                if padded is None:
                    return
                data = padded.lstrip(b"\0")
            machine = _machine(kind)
        elif len(out) < UNPACKED_BLOCK_BYTES:
            data = next(more, b"")
            if not data:
                raise fail(f"the {kind} data ends too early, the file was cut short; get it again")


def _machine(kind: str) -> Any:
    """A new decompressor of this kind. Those of zlib hand back what they have not read, the others keep it."""
    module, name, limits = MACHINES[kind]
    return getattr(import_module(module), name)(**limits)


# One input ------------------------------------------------------------------------------------------------------------

BLOCK_BYTES = 1 << 18  # bytes read at a time
MAX_JUDGED_BYTES = 1 << 20  # of the beginning, by which the encoding is guessed and a binary file is known
MAX_NUL_SEARCH_CHARS = 512  # of a text that is none; a NUL there says so, for encodings of eight bits decode any file
MAX_CHECKED_BLOCKS = 1 << 12  # of an archive, read on only to see whether it is damaged
SIGNATURE_BYTES = 16  # bytes that show a byte order mark or a compressed file
MAX_LINE_BYTES = 3 << 23  # bytes of memory; on the way to a record several copies of a line are made
MAX_INPUT_BYTES = 1 << 30
AUTO = "auto"  # the encoding that is guessed
GUESSES = ["cp1256", "iso8859_6", "cp1254", "cp1252", "cp932", "euc_jp"]  # of the languages that newsparse reads
PIPE_TIMEOUT_SECONDS = 2.0  # seconds for a named pipe to deliver something
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
_WIDE = {"utf-16", "utf-32"}


class ReadOptions(NamedTuple):
    """The options for reading, by the names that they have on the command line."""

    encoding: str | None = None  # of what has no byte order mark; None is UTF-8
    format: str | None = None
    text_field: str = "text"
    keep: Mapping[str, str] = {}  # a name in the record -> the field of the input
    max_size: int = MAX_INPUT_BYTES  # bytes out of one input, or out of one row of it; 0 is no limit
    feed_by: str | None = None  # the field of rows that names their source
    text_format: str = "text"  # of the text of a row; the other is html


class Source:
    """One input that is being read."""

    def __init__(self, name: str, reading: ReadOptions, waiting: Callable[[], None] | None = None) -> None:
        """An input by its name; ``-`` is standard input. `waiting` is called before a read that may block, so that
        finished work is sent off."""
        self.name, self.reading = name, reading
        self.warnings: list[str] = []  # for the records of this input, as far as they are known now
        self._waiting = waiting
        self._packed: Iterator[bytes] = iter(())  # the rest of what is uncompressed

    def fail(self, what: str, line: int | None = None) -> InputError:
        """The error to raise for this input, or for its row at this line."""
        return InputError(self.name, what, line)

    def chunks(self) -> Iterator[bytes]:
        """The uncompressed bytes of the input."""
        head, more = self._begun
        yield from filter(None, chain([head], more))

    def begins_as_page(self) -> bool:
        """Whether the first bytes are those of an HTML page: its document type or its outermost tag. Raises as
        `chunks`."""
        head, _ = self._begun
        return b"<" in head[:_SAMPLE_CHARS] and _PAGE_BEGINS.match(head) is not None

    def blocks(self, rows: bool = False) -> Iterator[str]:
        """The text of the input in blocks. `rows`: readers of rows check their own sizes."""
        head, more = self._begun
        if what := other_file(head):
            raise self.fail(what)
        mark, encoding = next(((mark, name) for mark, name in BOMS if head.startswith(mark)), (b"", None))
        if encoding == "utf-8-sig":
            encoding = "utf-8"
        else:
            mark = b""  # the codecs of UTF-16 and UTF-32 need theirs
        if encoding is None:
            encoding = self.reading.encoding
            if encoding == AUTO:
                head, encoding = self.guessed(head, more)
            if encoding:
                self.warn(WarningCode.ENCODING.of(common_name(encoding)))
        limit = 0 if rows else self.reading.max_size
        length, begun = 0, False
        for size, block in self._decoded(head, more, len(mark), encoding):
            if not begun:
                begun = True
                if encoding and encoding == self.reading.encoding and "\0" in block[:MAX_NUL_SEARCH_CHARS]:
                    raise self.fail(f"binary, no text in {encoding}; leave it out")
                if is_binary(block[:MAX_JUDGED_BYTES].encode("utf-8", "surrogatepass") if encoding else head):
                    raise self.fail(BINARY)
                if not rows and is_html(block):
                    raise self.fail(HTML)
                if not rows and block[:1] in "{[ \n\t" and _BEGINS_JSON.match(block):
                    raise self.fail(JSON)
            if limit and size > limit:
                raise self.fail(f"more than {size_in_words(limit)}; raise --max-size, or split it")
            if is_mojibake(block) or (encoding in _WIDE and is_other_utf(block)):
                self.warn(WarningCode.TEXT_MOJIBAKE.value)
            length = _last_line(length, block)
            if length > MAX_LINE_BYTES:
                raise self.fail(f"a line of more than {size_in_words(MAX_LINE_BYTES)}, hardly news; check the file")
            yield block

    def guessed(self, head: bytes, more: Iterator[bytes]) -> tuple[bytes, str | None]:
        """Guess the encoding by the beginning; None is UTF-8. Also returns the bytes that were read for this."""
        with suppress(UnicodeDecodeError):
            codecs.getincrementaldecoder("utf-8")().decode(head)
            return head, None
        while len(head) < MAX_JUDGED_BYTES and (data := next(more, b"")):
            head += data
        if is_binary(head):
            raise self.fail(BINARY)
        from charset_normalizer import from_bytes

        best = from_bytes(head, cp_isolation=GUESSES).best()
        if best is None or is_mojibake(str(best)):  # such as UTF-8 with a damaged byte
            raise self.fail("not UTF-8, and its encoding cannot be guessed; name it with --encoding, or mend the file")
        self.warn(WarningCode.ENCODING_GUESSED.value)
        return head, best.encoding

    def warn(self, code: str) -> None:
        """Add the code to the warnings of all records that follow."""
        if code not in self.warnings:
            self.warnings.append(code)

    @cached_property
    def _begun(self) -> tuple[bytes, Iterator[bytes]]:
        """The first uncompressed bytes of the input, and the rest."""
        try:
            file = 0 if self.name == STDIN_NAME else os.open(self.name, _OPEN)
            self._await(file, os.fstat(file))
        except (OSError, ValueError) as error:
            raise self.fail(plainly(error)) from None
        more = self.raw(file)
        head = next(more, b"")
        if compression(head):
            self._packed = more = unpacked(head, more, self.fail)
            head = next(more, b"")
        return head, more

    def _await(self, file: int, about: os.stat_result) -> None:
        """Make reads wait for data. A named pipe has to deliver something first."""
        if stat.S_ISREG(about.st_mode):
            self._waiting = None  # its reads never wait
        if not file or stat.S_ISREG(about.st_mode):
            return
        if self._waiting and not ready(file, 0):
            self._waiting()
        is_of_shell = "/pipe:[" in os.path.realpath(self.name) or self.name.startswith("/dev/fd/")  # and may be slow
        if stat.S_ISFIFO(about.st_mode) and not is_of_shell and not ready(file, PIPE_TIMEOUT_SECONDS):
            os.close(file)
            raise self.fail("a named pipe that nobody writes to; start its writer first, or leave it out")
        os.set_blocking(file, True)

    def raw(self, file: int) -> Iterator[bytes]:
        """The bytes of the file; the first are as long as the longest signature."""
        head = b""
        try:
            while len(head) < SIGNATURE_BYTES and (data := self._some(file)):
                head += data
            yield head
            while data := self._some(file):
                yield data
        except OSError as error:
            raise self.fail(plainly(error)) from None
        finally:
            if file:
                with suppress(OSError):  # all was read; there is nothing that a close could lose
                    os.close(file)

    def _some(self, file: int) -> bytes:
        while True:
            try:
                if self._waiting and not ready(file, 0):
                    self._waiting()
                return os.read(file, BLOCK_BYTES)
            except BlockingIOError:  # another program made our standard input so
                ready(file, None)

    def _decoded(
        self, head: bytes, more: Iterator[bytes], mark: int, encoding: str | None
    ) -> Iterator[tuple[int, str]]:
        """The text, one block for each chunk of bytes, with the number of bytes that have been read."""
        decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
        size = mark
        chunk, last = head[mark:], not head
        while True:
            try:
                text = decoder.decode(chunk, last)
            except UnicodeDecodeError as error:
                deque(islice(self._packed, MAX_CHECKED_BLOCKS), maxlen=0)  # if it is damaged, this says so
                offset = size - len(decoder.getstate()[0]) + error.start
                begin = chunk[:MAX_NUL_SEARCH_CHARS]
                if last:
                    what = f"ends inside a character at byte {offset}; the file was cut short, get it again"
                elif encoding is None and (0 in begin or is_binary(begin)):
                    what = BINARY
                else:
                    what = undecodable(offset, None if encoding == "utf-8" else encoding, chunk, "try --encoding")
                raise self.fail(what) from None
            except (UnicodeError, ValueError, LookupError) as error:  # codecs that are hardly ever used
                raise self.fail(f"not {encoding} ({error}); name its encoding with --encoding") from None
            size += len(chunk)
            if text:
                yield size, text
            if last:
                return
            chunk = next(more, b"")
            last = not chunk


def _last_line(length: int, block: str) -> int:
    """The bytes of memory of the line that the block leaves unfinished. `length` are those from earlier blocks."""
    end = block.rfind("\n")
    if end < 0:
        end = max(map(block.rfind, _LINE_ENDS))
    return (length if end < 0 else 0) + (len(block) - end - 1) * (1 if block.isascii() else 2)


def ready(file: int, seconds: float | None) -> bool:
    """Whether bytes, or the end, can be read within this time in seconds (None: wait)."""
    import select  # which a plain run does without

    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def common_name(encoding: str) -> str:
    """The usual name of an encoding in mail and web, for any alias: ``cp1256`` is ``windows-1256``.

    >>> common_name("CP1256"), common_name("arabic"), common_name("UTF_16LE")
    ('windows-1256', 'iso-8859-6', 'utf-16-le')
    """
    name = codecs.lookup(encoding).name
    if name.startswith("cp125"):
        return "windows-" + name[2:]
    return name.replace("iso8859", "iso-8859").replace("_", "-")


def size_in_words(size: int) -> str:
    """A number of bytes in words.

    >>> size_in_words(1 << 30), size_in_words(1500)
    ('1 GiB', '1500 bytes')
    """
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if size >= 1 << power and size % (1 << power) == 0:
            return f"{size >> power} {unit}"
    return f"{size} bytes"
