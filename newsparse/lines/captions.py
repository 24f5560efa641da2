"""Captions: the text of a picture, known by its first words or by the credit at its end.

Knows the words and forms of captions. Does not know where a line is on the page: a line that looks like a caption may
still be the headline, see `newsparse.layout.headline`.
"""

from __future__ import annotations

import re

from newsparse.lines.looks import Candidate
from newsparse.names.lexicon import agency
from newsparse.record import Kind
from newsparse.signs import BARS, COLONS, COMMAS, DASHES, QUOTES, SLASHES
from newsparse.text import fold, letters
from newsparse.words.vocab import Settings, Vocab

MIN_CHARS_BEFORE_SOURCE = 12  # characters of the text before a source in brackets
MIN_WHOLE_ARTICLE_CHARS = 120  # a longer line may be a whole article with an agency's name in brackets at its end
MAX_AGENCY_CAPTION_CHARS = 60  # with an agency's name as the only credit, as texts have too
MAX_PHOTO_CREDIT_CHARS = 60  # characters of photographer and source
MAX_PHOTOGRAPHER_WORDS, MAX_PHOTO_SOURCE_WORDS = 3, 4  # words of them
OPENERS = {")": "(", "]": "["}
STOPS_BEFORE_CREDIT = (". ", ".—", ".–")  # before the credit
MIN_DATE_SPACES = 2  # spaces in «12 سبتمبر 2025»
MAX_CREDIT_DASHES = 3  # dashes, of a caption: «… - صورة أرشيفية - المصدر: …»

_LABEL = re.compile(f"([^{COLONS}{COMMAS}]{{1,30}})([{COLONS}{COMMAS}])")  # «التعليق على الصورة، …»
_PARTS = re.compile(r"\s?[/|]\s?|\s-\s")
_AROUND_CREDIT = " " + QUOTES + DASHES
_BETWEEN_SOURCES = re.compile(f"[{re.escape(SLASHES + BARS + COMMAS + DASHES)}]")


