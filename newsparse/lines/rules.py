"""The rules that give a short line its kind, in the order in which they are asked.

Knows the shapes and words of news pages: captions, addresses, calls to follow, breadcrumbs, skip links, the words of
menus and boxes. A rule answers the kind, the reason, and what was read in the line, such as a Timestamp; or None. RULES
says for which signs and words in a line it is asked. Does not know where the article is, nor the role of a line in it:
a line that looks like a caption may still be the headline (`newsparse.layout.headline`).

Pages for screen readers have a link above each box, and a line that ends it; everything between belongs to the box,
whatever it looks like:

    «تخطى قصص مقترحة وواصل القراءة»  …  «قصص مقترحة نهاية»
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from newsparse.lines import tags
from newsparse.names import byline
from newsparse.names.lexicon import agency
from newsparse.record import Kind, Lines
from newsparse.signs import (
    ARROWS,
    BARS,
    BULLETS,
    CLOSERS,
    COLONS,
    COMMAS,
    DASHES,
    DIGITS,
    PROSE_ENDS,
    QUOTES,
    SENTENCE_ENDS,
    SLASHES,
    STEPS,
    TATWEEL,
)
from newsparse.text import fold, letters, parts, rare
from newsparse.times import timestamp
from newsparse.words.vocab import OF_PAGES, Settings, Vocab

MIN_LONG_LINE_CHARS = 120  # from which a line is a paragraph by its length
MIN_STOPPED_SENTENCE_CHARS = 60  # from which a full stop makes it a sentence
AUTHOR_OF_POST = "whose post is quoted"
CODE = "code of the page"
MASTHEAD = "masthead"  # the reason, and what was found in the line

Found = tuple[Kind, str, Any]
Rule = Callable[["Candidate", Settings], "Found | None"]


class Candidate:
    """A line that the rules are asked about.

    Attributes:
        text, key: the line as printed, and folded.
        words: the letters of the key, with single spaces: «5 دقائق قراءة» is «دقائق قراءة».
        look: the signs and digits in the line, and a letter for each thing that is so. "o": it opens with a sign, or
            with a bar as «ـرويترز»; "e": it ends with a sign; "w": its first word is one of pages; "c": its first word
            goes on with what was said, «وأضاف»; "i": its first word is an initial, or it has no words; "t": it has a
            word of times that need no digit; "a": any line has this letter.
    """

    __slots__ = ("key", "look", "text", "words")

    def __init__(self, text: str, vocab: Vocab) -> None:
        """A line as printed."""
        self.text = text
        self.key, self.words, signs = parts(text)
        words = self.words.split(" ")
        self.look = look = {"a", *signs}
        if words[0] in first_words(vocab):
            look.add("w")
        if words[0] in vocab.continuations:
            look.add("c")
        if len(words[0]) < 2:
            look.add("i")
        if not timestamp.words_of_times(vocab)[1].isdisjoint(words):
            look.add("t")
        if not text[0].isalnum() or text[0] == TATWEEL:
            look.add("o")
        if not text[-1].isalnum():
            look.add("e")


def by_rules(text: str, settings: Settings, is_far: bool) -> tuple[str, Kind, str, Any]:
    """The key, kind, reason and finding for a line, by the first rule that answers. `is_far`: far from any text."""
    line = Candidate(text, settings.vocab)
    is_long = len(text) >= MIN_LONG_LINE_CHARS
    for rule, signs in (LONG_RULES if is_long else FAR_RULES if is_far else RULES).items():
        if not signs.isdisjoint(line.look) and (found := rule(line, settings)):
            return line.key, *found
    return (text, Kind.PARAGRAPH, "long", None) if is_long else (line.key, Kind.SHORT, "short, no sentence", None)


def place_of_box(words: str, vocab: Vocab) -> str | None:
    """The place of the box whose heading the words are, perhaps with a section behind: «المزيد من محليات»."""
    place: str | None = vocab.boxes.get(words)
    if place is None and words.rpartition(" ")[2] in vocab.sections:
        return vocab.boxes.get(" ".join(words.split(" ", 2)[:2]))
    return place


def is_labelled_as_box(key: str, vocab: Vocab) -> bool:
    """Whether the label of a folded line is also a heading of boxes: «الكاتب: …»."""
    label, colon, _ = key.partition(":")
    return bool(colon) and letters(label) in vocab.boxes


@lru_cache(maxsize=8)
def _by_first_word(vocab: Vocab) -> dict[str, list[tuple[str, bool]]]:
    """All phrases that open a line of furniture, by their first words, each with whether a sign must follow."""
    found: dict[str, list[tuple[str, bool]]] = {}
    opening = [(words, False) for words, value in vocab.furniture.items() if value == "opens"]
    opening += [(words, True) for words in vocab.boxes if words not in vocab.credit_words]  # «الكاتب: …» is a credit
    for words, needs_sign in opening:
        first = words.partition(" ")[0]
        if not first.isalpha():
            first = letters(words).partition(" ")[0]
        found.setdefault(first, []).append((words, needs_sign))
    return found


@lru_cache(maxsize=8)
def first_words(vocab: Vocab) -> frozenset[str]:
    """The first words of all phrases that the rules look up, folded and as written; of «24 ساعة» the first letters."""
    found = vocab.first_words(*OF_PAGES, "skip_links", "stamp_labels")
    are_shipped = len(vocab.folded["furniture"]) == len(vocab.folded["boxes"]) == 1  # these begin with letters
    return found if are_shipped else found.union(_by_first_word(vocab))


@lru_cache(maxsize=8)
def openers_of_long_lines(vocab: Vocab) -> frozenset[str]:
    """The first words, as written, folded, or with a colon, for which the rules have to be asked about a long line."""
    others, furniture = vocab.spelled("furniture"), vocab.furniture
    words = [word for word, value in furniture.items() if value == "opens"]
    words += [word for key, word in others.items() if furniture[key] == "opens"]
    first = vocab.first_words("boxes", "tag_labels", "captions").union([word.partition(" ")[0] for word in words])
    return first.union([word + ":" for word in first])


# Scraps: addresses, pictures, code ----------------------------------------------------------------------------------

MIN_CHARS_BESIDE_ADDRESS = 12  # characters that are more than its label
_URL = rare(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}|@\w{2,40}|\w{2,40}@")
_LINKS = rare(r"(?:\[[^]\[]{0,300}\]\([^()\s]{0,900}\)[\s|»›/•·,،-]{0,9})+")  # of Markdown
_SHORTCODE = rare(r"\[[a-z][\w-]{1,40} [\w-]{1,40}=[\"“”'′″][^\]]*\]?", re.ASCII)  # of a blog's software
_PICTURE = rare(r"[\w() .-]{1,60}\.(?:jpe?g|png|gif|webp)", re.ASCII | re.IGNORECASE)
_CODE = rare(r"[\w.#@][\w .#@:(),=|>-]{0,160}\{|\}+ ?\)?;?$|\w{1,40}(?:\.\w{1,40}){1,4}(?:\(|\s?=)", re.ASCII)


def scrap(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a line that says nothing of its own, and the reason, as a rule in RULES has it."""
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


