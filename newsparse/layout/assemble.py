"""From lines to the record: adds up the fields that the lines give, and decides nothing but warnings.

Knows roles and fields. Takes no field from words or positions, so ``--explain`` shows the whole computation. Knows how
sentences end, for the warning that the body was cut, and that `newsparse.lines.wrap` left line ends inside lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from newsparse.names.byline import Credit, each_person_once
from newsparse.record import DROPPED, FIELDS, Article, Dropped, Line, Lines, Role, WarningCode
from newsparse.signs import CLOSERS, COLONS, COMMAS, SENTENCE_ENDS
from newsparse.text import EMBEDDINGS, LINE_ENDS, SPACES

OF_ONE_LINE = {role: role.value for role in (Role.HEADLINE, Role.STANDFIRST, Role.SECTION)}  # their line's text
_MADE = {"id", "agency", "byline", "body", "dropped", "source", "line"}  # fields that `article` makes itself
_MANY = [field.name for field in FIELDS if field.name not in _MADE and field.type.is_list]
LISTS = frozenset({*_MANY, "agencies", "byline", "inline_hashtags"})
BODY = Role.BODY
WHITE_SPACE = b" \n\t\x0b\x1f"
INVISIBLE = "\u00a0\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202f\u2060\ufeff" + EMBEDDINGS + LINE_ENDS + SPACES
_NAMES = {role: role.value for role in DROPPED}
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
MIN_PARAGRAPH_CHARS = 60  # of the body; shorter ones are sub-heads, names and the like
MIN_SHARE_ENDED = 0.8  # of the other paragraphs; else the text does without full stops
MIN_WORDS_BEHIND = 4  # behind the last sentence; fewer are a source or a place


def article(lines: Iterable[Line], source: str = "-", warnings: Iterable[str] = ()) -> Article:
    """The record of the lines: the sum of what they give.

    Raises:
        ValueError: a warning that `newsparse.record` does not list.
    """
    if not isinstance(lines, Lines):
        lines = Lines.of(lines)
    body, fields, lists, dropped = _sum(lines)
    is_said = body or fields.get("headline")  # else the id is of all lines, or pages without an article would share one
    warned = lists["warnings"] = [*warnings, *lists.get("warnings", ())]
    if not fields.get("headline"):
        warned.append(WarningCode.HEADLINE_MISSING.value)
    if not body:
        warned.append(WarningCode.BODY_MISSING.value)
    elif lines.roles[-1] in (Role.BODY, Role.CONTINUED) and is_cut(body):
        warned.append(WarningCode.BODY_CUT.value)
    for code in warned:
        WarningCode.named(code)
    lists.setdefault("hashtags", lists.get("inline_hashtags", []))
    lists["authors"] = each_person_once(lists.get("authors", ()))
    source = fields.pop("source", source)
    return Article(
        **fields | {name: tuple(dict.fromkeys(lists.get(name, ()))) for name in _MANY},
        id=identity(fields.get("headline"), fields.get("published"), body if is_said else lines.texts),
        agency=" / ".join(dict.fromkeys(lists.get("agencies", ()))) or None,
        byline="\n".join(dict.fromkeys(lists.get("byline", ()))) or None,
        body=tuple(body),
        dropped=tuple(dropped),
        source=source,
        line=lines.numbers[0] if lines.numbers else 0,
    )


def is_cut(paragraphs: Sequence[str]) -> bool:
    """Whether the body, which nothing follows, ends in the middle of a sentence, as in a file that was cut.

    A text may also end without a full stop by habit, with a source or a link. So its other paragraphs must end like
    sentences, and some words of prose follow the last sentence.
    """
    last = paragraphs[-1].rstrip()
    if last[-1] in CLOSERS + COLONS + SENTENCE_ENDS or len(last) < MIN_PARAGRAPH_CHARS:
        return False
    behind = last[max(last.rfind(f"{sign} ") for sign in SENTENCE_ENDS) + 1 :]
    if last[-1] in COMMAS:
        return True
    others = [text.rstrip(CLOSERS) for text in paragraphs[:-1]]
    ended = sum(text[-1:] in SENTENCE_ENDS for text in others)
    is_usual = ended > 0 and ended >= MIN_SHARE_ENDED * len(others)
    return is_usual and len(behind.split()) >= MIN_WORDS_BEHIND


def _sum(lines: Lines) -> tuple[list[str], dict[str, Any], dict[str, list[str]], list[Dropped]]:
    """The paragraphs, the single fields, the lists, and the dropped lines."""
    body: list[str] = []
    fields: dict[str, Any] = {}
    lists: dict[str, list[str]] = {}
    dropped: list[Dropped] = []
    pieces: dict[int, list[str]] = {}  # of the paragraphs that have several
    last = 0
    for number, text, role, gives in zip(lines.numbers, lines.texts, lines.roles, lines.gives, strict=True):
        if role is BODY:
            if number == last:  # pieces of one line
                pieces.setdefault(len(body) - 1, [body[-1]]).append(text)
            else:
                body.append(text.replace("\n", " "))
            last = number
        elif role in _NAMES:
            for at, part in enumerate(text.split("\n"), number):
                dropped.append(Dropped(at, _NAMES[role], part))
        elif role in OF_ONE_LINE and not (gives and gives.get(role)):
            fields.setdefault(OF_ONE_LINE[role], text.replace("\n", " "))
        if gives:
            for name, value in gives.items():
                if not value:
                    continue
                if name in LISTS:
                    lists.setdefault(name, []).extend(value)
                elif name == "dropped":
                    dropped.append(Dropped(number, *value))
                else:
                    fields.setdefault(name, value)
    for place, texts in pieces.items():
        body[place] = " ".join(texts)
    return body, fields, lists, dropped


def credited(credit: Credit, printed: str) -> dict[str, Any]:
    """The fields that a byline or dateline gives."""
    return {
        "agencies": credit.agencies,
        "authors": credit.authors,
        "location": credit.location,
        "byline": (printed.replace("\n", " "),),
    }


def identity(headline: str | None, published: str | None, paragraphs: Sequence[str]) -> str:
    """The id: ``np1-`` and 16 hex digits, a hash of the texts without white space and invisible marks."""
    said = "".join((headline or "", published or "", *paragraphs))
    data = said.encode("utf-8", "surrogatepass")
    if (b"\xe2" in data or b"\xc2" in data or b"\xef" in data or "\u061c" in said) and not said.isprintable():
        data = said.translate(_WITHOUT_INVISIBLE).encode("utf-8", "surrogatepass")  # what is invisible is not said
    return "np1-" + sha256(data.translate(None, WHITE_SPACE)).digest()[:8].hex()
