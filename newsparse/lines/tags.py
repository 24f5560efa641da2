"""Tags: hashtags, and lists of keywords on one line. Knows nothing of the lines around."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import category

from newsparse.signs import CLOSERS, OPENING_QUOTES, SEMICOLONS, SENTENCE_ENDS
from newsparse.text import MARKS, fold
from newsparse.words.vocab import Vocab

MAX_TAG_CHARS = 60  # of one tag
MIN_HEADING_SPACES = 3
MAX_TAG_LINE_CHARS = 1 << 22  # of a line of tags: beyond it their list would fill the memory
SEPARATORS = ("#", "|", "،", ",", "؛", ";", "/", " - ", "•", "·", "\n")
TRIMMED = " #،,.|-–:•·*\n"
TAG_ENDS = frozenset(SENTENCE_ENDS + SEMICOLONS + "/")
WIDE_SIGN = "＃"
HASH_SIGNS = ("#", WIDE_SIGN)
MIN_GLUED_WORDS = 7  # that a list must have to be looked at for tags run together
MAX_GLUED_CHARS = 1 << 13  # of such a line; a longer one has too many words to look up
PREFIXES = ("ال", "ب", "و", "ل", "ف", "ك")  # that Arabic writes with the word
MIN_GLUED_LABEL_LETTERS, MAX_GLUED_LABEL_LETTERS = 5, 40  # of a label that was run together with its tags
MIN_CUT_LETTERS = 3  # of a word that is cut off another
MIN_LISTED_WORDS = 3  # of a line that may be several tags with nothing between
MAX_LISTED_WORDS = 60
MAX_PHRASE_WORDS = 6  # of a tag that stands in the text
MIN_LETTERS_WITH_AND = 4  # of a word in which a first «و» may be "and"

MAX_TEXT_LABEL_CHARS = 20  # of a label of the text
MIN_CUT_LINE_CHARS = 60  # of a line that holds a sentence, a label and tags
MIN_PHRASE_OF_PAGE_WORDS = 2  # of a button that ends the tags on a line
MAX_PHRASE_OF_PAGE_WORDS = 4

_IN_SENTENCE = re.compile(r"[#＃][^\W\d][\w\u200c]*")
_BEHIND_SENTENCE = re.compile(r"(?<=[.!؟?”»])\s?([^\W\d_]{1,40}(?: [^\W\d_]{1,40}){0,2})\s?$")
_WORD = re.compile(r"\w+")


def of_line(text: str) -> tuple[str, ...]:
    """The tags of a line that begins with ``#``. A single tag keeps its spaces; of several, each has a word or two."""
    if len(text) > MAX_TAG_LINE_CHARS or is_heading(text):
        return ()
    found = tuple(filter(None, map(_trimmed, text.replace(WIDE_SIGN, "#").split("#")[1:])))
    if len(found) == 1:
        is_whole = found[0] == text.strip("# " + WIDE_SIGN) or " " not in found[0]
        return found if len(found[0]) <= MAX_TAG_CHARS and is_whole else ()
    if any(piece.count(" ") > 1 or len(piece) > MAX_TAG_CHARS for piece in found):
        return ()
    return found


def _trimmed(piece: str) -> str:
    """A tag without the signs around it: separators, direction marks, full stops, emoji."""
    piece = piece.strip(TRIMMED + MARKS)
    while piece[-1:] in TAG_ENDS or (piece[-1:] > "\u2000" and category(piece[-1]) in ("So", "Sk", "Mn", "Cf")):
        piece = piece[:-1].rstrip(TRIMMED + MARKS)
    return piece


def is_heading(text: str) -> bool:
    """Whether the line is a heading of Markdown: a space behind its signs, and more words than a tag has."""
    signs, _, words = text.partition(" ")
    if "#" in words.rstrip("# "):
        return False
    return not signs.strip("#") and (len(signs) > 1 or words.count(" ") >= MIN_HEADING_SPACES)


def of_list(text: str) -> tuple[str, ...]:
    """The tags of a list on one line, cut at the first of SEPARATORS that it has."""
    text = text.replace(WIDE_SIGN, "#")
    sign = next((sign for sign in SEPARATORS if sign in text), "") if len(text) <= MAX_TAG_LINE_CHARS else ""
    return tuple(filter(None, map(_trimmed, text.split(sign) if sign else [text])))  # one tag, however long


def inside(text: str) -> tuple[str, ...]:
    """The hashtags inside a sentence, without ``#``; each is one word. A line in quotes is a post of somebody else."""
    is_quoted = text[0] in OPENING_QUOTES and text[-1] in CLOSERS
    if is_quoted or len(text) > MAX_TAG_LINE_CHARS:
        return ()
    return tuple(tag[1:] for tag in _IN_SENTENCE.findall(text))


def cut_at_labels(numbers: list[int], texts: list[str], vocab: Vocab) -> tuple[list[int], list[str]]:
    """The lines, each cut behind a label of the text («النص: …»), where a label of tags stands behind a sentence, and
    where a button ends these tags."""
    long = [i for i, text in enumerate(texts) if ":" in text and len(text) >= MIN_CUT_LINE_CHARS]
    cut = {i: parts for i in long if len(parts := _cut_at_label(texts[i], vocab)) > 1}
    if not cut:
        return numbers, texts
    rows = [(numbers[i], part) for i, text in enumerate(texts) for part in cut.get(i, (text,))]
    return [number for number, _ in rows], [part for _, part in rows]


