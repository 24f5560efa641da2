"""Every regular expression of the package takes linear time: by its form, and measured on its worst inputs.

By its form: no repeat without bound stands inside another, or beside one, where both could take the same characters,
unless a character that the first cannot take must stand between. What is left is measured: a search that begins anew at
each place is quadratic too, where the pattern begins with a repeat.
"""

import ast
import importlib
import itertools
import re
import time
from collections import deque

import modules
import pytest

import newsparse
from newsparse.lines import rules
from newsparse.reading import pagelines
from newsparse.times import lexer

try:
    parser = importlib.import_module("re._parser")
except ModuleNotFoundError:  # Python 3.10
    parser = importlib.import_module("sre_parse")

MODULES = [path for path in modules.MODULES if path.stem != "__main__"]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
FROM_USERS = {
    "settings.split",
    "pattern",
    "text",
    "'|'.join(map(translate, include))",
    "self.pattern",
}  # that are arguments
MADE_INSIDE = {  # patterns that a function puts together of its own names
    "'|'.join(shapes)": lexer._pattern,
    "f\"(?:{'|'.join(offices)})(\\\\w+)\"": lambda: rules._stuck_office(newsparse.settings().vocab),
    "f'(?:^| )(?:{words})(?:$| )'": lambda: re.compile("|".join(name.pattern for _, name in pagelines.AREAS_OF_NAMES)),
}
WALKS = ("search", "sub", "subn", "split", "findall", "finditer")  # that begin anew at each place
CALLS = {"rare", *(f"re.{name}" for name in ("compile", "match", "fullmatch", *WALKS))}
MANY = 1000  # a bound that is none
SAMPLE = {
    *map(chr, range(0x80)),
    *"\xa0\xad\xdf«»Øابيةىکیıİğ–—•…›、。日\u0640\u064b\u0651\u0660\u06f1\u200b\u200c\u200f\u2028\u202b",
}
USUAL = {*" 0a.-:/#<ا\u064b"}
SIZE = 10_000  # characters of an input
LONGEST = 0.05  # seconds of CPU: linear time is a millisecond, quadratic time three times as much and more


