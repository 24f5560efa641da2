"""A profile: the lines that pages of one source share, and their file, which people can read, edit and merge.

Counts lines by their folded letters. Knows which lines are never learned, however common they are: times, bylines,
headlines. Counts also which lines stand right above and below headlines. Knows the format (docs/guide/feeds.md), the
window after which pages are forgotten, how pages are added under a lock, since other runs may do the same, and drift:
whether a source still looks as its profile says.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from math import ceil
from typing import Any, NamedTuple

from newsparse.layout.page import SUFFIX_SIGNS
from newsparse.reading.inputs import printed
from newsparse.record import Kind, Lines, NewsparseError, Role
from newsparse.text import fold, letters
from newsparse.words.vocab import Column, Vocab, extended, read_file, shipped, toml
from newsparse.writing.output import errors_of, locked, output_to
from newsparse.writing.write import dumps, utf8

MIN_PAGES = 3  # on which a learned line stands; 2 where only two pages are known
MIN_SHARE = 0.1  # of the pages
MIN_SHARE_OF_PARAGRAPHS = 0.3  # for paragraphs that are in the body by their look
FEW_PAGES = 4
COMMON_SHARE = 0.5  # of the pages: lines that a page of this source has
MIN_DIGITS = 4  # in a line with a time or a number, which changes from page to page
MAX_LINES_PER_PAGE = 2000
MAX_CACHED_LINES = 4096
# Another layout: so many pages have less than this share of the lines that most pages had
MIN_DRIFT_PAGES, MIN_CORE_LINES, MIN_CORE_SHARE = 5, 3, 0.3

LEARNED_KINDS = frozenset({Kind.SHORT, Kind.NAME, Kind.SENTENCE, Kind.PARAGRAPH, Kind.CAPTION})
RECORD_ROLES = frozenset({Role.PUBLISHED, Role.UPDATED, Role.BYLINE, Role.HASHTAGS, Role.SECTION})
FIELD_OF_ROLE = {role: role.value for role in (*RECORD_ROLES, Role.HEADLINE, Role.STANDFIRST, Role.BODY)}
IN_RECORD, HEADLINE, FLAG_NAME, PARAGRAPH, TWICE, TAIL = "rhnpwt"  # flags of a line on a page
# Counted apart from lines: what stands behind the sign of a title, and the lines right above and below a headline
APART_MARKS = ("| ", "^ ", "_ ")  # before the words of each, so that its id is not that of the same words as a line
ABOVE_FLAG, BELOW_FLAG = "ab"  # the flags of the last two
BESIDE_TABLES = ("above_headline", "below_headline")  # their tables in a profile


class SeenPage(NamedTuple):
    """A page that was learned: the fields of its record, and its lines by id, each with its flags."""

    id: str
    fields: tuple[str, ...]
    lines: Mapping[str, str]
    texts: Mapping[str, str] = {}  # the lines as written, if the page was just read


class Shared(NamedTuple):
    """The lines that pages share: id of a line to the number of pages with it."""

    lines: dict[str, int]  # that are no article
    sites: dict[str, int]  # names of the site, which stand behind its titles
    beside: list[dict[str, int]]  # lines right above a headline, and right below


def letters_of(text: str) -> str:
    """What lines are compared by: the folded letters, and whether many digits stand among them; empty without any."""
    key = fold(text)
    words = letters(key)
    if len(words) == len(key) or not words or sum(map(str.isdigit, key)) < MIN_DIGITS:
        return words
    return f"{words} {MIN_DIGITS * '0'}"


def id_of(words: str) -> str:
    """The id of a line or of a whole page: a hash of its words."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def observed(lines: Lines) -> SeenPage:
    """The SeenPage for a parsed page. Pages with the same letters have the same id, whatever their digits are."""
    seen: dict[str, str] = {}
    texts: dict[str, str] = {}
    for text, kind, role in zip(lines.texts, lines.kinds, lines.roles, strict=True):
        if len(seen) >= MAX_LINES_PER_PAGE:
            break
        if kind not in LEARNED_KINDS:
            continue
        flags = IN_RECORD if role in RECORD_ROLES else HEADLINE if role is Role.HEADLINE else ""
        flags += FLAG_NAME if kind is Kind.NAME else PARAGRAPH if kind is Kind.PARAGRAPH and role is Role.BODY else ""
        for part in text.split("\n"):
            if line := _id_of_text(part):
                _note(seen, texts, line, part, flags)
    for mark, flag, text in _apart(lines):
        if words := letters_of(text):
            _note(seen, texts, id_of(mark + words), text, flag)
    fields = sorted({FIELD_OF_ROLE[role] for role in lines.roles if role in FIELD_OF_ROLE})
    return SeenPage(id_of("\n".join(seen)), tuple(fields), seen, texts)


