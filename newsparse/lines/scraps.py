"""Scraps of a page: addresses, copyright signs, calls to follow, quoted posts, breadcrumbs, skip links.

Knows their signs and words. Does not know where a line is on the page. Which section of a breadcrumb is the article's,
`newsparse.layout` decides. Pages for screen readers have a link above each box, and a line that ends it; everything
between belongs to the box, whatever it looks like:

    «تخطى قصص مقترحة وواصل القراءة»  …  «قصص مقترحة نهاية»
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.lines.looks import Candidate
from newsparse.names import byline
from newsparse.record import Kind, Lines
from newsparse.signs import ARROWS, DASHES, SENTENCE_ENDS, STEPS
from newsparse.text import fold, letters, rare
from newsparse.words.vocab import Settings, Vocab

AUTHOR_OF_POST = "whose post is quoted"
MIN_CHARS_BESIDE_ADDRESS = 12  # characters that are more than its label
WEAK_STEP_SIGNS = "/|"  # which stand in bylines and headlines too
MAX_STEP_CHARS, MAX_STEP_SPACES = 29, 2  # characters, and spaces, of a step
MIN_MENU_SECTIONS = 3  # listed sections between bars: a menu, which has no path
MIN_STEPS, MIN_SURE_STEPS = 3, 2  # «عاجل | …» is a headline
MAX_SKIPPED_LINES = 60  # of a box
NAME = "*"  # the box's name in the words of both lines

_URL = rare(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}|@\w{2,40}|\w{2,40}@")
_LINKS = rare(r"(?:\[[^]\[]{0,300}\]\([^()\s]{0,900}\)[\s|»›/•·,،-]{0,9})+")  # of Markdown


def scrap(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a line that says nothing of its own, and the reason, as a rule of `newsparse.lines.rules`."""
    if line.text[0] in DASHES and "(@" in line.text:  # «— Ministry (@Ministry) May 3, 2024»
        return Kind.BOXED, AUTHOR_OF_POST, None
    why = _why_scrap(line, settings.vocab)
    return (Kind.FURNITURE, why, None) if why else None


def _why_scrap(line: Candidate, vocab: Vocab) -> str | None:
    text = line.text
    if len(line.words) < 2:
        return "no words"
    if "©" in text:
        return "copyright"
    if (text[0] == "[" and text[-1] == "]") or text.startswith(("![", "[![", "[ ![")):  # the latter in Markdown
        return "a picture or button in brackets"
    if text[0] == "[" and _LINKS.fullmatch(text):
        return "links"
    if ("/" in text or "@" in text) and _is_address(text) and not _names_person(text, vocab):
        return "an address"
    if "@" in text and letters(fold(text.partition(":")[0])) in vocab.furniture:
        return "where to write to"
    return None


def _is_address(text: str) -> bool:
    """Whether the line is an address, perhaps with a label, or without its beginning: «t.co/AbC»."""
    rest = _URL.sub("", text).strip(" :-|")
    if len(rest) < MIN_CHARS_BESIDE_ADDRESS and len(rest) < len(text):
        return True
    return text.isascii() and " " not in text and "." in text.partition("/")[0]


def _names_person(text: str, vocab: Vocab) -> bool:
    """Whether a person with a listed given name is beside the address."""
    found = byline.read_byline(text, vocab) if " " in text else None
    return found is not None and found.known


def why_call(line: Candidate, vocab: Vocab) -> str | None:
    """The reason why a line is a call to follow: it ends with the name of a button, «تابع … على غوغل نيوز»."""
    first = line.words.partition(" ")[0]
    if vocab.furniture.get(first) != "calls" or line.text[-1] in SENTENCE_ENDS:
        return None
    words = line.words.split()
    is_closed = " ".join(words[-2:]) in vocab.furniture or words[-1] in vocab.furniture
    return f"begins with «{first}», ends in a button's name" if is_closed and len(words) > 2 else None


class Steps(NamedTuple):
    """A breadcrumb: the sign between its steps, and the section at its end; None if there is none, as in a menu."""

    sign: str
    section: str | None


def breadcrumb(line: Candidate, settings: Settings) -> tuple[Kind, str, Steps] | None:
    """The kind of a breadcrumb, the reason, and its steps, as a rule."""
    vocab = settings.vocab
    has_quotation = "«" in line.text and "»" in line.text
    for sign in STEPS:
        if sign not in line.text or (has_quotation and sign not in WEAK_STEP_SIGNS):
            continue
        steps = [step for part in line.text.split(sign) if (step := part.strip(" -"))]
        short = [step for step in steps if step.count(" ") <= MAX_STEP_SPACES and len(step) <= MAX_STEP_CHARS]
        is_from_home = len(steps) > 1 and letters(fold(steps[0])) in vocab.furniture
        if not (short == steps or (is_from_home and short == steps[:-1])):
            continue
        is_sure = sign in ARROWS or (is_from_home and short == steps)
        if len(steps) < (MIN_SURE_STEPS if is_sure else MIN_STEPS):
            continue
        if sign in WEAK_STEP_SIGNS and _is_byline(line, steps[0], is_from_home, vocab):
            return None
        sections = [step for step in short if letters(fold(step)) not in vocab.furniture]
        listed = sum(letters(fold(step)) in vocab.sections for step in sections)
        is_menu = sign in WEAK_STEP_SIGNS and listed >= MIN_MENU_SECTIONS
        section = sections[-1] if sections and not is_menu else None
        return Kind.FURNITURE, f"steps between «{sign}»", Steps(sign, section)
    return None


def _is_byline(line: Candidate, first: str, is_from_home: bool, vocab: Vocab) -> bool:
    """Whether the steps are a byline: «جنيف / سامي عبد الرؤوف / الأناضول», "haz/AFP/dpa", «المصدر / رويترز»."""
    if is_from_home and (key := letters(fold(first))) not in vocab.desks and key not in vocab.credit_words:
        return False
    found = byline.read_byline(line.text, vocab, line.key)
    return found is not None and (found.certain or found.agencies != ())


class Skip(NamedTuple):
    """A link above a box. `end` are the words of the line below the box, or its first words."""

    end: str
    is_whole: bool = True


def skip(words: str, vocab: Vocab) -> Skip | None:
    """The skip link with these words; None if there is none."""
    for before, behind, end in _links(vocab):
        if words == before:  # a box without a name
            return Skip(end.partition(NAME)[0], NAME not in end)
        if behind and words.startswith(before) and words.endswith(behind) and len(words) > len(before) + len(behind):
            return Skip(end.replace(NAME, words[len(before) : len(words) - len(behind)]))
    return None


@lru_cache(maxsize=8)
def _links(vocab: Vocab) -> list[tuple[str, str, str]]:
    """The words before and behind the name of a box in a skip link, with the words of its end."""
    return [(*link.partition(NAME)[::2], fold(end)) for link, end in vocab.skip_links.items()]


def boxed(lines: Lines, links: Sequence[int]) -> list[int]:
    """The lines of the boxes below these links, with the lines that end them. A link without an end has no box."""
    found: list[int] = []
    for link in links:
        box = lines.founds[link]
        if not isinstance(box, Skip) or (found and link <= found[-1]):
            continue
        for i in range(link + 1, min(link + 1 + MAX_SKIPPED_LINES, len(lines.keys))):
            words = letters(lines.keys[i])
            if words == box.end or (words.startswith(box.end) and not box.is_whole):
                found += range(link + 1, i + 1)
                break
    return found
