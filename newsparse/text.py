"""Bytes to clean lines: decoding, the clean-up of the text, and the folded form that comparisons use.

Knows characters. Knows nothing of words, of what a line means, or of files. The clean-up is the one that README.md
lists ("What is changed in text"); no letter, mark, quote or digit is changed by it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any, AnyStr, cast

from newsparse.record import DecodeError
from newsparse.signs import FOLDED, TASHKEEL


def rare(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern, compiled at its first use.

    To compile one takes as long as to parse ten lines of an article, and most runs do not need these.
    """
    return cast("re.Pattern[AnyStr]", _Rare(pattern, flags))


class _Rare:
    """A pattern that is not compiled yet. A method becomes a plain attribute at its first use."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, method)
        return method


# Decoding -----------------------------------------------------------------------------------------------------------

BOMS = (  # the longer first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONLY_IN_WINDOWS = "لمي".encode("windows-1256")  # where iso-8859-6 has rarer letters
_ONLY_IN_ISO = "هوي".encode("iso-8859-6")  # where windows-1256 has those of French


def decode(data: bytes, encoding: str | None = None) -> str:
    """Decode the bytes by their byte order mark, or else strictly in `encoding` (default: UTF-8).

    Raises:
        DecodeError: a byte is not in the encoding; the message has its offset and what to try.
    """
    skipped = 0
    for mark, name in BOMS:
        if data.startswith(mark):
            encoding, skipped = name, len(mark) if name == "utf-8-sig" else 0  # that codec does not count its mark
            break
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise DecodeError(undecodable(error.start + skipped, encoding, data, "decode it from")) from None
    except UnicodeError as error:  # codecs that are hardly ever used
        raise DecodeError(f"not {encoding} ({error}); decode it from its own encoding") from None


def undecodable(offset: int, encoding: str | None, data: bytes, how: str) -> str:
    """The message for a byte that is not in the encoding: its offset, and what to try.

    `how`: what to do with the name of the right encoding, such as "decode it from".
    """
    if encoding is None:
        iso = sum(map(data.count, _ONLY_IN_ISO)) > sum(map(data.count, _ONLY_IN_WINDOWS))
        older = "iso-8859-6" if iso else "windows-1256"
        return f"byte {offset} is not UTF-8; if it is an older Arabic text, {how} {older}"
    return f"byte {offset} is not {encoding}; {how} its own encoding"


# The clean-up -------------------------------------------------------------------------------------------------------

FORM_FEED = "\f"
LINE_ENDS = "\x0b\x85\u2028\u2029"
CONTROLS = "".join(map(chr, [*range(0x0A), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]))
SPACES = "\u00a0\u202f" + "".join(map(chr, range(0x2000, 0x200B)))
GONE = "\u200b\u00ad\ufeff"
MARKS = "\u200e\u200f\u061c"
EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
GAP = "\x1f"
_UNSEEN = " " + MARKS + EMBEDDINGS
_NO_EMBEDDINGS = dict.fromkeys(map(ord, EMBEDDINGS))
MIN_GAPPED_LINE_CHARS = 300
_TO_SPACE = rare(f"[{re.escape(CONTROLS + SPACES)}]")
_WIDE_GAP = rare(f"[^\n]{{{MIN_GAPPED_LINE_CHARS},}}")
_RUN_OF_SPACES = re.compile("  +")
_PAGE_BREAK = rare(r"(?<![^\n]) *\f *\n?")
_LONG_RUN_OF_MARKS = rare(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]{31}")


def clean_lines(text: str, level: str = "light") -> list[str]:
    r"""The lines of a text, cleaned at `level`: ``none`` (line ends alone), ``light`` or ``search``.

    A form feed that opens a line is a page break and becomes a line of its own (``\f``): a stream is cut there.
    Three or more spaces inside a very long line separated blocks of a page. They become GAP, and
    `newsparse.lines.classify` may cut the line there.
    """
    lines = text.split("\n")
    if not all(map(str.isprintable, lines)):
        text = _with_plain_line_ends(text)
        if level != "none":
            text = _without_invisible(_TO_SPACE.sub(" ", text))
        lines = text.split("\n")
    if level == "none":
        return lines
    if "  " in text:
        text = _RUN_OF_SPACES.sub(" ", _WIDE_GAP.sub(_marked_gap, text) if "   " in text else text)
        lines = text.split("\n")
    lines = [line.strip(" ") for line in lines]
    if not unicodedata.is_normalized("NFC", text):
        lines = [*map(_composed, lines)]
    return [*map(for_search, lines)] if level == "search" else lines


def _with_plain_line_ends(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    if FORM_FEED in text:
        text = _PAGE_BREAK.sub("\0\n", text).replace(FORM_FEED, "\n").replace("\0", FORM_FEED)
    return text


def _marked_gap(match: re.Match[str]) -> str:
    pieces = [piece for piece in match[0].split("   ") if piece.strip(" ")]
    return GAP.join([piece.strip(" ") for piece in pieces])


def _without_invisible(text: str) -> str:
    for character in GONE:
        if character in text:
            text = text.replace(character, "")
    if any(character in text for character in EMBEDDINGS):
        lines = [_unwrapped(line) if any(mark in line for mark in EMBEDDINGS) else line for line in text.split("\n")]
        return "\n".join([line.strip(" " + MARKS) if line.strip(_UNSEEN) else "" for line in lines])
    if any(character in text for character in MARKS):
        return "\n".join([line.strip(" " + MARKS) for line in text.split("\n")])
    return text


def _unwrapped(line: str) -> str:
    """The line without the embeddings that every letter stands in; without any, where they are unbalanced."""
    depths = _depths(line)
    if not depths:
        return line.translate(_NO_EMBEDDINGS)
    outer = min((depth for depth, sign in zip(depths, line, strict=True) if sign not in _UNSEEN), default=0)
    return "".join([c for depth, c in zip(depths, line, strict=True) if depth > outer or c not in EMBEDDINGS])


def _depths(line: str) -> list[int]:
    """How many embeddings and isolates each character stands in (UAX #9, X1 to X7); none where they are unbalanced.

    A sign that opens or closes one stands in it.
    """
    depths: list[int] = []
    open_ones: list[str] = []
    for character in line:
        if character in "\u202a\u202b\u202d\u202e":
            open_ones.append("\u202c")
        elif character in "\u2066\u2067\u2068":
            open_ones.append("\u2069")
        depths.append(len(open_ones))
        if character in "\u202c\u2069" and (not open_ones or open_ones.pop() != character):
            return []
    return [] if open_ones else depths


def _composed(line: str) -> str:
    """The line in NFC, unless it has a very long run of marks: normalization takes quadratic time there."""
    return line if _LONG_RUN_OF_MARKS.search(line) else unicodedata.normalize("NFC", line)


# The folded form ----------------------------------------------------------------------------------------------------

PLAIN = (  # the usual characters, which are folded by a code page. NUL is there for charmap_build alone
    "\0\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي،؛؟٠١٢٣٤٥٦٧٨٩٪٫٬" + TASHKEEL + "پچژکگیٹڈڑںھہے۔۰۱۲۳۴۵۶۷۸۹"
    "àáâäåæçèéêëìíîïñòóôöøùúûüßÀÁÂÄÇÈÉÊÎÏÑÓÔÖÚÜğışĞİŞœ" + "«»–—‘’“”„…•·©®°º±×¿¡£€½\u200c"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[^\w ]|[\d_]")
_NOT_WORDS = re.compile(r"[^\w\x00-\x7f]+")
_TURKISH = {"İ": "i", "ı": "i"}  # casefold makes two letters of İ, and of capital ı another letter
_INVISIBLE = GONE + MARKS + EMBEDDINGS + "\u2060\u2061\u2062\u2063\u2064\u2065\u200c\u200d"
_FOLDS = (
    *((chr(code), new) for code, new in FOLDED.items()),
    *_TURKISH.items(),
    *dict.fromkeys(_INVISIBLE, "").items(),
)
_PLAIN_FOLDED = [new.casefold() for new in map(dict(_FOLDS).get, PLAIN, PLAIN)]
_FOLD_PAGE = codecs.charmap_build(  # of the plain characters that are folded to one or none; U+FFFE is no character
    "".join([old if len(new) < 2 else "\ufffe" for old, new in zip(PLAIN, _PLAIN_FOLDED, strict=True)])
)
_FOLD_CODES = bytes([max(PLAIN.find(new), 0) for new in _PLAIN_FOLDED]).ljust(256, b"\0")
_WORD_CODES = bytes(  # the same, with spaces for the signs that are not ASCII's
    [
        PLAIN.find(" ") if c < len(PLAIN) and PLAIN[c] > "\x7f" and not PLAIN[c].isalnum() else _FOLD_CODES[c]
        for c in range(256)
    ]
)
_FOLDED_AWAY = bytes([code for code, new in enumerate(_PLAIN_FOLDED) if not new])
_LETTER_CODES = bytes(  # the same, with spaces for all but letters
    [code if _LETTERS.match(PLAIN[code]) else PLAIN.find(" ") for code in _FOLD_CODES[: len(PLAIN)]]
).ljust(256, b"\0")
_NO_SIGNS = bytes([code for code, char in enumerate(PLAIN) if char.isalpha() or char == " "])


def fold(text: str) -> str:
    r"""The text for comparisons: variants of letters, digits and case folded, tashkeel and tatweel removed."""
    try:
        codes, _ = codecs.charmap_encode(text, "strict", _FOLD_PAGE)
    except UnicodeEncodeError:
        return _folded(text)
    return codecs.charmap_decode(codes.translate(_FOLD_CODES, _FOLDED_AWAY), "strict", PLAIN)[0]


def _folded(text: str) -> str:
    """The same for a text with characters that are not plain."""
    for old, new in _FOLDS:
        if old in text:
            text = text.replace(old, new)
    return text.casefold()


def fold_words(words: str) -> str:
    """Words as the index of a store has them: folded as by `fold`, with a space for each sign that is not ASCII's."""
    try:
        codes, _ = codecs.charmap_encode(words, "strict", _FOLD_PAGE)
    except UnicodeEncodeError:
        return _NOT_WORDS.sub(" ", _folded(words))
    return codecs.charmap_decode(codes.translate(_WORD_CODES, _FOLDED_AWAY), "strict", PLAIN)[0]


def parts(text: str) -> tuple[str, str, str]:
    """Three looks at a text: folded, as by `fold`; the words of that, as by `letters`; and the signs and digits of the
    text, which are all characters but letters and spaces."""
    try:
        codes, _ = codecs.charmap_encode(text, "strict", _FOLD_PAGE)
    except UnicodeEncodeError:
        key = _folded(text)
        return key, letters(key), "".join(_SIGNS.findall(text))
    key = codecs.charmap_decode(codes.translate(_FOLD_CODES, _FOLDED_AWAY), "strict", PLAIN)[0]
    signs = codes.translate(None, _NO_SIGNS)
    if not signs:
        return key, key, ""
    words = codecs.charmap_decode(codes.translate(_LETTER_CODES, _FOLDED_AWAY), "strict", PLAIN)[0]
    return key, " ".join(words.split()), codecs.charmap_decode(signs, "strict", PLAIN)[0]


def letters(key: str) -> str:
    """The words of a folded line, without digits and punctuation."""
    return key if key.replace(" ", "").isalpha() else " ".join(_LETTERS.findall(key))


def for_search(text: str) -> str:
    """The text for a search index: variants of letters and digits folded, no tashkeel and tatweel, as pyarabic has it.

    Case stays.
    """
    from newsparse import arabic

    return text.translate(arabic.FOLDED)
