"""The kind of each line, by its look alone, with the reason.

Knows the shapes and words of news pages. Does not know where the article is, nor the role of a line in it: that is the
business of `newsparse.layout`.

RULES has all rules in order: a short line gets the kind of the first rule that answers. Each rule names the looks that
a line must have to be asked; a plain headline has none of these looks. A long line is a paragraph unless its first
words say otherwise. Almost all text is in long lines, so their way is the shortest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import compress
from typing import Any, NamedTuple

from newsparse.lines import breadcrumbs, gaps, tags
from newsparse.lines.captions import why_caption
from newsparse.lines.looks import (
    ANY,
    ENDS_SIGNED,
    HALVES,
    HEAD_CHARS,
    OPENS,
    SIGNED,
    WORDED,
    Candidate,
    heads_of,
    looks_of,
    openers,
    opens_as_no_prose,
    place_of_box,
)
from newsparse.lines.scraps import is_of_post, why_call, why_scrap
from newsparse.lines.skips import skip
from newsparse.memory import Memory
from newsparse.names import byline
from newsparse.names.lexicon import agency
from newsparse.record import Kind, Lines
from newsparse.signs import BULLETS, CLOSERS, DASHES, PROSE_ENDS, SENTENCE_ENDS, TATWEEL
from newsparse.text import FORM_FEED, GAP, fold, letters
from newsparse.times import when
from newsparse.times.lexer import MAX_WORD_CHARS
from newsparse.words.vocab import Settings, Vocab

MIN_LONG_LINE_CHARS = 120  # characters from which a line is a paragraph by its length
MIN_OPEN_SENTENCE_CHARS = 36  # characters from which a colon or comma at the end makes it prose
MIN_STOPPED_SENTENCE_CHARS = 60  # characters from which a full stop makes it a sentence
MIN_SENTENCE_LETTERS = 12  # characters of words
MIN_VERSE_HALF_SPACES, MAX_VERSE_HALF_RATIO = 2, 1.6  # of a verse: how many times as long as the other
MAX_TAG_LABEL_CHARS = 30  # characters of the label of a list of tags
MAX_SIGNATURE_CHARS = 30  # characters of a line that an agency signs with
MAX_CHARS_BESIDE_SECTION = 6  # signs and digits
MAX_CHARS_TO_SIGN = 6  # characters from the words of a label to its sign
COMMON_ENDS = ".،"  # of most sentences, which take the cheapest way
SIGNATURE_MARKS = DASHES + TATWEEL + "(/"  # before the agency that signs
MIN_LONG_SPACES = 2  # spaces in the words that a long line begins with, where letters have capitals
MIN_STUCK_OPENER_SPACES = 2  # spaces in the words of a page to which the next word may be stuck
_LATIN = "abcdefghijklmnopqrstuvwxyz"  # `string.ascii_lowercase`, whose module takes half a millisecond
CREDIT_ENDS = frozenset(")]" + _LATIN + _LATIN.upper())  # of long lines that may be captions
MIN_DUMP_LINES = 60
DUMP_TOP_LINES = 30
TEXT_CHARS = 90  # of a line of an article's text
LINES_ABOVE_TEXT, LINES_BELOW_TEXT = 20, 8  # in which timestamps and credits are looked for
RULE_CHARACTERS = DASHES + TATWEEL + BULLETS + "=_~.#"


class Found(NamedTuple):
    """The answer of a rule: the kind, the reason, and what was read in the line, such as a Timestamp."""

    kind: Kind
    why: str
    found: Any = None


Rule = Callable[[Candidate, Settings], "Found | None"]
Tail = tuple[str, Kind, str, Any]  # the key of a line, its kind, the reason, and what was found in it


def classify(texts: Sequence[str], settings: Settings, first: int = 1) -> Lines:
    """The clean lines that are not blank, each with its kind. `first` is the number of the first line.

    Every line counts as a paragraph until a test shows that it is not.
    """
    numbers, found = [*compress(range(first, first + len(texts)), texts)], [*filter(None, texts)]
    joined = "".join(found)
    paragraphs: Sequence[int] = ()
    if GAP in joined and settings.normalize != "none":  # there it is what the text has
        numbers, found, paragraphs = gaps.blocks(numbers, found, partial(classify, settings=settings))
    addressed = "@" in joined
    keys, kinds, whys = found.copy(), [Kind.PARAGRAPH] * len(found), ["long"] * len(found)
    founds: list[Any] = [None] * len(found)
    lines = Lines(numbers, found, keys, kinds, whys, founds)
    heads, short, vocab = heads_of(settings.vocab), _short_lines(settings), settings.vocab
    learned = settings.feed.found if settings.feed else None
    is_far, far = _far_from_text(found), _far_lines(settings)
    for i, text in enumerate(found):
        size = len(text)
        if learned is not None and (known := learned[text]):
            keys[i], kinds[i], whys[i], founds[i] = fold(text), Kind.FURNITURE, known.why, known
            continue
        if (
            size >= MIN_STOPPED_SENTENCE_CHARS
            and not (heads[text[:HEAD_CHARS]] and opens_as_no_prose(text, vocab))
            and not (addressed and "@" in text)
        ):
            if size >= MIN_LONG_LINE_CHARS and text[-1] not in CREDIT_ENDS:
                continue
            if size < MIN_LONG_LINE_CHARS and text[-1] in COMMON_ENDS and text[-2] not in COMMON_ENDS:
                kinds[i], whys[i] = Kind.SENTENCE, "ends as a sentence"
                continue
        if size >= MIN_LONG_LINE_CHARS:
            keys[i], kinds[i], whys[i], founds[i] = _kind_of(text, settings)
        else:
            keys[i], kinds[i], whys[i], founds[i] = far[text] if is_far and is_far[i] else short[text]
    for i in paragraphs:
        keys[i], kinds[i], whys[i], founds[i] = found[i], Kind.PARAGRAPH, "long", None
    return lines


def _far_from_text(texts: Sequence[str]) -> Sequence[bool]:
    """Whether each line of a whole page stands in a menu, far from any text; nothing for shorter texts.

    Timestamps and credits stand near the article, so the lines of menus are not read as such.
    """
    if len(texts) < MIN_DUMP_LINES:
        return ()
    is_far = [True] * len(texts)
    is_far[:DUMP_TOP_LINES] = [False] * DUMP_TOP_LINES
    for i, text in enumerate(texts):
        if len(text) >= TEXT_CHARS:
            start, end = max(0, i - LINES_ABOVE_TEXT), min(len(texts), i + 1 + LINES_BELOW_TEXT)
            is_far[start:end] = [False] * (end - start)
    return is_far


@lru_cache(maxsize=16)  # a run may have many feeds
def _far_lines(settings: Settings) -> Memory[str, Tail]:
    """The cache of short lines that are far from any text."""
    return Memory(partial(_kind_of, settings=settings, asked=_ASKED_FAR))


@lru_cache(maxsize=16)
def _short_lines(settings: Settings) -> Memory[str, Tail]:
    """The cache of short lines: menus, agencies and buttons come again and again."""
    return Memory(partial(_kind_of, settings=settings))


def _kind_of(text: str, settings: Settings, asked: Sequence[Sequence[Rule]] = ()) -> Tail:
    """The key, kind, reason and finding for a line, by the first rule that answers."""
    line = Candidate(text)
    long = len(text) >= MIN_LONG_LINE_CHARS
    for rule in LONG_RULES if long else (asked or _ASKED)[looks_of(line, settings.vocab)]:
        found = rule(line, settings)
        if found is not None:
            return line.key, *found
    if long:
        return text, Kind.PARAGRAPH, "long", None
    return line.key, Kind.SHORT, "short, no sentence", None


# The rules, in the order in which they are asked ------------------------------------------------------------------


def separator(line: Candidate, settings: Settings) -> Found | None:
    """A line of signs between articles, or a page break."""
    if line.text == FORM_FEED:
        return Found(Kind.SEPARATOR, "page break")
    if len(line.text) >= 3 and line.text[0] in "-=*_~#" and not line.text.strip(RULE_CHARACTERS + " "):
        return Found(Kind.SEPARATOR, "a line of " + line.text[0])
    return None


def hashtags(line: Candidate, settings: Settings) -> Found | None:
    """Hashtags. A single one on its line keeps its spaces; several are cut at their signs."""
    found = tags.of_line(line.text) if line.text[0] in ("#", tags.WIDE_SIGN) else ()
    return Found(Kind.TAGS, "a hashtag" if len(found) == 1 else f"{len(found)} hashtags", found) if found else None


def labelled_tags(line: Candidate, settings: Settings) -> Found | None:
    """A label for tags: «الكلمات الدلالية:», alone or with the tags behind it."""
    if settings.vocab.tag_labels.get(line.words) is True:
        return Found(Kind.TAG_LABEL, "label of a tag list")
    label, colon, rest = line.text.partition(":")
    if colon and rest and len(label) <= MAX_TAG_LABEL_CHARS and letters(fold(label)) in settings.vocab.tag_labels:
        return Found(Kind.TAGS, "tags behind a label", tags.of_list(rest))
    return None


def ending(line: Candidate, settings: Settings) -> Found | None:
    """The mark at the end of an agency's text: «// انتهى //», «--(بترا)»."""
    if line.words in settings.vocab.endings and line.words != line.text:
        return Found(Kind.END, "mark of the end")
    if line.text[0] in SIGNATURE_MARKS and len(line.text) <= MAX_SIGNATURE_CHARS:
        name = agency(line.text.strip("-ـ–—()/. "), settings.vocab)
        if name:
            return Found(Kind.END, f"signed by «{name}»", name)
    return None


