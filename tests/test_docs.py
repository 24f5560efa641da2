"""README and docs/ say what is so: the examples print what stands there, the tables hold what the program has.

After a change that is meant, ``python tests/doc_pages.py`` writes the examples' new output into the pages.
"""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest
from doc_pages import DOCS, PAGES, README, ROOT, Block, blocks, literals, missing, run, runnable, table

import newsparse
from newsparse.reading import read
from newsparse.record import FIELDS, Type
from newsparse.running import cli, command
from newsparse.stream import split
from newsparse.writing import write

TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
REFERENCE = DOCS / "reference"
EXAMPLES = runnable()
HERE = [block for block in EXAMPLES if not missing(block)]  # jq, DuckDB, ... are not everywhere
OPTIONS = {name for param in cli.newsparse.params for name in (*param.opts, *param.secondary_opts) if name[0] == "-"}


@pytest.mark.parametrize("block", HERE, ids=lambda block: block.name)
def test_an_example_prints_what_stands_there(block: Block, tmp_path: Path) -> None:
    assert run(block, tmp_path) == block.text


def test_examples_that_need_nothing_else_are_run() -> None:
    assert len(EXAMPLES) >= 20
    assert EXAMPLES[0] in HERE
    assert len(HERE) >= 8


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 250


def test_an_example_that_is_wrong_is_found(tmp_path: Path) -> None:
    said = Block(README, 1, "console", "$ echo one | tr o 0\none\n")
    assert run(said, tmp_path) == "$ echo one | tr o 0\n0ne\n"
    assert missing(Block(README, 1, "console", "$ echo | no-tool | cat && neither 'a | b'\n")) == {"no-tool", "neither"}
    typed = ">>> import json\n>>> import re, no_such_package as n, json\n"
    assert missing(Block(README, 1, "pycon", typed)) == {"no_such_package"}


def test_the_two_commands_of_a_fresh_clone_stand_there_and_are_run() -> None:
    (typed,) = [block.text for block in blocks(README) if block.language == "sh"]
    assert typed in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_what_is_not_run_is_no_example_of_the_command() -> None:
    """Blocks of other languages: the two commands of a clone, cron's and systemd's files, programs of tests/scale."""
    languages = {block.language for page in PAGES for block in blocks(page)}
    assert languages <= {"console", "pycon", "", "sh", "ini", "mermaid", "python", "toml"}
    silent = [block for page in PAGES for block in blocks(page) if block.language in ("", "sh")]
    assert [block.name for block in silent if re.search("(?<!bin/)newsparse (samples|--)", block.text)] == []


def test_every_option_stands_here_or_in_the_man_page() -> None:
    page = (ROOT / "docs" / "newsparse.1").read_text(encoding="utf-8").replace("\\-", "-")
    assert {"--append", "-u", "--no-progress", "--help"} <= OPTIONS
    assert [name for name in OPTIONS if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT + page)] == []


def test_no_option_stands_here_that_there_is_not() -> None:
    lines = [line for page in PAGES for block in blocks(page) for line in block.text.splitlines()]
    typed = [line for line in lines if re.search(r"(^|[ /])newsparse ", line)]
    typed += [text for text in literals(TEXT) if text.startswith("newsparse ")]
    used = {word for line in typed for word in re.findall(r"(?<= )--[a-z][a-z-]+", _of_newsparse(line))}
    assert len(used) >= 10
    assert used <= OPTIONS


def _of_newsparse(line: str) -> str:
    """The parts of a pipeline that call newsparse."""
    return " ".join(part for part in re.split(r" [|&]+ ", line) if "newsparse " in part)


def test_the_exit_statuses_are_those_of_the_command() -> None:
    told = [int(status) for status, _ in table(REFERENCE / "exit-statuses.md")]
    known = [command.NO_RECORD, command.MISUSED, command.WARNED, command.UNWRITTEN, command.CLOSED_PIPE]
    assert sorted(told) == sorted([0, *known, 130])


def test_the_limits_are_those_of_the_program() -> None:
    told = " ".join(TEXT.split())
    assert f"{read.size_in_words(read.MAX_LINE_BYTES)} in one line, {split.MAX_ARTICLE_LINES:,} lines" in told
    assert f"or {split.MAX_HELD_CHARS >> 20} Mi characters in one article" in told
    assert f"{read.size_in_words(read.ReadOptions().max_size)} out of one input" in told


@pytest.mark.parametrize(
    "page", [DOCS / "architecture.md", *sorted(REFERENCE.glob("*.md"))], ids=lambda page: page.stem
)
def test_the_tables_of_the_reference_are_up_to_date(page: Path) -> None:
    updated = runpy.run_path(str(DOCS / "make_reference.py"))["updated"]
    text = page.read_text(encoding="utf-8")
    assert updated(text) == text, "run python docs/make_reference.py"


@pytest.mark.parametrize("form", ["ninjs", "jsonld"])
def test_the_keys_of_a_standard_are_those_of_the_table(form: str) -> None:
    texts = {field.name: ("نص",) if field.type.is_list else "نص" for field in FIELDS}
    times = {field.name: "2024-12-09" for field in FIELDS if field.type is Type.TIME}
    full = newsparse.Article(**{**texts, **times, "dropped": (), "line": 1})
    written = json.loads(write.encoder_of(form, keep=("url",)).encode(full, {"url": "https://example.org/1"}))
    always = {"ninjs": {"type", "standard"}, "jsonld": {"@context", "@type", "url"}}
    assert {key for field in FIELDS for key in getattr(field, form)} | always[form] == set(written)


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CHANGELOG.md"]:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if "://" not in target:
                name, _, anchor = target.partition("#")
                other = page.parent / name if name else page
                assert other.exists(), f"{page.name}: {target}"
                assert not anchor or anchor in _anchors(other.read_text(encoding="utf-8")), f"{page.name}: {target}"


def _anchors(text: str) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
