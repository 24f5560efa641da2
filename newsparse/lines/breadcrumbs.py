"""Breadcrumbs: a line with the path of a page in its site, «الرئيسية » رياضة » كرة القدم», perhaps with the headline.

Knows the signs between steps, and the length of a step. Which section is the article's, `newsparse.layout` decides.
"""

from __future__ import annotations

from typing import NamedTuple

from newsparse.lines.looks import Candidate
from newsparse.names import byline
from newsparse.signs import ARROWS, STEPS
from newsparse.text import fold, letters
from newsparse.words.vocab import Vocab

WEAK_STEP_SIGNS = "/|"  # which stand in bylines and headlines too
MAX_STEP_CHARS, MAX_STEP_SPACES = 29, 2  # characters, and spaces, of a step
MIN_MENU_RUBRICS = 3  # listed sections between bars: a menu, which has no path
MIN_STEPS, MIN_SURE_STEPS = 3, 2  # «عاجل | …» is a headline


class Steps(NamedTuple):
    """A breadcrumb: the sign between its steps, and the section at its end; None if there is none, as in a menu."""

    sign: str
    rubric: str | None


def read_breadcrumb(line: Candidate, vocab: Vocab) -> Steps | None:
    """The breadcrumb in a line; None if it is none."""
    has_quotation = "«" in line.text and "»" in line.text
    for sign in STEPS:
        if sign not in line.text or (has_quotation and sign not in WEAK_STEP_SIGNS):
            continue
        steps = [step for part in line.text.split(sign) if (step := part.strip(" -"))]
        short = [step for step in steps if step.count(" ") <= MAX_STEP_SPACES and len(step) <= MAX_STEP_CHARS]
        is_from_home = len(steps) > 1 and letters(fold(steps[0])) in vocab.furniture
        if not (short == steps or (is_from_home and short == steps[:-1])):
            continue
        is_sure = sign in ARROWS or (is_from_home and short == steps)
        if len(steps) < (MIN_SURE_STEPS if is_sure else MIN_STEPS):
            continue
        if sign in WEAK_STEP_SIGNS and _is_byline(line, steps[0], is_from_home, vocab):
            return None
        rubrics = [step for step in short if letters(fold(step)) not in vocab.furniture]
        listed = sum(letters(fold(step)) in vocab.sections for step in rubrics)
        is_menu = sign in WEAK_STEP_SIGNS and listed >= MIN_MENU_RUBRICS
        return Steps(sign, rubrics[-1] if rubrics and not is_menu else None)
    return None


def _is_byline(line: Candidate, first: str, is_from_home: bool, vocab: Vocab) -> bool:
    """Whether the steps are a byline: «جنيف / سامي عبد الرؤوف / الأناضول», "haz/AFP/dpa", «متابعة / الصحيفة»."""
    if is_from_home and letters(fold(first)) not in vocab.desks:
        return False
    found = byline.read_byline(line.text, vocab, line.key)
    return found is not None and (found.certain or found.agencies != ())
