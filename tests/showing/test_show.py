"""Views for a terminal: nothing in an input acts, nothing moves but on a terminal, and --explain tells the truth."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import struct
import termios
from contextlib import contextmanager
from itertools import groupby

import command
import pytest
from gold import SAMPLES

import newsparse
from newsparse.record import Kind, Line, Role
from newsparse.showing import show
from newsparse.showing.messages import Tally
from newsparse.showing.show import Progress
from newsparse.text import fold

HOSTILE = "a\x1b[31mred\x1b]8;;http://x\x07 [red]b[/red] [/x] \x9b31m \u202eevil\u2066 \u2028 \x00\tend\\"
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ISOLATES = re.compile("[\u2066-\u2069]")

LINES = [
    Line(1, "الميناء يستقبل أول سفينة", "", Kind.SHORT, Role.HEADLINE, "first line"),
    Line(3, "الثلاثاء 13:22", "", Kind.STAMP, Role.PUBLISHED, "«الثلاثاء» and a clock", {"published": "2024-09-17"}),
    Line(5, "استقبل الميناء صباح اليوم أول سفينة منذ أعوام. " * 9, "", Kind.PARAGRAPH, Role.BODY, "long"),
    Line(7, HOSTILE, "", Kind.SHORT, Role.OTHER, "below the article"),
]


# What cannot act on the reader ------------------------------------------------------------------------------------


def test_inert_spells_out_what_acts_and_nothing_else():
    assert show.inert("\x1b[0m\x9b\n\u202e\ud800") == "\\x1b[0m\\x9b\\n\\u202e\\ud800"
    harmless = "می\u200cخواهد 👨\u200d👩 ١٢٪ «نص» مُشَكَّل\u200f"
    assert show.inert(harmless) == harmless


@pytest.mark.parametrize(
    ("mode", "terminal", "environ", "data", "wanted"),
    [
        ("auto", True, {}, False, True),
        ("auto", False, {}, False, False),
        ("auto", True, {"NO_COLOR": "1"}, False, False),
        ("auto", True, {"NO_COLOR": ""}, False, True),
        ("auto", True, {"TERM": "dumb"}, False, False),
        ("auto", False, {"FORCE_COLOR": "1"}, False, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False, False),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True, False),
        ("auto", True, {}, True, True),
        ("always", False, {"NO_COLOR": "1"}, True, True),
        ("never", True, {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_color(mode, terminal, environ, data, wanted):
    with terminal_and_pipe() as (tty, pipe):
        assert show.use_color(mode, tty if terminal else pipe, environ, data=data) is wanted


def test_a_closed_stream_is_no_terminal():
    stream = io.StringIO()
    stream.close()
    assert not show.is_terminal(stream)
    assert not show.is_terminal(None)


# The explained lines ----------------------------------------------------------------------------------------------


def test_tsv_has_four_cells_a_line_whatever_stands_in_them():
    rows = show.explain_tsv("in\t\n\x1b.txt", LINES).decode().split("\n")
    assert rows.pop() == ""
    cells = [row.split("\t") for row in rows]
    assert [len(row) for row in cells] == [4] * len(LINES)
    assert [row[:2] for row in cells][:2] == [
        ["in\\t\\n\\x1b.txt:1", "headline"],
        ["in\\t\\n\\x1b.txt:3", "published"],
    ]
    assert not ACTING.search("".join(rows))
    assert cells[3][3].endswith("\\tend\\\\")


def rebuilt(rows):
    """The lines that `explain_json` wrote."""
    for row in map(json.loads, rows):
        kind, role = Kind(row["kind"]), Role(row["role"])
        yield Line(row["line"], row["text"], fold(row["text"]), kind, role, row["reason"], row["gives"])


def test_json_has_an_object_a_line_that_gives_the_line_back():
    data = show.explain_json("a.txt", LINES)
    assert not ACTING.search(data.decode().replace("\n", ""))
    rows = [json.loads(row) for row in data.decode().splitlines()]
    assert list(rows[1]) == ["source", "line", "role", "kind", "reason", "gives", "text"]
    assert rows[1]["gives"] == {"published": "2024-09-17"}
    back = list(rebuilt(data.splitlines()))
    assert [line._replace(key="") for line in back] == LINES


def test_the_explanation_is_the_computation():
    """Each sample's record is made again from what --explain printed of it, and from nothing else."""
    records = command.newsparse(SAMPLES, "--split", "none").records
    rows = command.newsparse(SAMPLES, "--split", "none", "--explain", "--to", "jsonl").out.splitlines()
    again = [
        newsparse.article(rebuilt(group), source).to_dict()
        for source, group in groupby(rows, lambda row: json.loads(row)["source"])
    ]
    assert len(records) > 60
    assert again == records


