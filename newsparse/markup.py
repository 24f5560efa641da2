"""What the tags of a page say: of each line, and of the article.

Knows no HTML: `newsparse.reading.page` fills these tuples, and `newsparse.layout.evidence` uses them. They travel
beside the text in `newsparse.words.vocab.Settings`, as the profile of a feed does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Fact(NamedTuple):
    """A statement of the page about itself: the tag that makes it, as reasons name it, and the value as written."""

    tag: str
    value: str


class LineTags(NamedTuple):
    """What the tags say of one line. An area is an element (``article``, ``nav``), or named by a class or id
    (``.related``). Blocks are numbered as they begin."""

    block: str  # the name of the innermost block, such as ``p``, ``li``, ``h1``, ``figcaption``
    areas: tuple[str, ...] = ()  # that the line stands in, the outermost first
    is_linked: bool = False  # whether the whole line is the text of links
    marks: tuple[tuple[str, str], ...] = ()  # names and texts of marked parts; of ``time`` its ``datetime``
    inside: tuple[int, ...] = ()  # the numbers of the innermost blocks around it, the innermost last

    def marked(self, name: str) -> list[str]:
        """The texts of the parts that are marked with this name."""
        return [text for mark, text in self.marks if mark == name]


class Markup(NamedTuple):
    """What a page's tags say: of its lines, by their numbers, and of the article, by the name of the statement.

    The statements are those of `newsparse.reading.page.META`. Those of one name stand in the order of trust.
    """

    lines: Mapping[int, LineTags]
    facts: Mapping[str, tuple[Fact, ...]]

    def first(self, name: str) -> str | None:
        """The value of the most trusted statement of this name."""
        return next((fact.value for fact in self.facts.get(name, ())), None)


STRANGE_AREAS = (
    frozenset(  # areas that are no part of the article; those with a dot are named by a class or id
        ["nav", "footer", "aside", "dialog", "button", "label", "legend", "option", "textarea", "summary"]
    )
    | frozenset([".logo", ".nav", ".footer", ".comments", ".related", ".share", ".newsletter"])
    | {".advertisement", ".sidebar", ".author box"}
)
