"""The text of a picture: by the words that captions begin with, by the credit that they end with.

Knows the words and the forms of captions. Does not know where on the page a line stands: what looks like a caption
may yet be a headline, see `newsparse.roles.headline`.
"""

from __future__ import annotations

import re

from newsparse.bylines.names import agency
from newsparse.kinds.looks import Candidate, letters
from newsparse.text import fold
from newsparse.words.vocab import Vocab

LEAST_BEFORE_SOURCE = 12  # characters of the text before a source in brackets
LONGEST_LABEL = 30  # characters
LABEL_SIGNS = ":،"  # behind «التعليق على الصورة»; a comma behind one word may be prose
LEAST_OF_DATE = 2  # spaces in «12 سبتمبر 2025»
PARTS_BEHIND = 3  # dashes, of a caption: «… - صورة أرشيفية - المصدر: …»

_BETWEEN_SOURCES = re.compile("[/|،,–-]")


def why_caption(line: Candidate, vocab: Vocab) -> str | None:
    """The reason for which the line is a picture's text; None for any other."""
    first, _, rest = line.words.partition(" ")
    captions = vocab.captions
    if line.words in captions or f"{first} {rest.partition(' ')[0]}" in captions:
        return f"begins with «{first}»"
    return _labelled(line, vocab) or _behind_dashes(line, vocab) or _in_brackets(line.text, vocab)


def _labelled(line: Candidate, vocab: Vocab) -> str | None:
    """A label and its sign: «صورة: …», «التعليق على الصورة، …»."""
    for sign in LABEL_SIGNS:
        label, found, _ = line.key.partition(sign)
        if found and len(label) <= LONGEST_LABEL and (sign == ":" or " " in label):
            words = letters(label.strip())
            if words in vocab.captions:
                return f"begins with «{words}{sign}»"
    return None


def _behind_dashes(line: Candidate, vocab: Vocab) -> str | None:
    """What the picture is («… - صورة أرشيفية»), whose it is («… - تصوير رويترز»), or when and whose."""
    parts = line.text.rsplit(" - ", PARTS_BEHIND)[1:]
    for part in parts:
        words = letters(fold(part))
        if words in vocab.captions or " ".join(words.split(" ", 2)[:2]) in vocab.captions:
            return f"says «{words}»"  # «صورة أرشيفية», «صورة أرشيفية تصوير: فلان»
    if not parts:
        return None
    if _is_credit(parts[-1].strip(), vocab):
        return f"ends with its source, «{parts[-1]}»"
    is_dated = any(part.count(" ") >= LEAST_OF_DATE and part[:1].isdigit() for part in parts[:-1])
    return f"ends with its date and source, «{parts[-1]}»" if is_dated and agency(parts[-1], vocab) else None


def _is_credit(part: str, vocab: Vocab) -> bool:
    """Whether words that say whose a picture is come first, and somebody behind them: not «صور وفيديو»."""
    label, colon, behind = part.partition(":")
    if not colon:
        first, _, rest = part.partition(" ")
        second, _, third = rest.partition(" ")
        label, behind = (f"{first} {second}", third)
        if "photo" not in str(vocab.credit_words.get(fold(label))):
            label, behind = first, rest if agency(rest, vocab) else ""
    return behind.strip() != "" and "photo" in str(vocab.credit_words.get(letters(fold(label)).strip()))


def _in_brackets(text: str, vocab: Vocab) -> str | None:
    """A source in brackets at the end, alone or beside a person: «… (رويترز)», «… (فلان/ الأناضول)»."""
    start = text.rfind("(") if text[-1] == ")" else -1
    if start < LEAST_BEFORE_SOURCE:
        return None
    source = text[start + 1 : -1]
    if agency(source, vocab):
        return f"ends with its source, «{source}»"
    parts = _BETWEEN_SOURCES.split(source)
    is_source = len(parts) > 1 and any(agency(part, vocab) for part in parts)
    return f"ends with its source, «{source}»" if is_source else None
