"""Repetitions above the body: equal lines, and lines that contain another one, such as titles, buttons, breadcrumbs.

Knows the lines above the body, and the short lines in it. The headline is chosen in `newsparse.layout.headline`.
"""

from __future__ import annotations

from typing import NamedTuple

from newsparse.layout.page import Page
from newsparse.record import Kind

SUFFIX_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
MIN_TITLE_AGAIN_CHARS = 12  # characters of a headline that stands again with the site's name
MAX_LINES_BELOW_STEPS = 3  # lines from a breadcrumb to the headline that it runs into
MIN_LABELLED_CHARS = 30  # characters of a headline that a button repeats


class Again(NamedTuple):
    """The repetitions above the body.

    counts: the number of times each line occurs. labelled: the text behind the label of a button («مشاركة: …»), the
    name of the site, or a breadcrumb. wrapped: the lines that contain another line in this way. listed: the short lines
    in the body, which a table of contents repeats.
    """

    counts: dict[str, int]
    labelled: set[str]
    wrapped: set[str]
    listed: set[str]

    @classmethod
    def of(cls, page: Page) -> Again:
        """The repetitions of the lines above the body."""
        start, end, _ = page.stretch
        again = cls({}, set(), set(), set())
        counts = again.counts
        for key in page.keys[:start]:
            counts[key] = counts.get(key, 0) + 1
        said = "\n".join(counts)
        for sign in SUFFIX_SIGNS:
            if sign in said:
                again.cut_at(sign)
        if ": " in said:
            again.labelled.update(part for key in counts if ": " in key for part in _behind(key, ": "))
        again.cut_steps([*counts])
        shorts = page.places[Kind.SHORT]
        if shorts and shorts[-1] >= start:
            again.listed.update([page.keys[i] for i in shorts if start <= i < end])
        return again

    def cut_steps(self, keys: list[str]) -> None:
        """Find breadcrumbs that were joined with the headline, which follows right below or soon."""
        for distance in range(1, min(MAX_LINES_BELOW_STEPS + 1, len(keys))):
            for key, below in zip(keys, keys[distance:], strict=False):
                if key.endswith(below) and len(below) >= len(key) / 2:
                    self.wrapped.add(key)
                    self.labelled.add(below)

    def cut_at(self, sign: str) -> None:
        """Find the texts before and behind the sign that separates the name of the site, in each line."""
        for key in [key for key in self.counts if sign in key]:
            before, behind = {key[: key.index(sign)], key[: key.rindex(sign)]}, _behind(key, sign)
            behind.update(part for title in before if ": " in title for part in _behind(title, ": "))
            self.labelled.update(behind)
            known = [part for part in before | behind if part in self.counts]
            if any(len(part) >= MIN_TITLE_AGAIN_CHARS for part in known):
                self.wrapped.add(key)


def _behind(key: str, sign: str) -> set[str]:
    """The texts behind the first and behind the last sign."""
    return {key.partition(sign)[2], key.rpartition(sign)[2]}
