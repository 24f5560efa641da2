"""The header: the slots above the body, in the order in which they are filled.

Knows the slots; each knows its own candidates and features. Decides nothing about the body.
"""

from __future__ import annotations

from newsparse.layout.bylines import BYLINES_SLOT
from newsparse.layout.headline import HEADLINE_SLOT
from newsparse.layout.page import Page
from newsparse.layout.rubrics import SECTION_SLOT
from newsparse.layout.slots import Header
from newsparse.layout.stamps import PUBLISHED_SLOT, UPDATED_SLOT
from newsparse.layout.standfirst import STANDFIRST_SLOT
from newsparse.layout.taglists import TAGS_SLOT

SLOTS = (HEADLINE_SLOT, PUBLISHED_SLOT, UPDATED_SLOT, BYLINES_SLOT, STANDFIRST_SLOT, SECTION_SLOT, TAGS_SLOT)


def read(page: Page) -> Header:
    """The lines above the body, or right below it, that fill the slots."""
    header = Header(page)
    for slot in SLOTS:
        header.fill(slot)
    return header