def test_table_has_number_and_role_first_and_the_text_last():
    rows = show.explain_table("a.txt", LINES, width=60).split("\n")
    assert rows[0] == "a.txt"
    assert rows[1::2][:2] == ["1  headline   الميناء يستقبل أول سفينة", "3  published  الثلاثاء 13:22"]
    assert rows[6].startswith("5  body       استقبل الميناء")
    assert "".join(rows).count("استقبل الميناء") == 9, "a long text is wrapped, not cut"
    assert max(map(len, rows)) <= 60
    assert rows[-2:] == ["", ""]
    assert not any(row.endswith((" ", "|", "│", "┃")) for row in rows)


def test_table_with_reasons_below_the_text():
    rows = [row.strip() for row in show.explain_table("a.txt", LINES, width=60).split("\n")]
    assert rows[2] == "short: first line"
    assert rows[4:6] == ["stamp: «الثلاثاء» and a clock", "→ published: 2024-09-17"]


def test_a_run_of_body_lines_is_folded():
    lines = [Line(n, f"فقرة {n}", "", Kind.PARAGRAPH, Role.BODY, "long") for n in range(1, 8)]
    folded = show.explain_table("a.txt", lines, width=60)
    assert "5 more lines (-v shows them)" in folded
    assert "فقرة 1" in folded and "فقرة 7" in folded and "فقرة 4" not in folded
    assert "فقرة 4" in show.explain_table("a.txt", lines, width=60, verbose=True)
    assert "more" not in show.explain_table("a.txt", lines[:3], width=60)


def test_nothing_in_a_table_acts(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    for color in (False, True):
        table = show.explain_table(HOSTILE, LINES, verbose=True, width=200, color=color)
        plain = re.sub("\x1b\\[[0-9;]*m", "", table) if color else table
        assert not ACTING.search(plain)
        assert not ISOLATES.search(table)
        assert "[red]b[/red] [/x]" in plain
        assert ("\x1b[" in table) is color


def test_an_endless_line_is_cut_at_once():
    line = Line(1, "ن" * 10_000_000, "", Kind.PARAGRAPH, Role.BODY, "long")
    assert len(show.explain_table("-", [line], width=80)) < 2 * show.MAX_SHOWN_CHARS


# The summary of a run ---------------------------------------------------------------------------------------------


def test_a_tally_counts_records_fields_and_warnings():
    tally = Tally()
    for text in ("عنوان الخبر الأول\n\n" + "قال الوزير إن العمل بدأ اليوم في المدينة. " * 4, "", "x"):
        tally.count(newsparse.article(newsparse.explain(text), "-"))
    assert (tally.records, tally.warned) == (3, 2)
    assert tally.share("body") == pytest.approx(1 / 3)
    assert dict(tally.by_code())["body.missing"] == 2


def test_the_report_counts_inputs_and_failures(tmp_path):
    (tmp_path / "0.txt").write_text("عنوان الخبر الأول", encoding="utf-8")
    (tmp_path / "1.jsonl").write_text('{"text": "خبر"}\n{"text": "x"}\n{\n', encoding="utf-8")
    command.newsparse("0.txt", "1.jsonl", "2.txt", "--report", "page.html", cwd=tmp_path)
    assert "Articles: 3 · Inputs: 3 · Failed: 2" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_stats_table_is_small_and_says_it_all():
    stats = Tally()
    stats.inputs, stats.records, stats.failures = 1234, 1000, 3
    stats.found.update(headline=999, agency=500)
    stats.warnings.update({"headline.missing": 1, "published.\x1b[31m": 7})
    table = stats.table(seconds=2.0)
    rows = [row.split() for row in table.split("\n")]
    assert ["inputs", "1,234"] in rows
    assert rows[1][:4] == ["records", "1,000", "500", "a"]
    assert ["failures", "3"] in rows
    assert [row[:4] for row in rows if "999" in row] == [["headline", "999", "99", "%"]]
    assert ["headline.missing", "1", "1", "%"] in rows
    assert "\x1b" not in table
    assert max(map(len, table.split("\n"))) <= 80
    assert "\x1b[" in stats.table(2.0, color=True)


def test_stats_of_nothing():
    assert "records" in Tally().table(0.0)


# Progress ---------------------------------------------------------------------------------------------------------


@contextmanager
def terminal_and_pipe():
    """A stream to a terminal and one to a pipe."""
    ends = [*pty.openpty(), *os.pipe()]
    with os.fdopen(ends[1], "w", encoding="utf-8") as tty, os.fdopen(ends[3], "w", encoding="utf-8") as pipe:
        fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("4H", 24, 100, 0, 0))
        tty.reader, pipe.reader = ends[0], ends[2]
        yield tty, pipe
    os.close(ends[0])
    os.close(ends[2])


