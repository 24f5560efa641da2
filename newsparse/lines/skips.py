"""Boxes with skip links: pages for screen readers mark where a box, or an embedded post, begins and ends.

    «تخطى قصص مقترحة وواصل القراءة»  …  «قصص مقترحة نهاية»

Knows the words of both lines. Everything between them belongs to the box, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.record import Lines
from newsparse.text import fold, letters
from newsparse.words.vocab import Vocab

MAX_SKIPPED_LINES = 60  # of a box
NAME = "*"  # the box's name in the words of both lines


class Skip(NamedTuple):
    """A link above a box. `end` are the words of the line below the box, or its first words."""

    end: str
    is_whole: bool = True


def skip(words: str, vocab: Vocab) -> Skip | None:
    """The skip link with these words; None if there is none."""
    for before, behind, end in _links(vocab):
        if words == before:  # a box without a name
            return Skip(end.partition(NAME)[0], NAME not in end)
        if behind and words.startswith(before) and words.endswith(behind) and len(words) > len(before) + len(behind):
            return Skip(end.replace(NAME, words[len(before) : len(words) - len(behind)]))
    return None


@lru_cache(maxsize=8)
def _links(vocab: Vocab) -> list[tuple[str, str, str]]:
    """The words before and behind the name of a box in a skip link, with the words of its end."""
    return [(*link.partition(NAME)[::2], fold(end)) for link, end in vocab.skip_links.items()]


def boxed(lines: Lines, links: Sequence[int]) -> list[int]:
    """The lines of the boxes below these links, with the lines that end them. A link without an end has no box."""
    found: list[int] = []
    for link in links:
        over = lines.founds[link]
        if not isinstance(over, Skip) or (found and link <= found[-1]):
            continue
        for i in range(link + 1, min(link + 1 + MAX_SKIPPED_LINES, len(lines.keys))):
            words = letters(lines.keys[i])
            if words == over.end or (words.startswith(over.end) and not over.is_whole):
                found += range(link + 1, i + 1)
                break
    return found
