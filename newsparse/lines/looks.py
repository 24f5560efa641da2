"""What the rules in `newsparse.lines.rules` ask of a line: its letters, its words, and the phrases it may begin with.

Does not know the kind of a line.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat

from newsparse import signs
from newsparse.text import letters, parts
from newsparse.words.vocab import Vocab
from newsparse.words.wordlist import OF_PAGES


class Candidate:
    """A line that the rules are asked about.

    Attributes:
        text, key: the line as printed, and folded.
        words: the letters of the key, with single spaces: «5 دقائق قراءة» is «دقائق قراءة».
        look: the signs in the line, and a letter for each thing that is so. "o": it opens with a sign, or with a bar
            as «ـرويترز»; "e": it ends with a sign; "w": its first word is one of pages; "c": its first word goes on
            with what was said, «وأضاف»; "i": its first word is an initial, or it has no words.
    """

    __slots__ = ("key", "look", "text", "words")

    def __init__(self, text: str, vocab: Vocab) -> None:
        """A line as printed."""
        self.text = text
        self.key, self.words, found = parts(text)
        first = self.words.partition(" ")[0]
        found += "w" if first in first_words(vocab) else ""
        found += "c" if first in vocab.continuations else ""
        found += "i" if len(first) < 2 else ""
        found += "" if text[0].isalnum() and text[0] != signs.TATWEEL else "o"
        found += "" if text[-1].isalnum() else "e"
        self.look = frozenset(found)


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
def first_words(vocab: Vocab) -> frozenset[str]:
    """The first words of all phrases that the rules look up, folded and as written; of «24 ساعة» the first letters."""
    found = vocab.first_words(*OF_PAGES, "skip_links", "stamp_labels")
    are_shipped = len(vocab.folded("furniture")) == len(vocab.folded("boxes")) == 1  # these begin with letters
    return found if are_shipped else found.union(_by_first_word(vocab))


@lru_cache(maxsize=8)
def openers_of_long_lines(vocab: Vocab) -> frozenset[str]:
    """The first words, as written, folded, or with a colon, for which the rules have to be asked about a long line."""
    others, furniture = vocab.spelled("furniture"), vocab.furniture
    words = [word for word, value in furniture.items() if value == "opens"]
    words += [word for key, word in others.items() if furniture[key] == "opens"]
    first = vocab.first_words("boxes", "tag_labels", "captions").union([word.partition(" ")[0] for word in words])
    return first.union([word + ":" for word in first])
