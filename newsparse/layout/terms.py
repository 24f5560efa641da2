"""What speaks for and against a line as the headline: named terms, one sentence a term.

Knows the lines' kinds, the lines around each, what the header repeats, and the words that open the body. Does not know
the other candidates: see `newsparse.layout.headline`.
"""

from __future__ import annotations

from newsparse.layout.again import MIN_LABELLED_CHARS, Again
from newsparse.layout.page import Page
from newsparse.lines.breadcrumbs import Steps
from newsparse.record import PROSE, Kind
from newsparse.signs import FULL_STOPS, PHRASE_ENDS

AROUND = 8  # lines above, in which a caption may be a part of the headline
SHORTEST_HEADLINE, LONGEST_HEADLINE = 8, 220  # characters
COUNTS_IN_FULL = 40  # characters of a line that says the same as another; of a shorter one it says less
FEWEST_WORDS, MOST_WORDS, TOO_MANY_WORDS = 4, 20, 28  # of a headline
LONGER_LINE = 80  # characters of what may be a standfirst below the headline
NEARBY, FAR = 30, 300  # lines to the body, of which each counts much, or little
LEAST_OF_MENU, AROUND_IN_MENU = 5, 3  # short lines, and lines on either side among which they stand
MUCH_LONGER = 1.4
UNDER_HEADLINE = frozenset({Kind.STAMP, Kind.BYLINE, Kind.CLOCK, Kind.NAME})
REPEATED_AT_ONCE = -3.0  # the weight of a repetition right below a timestamp or byline: it is a caption's
MOST_BUTTONS = 6  # between headline and caption, times and credits with them
LONGEST_SIGN = 2  # characters
LEAST_SPACES = 4  # in a headline above buttons, or above two lines
FIRST_OF_MENU = 1  # the weight of the first line, above a menu: it may be the site's title
MENU = frozenset({Kind.FURNITURE, Kind.SECTION})
LONGEST_KICKER = 40  # characters
MOST_BELOW_HEADLINE = 2  # lines between headline and timestamp: a standfirst, a caption
LINES = {1: "one line", 2: "two lines"}
LEAST_OF_LIST = 3  # long phrases, one below the other: other headlines
ABOVE_CAPTION = 5  # lines
BYLINES = frozenset({Kind.BYLINE, Kind.NAME})
MAY_BE_HEADLINE = PROSE | {Kind.SHORT, Kind.NAME, Kind.CAPTION, Kind.TAGS}
TEXT = PROSE | {Kind.SHORT}

Term = tuple[float, str]  # a reason for or against a candidate: its weight, and the reason in words

ABOVE: dict[Kind, Term] = {
    **{kind: (3, f"above the {kind.value}") for kind in (Kind.STAMP, Kind.BYLINE, Kind.CLOCK)},
    Kind.NAME: (1.5, "above a name"),
}
BELOW: dict[Kind, Term] = {
    **{kind: (1, f"below the {kind.value}") for kind in (Kind.STAMP, Kind.BYLINE)},
    Kind.SECTION: (2, "below the rubric"),
}


def is_headline_like(kind: Kind, text: str) -> bool:
    """Whether a headline may look like this line."""
    return (
        kind in MAY_BE_HEADLINE
        and SHORTEST_HEADLINE <= len(text) <= LONGEST_HEADLINE
        and (" " in text or text > "\u2e80")
    )


def headline_terms(i: int, page: Page, again: Again) -> list[Term]:
    """The reasons for and against line `i` as the headline."""
    return [*_terms_of_repetition(i, page, again), *_terms_of_place(i, page), *_terms_of_shape(i, page)]


# What is said again -----------------------------------------------------------------------------------------------


def _terms_of_repetition(i: int, page: Page, again: Again) -> list[Term]:
    """What the header says more than once, alone or as a part of a line, is the headline; but not among sub-heads."""
    key = page.keys[i]
    terms: list[Term] = []
    if again.counts[key] > 1:
        at_once = page.keys[i + 1 : i + 2] == [key]
        if at_once and _is_below_header(i, page):
            terms.append((REPEATED_AT_ONCE, "repeated"))
        elif at_once and _is_part_of_line_above(i, page):
            terms.append((-1.5, "part of a line above"))
        else:
            terms.append((4.5 * min(1.0, len(key) / COUNTS_IN_FULL), "repeated"))
    if key in again.cut:
        terms.append((4 * min(1.0, len(key) / MIN_LABELLED_CHARS), "stands again with the site's name"))
    if key in again.labelled and len(key) >= MIN_LABELLED_CHARS:
        terms.append((4, "stands again behind a label"))
    if key in again.wrapped:
        terms.append((-4, "another with the site's name"))
    if again.listed:
        around = page.keys[max(0, i - 1) : min(i + 2, page.stretch.start)]
        if not again.listed.isdisjoint(around):
            terms.append((-5, "in a list of the body's sub-heads"))
    return terms


