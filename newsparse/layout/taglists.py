"""Lists of tags: below a label, or below the body without one, by their shape and words.

Knows kinds of lines, their signs and gaps, and the words of the text. How one line of tags is cut is known by
`newsparse.lines.tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsparse.layout.boxes import opens_box
from newsparse.layout.page import Page, Stretch
from newsparse.lines import tags
from newsparse.record import Kind
from newsparse.signs import BARS, BULLETS, COMMAS, SENTENCE_ENDS
from newsparse.text import fold, letters

MAX_TAG_WORDS = 6  # of a tag under a label
MAX_TAG_SPACES = 3  # in a tag without a label
MAX_TAGS = 25  # of a list without a label
MIN_TITLE_SHARE = 0.35  # of the long words of a list; a line with fewer is the title of another story
MIN_TAGS_IN_BODY = 2  # tags of a list that would end the body
MIN_CLOSING_TAGS = 3  # tags of a list that closes the text
MIN_SHARE_IN_TEXT = 0.7  # of the words of a list without a label stand in the text
MIN_SHARE_OF_LISTED = 0.9  # of them, on one line
MIN_SHARE_BELOW_TOPIC_WORD = 0.2  # of them, below a word for topics
MIN_SHARE_OF_ANY = 0.01  # of the words: one of them is enough
MAX_SHORT_WORD_LETTERS = 3  # of words that every text has
MIN_LETTERS_WITH_AND = 4  # letters of a word in which a first «و» may be "and"
MAX_LINES_TO_TAGS = 8  # lines below the body, of buttons above a list
TAG_MARKS = "#" + BULLETS  # before each item of a list
TAG_KINDS = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.CAPTION})


def below_label(page: Page, label: int) -> list[int]:
    """The lines of the list below the label: short lines, as long as they begin with the same sign."""
    found: list[int] = []
    mark = None
    for i in range(label + 1, len(page.kinds)):
        kind = page.kinds[i]
        if page.open[i] and i == label + 1 and kind is Kind.FURNITURE:
            continue
        sign = page.texts[i][0] if page.texts[i][0] in TAG_MARKS else ""
        if not page.open[i]:
            mark = sign if kind is Kind.TAGS else mark
            continue
        if mark not in (None, sign) or not _may_be_tag(kind, page.texts[i], first=not found) or opens_box(page, i):
            break
        if _is_title(page, page.texts[i]):
            break
        mark = sign
        found.append(i)
    return found


def above_body(page: Page, label: int) -> list[int]:
    """The list below a label between headline and body, if its words are in the text."""
    found = [i for i in below_label(page, label) if i < page.stretch.start]
    return found if found and _is_of_text(page.keys, found, page.said) else []


def on_one_line(page: Page) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """The lines near below the body that hold several tags: behind a label without a colon, or a list of words of the
    text; the tags and the reason."""
    end = page.prose.rfind(1, 0, page.stretch.end) + 1
    for i in range(end, min(end + MAX_LINES_TO_TAGS, len(page.kinds))):
        if not page.open[i] or page.kinds[i] not in TAG_KINDS:
            continue
        found = _behind(page.texts[i], page.keys[i], page)
        if found and _is_of_text([fold(" ".join(found))], [0], page.said):
            yield i, found, "tags behind a label, with nothing between"
        elif listed := _listed(page, page.texts[i]):
            yield i, listed, "a list on one line, of words of the text"


def _listed(page: Page, text: str) -> tuple[str, ...]:
    """The tags of a line without a label, with commas or bars between: short, and words of the text."""
    if text[-1] in SENTENCE_ENDS or not any(map(text.__contains__, COMMAS + BARS)):
        return ()
    found = tags.of_list(text)
    if len({*found}) < MIN_CLOSING_TAGS or any(tag.count(" ") > MAX_TAG_SPACES for tag in found):
        return ()
    return found if _share_in_text(page, " ".join(found)) >= MIN_SHARE_OF_LISTED else ()


def each(page: Page, found: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of a line with a label. A single long one may be several, run together or with nothing between."""
    if len(found) > 1 or found[0].count(" ") < tags.MIN_LISTED_WORDS - 1 or len(found[0]) > tags.MAX_GLUED_CHARS:
        return found
    if _share_in_text(page, found[0]) < MIN_SHARE_IN_TEXT:
        parts = tags.unglued(found[0], page.words, tags.may_be_glued(found[0]))
        if len(parts) > 1:
            return parts
    return tags.phrases(found[0], page.said)


