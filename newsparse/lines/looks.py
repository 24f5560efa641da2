"""Looks of a line, a prefilter for rules: which signs are in it, and whether it may have words of pages.

Knows what the rules of `newsparse.lines.classify` ask about a line, and cheap tests that exclude most rules. Does not
know the kind of a line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat

from newsparse.memory import Memory
from newsparse.signs import STEPS, TATWEEL
from newsparse.text import EDGES, fold, letters
from newsparse.words.vocab import Vocab
from newsparse.words.wordcache import OF_PAGES

HALVES = (" ... ", " … ", " *** ", " ** ", " * ", " // ")  # between the halves of a verse

# What a line looks like at first sight. It begins with no letter or digit, or ends with none; it has one of
# TELLING_SIGNS; its first word is the first of words of pages.
OPENS, ENDS_SIGNED, SIGNED, WORDED = 1, 2, 4, 8
ANY = OPENS | ENDS_SIGNED | SIGNED | WORDED
TELLING_SIGNS = (*STEPS, *"@©([*…", " - ", " ... ", ". ", ".—")  # of breadcrumbs, addresses, captions, verses
HEAD_CHARS = 3  # characters that a first word is first looked at by
MAX_LOOKED_UP_CHARS = 400  # characters of a line whose words are looked at

_LETTERS = re.compile(r"[^\W\d_]+")


class Candidate:
    """A line that the rules are asked about."""

    __slots__ = ("_words", "is_letters", "key", "text")

    def __init__(self, text: str) -> None:
        """A line as printed and folded; `is_letters`: it has only letters and spaces."""
        self.text = text
        self.key = key = fold(text)
        self.is_letters = key.replace(" ", "").isalpha()
        self._words = key if self.is_letters else None

    @property
    def words(self) -> str:
        """The letters of the key, with single spaces: «5 دقائق قراءة» is «دقائق قراءة».

        Of a very long line, only the letters of its beginning.
        """
        if self._words is None:
            self._words = letters(self.key[:MAX_LOOKED_UP_CHARS]) or letters(self.key)
        return self._words


def looks_of(line: Candidate, vocab: Vocab) -> int:
    """The looks of a short line, as a sum; ANY if it has hardly a word."""
    text, first = line.text, line.key.lstrip(EDGES).partition(" ")[0]
    if not first.isalpha():
        found = _LETTERS.search(line.key)
        first = found[0] if found else ""
    if len(first) < 2:
        return ANY
    looks = WORDED if first in page_words_begin(vocab) else 0
    if not text[0].isalnum() or text[0] == TATWEEL:
        looks |= OPENS
    if not text[-1].isalnum():
        looks |= ENDS_SIGNED
    if not line.is_letters and any(map(text.__contains__, TELLING_SIGNS)):
        looks |= SIGNED
    return looks


@lru_cache(maxsize=8)
def heads_of(vocab: Vocab) -> Memory[str, bool]:
    """A cache: may a line with these first characters begin unlike prose?"""
    heads = frozenset([f"{word} "[:HEAD_CHARS] for word in first_words(vocab)])
    return Memory(lambda head: head in heads or not head[:2].isalnum())  # a sign, or a word of one letter


def opens_as_no_prose(text: str, vocab: Vocab) -> bool:
    """Whether the line begins with a sign, or with the first word of a phrase of pages."""
    return not text[0].isalnum() or text[: text.find(" ")] in first_words(vocab)


@lru_cache(maxsize=4096)
def openers(first: str, vocab: Vocab) -> list[tuple[str, bool]]:
    """The phrases that open a line of furniture and have this first word, each with whether a sign must follow."""
    return [(letters(words), needs_sign) for words, needs_sign in _by_first_word(vocab).get(first, ())]


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
    """All phrases that open a line of furniture, by their first words."""
    found: dict[str, list[tuple[str, bool]]] = {}
    opening = [(words, False) for words, value in vocab.furniture.items() if value == "opens"]
    labels = [words for words in vocab.boxes if words not in vocab.credit_words]  # «الكاتب: …» is a credit
    for words, needs_sign in [*opening, *zip(labels, repeat(True), strict=False)]:
        first = words.partition(" ")[0]
        if not first.isalpha():
            first = letters(words).partition(" ")[0]
        found.setdefault(first, []).append((words, needs_sign))
    return found


@lru_cache(maxsize=8)
def page_words_begin(vocab: Vocab) -> frozenset[str]:
    """The first words of all phrases that the rules look up, folded and as written; of «24 ساعة» the first letters."""
    found = vocab.first_words(*OF_PAGES, "skip_links", "stamp_labels")
    are_shipped = len(vocab.folded("furniture")) == len(vocab.folded("boxes")) == 1  # these begin with letters
    return found if are_shipped else found.union(_by_first_word(vocab))


@lru_cache(maxsize=8)
def first_words(vocab: Vocab) -> frozenset[str]:
    """The first words (as written, folded, with a capital) for which a long line has to be tested."""
    others, furniture = vocab.spelled("furniture"), vocab.furniture
    words = [word for word, value in furniture.items() if value == "opens"]
    words += [word for key, word in others.items() if furniture[key] == "opens"]
    first = vocab.first_words("boxes", "tag_labels", "captions").union([word.partition(" ")[0] for word in words])
    first = first.union([word.capitalize() for word in first if word < "\u0370"])
    return first.union([word + ":" for word in first])
