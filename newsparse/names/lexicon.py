"""Who or what a few words name: an agency, a place, a desk, a person, a date.

Knows the word lists of bylines and the shape of persons' names. Does not know how a byline is put together: that is
for `newsparse.names.byline`.

Look-ups are by the folded words without dots and spaces, so that «أ.ف.ب», «أ ف ب» and «اف ب» are one key. Such a key
is also a common word now and then (و م ع is «ومع»): the caller has to stand in a source's slot before it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from newsparse.text import fold
from newsparse.words.vocab import Table, Vocab

LONGEST_ABBREVIATION = 5  # letters of a Latin name that counts only in the case in which it is listed
LONGEST_NAME = 5  # words of a person's name, particles and titles aside
LONGEST_PREFIX = 5  # letters before the capital inside a name: "Fitz", "Mac", "De"
LONGEST_UNLISTED = 3  # words of the name of a person whose given name is not listed
QUOTES = "\"'«»“”„‟‹›’‘"

ARABIC_PARTICLES = frozenset(fold("بن ابن بنت آل أبو أبا عبد ولد بو أم ذو").split())
LATIN_PARTICLES = frozenset(
    fold("de da di du del della der den des van von zu zum bin ben ibn al el la le ter dos das y e").split()
)

_NAME = re.compile(r"[^\W\d_][^\d_@#,،:;؛!?؟()\[\]{}«»\"“”/|+*=<>…%&]*")  # letters, and what names have between them


class Part(str, Enum):
    """What a piece of a byline is; the values are what ``--explain`` prints."""

    AGENCY = "agency"
    AMBIGUOUS = "source"  # an agency's name that is also a common word
    QUOTED = "outlet"  # in quotes, and in no list
    CITY = "city"
    COUNTRY = "country"
    DESK = "desk"
    PERSON = "person"
    DATE = "date"
    CREDIT = "credit word"
    UNKNOWN = "words"


class Index(NamedTuple):
    """The vocabulary, with its agencies under all their names; their keys are folded, without dots and spaces."""

    sources: Mapping[str, str]  # -> canonical name, as listed
    ambiguous: Mapping[str, object]  # -> "alone" if it may be a line of its own
    units: Mapping[str, Part]  # places, desks and words of dates, by their folded names
    prose: frozenset[str]  # words that only sentences have
    strange: frozenset[str]  # these, and the words of headlines and menus that no name has
    openers: frozenset[str]  # first words of agencies, and of units that have several
    credit_openers: frozenset[str]  # first words of credit words
    strange_as_written: frozenset[str]  # `strange`, folded and as the files spell them
    vocab: Vocab


class Person(NamedTuple):
    """A person's name as printed, without titles; `known` if it had one, or its first word is a listed given name."""

    name: str
    known: bool


@lru_cache(maxsize=8)
def index(vocab: Vocab) -> Index:
    """The index of the vocabulary, made once."""
    spelled = vocab.spelled("agencies")
    pairs: list[tuple[str, str]] = []  # a name, and the canonical one
    for key, (_, *others) in vocab.agencies.items():
        name = spelled.get(key, key)
        pairs += [(name, name), *[(other, name) for other in others]]
    folded = fold("\n".join([name for name, _ in pairs]))
    sources: dict[str, str] = {}
    for (name, canonical), key in zip(pairs, squeeze(folded).split("\n"), strict=True):
        is_short = len(name) <= LONGEST_ABBREVIATION and is_abbreviation(name)
        sources.setdefault(name if is_short else key, canonical)
    dates = [word for word, role in vocab.credit_words.items() if role in ("date", "from")]
    units: dict[str, Part] = dict.fromkeys(
        [*vocab.months, *vocab.hijri_months, *vocab.weekdays, *dates, *"مه"], Part.DATE
    )
    units |= dict.fromkeys(vocab.desks, Part.DESK)
    units |= dict.fromkeys(vocab.countries, Part.COUNTRY)
    units |= dict.fromkeys(vocab.cities, Part.CITY)
    prose = _without_names(vocab.frequent_words, vocab)
    strange = prose.union(_without_names(vocab.not_names, vocab))
    ambiguous = {squeeze(key): value for key, value in vocab.ambiguous_agencies.items()}
    openers = _first_words([*folded.split("\n"), *[words for words in units if " " in words]])
    credit_openers = vocab.first_words("credit_words")
    frequent = vocab.spelled("frequent_words").items()
    written = strange.union([word for key, word in frequent if key in prose])
    return Index(sources, ambiguous, units, prose, strange, openers, credit_openers, written, vocab)