def _cut_at_label(text: str, vocab: Vocab) -> Sequence[str]:
    colon = text.find(":")
    if colon <= MAX_TEXT_LABEL_CHARS and vocab.furniture.get(fold(text[:colon].strip())) == "label":
        return text[: colon + 1], text[colon + 1 :].lstrip()
    while colon >= 0:
        label = _BEHIND_SENTENCE.search(text[max(0, colon - MAX_GLUED_LABEL_LETTERS) : colon])
        if label and vocab.tag_labels.get(fold(label[1])) is True:
            start, end = colon - len(label[0]), _start_of_button(text, colon + 1, vocab)
            return [*filter(None, (text[:start].rstrip(), text[start:end].strip(), text[end:]))]
        colon = text.find(":", colon + 1)
    return (text,)


def _start_of_button(text: str, start: int, vocab: Vocab) -> int:
    """The position from `start` on where some words of a page stand in the line, or its end."""
    words = [*_WORD.finditer(text[: start + MAX_GLUED_CHARS], start)]
    keys = [fold(word[0]) for word in words]
    for i in range(len(words)):
        for count in range(MIN_PHRASE_OF_PAGE_WORDS, MAX_PHRASE_OF_PAGE_WORDS + 1):
            phrase = " ".join(keys[i : i + count])
            if phrase in vocab.boxes or phrase in vocab.furniture:
                return words[i].start()
    return len(text)


# Tags that a page's dump ran together: «مياه الشربمحطة التحلية» ------------------------------------------------------


def may_be_glued(tag: str) -> bool:
    """Whether a tag is so long that it may be several tags."""
    return tag.count(" ") >= MIN_GLUED_WORDS - 1


def article_words(folded_text: str) -> frozenset[str]:
    """The words of the article, of which its tags are likely made."""
    words = set(_WORD.findall(folded_text))
    prefixed = [word for word in words if len(word) > 5 and word.startswith(PREFIXES)]
    return frozenset(words.union([word.removeprefix("ال") if word[0] == "ا" else word[1:] for word in prefixed]))


def unglued(text: str, known: frozenset[str], is_list: bool = True) -> tuple[str, ...]:
    """The tags of a list that has lost its separators: cut inside each word that is two words of the article.

    Of a line that may be a single tag, unless `is_list`, fewer words are cut.
    """
    parts: list[list[str]] = [[]]
    for word in text.split(" "):
        rest = word
        while cut := _cut(rest, known, is_list):
            parts[-1].append(rest[:cut])
            parts.append([])
            rest = rest[cut:]
        parts[-1].append(rest)
    return tuple(" ".join(part) for part in parts)


def _cut(word: str, known: frozenset[str], is_list: bool) -> int:
    """The position where two words were run together, by the words of the article; 0 for a single word.

    In a list, or in Arabic, which has no compounds, it is enough that the article has one of the two.
    """
    key = fold(word)
    if not key or key in known or len(word) > MAX_TAG_CHARS:  # no letter is left of a bar (ـ)
        return 0
    if capital := next((i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()), 0):
        return capital
    if not is_list and key[0] < "\u0600":
        return 0
    cuts = range(len(key) - MIN_CUT_LETTERS, 0, -1)
    both = [i for i in cuts if key[:i] in known and key[i:] in known]
    first = [i for i in cuts if i > MIN_CUT_LETTERS and key[:i] in known]
    last = [i for i in cuts[::-1] if i >= MIN_CUT_LETTERS and len(key) - i > MIN_CUT_LETTERS and key[i:] in known]
    return printed_length(word, next(iter([*both, *first, *last]), 0))


def printed_length(text: str, letters: int) -> int:
    """The number of characters in the text for this number of folded ones, with the marks behind them."""
    if not letters or len(fold(text)) == len(text):
        return letters
    return max((i for i in range(len(text) + 1) if len(fold(text[:i])) == letters), default=0)


def label_before(text: str, key: str, labels: Collection[str]) -> int:
    """The length of a label before tags on one line, even if it was run together with them; 0 if there is none."""
    for size in range(min(len(key) - 1, MAX_GLUED_LABEL_LETTERS), 1, -1):
        if key[:size] in labels and (key[size] == " " or (size >= MIN_GLUED_LABEL_LETTERS and key[size].isalpha())):
            return printed_length(text[: 2 * size], size) + (key[size] == " ")
    return 0


def bare(word: str) -> str:
    """The word without separators, and without the Arabic article and «and» before it."""
    word = word.strip(TRIMMED)
    return (word[1:] if word[:1] == "و" and len(word) > MIN_LETTERS_WITH_AND else word).removeprefix("ال")


def phrases(text: str, folded_text: str) -> tuple[str, ...]:
    """The tags of a list without separators: the longest runs of its words that are in the article."""
    words = text.split()
    if not MIN_LISTED_WORDS <= len(words) <= MAX_LISTED_WORDS:
        return (text,)
    keys = [fold(word) for word in words]
    found: list[list[str]] = []
    start, strange = 0, False
    while start < len(words):
        ends = range(min(len(words), start + MAX_PHRASE_WORDS), start, -1)
        end = next((end for end in ends if " ".join(keys[start:end]) in folded_text), 0)
        if not end and strange:
            found[-1].append(words[start])
        else:
            found.append(words[start : end or start + 1])
        start, strange = end or start + 1, not end
    return tuple(" ".join(tag) for tag in found)
