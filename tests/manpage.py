"""Writes docs/newsparse.1 from the options themselves: ``python tests/manpage.py``. A test holds the two equal."""

from __future__ import annotations

import re
from pathlib import Path

import click

from newsparse.running import cli, command

PAGE = Path(__file__).parents[1] / "docs" / "newsparse.1"
EXAMPLES = (
    ("One article, its headline:", "newsparse article.txt | jq -r .headline"),
    ("A folder, as a table that Excel opens right:", "newsparse articles/ --excel -o news.csv"),
    ("What came in since yesterday, added to what is there, nothing twice:",
     "find inbox -name '*.txt' -mtime -1 -print0 | newsparse -0 -T - -o news.jsonl --append --unique"),
    ("Why is this line not in the body?", "newsparse --explain -v article.txt"),
    ("Completion of options and their values, in ~/.bashrc:", 'eval "$(newsparse --completion bash)"'),
)  # fmt: skip
STATUSES = re.findall(r"(\d+|death by SIGINT) ([^;]+?)[;.] ?", cli.STATUSES.removeprefix("Exit status: "))


def roff(text: str) -> str:
    """The text as groff prints it unchanged."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", r"\e").replace("-", r"\-"), flags=re.MULTILINE)


def options() -> list[str]:
    """The groups of options, in the order of the help."""
    context = click.Context(cli.newsparse)
    lines: list[str] = []
    for group, options in cli.OPTION_GROUPS.items():
        lines.append(f".SS {group}")
        for option in options:
            if record := option.get_help_record(context):
                lines += [".TP", f".B {roff(record[0])}", roff(record[1].replace("  [", " ["))]
    return lines


def page() -> str:
    """The whole manual page."""
    lines = [
        '.TH NEWSPARSE 1 "" "newsparse" "User Commands"',
        ".SH NAME",
        r"newsparse \- raw scraped text of news in, clean records out",
        ".SH SYNOPSIS",
        ".B newsparse",
        r"[\fIOPTION\fR]... [\fIPATH\fR]...",
        ".SH DESCRIPTION",
        *(roff(cli.SUMMARY), ".PP", roff(cli.PATHS)),
        ".SH OPTIONS",
        *options(),
        ".SH ENVIRONMENT",
        *(roff(cli.VARIABLES), "NO_COLOR, FORCE_COLOR and TERM are honoured."),
        ".SH EXIT STATUS",
    ]
    for status, meaning in STATUSES:
        lines += [".TP", f".B {status}", roff(meaning)]
    lines.append(".SH EXAMPLES")
    for what, example in EXAMPLES:
        lines += [".PP", roff(what), ".PP", ".nf", ".RS", roff(example), ".RE", ".fi"]
    lines += [".SH SEE ALSO", r"\fBjq\fR(1), \fBfind\fR(1), \fBxargs\fR(1)"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{command.version_text()}: {PAGE}")