def _apart(lines: Lines) -> Iterator[tuple[str, str, str]]:
    """What is counted apart from lines: the mark, the flag and the text of each."""
    texts, (tail, above, below) = lines.texts, APART_MARKS
    for i, role in enumerate(lines.roles):
        if role is Role.HEADLINE or role is Role.ECHO:
            yield tail, TAIL, site_of_title(texts[i])
        if role is Role.HEADLINE:
            yield above, ABOVE_FLAG, "".join(texts[:i][-1:])
            yield below, BELOW_FLAG, "".join(texts[i + 1 : i + 2])


@lru_cache(maxsize=MAX_CACHED_LINES)
def _id_of_text(text: str) -> str:  # menus come again and again
    words = letters_of(text)
    return id_of(words) if words else ""


def _note(seen: dict[str, str], texts: dict[str, str], line: str, text: str, flags: str) -> None:
    """Add a line, or the flags of one that the page has twice."""
    known = seen.get(line)
    if known is None:
        seen[line], texts[line] = flags, text
    else:
        seen[line] = "".join([sign for sign in flags + TWICE if sign not in known]) + known


def site_of_title(text: str) -> str:
    """The text behind the last separator of a title, where the name of the site may be; "" without a separator."""
    tails = [text.rpartition(sign)[2] for sign in SUFFIX_SIGNS if sign in text]
    return min(tails, key=len, default="").strip()


def shared_lines(pages: Collection[SeenPage]) -> Shared:
    """The lines that the pages share, and the names of the site."""
    total = len(pages)
    flags: dict[str, list[str]] = {}
    for page in pages:
        for line, flag in page.lines.items():
            flags.setdefault(line, []).append(flag)
    found = Shared({}, {}, [{}, {}])
    least = 2 if total == 2 else max(MIN_PAGES, ceil(MIN_SHARE * total))
    least_of_site = max(2, COMMON_SHARE * total)
    beside = dict(zip((ABOVE_FLAG, BELOW_FLAG), found.beside, strict=True))
    for line, each in flags.items():
        count, table = len(each), beside.get(each[0], found.lines)
        if TAIL not in each[0]:
            if count >= least and (table is not found.lines or _is_no_article(total, each)):
                table[line] = count
            count = sum(HEADLINE in flag for flag in each)
        if count >= least_of_site:
            found.sites[line] = count
    return found


def _is_no_article(total: int, flags: Collection[str]) -> bool:
    """Whether a line with these counts and flags, on some of `total` pages, is furniture."""
    count = len(flags)
    common = count >= COMMON_SHARE * total
    of = Counter(sign for flag in flags for sign in flag)
    if 2 * of[IN_RECORD] >= count or (not common and (of[HEADLINE] or 2 * of[FLAG_NAME] >= count)):
        return False
    if 2 * of[PARAGRAPH] >= count and count < MIN_SHARE_OF_PARAGRAPHS * total:
        return False
    if of[HEADLINE] == 1 and count <= FEW_PAGES:
        return False  # each page lists the story of the other
    # another story, which all pages list, also the page where its title is the headline and so stands twice
    return not (2 * of[HEADLINE] < count and any(HEADLINE in flag and TWICE in flag for flag in flags))


# The file of a profile ------------------------------------------------------------------------------------------------