# Breadcrumbs --------------------------------------------------------------------------------------------------------

WEAK_STEP_SIGNS = "/|"  # which stand in bylines and headlines too
MAX_STEP_CHARS, MAX_STEP_SPACES = 29, 2  # characters, and spaces, of a step
MIN_MENU_SECTIONS = 3  # listed sections between bars: a menu, which has no path
MIN_STEPS, MIN_SURE_STEPS = 3, 2  # «عاجل | …» is a headline


class Steps(NamedTuple):
    """A breadcrumb: the section at its end; None if there is none, as in a menu."""

    section: str | None


def breadcrumb(line: Candidate, settings: Settings) -> tuple[Kind, str, Steps] | None:
    """The kind of a breadcrumb, the reason, and its steps, as a rule."""
    vocab = settings.vocab
    has_quotation = "«" in line.text and "»" in line.text
    for sign in STEPS:
        separator = f" {sign} " if has_quotation and sign not in WEAK_STEP_SIGNS else sign
        if separator not in line.text:
            continue
        steps = [step for part in line.text.split(separator) if (step := part.strip(" -"))]
        short = [step for step in steps if step.count(" ") <= MAX_STEP_SPACES and len(step) <= MAX_STEP_CHARS]
        is_from_home = len(steps) > 1 and letters(fold(steps[0])) in vocab.furniture
        if not (short == steps or (is_from_home and short == steps[:-1])):
            continue
        is_sure = sign in ARROWS or (is_from_home and short == steps)
        if len(steps) < (MIN_SURE_STEPS if is_sure else MIN_STEPS):
            continue
        found = byline.read_byline(line.text, vocab, line.key) if sign in WEAK_STEP_SIGNS else None
        if found and (found.certain or found.agencies):
            return None  # «جنيف / سامي عبد الرؤوف / الأناضول», "haz/AFP/dpa"
        sections = [step for step in short if letters(fold(step)) not in vocab.furniture]
        listed = sum(letters(fold(step)) in vocab.sections for step in sections)
        is_menu = sign in WEAK_STEP_SIGNS and listed >= MIN_MENU_SECTIONS
        section = sections[-1] if sections and not is_menu else None
        return Kind.FURNITURE, f"steps between «{sign}»", Steps(section)
    return None