def _is_title(page: Page, text: str) -> bool:
    """Whether a long line has other words than the article: the title of another story below a label without tags."""
    is_one = tags.may_be_glued(text) and len(tags.of_list(text)) == 1
    return is_one and _share_in_text(page, " ".join(tags.unglued(text, page.words))) < MIN_TITLE_SHARE


def _share_in_text(page: Page, text: str) -> float:
    """The share of the words that are words of the article, short ones aside."""
    words = [word for word in fold(text).split() if len(word) > MAX_SHORT_WORD_LETTERS]
    return sum(word in page.words for word in words) / (len(words) or 1)


def _behind(text: str, key: str, page: Page) -> tuple[str, ...]:
    """The tags behind the label that opens the line: apart from it, or run together with it and one another."""
    cut = tags.label_before(text, key, page.settings.vocab.tag_labels)
    if not cut:
        return ()
    if text[cut - 1] != " ":
        return tags.unglued(text[cut:], page.words)
    return each(page, tags.of_list(text[cut:])) if text.count(" ", cut) else ()


def without_label(page: Page) -> tuple[list[int], str]:
    """The short lines right below the body, or at the end of the page, if their words are in it; and the reason."""
    _, end, is_page = page.stretch
    if page.open.find(1, end) < 0:
        return [], ""
    count = len(page.kinds)
    run = _run(page, range(_below_unknown_label(page, end), count)) or _below_buttons(page, end)
    closing = _run(page, range(count - 1, end - 1 + len(run), -1))[::-1]
    weak = _below_weak_label(page, end)
    if not run and len(closing) < MIN_CLOSING_TAGS and not weak:
        return [], ""
    text = fold("\n".join(page.texts[:end]))
    if weak and _is_of_text(page.keys, weak, text, least=MIN_SHARE_BELOW_TOPIC_WORD):
        return weak, "below a label of tags or stories"
    if run and _is_set_apart(page.numbers, run, is_page) and _is_of_text(page.keys, run, text):
        while len(run) > 1 and not _is_of_text(page.keys, run[-1:], page.said, least=MIN_SHARE_OF_ANY):
            del run[-1]  # no tag: what follows the list
        return run, "in a list below the body, of words of the text"
    while len(closing) >= MIN_CLOSING_TAGS:
        if _is_of_text(page.keys, closing, text):
            return closing, "in a list that closes the text, of its words"
        del closing[0]  # a title above the list
    return [], ""


def at_end_of_body(page: Page) -> tuple[list[int], str]:
    """The short lines that end the body, apart from its text, if their words are in it."""
    start, end, _ = page.stretch
    last = page.prose.rfind(1, start, end)
    run = _run(page, range(last + 1, end))
    if not MIN_TAGS_IN_BODY <= len(run) == end - 1 - last or not _is_set_apart(page.numbers, run, is_page=False):
        return [], ""
    return (run, "in a list at the end") if _is_of_text_above(page, run) else ([], "")


def above_blurb(page: Page) -> tuple[list[int], str]:
    """The list of topics above the last line of the body, if that is the blurb of a topic, which is cut off the body.

    The gap above a blurb is wider than those between paragraphs.
    """
    start, end, is_page = page.stretch
    run = _run(page, range(end - 2, start, -1))[::-1]
    if not run or not page.prose[end - 1] or not page.prose[run[0] - 1] or not _is_of_text_above(page, run):
        return [], ""
    gap_above, gap_below = _lines_to_next(page, run[0] - 1), _lines_to_next(page, run[-1])
    paragraphs = [i for i in range(start, run[0] - 1) if page.prose[i] and page.prose[i + 1]]
    usual = max([_lines_to_next(page, i) for i in paragraphs], default=1)
    if gap_below <= usual or gap_above == 1:
        return [], ""
    page.stretch = Stretch(start, run[0], is_page)
    return run, "in a list above the blurb of a topic"


