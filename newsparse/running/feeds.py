"""The feeds of a run: the source of each input, and its profile.

Knows --learn, --feed and --feed-by. What is learned, and the format of profiles, is in `newsparse.feed.profile`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any

from newsparse.feed.profile import FIELD_OF_ROLE, MAX_PAGES, Profile, ProfileError, SeenPage, Watch, core_share, updated
from newsparse.reading.inputs import STDIN_NAME, printed
from newsparse.record import Article, Lines
from newsparse.showing.messages import Messages
from newsparse.words.vocab import Settings
from newsparse.writing.output import errors_of, output_to

MAX_LOADED = 64  # profiles in memory
MAX_WATCHED = 1000  # feeds
MAX_LINES = 2_000_000  # of pages that one run learns from, all feeds together
MAX_SOURCE_CHARS = 120
FOLDER = "folder"
_UNSAFE = re.compile(r"[^\w.-]|^\.")


class Feeds:
    """The profiles of a run: one for all inputs, or one for each source in a folder."""

    def __init__(self, path: str, by: str | None, learns: bool) -> None:
        """`path` is a profile, or with `by` a folder of profiles: ``folder``, or the field of rows that names the
        source. If the run `learns`, a missing profile is no error; one that cannot be used is a ProfileError."""
        self.path, self.by, self.learns = path, by, learns
        self.applies = True  # or the inputs are parsed without their profiles
        self.watches: dict[str, Watch] = {}
        self._loaded = lru_cache(MAX_LOADED)(self._load)
        self._with = lru_cache(MAX_LOADED)(
            lambda known, profile: replace(known, vocab=profile.vocab(known.vocab), feed=profile)
        )
        if not by:
            self._loaded("")
            if learns:
                with output_to(path) as output:  # says why it cannot be written
                    output.discard()
            return
        with errors_of(path):
            if learns and not os.path.exists(path):  # noqa: PTH110
                os.makedirs(path)  # noqa: PTH103
            if not os.path.isdir(path):  # noqa: PTH112
                raise ProfileError(f"{printed(path)}: no folder; with --feed-by it holds a profile for each source")
            for name in sorted(os.listdir(path)):  # noqa: PTH208
                if name.endswith(".toml"):  # what is wrong with one shows before anything is read
                    Profile.load(os.path.join(path, name))  # noqa: PTH118

    def source(self, name: str, value: Any = None) -> str | None:
        """The source of an input by its name, or of a row by the value of its field; for an address it is the host."""
        if not self.by:
            return ""
        if self.by == FOLDER:
            folder = os.path.dirname(os.path.abspath(name))  # noqa: PTH100, PTH120
            return None if name == STDIN_NAME else os.path.basename(folder)  # noqa: PTH119
        text = str(value).strip() if isinstance(value, (str, int)) else ""
        if "://" in text:
            from urllib.parse import urlsplit

            with suppress(ValueError):
                text = (urlsplit(text).hostname or text).removeprefix("www.")
        return text or None

    def settings(self, known: Settings, source: str | None) -> Settings:
        """The settings with the profile of the source, if there is one."""
        profile = self._profile(source)
        return self._with(known, profile) if profile else known

    def file(self, source: str) -> str:
        """The path of the profile of a source."""
        if not self.by:
            return self.path
        name = _UNSAFE.sub(lambda match: "".join([f"%{byte:02X}" for byte in os.fsencode(match[0])]), source)
        return os.path.join(self.path, f"{name[:MAX_SOURCE_CHARS]}.toml")  # noqa: PTH118

    def share(self, source: str | None, lines: Lines) -> float:
        """The share of the core lines of the source that a page has; -1 if there are none."""
        profile = self._profile(source)
        return core_share(lines.founds, profile) if profile else -1.0

    def see(self, source: str | None, share: float, article: Article) -> None:
        """Count a record, in the order of the run: its source, its share of core lines, and the fields that it has."""
        if source is None:
            return
        if source not in self.watches:
            profile = self._profile(source) if len(self.watches) < MAX_WATCHED else None
            if not profile:
                return
            self.watches[source] = Watch(printed(self.file(source)), profile.fields, profile.total)
        self.watches[source].see(share, [name for name in FIELD_OF_ROLE.values() if getattr(article, name)])

    def learn(self, pages: Iterable[tuple[str, SeenPage]], settings: Settings, messages: Messages) -> None:
        """Add pages, each with its source, to the profiles. While `pages` parses them, no profile is applied."""
        found: dict[str, dict[str, SeenPage]] = {}
        size = 0
        self.applies = False
        for source, page in pages:
            of_source = found.setdefault(source, {})
            if page.id in of_source:
                continue
            if size > MAX_LINES:
                messages.note(f"learned from the first pages alone: they have {MAX_LINES:,} lines, which is the limit")
                break
            of_source[page.id] = page
            size += len(page.lines)
            if len(of_source) >= 2 * MAX_PAGES:  # a fair sample: the ids are hashes
                for identity in sorted(of_source)[MAX_PAGES:]:
                    size -= len(of_source.pop(identity).lines)
        self.applies = True
        self._loaded.cache_clear()
        for source in sorted(found):
            path = self.file(source)
            profile = updated(path, [*found[source].values()], settings.now)
            watch = Watch(printed(path), *profile.before)
            watch.has_drifted = profile.has_drifted
            if len(self.watches) < MAX_WATCHED or watch.has_drifted:
                self.watches[source] = watch

    def learned(self) -> Iterator[tuple[str, int, Sequence[tuple[str, int]]]]:
        """Of each feed of the run its name, how many pages are known, and the lines that they share, most frequent
        first, each with the number of pages."""
        for source, watch in self.watches.items():
            profile = self._profile(source)
            if profile and profile.lines:
                yield watch.name, profile.total, sorted(profile.lines.items(), key=lambda item: (-item[1], item[0]))

    def _profile(self, source: str | None) -> Profile | None:
        return None if source is None or not self.applies else self._loaded(source)

    def _load(self, source: str) -> Profile | None:
        path = self.file(source)
        is_needed = not self.by and not self.learns
        return Profile.load(path) if is_needed or os.path.exists(path) else None  # noqa: PTH110
