"""The language of a text, from its letters and its most frequent words. Knows nothing of articles."""

from __future__ import annotations

from functools import lru_cache

from newsparse.words.vocab import Vocab

MAX_LOOKED_AT_CHARS = 400  # characters
OF_ARABIC = "ة"  # in nearly every sentence; a language that has it too has some of these letters of its own
NOT_OF_ARABIC = "یکەپچژگ"
LETTERS = (  # that the other languages of their script do not have
    ("ur", "ٹڈڑےںھ"),
    ("fa", "پچژگ"),
    ("tr", "ışğİŞĞ"),
    ("es", "ñ¿¡"),
    ("de", "ßäÄ"),
    ("fr", "èêçœàù"),
)
SCRIPTS = (  # of languages that their script alone tells apart well enough: first and last letter
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
    ("he", "\u05d0", "\u05ea"),
    ("el", "\u0391", "\u03c9"),
    ("ru", "\u0410", "\u044f"),
    ("hi", "\u0905", "\u0939"),
    ("ar", "\u0621", "\u064a"),
)
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str | None) -> str:
    """``rtl`` or ``ltr``: how the language is written; ``auto`` where it is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def detect(text: str, vocab: Vocab) -> str | None:
    """The BCP 47 tag of the text's language, or None.

    First decides a letter that only Arabic has, then frequent words, then letters of one language, then the script.
    """
    sample = text[:MAX_LOOKED_AT_CHARS]
    if "ء" <= sample[:1] <= "ي" and OF_ARABIC in sample and not any(map(sample.__contains__, NOT_OF_ARABIC)):
        return "ar"
    language_of = _frequent_words(vocab).get
    words = sample.lower().split()
    votes = [language for language in map(language_of, words) if language]
    if votes:
        language = max(set(votes), key=lambda one: (votes.count(one), one))
        if votes.count(language) >= 2 or votes.count(language) * 12 >= len(words):
            return language
    return _by_letters(sample) or _by_script(sample)


@lru_cache(maxsize=8)
def _frequent_words(vocab: Vocab) -> dict[str, str]:
    """The frequent words, both as written and as folded, so that the text need not be folded."""
    others = vocab.spelled("frequent_words")
    return dict(vocab.frequent_words) | {word: vocab.frequent_words[key] for key, word in others.items()}


def _by_letters(text: str) -> str | None:
    """The first language in the list that has two of its own letters in the text."""
    for language, own in LETTERS:
        if sum(character in own for character in text) > 1:
            return language
    return None


def _by_script(text: str) -> str | None:
    """The first script in the list with a sixth of the letters. Kana comes before Chinese: Japanese has both."""
    letters = [character for character in text if character.isalpha()]
    for language, first, last in SCRIPTS:
        if letters and sum(first <= character <= last for character in letters) * 6 > len(letters):
            return language
    return None