def _without_names(words: Iterable[str], vocab: Vocab) -> frozenset[str]:
    """The words that neither a credit nor a name has."""
    credit, given = vocab.credit_words, vocab.given_names
    return frozenset([w for w in words if w not in credit and w not in given and w not in LATIN_PARTICLES])


def _first_words(keys: Iterable[str]) -> frozenset[str]:
    return frozenset([key.partition(" ")[0] if " " in key else key for key in keys])


def opens(key: str, lists: Index) -> bool:
    """Whether the word is the first of an agency, a place, a desk, a date or a credit."""
    return key in lists.units or key in lists.openers or key in lists.credit_openers


def begins(key: str, lists: Index) -> bool:
    """Whether a byline may begin with the word: one of these, or that of a person."""
    return opens(key, lists) or key in lists.vocab.given_names or key in ARABIC_PARTICLES


def squeeze(key: str) -> str:
    """The folded words without dots and spaces."""
    return key.replace(" ", "").replace(".", "")


def is_abbreviation(name: str) -> bool:
    """Whether a name is a few Latin letters, so that its case counts (SPA is an agency, «spa» a bath)."""
    return len(name) <= LONGEST_ABBREVIATION and name[0] < "\u0250" and name.isalpha()


# Look-ups ---------------------------------------------------------------------------------------------------------


def source(text: str, key: str, lists: Index) -> str | None:
    """The canonical name of the agency or outlet that exactly these words name."""
    if text and text[0] < "\u0250" and is_abbreviation(text):
        return lists.sources.get(text) or (lists.sources.get(key) if text.isupper() else None)
    return lists.sources.get(squeeze(key) if " " in key or "." in key else key)


def agency(name: str, vocab: Vocab) -> str | None:
    """The canonical name of the agency that `name` names, or None. Only for text in a source's slot."""
    name = name.strip(QUOTES + " .:()[]/-")
    if not name:
        return None
    lists, key = index(vocab), fold(name)
    return None if _is_home(key, lists) else source(name, key, lists)


def _is_home(key: str, lists: Index) -> bool:
    """Whether a place's name is also that of its own paper, so that it names the place: «(الرياض)», but not «(قنا)»."""
    name = lists.sources.get(squeeze(key))
    return name is not None and lists.vocab.cities.get(key) == lists.vocab.agencies[fold(name)][0]


def listed(text: str, key: str, lists: Index) -> tuple[Part, str, bool] | None:
    """The agency or outlet that exactly these words name: AMBIGUOUS or not, its canonical name, whether it is known
    without a source's slot around it.

    Letters that stand apart are no word: «و م ع» is an agency, «ومع» may be "and with".
    """
    name = source(text, key, lists)
    if name is None:
        return None
    apart = len(key) > 2 and len(key.replace(".", " ").split()) * 2 > len(key.rstrip(" ."))
    alone = None if apart else lists.ambiguous.get(squeeze(key))
    return (Part.AGENCY, name, True) if alone is None else (Part.AMBIGUOUS, name, alone == "alone")


def unit(text: str, key: str, lists: Index) -> tuple[Part, str, bool] | None:
    """What exactly these words name, persons aside; with the canonical name of an agency, else as printed; and whether
    it is known without a source's slot around it."""
    part = lists.units.get(key)
    if part is not None:
        return part, text, True
    return (Part.DATE, text, True) if key[:1].isdigit() and _is_digits(key) else listed(text, key, lists)


def _is_digits(word: str) -> bool:
    """Whether a word is a number or a date in figures: «1446هـ», «2015م», «5-5-2020»."""
    return word.rstrip("هم").replace("/", "").replace("-", "").replace(".", "").isdigit()


