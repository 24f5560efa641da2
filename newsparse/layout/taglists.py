"""Lists of tags: below a label, or below the body without one, by their shape and words.

Knows kinds of lines, their signs and gaps, and the words of the text. How one line of tags is cut is known by
`newsparse.lines.tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsparse.layout.boxes import opens_box
from newsparse.layout.page import Page
from newsparse.lines import tags
from newsparse.record import Kind
from newsparse.signs import BULLETS, SENTENCE_ENDS
from newsparse.text import fold, letters

MAX_TAG_WORDS = 6  # of a tag under a label
MAX_TAG_SPACES = 3  # in a tag without a label
MAX_TAGS = 25  # of a list without a label
MIN_CLOSING_TAGS = 3  # tags of a list that closes the text
MIN_SHARE_IN_TEXT = 0.7  # of the words of a list without a label stand in the text
MIN_SHARE_BELOW_TOPIC_WORD = 0.2  # of them, below a word for topics
MIN_SHARE_OF_ANY = 0.01  # of the words: one of them is enough
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
        mark = sign
        found.append(i)
    return found


def above_body(page: Page, label: int) -> list[int]:
    """The list below a label between headline and body, if its words are in the text."""
    found = [i for i in below_label(page, label) if i < page.stretch.start]
    return found if found and _is_of_text(page.keys, found, page.said) else []


def behind_label(page: Page) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines near below the body that a label of tags opens, without a colon, and the tags, words of the text."""
    end = page.stretch.end
    for i in range(end, min(end + MAX_LINES_TO_TAGS, len(page.kinds))):
        if page.open[i] and page.kinds[i] in TAG_KINDS:
            found = _behind(page.texts[i], page.keys[i], page)
            if found and _is_of_text([fold(" ".join(found))], [0], page.said):
                yield i, found


def _behind(text: str, key: str, page: Page) -> tuple[str, ...]:
    """The tags behind the label that opens the line: apart from it, or run together with it and one another."""
    cut = tags.label_before(text, key, page.settings.vocab.tag_labels)
    if not cut:
        return ()
    if text[cut - 1] != " ":
        return tags.unglued(text[cut:], page.words)
    return tags.phrases(text[cut:], page.said) if text.count(" ", cut) else ()


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
    """Past a short line with a colon that no list knows, right below the body."""
    if end < len(page.kinds) and page.kinds[end] in TAG_KINDS and page.texts[end][-1] == ":":
        return end + 1 if page.texts[end].count(" ") < MAX_TAG_SPACES else end
    return end


def _may_be_tag(kind: Kind, text: str, first: bool) -> bool:
    """Whether the line is short and no sentence. The first line may be a whole list without separators."""
    if kind not in TAG_KINDS or text[-1] in SENTENCE_ENDS + ":":
        return False
    return text.count(" ") < MAX_TAG_WORDS or (first and tags.may_be_glued(text))


def _run(page: Page, places: Iterable[int]) -> list[int]:
    """The first of the places that may be tags; none if there are too many."""
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
