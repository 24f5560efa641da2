"""A page dumped on one line, cut at the wide gaps that are all that is left of its blocks.

Knows which gaps are boundaries: those behind the end of a sentence, and behind what is no prose for certain, such as a
stamp. All others are only spaces. What the blocks are, `newsparse.lines.classify` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsparse.record import PROSE, Kind, Line, Lines
from newsparse.signs import CLOSERS, SENTENCE_ENDS
from newsparse.text import GAP

MIN_CHARS = 120  # of a line that is cut
MAY_GO_ON = PROSE | {Kind.SHORT, Kind.NAME, Kind.CLOCK}  # kinds of parts that may be in the midst of a sentence


def blocks(
    numbers: Sequence[int], texts: Sequence[str], classify: Callable[[Sequence[str]], Lines]
) -> tuple[list[int], list[str], list[int]]:
    """The texts, and for one with wide gaps its blocks; all have its number.

    Prose of several parts is one paragraph: the third list has the indexes of these.
    """
    places: list[int] = []
    found: list[str] = []
    paragraphs: list[int] = []
    for number, text in zip(numbers, texts, strict=True):
        parts = classify(text.split(GAP)) if GAP in text and len(text) >= MIN_CHARS else ()
        for run in _runs(parts) if parts else ():
            if len(run) > 1 and any(part.kind in PROSE for part in run):
                paragraphs.append(len(found))
            found.append(" ".join([part.text for part in run]))
            places.append(number)
        if not parts:
            found.append(text.replace(GAP, " "))
            places.append(number)
    return places, found, paragraphs


def _runs(parts: Lines) -> list[list[Line]]:
    """The parts between which there is no boundary: one sentence, or prose after prose."""
    runs: list[list[Line]] = []
    is_open = was_prose = False
    for part in parts:
        is_prose = part.kind in PROSE
        if is_open or (is_prose and was_prose):
            runs[-1].append(part)
            was_prose = True
        else:
            runs.append([part])
            was_prose = is_prose
        is_open = (is_open or part.kind in MAY_GO_ON) and not _ends(part.text)
    return runs


def _ends(text: str) -> bool:
    """Whether a sentence ends here; a full stop that stands alone is a part of a number."""
    words = text.rstrip(CLOSERS)
    return len(words) > 1 and words[-1] in SENTENCE_ENDS
