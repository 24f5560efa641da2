"""One article as a reader wants it, in HTML: warnings, the record as a page of a newspaper, beside it the raw lines.

Knows what stands where in an article's part of the report. Knows nothing of other articles, and nothing of how it
looks: that is data/report.css. The direction is the language's; text of a direction that is not known is isolated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsparse.codes import in_words
from newsparse.record import DROPPED, Article, Line
from newsparse.showing.markup import LONGEST_TEXT, Markup, element, together
from newsparse.showing.show import settled
from newsparse.words.language import direction
from newsparse.writing.fields import FOUND

MOST_ITEMS = 1000  # paragraphs, lines or tags of one article that are shown
MOST_CHARACTERS = 400_000  # of the paragraphs of one article, and again of its lines
EXPECTED = {  # fields that a reader misses, and what is said where they are null and nothing else was said
    "headline": "No headline was found.",
    "published": "No time of publication was found.",
    "body": "No body was found.",
}
SHOWN_ABOVE = frozenset({"headline", "standfirst", "byline", "body", "hashtags"})
FACTS = (*(name for name in FOUND if name not in SHOWN_ABOVE), "id")


def article_html(article: Article, lines: Sequence[Line], anchor: str) -> Markup:
    """The article's part of the page; `anchor` is its id there, and begins those of its lines."""
    written = direction(article.language)
    return element(
        "article",
        element("p", place(article), class_="place"),
        _warnings(article),
        element("div", _record(article, anchor), _ledger(lines, article, anchor), class_="pair", dir=written),
        id=anchor,
        class_="article",
        aria_labelledby=f"{anchor}-headline",
    )


def named(source: str) -> str:
    """What a reader calls the input."""
    return "standard input" if source == "-" else source


def place(article: Article) -> Markup:
    """The input, and the line of it at which the article begins."""
    return together(element("bdi", named(article.source)), f", line {article.line}" if article.line > 1 else None)


def faults(article: Article) -> dict[str, str]:
    """What is wrong with the record, in words: by the code of the warning, or the field that a reader misses."""
    warned = {code.partition(".")[0] for code in article.warnings}
    missed = [field for field in EXPECTED if not getattr(article, field) and field not in warned]
    silent = {f"{field} = null": EXPECTED[field] for field in missed}
    return silent | {code: in_words(code) for code in article.warnings}


def _warnings(article: Article) -> Markup | None:
    found = faults(article)
    if not found:
        return None
    items = [element("li", said, " ", element("code", code)) for code, said in found.items()]
    return element("ul", *items, class_="warnings", aria_label="Warnings")


# The record -------------------------------------------------------------------------------------------------------


def _record(article: Article, anchor: str) -> Markup:
    return element(
        "section",
        element("p", article.section, class_="section") if article.section else None,
        _headline(article, anchor),
        element("p", article.standfirst, class_="standfirst") if article.standfirst else None,
        _credits(article),
        *_paragraphs(article.body),
        _tags(article.hashtags),
        _facts(article),
        class_="record",
        lang=article.language,
        aria_label="Record",
    )


def _headline(article: Article, anchor: str) -> Markup:
    if article.headline:
        return element("h2", article.headline, id=f"{anchor}-headline")
    return element("h2", "No headline", id=f"{anchor}-headline", class_="absent", lang="en", dir="ltr")


def _credits(article: Article) -> Markup | None:
    """Who, where and when, on one line; times stand in their own order of digits."""
    names = [*article.authors[:MOST_ITEMS], *filter(None, (article.agency, article.location))]
    parts = [element("bdi", name) for name in names]
    if article.published:
        parts.append(_time(article.published))
    return element("p", *parts, class_="credits") if parts else None


def _time(stamp: str) -> Markup:
    """``2024-09-17T13:22:00+03:00`` as 2024-09-17 13:22 +03:00."""
    day, _, clock = stamp.partition("T")
    said = " ".join(filter(None, (day, clock[:5], clock[8:])))
    return element("time", said, datetime=stamp, dir="ltr")


def _paragraphs(body: Sequence[str]) -> Iterator[Markup]:
    for count, text in _fitting(body):
        yield _left_out(count, "paragraphs") if count else element("p", text, dir="auto")
    if not body:
        yield element("p", "No body", class_="absent", lang="en", dir="ltr")


def _tags(hashtags: Sequence[str]) -> Markup | None:
    items = [
        element("li", _left_out(count, "hashtags")) if count else element("li", "#", text, dir="auto")
        for count, text in _fitting(hashtags)
    ]
    return element("ul", *items, class_="tags", aria_label="Hashtags") if items else None


def _facts(article: Article) -> Markup:
    """The fields that stand nowhere else, and those that are unknown."""
    rows = []
    for field in FACTS:
        value = getattr(article, field)
        said = ", ".join(value[:MOST_ITEMS]) if isinstance(value, tuple) else value
        shown = element("dd", element("bdi", said)) if said else element("dd", "none", class_="absent")
        rows.append(element("div", element("dt", field), shown))
    return element("dl", *rows, class_="facts", lang="en")


# The lines --------------------------------------------------------------------------------------------------------


def _ledger(lines: Sequence[Line], article: Article, anchor: str) -> Markup:
    """Every line in order: its number, its role, the text, why, and the fields that it settles."""
    dropped = sum(line.role in DROPPED for line in lines)
    summary = f"{len(lines) - dropped:,} kept, {dropped:,} dropped"
    rows = [
        element("li", _left_out(count, "lines")) if count else _line(lines[index], text, article, anchor)
        for index, (count, text) in enumerate(_fitting([line.text for line in lines]))
    ]
    return element(
        "section",
        element("h3", "Lines ", element("small", summary), lang="en", dir="ltr"),
        element("ol", *rows),
        class_="lines",
        aria_label="Lines",
    )


def _line(line: Line, text: str, article: Article, anchor: str) -> Markup:
    last = line.number + line.text.count("\n")
    numbers = f"{line.number}–{last}" if last > line.number else f"{line.number}"
    fate = "dropped" if line.role in DROPPED else "kept"
    return element(
        "li",
        element("span", numbers, class_="number"),
        element("span", line.role.value, class_="role", lang="en"),
        element(
            "div",
            element("p", *_broken(text), class_="text", dir="auto", lang=article.language),
            element("p", line.why, *_given(line), class_="why", lang="en", dir="ltr"),
            class_="said",
        ),
        id=f"{anchor}-{line.number}",
        class_=f"{fate} {line.role.value}",
    )


def _broken(text: str) -> Iterator[str]:
    """The text with the line ends that it had."""
    for index, part in enumerate(text.split("\n")):
        if index:
            yield element("br")
        yield part


def _given(line: Line) -> Iterator[Markup]:
    for field, said in settled(line):
        yield element("span", f"{field} = ", element("bdi", said), class_="gives")


# What does not fit ------------------------------------------------------------------------------------------------


def _fitting(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The texts that the page has room for, each as (0, text); at last how many are left out."""
    room = MOST_CHARACTERS
    for index, text in enumerate(texts):
        if index >= MOST_ITEMS or room <= 0:
            yield len(texts) - index, ""
            return
        yield 0, text
        room -= min(len(text), LONGEST_TEXT)


def _left_out(count: int, what: str) -> Markup:
    return element("p", f"{count:,} more {what} are not shown here.", class_="absent", lang="en", dir="ltr")