def caption(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a caption and the reason why the line is one, as a rule of `newsparse.lines.rules`."""
    why = _why_caption(line, settings.vocab)
    return (Kind.CAPTION, why, None) if why else None


def _why_caption(line: Candidate, vocab: Vocab) -> str | None:
    if line.is_worded:
        first, _, rest = line.words.partition(" ")
        if line.words in vocab.captions or f"{first} {rest.partition(' ')[0]}" in vocab.captions:
            return f"begins with «{first}»"
    if line.is_letters:
        return None
    if ":" in line.key and vocab.credit_words.get(line.key.partition(":")[0].strip(), "").startswith(
        ("author", "source")
    ):
        return _labelled(line, vocab)  # «تقرير: فلان - تصوير: فلان», «المصدر: وكالة الأناضول (AA)»
    name, bracket, short = line.text.rstrip(")").partition("(")
    if bracket and agency(name, vocab) and agency(short, vocab):
        return None  # an agency with its short name: «وكالة الأنباء السعودية (واس)»
    why = _labelled(line, vocab) or _behind_dashes(line, vocab) or _in_brackets(line.text, vocab)
    return why or _with_credit(line.text, vocab)


def _labelled(line: Candidate, vocab: Vocab) -> str | None:
    """The label at the beginning, with its sign: «صورة: …», «التعليق على الصورة، …»."""
    found = _LABEL.match(line.key)
    if found is None or (found[2] != ":" and " " not in found[1]):  # a comma behind one word may be prose
        return None
    words = letters(found[1].strip())
    return f"begins with «{words}{found[2]}»" if words in vocab.captions else None


def _behind_dashes(line: Candidate, vocab: Vocab) -> str | None:
    """A credit behind a dash: the kind of picture («… - صورة أرشيفية»), its source («… - تصوير رويترز»), or both."""
    parts = line.text.rsplit(" - ", MAX_CREDIT_DASHES)[1:]
    for part in parts:
        words = letters(fold(part))
        if words in vocab.captions or " ".join(words.split(" ", 2)[:2]) in vocab.captions:
            return f"says «{words}»"  # «صورة أرشيفية», «صورة أرشيفية تصوير: فلان»
    if not parts:
        return None
    is_dated = any(part.count(" ") >= MIN_DATE_SPACES and part[:1].isdigit() for part in parts[:-1])
    return f"ends with its date and source, «{parts[-1]}»" if is_dated and agency(parts[-1], vocab) else None


def _in_brackets(text: str, vocab: Vocab) -> str | None:
    """A source in brackets at the end, alone or beside a person: «… (رويترز)», «… (فلان/ الأناضول)», «… (أرشيف)»."""
    start = text.rfind("(") if text[-1] == ")" else -1
    if start < MIN_CHARS_BEFORE_SOURCE or len(text) >= MIN_WHOLE_ARTICLE_CHARS:
        return None
    source = text[start + 1 : -1]
    if agency(source, vocab):
        return f"ends with its source, «{source}»"
    parts = _BETWEEN_SOURCES.split(source)
    if any(vocab.captions.get(letters(fold(part))) is True for part in parts):
        return f"says «{source}»"
    is_source = len(parts) > 1 and any(agency(part, vocab) for part in parts)
    return f"ends with its source, «{source}»" if is_source else None


def _with_credit(text: str, vocab: Vocab) -> str | None:
    """Photographer and source, in brackets or behind the last full stop: "… on Monday. Photo: NAME/PAPER"."""
    opener = OPENERS.get(text[-1])
    if not opener and "." not in text:
        return None
    start = text.rfind(opener) if opener else max(map(text.rfind, STOPS_BEFORE_CREDIT))
    behind = text[start + 1 : -1] if opener else text[start + 1 :].strip(_AROUND_CREDIT)
    if start < MIN_CHARS_BEFORE_SOURCE or not behind or len(behind) > MAX_PHOTO_CREDIT_CHARS:
        return None
    found = _says_picture(behind, vocab) or _is_name_and_source(behind, bool(opener), vocab)
    if not found and not opener:
        is_short = len(text) <= MAX_AGENCY_CAPTION_CHARS and behind.isascii()
        found = is_short and agency(behind, vocab) is not None
    return f"ends with its source, «{behind}»" if found else None


def _says_picture(behind: str, vocab: Vocab) -> bool:
    """Whether the credit is, or begins with, a caption's word: «أرشيف», "File: …", "Photo by …"."""
    words = letters(fold(behind))
    first, _, rest = words.partition(" ")
    if words in vocab.captions or f"{first} {rest.partition(' ')[0]}" in vocab.captions:
        return True
    is_label = first in vocab.captions or "photo" in str(vocab.credit_words.get(first))
    is_labelled = is_label and ":" in behind[: len(first) + 2]
    return is_labelled or (words.rpartition(" ")[2] in vocab.captions and _agency(behind, vocab) is not None)


def _is_name_and_source(behind: str, bracketed: bool, vocab: Vocab) -> bool:
    """Whether it is a person's name and a source's: "A Name/AFP", "AFP - A NAME"; several sources sign a text."""
    parts = _parts(behind, vocab)
    if len(parts) < 2:
        return False
    sources = [_agency(part, vocab) is not None for part in parts]
    if any(sources):
        return not all(sources)
    words = [part.split() for part in parts]
    if len(words) > 2 or not bracketed or not behind.isascii():
        return False
    name, paper = words
    is_named = 2 <= len(name) <= MAX_PHOTOGRAPHER_WORDS and len(paper) <= MAX_PHOTO_SOURCE_WORDS
    return is_named and all(word[0].isupper() for word in name + paper)


def _parts(behind: str, vocab: Vocab) -> list[str]:
    """The parts of a credit between signs, or on both sides of a word for the source: "A NAME via AP"."""
    for word in behind.split()[1:-1]:
        if vocab.credit_words.get(fold(word)) == "source:":
            behind = behind.replace(f" {word} ", "/", 1)
    return [part for part in _PARTS.split(behind) if part]


def _agency(part: str, vocab: Vocab) -> str | None:
    """The agency that a part names, with or without a word of captions: "AP Photo"."""
    words = part.split()
    if len(words) > 1 and fold(words[-1]) in vocab.captions:
        words.pop()
    return agency(" ".join(words), vocab)
