"""Raw scraped text of news in, clean records out.

>>> import newsparse
>>> newsparse.parse("...").headline  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsparse.article import Article, DecodeError, Line, NewsparseError, VocabError
from newsparse.version import __version__
from newsparse.vocab import Settings

__all__ = ["Article", "DecodeError", "Line", "NewsparseError", "VocabError", "__version__"]