def _is_below_header(i: int, page: Page) -> bool:
    """Whether timestamp or byline stand right above: captions are printed twice there, headlines above them.

    Buttons may stand between; then a few words above, such as a site's name, are no headline.
    """
    kinds, texts, above = page.kinds, page.texts, i - 1
    while above > 0 and kinds[above] in UNDER_HEADLINE:
        above -= 1
    if 0 <= above < i - 1 and is_headline_like(kinds[above], texts[above]):
        return True
    above = i - 1
    while above > max(0, i - 1 - MOST_BUTTONS) and (kinds[above] is Kind.FURNITURE or kinds[above] in UNDER_HEADLINE):
        above -= 1
    if UNDER_HEADLINE.isdisjoint(kinds[above + 1 : i]) or texts[above].count(" ") < LEAST_SPACES:
        return False
    return is_headline_like(kinds[above], texts[above])


def _is_part_of_line_above(i: int, page: Page) -> bool:
    """Whether a line near above says the same and more, before it and behind: the headline, where this is a caption."""
    key = page.keys[i]
    above = page.keys[max(0, i - AROUND) : i]
    return any(key in longer and not longer.startswith(key) and not longer.endswith(key) for longer in above)


# Where it stands --------------------------------------------------------------------------------------------------


def _terms_of_place(i: int, page: Page) -> list[Term]:
    """What the lines around line `i` say of it."""
    kinds, start = page.kinds, page.stretch.start
    terms: list[Term] = []
    if i == 0:
        terms.append((FIRST_OF_MENU if kinds[1:3] and MENU.issuperset(kinds[1:3]) else 3, "first line"))
    after = _following(i, page)
    terms += _terms_of_line_below(i, after, page)
    if i and kinds[i - 1] in BELOW:
        terms.append(BELOW[kinds[i - 1]])
    elif i and isinstance(page.founds[i - 1], Steps):
        terms.append(BELOW[Kind.SECTION])
    passed, kind = _lines_above_header(after, page, start)
    if kind is not None and (passed == 1 or page.texts[i].count(" ") >= LEAST_SPACES):
        terms.append((1 if kind is Kind.NAME else 2, f"{LINES[passed]} above the {kind.value}"))
    if after < start and kinds[after] is not Kind.NAME and _is_kicker(i, after, page):
        terms.append((-3, "a kicker above a longer line"))
    above = _above_times(i, page)
    if above >= 0 and (_may_be_standfirst(i, above, page) or _goes_on_from(i, above, page)):
        terms.append((-2, "the standfirst of the line above"))
    distance = start - i
    terms.append((-0.15 * min(distance, NEARBY) - 0.01 * min(distance, FAR), "far from the body"))
    if kinds[max(0, i - AROUND_IN_MENU) : i + AROUND_IN_MENU + 1].count(Kind.SHORT) >= LEAST_OF_MENU:
        terms.append((-2, "one of a list"))
    return terms


def _following(i: int, page: Page) -> int:
    """The line below, past the same again and, below a text, past what says nothing."""
    after, start = i + 1, page.stretch.start
    is_text = page.kinds[i] in TEXT
    while after < start and (page.keys[after] == page.keys[i] or (is_text and _says_nothing(after, page))):
        after += 1
    return after


def _terms_of_line_below(i: int, after: int, page: Page) -> list[Term]:
    """What the line that follows line `i` says of it, if it stands above the body too."""
    texts, start = page.texts, page.stretch.start
    if after >= start:
        return []
    below = page.kinds[after]
    if below in ABOVE:
        return [ABOVE[below]]
    if len(texts[after]) > max(LONGER_LINE, len(texts[i])):
        return [(1.5, "above a longer line")]
    if below is Kind.SHORT and len(texts[after]) < LONGEST_KICKER and page.prose[after + 1 : start][:1] == b"\1":
        return [(1.5, "one line above a sentence")]
    return []


def _says_nothing(i: int, page: Page) -> bool:
    """Whether the line is a caption, a sign («+A»), or a time's label, which part no headline from its time."""
    kind = page.kinds[i]
    if kind is not Kind.FURNITURE:
        return kind is Kind.CAPTION
    return len(page.texts[i]) <= LONGEST_SIGN or page.keys[i].strip(" :") in page.settings.vocab.stamp_labels


def _is_kicker(i: int, below: int, page: Page) -> bool:
    """Whether the line is a few words above a longer one that may be the headline."""
    text, longer = page.texts[i], page.texts[below]
    if len(text) >= LONGEST_KICKER or MUCH_LONGER * len(text) >= len(longer) or _goes_on_from(below, i, page):
        return False
    if longer[-1] in FULL_STOPS:
        return False  # a standfirst
    return is_headline_like(page.kinds[below], longer)


