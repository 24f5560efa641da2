r"""The library: raw scraped text of news in, clean records out.

>>> import newsparse
>>> text = "افتتاح جسر جديد في صور\n\n13:2217/09/2024, الثلاثاء\nالأناضول\n\nافتتح وزير الأشغال الجسر.\n"
>>> article = newsparse.parse(text)
>>> article.headline, article.published, article.agency
('افتتاح جسر جديد في صور', '2024-09-17T13:22:00', 'الأناضول')
"""

from __future__ import annotations

try:
    from newsparse import searchpath as _searchpath  # before any other module
except KeyboardInterrupt:
    from newsparse import searchpath as _searchpath

    _searchpath.die_if_command()
    raise

# isort: split
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, TypedDict

from newsparse import text as _text
from newsparse.layout import grammar
from newsparse.layout.assemble import article
from newsparse.reading.read import is_binary
from newsparse.record import Article, DecodeError, Line, Lines, NewsparseError, Role, VocabError
from newsparse.stream import split
from newsparse.text import fold_words as fold
from newsparse.version import __version__
from newsparse.words.vocab import Feed, Settings, Vocab, shipped

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "Article",
    "DecodeError",
    "Feed",
    "Line",
    "NewsparseError",
    "Role",
    "Settings",
    "Vocab",
    "VocabError",
    "__version__",
    "article",
    "explain",
    "explained",
    "fold",
    "parse",
    "parse_many",
    "settings",
]


def __getattr__(name: str) -> object:
    """`newsparse.feed`, which few programs need."""
    if name != "feed":
        raise AttributeError(f"module 'newsparse' has no attribute {name!r}")
    from importlib import import_module

    return import_module("newsparse.feed")


LEVELS = ("none", "light", "search")
_EXPECTED = (
    ("vocab", Vocab, "newsparse.words.vocab.with_files(['words.toml'])"),
    ("tz", tzinfo, "zoneinfo.ZoneInfo('Asia/Riyadh')"),
    ("now", datetime, "datetime.now(timezone.utc)"),
)


def settings(
    *,
    vocab: Vocab | None = None,
    tz: tzinfo | None = None,
    now: datetime | None = None,
    normalize: str = "light",
    split: str = "none",
    feed: Feed | None = None,
) -> Settings:
    """The settings of a run: words, time zone, current time, level of normalization, splitting, feed.

    Raises:
        TypeError: a value of a wrong type, such as a name in ``tz="Asia/Riyadh"``.
        NewsparseError: an unknown level of normalization, or a current time at the end of the calendar.
    """
    for (name, kind, example), value in zip(_EXPECTED, (vocab, tz, now), strict=True):
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name}={value!r}: a {kind.__name__} is expected, such as {example}")
    if feed is not None and not hasattr(feed, "vocab"):
        raise TypeError(f"feed={feed!r}: a Profile is expected, such as newsparse.feed.Profile.load('feed.toml')")
    if now is not None and not 1 < now.year < 9999:  # with days before and after it, in every zone
        raise NewsparseError(f"now={now.isoformat()}: a year from 2 to 9998 is expected")
    if normalize not in LEVELS:
        raise NewsparseError(f"no level {normalize!r}; there are: {', '.join(LEVELS)}")
    vocab = vocab or shipped()
    return Settings(feed.vocab(vocab) if feed else vocab, tz, now, normalize, split, feed)


class ParseOptions(TypedDict, total=False):
    """The options of `parse`, by name."""

    vocab: Vocab | None
    tz: tzinfo | None
    now: datetime | None
    normalize: str
    feed: Feed | None


def parse(source: str | bytes, *, html: bool = False, **options: Unpack[ParseOptions]) -> Article:
    """The record of one article.

    Args:
        source: the raw text; bytes are UTF-8, or what their byte order mark says. Decode others first.
        html: the source is an HTML page (the extra ``newsparse[html]``); bytes are in the encoding that it names.
        options: any of these:

            - `vocab`: more words than the shipped ones, see `newsparse.words.vocab.with_files`.
            - `tz`: the zone of timestamps that carry none, such as ``zoneinfo.ZoneInfo("Asia/Riyadh")``; without it
              they stay without offset.
            - `now`: what «منذ 3 ساعات» counts from; without it such a time stays None, with a warning.
            - `normalize`: "none", "light" (default) or "search".
            - `feed`: what the pages of this source share, see `newsparse.feed.learn`.

    Raises:
        DecodeError: bytes that are not text.
        NewsparseError: more lines or characters than one article may have (`newsparse.stream.split`); a page without
            text.
        ImportError: `html`, and lxml is not installed.

    No other text raises: unknown fields are None, unused lines in `dropped`.
    """
    return next(parse_many([source], html=html, **options))


def parse_many(
    sources: Iterable[str | bytes], *, html: bool = False, **options: Unpack[ParseOptions]
) -> Iterator[Article]:
    """The record of each source, one at a time, as `parse` makes it."""
    if isinstance(sources, (str, bytes)):  # whose letters would be sources, too
        raise TypeError("parse_many takes many texts, such as a list of them; parse takes one")
    known = settings(**options)
    for source in sources:
        yield article(_explain(source, known, html))


def explain(source: str | bytes, *, html: bool = False, **options: Unpack[ParseOptions]) -> list[Line]:
    """The lines that are not blank, each with its role and the reason for it. `parse` adds up these lines."""
    return [*_explain(source, settings(**options), html)]


def explained(blocks: Iterable[str], settings: Settings, is_file: bool = False) -> Iterator[Lines]:
    """The lines of one article after the other, with roles. The blocks are decoded text of any size.

    A file that is named (`is_file`) is cut only where it is almost sure that another article begins.
    """
    for piece in split.articles(blocks, settings, is_file):
        yield split.with_notes(grammar.explained(piece.lines, settings), piece)


def _explain(source: str | bytes, known: Settings, html: bool) -> Lines:
    if html:
        try:
            from newsparse.reading.page import read_page
        except ImportError as error:
            raise ImportError(f"html=True needs {error.name}: pip install 'newsparse[html]'", name=error.name) from None
        text, markup = read_page(source)
        return next(explained([text], replace(known, markup=markup)), Lines.of([]))
    return next(explained([text_of(source)], known), Lines.of([]))


def text_of(source: str | bytes) -> str:
    """The text of what `parse` takes.

    Raises:
        DecodeError: bytes that are not text.
        TypeError: what is neither str nor bytes.
    """
    if isinstance(source, str):
        return source
    if not isinstance(source, bytes):
        raise TypeError(f"a text is expected, str or bytes, not {type(source).__name__}; read a file first")
    text = _text.decode(source)
    if is_binary(text.encode("utf-8", "surrogatepass")):
        raise DecodeError("binary bytes, not text; decode it first if it is text in another encoding, such as UTF-16")
    return text
