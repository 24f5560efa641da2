"""The language of a text, from its letters and its most frequent words. Knows nothing of articles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsparse.text import rare
from newsparse.words.vocab import Vocab

MAX_LOOKED_AT_CHARS = 400  # of a text
OF_ARABIC = "ة"  # in nearly every sentence
OWN_LETTERS: tuple[tuple[str | None, frozenset[str], str], ...] = (  # of one language, and letters that it never has
    ("sd", frozenset("ٻڀٺٽٿڃڄڇڌڊڍڏڙڦڱڳڻڪ"), ""),
    ("ug", frozenset("ۇۈۋڭ"), ""),
    ("ps", frozenset("ټډړږښڼۍځڅې"), ""),
    ("ckb", frozenset("ێۆڵڕە"), ""),
    ("az", frozenset("ə"), ""),
    ("ku", frozenset("êîû"), "éèàâãõ"),
    ("uk", frozenset("іїєґ"), ""),
    (None, frozenset("åøæőűășțłżźřěůčžňýđðþ"), ""),  # languages of which no words are known
)
MIN_OWN_SHARE = 0.02  # of the letters of a text
MIN_VOTE_SHARE = 0.04  # of the words
LETTERS = (  # that the other languages of their script do not have, but foreign names may: two of them decide
    ("ur", "ٹڈڑےںھ"),
    ("fa", "پچژگ"),
    ("tr", "ışğİŞĞ"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("de", "ß"),
    ("fr", "èêçœàù"),
)
NOT_OF_ARABIC = frozenset("یکەپچژگ").union(*(own for _, own, _ in OWN_LETTERS))
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
_NOT_OF_ARABIC = rare(f"[{''.join(sorted(NOT_OF_ARABIC))}]")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str | None) -> str:
    """``rtl`` or ``ltr``: how the language is written; ``auto`` where it is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def detect(text: str, vocab: Vocab) -> str | None:
    """The BCP 47 tag of the text's language, or None.

    First decides a letter that only Arabic has, then many letters of one language, then frequent words, then a few
    letters of one language, then the script.
    """
    sample = text[:MAX_LOOKED_AT_CHARS]
    if "ء" <= sample[:1] <= "ي" and OF_ARABIC in sample and not _NOT_OF_ARABIC.search(sample):
        return "ar"
    sample = sample.lower()
    letters = [*filter(str.isalpha, sample)]
    different = {*sample}
    for language, own, never in OWN_LETTERS:
        if own.isdisjoint(different) or any(map(sample.__contains__, never)):
            continue
        if _share(own, letters) > MIN_OWN_SHARE:
            return language
    language_of = _frequent_words(vocab).get
    words = sample.split()
    votes = [language for language in map(language_of, words) if language]
    if votes:
        language = max(set(votes), key=lambda one: (votes.count(one), one))
        if votes.count(language) >= MIN_VOTE_SHARE * len(words):
            return language
    by_letters = (language for language, own in LETTERS if sum(map(own.__contains__, sample)) > 1)
    return next(by_letters, None) or _by_script(letters)


@lru_cache(maxsize=8)
def _frequent_words(vocab: Vocab) -> dict[str, str]:
    """The frequent words, both as written and as folded, so that the text need not be folded."""
    others = vocab.spelled("frequent_words")
    return dict(vocab.frequent_words) | {word: vocab.frequent_words[key] for key, word in others.items()}


def _by_script(letters: Sequence[str]) -> str | None:
    """The first script in the list with a sixth of the letters. Kana comes before Chinese: Japanese has both."""
    for language, first, last in SCRIPTS:
        if sum(first <= letter <= last for letter in letters) * 6 > len(letters):
            is_other = language == "ar" and _share(NOT_OF_ARABIC, letters) > MIN_OWN_SHARE
            return None if is_other else language
    return None


def _share(own: frozenset[str], letters: Sequence[str]) -> float:
    return sum(map(own.__contains__, letters)) / (len(letters) or 1)
