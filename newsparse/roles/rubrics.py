"""The rubric in the record: the line above the headline, or what stands beside a time, whichever comes first.

Knows the header's slots, and that a record has one section: what else looked like one is in no field, and is dropped.
Does not know how the line of the rubric is found: see `newsparse.roles.header`.
"""

from __future__ import annotations

from typing import Any

from newsparse.article import Role
from newsparse.kinds.breadcrumbs import Steps
from newsparse.roles.header import Slots
from newsparse.roles.page import Page
from newsparse.roles.record import one_line


def settle(page: Page, slots: Slots) -> None:
    """Settle the line of the rubric, once those of the times are."""
    beside = {i for i in (slots.published, slots.updated) if i is not None and (page.gives[i] or {}).get("section")}
    line = slots.section if slots.section is not None and page.open[slots.section] else None
    first = min(beside if line is None else beside | {line}, default=None)
    if line is not None and line == first:
        page.settle(line, Role.SECTION, "the rubric nearest to the headline", _last_step(page, line))
    for i in beside - {first}:
        gives = page.gives[i] or {}
        page.gives[i] = {**gives, "section": None, "dropped": ("other", gives["section"])}


def _last_step(page: Page, i: int) -> dict[str, Any] | None:
    """What a breadcrumb gives: its last rubric; all of it is also among what is dropped, for the way is in no field."""
    steps = page.founds[i]
    if not isinstance(steps, Steps):
        return None
    return {"section": steps.rubric, "dropped": ("furniture", one_line(page.texts[i]))}
