"""Whether a line may hold a time at all: the cheap look that most lines of a page do not pass.

Knows what no time lacks: two numbers with a sign between, a number beside a word of dates, or such a word at an end of
the line; and how datelines begin. Does not know what a time says: that is for `newsparse.times.when`, and what this
lets in may be none.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from newsparse.memory import Memory
from newsparse.names import lexicon
from newsparse.text import fold
from newsparse.times.tokens import LONGEST_WORD, UNKNOWN, Words, plain, words_of
from newsparse.words.vocab import Vocab

BRACKETS = "([])"
FEW_WORDS = 6
SHORT = 60  # characters of a line that may end as times without a digit do
LONG_NUMBER = 6  # digits; two numbers stuck together have more
TIMED = frozenset("MmwIiPAaHhDdQZeRWLVO")  # codes of words that a number of a time stands beside
AGED = frozenset("UuoN")  # codes of words that it stands beside where the line says "ago"
TIME, AGE, OTHER = "tax"
MOST_OF_PROSE = 2  # frequent words of a line with a byline
MOST_BEFORE = 10  # words before the number of a dateline's date
LONGEST_OPENING = 90

_OPENER = re.compile(r"[\W\d_]*([^\W\d_]+)")
DIGIT = re.compile("[0-9٠-٩۰-۹]")
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670])*")  # with their marks: «تمّوز» is one word
_SEP = r"\s?[/.٫\-‐‑‒–—―−ـ\\_⁄∕]\s?"
_NUMBER = re.compile(  # and, as in clocks and dates, what makes it the first of several
    rf"{DIGIT.pattern}\d*(\s?[:：∶]\s?\d\d|\s?[hH]\s?\d|{_SEP}\d\d?{_SEP}\d|\s\d\d?\s\d{{4}}|-?W\d)?"
)


def may_hold_time(text: str, vocab: Vocab) -> bool:
    """Whether a look at the line leaves it possible: most lines of a page go no further."""
    words = _words(vocab)
    if not (_has_timed_number(text, words) or is_spelled_out(text, vocab)):
        return False
    return text.count(" ") < FEW_WORDS or _is_no_prose(text, vocab)


def is_spelled_out(text: str, vocab: Vocab) -> bool:
    """Whether the line begins or ends as times without a digit do."""
    if not may_be_spelled_out(text, vocab):
        return False
    return len(text) < SHORT or text.partition(" ")[0] in _words(vocab).openers


def may_be_spelled_out(text: str, vocab: Vocab) -> bool:
    """The same of a line of any length, which may be folded."""
    words = _words(vocab)
    if text[:1] in BRACKETS:
        text = text.strip(BRACKETS)
    return text.partition(" ")[0] in words.openers or not words.closers.isdisjoint(text.rsplit(" ", 2)[-2:])


def _is_no_prose(text: str, vocab: Vocab) -> bool:
    """Whether the line has few of the words that only sentences have, and dates have not: more than any byline."""
    frequent = _words(vocab).frequent.intersection(text.split())
    if len(frequent) <= MOST_OF_PROSE:
        return True
    return sum(not _is_of_times(word, vocab) for word in frequent) <= MOST_OF_PROSE


def _has_timed_number(text: str, words: _Words) -> bool:
    """Whether a number of the line stands beside another or a word of dates, as all of times do."""
    said, aged = words.said, False
    number = _NUMBER.search(text)
    while number:
        first, last = number.span()
        if number[1] or last - first >= LONG_NUMBER:
            return True
        after = _after(text, last, said)
        before = _before(text, first, said)
        if after == TIME or before == TIME:
            return True
        aged = aged or after == AGE or before == AGE
        number = _NUMBER.search(text, last)
    return aged and not words.closers.isdisjoint(_LETTERS.findall(text.lower()))


def _before(text: str, end: int, said: Memory[str, str]) -> str:
    """What the nearest word says of the number that begins at `end`, without the little words between: "le 28"."""
    while end > 0:
        start = text.rfind(" ", 0, end - 1) + 1
        if found := said[text[start:end]]:
            return found[-1]
        end = start
    return ""


def _after(text: str, start: int, said: Memory[str, str]) -> str:
    """The same of the number that ends at `start`: «28 de febrero»."""
    while start >= 0:
        end = text.find(" ", start + 1)
        if found := said[text[start:end] if end > 0 else text[start:]]:
            return found[0]
        start = end
    return ""


def _said(chunk: str, words: Words) -> str:
    """What a number beside the chunk may be, by each of its words: a TIME, an AGE, or OTHER; ties left out."""
    return "".join([_said_by_word(word, words) for word in _LETTERS.findall(chunk)])


def _said_by_word(word: str, words: Words) -> str:
    """The same of a word; "" where the next one says it."""
    code = words[word].code
    if not TIMED.isdisjoint(code) or plain(word) in words.in_phrases:
        return TIME
    if not AGED.isdisjoint(code):
        return AGE
    return OTHER if UNKNOWN in code or code == "E" else ""


def _is_of_times(word: str, vocab: Vocab) -> bool:
    """Whether a date may have the word, alone, in a phrase or stuck to another."""
    words = words_of(vocab)
    return words[word].code != UNKNOWN or plain(word) in words.in_phrases


class _Words(NamedTuple):
    """Words by which a line is let in, as spelled and as folded."""

    openers: frozenset[str]  # that a time without a digit begins with
    closers: frozenset[str]  # that it ends with
    frequent: frozenset[str]  # of all languages
    said: Memory[str, str]  # what a number beside a chunk of a line may be


@lru_cache(maxsize=8)
def _words(vocab: Vocab) -> _Words:
    closers = _capital_too(vocab.first_words("relative_times", "ago_words"))
    openers = closers | _capital_too(vocab.first_words("weekdays", "stamp_labels", "units", "numbers"))
    frequent = frozenset([*vocab.frequent_words, *vocab.spelled("frequent_words").values()])
    return _Words(openers, closers, frequent, Memory(partial(_said, words=words_of(vocab))))


def _capital_too(words: frozenset[str]) -> frozenset[str]:
    return words.union([word.capitalize() for word in words])


# Openings of paragraphs -------------------------------------------------------------------------------------------


def may_open(text: str, vocab: Vocab) -> bool:
    """Whether a paragraph may open with a dateline that has a date."""
    opener = _OPENER.match(text)
    if opener is None or len(opener[1]) > LONGEST_WORD or not _may_begin(opener[1], vocab):
        return False  # what is remembered has to be short
    number = DIGIT.search(text, 0, LONGEST_OPENING)
    return number is not None and text.count(" ", 0, number.start()) <= MOST_BEFORE


@lru_cache(maxsize=8192)
def _may_begin(word: str, vocab: Vocab) -> bool:
    """Whether a dateline with a date may begin with the word: with that of a name, or of a date."""
    lists, key = lexicon.index(vocab), fold(word)
    if lexicon.opens(key, lists) or key in vocab.given_names or key in vocab.furniture:
        return True
    return key in vocab.sections or _is_of_times(word, vocab)
