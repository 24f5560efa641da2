"""--new and --settle: what was read before is left out, what changed or failed is treated as said."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from command import ARTICLE, Done, newsparse, started

OUTPUTS = ("a.db", "a.jsonl", "a.csv", "a.tsv")


def article(number: int) -> str:
    return ARTICLE.replace("صور", f"المدينة رقم {number}")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for number in range(3):
        (tmp_path / "inbox" / f"{number}.txt").write_text(article(number), encoding="utf-8")
    return tmp_path / "inbox"


def count(path: Path) -> int:
    """How many records an output has."""
    if path.suffix == ".db":
        with closing(sqlite3.connect(path)) as connection, connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return lines if path.suffix == ".jsonl" else sum(map(path.read_text("utf-8").count, ["np1-"]))


def new(inbox: Path, output: Path, *options: str) -> Done:
    return newsparse(inbox, "--new", "-o", output, "--log-json", *options)


def read(done: Done) -> int:
    """How many inputs a run has read."""
    return int(json.loads(done.err.splitlines()[-1])["inputs"])


def said(done: Done) -> list[str]:
    events = map(json.loads, done.err.splitlines())
    return [f"{event.get('input', event['event'])}: {event['message']}" for event in events if "message" in event]


@pytest.mark.parametrize("name", OUTPUTS)
def test_only_what_is_new_is_read(inbox: Path, tmp_path: Path, name: str) -> None:
    output = tmp_path / name
    done = new(inbox, output)
    assert (done.status, read(done), count(output)) == (0, 3, 3)
    done = new(inbox, output)
    assert (done.status, read(done), count(output)) == (0, 0, 3)
    (inbox / "3.txt").write_text(article(3), encoding="utf-8")
    done = new(inbox, output)
    assert (done.status, read(done), count(output)) == (0, 1, 4)
    (inbox / "1.txt").write_text(article(9), encoding="utf-8")
    done = new(inbox, output)
    assert (done.status, read(done), count(output)) == (0, 1, 5)
    assert read(new(inbox, output)) == 0
    assert (tmp_path / f"{name}.state").exists() == (name != "a.db")


def test_the_folder_of_the_run_does_not_matter(inbox: Path, tmp_path: Path) -> None:
    assert newsparse("inbox", "--new", "-o", "a.jsonl", cwd=tmp_path).status == 0
    assert read(new(inbox, tmp_path / "a.jsonl")) == 0
    done = newsparse(".", "--new", "-o", "../a.jsonl", "--log-json", cwd=inbox)
    assert read(done) in (0, 3)


def test_what_a_changed_input_gave_before_is_replaced(inbox: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.db"
    new(inbox, output)
    (inbox / "1.txt").write_text(article(1).replace("آلاف السائقين", "مئات السائقين"), encoding="utf-8")
    new(inbox, output)
    with closing(sqlite3.connect(output)) as connection, connection:
        rows = connection.execute(
            "SELECT text LIKE '%مئات%', replaced IS NULL FROM articles JOIN sources ON id = article"
            " WHERE sources.source LIKE '%1.txt' ORDER BY number"
        ).fetchall()
        assert rows == [(0, 0), (1, 1)]
        ((old,), (new_one,)) = connection.execute(
            "SELECT id FROM articles WHERE source LIKE '%1.txt' ORDER BY number"
        ).fetchall()
        assert connection.execute("SELECT story FROM latest WHERE id = ?", (old,)).fetchall() == []
        assert connection.execute("SELECT replaces IS NULL FROM articles WHERE id = ?", (new_one,)).fetchone() == (0,)


def test_a_failed_input_is_named_once_and_then_counted(inbox: Path, tmp_path: Path) -> None:
    for name in ("bad.txt", "worse.txt"):
        (inbox / name).write_bytes(b"\0" * 99)
    for output in (tmp_path / "a.db", tmp_path / "a.jsonl"):
        done = new(inbox, output)
        assert (done.status, len(said(done))) == (1, 2)
        done = new(inbox, output)
        assert (done.status, said(done)) == (0, ["note: 2 known failures, -v names them"])
        assert newsparse(inbox, "--new", "-q", "-o", output).err == ""
        named = newsparse(inbox, "--new", "-v", "-o", output)
        assert "bad.txt: " in named.err
        assert "worse.txt: " in named.err
        os.utime(inbox / "bad.txt", (1, 1))
        done = new(inbox, output)
        assert (done.status, said(done)[-1]) == (1, "note: 1 known failure, -v names them")
    (inbox / "bad.txt").unlink()
    (inbox / "worse.txt").write_text(article(5), encoding="utf-8")
    done = new(inbox, tmp_path / "a.db")
    assert (done.status, said(done), count(tmp_path / "a.db")) == (0, [], 4)


def test_an_input_that_is_missing_is_named_once(inbox: Path, tmp_path: Path) -> None:
    done = newsparse(inbox, tmp_path / "none.txt", "--new", "-o", tmp_path / "a.db")
    assert (done.status, "no such file" in done.err) == (1, True)
    done = newsparse(inbox, tmp_path / "none.txt", "--new", "-o", tmp_path / "a.db")
    assert (done.status, done.err) == (0, "newsparse: 1 known failure, -v names them\n")


def test_a_failure_of_permission_is_read_again_when_it_was_mended(inbox: Path, tmp_path: Path) -> None:
    (inbox / "bad.txt").write_bytes(b"\0" * 99)
    assert new(inbox, tmp_path / "a.db").status == 1
    (inbox / "bad.txt").chmod(0o600)
    assert new(inbox, tmp_path / "a.db").status == 1  # it was read again
    assert new(inbox, tmp_path / "a.db").status == 0


@pytest.mark.parametrize("name", ["a.db", "a.jsonl"])
def test_an_empty_inbox_is_no_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / "inbox").mkdir()
    assert newsparse(tmp_path / "inbox", "--new", "-o", tmp_path / name).status == 0
    (tmp_path / "inbox" / "a.text").write_text(article(1), encoding="utf-8")
    assert newsparse(tmp_path / "inbox", "--new", "-o", tmp_path / name).status == 1


@pytest.mark.parametrize("name", ["a.db", "a.jsonl"])
def test_other_options_would_mix(inbox: Path, tmp_path: Path, name: str) -> None:
    output = tmp_path / name
    new(inbox, output)
    (inbox / "3.txt").write_text(article(3), encoding="utf-8")
    before = output.read_bytes()
    done = newsparse(inbox, "--new", "--tz", "Asia/Riyadh", "-o", output)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "3 inputs" in done.err
    assert "--new would mix; run once without --new, which reads all again" in done.err
    assert output.read_bytes() == before
    assert newsparse(inbox, "--tz", "Asia/Riyadh", "-o", output).status == 0
    done = newsparse(inbox, "--new", "--tz", "Asia/Riyadh", "-o", output, "--log-json")
    assert (done.status, read(done)) == (0, 0)


def test_a_word_list_is_known_by_what_is_in_it(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[agencies]\n"وكالة الجسر" = ["الجسر"]\n', encoding="utf-8")
    words = ("--vocab", str(tmp_path / "words.toml"))
    assert new(inbox, tmp_path / "a.db", *words).status == 0
    assert new(inbox, tmp_path / "a.db", *words).status == 0
    (tmp_path / "words.toml").write_text('[agencies]\n"وكالة النهر" = ["النهر"]\n', encoding="utf-8")
    assert new(inbox, tmp_path / "a.db", *words).status == 2


def test_an_output_that_is_gone_is_written_anew(inbox: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    new(inbox, output)
    output.unlink()
    assert read(new(inbox, output)) == 3
    assert count(output) == 3


def test_a_run_without_new_is_remembered_too(inbox: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    new(inbox, output)
    assert newsparse(inbox / "1.txt", "-o", output).status == 0
    done = new(inbox, output)
    assert (read(done), count(output)) == (2, 3)


def test_a_run_that_fails_remembers_nothing(inbox: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    output.write_text("no JSON\n")
    assert new(inbox, output).status == 4
    output.unlink()
    assert read(new(inbox, output)) == 3


def test_runs_that_overlap_read_each_input_once(inbox: Path, tmp_path: Path) -> None:
    for number in range(3, 100):
        (inbox / f"{number}.txt").write_text(article(number), encoding="utf-8")
    output = tmp_path / "a.jsonl"
    with started(inbox, "--new", "-o", output) as one, started(inbox, "--new", "-o", output) as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    assert count(output) == 100


def test_standard_input_is_always_read(tmp_path: Path) -> None:
    for number in range(2):
        done = newsparse("--new", "-o", tmp_path / "a.db", "--log-json", input=article(number))
        assert read(done) == 1
    assert count(tmp_path / "a.db") == 2
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        assert connection.execute("SELECT count(*) FROM sources WHERE replaced IS NULL").fetchone() == (2,)


@pytest.mark.parametrize("options", [["-o", "a.jsonl"], ["-o", "a.db"], ["-o", "a.xlsx"], []])
def test_a_file_that_may_not_be_complete_is_left_for_the_next_run(
    inbox: Path, tmp_path: Path, options: list[str]
) -> None:
    now = time.time()
    for number, age in enumerate((10, 100, -40_000)):
        os.utime(inbox / f"{number}.txt", (now - age, now - age))
    done = newsparse(inbox, "--settle", "60s", *options, "--log-json", cwd=tmp_path)
    assert (done.status, read(done)) == (0, 2)
    assert said(done) == ["note: 1 input changed just now, left for the next run (--settle)"]
    assert read(newsparse(inbox, "--settle", "1s", *options, "--log-json", cwd=tmp_path)) == 3


@pytest.mark.parametrize(
    "options", [["--new"], ["--new", "-o", "a.xlsx"], ["--new", "-o", "a.json"], ["--settle", "soon"]]
)
def test_what_does_not_go_together(inbox: Path, tmp_path: Path, options: list[str]) -> None:
    done = newsparse(inbox, *options, cwd=tmp_path)
    assert (done.status, done.err.count("\n"), done.out) == (2, 1, b"")


def test_the_state_beside_an_output_is_locked_and_checked(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.state").write_text("this is something else" * 99)
    done = new(inbox, tmp_path / "a.jsonl")
    assert (done.status, "no SQLite database" in done.err) == (4, True)
    assert "remove it, and the next run with --new reads all inputs again" in done.err
    assert not (tmp_path / "a.jsonl").exists()
    (tmp_path / "a.jsonl.state").unlink()
    assert read(new(inbox, tmp_path / "a.jsonl")) == 3