def seen(stream):
    """What has come out at the other end so far."""
    stream.flush()
    os.set_blocking(stream.reader, False)
    try:
        return os.read(stream.reader, 1 << 16).decode()
    except BlockingIOError:
        return ""


def test_a_terminal_sees_how_far_the_work_is():
    with terminal_and_pipe() as (tty, _):
        bar = Progress(4, tty, enabled=True)
        bar.step("أول.txt")
        first = seen(tty)
        assert "1 of 4" in first
        assert "25 %" in first
        assert first.endswith("أول.txt\x1b[K\x1b[?7h")
        assert "\n" not in first
        bar.clear()
        assert seen(tty) == "\r\x1b[K"
        bar.step("\x1b[31m\nname", failed=1)
        assert "1 failed" in (second := seen(tty))
        assert "\\x1b[31m\\nname" in second
        bar.clear()
        assert seen(tty) == "\r\x1b[K"


@pytest.mark.parametrize("enabled", [None, True])
def test_a_pipe_is_never_animated(monkeypatch, enabled):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(show, "DELAY_SECONDS", 0)
    with terminal_and_pipe() as (_, pipe):
        bar = Progress(2, pipe, enabled=enabled)
        bar.step("a")
        bar.step("b", failed=1)
        assert seen(pipe) == ""


def test_short_work_and_unwanted_bars_draw_nothing(monkeypatch):
    with terminal_and_pipe() as (tty, _):
        bar = Progress(2, tty)
        bar.step("a")
        monkeypatch.setattr(show, "DELAY_SECONDS", 0)
        bar = Progress(2, tty, enabled=False)
        bar.step("a")
        assert seen(tty) == ""
        bar = Progress(2, tty)
        bar.step("a")
        assert seen(tty)


def test_the_bar_says_rate_time_left_and_failures():
    with terminal_and_pipe() as (tty, _):
        bar = Progress(1000, tty, color=False)
        for number in range(250):
            bar.step(failed=number == 0)
        said = bar.line(seconds=10, name="x.txt").split("  ")
        assert said == ["━" * 4 + "─" * 12, "25 %", "250 of 1,000", "25/s", "30 s left", "1 failed", "x.txt"]
        assert bar.line(10, "folder/name-of-a-file.txt", columns=77).endswith("1 failed  …a-file.txt")
        assert len(bar.line(10, "x" * 500, columns=77)) == 76
        assert Progress(None, tty).line(5, "") == "0 articles  0.0/s"


def test_a_terminal_that_went_away_ends_the_bar_not_the_run():
    with terminal_and_pipe() as (tty, _):
        bar = Progress(2, tty, enabled=True)
    bar.active = True
    bar.step("a")
    assert not bar.active


def test_verbose_shows_what_each_feature_adds():
    text = (SAMPLES / "ar-strangers-in-body.txt").read_text(encoding="utf-8")
    (lines,) = newsparse.explained([text], newsparse.settings())
    table = show.explain_table("a.txt", lines, width=400, verbose=True)
    assert "its words open the body +" in table  # of the headline
    assert "length " in table  # of a line of the body
    assert "its words open the body +" not in show.explain_table("a.txt", lines, width=400)