# Boxes that a link leads over ---------------------------------------------------------------------------------------

MAX_SKIPPED_LINES = 60  # of a box
NAME = "*"  # the box's name in the words of both lines


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
    links = vocab.skip_links
    ends = fold("\n".join(links.values())).split("\n")
    return [(*link.partition(NAME)[::2], end) for link, end in zip(links, ends, strict=True)]


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


# Captions -----------------------------------------------------------------------------------------------------------

MIN_CHARS_BEFORE_SOURCE = 12  # characters of the text before a source in brackets
MAX_PHOTO_CREDIT_CHARS = 60  # of photographer and source
MAX_PHOTOGRAPHER_WORDS = 3
OPENERS = {")": "(", "]": "["}
STOPS_BEFORE_CREDIT = (". ", ".—", ".–")  # before the credit
MAX_CREDIT_DASHES = 3  # dashes, of a caption: «… - صورة أرشيفية - المصدر: …»
LABEL_SIGNS = COLONS + COMMAS
_LABEL = re.compile(f"([^{COLONS}{COMMAS}]{{1,30}})([{COLONS}{COMMAS}])")  # «التعليق على الصورة، …»
_PARTS = re.compile(r"\s?[/|]\s?|\s-\s")
_AROUND_CREDIT = " " + QUOTES + DASHES
_BETWEEN_SOURCES = re.compile(f"[{re.escape(SLASHES + BARS + COMMAS + DASHES)}]")


