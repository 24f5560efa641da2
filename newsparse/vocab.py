"""Words are data: reads data/*.toml, and the user's own files of the same format, into one frozen Vocab.

Knows which tables there are, not what a word means: that is for the module that looks it up. Every key is folded
(`newsparse.text.fold`), so a look-up folds the line once and asks a dict. The files' format: `newsparse.wordlist`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsparse.article import NewsparseError, VocabError
from newsparse.text import fold
from newsparse.wordlist import Column, Spellings, read_plain, read_toml

DATA = Path(__file__).with_name("data")
LARGEST = 1 << 25  # bytes of a user's file
Table = Mapping[str, Any]
OF_PAGES = frozenset({"boxes", "captions", "endings", "furniture", "sections", "tag_labels"})  # asked by letters alone
BETWEEN_LETTERS = "-'’"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value < 1000


OPEN: dict[str, Callable[[Any], bool]] = {  # tables whose values are more than those that are shipped
    "agencies": lambda value: isinstance(value, list) and value != [] and all(map(_is_text, value)),
    "cities": _is_text,
    "countries": _is_text,
    "numbers": _is_number,
    "minutes": lambda value: type(value) is int and -60 < value < 60,
    "zones": _is_text,
    "zone_places": _is_text,
    "frequent_words": _is_text,
}


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
    furniture: Table = field(default_factory=dict)  # menus, buttons; True: a whole line, "opens": a line's beginning
    boxes: Table = field(default_factory=dict)  # a heading -> "inside" (read also) or "after" (most read) an article
    tag_labels: Table = field(default_factory=dict)
    sections: Table = field(default_factory=dict)
    captions: Table = field(default_factory=dict)  # words that a caption begins with
    endings: Table = field(default_factory=dict)  # «انتهى» and the like
    frequent_words: Table = field(default_factory=dict)  # -> language, BCP 47

    spelled: Spellings = field(default_factory=Spellings, repr=False)  # by table: folded -> as the files spell it


TABLES = tuple(each.name for each in fields(Vocab) if each.name != "spelled")


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
    return _read_shipped()


def _read_shipped() -> Vocab:
    vocab = Vocab()
    for path in sorted(DATA.glob("*.toml")):
        _add(vocab, read_plain(path.read_bytes().decode()))
    return vocab


def with_files(paths: Iterable[Path]) -> Vocab:
    """The shipped words and those of the user's files; a later file adds words, or changes their values.

    Raises:
        VocabError: a file that cannot be read, is no word list, or has a table or a value that no Vocab knows.
    """
    vocab = _read_shipped()
    known = {name: set(map(repr, getattr(vocab, name).values())) for name in TABLES}
    for path in paths:
        columns = _columns(path)
        for name, column in columns.items():
            _check(name, column, known.get(name, set()), path)
        _add(vocab, columns)
    return vocab


def _columns(path: Path) -> dict[str, Column]:
    try:
        return read_toml(_content(path))
    except NewsparseError as error:
        raise VocabError(str(error)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise VocabError(f"{path}: not a word list ({error}); see newsparse/data for the format") from None


def _content(path: Path) -> str:
    """The text of a user's file; one that has no end, or nobody writes to, is refused as an input is."""
    from newsparse.read import Reading, Source

    name = str(path)
    return "".join(Source(f"./{name}" if name == "-" else name, Reading(max_size=LARGEST)).blocks())


def _check(name: str, column: Column, known: set[str], path: Path) -> None:
    """Refuse a table that no Vocab has; a value that is none of the table's, where it has few, or of another kind."""
    if name not in TABLES:
        raise VocabError(f"{path}: no table [{name}]; the tables are {', '.join(TABLES)}")
    fits = OPEN.get(name, lambda value: repr(value) in known)
    words = column.words.split("\n") if column.values else []
    for word, value in zip(words, column.values, strict=True):
        if known and not (word.strip() and fits(value)):
            some = "such as" if name in OPEN else "one of"
            wanted = ", ".join(sorted(known, key=lambda form: (len(form), form))[:12])
            raise VocabError(f"{path}: [{name}] {word!r} = {repr(value)[:80]}: the value has to be {some} {wanted}")


def _add(vocab: Vocab, columns: Mapping[str, Column]) -> None:
    """Put the tables of a file into the Vocab; all its words are folded in one go."""
    full = [(name, column) for name, column in columns.items() if column.values]
    keys = fold("\n".join([_as_asked(name, column.words) for name, column in full])).split("\n")
    end = 0
    for name, column in full:
        start, end = end, end + len(column.values)
        folded = keys[start:end]
        getattr(vocab, name).update(zip(folded, column.values, strict=True))
        vocab.spelled.add(name, folded, column.words)


def _as_asked(name: str, words: str) -> str:
    for sign in BETWEEN_LETTERS if name in OF_PAGES else "":
        words = words.replace(sign, " ")
    return words