VERSION = 1
WINDOW_DAYS, WINDOW_PAGES = 10, 50
MAX_PAGES = 400  # in a profile; of more pages of one day, those with the smallest ids are a fair sample
MIN_LOOKED_UP_CHARS, KNOWN_HEAD_CHARS = 120, 8  # a long line is looked up only where it begins as a known one
COUNTED = ("site_names", *BESIDE_TABLES, "counts", "fields")  # tables with a number for each text
OWN_TABLES = ("feed", "window", "furniture", *COUNTED, "pages")
FILE_HEADER = """\
# What the pages of one source share, for newsparse --feed and --learn.
# To correct it: add a line of the pages to [furniture], with true; write false behind a line that is article text, or
# delete it. Other tables of words, such as [sections], can be added: the format is that of --vocab.
"""


class ProfileError(NewsparseError):
    """A file is not a profile."""


class Learned(NamedTuple):
    """A line in the profile: on how many pages it is, out of how many; 0 of 0 if a person added it."""

    pages: int
    of: int

    @property
    def why(self) -> str:
        """The reason, for --explain."""
        return f"on {self.pages} of {self.of} pages of this feed" if self.of else "set by hand in the feed's profile"

    @property
    def is_common(self) -> bool:
        """Whether most pages of the source have the line."""
        return self.of > 0 and self.pages >= COMMON_SHARE * self.of


