"""Words are data: reads data/*.toml, and the user's own files of the same format, into one Vocab; languages told apart.

The files of newsparse/data use a small part of TOML: the name of a table, then lines ``"word" = value`` whose values
are also JSON. A fast reader knows only this part. Files of users may be any TOML; tomllib reads them. The words of a
table stay one text with a word on each line, because a loop over words takes four times as long. Keys are folded
(`newsparse.text.fold`), so a look-up folds the line once and asks a dict. Knows which tables exist. What a word means,
the module that looks it up knows; only the language of a text is told here, from its letters and most frequent words.

Reading and folding all lists takes 10 ms, reading the cache 1 ms. The cache lies where Python keeps the compiled
data/words.py. Python's own import system writes it: whole or not at all, even if many processes start at once. It is
out of date when a list, or a module that makes it, has another time or size. Where Python may not write, each start
folds the words again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from os import PathLike
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from newsparse.record import NewsparseError, VocabError
from newsparse.text import fold, rare

if TYPE_CHECKING:
    from newsparse.markup import Markup

HERE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 (pathlib is not imported at start-up)
DATA = f"{HERE}/data"
MAKERS = ("signs", "text", "words/vocab")  # modules
OF_PAGES = frozenset({"boxes", "captions", "endings", "furniture", "sections", "tag_labels"})  # asked by letters alone
BETWEEN_LETTERS = ("-", "'", "’", " & ")
MAX_DOTS_IN_LINE = 1000  # a key of so many parts takes tomllib a time and memory that grow with their square
IS_TRUE = '" = true'


class Column(NamedTuple):
    """A table: its words in one text, a word on each line, and their values."""

    words: str
    values: Sequence[Any]


def toml(content: str) -> dict[str, Any]:
    """The tables of a text in TOML.

    Raises:
        ValueError: the content is not TOML, is nested too deeply, or has too many dots on one line.
    """
    if any(line.count(".") > MAX_DOTS_IN_LINE for line in content.splitlines()):
        raise ValueError(f"a line has more than {MAX_DOTS_IN_LINE} dots")
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        tables: dict[str, Any] = tomllib.loads(content)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return tables


def read_toml(content: str) -> dict[str, Column]:
    """The tables of a file, by name.

    Raises:
        ValueError: the content is not TOML, or has something outside a table.
    """
    columns = {}
    for name, table in toml(content).items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} stands outside a [table]")
        if any("\n" in word for word in table):
            raise ValueError(f"a word of [{name}] has more than one line")
        columns[name] = Column("\n".join(table), [*table.values()])
    return columns


def read_plain(content: str) -> dict[str, str]:
    """The entries of each table, by its name, as `column` takes them. The content may be several files together."""
    tables: dict[str, list[str]] = {}
    for part in content.split("\n[")[1:]:
        name, _, entries = part.partition("]\n")
        tables.setdefault(name, []).append(_without_comments(entries) if "#" in entries else entries.strip("\n"))
    return {name: "\n".join(filter(None, parts)) for name, parts in tables.items()}


def _without_comments(entries: str) -> str:
    """The entries without comments, and without empty lines around them."""
    first, *others = f"\n{entries}".split("\n#")
    parts = [first, *[other.partition("\n")[2] for other in others]]
    return "\n".join(filter(None, [part.strip("\n") for part in parts]))


def column(entries: str) -> Column:
    """Cut the entries of a table, all at once. Most tables are plain lists of words and need no look at values.

    Raises:
        ValueError: the entries are not in the small part of TOML.
    """
    count = entries.count("\n") + 1
    if entries.count(IS_TRUE) == count:
        return Column(entries[1 : -len(IS_TRUE)].replace(f'{IS_TRUE}\n"', "\n"), [True] * count)
    if entries.count('" = "') == count:
        parts = entries[1:-1].replace('" = "', "\n").replace('"\n"', "\n").split("\n")
        return Column("\n".join(parts[::2]), parts[1::2])
    table = json.loads("{" + entries.replace('" = ', '":').replace("\n", ",") + "}")
    return Column("\n".join(table), [*table.values()])


# The cache ----------------------------------------------------------------------------------------------------------


Folded = tuple[bytes, Sequence[Any], bytes, bytes, bytes]
"""The words of a table, in UTF-8 and a line each, since memory that is touched first is what costs most. The words
folded; the value of each, none where all are True; those that are written otherwise, folded and as written; the first
words of all, folded and as written."""


def shipped_tables() -> Mapping[str, Folded]:
    """The tables of newsparse/data, by name."""
    lists = _Lists("words", f"{DATA}/words.py")
    try:
        tables = _of_code(lists.get_code("words"))
    except (EOFError, ImportError, TypeError, ValueError):  # what is kept is broken
        tables = None
    return tables or lists.tables(lists.get_data(lists.path))


def _of_code(code: CodeType | None) -> Mapping[str, Folded] | None:
    """The tables: the first constant of the code object in the cache. None if one is missing or has a wrong type."""
    tables, names = code.co_consts[:2] if code and len(code.co_consts) == 3 else (None, None)
    is_whole = isinstance(tables, dict) and [*tables] == names and all(map(_is_folded, tables.values()))
    return tables if is_whole else None


def _is_folded(table: Any) -> bool:
    if not isinstance(table, tuple) or len(table) != 5 or not isinstance(table[1], (list, tuple)):
        return False
    return all(isinstance(text, bytes) for text in (table[0], *table[2:]))


class _Lists(SourceFileLoader):
    """A loader that takes all lists of words as the source of one module."""

    def path_stats(self, path: str) -> dict[str, Any]:
        """The size of all lists together, and as their time a sum that changes when any list or maker changes."""
        lists = [os.stat(name) for name in _lists()]  # noqa: PTH116
        makers = [os.stat(f"{HERE}/{name}.py") for name in MAKERS]  # noqa: PTH116
        times = sum(each.st_mtime_ns for each in (*lists, *makers)) // 1000
        return {"mtime": times + sum(each.st_size for each in makers), "size": sum(each.st_size for each in lists)}

    def get_data(self, path: str) -> bytes:
        """The lists one after the other; or the content of the cache, if `path` is the cache."""
        return b"".join(map(super().get_data, _lists())) if path == self.path else super().get_data(path)

    def source_to_code(self, data: bytes, path: str, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """A code object that does nothing and has the tables and their names as constants: the content of the cache."""
        tables = self.tables(data)
        return compile("", path, "exec", dont_inherit=True).replace(co_consts=(tables, [*tables], None))

    def tables(self, data: bytes) -> dict[str, Folded]:
        """The tables of the lists."""
        columns = {name: column(entries) for name, entries in read_plain(data.decode()).items() if entries}
        return {name: folded(name, each) for name, each in columns.items()}


def _lists() -> list[str]:
    return [f"{DATA}/{name}" for name in sorted(os.listdir(DATA)) if name.endswith(".toml")]  # noqa: PTH208


def folded(name: str, column: Column) -> Folded:
    """The words of a table, folded. Where several words fold to one, the last value counts."""
    words = column.words
    for sign in BETWEEN_LETTERS if name in OF_PAGES else ():
        words = words.replace(sign, " ")
    keys = fold(words).split("\n")
    values = dict(zip(keys, column.values, strict=True))
    written = {key: word for key, word in zip(keys, column.words.split("\n"), strict=True) if word != key}
    are_plain = all(value is True for value in values.values())
    first = dict.fromkeys([word.partition(" ")[0] for word in (*values, *written.values())])
    texts = ["\n".join(each).encode() for each in (values, written, written.values(), first)]
    return texts[0], () if are_plain else [*values.values()], texts[1], texts[2], texts[3]


# The words and the settings -----------------------------------------------------------------------------------------

MAX_FILE_BYTES = 1 << 25  # of a user's file
WordTable = Mapping[str, Any]
Name = str | PathLike[str]  # of a file


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


OPEN: dict[str, Callable[[Any], bool]] = {  # tables whose values are more than those that are shipped
    "agencies": lambda value: isinstance(value, list) and value != [] and all(map(_is_text, value)),
    "cities": _is_text,
    "countries": _is_text,
    "numbers": lambda value: type(value) in (int, float) and 0 < value < 1000,
    "minutes": lambda value: type(value) is int and -60 < value < 60,
    "skip_links": _is_text,
    "zones": _is_text,
    "zone_places": _is_text,
    "frequent_words": _is_text,
}


class Vocab:
    """All words, by table; the keys are folded. A file with any other table is refused.

    A table maps a word to its value; in a plain list of words every value is True. A table is made at its first use.
    """

    # names (agencies.toml, places.toml): newsparse.names.lexicon
    agencies: WordTable  # canonical name -> [country, other name, ...]
    # also common words: only in a clear source slot; "alone", "pictures": see agencies.toml
    ambiguous_agencies: WordTable
    cities: WordTable  # -> ISO 3166 code of the country
    countries: WordTable  # -> ISO 3166 code
    # bylines: newsparse.names.lexicon, newsparse.names.byline
    # roles: "author", "source", "translator", "editor", "photo", "office" (who leads the paper), with ":" where it is
    #   also a common word; "title" and "behind" (degrees, jobs) beside a name; "from" and "and" between two; "date"
    credit_words: WordTable  # «بقلم», "by" -> its role
    # «متابعات», «وكالات», "staff": sources that name nobody; "part": a word that tells an outlet, «صحيفة»; "name": one
    # that outlets' names have and persons' names do not, «الوطن»
    desks: WordTable
    given_names: WordTable  # first words of persons' names
    not_names: WordTable  # words of headlines and menus that no name has
    # timestamps: newsparse.times.timestamp
    months: WordTable  # Gregorian, every system and language -> 1..12; [10, 11]: numbered
    hijri_months: WordTable  # -> 1..12
    persian_months: WordTable  # -> 1..12
    weekdays: WordTable  # -> ISO weekday, Monday is 1
    day_periods: WordTable  # -> "am", "pm", "noon" or "night"
    hours: WordTable  # spelled, behind «الساعة» or before «مساء»: «الثامنة» -> 1..12
    turns_of_day: WordTable  # midnight -> 0, noon -> 12
    month_days: WordTable  # spelled: «الخامس والعشرين» -> 1..31
    minutes: WordTable  # spelled, behind an hour: «والنصف» -> 30, «إلا ربعا» -> -15
    numbers: WordTable  # spelled -> 0.25..50
    units: WordTable  # «ساعتين» -> ["hours", 2]; 0 where a number must say how many
    ago_words: WordTable  # «منذ», "ago", "önce"
    relative_times: WordTable  # -> days from today, "now", or "today": at some time of it
    stamp_labels: WordTable  # -> "published", "updated", "created", "event", or "dated": any time
    stamp_words: WordTable  # little words of dates: see newsparse.times.lexer.CODES
    zones: WordTable  # -> IANA name or offset
    zone_places: WordTable  # behind «بتوقيت» -> IANA name
    other_dates: WordTable  # words beside a date that is not of publication: «مواليد», «رقم»

    # the page around an article: newsparse.lines.classify
    # furniture: True for a whole line, "boxed" for one of a box, "opens" for the beginning of a line («A * B»: where B
    #   comes later), "calls" for the beginning of a call to follow (`newsparse.lines.rules.why_call`), "label" for what
    #   stands before the text, «النص: …»
    furniture: WordTable  # menus, buttons
    boxes: WordTable  # a heading -> "inside" (read also) or "after" (most read) an article
    skip_links: WordTable  # "Skip * and read on" -> the words below the box, "End of *"
    tag_labels: WordTable  # words before tags; "below": only below the body, for elsewhere it is a menu's
    headline_labels: WordTable  # words before the headline on its line: «العنوان: …»
    roles: WordTable  # what writers are, in the line below their names
    reader_words: WordTable  # words of terms of use, comment rules, consent: the page speaks to its readers
    sections: WordTable
    continuations: WordTable  # first words of sentences that go on with what was said: «وأضاف»
    captions: WordTable  # words that a caption begins or ends with; "opens": only begins, for headlines end «(صورة)»
    endings: WordTable  # «انتهى» and the like
    frequent_words: WordTable  # -> language, BCP 47

    def __init__(self, tables: Iterable[Mapping[str, Folded]]) -> None:
        """The words of all `tables`; of a word in several tables the last value counts."""
        self.tables = [*tables]
        self.folded: dict[str, list[Folded]] = {}  # the words of each table, from each source that has it
        for each in self.tables:
            for name, table in each.items():
                self.folded.setdefault(name, []).append(table)

    def __getattr__(self, name: str) -> WordTable:
        """Make a table at its first use."""
        if name not in WORD_TABLES:
            raise AttributeError(name)
        table: dict[str, Any] = {}
        for keys, values, *_ in self.folded.get(name, ()):
            words = keys.decode().split("\n")
            table.update(zip(words, values, strict=True) if values else dict.fromkeys(words, True))
        setattr(self, name, table)
        return table

    def first_words(self, *names: str) -> frozenset[str]:
        """The first words of all phrases in the tables, both folded and as written."""
        return frozenset(b"\n".join([first for name in names for *_, first in self.folded[name]]).decode().split("\n"))

    def spelled(self, name: str) -> dict[str, str]:
        """The words of a table whose folded form is not their spelling: folded form to spelling."""
        found: dict[str, str] = {}
        for every, _, keys, words, _ in self.folded.get(name, ()):
            for key in found.keys() & every.decode().split("\n") if found else ():
                del found[key]
            if keys:
                found.update(zip(keys.decode().split("\n"), words.decode().split("\n"), strict=True))
        return found


WORD_TABLES = frozenset(Vocab.__annotations__)


class Feed(Protocol):
    """What is known of a source: a `newsparse.feed.Profile`."""

    @property
    def found(self) -> Callable[[str], Any]:
        """Looks up what is known of a line by its text; None for one that is no furniture."""

    def knows(self, found: Any) -> bool:
        """Whether what was found in a line says that it is a learned line."""

    def without_site(self, title: str) -> str:
        """The title without the site's name."""

    def share_beside_headline(self, text: str, is_above: bool) -> float:
        """The share of the source's pages with this line right above their headline, or right below it."""

    def vocab(self, vocab: Vocab) -> Vocab:
        """The words with those of the source."""


