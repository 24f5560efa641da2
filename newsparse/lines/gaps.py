"""Pages on one line: they are cut at wide gaps, which separated the blocks of the page.

Knows which gaps are boundaries: those behind the end of a sentence, and those behind a line that is surely not prose,
such as a timestamp. Other gaps are only spaces. The kinds of the blocks are found in `newsparse.lines.classify`.
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
    """The lines, with each line that has wide gaps replaced by its blocks, which share its number.

    Prose of several parts is one paragraph; the third list has the indexes of such paragraphs.
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
    """Groups of parts without a boundary between them: one sentence, or prose after prose."""
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
    """Whether a sentence ends here. A full stop that stands alone belongs to a number."""
    words = text.rstrip(CLOSERS)
    return len(words) > 1 and words[-1] in SENTENCE_ENDS
