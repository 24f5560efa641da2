"""Look-ups: the agency, place, desk, person or date that a few words name.

Knows the word lists of bylines and the shapes of names of persons. The structure of bylines is known by
`newsparse.names.segments` and `newsparse.names.byline`.

The key of an agency has no dots and spaces, so that «أ.ف.ب», «أ ف ب» and «اف ب» are equal. Such a key can also be a
common word (و م ع is «ومع»), so ask only where a source may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from newsparse.signs import QUOTES
from newsparse.text import fold, rare
from newsparse.words.vocab import Vocab, WordTable

MAX_ABBREVIATION_CHARS = 5  # of a Latin name that counts only in the case in which it is listed
MAX_NAME_WORDS = 5  # of a person's name, particles and titles aside
MAX_SEGMENT_WORDS = 12  # between two separators
MAX_NAME_PREFIX_CHARS = 5  # before the capital inside a name: "Fitz", "Mac", "De"
MAX_UNLISTED_NAME_WORDS = 3  # of a person whose given name is not listed
MAX_OUTLET_WORDS = 5  # of an outlet that is known by a word such as «صحيفة»

ARABIC_PARTICLES = frozenset(fold("بن ابن بنت آل أبو أبا عبد ولد بو أم ذو").split())
LATIN_PARTICLES = frozenset(
    fold("de da di du del della der den des van von zu zum bin ben ibn al el la le ter dos das y e").split()
)

OF_FAMILY = rare(r"\w{1,30}( بن \w{1,30})? ال\w{2,30}ي")
_NAME = rare(r"[^\W\d_][^\d_@#,،:;؛!?؟()\[\]{}«»\"“”/|+*=<>…%&]*")  # letters, and what names have between them
_SUFFIX = rare(r"\w{3,}['’][^\W\d_A-Z]{0,5}$")  # a case ending: "Yılmaz'ın", "Doane's", "Rhys'"


class Part(str, Enum):
    """What a segment of a byline names; the values are what ``--explain`` prints."""

    AGENCY = "agency"
    AMBIGUOUS = "source"  # an agency's name that is also a common word
    QUOTED = "outlet"  # in quotes, and in no list
    CITY = "city"
    COUNTRY = "country"
    DESK = "desk"  # or an outlet that is in no list: a source that names nobody
    PERSON = "person"
    DATE = "date"
    CREDIT = "credit word"
    TITLE = "title"  # behind a name: "MD"
    UNKNOWN = "words"


LookUp = tuple[Part, str, bool]
"""What some words name; an agency's canonical name, else the words as printed; whether it is known by a list."""


class Index:
    """The word lists of names, with agencies under all their names."""

    def __init__(self, vocab: Vocab) -> None:
        """Index the words of the vocabulary."""
        self.vocab = vocab
        spelled = vocab.spelled("agencies")
        pairs: list[tuple[str, str]] = []  # a name, and the canonical one
        for key, (_, *others) in vocab.agencies.items():
            name = spelled.get(key, key)
            pairs += [(name, name), *[(other, name) for other in others]]
        folded = fold("\n".join([name for name, _ in pairs]))
        self.sources: dict[str, str] = {}  # canonical names of agencies, by their names without dots and spaces
        for (name, canonical), key in zip(pairs, squeeze(folded).split("\n"), strict=True):
            self.sources.setdefault(name if is_abbreviation(name) else key, canonical)
        # names that are common words too; "alone" if one may be a whole line
        self.ambiguous = {squeeze(key): value for key, value in vocab.ambiguous_agencies.items()}
        dates = [word for word, role in vocab.credit_words.items() if role in ("date", "from")]
        names_of_dates = [*vocab.months, *vocab.hijri_months, *vocab.weekdays, *dates, *"مه"]
        self.units = dict.fromkeys(names_of_dates, Part.DATE)  # what places, desks and words of dates are
        self.units |= {desk: Part.DESK for desk, value in vocab.desks.items() if value is True}
        self.units |= dict.fromkeys(vocab.countries, Part.COUNTRY)
        self.units |= dict.fromkeys(vocab.cities, Part.CITY)
        # «صحيفة», "Magazine": a name that has one is an outlet's
        self.outlet_words = frozenset([word for word, value in vocab.desks.items() if value == "part"])
        self.prose = _without_names(vocab.frequent_words, vocab)  # words that only sentences have
        # words that no name has: those of `prose`, of headlines and of menus
        self.strange = self.prose.union(_without_names(vocab.not_names, vocab)) - self.outlet_words
        self.credit_openers = vocab.first_words("credit_words")  # the first words of credit words alone
        names = (*folded.split("\n"), *self.sources, *self.units)
        # the first words of agencies, units and credit words
        self.openers = self.credit_openers.union([name.partition(" ")[0] for name in names])


