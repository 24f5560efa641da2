"""The house keeps its order: who imports whom, how long things are, how the words stand in their files."""

import ast
import re
import statistics
import subprocess
import sys
from itertools import pairwise

import pytest
from modules import MODULES, NAMES, PACKAGE, imported, name_of, own, tree

from newsparse.text import fold, letters
from newsparse.words import vocab
from newsparse.words.vocab import OF_PAGES

DATA = sorted(PACKAGE.glob("data/*.toml"))


def test_no_module_imports_one_that_imports_it():
    graph = {name: own(imported(ast.walk(tree(path)))) for name, path in NAMES.items()}
    done, order = set(), []
    while len(done) < len(graph):
        ready = sorted(name for name, needs in graph.items() if name not in done and needs <= done)
        assert ready, f"a circle among {sorted(set(graph) - done)}"
        done.update(ready)
        order += ready
    assert order.index("record") < order.index("lines.classify") < order.index("layout.grammar")


@pytest.mark.parametrize(("package", "only"), [("rich", {"showing.show"}), ("click", {"running.cli"})])
def test_one_module_alone_imports(package, only):
    users = {
        name
        for name, path in NAMES.items()
        if any(used.split(".")[0] == package for used in imported(ast.walk(tree(path))))
    }
    assert users <= only


LAZY = (
    "rich dateutil hijridate pyarabic csv tempfile tomllib tomli concurrent.futures multiprocessing logging"
    " importlib.metadata jinja2 pyarrow xlsxwriter zoneinfo sqlite3 lxml newsparse.markup"
)


def test_a_plain_run_imports_nothing_that_it_does_not_use(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("عنوان الخبر الأول اليوم\n\n13:2217/09/2024\n\nقال الوزير إن العمل بدأ.\n", encoding="utf-8")
    code = (
        "import os, sys\nfrom newsparse.__main__ import main\nos._exit = sys.exit\n"
        "sys.argv = ['newsparse', sys.argv[1]]\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([m for m in {LAZY.split()!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(article)], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]"), done.stderr


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield node, (body[-1].end_lineno - body[0].lineno + 1 if body else 0)


def test_functions_are_short():
    lengths = {f"{path.name}:{node.name}": size for path in MODULES for node, size in functions(path)}
    assert statistics.median(lengths.values()) <= 12
    assert [name for name, size in lengths.items() if size > 60] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_know_and_end_in_time(path):
    assert ast.get_docstring(tree(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 700  # one subject, read at one time


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_words_are_sorted_without_duplicates(path):
    content = path.read_text(encoding="utf-8")
    for name, column in vocab.read_toml(content).items():
        words = column.words.split("\n")
        misplaced = [word for before, word in pairwise(words) if word < before]
        assert misplaced == [], f"[{name}] is not in the order of the characters' numbers, as Python sorts"
        folded = [fold(word) for word in words]
        assert len(folded) == len(set(folded)), f"[{name}] {[w for w in folded if folded.count(w) > 1]}"


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_the_short_reader_reads_what_toml_says(path):
    content = path.read_text(encoding="utf-8")
    columns = {name: vocab.column(entries) for name, entries in vocab.read_plain(content).items()}
    assert columns == vocab.read_toml(content)


ON_PAGES = ("boxes", "captions", "endings", "furniture", "skip_links", "tag_labels")


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_no_word_of_pages_has_the_name_of_an_outlet(path):
    known = vocab.shipped()
    names = {fold(name) for key, (_, *others) in known.agencies.items() for name in (key, *others) if len(name) > 3}
    names -= known.ambiguous_agencies.keys()
    tables = vocab.read_toml(path.read_text(encoding="utf-8"))
    words = [fold(word) for table in ON_PAGES if table in tables for word in tables[table].words.split("\n")]
    assert [word for word in words for name in names if f" {name} " in f" {word} "] == []


@pytest.mark.parametrize("table", sorted(OF_PAGES))
def test_words_of_pages_are_found_by_their_letters(table):
    words = getattr(vocab.shipped(), table)  # of what only opens a line, the letters are taken where it is asked for
    assert [word for word, value in words.items() if value != "opens" and letters(word) != word] == []


def test_no_word_stands_inside_a_regular_expression():
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("rare", "re.compile", "re.sub", "re.search"):
                pattern = ast.unparse(node.args[0])
                assert not re.search("[\u0621-\u064a]{3}", pattern), f"{path.name}: {pattern}"


BY_ROLE = {"main", "rows", "Table", "explained"}  # entry points, readers, table files; the library's twin of a function
UNITLESS = re.compile(r"(LONGEST|SHORTEST|MOST|LEAST|FEWEST|NEAREST|FARTHEST)(_|$)")


def definitions():
    """The public names that modules define: for each the module, and its value where it is a constant."""
    for name, path in NAMES.items():
        for node in tree(path).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                yield node.name, name, None
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for part in ast.walk(ast.Module([ast.Expr(target) for target in targets], [])):
                    if isinstance(part, ast.Name):
                        yield part.id, name, ast.unparse(node.value) if node.value else None


def test_no_name_is_defined_twice_with_different_meanings():
    found = {}
    for name, module, value in definitions():
        if not name.startswith("_") and name not in BY_ROLE and module != "arabic":  # which a test holds equal to signs
            found.setdefault(name, {}).setdefault(value if value else module, []).append(module)
    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert {name: p for name, p in twice.items() if not any(str(value).endswith(f".{name}") for value in p)} == {}


def test_constants_say_their_unit():
    assert [f"{module}.{name}" for name, module, _ in definitions() if UNITLESS.match(name)] == []