@lru_cache(maxsize=1024)
def place_or_source(place: str, near: str | None, vocab: Vocab) -> str | None:
    """The agency that a place's name means: alone on a line, or beside a city of its own country («الدوحة - قنا»)."""
    lists, key = index(vocab), fold(place)
    name = lists.sources.get(squeeze(key))
    if name is None or _is_home(key, lists):
        return None
    if near is None:
        return name if lists.ambiguous.get(squeeze(key)) == "alone" else None
    return name if vocab.cities.get(fold(near)) == vocab.agencies[fold(name)][0] else None


# Persons ----------------------------------------------------------------------------------------------------------


def person(printed: Sequence[str], keys: Sequence[str], lists: Index, credited: bool = False) -> Person | None:
    """The person that the words may name: two to five words that names are made of, behind any titles.

    Behind a credit word one word is enough, and all of it may be in capitals.
    """
    first = _titles(keys, lists.vocab)
    name = " ".join(printed[first:])
    if not _NAME.fullmatch(name) or ".." in name or " ." in name:
        return None
    if all(len(part) < 2 for key in keys[first:] for part in key.split(".")):
        return None  # initials, with which editors sign
    arabic = is_arabic(name)
    particles = ARABIC_PARTICLES if arabic else LATIN_PARTICLES
    if not 2 - credited <= sum(key not in particles for key in keys[first:]) <= LONGEST_NAME:
        return None
    if credited and not arabic:
        printed = [word.capitalize() if word.isupper() else word for word in printed]
    known = (_arabic if arabic else _latin)(printed[first:], keys[first:], lists.vocab)
    if known is None or (not (known or first) and any(key in lists.vocab.cities for key in keys)):
        return None
    return Person(name.rstrip(" -"), known or first > 0)


def is_arabic(text: str) -> bool:
    """Whether the text's first letter is Arabic."""
    return text[:1] >= "\u0600"


def _titles(keys: Sequence[str], vocab: Vocab) -> int:
    """How many words of titles stand before the name."""
    count = 0
    while count < len(keys) - 1 and vocab.credit_words.get(keys[count].replace(".", "")) == "title":
        count += 1
    return count


def _arabic(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in Arabic letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    if keys[0] in vocab.roles:
        return None  # «صحافي عراقي»
    known = keys[0] in given or (keys[0] in ARABIC_PARTICLES and len(keys) > 1)
    if printed[0] == "على" and not (len(keys) > 1 and (keys[1] in given or keys[1].startswith("ال"))):
        return None  # the preposition, not «علي» as Egypt prints it
    if not known and (
        len(keys) > LONGEST_UNLISTED or _cannot_open(keys[0]) or keys[0] in vocab.desks or keys[0] in vocab.credit_words
    ):
        return None
    for before, key in zip(["", *keys], keys, strict=False):
        if key in given or before in ARABIC_PARTICLES:
            continue
        if key in vocab.not_names or key in vocab.frequent_words or (before and _cannot_follow(key, given)):
            return None
    return known


def _cannot_follow(key: str, given: Table) -> bool:
    """Whether a word is far more often a verb, or has a preposition or conjunction before it, than a family's name."""
    if key in given or not key.startswith(("ي", "لل", "بال", "و")):
        return False
    return key[:1] != "و" or (len(key) > 3 and key[1:] not in given)


def _cannot_open(first: str) -> bool:
    """Whether an unlisted word has a form that no given name has: an article, a verb, a plural, a verbal noun."""
    if first.startswith(("ال", "لل", "بال", "وال", "ي", "تت", "ست")) or first.endswith(("ات", "يه", "وا")):
        return True
    return len(first) >= 5 and first[0] == "ا" and first[-2] == "ا"


def _is_run_together(word: str) -> bool:
    """Whether the word is two that lost the space between them: "FamiliesTravis", but not "MacDonald"."""
    return any(a.islower() and b.isupper() for a, b in pairwise(word[LONGEST_PREFIX:]))


def _latin(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in other letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    for word, key in zip(printed, keys, strict=True):
        if key in LATIN_PARTICLES and key != keys[0]:
            continue
        if _is_run_together(word) or not (word[0].isupper() or key.startswith(("al-", "el-", "d'", "d’"))):
            return None
        if key not in given and (key in vocab.not_names or key in vocab.frequent_words):
            return None
    known = keys[0] in given
    if not known and all(word.isupper() for word in printed):
        return None
    return known