@lru_cache(maxsize=8)
def index(vocab: Vocab) -> Index:
    """The index of the vocabulary, made once."""
    return Index(vocab)


def _without_names(words: Iterable[str], vocab: Vocab) -> frozenset[str]:
    """The words that are in no credit and no name."""
    credit, given = vocab.credit_words, vocab.given_names
    return frozenset([w for w in words if w not in credit and w not in given and w not in LATIN_PARTICLES])


def begins(key: str, lists: Index) -> bool:
    """Whether a name, a credit or a unit may begin with the word."""
    return key in lists.openers or key in lists.vocab.given_names or "." in key


def squeeze(key: str) -> str:
    """The folded words without dots and spaces."""
    return key.replace(" ", "").replace(".", "")


def is_abbreviation(name: str) -> bool:
    """Whether a name is a few Latin letters, so that its case counts (SPA is an agency, «spa» a bath)."""
    return len(name) <= MAX_ABBREVIATION_CHARS and name[0] < "\u0250" and name.isalpha()


def is_arabic(text: str) -> bool:
    """Whether the first letter of the text is Arabic."""
    return text[:1] >= "\u0600"


# Look-ups ---------------------------------------------------------------------------------------------------------


def source(text: str, key: str, lists: Index) -> str | None:
    """The canonical name of the agency or outlet that exactly these words name; "A.A" is "AA"."""
    if text and text[0] < "\u0250":
        letters = text.replace(".", "")
        if letters and is_abbreviation(letters):
            return lists.sources.get(letters) or (lists.sources.get(squeeze(key)) if letters.isupper() else None)
    return lists.sources.get(squeeze(key))


def agency(name: str, vocab: Vocab) -> str | None:
    """The canonical name of the agency that `name` names, or None. Only for text where a source may stand."""
    name = name.strip(QUOTES + " .:()[]/-")
    if not name:
        return None
    lists, key = index(vocab), fold(name)
    return None if is_home(key, lists) else source(name, key, lists)


def is_home(key: str, lists: Index) -> bool:
    """Whether a place's name is also that of its own paper, so that it names the place: «(الرياض)», but not «(قنا)»."""
    name = lists.sources.get(squeeze(key))
    return name is not None and lists.vocab.cities.get(key) == lists.vocab.agencies[fold(name)][0]


def listed(text: str, key: str, lists: Index) -> LookUp | None:
    """The agency or outlet that exactly these words name; AMBIGUOUS and not known if it may be a common word.

    Letters that stand apart are no word: «و م ع» is an agency, «ومع» may be "and with".
    """
    name = source(text, key, lists)
    if name is None:
        return None
    apart = len(key) > 2 and len(key.replace(".", " ").split()) * 2 > len(key.rstrip(" ."))
    alone = None if apart else lists.ambiguous.get(squeeze(key))
    if alone == "pictures":
        return Part.DESK, text, False  # who took the picture, not who wrote
    return (Part.AGENCY, name, True) if alone is None else (Part.AMBIGUOUS, name, alone == "alone")


def unit(text: str, key: str, lists: Index) -> LookUp | None:
    """The unit that exactly these words name in the lists, except persons."""
    part = lists.units.get(key) or lists.units.get(key.rstrip("."))
    if part is not None:
        return part, text, True
    return (Part.DATE, text, True) if key[:1].isdigit() and _is_digits(key) else listed(text, key, lists)


def _is_digits(word: str) -> bool:
    """Whether a word is a number or a date in figures: «1446هـ», «2015م», «5-5-2020», "17th"."""
    word = word[:-2] if word.endswith(("st", "nd", "rd", "th")) else word.rstrip("هم")
    return word.replace("/", "").replace("-", "").replace(".", "").isdigit()


def is_outlet(keys: Sequence[str], lists: Index) -> bool:
    """Whether words name an outlet by one of its words: «وكالة البحيرة», "Lakeside Weekly Magazine"."""
    return len(keys) <= MAX_OUTLET_WORDS and not lists.outlet_words.isdisjoint(keys) and lists.prose.isdisjoint(keys)


def ends_outlet(key: str, may_end: bool, lists: Index) -> bool:
    """Whether a unit behind a place makes an outlet of both: «البلد اليوم», or at the end «البلد 24»."""
    return key in lists.vocab.relative_times or (may_end and key in lists.outlet_words)


def is_titled(key: str, roles: WordTable) -> bool:
    """Whether the word begins with a title that a full stop ends: «د.», «أ.د.خالد»."""
    return "." in key and roles.get(squeeze(key[: key.rfind(".")])) == "title"