def page_words(line: Candidate, settings: Settings) -> Found | None:
    """Menu entries, buttons, headings of boxes, sections: by the words that pages use."""
    vocab = settings.vocab
    words = line.words
    over = skip(words, vocab)
    if over is not None:
        return Found(Kind.BOXED, "leads over a box", over)
    if place := place_of_box(words, vocab):
        return Found(Kind.FURNITURE_HEAD, f"heading of a box ({place} an article)", place)
    if (
        words in vocab.sections
        and len(line.text) - len(words) <= MAX_CHARS_BESIDE_SECTION
        and not _is_numbered_source(line.text, vocab)
    ):
        return Found(Kind.SECTION, "a rubric")
    value = vocab.furniture.get(words)
    if value is not None:
        return Found(Kind.BOXED if value == "boxed" else Kind.FURNITURE, "words of a menu or button")
    if words in vocab.stamp_labels:
        return Found(Kind.FURNITURE, "label of a time")
    why = why_call(line, vocab)
    return Found(Kind.FURNITURE, why) if why else opening_words(line, settings)


def _is_numbered_source(text: str, vocab: Vocab) -> bool:
    """Whether a number is part of an outlet's name whose letters alone are a section: «قناة 24»."""
    return text[-1].isdigit() and agency(text, vocab) is not None


