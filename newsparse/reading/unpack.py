"""Decompression in blocks: gz, bz2, xz and zst, also several streams after one another.

Knows the decompressors of the four formats and imports each when it is needed. Only one block is in memory, however
large the uncompressed text is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from newsparse.reading.inputs import InputError
from newsparse.reading.signs import compression

UNPACKED_BLOCK_BYTES = 1 << 18
MAX_XZ_BYTES = 1 << 28  # what an xz file may ask for


def unpacked(head: bytes, more: Iterator[bytes], fail: Callable[[str], InputError]) -> Iterator[bytes]:
    """The plain bytes of a compressed stream, in blocks. The stream is `head` and then `more`.

    Raises:
        InputError: the data is damaged or cut short, or its format is not supported here.
    """
    kind = compression(head) or "gz"
    try:
        machine = _machine(kind)
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
            machine = _machine(kind)
        elif machine.needs_input and len(out) < UNPACKED_BLOCK_BYTES:
            data = next(more, b"")
            if not data:
                raise fail(f"the {kind} data ends too early, the file was cut short; get it again")


def _machine(kind: str) -> Any:
    """A new decompressor of this kind, with the interface of `bz2.BZ2Decompressor`."""
    if kind == "gz":
        return _Gunzip()
    if kind == "bz2":
        from bz2 import BZ2Decompressor

        return BZ2Decompressor()
    if kind == "xz":
        from lzma import LZMADecompressor

        return LZMADecompressor(memlimit=MAX_XZ_BYTES)
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor
    else:
        from backports.zstd import ZstdDecompressor
    return ZstdDecompressor()


class _Gunzip:
    """zlib with that interface."""

    def __init__(self) -> None:
        import zlib

        self._object = zlib.decompressobj(wbits=31)

    def __getattr__(self, name: str) -> Any:
        """The attributes `eof` and `unused_data` of zlib's object."""
        return getattr(self._object, name)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._object.decompress(self._object.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._object.unconsumed_tail