class Pattern(Protocol):
    """What tells whether a line matches: a compiled regular expression, or one with a limit of time."""

    def search(self, text: str, /) -> object:
        """The match in the text, or None."""


@dataclass(frozen=True, eq=False)
class Settings:
    """The settings of a run: words, the time zone of bare times, the time that relative times count from."""

    vocab: Vocab
    tz: tzinfo | None = None
    now: datetime | None = None
    normalize: str = "light"  # the level of newsparse.text.clean_lines
    split: str | Pattern = "auto"  # "auto", "none", or a regular expression: a matching line ends one article
    feed: Feed | None = None  # what the pages of the source share
    markup: Markup | None = None  # what the tags of the page say


@lru_cache(maxsize=1)
def shipped() -> Vocab:
    """The words of newsparse/data."""
    return Vocab([shipped_tables()])


def with_files(paths: Iterable[Name]) -> Vocab:
    """The shipped words and those of the user's files. A later file may change the values of words.

    Raises:
        VocabError: a file cannot be read, is no word list, or has an unknown table or a wrong value.
    """
    if isinstance(paths, (str, PathLike)):
        raise TypeError(f"with_files takes a list of files: with_files([{str(paths)!r}])")
    vocab = shipped()
    for path in paths:
        vocab = extended(vocab, _columns(path), path)
    return vocab


