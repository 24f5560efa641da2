"""HTML that is escaped by construction: elements are made by a function, and text gets into them in no other way.

Knows the syntax of HTML, not what a page says. Text is also made inert (`newsparse.showing.show.inert`), so that of an
article neither markup nor a control character nor a bidi override acts on its reader, and cut where it is endless.
"""

from __future__ import annotations

import html

from newsparse.showing.show import inert

LONGEST_TEXT = 20_000  # characters of one text
EMPTY = frozenset({"br", "meta"})


class Markup(str):
    """A string that is HTML already; every other string is text."""

    __slots__ = ()


Child = str | None
Attribute = str | int | bool | None


def element(name: str, *children: Child, **attributes: Attribute) -> Markup:
    """An element; children that are None are left out, and so are attributes that are None or False.

    >>> element("p", "1 < 2", element("b", "!"), class_="sum", aria_label=None)
    '<p class="sum">1 &lt; 2<b>!</b></p>'
    """
    opening = name + "".join([_attribute(*item) for item in attributes.items()])
    if name in EMPTY:
        return Markup(f"<{opening}>")
    return Markup(f"<{opening}>{together(*children)}</{name}>")


def together(*children: Child) -> Markup:
    """The children one after the other."""
    return Markup("".join([_escaped(child) for child in children if child is not None]))


def _escaped(child: str) -> str:
    return child if isinstance(child, Markup) else html.escape(inert(_cut(child)))


def _cut(text: str) -> str:
    left_out = len(text) - LONGEST_TEXT
    return text if left_out <= 0 else f"{text[:LONGEST_TEXT]} […{left_out:,}]"


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(inert(_cut(str(value))))}"'