class Profile:
    """The knowledge about one source. Lines are as written, each with the number of pages that have it."""

    def __init__(self) -> None:
        """An empty profile."""
        self.days, self.most = WINDOW_DAYS, WINDOW_PAGES
        self.by_hand: dict[str, bool] = {}  # lines that a person added (true), or declared to be text (false)
        self.lines: dict[str, int] = {}  # that were learned
        self.sites: dict[str, int] = {}  # the names of the site, which are removed from titles
        self.beside: list[dict[str, int]] = [{}, {}]  # the lines right above the headlines, and those right below
        self.fields: Mapping[str, int] = {}  # the number of pages with each field
        self.total = 0  # known pages
        self.tables: dict[str, dict[str, Any]] = {}  # other tables of words that a person added
        self.before: tuple[Mapping[str, int], int] = {}, 0  # `fields` and `total` before the last pages were added
        self.has_drifted = False  # whether the last pages looked so different that all earlier ones were forgotten
        self._pages: str | dict[tuple[str, str], SeenPage] = {}  # by day and id; at first the text of the table

    # Lines of a page ----------------------------------------------------------------------------------------------

    @cached_property
    def found(self) -> Callable[[str], Learned | None]:
        """Looks up what is known of a line by its text; None if it is unknown."""
        known = {letters_of(text): Learned(count, self.total) for text, count in self.lines.items()}
        known.update((letters_of(text), Learned(0, 0)) for text, is_furniture in self.by_hand.items() if is_furniture)
        heads = {text[:KNOWN_HEAD_CHARS] for text in (*self.lines, *self.by_hand)}

        def look_up(text: str) -> Learned | None:
            if len(text) >= MIN_LOOKED_UP_CHARS and text[:KNOWN_HEAD_CHARS] not in heads:
                return None
            return known.get(letters_of(text))

        return lru_cache(maxsize=MAX_CACHED_LINES)(look_up)

    @cached_property
    def core_size(self) -> int:
        """The number of core lines: learned lines that most pages have."""
        return sum(Learned(count, self.total).is_common for count in self.lines.values())

    def knows(self, found: Any) -> bool:
        """Whether what was found in a line says that it is a learned line."""
        return type(found) is Learned

    def without_site(self, title: str) -> str:
        """The title without the name of the site at its end."""
        site = site_of_title(title)
        if not site or letters_of(site) not in map(letters_of, self.sites):
            return title
        return title[: title.rindex(site)].rstrip(" |-–—:»•") or title

    def share_beside_headline(self, text: str, is_above: bool) -> float:
        """The share of the pages with this line right above their headline, or right below it."""
        return self._beside[not is_above].get(letters_of(text), 0.0)

    @cached_property
    def _beside(self) -> list[dict[str, float]]:
        return [{letters_of(text): n / (self.total or 1) for text, n in of.items()} for of in self.beside]

    def vocab(self, vocab: Vocab, name: str | os.PathLike[str] = "the profile") -> Vocab:
        """The words, and those of the tables that a person added.

        Raises:
            VocabError: a table or a value is unknown.
        """
        columns = {name: Column("\n".join(table), [*table.values()]) for name, table in self.tables.items()}
        return extended(vocab, columns, name) if columns else vocab

    # Pages --------------------------------------------------------------------------------------------------------

    def add(self, pages: Iterable[SeenPage], now: datetime | None = None) -> None:
        """Learn pages of one day. Pages that are known already change nothing."""
        day = (now.date() if now else date.today()).isoformat()
        known = self._known_pages()
        have = {page for _, page in known}
        new = {(day, page.id): page for page in pages if page.id not in have}
        self.before = self.fields, self.total
        earlier = sorted(known)[: max(0, len(known) + min(0, len(new) - MIN_DRIFT_PAGES))]
        recent = {key: page for key, page in {**known, **new}.items() if key not in earlier}
        self.has_drifted = bool(new) and _drifts([known[key] for key in earlier], [*recent.values()])
        self._pages = known = self._in_window(recent if self.has_drifted else {**known, **new})
        self._derive([*known.values()])

    def _known_pages(self) -> dict[tuple[str, str], SeenPage]:
        if isinstance(self._pages, str):
            pages = toml(self._pages).get("pages", {}).items()
            try:
                self._pages = {(str(date.fromisoformat(key[:10])), key[11:]): _page(key[11:], *of) for key, of in pages}
            except (TypeError, ValueError, AttributeError):
                raise ValueError("a page of [pages] is damaged; take that line out") from None
        return self._pages

    def _in_window(self, pages: Mapping[tuple[str, str], SeenPage]) -> dict[tuple[str, str], SeenPage]:
        """The pages that are kept: those of the last days, until there are enough pages for the window."""
        days = sorted({day for day, _ in pages}, reverse=True)
        first = str(date.fromordinal(max(date.fromisoformat(days[0]).toordinal() - self.days, 1))) if days else ""
        kept: list[tuple[str, str]] = []
        for day in days:
            if day < first or len(kept) >= self.most:
                break
            kept += sorted(key for key in pages if key[0] == day)[: MAX_PAGES - len(kept)]
        return {key: pages[key] for key in sorted(kept)}

    def _derive(self, pages: Collection[SeenPage]) -> None:
        """Compute the shared lines and sites from the pages."""
        texts = {id_of(letters_of(text)): text for text in (*self.lines, *self.sites)}
        for mark, known in zip(APART_MARKS, (self.sites, *self.beside), strict=True):
            texts.update((id_of(mark + letters_of(text)), text) for text in known)
        for page in pages:
            for line, text in page.texts.items():
                if line not in texts or (text, line) < (texts[line], line):
                    texts[line] = text
        by_hand = {id_of(letters_of(text)) for text in self.by_hand}
        found = shared_lines(pages)
        self.lines = {texts[i]: n for i, n in found.lines.items() if i in texts and i not in by_hand}
        self.sites = {texts[i]: n for i, n in found.sites.items() if i in texts and i not in by_hand}
        self.beside = [{texts[i]: n for i, n in of.items() if i in texts} for of in found.beside]
        self.fields = Counter(field for page in pages for field in page.fields)
        self.total = len(pages)
        for name in ("found", "core_size", "_beside"):
            self.__dict__.pop(name, None)

    # The file -----------------------------------------------------------------------------------------------------

    @classmethod
    def load(cls, path: str | os.PathLike[str], with_pages: bool = False) -> Profile:
        """Read a profile from a file. `with_pages`: check its pages too, which are needed only for adding.

        Raises:
            ProfileError: the file cannot be read, is no profile, or is of a newer version.
        """
        try:
            profile = cls.loads(read_file(path))
            if with_pages:
                profile._known_pages()
            profile.vocab(shipped(), path)
            return profile
        except NewsparseError as error:
            raise ProfileError(str(error)) from None
        except (OSError, ValueError) as error:
            hint = "name another file, or move this one away and let --learn make a new one"
            raise ProfileError(f"{printed(os.fspath(path))}: no feed profile ({error}); {hint}") from None

    @classmethod
    def loads(cls, content: str) -> Profile:
        """Read a profile from a text; an empty text is an empty profile.

        Raises:
            ValueError: the text is no profile.
        """
        profile = cls()
        head, mark, rest = content.partition("\n[pages]\n")
        if "\n[" in rest:  # a person put tables below
            head, mark, rest = content, "", ""
        tables = toml(head)
        if not tables:
            return profile
        about = tables.get("feed")
        if not isinstance(about, dict) or type(about.get("version")) is not int:
            raise ValueError("no version in a table [feed]")
        if about["version"] > VERSION:
            raise ValueError(f"of version {about['version']}, and this newsparse knows {VERSION}; update newsparse")
        for name, table in tables.items():
            if not isinstance(table, dict):
                raise ValueError(f"{name} stands outside a [table]")
        window = tables.get("window", {})
        profile.days = _number(window.get("days", WINDOW_DAYS), "days of [window]")
        profile.most = _number(window.get("pages", WINDOW_PAGES), "pages of [window]")
        profile.total = _number(about.get("pages", 0), "pages of [feed]")
        for name in COUNTED:
            for key, value in tables.get(name, {}).items():
                _number(value, f"{key!r} of [{name}]")
        profile.sites, counts = tables.get("site_names", {}), tables.get("counts", {})
        profile.beside = [tables.get(name, {}) for name in BESIDE_TABLES]
        profile.fields = tables.get("fields", {})
        words = tables.get("furniture", {})
        profile.by_hand = dict.fromkeys(counts.keys() - words.keys(), False)  # a person deleted them
        for word, value in words.items():
            if type(value) is not bool:
                profile.tables.setdefault("furniture", {})[word] = value
            elif value and word in counts:
                profile.lines[word] = counts[word]
            else:
                profile.by_hand[word] = value
        profile.tables.update((name, table) for name, table in tables.items() if name not in OWN_TABLES)
        profile._pages = mark + rest if mark else "[pages]\n"
        if "pages" in tables:
            profile._pages = {(key[:10], key[11:]): _page(key[11:], *value) for key, value in tables["pages"].items()}
        return profile

    def dumps(self) -> str:
        """The text of the file."""
        words = {**dict.fromkeys(self.lines, True), **self.by_hand, **self.tables.get("furniture", {})}
        tables = {
            "feed": {"version": VERSION, "pages": self.total},
            "window": {"days": self.days, "pages": self.most},
            "furniture": dict(sorted(words.items())),
            "site_names": dict(sorted(self.sites.items())),
            **{name: dict(sorted(of.items())) for name, of in zip(BESIDE_TABLES, self.beside, strict=True)},
            **{name: table for name, table in sorted(self.tables.items()) if name != "furniture"},
            "counts": dict(sorted(self.lines.items(), key=lambda item: (-item[1], item[0]))),
            "fields": dict(sorted(self.fields.items())),
        }
        parts = [FILE_HEADER, *(_table(name, table) for name, table in tables.items() if table)]
        if isinstance(self._pages, str):
            parts.append(self._pages.strip("\n") + "\n")
        else:
            pages = {
                f"{day} {page}": [" ".join(seen.fields), " ".join(sorted(map("".join, seen.lines.items())))]
                for (day, page), seen in sorted(self._pages.items())
            }
            parts.append(_table("pages", pages))
        return "\n".join(parts)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file, completely or not at all; an OutputError says why not."""
        with output_to(os.fspath(path)) as output:
            output.write(utf8(self.dumps()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the profile as its text."""
        return Profile.loads, (self.dumps(),)


