"""Lines whose kind the lines around them correct, before the body is looked for: boxes, and credits of pictures.

Knows boxes with skip links (`newsparse.lines.scraps`), credits below captions, and headings of other stories. Does not
know where the body is.
"""

from __future__ import annotations

from newsparse.layout.page import Page
from newsparse.lines import scraps
from newsparse.record import Kind


def look_again(page: Page) -> None:
    """Change the kinds of lines in boxes with skip links, and of the credits of pictures."""
    if links := page.of_kind(Kind.BOXED):
        page.are(Kind.BOXED, scraps.boxed(page, links), "in a box that ends below")
    if credits := [i + 1 for i in page.of_kind(Kind.CAPTION) if _is_credit_of_picture(page, i + 1)]:
        page.are(Kind.CAPTION, credits, "whose picture it is")


def _is_credit_of_picture(page: Page, i: int) -> bool:
    """Whether the line is only an agency, right below a caption, with prose above and below both."""
    if i < 2 or page.prose[i - 2 : i + 2 : 3] != b"\1\1" or page.kinds[i] not in (Kind.BYLINE, Kind.NAME):
        return False
    found = page.founds[i]
    return bool(found.agencies) and not found.authors and found.location is None


def opens_box(page: Page, i: int) -> bool:
    """Whether the line begins like the heading of a box with the stories of somebody: «المزيد من صحيفتنا»."""
    words, vocab = page.keys[i].split(" ", 2), page.settings.vocab
    opening = " ".join(words[:2])
    return len(words) > 2 and (opening in vocab.boxes or opening in vocab.furniture)
