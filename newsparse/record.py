"""From roles to the record: the sum of what the lines give, and nothing else.

Knows roles and fields. Does not look at words or places: so what ``--explain`` prints is the computation itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from newsparse.article import DROPPED, Article, Dropped, Line, Role
from newsparse.text import EMBEDDINGS, LINE_ENDS, SPACES

OF_ONE_LINE = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.SECTION})  # fields that are their line's text
LISTS = ("body", "hashtags", "authors", "agencies", "byline", "warnings", "inline_hashtags")
BODY = Role.BODY
WHITE_SPACE = b" \n\t\x1f"
INVISIBLE = "\u00a0\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202f\u2060\ufeff" + EMBEDDINGS + LINE_ENDS + SPACES
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


def article(lines: Iterable[Line], source: str = "-", warnings: Iterable[str] = ()) -> Article:
    """The record of the lines: the sum of what they give."""
    fields: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {name: [] for name in LISTS}
    dropped: list[Dropped] = []
    first = last = 0
    body = lists["body"]
    pieces: dict[int, list[str]] = {}  # of the paragraphs that have several
    for number, text, _, _, role, _, gives, _ in lines:
        first = first or number
        if role is BODY:
            if number == last:  # pieces of one line
                pieces.setdefault(len(body) - 1, [body[-1]]).append(text)
            else:
                body.append(text if "\n" not in text else one_line(text))
            last = number
        elif role in DROPPED:
            dropped += [Dropped(number + n, role.value, part) for n, part in enumerate(text.split("\n"))]
        elif role in OF_ONE_LINE and not (gives and gives.get(role.value)):
            fields.setdefault(role.value, one_line(text))
        if gives:
            _add(gives, number, fields, lists, dropped)
    for place, texts in pieces.items():
        body[place] = " ".join(texts)
    headline, paragraphs = fields.get("headline"), body
    if headline is None:
        lists["warnings"].append("headline.missing")
    if not paragraphs:
        lists["warnings"].append("body.missing")
    return Article(
        id=identity(headline, fields.get("published"), paragraphs),
        headline=headline,
        standfirst=fields.get("standfirst"),
        published=fields.get("published"),
        updated=fields.get("updated"),
        agency=" / ".join(dict.fromkeys(lists["agencies"])) or None,
        authors=tuple(dict.fromkeys(lists["authors"])),
        location=fields.get("location"),
        byline="\n".join(dict.fromkeys(lists["byline"])) or None,
        section=fields.get("section"),
        body=tuple(paragraphs),
        hashtags=tuple(dict.fromkeys(lists["hashtags"] or lists["inline_hashtags"])),
        language=fields.get("language"),
        dropped=tuple(dropped),
        warnings=tuple(dict.fromkeys([*warnings, *lists["warnings"]])),
        source=source,
        line=first,
    )


def _add(
    gives: Mapping[str, Any], number: int, fields: dict[str, Any], lists: dict[str, list[Any]], dropped: list[Dropped]
) -> None:
    """Add what line `number` gives: the first to give a field settles it, lists grow."""
    for name, value in gives.items():
        if name in lists:
            lists[name] += value
        elif name == "dropped":
            dropped.append(Dropped(number, *value))
        elif value is not None:
            fields.setdefault(name, value)


def one_line(text: str) -> str:
    """The parts that `newsparse.wrap` joined, with spaces between them."""
    return text.replace("\n", " ") if "\n" in text else text


def identity(headline: str | None, published: str | None, paragraphs: Sequence[str]) -> str:
    """``np1-`` and 16 hex digits: a hash of what the article says, white space and invisible marks aside."""
    said = "".join((headline or "", published or "", *paragraphs))
    if not said.isprintable():  # what is invisible is not
        said = said.translate(_WITHOUT_INVISIBLE)
    return "np1-" + sha256(said.encode("utf-8", "surrogatepass").translate(None, WHITE_SPACE)).hexdigest()[:16]