def _drifts(known: Collection[SeenPage], recent: Collection[SeenPage]) -> bool:
    """Whether recent pages have too few of the core lines, which most known pages have; False if pages are few."""
    core = {line for line, count in shared_lines(known).lines.items() if count >= COMMON_SHARE * len(known)}
    if len(recent) < MIN_DRIFT_PAGES or len(core) < MIN_CORE_LINES:
        return False
    return sum(len(core & page.lines.keys()) for page in recent) < MIN_CORE_SHARE * len(core) * len(recent)


def _table(name: str, table: Mapping[str, Any]) -> str:
    return f"[{name}]\n" + "".join([f"{dumps(key)} = {dumps(value)}\n" for key, value in table.items()])


def _page(identity: str, fields: str, lines: str) -> SeenPage:
    return SeenPage(identity, tuple(fields.split()), {line[:10]: line[10:] for line in lines.split()})


def _number(value: Any, what: str) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{what} has to be a number, not {str(value)[:40]!r}")
    return value


# Whether a source still looks as before -------------------------------------------------------------------------------

USUAL_SHARE, FALLEN_SHARE = 0.8, 0.4  # of the records with a field: before, and in this run


def core_share(founds: Sequence[Any], profile: Profile) -> float:
    """The share of the core lines (those of most known pages) that a page has; -1 if there are no core lines."""
    if profile.core_size < MIN_CORE_LINES:
        return -1.0
    met = {id(found) for found in founds if type(found) is Learned and found.is_common}
    return len(met) / profile.core_size


