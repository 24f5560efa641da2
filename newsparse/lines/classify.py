"""The kind of each line, by its look alone, with the reason.

Does not know where the article is, nor the role of a line in it: that is the business of `newsparse.layout`.

A short line gets the kind of the first of the rules in `newsparse.lines.rules` that answers. A long line is a paragraph
unless its first words say otherwise. Almost all text is in long lines, so their way is the shortest. A page on one line
is cut at its wide gaps, which separated the blocks of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import compress

from newsparse.lines import tags
from newsparse.lines.rules import (
    MIN_LONG_LINE_CHARS,
    MIN_STOPPED_SENTENCE_CHARS,
    by_rules,
    openers_of_long_lines,
)
from newsparse.record import PROSE, Kind, Line, Lines, Role
from newsparse.signs import CLOSERS, COLONS, FULL_STOPS, SENTENCE_ENDS
from newsparse.text import GAP, fold
from newsparse.words.vocab import Settings, Vocab

COMMON_ENDS = ".،"  # of most sentences, which take the cheapest way
_LATIN = "abcdefghijklmnopqrstuvwxyz"  # `string.ascii_lowercase`, whose module takes half a millisecond
CREDIT_ENDS = frozenset(")]" + _LATIN + _LATIN.upper())  # of long lines that may be captions
MIN_DUMP_LINES = 60
TEXT_CHARS = 90  # of a line of an article's text
LINES_ABOVE_TEXT, LINES_BELOW_TEXT = 20, 8  # in which timestamps and credits are looked for
MIN_DOUBLED_CHARS = 20  # of a text that is twice on its line
MIN_GAPPED_CHARS = 120  # of a line that is cut at its wide gaps
BUTTONS = frozenset({Kind.FURNITURE, Kind.FURNITURE_HEAD})
MAY_GO_ON = PROSE | {Kind.SHORT, Kind.NAME, Kind.CLOCK}  # kinds of parts that may be in the midst of a sentence
MAX_CACHED_SHORT_LINES = 1 << 15  # the second pass of --learn meets the lines of the first again


def classify(texts: Sequence[str], settings: Settings, first: int = 1) -> Lines:
    """The clean lines that are not blank, each with its kind. `first` is the number of the first line."""
    return classified([*compress(range(first, first + len(texts)), texts)], [*filter(None, texts)], settings)


def classified(numbers: list[int], texts: list[str], settings: Settings) -> Lines:
    """The lines with their kinds, from texts without blank lines and the number of each.

    Most lines are paragraphs, and sentences that end as such. Only of the others the rules are asked.
    """
    joined = "".join(texts)
    is_one: set[int] = set()
    if ":" in joined and settings.normalize != "none":
        numbers, texts = tags.cut_at_labels(numbers, texts, settings.vocab)
    if GAP in joined and settings.normalize != "none":  # there it is what the text has
        numbers, texts, is_one = _blocks(numbers, texts, settings)
    count = len(texts)
    keys, kinds, whys, founds = [*texts], [Kind.PARAGRAPH] * count, ["long"] * count, [None] * count
    is_dump = count >= MIN_DUMP_LINES and not settings.markup  # of a saved page the tags tell where its menus are
    is_far = _far_from_text(texts) if is_dump else [False] * count
    asked = _asked_by_rules(settings.vocab, settings.tz, settings.now)
    openers = openers_of_long_lines(settings.vocab)
    for i, text in enumerate(texts):
        size = len(text)
        if text[size // 2] == " " and _is_doubled(text):
            kinds[i], whys[i] = Kind.FURNITURE, "the same words twice"
            continue
        if i in is_one:
            continue
        if settings.feed and (known := settings.feed.found(text)):
            is_time = any(map(str.isdigit, text)) and _of_short_line(text, asked, is_far[i])[1] is Kind.STAMP
            if not is_time:  # whatever its digits are, it is known by its letters
                keys[i], kinds[i], whys[i], founds[i] = fold(text), Kind.FURNITURE, known.why, known
                continue
        if size >= MIN_STOPPED_SENTENCE_CHARS and text[0].isalnum() and "@" not in text:
            head = text[: text.find(" ")]
            if head not in openers and head.lower() not in openers:
                if size >= MIN_LONG_LINE_CHARS and text[-1] not in CREDIT_ENDS:
                    continue
                if size < MIN_LONG_LINE_CHARS and text[-1] in COMMON_ENDS and text[-2] not in COMMON_ENDS:
                    kinds[i], whys[i] = Kind.SENTENCE, "ends as a sentence"
                    continue
        found = (_of_short_line if size < MIN_LONG_LINE_CHARS else by_rules)(text, asked, is_far[i])
        keys[i], kinds[i], whys[i], founds[i] = found
    return Lines([numbers, texts, keys, kinds, [Role.OTHER] * count, whys, [None] * count, founds])


def _is_doubled(text: str) -> bool:
    """Whether a line with a space in its middle is one text twice, such as another story's title: its link holds a
    picture that has the title too."""
    half = len(text) // 2
    is_twice = text.startswith(text[half + 1 :]) and text[-1] not in FULL_STOPS
    return is_twice and MIN_DOUBLED_CHARS <= half < MIN_LONG_LINE_CHARS


def kind_of(text: str, settings: Settings) -> Kind:
    """The kind of one line, wherever it stands; if it is cut, that of its first part."""
    return classify([text], settings).kinds[0]


@lru_cache(maxsize=8)
def _asked_by_rules(vocab: Vocab, tz: tzinfo | None, now: datetime | None) -> Settings:
    """The settings that the rules ask. Pages with other feeds and tags share what is known of short lines."""
    return Settings(vocab, tz, now)


# menus, agencies and buttons come again and again
_of_short_line = lru_cache(maxsize=MAX_CACHED_SHORT_LINES)(by_rules)


def _far_from_text(texts: Sequence[str]) -> list[bool]:
    """For each line of a whole page, whether it stands in a menu, far from any text.

    Timestamps and credits stand near the article, so the lines of menus are not read as such.
    """
    is_far = [True] * len(texts)
    for i, text in enumerate(texts):
        if len(text) >= TEXT_CHARS:
            start, end = max(0, i - LINES_ABOVE_TEXT), min(len(texts), i + 1 + LINES_BELOW_TEXT)
            is_far[start:end] = [False] * (end - start)
    return is_far


# Pages on one line ------------------------------------------------------------------------------------------------


def _blocks(numbers: Sequence[int], texts: Sequence[str], settings: Settings) -> tuple[list[int], list[str], set[int]]:
    """The lines, with each line that has wide gaps replaced by its blocks, which share its number.

    A gap is a boundary behind the end of a sentence, and behind a line that is surely not prose, such as a timestamp.
    Prose of several parts is one paragraph; the third value has the indexes of such lines.
    """
    places: list[int] = []
    found: list[str] = []
    is_one: set[int] = set()
    for number, text in zip(numbers, texts, strict=True):
        parts = classify(text.split(GAP), settings) if GAP in text and len(text) >= MIN_GAPPED_CHARS else ()
        for run in _runs(parts):
            if len(run) > 1 and any(part.kind in PROSE for part in run):
                is_one.add(len(found))
            found.append(" ".join([part.text for part in run]))
            places.append(number)
        if not parts:
            found.append(text.replace(GAP, " "))
            places.append(number)
    return places, found, is_one


def _runs(parts: Sequence[Line]) -> list[list[Line]]:
    """Groups of parts without a boundary between them: one sentence, or prose after prose."""
    runs: list[list[Line]] = []
    is_open = was_prose = False
    for part in parts:
        is_prose = part.kind in PROSE
        if runs and part.kind in BUTTONS and runs[-1][-1].text[-1] in COLONS:
            is_open = False  # what the colon announced is not there
        if is_open or (is_prose and was_prose):
            runs[-1].append(part)
            was_prose = True
        else:
            runs.append([part])
            was_prose = is_prose
        words = part.text.rstrip(CLOSERS)
        has_ended = len(words) > 1 and words[-1] in SENTENCE_ENDS  # a full stop that stands alone belongs to a number
        is_open = (is_open or part.kind in MAY_GO_ON) and not has_ended
    return runs