def caption(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a caption and the reason why the line is one, as a rule in RULES has it."""
    why = _why_caption(line, settings.vocab)
    return (Kind.CAPTION, why, None) if why else None


def _why_caption(line: Candidate, vocab: Vocab) -> str | None:
    look, text = line.look, line.text
    if "w" in look and _begins_as_caption(line.words, vocab):
        return f"begins with «{line.words.partition(' ')[0]}»"
    why = None if look.isdisjoint(LABEL_SIGNS) else _labelled(line, vocab)
    role = vocab.credit_words.get(line.key.partition(":")[0].strip(), "") if ":" in look else ""
    if why or role.startswith(("author", "source")):  # «تقرير: فلان - تصوير: فلان», «المصدر: وكالة الأناضول (AA)»
        return why
    if "(" in look:
        name, _, short = text.rstrip(")").partition("(")
        if agency(name, vocab) and agency(short, vocab):
            return None  # an agency with its short name: «وكالة الأنباء السعودية (واس)»
    why = _behind_dashes(line, vocab) if "-" in look else None
    return why or (_with_credit(text, vocab) if "." in look or text[-1] in OPENERS else None)


def _begins_as_caption(words: str, vocab: Vocab) -> bool:
    """Whether the words, or the first two of them, are a caption's."""
    return words in vocab.captions or " ".join(words.split(" ", 2)[:2]) in vocab.captions


def _labelled(line: Candidate, vocab: Vocab) -> str | None:
    """The label at the beginning, with its sign: «صورة: …», «التعليق على الصورة، …»."""
    found = _LABEL.match(line.key)
    words = letters(found[1].strip()) if found else ""
    return f"begins with «{words}{found[2]}»" if found and words in vocab.captions else None


def _behind_dashes(line: Candidate, vocab: Vocab) -> str | None:
    """A credit behind a dash: the kind of picture («… - صورة أرشيفية»), its source («… - تصوير رويترز»), or both."""
    for part in line.text.rsplit(" - ", MAX_CREDIT_DASHES)[1:]:
        words = letters(fold(part))
        if _begins_as_caption(words, vocab):
            return f"says «{words}»"  # «صورة أرشيفية», «صورة أرشيفية تصوير: فلان»
    return None


def _with_credit(text: str, vocab: Vocab) -> str | None:
    """A source, a caption's word or the photographer, in brackets or behind the last full stop: «… (رويترز)»,
    «… (أرشيف)», "… on Monday. Photo: NAME/PAPER"."""
    opener = OPENERS.get(text[-1])
    start = text.rfind(opener) if opener else max(map(text.rfind, STOPS_BEFORE_CREDIT))
    behind = text[start + 1 : -1] if opener else text[start + 1 :].strip(_AROUND_CREDIT)
    if start < MIN_CHARS_BEFORE_SOURCE or not behind or len(behind) > MAX_PHOTO_CREDIT_CHARS:
        return None
    is_short = opener and len(text) < MIN_LONG_LINE_CHARS  # with an agency a longer line may be a whole article
    if is_short and _has_caption(behind, vocab):
        return f"says «{behind}»"
    found = (is_short and agency(behind, vocab)) or _says_picture(behind, vocab) or _is_name_and_source(behind, vocab)
    return f"ends with its source, «{behind}»" if found else None


def _has_caption(behind: str, vocab: Vocab) -> bool:
    """Whether one of the credits says what the picture is: «أرشيف»."""
    return any(vocab.captions.get(letters(fold(part))) is True for part in _BETWEEN_SOURCES.split(behind))


def _says_picture(behind: str, vocab: Vocab) -> bool:
    """Whether the credit is, or begins with, a caption's word: «أرشيف», "File: …", "Photo by …"."""
    words = letters(fold(behind))
    if _begins_as_caption(words, vocab):
        return True
    first = words.partition(" ")[0]
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


# The rules ----------------------------------------------------------------------------------------------------------

MIN_CONTINUATION_CHARS = 60  # of a line that goes on with what was said; shorter ones may be titles
MIN_OPEN_SENTENCE_CHARS = 36  # from which a colon or comma at the end makes it prose
MIN_SENTENCE_LETTERS = 12  # characters of words
MAX_TAG_LABEL_CHARS = 30  # of the label of a list of tags
MAX_SIGNATURE_CHARS = 30  # of a line that an agency signs with
MAX_CHARS_BESIDE_SECTION = 6  # signs and digits
MIN_ROW_SPACES = 2  # between the names of buttons on one line
MAX_CHARS_TO_SIGN = 6  # characters from the words of a label to its sign
SIGNATURE_MARKS = DASHES + TATWEEL + "(/"  # before the agency that signs
MIN_LONG_SPACES = 2  # in the words that a long line begins with, where letters have capitals
MIN_STUCK_OPENER_SPACES = 2  # in the words of a page to which the next word may be stuck
RULE_CHARACTERS = DASHES + TATWEEL + BULLETS + "=_~.#"


def separator(line: Candidate, settings: Settings) -> Found | None:
    """A line of signs between articles."""
    if len(line.text) >= 3 and line.text[0] in "-=*_~#" and not line.text.strip(RULE_CHARACTERS + " "):
        return Kind.SEPARATOR, "a line of " + line.text[0], None
    return None


def hashtags(line: Candidate, settings: Settings) -> Found | None:
    """Hashtags. A single one on its line keeps its spaces; several are cut at their signs."""
    found = tags.of_line(line.text) if line.text[0] in tags.HASH_SIGNS else ()
    return (Kind.TAGS, "a hashtag" if len(found) == 1 else f"{len(found)} hashtags", found) if found else None


def ending(line: Candidate, settings: Settings) -> Found | None:
    """The mark at the end of an agency's text: «// انتهى //», «--(بترا)»."""
    text = line.text
    if line.words != text and line.words in settings.vocab.endings:
        return Kind.END, "mark of the end", None
    if text[0] in SIGNATURE_MARKS and len(text) <= MAX_SIGNATURE_CHARS:
        name = agency(text.strip("-ـ–—()/. "), settings.vocab)
        if name:
            return Kind.END, f"signed by «{name}»", name
    return None


def stamp(line: Candidate, settings: Settings) -> Found | None:
    """A timestamp, see `newsparse.times.timestamp`."""
    found = timestamp.read_timestamp(line.text, settings, line.words)
    return (Kind.CLOCK if found.clock else Kind.STAMP, found.why, found) if found else None


def labelled_tags(line: Candidate, settings: Settings) -> Found | None:
    """A label for tags: «الكلمات الدلالية:», alone or with the tags behind it."""
    if settings.vocab.tag_labels.get(line.words) is True:
        return Kind.TAG_LABEL, "label of a tag list", None
    label, colon, rest = line.text.partition(":")
    is_short = colon and rest and len(label) <= MAX_TAG_LABEL_CHARS
    if is_short and letters(fold(label.strip())) in settings.vocab.tag_labels:
        return Kind.TAGS, "tags behind a label", tags.of_list(rest)
    return None


def page_words(line: Candidate, settings: Settings) -> Found | None:
    """Menu entries, buttons, headings of boxes, sections: by the words that pages use."""
    vocab, words = settings.vocab, line.words
    over = skip(words, vocab)
    if over is not None:
        return Kind.BOXED, "leads over a box", over
    if place := place_of_box(words, vocab):
        return Kind.FURNITURE_HEAD, f"heading of a box ({place} an article)", place
    if (
        words in vocab.sections
        and len(line.text) - len(words) <= MAX_CHARS_BESIDE_SECTION
        and not (line.text[-1].isdigit() and agency(line.text, vocab))  # «قناة 24»
    ):
        return Kind.SECTION, "the name of a section", None
    value = vocab.furniture.get(words)
    if value is not None:
        return Kind.BOXED if value == "boxed" else Kind.FURNITURE, "words of a menu or button", None
    if words in vocab.stamp_labels:
        return Kind.FURNITURE, "label of a time", None
    if words.count(" ") >= MIN_ROW_SPACES and all(vocab.furniture.get(word) is True for word in words.split()):
        return Kind.FURNITURE, "a row of buttons", None
    why = why_call(line, vocab)
    return (Kind.FURNITURE, why, None) if why else None


def opening_words(line: Candidate, settings: Settings) -> Found | None:
    """A line whose first words, or these and later ones, say what it is: «جميع الحقوق محفوظة …», «اقرأ أيضا: …», "The
    post … appeared first on …"."""
    first, words = line.words.partition(" ")[0], line.words + " "
    for phrase, needs_sign in _by_first_word(settings.vocab).get(first, ()):
        phrase, _, later = phrase.partition(f" {NAME} ")  # "The post * appeared first on"
        if later not in words:
            continue
        opener = letters(phrase)
        spaces = opener.count(" ")
        if not words.startswith(opener) or (words[len(opener)] != " " and spaces < MIN_STUCK_OPENER_SPACES):
            continue
        if needs_sign:
            if line.text[-1] == ":" and spaces and len(line.text) < MIN_STOPPED_SENTENCE_CHARS:
                return Kind.FURNITURE_HEAD, f"begins with «{opener}»", settings.vocab.boxes.get(opener, "inside")
            head = line.text[: len(opener) + MAX_CHARS_TO_SIGN]
            if ".." not in head and not any(map(head.__contains__, ":|…»")):
                continue
        elif len(line.text) >= MIN_LONG_LINE_CHARS and line.text[0].isupper() and spaces < MIN_LONG_SPACES:
            continue  # prose: "Powered by the sun, …"
        return Kind.FURNITURE, f"begins with «{opener}»", None
    return None


def masthead(line: Candidate, settings: Settings) -> Found | None:
    """A masthead: the editor's name is stuck to the office, «صحيفة الجسر رئيس التحريرسامر النعماني»."""
    stuck = _stuck_office(settings.vocab).search(line.key) if line.words == line.key else None
    is_one = stuck is not None and stuck[1] in settings.vocab.given_names
    return (Kind.FURNITURE, MASTHEAD, MASTHEAD) if is_one else None


@lru_cache(maxsize=8)
def _stuck_office(vocab: Vocab) -> re.Pattern[str]:
    """An office of the paper, and the rest of its last word. A rest such as «ه» in «رئيس حزبه» is no name."""
    offices = [re.escape(name) for name, role in vocab.credit_words.items() if role == "office:"]
    return re.compile(f"(?:{'|'.join(offices)})(\\w+)")


def credit(line: Candidate, settings: Settings) -> Found | None:
    """A byline, see `newsparse.names.byline`."""
    found = byline.read_byline(line.text, settings.vocab, line.key)
    return (Kind.BYLINE if found.certain else Kind.NAME, found.why, found) if found else None


def initials(line: Candidate, settings: Settings) -> Found | None:
    """The letters with which editors sign: «م ن ع / س ع د»; those of an agency are a credit."""
    if " " in line.words and max(map(len, line.words.split())) < 2:
        return Kind.FURNITURE, "initials", None
    return None


def sentence(line: Candidate, settings: Settings) -> Found | None:
    """Prose: the line ends like a sentence, and is longer than a phrase."""
    if line.text[-1].isalnum():
        return None
    text = line.text
    mark = text.rfind("(") if text[-1] == ")" else -1
    if mark > 0 and letters(fold(text[mark:])) in settings.vocab.endings:  # «… في بيان. (النهاية)»
        text = text[:mark].rstrip()
    text = text.rstrip(CLOSERS)
    if text.endswith(("..", "…")):
        return Kind.SHORT, "breaks off", None
    if text and text[-1] not in SENTENCE_ENDS and len(text) < MIN_OPEN_SENTENCE_CHARS:
        return None
    if text and text[-1] in PROSE_ENDS and len(line.words) >= MIN_SENTENCE_LETTERS and " " in line.words:
        return Kind.SENTENCE, "ends as a sentence", None
    return None


def continuation(line: Candidate, settings: Settings) -> Found | None:
    """Prose without a full stop: it goes on with what was said, «وأضاف أن …», and is longer than a phrase."""
    goes_on = line.words.partition(" ")[0] in settings.vocab.continuations
    is_long = len(line.text) >= MIN_CONTINUATION_CHARS
    return (Kind.SENTENCE, "goes on with a text", None) if goes_on and is_long else None


RULES: dict[Rule, frozenset[str]] = {
    rule: frozenset(signs)
    for rule, signs in (
        (separator, "i"),
        (hashtags, "#＃"),
        (ending, "ow"),
        (stamp, "t" + DIGITS),
        (scrap, "i©[/@.{};"),
        (labelled_tags, "w"),
        (page_words, "w"),
        (opening_words, "w"),
        (caption, "w)]-." + LABEL_SIGNS),
        (breadcrumb, STEPS),
        (masthead, "a"),
        (credit, "a"),
        (initials, "i"),
        (sentence, "e"),
        (continuation, "c"),
    )
}
"""The rules in their order. Each is asked only of lines that have one of its signs and letters: `Candidate.look`."""
LONG_RULES = {rule: RULES[rule] for rule in (separator, hashtags, scrap, labelled_tags, opening_words, caption)}
FAR_RULES = {rule: signs for rule, signs in RULES.items() if rule not in (stamp, caption, masthead, credit)}
"""Those that are asked of long lines, and of lines far from any text."""
