"""Words are data: reads data/*.toml, and the user's own files of the same format, into one frozen Vocab.

Knows the format of the files, not what a word means: that is for the module that looks it up. Every key is folded
(`newsparse.text.fold`), so a look-up folds the line once and asks a dict.

The shipped files keep to a small part of TOML: a table's name, then an entry a line, ``"word" = value``, where the
value is also JSON. That part is read here in a millisecond or two, so no cache is needed that could go stale.
Whatever is not in it (a user's file may be any TOML) goes to tomllib.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsparse.article import VocabError
from newsparse.text import fold

DATA = Path(__file__).with_name("data")
Table = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Vocab:
    """All words, by table; the keys are folded. A table of a file is a field here, or the file is refused.

    A table maps a word to its value; in a plain list of words every value is True.
    """

    # names (agencies.toml, places.toml): newsparse.byline
    agencies: Table = field(default_factory=dict)  # canonical name -> [country, other name, ...]
    ambiguous_agencies: Table = field(default_factory=dict)  # also common words: only in a clear source slot
    cities: Table = field(default_factory=dict)  # -> ISO 3166 code of the country
    countries: Table = field(default_factory=dict)  # -> ISO 3166 code
    # bylines: newsparse.names, newsparse.byline
    credit_words: Table = field(default_factory=dict)  # «بقلم», "by" -> what it says, see newsparse.names
    desks: Table = field(default_factory=dict)  # «متابعات», «وكالات», "staff": sources that name nobody
    given_names: Table = field(default_factory=dict)  # first words of persons' names
    not_names: Table = field(default_factory=dict)  # words of headlines and menus that no name has
    # timestamps: newsparse.when
    months: Table = field(default_factory=dict)  # Gregorian, every system and language -> 1..12; [10, 11]: numbered
    hijri_months: Table = field(default_factory=dict)  # -> 1..12
    persian_months: Table = field(default_factory=dict)  # -> 1..12
    weekdays: Table = field(default_factory=dict)  # -> ISO weekday, Monday is 1
    day_periods: Table = field(default_factory=dict)  # -> "am", "pm", "noon" or "night"
    hours: Table = field(default_factory=dict)  # spelled: «الثامنة» -> 0..12
    minutes: Table = field(default_factory=dict)  # spelled, behind an hour: «والنصف» -> 30, «إلا ربعا» -> -15
    numbers: Table = field(default_factory=dict)  # spelled -> 0.25..50
    units: Table = field(default_factory=dict)  # «ساعتين» -> ["hours", 2]; 0 where a number must say how many
    ago_words: Table = field(default_factory=dict)  # «منذ», "ago", "önce"
    relative_times: Table = field(default_factory=dict)  # -> days from today, "now", or "today": at some time of it
    stamp_labels: Table = field(default_factory=dict)  # -> "published" or "updated"
    stamp_words: Table = field(default_factory=dict)  # little words of dates: see newsparse.tokens.LITTLE_WORDS
    zones: Table = field(default_factory=dict)  # -> IANA name or offset
    zone_places: Table = field(default_factory=dict)  # behind «بتوقيت» -> IANA name
    other_dates: Table = field(default_factory=dict)  # words beside a date that is not of publication: «مواليد», «رقم»

    # the page around an article: newsparse.lines
    furniture: Table = field(default_factory=dict)  # menus, buttons; True: the whole line, "opens": a line that begins so
    boxes: Table = field(default_factory=dict)  # a box's heading -> "inside" (read also) or "after" (most read, comments)
    tag_labels: Table = field(default_factory=dict)
    sections: Table = field(default_factory=dict)
    captions: Table = field(default_factory=dict)  # words that a caption begins with
    endings: Table = field(default_factory=dict)  # «انتهى» and the like
    frequent_words: Table = field(default_factory=dict)  # -> language, BCP 47

    @property
    def spelled(self) -> Mapping[str, Mapping[str, str]]:
        """The words as the files spell them, by table: folded -> as written."""
        return self._spelled

    _spelled: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class Settings:
    """What a run knows before it sees a line: the words, the zone of bare times, what relative times count from."""

    vocab: Vocab
    tz: tzinfo | None = None
    now: datetime | None = None
    normalize: str = "light"  # the level of newsparse.text.clean
    split: str = "auto"  # "auto", "none", or a regular expression: a matching line ends one article


@lru_cache(maxsize=1)
def shipped() -> Vocab:
    """The words of newsparse/data."""
    return load(sorted(DATA.glob("*.toml")))


def load(paths: Iterable[Path]) -> Vocab:
    """One Vocab from the files; a later file adds words to the earlier ones, or changes their values.

    Raises:
        VocabError: a file that is not there, not TOML, or has a table that no Vocab has.
    """
    vocab = Vocab()
    for path in paths:
        try:
            tables = read_tables(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise VocabError(f"{path}: not a word list ({error}); see newsparse/data for the format") from None
        for name, table in tables.items():
            _add(vocab, name, table, path)
    return vocab


def with_files(paths: Iterable[Path]) -> Vocab:
    """The shipped words and those of the user's files."""
    return load([*sorted(DATA.glob("*.toml")), *paths])


def read_tables(content: str) -> dict[str, dict[str, Any]]:
    """The tables of a file, by name: ``{"months": {"يناير": 1}}``.

    Raises:
        ValueError: the content is not TOML, or not made of tables.
    """
    tables = _read_plain(content)
    if tables is None:
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib
        tables = tomllib.loads(content)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} stands outside a [table]")
    return tables


def _read_plain(content: str) -> dict[str, dict[str, Any]] | None:
    """The tables of a file that keeps to the small part of TOML, else None."""
    tables: dict[str, dict[str, Any]] = {}
    table: dict[str, Any] = {}
    try:
        for line in content.split("\n"):
            if not line or line[0] == "#":
                continue
            if line[0] == "[":
                if line[1:-1] in tables or line[-1] != "]" or "." in line:
                    return None
                table = tables[line[1:-1]] = {}
                continue
            name, sign, value = line.partition('" = ')
            if not sign or name[0] != '"' or "\\" in name or name[1:] in table:
                return None
            table[name[1:]] = json.loads(value)
    except (ValueError, IndexError):
        return None
    return tables


def _add(vocab: Vocab, name: str, table: dict[str, Any], path: Path) -> None:
    target = getattr(vocab, name, None)
    if name.startswith("_") or not isinstance(target, dict):
        known = ", ".join(f.name for f in fields(Vocab) if not f.name.startswith("_"))
        raise VocabError(f"{path}: no table [{name}]; the tables are {known}")
    words = list(table)
    folded = fold("\n".join(words)).split("\n")
    target.update(zip(folded, table.values(), strict=True))
    vocab._spelled.setdefault(name, {}).update(zip(folded, words, strict=True))
