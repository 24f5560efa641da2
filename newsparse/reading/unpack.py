"""Decompression in blocks: gz, bz2, xz and zst, also several streams after one another.

Knows the decompressors of the four formats and imports each when it is needed. Only one block is in memory, however
large the uncompressed text is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from newsparse.reading.inputs import InputError
from newsparse.reading.signs import compression

UNPACKED_BLOCK_BYTES = 1 << 18
MAX_XZ_BYTES = 1 << 28  # what an xz file may ask for


class _Machine(Protocol):
    """The interface that the decompressors of bz2 and lzma share."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def unpacked(head: bytes, more: Iterator[bytes], fail: Callable[[str], InputError]) -> Iterator[bytes]:
    """The plain bytes of a compressed stream, in blocks. The stream is `head` and then `more`.

    Raises:
        InputError: the data is damaged or cut short, or its format is not supported here.
    """
    kind = compression(head) or "gz"
    try:
        machine = MACHINES[kind]()
    except ImportError:
        raise fail("compressed with zstd; pip install 'newsparse[zstd]' to read it, or unpack it first") from None
    data = head
    while True:
        try:
            out = machine.decompress(data, UNPACKED_BLOCK_BYTES)
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
            machine = MACHINES[kind]()
        elif machine.needs_input and len(out) < UNPACKED_BLOCK_BYTES:
            data = next(more, b"")
            if not data:
                raise fail(f"the {kind} data ends too early, the file was cut short; get it again")


class _Gunzip:
    """zlib with the same interface."""

    def __init__(self) -> None:
        import zlib

        self._object = zlib.decompressobj(wbits=31)

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._object.decompress(self._object.unconsumed_tail + data, max(max_length, 0))

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return not self._object.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data


class _Unzstd:
    """The zstandard package with the same interface. Its output has no limit, so it gets small pieces."""

    def __init__(self) -> None:
        import zstandard  # type: ignore[import-not-found,unused-ignore]

        self._object = zstandard.ZstdDecompressor().decompressobj()
        self._waiting = b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self._waiting += data
        now, self._waiting = self._waiting[:256], self._waiting[256:]
        return bytes(self._object.decompress(now)) if now else b""

    @property
    def eof(self) -> bool:
        return bool(self._object.eof)

    @property
    def needs_input(self) -> bool:
        return not self._waiting

    @property
    def unused_data(self) -> bytes:
        return bytes(self._object.unused_data) + self._waiting


def _bz2() -> Any:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> Any:
    import lzma

    return lzma.LZMADecompressor(memlimit=MAX_XZ_BYTES)


def _zst() -> Any:
    try:
        from compression.zstd import ZstdDecompressor  # type: ignore[import-not-found,unused-ignore]  # Python 3.14
    except ImportError:
        return _Unzstd()
    return ZstdDecompressor()


MACHINES: dict[str, Callable[[], _Machine]] = {"gz": _Gunzip, "bz2": _bz2, "xz": _xz, "zst": _zst}