def calls():
    """Each call of a function of ``re`` with a pattern: its module, and the call."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                yield modules.name_of(path), node


def is_named(call):
    """Whether the call makes a pattern, and does not use it at once."""
    return ast.unparse(call.func) in ("rare", "re.compile")


def patterns():
    """All patterns of the package: a name, the module, the pattern, and the call that makes it."""
    for stem, call in calls():
        written = ast.unparse(call.args[0])
        if written in FROM_USERS:
            continue
        module = importlib.import_module(f"newsparse.{stem}")
        if written in MADE_INSIDE:
            pattern = MADE_INSIDE[written]()
        else:
            names = dict(vars(module))
            flags = [eval(ast.unparse(flag), names) for flag in call.args[1:] if is_named(call)]
            pattern = re.compile(eval(written, names), *flags)
        yield f"{stem}: {written[:60]}", module, pattern, call


# By form ----------------------------------------------------------------------------------------------------------


def one_of(op, value):
    """Whether a character is taken by an item that takes one."""
    if op == "LITERAL":
        return lambda c: ord(c) == value
    if op == "NOT_LITERAL":
        return lambda c: ord(c) != value
    if op == "RANGE":
        return lambda c: value[0] <= ord(c) <= value[1]
    if op == "CATEGORY":
        name = str(value).removeprefix("CATEGORY_")
        kind = {"DIGIT": str.isdigit, "SPACE": str.isspace, "WORD": lambda c: c.isalnum() or c == "_"}
        found = kind[name.removeprefix("NOT_")]
        return (lambda c: not found(c)) if name.startswith("NOT_") else found
    if op == "IN":
        parts = [one_of(str(part), at) for part, at in value if str(part) != "NEGATE"]
        negated = str(value[0][0]) == "NEGATE"
        return lambda c: any(part(c) for part in parts) != negated
    assert op == "ANY", op
    return lambda c: c != "\n"


def inside(op, value):
    """The sequences inside an item: one, or of a branch several; none in an item that is a character or a place."""
    if op.endswith("_REPEAT"):
        return [value[2]]
    if op == "SUBPATTERN":
        return [value[3]]
    return {"BRANCH": lambda: value[1], "ATOMIC_GROUP": lambda: [value]}.get(op, list)()


def is_place(op):
    return op in ("AT", "ASSERT", "ASSERT_NOT")


def characters(op, value):
    """All characters of the sample that an item may take."""
    if is_place(op):
        return set()
    if found := inside(op, value):
        return set().union(*(characters(str(o), v) for sequence in found for o, v in sequence))
    return set(filter(one_of(op, value), SAMPLE))


def is_unbounded(op, value):
    return op.endswith("_REPEAT") and value[1] >= MANY


def unbounded(op, value):
    """The characters that repeats without bound, in the item or the item itself, take."""
    if is_unbounded(op, value):
        return characters(op, value)
    return set().union(*(unbounded(str(o), v) for sequence in inside(op, value) for o, v in sequence))


def stops(op, value, taken):
    """Whether an item has to take a character that is none of these."""
    if is_place(op) or (op.endswith("_REPEAT") and value[0] == 0):
        return False
    if found := inside(op, value):
        return all(any(stops(str(o), v, taken) for o, v in sequence) for sequence in found)
    return not characters(op, value) & taken


def flat(sequence):
    """The items of a sequence, those of its groups among them."""
    for op, value in sequence:
        if str(op) == "SUBPATTERN":
            yield from flat(value[3])
        else:
            yield str(op), value


def faults(sequence):
    """What in a sequence may take more than linear time."""
    items = list(flat(sequence))
    for place, (op, value) in enumerate(items):
        for part in inside(op, value) + ([value[1]] if op.startswith("ASSERT") else []):
            yield from faults(part)
        taken = unbounded(op, value)
        if op.endswith("_REPEAT") and value[1] > 1:
            body = list(flat(value[2]))
            inner = set().union(*(unbounded(*item) for item in body))
            if inner and not any(stops(*item, inner) for item in body):
                yield f"a repeat inside a repeat, both of {sorted(inner)[:5]}"
        for next_op, next_value in items[place + 1 :] if taken else ():
            if both := taken & unbounded(next_op, next_value):
                yield f"two repeats, both of {sorted(both)[:5]}"
            if stops(next_op, next_value, taken):
                break


def faults_of(pattern):
    source = pattern.pattern
    return list(faults(parser.parse(source, pattern.flags if isinstance(source, str) else pattern.flags & ~re.UNICODE)))


ALL = list(patterns())
BAD = (
    r"(?:a+)+b",
    r"(?:a|b+)*c",
    r"a+a+b",
    r"a*b?a*c",
    r"\s+(?:x|\s)*y",
    r"(\d+|[a-z]\d*){9}",
    r".*x.*y",
    r"(?=\w+\d*-)a",
)
GOOD = (r"a+b+a+", r"(?:-\d+)*", r"\s*(?:[:/]|\s-\s)\s*", r"(\d+)?,\d*", "a{2,9}a+", r"[^\W\d_]+[\d_]*$", r"(?<! ) +x")


@pytest.mark.parametrize("pattern", BAD)
def test_a_pattern_that_may_take_long_is_found(pattern):
    assert faults_of(re.compile(pattern))


@pytest.mark.parametrize("pattern", GOOD)
def test_a_pattern_that_takes_linear_time_is_not_found(pattern):
    assert faults_of(re.compile(pattern)) == []


@pytest.mark.parametrize("pattern", [each[2] for each in ALL], ids=[name for name, *_ in ALL])
def test_no_repeat_without_bound_meets_another_of_the_same_characters(pattern):
    assert faults_of(pattern) == []


# Measured ---------------------------------------------------------------------------------------------------------


def units(pattern):
    """What an input is made of: characters that the pattern takes, alone and by twos, and beginnings of a match."""
    parsed = list(flat(parser.parse(pattern.pattern, pattern.flags)))
    sets = [found for op, value in parsed if (found := characters(op, value))]
    first = [item for found in sets for item in sorted(found & USUAL)[:3] or sorted(found)[:1]]
    singles = list(dict.fromkeys(first))[:8]
    return dict.fromkeys([*singles, *("".join(two) for two in itertools.permutations(singles[:3], 2))])


def seconds(use, text):
    """The least CPU time of up to three readings; one is enough if it is short."""
    least = LONGEST
    for _ in range(3):
        start = time.process_time()
        deque(use(text) if use.__name__ == "finditer" else [use(text)], maxlen=0)
        least = min(least, time.process_time() - start)
        if least < LONGEST:
            break
    return least


def uses(module, pattern, call):
    """How the package may look for the pattern: at each place, unless all that it does is to match at one."""
    if not is_named(call):
        return [pattern.finditer if call.func.attr in WALKS else pattern.fullmatch]
    names = [name for name, value in vars(module).items() if getattr(value, "pattern", None) == pattern.pattern]
    asked = {method for name in names for method in re.findall(rf"\b{name}\.([a-z]+)\(", SOURCE)}
    if not asked or not asked.isdisjoint(WALKS):
        return [pattern.finditer]
    return [getattr(pattern, method) for method in sorted(asked)]


@pytest.mark.parametrize(("module", "pattern", "call"), [each[1:] for each in ALL], ids=[name for name, *_ in ALL])
def test_a_pattern_takes_linear_time_on_its_worst_inputs(module, pattern, call):
    slow = []
    for unit in units(pattern):
        text = unit * (SIZE // len(unit)) + "\0"
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        slow += [unit for use in uses(module, pattern, call) if seconds(use, text) >= LONGEST]
    assert slow == []
