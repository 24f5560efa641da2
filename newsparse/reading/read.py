"""Reading one input: from its name to blocks of decoded text, or an error if it is not text.

Knows bytes, encodings and limits. Knows nothing of articles, and of rows (`newsparse.reading.rows`) only that they
count their own size. The encoding is that of the byte order mark or of the options, and guessed only with
``--encoding auto``. A byte that does not fit is an error with its offset. Inputs that would fill the memory are
refused.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from newsparse.codes import WarningCode
from newsparse.reading import signs
from newsparse.reading.inputs import STDIN_NAME, InputError, plainly, regular_file
from newsparse.text import BOMS, undecodable

BLOCK_BYTES = 1 << 18  # bytes read at a time
MAX_JUDGED_BYTES = 1 << 20  # of the beginning, by which the encoding is guessed and a binary file is known
MAX_HELD_BYTES = 1 << 15  # of one up to this size the text may be held while others are read
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
        """An input by its name; ``-`` is standard input.

        `waiting` is called before a read that may block, so that finished work is sent off.
        """
        self.name, self.reading = name, reading
        self.warnings: list[str] = []  # for the records of this input, as far as they are known now
        self.may_be_escaped = False  # whether a character begins entities of HTML or escapes of JSON
        self._waiting = waiting
        self._peeked: tuple[bytes, Iterator[bytes]] | None = None
        self._packed: Iterator[bytes] = iter(())  # the rest of what is uncompressed

    def fail(self, what: str, line: int | None = None) -> InputError:
        """The error to raise for this input, or for its row at this line."""
        return InputError(self.name, what, line)

    def chunks(self) -> Iterator[bytes]:
        """The uncompressed bytes of the input.

        Raises:
            InputError: the input cannot be opened, read or uncompressed.
        """
        head, more = self._begun()
        if head:
            yield head
        yield from more

    def begins_as_page(self) -> bool:
        """Whether the first bytes are those of an HTML page. They are read again later.

        Raises:
            InputError: as `chunks`.
        """
        self._peeked = self._begun()
        return signs.begins_as_page(self._peeked[0])

    def small(self) -> str | None:
        """The text of a plain file of at most `MAX_HELD_BYTES` bytes; None for any other input.

        Never waits or raises. Errors of the input are raised by `blocks`.
        """
        if self.name == STDIN_NAME:
            return None
        with suppress(ValueError, InputError):
            if (about := regular_file(self.name)) and about.st_size <= MAX_HELD_BYTES:
                (only,) = islice(self.blocks(), 2)  # or ValueError
                return only
        return None

    def blocks(self, rows: bool = False) -> Iterator[str]:
        """The text of the input in blocks. `rows`: readers of rows check their own sizes.

        Raises:
            InputError: as `chunks`; also for bytes that are not in the encoding, for no text, and for too much of it.
        """
        head, more = self._begun()
        if what := signs.other_file(head):
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
        length = -1
        for size, block in self._decoded(head, more, len(mark), encoding):
            if length < 0:
                if encoding and encoding == self.reading.encoding and "\0" in block[:MAX_NUL_SEARCH_CHARS]:
                    raise self.fail(f"binary, no text in {encoding}; leave it out")
                if signs.is_binary(block[:MAX_JUDGED_BYTES].encode("utf-8", "surrogatepass") if encoding else head):
                    raise self.fail(signs.BINARY)
                if not rows and signs.is_html(block):
                    raise self.fail(signs.HTML)
                if not rows and signs.is_json(block):
                    raise self.fail(signs.JSON)
                length = 0
            if limit and size > limit:
                raise self.fail(f"more than {size_in_words(limit)}; raise --max-size, or split it")
            if signs.is_mojibake(block) or (encoding in _WIDE and signs.is_other_utf(block)):
                self.warn(WarningCode.TEXT_MOJIBAKE.value)
            self.may_be_escaped = self.may_be_escaped or "&" in block or "\\" in block
            length = _last_line(length, block)
            if length > MAX_LINE_BYTES:
                raise self.fail(f"a line of more than {size_in_words(MAX_LINE_BYTES)}, hardly news; check the file")
            yield block

    def guessed(self, head: bytes, more: Iterator[bytes]) -> tuple[bytes, str | None]:
        """Guess the encoding by the beginning; None is UTF-8. Also returns the bytes that were read for this.

        Raises:
            InputError: no encoding fits.
        """
        with suppress(UnicodeDecodeError):
            codecs.getincrementaldecoder("utf-8")().decode(head)
            return head, None
        while len(head) < MAX_JUDGED_BYTES and (data := next(more, b"")):
            head += data
        if signs.is_binary(head):
            raise self.fail(signs.BINARY)
        from charset_normalizer import from_bytes

        best = from_bytes(head, cp_isolation=GUESSES).best()
        if best is None or signs.is_mojibake(str(best)):  # such as UTF-8 with a damaged byte
            raise self.fail("not UTF-8, and its encoding cannot be guessed; name it with --encoding, or mend the file")
        self.warn(WarningCode.ENCODING_GUESSED.value)
        return head, best.encoding

    def warn(self, code: str) -> None:
        """Add the code to the warnings of all records that follow."""
        if code not in self.warnings:
            self.warnings.append(code)

    def _begun(self) -> tuple[bytes, Iterator[bytes]]:
        """The first uncompressed bytes of the input, and the rest."""
        if self._peeked:
            peeked, self._peeked = self._peeked, None
            return peeked
        try:
            file = 0 if self.name == STDIN_NAME else os.open(self.name, _OPEN)
            self._await(file, os.fstat(file))
        except (OSError, ValueError) as error:
            raise self.fail(plainly(error)) from None
        more = self._read(file)
        head = next(more, b"")
        if signs.compression(head):
            from newsparse.reading.unpack import unpacked

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

    def _read(self, file: int) -> Iterator[bytes]:
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
                elif encoding is None and (0 in begin or signs.is_binary(begin)):
                    what = signs.BINARY
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