def opening_words(line: Candidate, settings: Settings) -> Found | None:
    """A line whose first words say what it is: «جميع الحقوق محفوظة …», «اقرأ أيضا: …»."""
    first, words = line.words.partition(" ")[0], line.words + " "
    for opener, needs_sign in openers(first, settings.vocab) if len(first) <= MAX_WORD_CHARS else ():
        if not words.startswith(opener) or (words[len(opener)] != " " and opener.count(" ") < MIN_STUCK_OPENER_SPACES):
            continue
        if (
            len(line.text) >= MIN_LONG_LINE_CHARS
            and line.text[0].isupper()
            and opener.count(" ") < MIN_LONG_SPACES
            and not needs_sign
        ):
            continue  # prose: "Powered by the sun, …"
        if needs_sign and line.text[-1] == ":" and " " in opener and len(line.text) < MIN_STOPPED_SENTENCE_CHARS:
            return Found(Kind.FURNITURE_HEAD, f"begins with «{opener}»", settings.vocab.boxes.get(opener, "inside"))
        if not needs_sign or _is_label(line.text, opener):
            return Found(Kind.FURNITURE, f"begins with «{opener}»")
    return None


def _is_label(text: str, words: str) -> bool:
    """Whether the first words of the text are a label: a colon, bar or dots stand behind them."""
    head = text[: len(words) + MAX_CHARS_TO_SIGN]
    return any(sign in head for sign in ":|…»") or ".." in head


