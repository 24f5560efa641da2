"""The body: the span of lines with the greatest sum of values, found in one pass.

The fitted model (`newsparse.layout.features`) gives the probability that a line belongs to the body. Likely lines add
their length, unlikely lines cost. So the span crosses a menu between two paragraphs, but not a list of other stories
below the last one. Then answers, lists and poems below are added; terms of use, rules for comments, biographies of
writers and the name of the outlet at either end are taken away. Knows where a header ends. The roles of all lines are
settled in `newsparse.layout.grammar`.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.layout import features
from newsparse.layout.page import NAME_KINDS, Page, Stretch
from newsparse.lines.rules import is_labelled_as_box
from newsparse.names import byline
from newsparse.record import PROSE, Kind
from newsparse.signs import BULLETS, COLONS, DASHES, DIGITS, SENTENCE_ENDS, TATWEEL
from newsparse.text import fold, letters
from newsparse.times.beside import is_unlisted_outlet

ITEMS = frozenset({Kind.SHORT, Kind.NAME})
SPEAKS = DASHES + BULLETS  # before what is asked or answered: «- تعالوا.»
MIN_WORDS_TO_READERS = 3  # in a line of prose that speaks to them
MAX_WORDS_TO_READERS_OF_ARTICLE = 0.5  # of its own lines in the mean; else the article tells of such things
MAX_LINES_OF_BIOGRAPHY = 4  # its name and paragraphs
MAX_NAME_SPACES = 3
MIN_LINES_TO_NAME = 4  # other lines of a poem to one that looks like a name
NUMBER_ENDS = (".", ")", TATWEEL, *DASHES)  # behind the number of an item
PHRASES = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION})


def is_numbered(text: str) -> bool:
    """Whether the line is an item of a list with numbers: «3. …», «3- …», «3) …»."""
    return text[0].isdigit() and text.lstrip(DIGITS)[:1] in NUMBER_ENDS


def over_list(page: Page, end: int) -> int:
    """The end of the body after the few words that end a conversation («- تعالوا.»), and after a list that a line with
    a colon announces; its items have numbers, or the same first word or sign."""
    texts, kinds = page.texts, page.kinds
    while end < len(kinds) and texts[end][0] in SPEAKS and texts[end][-1] in SENTENCE_ENDS and kinds[end] is Kind.SHORT:
        end += 1
    announces = end < len(kinds) and kinds[end] in ITEMS and features.goes_on(page, end)
    first = end + announces
    if texts[first - 1][-1] != ":" or first == len(kinds):
        return end
    word = texts[first].partition(" ")[0] + " "
    last = first
    while last < len(kinds) and kinds[last] in PHRASES and (is_numbered(texts[last]) or texts[last].startswith(word)):
        last += 1
    return last if last > first + 1 else end


def to_the_end_of_plain_text(page: Page, end: int) -> int:
    """The end of the body, moved to the end of the text if only short lines follow: a poem, a list, a cut text."""
    tail = page.kinds[end:]
    if not ITEMS.issuperset(tail) or Kind.NAME in (*tail[:1], *tail[-1:]):
        return end
    return len(page) if tail.count(Kind.NAME) * MIN_LINES_TO_NAME <= tail.count(Kind.SHORT) else end


def without_words_to_readers(page: Page, start: int, end: int) -> tuple[int, int]:
    """The span without what a page tells its readers above and below the article: terms of use, rules for comments."""
    if page.prose.count(1, start, end) < 2:
        return start, end
    first, last, most = start, end, 0
    while first < end and features.words_to_readers(page, first) >= MIN_WORDS_TO_READERS:
        first += 1
    while last > first and ((count := features.words_to_readers(page, last - 1)) > 1 or not page.prose[last - 1]):
        last, most = last - 1, max(most, count)
    last = last if most >= MIN_WORDS_TO_READERS else end
    if (first, last) == (start, end):
        return start, end
    counts = [features.words_to_readers(page, i) for i in range(start, end) if page.prose[i]]
    own = [count for count in counts if count < MIN_WORDS_TO_READERS]
    is_strange = own and sum(own) <= MAX_WORDS_TO_READERS_OF_ARTICLE * len(own)
    return (first, last) if is_strange else (start, end)


def above_biography(page: Page, start: int, end: int) -> int:
    """The end of the body above the name of its writer, with a biography below: «كاتب وصحفي من …»."""
    for i in range(max(start + 1, end - MAX_LINES_OF_BIOGRAPHY), end - 1):
        is_name = page.kinds[i] in PHRASES and page.texts[i].count(" ") <= MAX_NAME_SPACES
        if is_name and page.prose[i - 1] and page.prose[i + 1]:
            word = fold(page.texts[i + 1].partition(" ")[0])
            if word in page.settings.vocab.roles:
                return i
    return end


def without_outlet(page: Page, start: int, end: int) -> tuple[int, int]:
    """The span without the name of an outlet that no list has, which opens or signs it: «ميناء نيوز :». In a text
    that is about outlets there are several, and they stay."""
    vocab = page.settings.vocab
    phrases = [i for i in page.places[Kind.SHORT] if start <= i < end]
    outlets = [i for i in phrases if is_unlisted_outlet(page.texts[i].strip(" :"), vocab)]
    if len(outlets) != 1 or end - start < 2:
        return start, end
    return start + (outlets[0] == start), end - (outlets[0] == end - 1)


# The span -------------------------------------------------------------------------------------------------------------

MIN_PAGE_LINES = 2  # lines that only pages have, which show that the text is one
ODDS_FAR_FROM_TEXT = -3.0  # log-odds of lines between two dense parts that are near neither
MIN_LINES_OF_ARTICLE = 2
MIN_SHARE_OF_GREATEST = 0.5  # of the sum, that a span above has
MIN_VALUE = 0.6  # of a likely line, or one that continues the body; it outweighs one unlikely line
COST_STEP = 0.5  # log-odds; the n-th unlikely line in a row costs n steps at most
COST_STEP_IN_BOX = 0.05
COST_OF_END = 100.0  # the mark that closes an agency's text, or the box about the author
COST_OF_LEARNED = 1.0  # a line that the feed knows; twice as much below another, or comments become body
COST_OF_BOX_AFTER = 12.0  # the heading of comments, of the most read
MIN_ODDS_BELOW = -3.0  # log-odds of a line right below a likely one
MIN_ODDS_BEHIND = -2.0  # of a sentence behind a line or two that are no body
MAX_LINES_BETWEEN = 2
MIN_TEASERS = 3
CALLS = "؟?!"

CLOSES = frozenset({Kind.BYLINE, Kind.END})  # right above a box: the text ends there
LINE_CHARS, MAX_BODY_LINE_CHARS = 60, 360  # of a line that count once, and in all
MIN_TITLE_SPACES_ABOVE_CREDIT = 3  # in a headline right above a credit, below the blurbs of other stories
MAX_LINES_ABOVE, MAX_LINES_BELOW = 8, 12  # lines from the top of the stretch in which the header may end
PAGE = frozenset({Kind.BOXED, Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.SECTION, Kind.TAG_LABEL})
HEADER = frozenset({Kind.STAMP, Kind.CLOCK, Kind.BYLINE})


def find(page: Page) -> Stretch:
    """The span of the body; without prose it is empty, at the end of the text."""
    is_page = bool(page.markup_odds) or (
        sum([i not in page.cells for kind in PAGE for i in page.places[kind]]) >= MIN_PAGE_LINES
    )
    prose = page.prose
    start, end = prose.find(1), prose.rfind(1) + 1
    if not end:
        return Stretch(len(prose), len(prose), is_page)
    if page.markup_odds or prose.find(0, start, end) >= 0:  # tags, or strangers in between, which cost
        start, end = _likely(page)
        while end > start + 1 and page.kinds[end - 1] in NAME_KINDS:
            end -= 1  # who signs
        start = _after_header(page, start, end)
        start -= start - 1 in page.entries or start - 1 in page.cells
    start -= _is_lead(page, start - 1)
    start, end = without_words_to_readers(page, start, end)
    end = over_list(page, above_biography(page, start, end))
    end = end if is_page else to_the_end_of_plain_text(page, end)
    return Stretch(*without_outlet(page, start, end), is_page)


def _is_lead(page: Page, i: int) -> bool:
    """Whether a text without full stops begins here: right below a header, above a line that goes on."""
    is_open = i > 0 and page.kinds[i] is Kind.SHORT and len(page.texts[i]) >= LINE_CHARS
    return is_open and page.kinds[i - 1] in HEADER and features.goes_on(page, i + 1)


def _likely(page: Page) -> tuple[int, int]:
    """The span that is most likely the body: likely lines add their length, unlikely lines cost."""
    learned = page.learned
    kept = [i for i in range(len(page)) if i not in learned]
    if not kept:
        return len(page), len(page)
    small = page.only(kept) if learned else page  # what the feed knows says nothing of the lines around it
    region = features.Region(small)
    first, last = region.lines[0], region.lines[-1]
    odds = [ODDS_FAR_FROM_TEXT] * (last + 1 - first)
    for i, odd in zip(region.lines, features.log_odds(region.rows), strict=True):
        odds[i - first] = odd + (page.markup_odds[kept[i]] if page.markup_odds else 0.0)
    _go_on(small, first, odds)
    page.rows = {kept[i]: row for i, row in zip(region.lines, region.rows, strict=True)}
    for i, odd in zip(kept[first : last + 1], odds, strict=True):
        page.odds[i] = odd
    for i in learned:
        page.odds[i] = -COST_OF_LEARNED
    top = kept[first]
    start, end = _first_of_the_great(_values(page, top, page.odds[top : kept[last] + 1]))
    if start < end:
        return top + start, top + end
    if region.first == region.last:  # neither a likely line nor a long one: the longest is the text
        longest = max(kept[first : last + 1], key=lambda i: page.prose[i] * len(page.texts[i]))
        return longest, longest + 1
    return kept[region.first], kept[region.last - 1] + 1


def _first_of_the_great(values: Sequence[float]) -> tuple[int, int]:
    """The span with the greatest sum, or one above it with nearly as much: comments may be longer than the article."""
    start, end = features.greatest_stretch(values)
    total = sum(values[start:end])
    while start < end:
        first, last = features.greatest_stretch(values[:start])
        if last - first < MIN_LINES_OF_ARTICLE or sum(values[first:last]) < MIN_SHARE_OF_GREATEST * total:
            break  # nothing, or a standfirst
        start, end = first, last
    return start, end


def _go_on(page: Page, first: int, odds: list[float]) -> None:
    """Raise the values of unlikely lines that continue the body.

    These are a sentence below it, a sub-head between two of its lines, the items of a list with numbers, with dashes or
    below a colon, and the lines of entries in a live blog.
    """
    in_list, in_box, passed = False, False, MAX_LINES_BETWEEN + 1
    for k, odd in enumerate(odds):
        i = first + k
        is_item = page.kinds[i] in ITEMS
        asks = in_box and passed and page.texts[i][-1] in CALLS  # as titles of other stories do
        is_above = odds[k + 1 : k + 2] > [MIN_ODDS_BEHIND if page.prose[i + 1 : i + 2] == b"\1" else 0.0]
        if odd < 0 and k and not asks and _is_of_body(page, i, odd, passed, in_list, is_above):
            odds[k] = 0.0
        in_list = (page.texts[i][-1] in COLONS and odd >= 0) or (in_list and is_item)
        if odds[k] >= 0:
            passed, in_box = 0, False
        else:
            in_box = in_box or (page.kinds[i] is Kind.FURNITURE_HEAD and page.founds[i] == "inside")
            passed += not (passed and in_box)


def _is_of_body(page: Page, i: int, odd: float, passed: int, in_list: bool, is_above_body: bool) -> bool:
    """Whether a line continues the body, which ended `passed` lines above."""
    if i in page.entries or i - 1 in page.entries or i in page.cells:
        return True
    if page.prose[i]:
        return passed <= MAX_LINES_BETWEEN and odd > (MIN_ODDS_BEHIND if passed else MIN_ODDS_BELOW)
    if passed or page.kinds[i] not in ITEMS:
        return False
    is_signed = page.kinds[i + 1 : i + 2] == [Kind.BYLINE] and page.founds[i + 1].agencies
    is_between = is_above_body or is_signed
    return in_list or is_numbered(page.texts[i]) or (is_between and odd > MIN_ODDS_BELOW)


def _values(page: Page, first: int, odds: Sequence[float]) -> list[float]:
    """The value of each line from `first` on: log-odds and length for a likely line, a cost for an unlikely one.

    A few lines between two paragraphs cost little. The more there are, the more each of them costs. A box inside an
    article costs hardly anything.
    """
    values: list[float] = []
    run, step = 0, COST_STEP
    learned, vocab, teasers = page.learned, page.settings.vocab, _teaser_buttons(page)
    for i, odd in enumerate(odds, first):
        if odd >= 0:
            run, step = 0, COST_STEP
            is_lead = page.kinds[i + 1 : i + 2] and page.kinds[i + 1] in HEADER and not (i and page.prose[i - 1])
            weight = 0.0 if is_lead else min(len(page.texts[i]), MAX_BODY_LINE_CHARS) / LINE_CHARS
            values.append(max(MIN_VALUE, odd * weight))
            continue
        if page.kinds[i] is Kind.BOXED:
            values.append(0.0)
            continue
        run += 1
        if i in learned:
            values.append(-COST_OF_LEARNED * (1 + (i - 1 in learned)))
        elif page.kinds[i] is Kind.END or (page.kinds[i] is Kind.BYLINE and is_labelled_as_box(page.keys[i], vocab)):
            values.append(-COST_OF_END)
        elif page.kinds[i] is not Kind.FURNITURE_HEAD:
            values.append(max(odd, -step * run))
        elif page.founds[i] == "inside" and i not in teasers and not (i and page.kinds[i - 1] in CLOSES):
            step = COST_STEP_IN_BOX
            values.append(0.0)
        else:
            step = COST_STEP
            values.append(-COST_OF_BOX_AFTER)
        if page.kinds[i] is Kind.TAG_LABEL:
            values[-1] = -COST_OF_BOX_AFTER
    return values


def _teaser_buttons(page: Page) -> set[int]:
    """The headings of boxes that are buttons of teasers: one comes again and again, with timestamps between."""
    places: dict[str, list[int]] = {}
    for i in page.places[Kind.FURNITURE_HEAD]:
        places.setdefault(page.keys[i], []).append(i)
    many = [same for same in places.values() if len(same) >= MIN_TEASERS]
    return {i for same in many if Kind.STAMP in page.kinds[same[0] : same[1]] for i in same}


def _after_header(page: Page, start: int, end: int) -> int:
    """The start of the body, moved below a timestamp or byline near the top of the span.

    Headline and standfirst stand above those, and may be as long as paragraphs.
    """
    kinds = page.kinds
    passed = not HEADER.isdisjoint(kinds[max(0, start - MAX_LINES_ABOVE) : start])
    prose, most = 0, 1 if passed else 2
    is_top = not passed and Kind.SHORT not in kinds[:start]  # without a headline, perhaps below the blurbs of others
    for i in range(start, min(end, start + MAX_LINES_BELOW)):
        kind = kinds[i]
        if kind is Kind.FURNITURE_HEAD or (prose > most and not is_top) or i in page.entries:
            break
        is_below_title = kinds[i - 1] is Kind.SHORT and page.texts[i - 1].count(" ") >= MIN_TITLE_SPACES_ABOVE_CREDIT
        if prose > most and not is_below_title:
            continue
        if _is_of_header(page, i) and page.prose.find(1, i + 1, end) >= 0:
            start, prose, most, is_top = i + 1, 0, 1, False
        elif is_top and prose > 1 and is_below_title and kind in PROSE and _opens_story(page, i):
            return i
        elif kind in PROSE:
            prose += 1
    while (
        start < end and kinds[start] not in PROSE and kinds[start] is not Kind.SHORT and start - 1 not in page.entries
    ):
        start += 1
    return start


def _opens_story(page: Page, i: int) -> bool:
    """Whether the line opens with an agency's dateline, below the only title: the prose above is of other stories."""
    credit = page.dateline(i)
    return credit is not None and bool(credit.agencies) and page.kinds.count(Kind.SHORT) == 1


def _is_of_header(page: Page, i: int) -> bool:
    """Whether the line is a time or its label, a byline, a name that counts as one, or the line above it again."""
    kind = page.kinds[i]
    if kind is Kind.SHORT and page.keys[i] in page.keys[max(0, i - 1) : i]:
        return True
    if letters(page.keys[i]) in page.settings.vocab.stamp_labels:
        return True
    return kind in HEADER or (kind is Kind.NAME and is_below_credit(page, i))


def is_below_credit(page: Page, i: int) -> bool:
    """Whether a possible name is below a line with only "By"."""
    if page.kinds[i] not in NAME_KINDS or not i:
        return False
    return byline.label(page.keys[i - 1], page.settings.vocab) == "author"