def is_job(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool:
    """Whether the words are a degree or a job, as they stand behind names: "MD", "Political Correspondent"."""
    if keys[-1] not in vocab.roles:
        return len(keys) < 3 and vocab.credit_words.get(squeeze("".join(keys))) == "behind"
    behind = {key for key in keys if vocab.credit_words.get(key) == "behind"}
    is_role = all(key in behind or key in vocab.roles or key in vocab.sections for key in keys)
    return is_role and all(word[0].isupper() for word in printed)


# Persons ----------------------------------------------------------------------------------------------------------


def person(printed: Sequence[str], keys: Sequence[str], lists: Index, credited: bool, single: bool) -> LookUp | None:
    """The person that the words may name: two to five words that names are made of, behind any titles; known with a
    title, or if the first word is a listed given name.

    Where somebody is `credited` all of it may be in capitals; right behind the credit word a `single` word is enough.
    """
    vocab, half = lists.vocab, len(keys) // 2
    if half > 1 and keys[:half] == keys[half:]:  # printed twice
        printed, keys = printed[:half], keys[:half]
    first = 0  # behind titles
    while first < len(keys) - 1 and vocab.credit_words.get(keys[first].replace(".", "")) == "title":
        first += 1
    printed, keys, titled = printed[first:], keys[first:], first > 0
    name = " ".join(printed)
    if not _NAME.fullmatch(name) or ".." in name or " ." in name:
        return None
    if all(len(part) < 2 for key in keys for part in key.split(".")):
        return None  # initials, with which editors sign
    arabic = is_arabic(name)
    particles = ARABIC_PARTICLES if arabic else LATIN_PARTICLES
    if arabic:  # an initial that is stuck to the name: «ك.خالد», «سامر.خ»
        keys = [part for key in keys for part in (key.split(".") if "." in (key[1:2], key[-2:-1]) else [key])]
        if len(keys[0]) == 1 and "." in name:
            keys = [*keys[1:], keys[0]]  # read as a name that the initial follows
    if not 2 - single <= sum(key not in particles for key in keys) <= MAX_NAME_WORDS:
        return None
    if credited and not arabic:
        printed = [word.capitalize() if word.isupper() else word for word in printed]
    known = (_arabic if arabic else _latin)(printed, keys, vocab)
    if known is None or not lists.outlet_words.isdisjoint(keys) or is_job(printed[:1], keys[:1], vocab):
        return None
    if not (known or titled or credited) and any(key in vocab.cities for key in keys):
        return None
    return Part.PERSON, name.rstrip(" -"), known or titled


def _arabic(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in Arabic letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    known = keys[0] in given or (keys[0] in ARABIC_PARTICLES and len(keys) > 1)
    if printed[0] == "على" and not (len(keys) > 1 and (keys[1] in given or keys[1].startswith("ال"))):
        return None  # the preposition, not «علي» as Egypt prints it
    if not known and (len(keys) > MAX_UNLISTED_NAME_WORDS or _cannot_open(keys[0]) or keys[0] in vocab.desks):
        return None
    for before, key in zip(["", *keys], keys, strict=False):
        if key in given or before in ARABIC_PARTICLES:
            continue
        if key in vocab.not_names or key in vocab.frequent_words or (before and key[1:] and _cannot_follow(key, given)):
            return None
        if vocab.credit_words.get(key, "title") != "title":
            return None
    return known


def _cannot_follow(key: str, given: WordTable) -> bool:
    """Whether a word is far more often a verb, or has a preposition or conjunction before it, than a family's name."""
    if not key.startswith(("ي", "لل", "بال", "و")):
        return False
    return key[:1] != "و" or (len(key) > 3 and key[1:] not in given)


def _cannot_open(first: str) -> bool:
    """Whether an unlisted word has a form that no given name has: an article, a verb, a plural, a verbal noun."""
    if first.startswith(("ال", "لل", "بال", "وال", "ي", "تت", "ست")) or first.endswith(("ات", "يه", "وا")):
        return True
    return len(first) >= 5 and first[0] == "ا" and first[-2] == "ا"


def _latin(printed: Sequence[str], keys: Sequence[str], vocab: Vocab) -> bool | None:
    """Whether a name in other letters begins with a listed given name; None if it is no name."""
    given = vocab.given_names
    for word, key in zip(printed, keys, strict=True):
        if key in LATIN_PARTICLES and key != keys[0]:
            continue
        if not (word[0].isupper() or key.startswith(("al-", "el-", "d'", "d’"))) or _SUFFIX.match(word):
            return None
        if any(a.islower() and b.isupper() for a, b in pairwise(word[MAX_NAME_PREFIX_CHARS:])):
            return None  # two words that lost the space between them: "FamiliesTravis", but not "MacDonald"
        if key not in given and (key in vocab.not_names or key in vocab.frequent_words):
            return None
    known = keys[0] in given
    if not known and all(word.isupper() for word in printed):
        return None
    return known