class Watch:
    """Watches the records of one feed in a run."""

    def __init__(self, name: str, fields: Mapping[str, int], total: int) -> None:
        """`fields`: the number of pages, out of `total`, that had each field before."""
        self.name, self.fields, self.total = name, fields, total
        self.has_drifted = False  # whether the core lines were missing on several pages in a row
        self.records = 0
        self.found: Counter[str] = Counter()
        self._last: deque[float] = deque(maxlen=MIN_DRIFT_PAGES)
        self._sum, self._pages = 0.0, 0

    def see(self, share: float, fields: Sequence[str]) -> None:
        """Count a record: its share of core lines (-1: there are none to have), and the fields that it has."""
        self.records += 1
        self.found.update(fields)
        if share >= 0:
            self._sum, self._pages = self._sum + share, self._pages + 1
            self._last.append(share)
            if len(self._last) == MIN_DRIFT_PAGES and sum(self._last) < MIN_CORE_SHARE * MIN_DRIFT_PAGES:
                self.has_drifted = True

    def said(self) -> Iterator[str]:
        """The messages for the user, one line each."""
        if self.has_drifted:
            yield (
                f"{self.name}: {MIN_DRIFT_PAGES} pages have hardly a line that this source's pages had; "
                "its layout is another now: learn it again with --learn"
            )
        for field, before, now in self.shares():
            if self.records >= MIN_DRIFT_PAGES and before >= USUAL_SHARE and now < FALLEN_SHARE:
                yield f"{self.name}: {field} in {now:.0%} of the records, and before in {before:.0%}"

    def shares(self) -> list[tuple[str, float, float]]:
        """Each field with its share of records before, and in this run."""
        if not self.total or not self.records:
            return []
        return [(name, n / self.total, self.found[name] / self.records) for name, n in sorted(self.fields.items())]

    def summary(self) -> dict[str, Any]:
        """The numbers, for --stats and the log."""
        core = round(self._sum / self._pages, 3) if self._pages else None
        shares = {name: [round(before, 3), round(now, 3)] for name, before, now in self.shares()}
        return {"feed": self.name, "core": core, "drifted": self.has_drifted, "fields": shares}


# Changing the file ----------------------------------------------------------------------------------------------------

LOCK_SECONDS = 10


def updated(path: str, pages: Collection[SeenPage], now: datetime | None) -> Profile:
    """Add pages to the profile in a file, and return it. The file is made if it does not exist. A ProfileError says
    that it is no profile, an OutputError that it cannot be written or another run holds its lock."""
    is_new = not os.path.exists(path)  # noqa: PTH110
    with errors_of(path):
        lock = locked(path, seconds=LOCK_SECONDS)
    try:
        profile = Profile.load(path, with_pages=True)
        before = "" if is_new else profile.dumps()
        profile.add(pages, now)
        if profile.dumps() != before:
            profile.save(path)
            is_new = False
    finally:
        if is_new:
            os.unlink(path)  # noqa: PTH108
        os.close(lock)
    return profile
