"""Learning from pages of one source: lines that are on many pages are not part of an article.

Counts lines by their folded letters. Knows which lines are never learned, however common they are: times, bylines,
headlines. Counts also which lines stand right above and below headlines. Knows no files: see `newsparse.feed.profile`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

from newsparse.layout.page import SUFFIX_SIGNS
from newsparse.record import Kind, Lines, Role
from newsparse.text import fold, letters

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
    """A page that was learned: the fields of its record, and its lines by id, each with its flags.

    `texts` has the lines as written, if the page was just read.
    """

    id: str
    fields: tuple[str, ...]
    lines: Mapping[str, str]
    texts: Mapping[str, str] = {}


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
def _id_of_text(text: str) -> str:
    """The id of a line, or "" for a line without letters. Menus come again and again."""
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


def field_counts(pages: Iterable[SeenPage]) -> Counter[str]:
    """The number of pages with each field."""
    return Counter(field for page in pages for field in page.fields)