def breadcrumb(line: Candidate, settings: Settings) -> Found | None:
    """A breadcrumb, see `newsparse.lines.breadcrumbs`."""
    steps = breadcrumbs.read_breadcrumb(line, settings.vocab)
    return Found(Kind.FURNITURE, f"steps between «{steps.sign}»", steps) if steps else None


def scrap(line: Candidate, settings: Settings) -> Found | None:
    """A line with hardly any words, see `newsparse.lines.scraps`."""
    if is_of_post(line.text):
        return Found(Kind.BOXED, "whose post is quoted")
    why = why_scrap(line, settings.vocab)
    return Found(Kind.FURNITURE, why) if why else None


def stamp(line: Candidate, settings: Settings) -> Found | None:
    """A timestamp, see `newsparse.times.when`."""
    found = when.read_timestamp(line.text, settings)
    if found is None:
        return None
    return Found(Kind.CLOCK if found.clock else Kind.STAMP, found.why, found)


def credit(line: Candidate, settings: Settings) -> Found | None:
    """A byline, see `newsparse.names.byline`."""
    found = byline.read_byline(line.text, settings.vocab, line.key)
    if found is None:
        return None
    return Found(Kind.BYLINE if found.certain else Kind.NAME, found.why, found)


def initials(line: Candidate, settings: Settings) -> Found | None:
    """The letters with which editors sign: «م ن ع / س ع د»; those of an agency are a credit."""
    if line.words.count(" ") and max(map(len, line.words.split())) < 2:
        return Found(Kind.FURNITURE, "initials")
    return None


def caption(line: Candidate, settings: Settings) -> Found | None:
    """A caption, see `newsparse.lines.captions`."""
    why = why_caption(line, settings.vocab)
    return Found(Kind.CAPTION, why) if why else None


def verse(line: Candidate, settings: Settings) -> Found | None:
    """A verse: two halves of about the same length with a sign between."""
    for sign in HALVES:
        first, found, second = line.text.partition(sign)
        if found and sign not in second and min(first.count(" "), second.count(" ")) >= MIN_VERSE_HALF_SPACES:
            shorter, longer = sorted((len(first), len(second)))
            if longer < MAX_VERSE_HALF_RATIO * shorter:
                return Found(Kind.SENTENCE, "two halves of a verse")
    return None


def sentence(line: Candidate, settings: Settings) -> Found | None:
    """Prose: the line ends like a sentence, and is longer than a phrase."""
    text = _without_ending(line.text, settings.vocab).rstrip(CLOSERS)
    if text.endswith(("..", "…")):
        return Found(Kind.SHORT, "breaks off")
    if text and text[-1] not in SENTENCE_ENDS and len(text) < MIN_OPEN_SENTENCE_CHARS:
        return None
    if text and text[-1] in PROSE_ENDS and len(line.words) >= MIN_SENTENCE_LETTERS and " " in line.words:
        return Found(Kind.SENTENCE, "ends as a sentence")
    return None


def _without_ending(text: str, vocab: Vocab) -> str:
    """The line without a mark of the end behind it: «… في بيان. (النهاية)»."""
    start = text.rfind("(") if text[-1] == ")" else -1
    return text[:start].rstrip() if start > 0 and letters(fold(text[start:])) in vocab.endings else text


RULES: tuple[tuple[Rule, int], ...] = (  # each with the looks of which a line has one, or the rule has no answer
    (separator, OPENS),
    (hashtags, OPENS),
    (ending, OPENS | WORDED),
    (stamp, ANY),
    (scrap, OPENS | SIGNED),
    (labelled_tags, WORDED),
    (page_words, WORDED),
    (caption, WORDED | SIGNED),
    (breadcrumb, SIGNED),
    (credit, ANY),
    (initials, OPENS),
    (verse, SIGNED),
    (sentence, ENDS_SIGNED),
)
LONG_RULES: tuple[Rule, ...] = (separator, hashtags, scrap, labelled_tags, opening_words, caption)
_ASKED = tuple(tuple(rule for rule, of in RULES if of == ANY or of & looks) for looks in range(ANY + 1))
_ASKED_FAR = tuple(tuple(rule for rule in rules if rule not in (stamp, credit)) for rules in _ASKED)