def extended(vocab: Vocab, columns: Mapping[str, Column], path: Name) -> Vocab:
    """The words of a Vocab and those of the tables in `columns`, which are from the file `path`.

    Raises:
        VocabError: a table or a value that no Vocab knows.
    """
    for name, column in columns.items():
        _check(name, column, shipped(), path)
    new = {name: folded(name, column) for name, column in columns.items() if column.values}
    return Vocab([*vocab.tables, new])


def _columns(path: Name) -> dict[str, Column]:
    try:
        return read_toml(read_file(path))
    except NewsparseError as error:
        raise VocabError(str(error)) from None
    except (OSError, ValueError) as error:
        raise VocabError(f"{path}: not a word list ({error}); see newsparse/data for the format") from None


def read_file(path: Name) -> str:
    """The text of a user's file, with the limits that inputs have. It is in UTF-8, whatever the inputs are in."""
    from newsparse.reading.inputs import InputError
    from newsparse.reading.read import ReadOptions, Source

    name = str(path)
    try:
        return "".join(Source(f"./{name}" if name == "-" else name, ReadOptions(max_size=MAX_FILE_BYTES)).blocks())
    except InputError as error:
        if "--encoding" not in error.what:
            raise
        raise InputError(name, f"{error.what.partition(';')[0]}; it has to be text in UTF-8") from None


