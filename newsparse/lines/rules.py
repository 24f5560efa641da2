"""The rules that give a short line its kind, in the order in which they are asked.

Knows the shapes and words of news pages. A rule answers the kind, the reason, and what was read in the line, such as a
Timestamp; or None. It answers only where the line's look allows it, by a cheap test at its start. Does not know where
the article is, nor the role of a line in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from newsparse.lines import tags
from newsparse.lines.looks import Candidate, openers, place_of_box
from newsparse.lines.scraps import LABEL_SIGNS, breadcrumb, caption, scrap, skip, why_call
from newsparse.names import byline
from newsparse.names.lexicon import agency
from newsparse.record import Kind
from newsparse.signs import BULLETS, CLOSERS, DASHES, PROSE_ENDS, SENTENCE_ENDS, STEPS, TATWEEL
from newsparse.text import fold, letters, rare
from newsparse.times import when
from newsparse.times.lexer import MAX_WORD_CHARS
from newsparse.words.vocab import Settings, Vocab

MIN_LONG_LINE_CHARS = 120  # characters from which a line is a paragraph by its length
MIN_CONTINUATION_CHARS = 60  # of a line that goes on with what was said; shorter ones may be titles
MIN_OPEN_SENTENCE_CHARS = 36  # characters from which a colon or comma at the end makes it prose
MIN_STOPPED_SENTENCE_CHARS = 60  # characters from which a full stop makes it a sentence
MIN_SENTENCE_LETTERS = 12  # characters of words
MIN_VERSE_HALF_SPACES, MAX_VERSE_HALF_RATIO = 2, 1.6  # of a verse: how many times as long as the other
MAX_TAG_LABEL_CHARS = 30  # characters of the label of a list of tags
MAX_SIGNATURE_CHARS = 30  # characters of a line that an agency signs with
MAX_CHARS_BESIDE_SECTION = 6  # signs and digits
MIN_ROW_SPACES = 2  # spaces between the names of buttons on one line
MAX_CHARS_TO_SIGN = 6  # characters from the words of a label to its sign
SIGNATURE_MARKS = DASHES + TATWEEL + "(/"  # before the agency that signs
MIN_LONG_SPACES = 2  # spaces in the words that a long line begins with, where letters have capitals
MIN_STUCK_OPENER_SPACES = 2  # spaces in the words of a page to which the next word may be stuck
MASTHEAD = "masthead"  # the reason, and what was found in the line
RULE_CHARACTERS = DASHES + TATWEEL + BULLETS + "=_~.#"

_HALF = rare(r" (?:\.\.\.|…|\*{1,3}|//) ")  # between the halves of a verse

Found = tuple[Kind, str, Any]
Rule = Callable[[Candidate, Settings], "Found | None"]


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
    """A timestamp, see `newsparse.times.when`."""
    found = when.read_timestamp(line.text, settings, line.words)
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
    """A line whose first words say what it is: «جميع الحقوق محفوظة …», «اقرأ أيضا: …»."""
    first, words = line.words.partition(" ")[0], line.words + " "
    for opener, needs_sign in openers(first, settings.vocab) if len(first) <= MAX_WORD_CHARS else ():
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


def verse(line: Candidate, settings: Settings) -> Found | None:
    """A verse: two halves of about the same length with a sign between."""
    sign = _HALF.search(line.text)
    if sign is None:
        return None
    halves = line.text.split(sign[0])
    shorter, longer = min(map(len, halves)), max(map(len, halves))
    if len(halves) > 2 or longer >= MAX_VERSE_HALF_RATIO * shorter:
        return None
    is_verse = min([half.count(" ") for half in halves]) >= MIN_VERSE_HALF_SPACES
    return (Kind.SENTENCE, "two halves of a verse", None) if is_verse else None


def sentence(line: Candidate, settings: Settings) -> Found | None:
    """Prose: the line ends like a sentence, and is longer than a phrase."""
    if line.text[-1].isalnum():
        return None
    text = _without_ending(line.text, settings.vocab).rstrip(CLOSERS)
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


def _without_ending(text: str, vocab: Vocab) -> str:
    """The line without a mark of the end behind it: «… في بيان. (النهاية)»."""
    start = text.rfind("(") if text[-1] == ")" else -1
    return text[:start].rstrip() if start > 0 and letters(fold(text[start:])) in vocab.endings else text


RULES: dict[Rule, str] = {
    separator: "o",
    hashtags: "#＃",
    ending: "ow",
    stamp: "n",
    scrap: "i©[/@.{};",
    labelled_tags: "w",
    page_words: "w",
    opening_words: "w",
    caption: "w)]-." + LABEL_SIGNS,
    breadcrumb: STEPS,
    masthead: "n",
    credit: "n",
    initials: "i",
    verse: "*/.…",
    sentence: "e",
    continuation: "c",
}
"""The rules in their order. Each is asked only of lines that have one of its signs and letters: those of
`newsparse.lines.looks.Candidate.look`, and "n" for a line near text."""
LONG_RULES = frozenset({separator, hashtags, scrap, labelled_tags, opening_words, caption})
_NEAR = frozenset("n")


@lru_cache(maxsize=1 << 12)
def rules_for(look: frozenset[str], is_far: bool, is_long: bool) -> tuple[Rule, ...]:
    """The rules that may answer for a line with this look; `is_far`: it is far from any text."""
    look = look if is_far else look | _NEAR
    rules = [rule for rule in RULES if rule in LONG_RULES or not is_long]
    return tuple([rule for rule in rules if not look.isdisjoint(RULES[rule])])
