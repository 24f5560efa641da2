"""Captions and scraps of a page: addresses, copyright signs, calls to follow, quoted posts, breadcrumbs, skip links.

Knows their signs and words; a caption is known by its first words or by the credit at its end. Does not know where a
line is on the page: a line that looks like a caption may still be the headline (`newsparse.layout.headline`), and which
section of a breadcrumb is the article's, `newsparse.layout` decides. Pages for screen readers have a link above each
box, and a line that ends it; everything between belongs to the box, whatever it looks like:

    «تخطى قصص مقترحة وواصل القراءة»  …  «قصص مقترحة نهاية»
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.lines.looks import Candidate
from newsparse.names import byline
from newsparse.names.lexicon import agency
from newsparse.record import Kind, Lines
from newsparse.signs import ARROWS, BARS, COLONS, COMMAS, DASHES, QUOTES, SENTENCE_ENDS, SLASHES, STEPS
from newsparse.text import fold, letters, rare
from newsparse.words.vocab import Settings, Vocab

AUTHOR_OF_POST = "whose post is quoted"
CODE = "code of the page"
MIN_CHARS_BESIDE_ADDRESS = 12  # characters that are more than its label
WEAK_STEP_SIGNS = "/|"  # which stand in bylines and headlines too
MAX_STEP_CHARS, MAX_STEP_SPACES = 29, 2  # characters, and spaces, of a step
MIN_MENU_SECTIONS = 3  # listed sections between bars: a menu, which has no path
MIN_STEPS, MIN_SURE_STEPS = 3, 2  # «عاجل | …» is a headline
MAX_SKIPPED_LINES = 60  # of a box
NAME = "*"  # the box's name in the words of both lines
MIN_CHARS_BEFORE_SOURCE = 12  # characters of the text before a source in brackets
MIN_WHOLE_ARTICLE_CHARS = 120  # a longer line may be a whole article with an agency's name in brackets at its end
MAX_PHOTO_CREDIT_CHARS = 60  # characters of photographer and source
MAX_PHOTOGRAPHER_WORDS = 3
OPENERS = {")": "(", "]": "["}
STOPS_BEFORE_CREDIT = (". ", ".—", ".–")  # before the credit
MAX_CREDIT_DASHES = 3  # dashes, of a caption: «… - صورة أرشيفية - المصدر: …»

_URL = rare(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}|@\w{2,40}|\w{2,40}@")
_LINKS = rare(r"(?:\[[^]\[]{0,300}\]\([^()\s]{0,900}\)[\s|»›/•·,،-]{0,9})+")  # of Markdown
_SHORTCODE = rare(r"\[[a-z][\w-]{1,40} [\w-]{1,40}=[\"“”'′″][^\]]*\]?", re.ASCII)  # of a blog's software
_PICTURE = rare(r"[\w() .-]{1,60}\.(?:jpe?g|png|gif|webp)", re.ASCII | re.IGNORECASE)
_CODE = rare(r"[\w.#@][\w .#@:(),=|>-]{0,160}\{|\}+ ?\)?;?$|\w{1,40}(?:\.\w{1,40}){1,4}(?:\(|\s?=)", re.ASCII)
LABEL_SIGNS = COLONS + COMMAS
_LABEL = re.compile(f"([^{COLONS}{COMMAS}]{{1,30}})([{COLONS}{COMMAS}])")  # «التعليق على الصورة، …»
_PARTS = re.compile(r"\s?[/|]\s?|\s-\s")
_AROUND_CREDIT = " " + QUOTES + DASHES
_BETWEEN_SOURCES = re.compile(f"[{re.escape(SLASHES + BARS + COMMAS + DASHES)}]")


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
    if text[0] == "[" and _SHORTCODE.fullmatch(text):
        return "a shortcode"
    if text.isascii() and _PICTURE.fullmatch(text):
        return "the name of a picture's file"
    if text[-1] in "{};" and _CODE.match(text):
        return CODE
    if ("/" in text or "@" in text) and _is_address(text):
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


def why_call(line: Candidate, vocab: Vocab) -> str | None:
    """The reason why a line is a call to follow: «تابع … على غوغل نيوز», or «تابع … على:» above buttons."""
    first = line.words.partition(" ")[0]
    if vocab.furniture.get(first) != "calls" or line.text[-1] in SENTENCE_ENDS:
        return None
    words = line.words.split()
    is_above_buttons = line.text[-1] in COLONS and words[-1] in vocab.frequent_words
    is_call = is_above_buttons or " ".join(words[-2:]) in vocab.furniture or words[-1] in vocab.furniture
    return f"begins with «{first}», as a call does" if is_call and len(words) > 2 else None


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
        if sign in WEAK_STEP_SIGNS and _is_byline(line, vocab):
            return None
        sections = [step for step in short if letters(fold(step)) not in vocab.furniture]
        listed = sum(letters(fold(step)) in vocab.sections for step in sections)
        is_menu = sign in WEAK_STEP_SIGNS and listed >= MIN_MENU_SECTIONS
        section = sections[-1] if sections and not is_menu else None
        return Kind.FURNITURE, f"steps between «{sign}»", Steps(sign, section)
    return None


def _is_byline(line: Candidate, vocab: Vocab) -> bool:
    """Whether the steps are a byline: «جنيف / سامي عبد الرؤوف / الأناضول», "haz/AFP/dpa", «المصدر / رويترز»."""
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


# Captions -------------------------------------------------------------------------------------------------------


def caption(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a caption and the reason why the line is one, as a rule of `newsparse.lines.rules`."""
    why = _why_caption(line, settings.vocab)
    return (Kind.CAPTION, why, None) if why else None


