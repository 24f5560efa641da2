"""Bodies that end in the middle of a sentence, as in a file that was cut.

Knows how sentences end. A text may also end without a full stop by habit, with a source or a link. So a body counts as
cut only if nothing follows it, its other paragraphs end like sentences, and some words of prose follow the last
sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.signs import CLOSERS, COLONS, COMMAS, SENTENCE_ENDS

MIN_PARAGRAPH_CHARS = 60  # shorter ones are sub-heads, names and the like
MIN_SHARE_ENDED = 0.8  # of the other paragraphs; else the text does without full stops
MIN_WORDS_BEHIND = 4  # behind the last sentence; fewer are a source or a place
MAX_CHARS_BEHIND = 600  # more is the style of someone who writes without full stops
NO_PROSE = ("#", "@", "://", "www.", "|", "*")


def is_cut(paragraphs: Sequence[str]) -> bool:
    """Whether the last paragraph lacks its end, and nothing follows it."""
    last = paragraphs[-1].rstrip()
    if last[-1] in CLOSERS + COLONS + SENTENCE_ENDS or len(last) < MIN_PARAGRAPH_CHARS:
        return False
    behind = last[max(last.rfind(f"{sign} ") for sign in SENTENCE_ENDS) + 1 :]
    if len(behind) > MAX_CHARS_BEHIND or any(sign in behind for sign in NO_PROSE):
        return False
    if last[-1] in COMMAS:
        return True
    others = [text.rstrip(CLOSERS) for text in paragraphs[:-1] if len(text) >= MIN_PARAGRAPH_CHARS]
    ended = sum(text[-1:] in SENTENCE_ENDS for text in others)
    is_usual = ended > 0 and ended >= MIN_SHARE_ENDED * len(others)
    return is_usual and len(behind.split()) >= MIN_WORDS_BEHIND
