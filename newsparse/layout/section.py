"""The section: candidates for the slot and their features, and sections on the line of a time.

Knows that a section is alone on its line, and that the entries of a menu are side by side. A record has one section,
the first that was found; the others are dropped. Which words are sections is known by `newsparse.lines.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsparse.layout.page import Page
from newsparse.layout.slots import Features, Slot
from newsparse.lines.rules import MIN_MENU_SECTIONS, Steps
from newsparse.record import Kind, Role
from newsparse.signs import BULLETS

MAX_LINES_TO_SECTION = 3  # above headline and time
MAX_SECTION_CHARS = 20  # of an entry of a menu
MENU_KINDS = frozenset({Kind.SECTION, Kind.FURNITURE, Kind.SHORT, Kind.NAME})


def section_candidates(page: Page) -> Mapping[int, str]:
    """The sections around headline and time: listed words, last steps of breadcrumbs, and short lines that a menu above
    has too. Each has the feature that says how it may be a section."""
    anchors = _anchors(page)
    if not anchors:
        return {}
    near = range(max(0, min(anchors) - MAX_LINES_TO_SECTION), max(anchors))
    return {i: what for i in near if i not in anchors and (what := _what(i, page))}


def _anchors(page: Page) -> list[int]:
    return [i for i in (page.headline, page.published) if i is not None]


def _what(i: int, page: Page) -> str:
    """How the line may be a section; empty if it cannot be one."""
    kind, text = page.kinds[i], page.texts[i]
    if kind is Kind.SECTION:
        return "a word for a section" if text[0] not in BULLETS else ""
    if kind is Kind.FURNITURE:
        return "a breadcrumb" if isinstance(page.founds[i], Steps) and page.founds[i].section else ""
    if kind is not Kind.SHORT or len(text) > MAX_SECTION_CHARS:
        return ""
    first = page.keys.index(page.keys[i])
    if first < i - 1 and Kind.SECTION in page.kinds[max(0, first - 1) : first + 2]:
        return "a word of the menu"  # though no list has it
    vocab, key = page.settings.vocab, page.keys[0]
    is_name = key in vocab.countries or not vocab.sections.keys().isdisjoint(key.split())  # with a word for a section
    return "a few words above the headline" if i == 0 and page.headline == 1 and is_name else ""


def section_features(i: int, page: Page, among: Mapping[int, str]) -> Features:
    """The features of line `i` as the section."""
    anchors = _anchors(page)
    is_right_above = i + 1 in anchors
    return {
        among[i]: True,
        "right above headline or time": is_right_above,
        "above headline and time": not is_right_above and i < min(anchors),
        "between headline and time": not is_right_above and i > min(anchors),
        "lines to headline or time": min(a - i for a in anchors if a > i),
        "in a menu": page.kinds[i] is Kind.SECTION and _is_in_menu(page, i, max(anchors)),
    }


def _is_in_menu(page: Page, i: int, end: int) -> bool:
    """Whether the section is an entry of a menu: others are beside it, and it occurs only there."""
    first, last = i, i
    while first and _may_be_entry(page, first - 1):
        first -= 1
    while last + 1 < end and _may_be_entry(page, last + 1):
        last += 1
    count = page.kinds[first : last + 1].count(Kind.SECTION)
    is_menu = count >= MIN_MENU_SECTIONS or (count > 1 and last - first >= MIN_MENU_SECTIONS)
    return is_menu and page.keys[:end].count(page.keys[i]) == 1


def _may_be_entry(page: Page, i: int) -> bool:
    return page.kinds[i] in MENU_KINDS and len(page.texts[i]) <= MAX_SECTION_CHARS


def settle_section(page: Page) -> None:
    """Settle the section: its own line, or the words beside a time, whichever comes first. The others are dropped.

    The lines of times are settled.
    """
    times, section = (page.published, page.updated), page.section
    beside = {i for i in times if i is not None and (page.gives[i] or {}).get("section")}
    line = section if section is not None and page.roles[section] is Role.OTHER else None
    first = min(beside if line is None else beside | {line}, default=None)
    if line is not None and line == first:
        page.settle(line, Role.SECTION, "the section nearest to the headline", _last_step(page, line))
    for i in beside - {first}:
        page.give(i, section=None, dropped=("other", (page.gives[i] or {})["section"]))


def _last_step(page: Page, i: int) -> dict[str, Any] | None:
    """The fields of a breadcrumb: its last section. The whole line is also dropped, since no field has its path."""
    steps = page.founds[i]
    if not isinstance(steps, Steps):
        return None
    return {"section": steps.section, "dropped": ("furniture", page.texts[i].replace("\n", " "))}


SECTION_SLOT = Slot("section", section_candidates, section_features)
