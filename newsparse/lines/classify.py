"""The kind of each line, by its look alone, with the reason.

Does not know where the article is, nor the role of a line in it: that is the business of `newsparse.layout`.

A short line gets the kind of the first of the rules in `newsparse.lines.rules` that answers. A long line is a paragraph
unless its first words say otherwise. Almost all text is in long lines, so their way is the shortest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import compress
from typing import Any

from newsparse.lines import gaps, tags
from newsparse.lines.looks import Candidate, openers_of_long_lines
from newsparse.lines.rules import (
    LONG_RULES,
    MIN_LONG_LINE_CHARS,
    MIN_STOPPED_SENTENCE_CHARS,
    NEAR_TEXT_RULES,
    PLAIN_RULES,
    RULES,
)
from newsparse.record import Kind, Lines
from newsparse.text import GAP, fold
from newsparse.words.vocab import Settings

COMMON_ENDS = ".،"  # of most sentences, which take the cheapest way
_LATIN = "abcdefghijklmnopqrstuvwxyz"  # `string.ascii_lowercase`, whose module takes half a millisecond
CREDIT_ENDS = frozenset(")]" + _LATIN + _LATIN.upper())  # of long lines that may be captions
MIN_DUMP_LINES = 60
DUMP_TOP_LINES = 30
TEXT_CHARS = 90  # of a line of an article's text
LINES_ABOVE_TEXT, LINES_BELOW_TEXT = 20, 8  # in which timestamps and credits are looked for
MAX_CACHED_LINES = 4096  # short ones

Tail = tuple[str, Kind, str, Any]  # the key of a line, its kind, the reason, and what was found in it


def classify(texts: Sequence[str], settings: Settings, first: int = 1) -> Lines:
    """The clean lines that are not blank, each with its kind. `first` is the number of the first line.

    Every line counts as a paragraph until a test shows that it is not.
    """
    numbers, found = [*compress(range(first, first + len(texts)), texts)], [*filter(None, texts)]
    joined = "".join(found)
    paragraphs: Sequence[int] = ()
    if ":" in joined and settings.normalize != "none":
        numbers, found = tags.cut_at_labels(numbers, found, settings.vocab)
    if GAP in joined and settings.normalize != "none":  # there it is what the text has
        numbers, found, paragraphs = gaps.blocks(numbers, found, partial(classify, settings=settings))
    addressed = "@" in joined
    keys, kinds, whys = found.copy(), [Kind.PARAGRAPH] * len(found), ["long"] * len(found)
    founds: list[Any] = [None] * len(found)
    openers, is_far = openers_of_long_lines(settings.vocab), _far_from_text(found)
    learned = settings.feed.found if settings.feed else None
    for i, text in enumerate(found):
        size = len(text)
        if learned is not None and (known := learned(text)):
            keys[i], kinds[i], whys[i], founds[i] = fold(text), Kind.FURNITURE, known.why, known
            continue
        if size >= MIN_STOPPED_SENTENCE_CHARS and text[0].isalnum() and not (addressed and "@" in text):
            head = text[: text.find(" ")]
            if head not in openers and head.lower() not in openers:
                if size >= MIN_LONG_LINE_CHARS and text[-1] not in CREDIT_ENDS:
                    continue
                if size < MIN_LONG_LINE_CHARS and text[-1] in COMMON_ENDS and text[-2] not in COMMON_ENDS:
                    kinds[i], whys[i] = Kind.SENTENCE, "ends as a sentence"
                    continue
        read = _read if size >= MIN_LONG_LINE_CHARS else _read_short
        keys[i], kinds[i], whys[i], founds[i] = read(text, settings, bool(is_far) and is_far[i])
    for i in paragraphs:
        keys[i], kinds[i], whys[i], founds[i] = found[i], Kind.PARAGRAPH, "long", None
    return Lines(numbers, found, keys, kinds, whys, founds)


def kind_of(text: str, settings: Settings) -> Kind:
    """The kind of one line, wherever it stands."""
    if len(text) < MIN_STOPPED_SENTENCE_CHARS and settings.feed is None and GAP not in text:
        return _read_short(text, settings, False)[1]
    return next(iter(classify([text], settings).kinds))


def _far_from_text(texts: Sequence[str]) -> Sequence[bool]:
    """For each line of a whole page, whether it stands in a menu, far from any text; empty for shorter texts.

    Timestamps and credits stand near the article, so the lines of menus are not read as such.
    """
    if len(texts) < MIN_DUMP_LINES:
        return ()
    is_far = [True] * len(texts)
    is_far[:DUMP_TOP_LINES] = [False] * DUMP_TOP_LINES
    for i, text in enumerate(texts):
        if len(text) >= TEXT_CHARS:
            start, end = max(0, i - LINES_ABOVE_TEXT), min(len(texts), i + 1 + LINES_BELOW_TEXT)
            is_far[start:end] = [False] * (end - start)
    return is_far


def _read(text: str, settings: Settings, is_far: bool) -> Tail:
    """The key, kind, reason and finding for a line, by the first rule that answers."""
    line = Candidate(text, settings.vocab)
    is_long = len(text) >= MIN_LONG_LINE_CHARS
    for rule in LONG_RULES if is_long else PLAIN_RULES if line.is_letters and not line.is_worded else RULES:
        if not (is_far and rule in NEAR_TEXT_RULES) and (found := rule(line, settings)):
            return line.key, *found
    if is_long:
        return text, Kind.PARAGRAPH, "long", None
    return line.key, Kind.SHORT, "short, no sentence", None


_read_short = lru_cache(maxsize=MAX_CACHED_LINES)(_read)  # menus, agencies and buttons come again and again
