"""What is worked out once for all lines of one layout: a feed prints one layout thousands of times.

A layout is a line with 0 for each of its digits: «00:0000/00/0000, الثلاثاء». It says which words the line has, which
parts of it are day, month, year, clock and zone, and what stands beside them; all but the numbers. So of a further line
of a layout that was seen, the numbers are cut out by their places, and nothing else is looked for. Does not know what
numbers say (`newsparse.times.parts`), nor how the parts go together (`newsparse.times.groups`).
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from newsparse.memory import Memory
from newsparse.patterns import rare
from newsparse.times.beside import Neighbour, may_stand, rest_of
from newsparse.times.gate import DIGIT, is_spelled_out, may_hold_time
from newsparse.times.parts import Field, field_of
from newsparse.times.plain import Plain, plain_of
from newsparse.times.shapes import plan
from newsparse.times.tokens import Spelled, single_spaced, spell, words_of
from newsparse.words.vocab import Vocab

ISO_8601, ENGLISH = "ISO 8601", "English"

_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_EASTERN_ZEROS = str.maketrans("١٢٣٤٥٦٧٨٩۱۲۳۴۵۶۷۸۹", "٠" * 9 + "۰" * 9)
_NUMBERED = re.compile("[mi] ?0(?!0)")
ISO_FORM = rare(r"\d{8}T\d{2}(?:\d{2}){0,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{4}-?W\d\d(?:-?[1-7])?", re.ASCII)


class Layout(NamedTuple):
    """What all lines of one layout have in common.

    fields: the parts that say something; none where no shape fits.
    are_one: no kind of part stands twice: they are of one stamp.
    beside: what stands beside the stamps; its places in the line where it has digits, which are the line's own.
    standard: ISO_8601 or ENGLISH where the line may be one of the forms that no shape has, else "".
    plain: how the lines are read that leave nothing to decide, where that is known beforehand; and `rest`, what is
        left of them beside the stamp.
    numbered: where digits stand that are part of a month's name; then nothing else is known of the line.
    """

    fields: tuple[Field, ...]
    are_one: bool
    beside: tuple[Neighbour, ...]
    places: tuple[slice, ...]
    standard: str = ""
    plain: Plain | None = None
    rest: str = ""
    numbered: tuple[int, ...] = ()

    def neighbours(self, text: str) -> tuple[Neighbour, ...]:
        """What stands beside the stamps in the line."""
        if not self.places:
            return self.beside
        pairs = zip(self.beside, self.places, strict=True)
        return tuple([neighbour._replace(text=text[place]) for neighbour, place in pairs])


def layout_of(text: str, vocab: Vocab) -> Layout | None:
    """The layout of a visible line; None where no line of it is a timestamp."""
    digit = DIGIT.search(text)
    if digit is None and not is_spelled_out(text, vocab):
        return None
    zeros = text.translate(_EASTERN_ZEROS) if digit and digit[0] > "9" else text
    key = zeros.encode("utf-8", "surrogatepass").translate(_ZEROS)
    found = _layouts(vocab)[key]
    return _numbered(text, key, found.numbered, vocab) if found and found.numbered else found


@lru_cache(maxsize=8)
def _layouts(vocab: Vocab) -> Memory[bytes, Layout | None]:
    """Layouts by their text in UTF-8; None for those of no timestamp, whatever their digits are."""
    return Memory(partial(_first_seen, vocab=vocab))


def _first_seen(key: bytes, vocab: Vocab) -> Layout | None:
    """The layout that is met for the first time."""
    text = key.decode("utf-8", "surrogatepass")
    spelled = spell(text, words_of(vocab)) if may_hold_time(text, vocab) else None
    if spelled is None:
        return None
    numbered = [spelled.places[found.end() - 1] for found in _NUMBERED.finditer(spelled.skeleton)]
    return Layout((), False, (), (), numbered=tuple(numbered)) if numbered else worked_out(spelled, vocab)


def _numbered(text: str, key: bytes, places: tuple[int, ...], vocab: Vocab) -> Layout | None:
    """The layout of a line with «تشرين 1» or «تشرين 2»: the digits at these places are part of its words."""
    text, zeros = single_spaced(text), single_spaced(key.decode("utf-8", "surrogatepass"))
    for place in places:
        zeros = zeros[:place] + text[place] + zeros[place + 1 :]
    return _with_numbers(vocab)[zeros]


@lru_cache(maxsize=8)
def _with_numbers(vocab: Vocab) -> Memory[str, Layout | None]:
    """The layouts of such lines, by their text with these digits."""
    return Memory(lambda text: worked_out(spell(text, words_of(vocab)), vocab))


def worked_out(spelled: Spelled | None, vocab: Vocab) -> Layout | None:
    """The layout of the spelled line; None for one with too many unknown words, or whose digits no shape takes."""
    if spelled is None:
        return None
    standard = _standard(spelled)
    parts, stretches, are_one = plan(spelled.skeleton)
    if stretches is None:
        return Layout((), False, (), (), standard) if standard else None
    text, places = spelled.text, spelled.places
    fields = tuple([field_of(part, spelled, places) for part in parts])
    cuts = tuple([slice(places[stretch.start], places[stretch.end]) for stretch in stretches])
    beside = tuple(
        [
            Neighbour(text[cut], stretch.sign, stretch.leads, stretch.labelled)
            for cut, stretch in zip(cuts, stretches, strict=True)
        ]
    )
    if not any(DIGIT.search(neighbour.text) for neighbour in beside):
        cuts = ()
    simple = plain_of(fields) if are_one and not cuts else None
    if simple and beside and not may_stand(beside, simple.proof, vocab):
        if not standard:
            return None
        simple = None
    return Layout(fields, are_one, beside, cuts, standard, simple, rest_of(beside))


def _standard(spelled: Spelled) -> str:
    """Which of the forms that python-dateutil reads the line may have."""
    text, code = spelled.text.strip(), spelled.code
    if ISO_FORM.fullmatch(text.replace("0", "1")):
        return ISO_8601
    return ENGLISH if text.isascii() and "M" in code and "X" not in code and "E" not in code else ""
