"""The section of the record: a line near the headline, or words beside a time, whichever comes first.

Knows that a section is alone on its line, and that the entries of a menu are side by side. A record has one section;
other candidates are dropped. Which words are sections is known by `newsparse.lines.classify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsparse.layout.again import Again
from newsparse.layout.assemble import one_line
from newsparse.layout.page import Page
from newsparse.lines.breadcrumbs import Steps
from newsparse.record import Kind, Role
from newsparse.signs import BULLETS

MAX_LINES_TO_SECTION = 3  # lines
MAX_SECTION_CHARS = 20  # characters
MIN_MENU_SECTIONS = 3  # rubrics side by side
MENU_KINDS = frozenset({Kind.SECTION, Kind.FURNITURE, Kind.SHORT, Kind.NAME})


def find_section(page: Page, headline: int | None, anchors: Sequence[int], again: Again) -> int | None:
    """The section: the nearest one to headline and time, the last step of a breadcrumb, or a word right above."""
    if not anchors:
        return None
    kinds = page.kinds
    for i in range(max(anchors), max(-1, min(anchors) - MAX_LINES_TO_SECTION - 1), -1):
        if kinds[i] is Kind.SECTION and page.texts[i][0] not in BULLETS:
            return None if _is_in_menu(page, i, max(anchors)) else i
        if kinds[i] is Kind.FURNITURE and isinstance(page.founds[i], Steps) and page.founds[i].rubric:
            return i
        if i + 1 in anchors and _stands_in_menu_too(i, page, again):
            return i
    if headline == 1 and page.kinds[0] is Kind.SHORT and len(page.texts[0]) <= MAX_SECTION_CHARS:
        return 0
    return None


def _is_in_menu(page: Page, i: int, end: int) -> bool:
    """Whether the section is an entry of a menu: others are beside it, and it occurs only there."""
    first = i
    while first and page.kinds[first - 1] in MENU_KINDS and len(page.texts[first - 1]) <= MAX_SECTION_CHARS:
        first -= 1
    rubrics = page.kinds[first : i + 1].count(Kind.SECTION)
    is_menu = rubrics >= MIN_MENU_SECTIONS or (rubrics > 1 and i - first >= MIN_MENU_SECTIONS)
    return is_menu and page.keys[:end].count(page.keys[i]) == 1


def _stands_in_menu_too(i: int, page: Page, again: Again) -> bool:
    """Whether the short line is also in a menu above; then it is a section, though no list has it."""
    key = page.keys[i]
    if page.kinds[i] is not Kind.SHORT or len(key) > MAX_SECTION_CHARS or again.counts.get(key, 0) < 2:
        return False
    first = page.keys.index(key)
    return first < i - 1 and Kind.SECTION in page.kinds[max(0, first - 1) : first + 2]


def settle_section(page: Page, section: int | None, times: Sequence[int | None]) -> None:
    """Settle the line of the section, after those of the times."""
    beside = {i for i in times if i is not None and (page.gives[i] or {}).get("section")}
    line = section if section is not None and page.open[section] else None
    first = min(beside if line is None else beside | {line}, default=None)
    if line is not None and line == first:
        page.settle(line, Role.SECTION, "the rubric nearest to the headline", _last_step(page, line))
    for i in beside - {first}:
        gives = page.gives[i] or {}
        page.gives[i] = {**gives, "section": None, "dropped": ("other", gives["section"])}


def _last_step(page: Page, i: int) -> dict[str, Any] | None:
    """The fields of a breadcrumb: its last section. The whole line is also dropped, since no field has its path."""
    steps = page.founds[i]
    if not isinstance(steps, Steps):
        return None
    return {"section": steps.rubric, "dropped": ("furniture", one_line(page.texts[i]))}