def _lines_to_next(page: Page, i: int) -> int:
    return page.numbers[i + 1] - page.numbers[i]


def _is_of_text_above(page: Page, run: list[int]) -> bool:
    return _is_of_text(page.keys, run, fold("\n".join(page.texts[: run[0]])))


def _below_weak_label(page: Page, end: int) -> list[int]:
    """The list under a word for topics right below the body, which elsewhere is a menu's: «مواضيع»."""
    labels = page.settings.vocab.tag_labels
    for i in range(end, min(end + 2, len(page.kinds))):
        if page.kinds[i] is Kind.FURNITURE and labels.get(letters(page.keys[i])) == "below":
            return below_label(page, i)
    return []


def _below_buttons(page: Page, end: int) -> list[int]:
    """The run below the buttons right below the body, of two tags at least."""
    kinds = page.kinds
    first = end
    while first < min(end + MAX_LINES_TO_TAGS, len(kinds)) and kinds[first] is Kind.FURNITURE:
        first += 1
    run = _run(page, range(first, len(kinds)))
    return run if len(run) > 1 else []


def _below_unknown_label(page: Page, end: int) -> int:
    """The run below a short line with a colon that no list knows, right below the body."""
    if end < len(page.kinds) and page.kinds[end] in TAG_KINDS and page.texts[end][-1] == ":":
        return end + 1 if page.texts[end].count(" ") < MAX_TAG_SPACES else end
    return end


def _may_be_tag(kind: Kind, text: str, first: bool) -> bool:
    """Whether the line is short and no sentence. The first line may be a whole list without separators."""
    if kind not in TAG_KINDS or text[-1] in SENTENCE_ENDS + ":":
        return False
    return text.count(" ") < MAX_TAG_WORDS or (first and tags.may_be_glued(text))


def _run(page: Page, places: Iterable[int]) -> list[int]:
    """The indexes of the tags at the beginning of `places`; empty if there are too many, or one signs the text."""
    run: list[int] = []
    for i in places:
        text = page.texts[i]
        if not page.open[i] or text.count(" ") > MAX_TAG_SPACES or not _may_be_tag(page.kinds[i], text, first=False):
            break
        if page.kinds[i] is Kind.CAPTION:  # so are the lines around
            return []
        if opens_box(page, i) or page.keys[i] in page.authors:  # the box about the author
            break
        run.append(i)
        if len(run) > MAX_TAGS:
            return []
    is_signed = len(run) == 1 and page.kinds[run[0]] in (Kind.BYLINE, Kind.SECTION)
    return [] if is_signed else run  # «القناة/ أ ف ب» signs the text


def _is_set_apart(numbers: Sequence[int], run: list[int], is_page: bool) -> bool:
    """Whether the list is apart from the text: on a page, or below a gap and without gaps itself."""
    first, last = run[0], run[-1]
    gap = numbers[first] - numbers[first - 1] if first else 0
    if len(run) == 1:
        return gap > 1 and (is_page or (first > 1 and numbers[first - 1] - numbers[first - 2] == 1))
    return is_page or (gap > 1 and numbers[last] - numbers[first] < len(run))


def _is_of_text(
    keys: Sequence[str], run: list[int], text: str | tags.ArticleText, least: float = MIN_SHARE_IN_TEXT
) -> bool:
    """Whether at least this share of the words in the run are in the folded text."""
    words = [word for i in run for word in keys[i].split()]
    return sum(_bare(word) in text for word in words) >= least * len(words)


def _bare(word: str) -> str:
    """The word without the Arabic article and «and» before it."""
    return (word[1:] if word[0] == "و" and len(word) > MIN_LETTERS_WITH_AND else word).removeprefix("ال")