def _goes_on_from(i: int, above: int, page: Page) -> bool:
    """Whether the line begins with a word such as «after», and the one above, long enough for a headline, does not."""
    kinds = page.kinds
    if kinds[i] is not Kind.SHORT or kinds[above] is not Kind.SHORT or page.texts[above].count(" ") < LEAST_SPACES:
        return False
    return _begins_with_frequent(i, page) and not _begins_with_frequent(above, page)


def _begins_with_frequent(i: int, page: Page) -> bool:
    return page.keys[i].partition(" ")[0] in page.settings.vocab.frequent_words


def _above_times(i: int, page: Page) -> int:
    """The line above, past a few of the header's."""
    above = i - 1
    while above > i - AROUND and above > 0 and page.kinds[above] in UNDER_HEADLINE:
        above -= 1
    return above


def _lines_above_header(after: int, page: Page, start: int) -> tuple[int, Kind | None]:
    """How many lines from `after` on, captions aside, stand above which of the header's; None but for one or two."""
    passed = 0
    while after < start and passed <= MOST_BELOW_HEADLINE:
        kind = page.kinds[after]
        if kind in UNDER_HEADLINE:
            return passed, kind if passed else None
        if kind not in (Kind.SHORT, Kind.CAPTION):
            break
        passed += kind is Kind.SHORT
        after += 1
    return 0, None


def _may_be_standfirst(i: int, above: int, page: Page) -> bool:
    """Whether the line above is too long for a kicker, and neither of the two is a sentence or of a list."""
    if page.kinds[i] is not Kind.SHORT:
        return False
    first = above
    while first >= 0 and above - first < LEAST_OF_LIST and _is_long_phrase(first, page):
        first -= 1
    return 0 < above - first < LEAST_OF_LIST and not _is_of_another(i, above, page)


def _is_of_another(i: int, above: int, page: Page) -> bool:
    """Whether the line opens the body with more of its words by far than the one above, or that one with «in» or such:
    another story's title, the site's motto, a long kicker."""
    if _begins_with_frequent(above, page) and not _begins_with_frequent(i, page):
        return True
    share, share_above = (share_of_words(page.keys[k], page.opening) for k in (i, above))
    return share_above < share / 2


def _is_long_phrase(i: int, page: Page) -> bool:
    return page.kinds[i] is Kind.SHORT and len(page.texts[i]) >= LONGEST_KICKER


def share_of_words(key: str, opening: str) -> float:
    """The share of the words of a folded line, short ones aside, that open the body too."""
    words = [w for word in key.split() if len(w := word.strip("\"'«»“”.,،:؛!؟?()")) > 3]
    if not words:
        return 0.0
    return sum(word.removeprefix("ال") in opening for word in words) / len(words)


# What it looks like -----------------------------------------------------------------------------------------------


def _terms_of_shape(i: int, page: Page) -> list[Term]:
    """What the line itself looks like."""
    text, kind = page.texts[i], page.kinds[i]
    words = text.count(" ") + 1
    terms: list[Term] = []
    if words < FEWEST_WORDS:
        terms.append((-1, "very short"))
    elif words <= MOST_WORDS:
        terms.append((1, "as long as a headline"))
    else:
        terms.append((-3 if words > TOO_MANY_WORDS or kind is Kind.PARAGRAPH else -1.5, "long"))
    if text[-1] in FULL_STOPS:
        terms.append((-2.5, "ends in a full stop"))
    elif text[-1] in PHRASE_ENDS:
        terms.append((-3, "goes on"))
    if kind is Kind.TAGS:
        terms.append((-3, "looks like a hashtag"))
    if _is_foreign(i, page):
        terms.append((-4, "in other letters than the body"))
    if kind is Kind.NAME or kind is Kind.CAPTION:
        terms.append((0 if _is_excused(i, page) else -4.5, f"looks like a {kind.value}"))
    return terms


def _is_foreign(i: int, page: Page) -> bool:
    """Whether the line is in Latin letters, and the body opens with others."""
    opening = "".join(page.texts[page.stretch.start : page.stretch.start + 1])[:LONGEST_HEADLINE]
    return page.texts[i].isascii() and not opening.isascii() and any(map(_is_of_other_letters, opening))


def _is_of_other_letters(character: str) -> bool:
    """Whether it is a letter, and none of Latin."""
    return character >= "\u0370" and character.isalpha()


def _is_excused(i: int, page: Page) -> bool:
    """Whether what looks like a name stands above a byline; or what looks like a caption, because of its bracket."""
    if page.kinds[i + 1 : i + 2] and page.kinds[i + 1] in BYLINES:
        return page.kinds[i] is Kind.NAME or (page.texts[i][-1] == ")" and not _has_text_above(i, page))
    return False


def _has_text_above(i: int, page: Page) -> bool:
    """Whether close above a caption stands what may be a headline, and looks like no caption."""
    kinds, texts = page.kinds, page.texts
    return any(
        kinds[above] in TEXT and LONGEST_KICKER <= len(texts[above]) <= LONGEST_HEADLINE
        for above in range(max(0, i - ABOVE_CAPTION), i)
    )