def _check(name: str, column: Column, shipped: Vocab, path: Name) -> None:
    """Refuse an unknown table, and a value that the table cannot have."""
    if name not in WORD_TABLES:
        raise VocabError(f"{path}: no table [{name}]; the tables are {', '.join(Vocab.__annotations__)}")
    known = set(map(repr, getattr(shipped, name).values()))
    fits = OPEN.get(name, lambda value: repr(value) in known)
    words = column.words.split("\n") if column.values else []
    for word, value in zip(words, column.values, strict=True):
        if known and not (word.strip() and fits(value)):
            some = "such as" if name in OPEN else "one of"
            wanted = ", ".join(sorted(known, key=lambda form: (len(form), form))[:12])
            raise VocabError(f"{path}: [{name}] {word!r} = {repr(value)[:80]}: the value has to be {some} {wanted}")


# The language of a text -----------------------------------------------------------------------------------------------

MAX_LOOKED_AT_CHARS = 400  # of a text
OF_ARABIC = "ة"  # in nearly every sentence
OWN_LETTERS: tuple[tuple[str | None, frozenset[str], str], ...] = (  # of one language, and letters that it never has
    ("sd", frozenset("ٻڀٺٽٿڃڄڇڌڊڍڏڙڦڱڳڻڪ"), ""),
    ("ug", frozenset("ۇۈۋڭ"), ""),
    ("ps", frozenset("ټډړږښڼۍځڅې"), ""),
    ("ckb", frozenset("ێۆڵڕە"), ""),
    ("az", frozenset("ə"), ""),
    ("ku", frozenset("êîû"), "éèàâãõ"),
    ("uk", frozenset("іїєґ"), ""),
    (None, frozenset("åøæőűășțłżźřěůčžňýđðþ"), ""),  # languages of which no words are known
)
MIN_OWN_SHARE = 0.02  # of the letters of a text
MIN_VOTE_SHARE = 0.04  # of the words
LETTERS = (  # that the other languages of their script do not have, but foreign names may: two of them decide
    ("ur", "ٹڈڑےںھ"),
    ("fa", "پچژگ"),
    ("tr", "ışğİŞĞ"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("de", "ß"),
    ("fr", "èêçœàù"),
)
NOT_OF_ARABIC = frozenset("یکەپچژگ").union(*(own for _, own, _ in OWN_LETTERS))
SCRIPTS = (  # of languages that their script alone tells apart well enough: first and last letter
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
    ("he", "\u05d0", "\u05ea"),
    ("el", "\u0391", "\u03c9"),
    ("ru", "\u0410", "\u044f"),
    ("hi", "\u0905", "\u0939"),
    ("ar", "\u0621", "\u064a"),
)
_NOT_OF_ARABIC = rare(f"[{''.join(sorted(NOT_OF_ARABIC))}]")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str | None) -> str:
    """``rtl`` or ``ltr``: how the language is written; ``auto`` where it is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def detect(text: str, vocab: Vocab) -> str | None:
    """The BCP 47 tag of the text's language, or None.

    First decides a letter that only Arabic has, then many letters of one language, then frequent words, then a few
    letters of one language, then the script.
    """
    sample = text[:MAX_LOOKED_AT_CHARS]
    if "ء" <= sample[:1] <= "ي" and OF_ARABIC in sample and not _NOT_OF_ARABIC.search(sample):
        return "ar"
    sample = sample.lower()
    letters = [*filter(str.isalpha, sample)]
    different = {*sample}
    for language, own, never in OWN_LETTERS:
        if own.isdisjoint(different) or any(map(sample.__contains__, never)):
            continue
        if _share(own, letters) > MIN_OWN_SHARE:
            return language
    language_of = _frequent_words(vocab).get
    words = sample.split()
    votes = [language for language in map(language_of, words) if language]
    if votes:
        language = max(set(votes), key=lambda one: (votes.count(one), one))
        if votes.count(language) >= MIN_VOTE_SHARE * len(words):
            return language
    by_letters = (language for language, own in LETTERS if sum(map(own.__contains__, sample)) > 1)
    return next(by_letters, None) or _by_script(letters)


@lru_cache(maxsize=8)
def _frequent_words(vocab: Vocab) -> dict[str, str]:
    """The frequent words, both as written and as folded, so that the text need not be folded."""
    others = vocab.spelled("frequent_words")
    return dict(vocab.frequent_words) | {word: vocab.frequent_words[key] for key, word in others.items()}


def _by_script(letters: Sequence[str]) -> str | None:
    """The first script in the list with a sixth of the letters. Kana comes before Chinese: Japanese has both."""
    for language, first, last in SCRIPTS:
        if sum(first <= letter <= last for letter in letters) * 6 > len(letters):
            is_other = language == "ar" and _share(NOT_OF_ARABIC, letters) > MIN_OWN_SHARE
            return None if is_other else language
    return None


def _share(own: frozenset[str], letters: Sequence[str]) -> float:
    return sum(map(own.__contains__, letters)) / (len(letters) or 1)