def _why_caption(line: Candidate, vocab: Vocab) -> str | None:
    look, text = line.look, line.text
    if "w" in look:
        first, _, rest = line.words.partition(" ")
        if line.words in vocab.captions or f"{first} {rest.partition(' ')[0]}" in vocab.captions:
            return f"begins with «{first}»"
    why = None if look.isdisjoint(LABEL_SIGNS) else _labelled(line, vocab)
    if why or (":" in look and _is_credited(line.key, vocab)):
        return why
    if "(" in look:
        name, _, short = text.rstrip(")").partition("(")
        if agency(name, vocab) and agency(short, vocab):
            return None  # an agency with its short name: «وكالة الأنباء السعودية (واس)»
    why = _behind_dashes(line, vocab) if "-" in look else None
    why = why or (_in_brackets(text, vocab) if text[-1] == ")" else None)
    return why or (_with_credit(text, vocab) if "." in look or text[-1] in OPENERS else None)


def _is_credited(key: str, vocab: Vocab) -> bool:
    """Whether the label credits somebody: «تقرير: فلان - تصوير: فلان», «المصدر: وكالة الأناضول (AA)»."""
    role: str = vocab.credit_words.get(key.partition(":")[0].strip(), "")
    return role.startswith(("author", "source"))


def _labelled(line: Candidate, vocab: Vocab) -> str | None:
    """The label at the beginning, with its sign: «صورة: …», «التعليق على الصورة، …»."""
    found = _LABEL.match(line.key)
    words = letters(found[1].strip()) if found else ""
    return f"begins with «{words}{found[2]}»" if found and words in vocab.captions else None


def _behind_dashes(line: Candidate, vocab: Vocab) -> str | None:
    """A credit behind a dash: the kind of picture («… - صورة أرشيفية»), its source («… - تصوير رويترز»), or both."""
    parts = line.text.rsplit(" - ", MAX_CREDIT_DASHES)[1:]
    for part in parts:
        words = letters(fold(part))
        if words in vocab.captions or " ".join(words.split(" ", 2)[:2]) in vocab.captions:
            return f"says «{words}»"  # «صورة أرشيفية», «صورة أرشيفية تصوير: فلان»
    return None


def _in_brackets(text: str, vocab: Vocab) -> str | None:
    """A source or a caption's word in brackets at the end: «… (رويترز)», «… (أرشيف)»."""
    start = text.rfind("(")
    if start < MIN_CHARS_BEFORE_SOURCE or len(text) >= MIN_WHOLE_ARTICLE_CHARS:
        return None
    source = text[start + 1 : -1]
    if agency(source, vocab):
        return f"ends with its source, «{source}»"
    parts = _BETWEEN_SOURCES.split(source)
    return f"says «{source}»" if any(vocab.captions.get(letters(fold(part))) is True for part in parts) else None


def _with_credit(text: str, vocab: Vocab) -> str | None:
    """Photographer and source, in brackets or behind the last full stop: "… on Monday. Photo: NAME/PAPER"."""
    opener = OPENERS.get(text[-1])
    start = text.rfind(opener) if opener else max(map(text.rfind, STOPS_BEFORE_CREDIT))
    behind = text[start + 1 : -1] if opener else text[start + 1 :].strip(_AROUND_CREDIT)
    if start < MIN_CHARS_BEFORE_SOURCE or not behind or len(behind) > MAX_PHOTO_CREDIT_CHARS:
        return None
    found = _says_picture(behind, vocab) or _is_name_and_source(behind, vocab)
    return f"ends with its source, «{behind}»" if found else None


def _says_picture(behind: str, vocab: Vocab) -> bool:
    """Whether the credit is, or begins with, a caption's word: «أرشيف», "File: …", "Photo by …"."""
    words = letters(fold(behind))
    first, _, rest = words.partition(" ")
    if words in vocab.captions or f"{first} {rest.partition(' ')[0]}" in vocab.captions:
        return True
    is_label = first in vocab.captions or "photo" in str(vocab.credit_words.get(first))
    return is_label and ":" in behind[: len(first) + 2]


def _is_name_and_source(behind: str, vocab: Vocab) -> bool:
    """Whether it is a person's name and a source's: "A Name/AFP", "AFP - A NAME"; several sources sign a text."""
    parts = [part for part in _PARTS.split(behind) if part]
    if len(parts) < 2:
        return False
    sources = [agency(part, vocab) is not None for part in parts]
    if any(sources):
        return not all(sources)
    words = [part.split() for part in parts]
    if len(words) > 2 or not behind.isascii():
        return False
    name, paper = words
    is_named = 2 <= len(name) <= MAX_PHOTOGRAPHER_WORDS
    return is_named and all(word[0].isupper() for word in name + paper)
