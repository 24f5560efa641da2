"""Lines with hardly any words: addresses, file names, copyright signs, calls to follow, authors of quoted posts.

Knows their signs, and the words before an address. Does not know where a line is on the page.
"""

from __future__ import annotations

from newsparse.lines.looks import Candidate
from newsparse.names import byline
from newsparse.patterns import rare
from newsparse.record import Kind
from newsparse.signs import DASHES, SENTENCE_ENDS
from newsparse.text import fold, letters
from newsparse.words.vocab import Settings, Vocab

MIN_CHARS_BESIDE_ADDRESS = 12  # characters that are more than its label

_URL = rare(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}|@\w{2,40}|\w{2,40}@")
_LINKS = rare(r"(?:\[[^]\[]{0,300}\]\([^()\s]{0,900}\)[\s|»›/•·,،-]{0,9})+")  # of Markdown


def scrap(line: Candidate, settings: Settings) -> tuple[Kind, str, None] | None:
    """The kind of a line that says nothing of its own, and the reason, as a rule of `newsparse.lines.rules`."""
    if line.text[0] in DASHES and "(@" in line.text:  # «— Ministry (@Ministry) May 3, 2024»
        return Kind.BOXED, "whose post is quoted", None
    why = _why_scrap(line, settings.vocab)
    return (Kind.FURNITURE, why, None) if why else None


def _why_scrap(line: Candidate, vocab: Vocab) -> str | None:
    text = line.text
    if len(line.words) < 2:
        return "no words"
    if "©" in text:
        return "copyright"
    if (text[0] == "[" and text[-1] == "]") or text.startswith(("![", "[![", "[ ![")):  # the latter in Markdown
        return "a picture or button in brackets"
    if text[0] == "[" and _LINKS.fullmatch(text):
        return "links"
    if ("/" in text or "@" in text) and _is_address(text) and not _names_person(text, vocab):
        return "an address"
    if "@" in text and letters(fold(text.partition(":")[0])) in vocab.furniture:
        return "where to write to"
    return None


def _is_address(text: str) -> bool:
    """Whether the line is an address, perhaps with a label, or without its beginning: «t.co/AbC»."""
    rest = _URL.sub("", text).strip(" :-|")
    if len(rest) < MIN_CHARS_BESIDE_ADDRESS and len(rest) < len(text):
        return True
    return text.isascii() and " " not in text and "." in text.partition("/")[0]


def _names_person(text: str, vocab: Vocab) -> bool:
    """Whether a person with a listed given name is beside the address."""
    found = byline.read_byline(text, vocab) if " " in text else None
    return found is not None and found.known


def why_call(line: Candidate, vocab: Vocab) -> str | None:
    """The reason why a line is a call to follow: it ends with the name of a button, «تابع … على غوغل نيوز»."""
    first = line.words.partition(" ")[0]
    if vocab.furniture.get(first) != "calls" or line.text[-1] in SENTENCE_ENDS:
        return None
    words = line.words.split()
    is_closed = " ".join(words[-2:]) in vocab.furniture or words[-1] in vocab.furniture
    return f"begins with «{first}», ends in a button's name" if is_closed and len(words) > 2 else None
