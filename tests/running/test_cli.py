"""The command through real pipes, signals and terminals: what it prints, says and ends with."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import command
import manpage
import pytest
from command import ARTICLE, newsparse, started, told_at_ctrl_c

from newsparse.running import cli

OTHER = ARTICLE.replace("صور", "جبيل").replace("جسر", "سوق")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with an article in a.txt, which is the current one."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Records ----------------------------------------------------------------------------------------------------------


def test_a_file_a_folder_a_pipe_give_the_same_record(folder):
    (folder / "in").mkdir()
    (folder / "in" / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "in" / "c.md").write_text(ARTICLE, encoding="utf-8")
    done = newsparse("a.txt", "in", "-", input=ARTICLE)
    assert (done.status, done.err) == (0, "")
    assert [record.pop("source") for record in done.records] == ["a.txt", "in/b.txt", "-"]
    assert newsparse(input=ARTICLE).records == newsparse("-", input=ARTICLE).records
    assert len({record["id"] for record in done.records}) == 1
    assert done.records[0]["headline"] == "افتتاح جسر جديد في ميناء صور"


def test_compressed_and_encoded_input(folder):
    (folder / "b.txt").write_bytes(gzip.compress(ARTICLE.encode()))
    (folder / "c.txt").write_bytes(ARTICLE.encode("windows-1256"))
    (folder / "d.txt").write_bytes(ARTICLE.encode("utf-16"))
    done = newsparse("a.txt", "b.txt", "c.txt", "d.txt", "--encoding", "cp1256")
    assert len({json.dumps(record["body"]) for record in newsparse("a.txt", "b.txt", "d.txt").records}) == 1
    assert [record["warnings"] for record in done.records[2:]] == [["encoding.windows-1256"], []]
    assert newsparse("b.txt").records[0]["warnings"] == []
    assert newsparse(input=gzip.compress(ARTICLE.encode())).records[0]["body"] == done.records[2]["body"]


def test_rows(folder):
    rows = [{"text": ARTICLE, "url": "u1", "id": 7}, {"text": OTHER, "url": None}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "x.jsonl").write_text(lines, encoding="utf-8")
    done = newsparse("x.jsonl", "--keep", "url,id=doc")
    assert [(r["line"], r["url"], r["doc"], r["source"]) for r in done.records] == [
        (1, "u1", 7, "x.jsonl"),
        (2, None, None, "x.jsonl"),
    ]
    assert newsparse("-f", "jsonl", input=lines).records[1]["headline"] == OTHER.split("\n")[0]
    bad = newsparse("-f", "jsonl", input="nonsense\n" + lines + '{"text": " "}\n')
    assert bad.status == 1
    assert len(bad.records) == 2
    assert [line.split(": ")[1] for line in bad.err.splitlines()] == ["-:1", "-:4"]
    table = newsparse("-f", "csv", "--text-field", "نص", input=f'n,نص\r\n1,"{ARTICLE}"\r\n')
    assert table.records[0]["headline"] == "افتتاح جسر جديد في ميناء صور"
    assert table.records[0]["line"] == 2


def test_a_row_is_one_article_unless_split_is_given(folder):
    row = json.dumps({"text": ARTICLE + "\f" + OTHER}) + "\n"
    assert len(newsparse("-f", "jsonl", input=row).records) == 1
    assert [r["line"] for r in newsparse("-f", "jsonl", "--split", "auto", input=row).records] == [1, 1]


def test_lists_of_names(folder):
    (folder / "in").mkdir()
    for name in ("b.txt", "new\nline.txt", "-dash.txt"):
        (folder / "in" / name).write_text(ARTICLE, encoding="utf-8")
    (folder / "list").write_bytes(b"\xef\xbb\xbfin/b.txt\n\na.txt")
    assert [r["source"] for r in newsparse("in/-dash.txt", "-T", "list").records] == [
        "in/-dash.txt",
        "in/b.txt",
        "a.txt",
    ]
    done = newsparse("-0", "-T", "-", input=b"in/new\nline.txt\0in\0")
    assert [r["source"] for r in done.records] == ["in/new\nline.txt", "in/-dash.txt", "in/b.txt", "in/new\nline.txt"]
    assert newsparse("-T", "-", input=b"").status == 0
    assert newsparse("-T", "missing").status == 2


def test_a_list_of_names_that_was_made_elsewhere(folder):
    assert [r["source"] for r in newsparse("-T", "-", input=b"a.txt\r\nb.txt\r\n").records] == ["a.txt"]
    done = newsparse("-T", "-", input=b"a.txt\0b.txt\0")
    assert (done.status, done.records) == (2, [])
    assert "add -0" in done.err
    done = newsparse("-0", input=b"a.txt\0")
    assert (done.status, done.records) == (2, [])
    assert "-T -" in done.err
    assert newsparse("a.txt", NEWSPARSE_NULL="1").status == 0


def test_unique_and_append(folder):
    for _ in range(2):
        assert newsparse("a.txt", "a.txt", "-", "-a", "-u", "-o", "out.jsonl", input=OTHER).status == 0
        assert len((folder / "out.jsonl").read_bytes().splitlines()) == 2
    assert newsparse("a.txt", "a.txt", "-u", "--json").out.count(b'"id"') == 1


def test_what_no_second_run_could_add_to_is_not_begun(folder):
    assert newsparse("a.txt", "-a", "-u", "-o", "out.csv", "--fields", "headline").status == 2
    assert not (folder / "out.csv").exists()
    assert newsparse("a.txt", "-a", "-u", "-o", "out.csv", "--fields", "headline,id").status == 0


def test_a_carriage_return_that_is_kept_ends_no_row_of_csv(folder):
    (folder / "a.jsonl").write_text(json.dumps({"text": ARTICLE, "one": "a\rb", "two": "a\r\nb"}) + "\n")
    plain = newsparse("a.jsonl", "--keep", "one,two", "--csv", "--fields", "warnings")
    assert plain.out == 'warnings,one,two\none.control_character,a\ufffdb,"a\nb"\n'.encode()
    excel = newsparse("a.jsonl", "--keep", "one,two", "--excel", "--fields", "line")
    assert excel.out == '\ufeffline,one,two\r\n1,a\ufffdb,"a\nb"\r\n'.encode()


def test_fields_formats_and_suffixes(folder):
    assert newsparse("a.txt", "--fields", "agency published").out.startswith(b'{"agency":')
    assert newsparse("a.txt", "--csv", "--fields", "headline").out.decode().split("\n")[0] == "headline"
    for name, first in (("o.csv", b"id,"), ("o.tsv", b"id\t"), ("o.json", b"["), ("o.jsonl", b"{"), ("o", b"{")):
        assert newsparse("a.txt", "-o", name).status == 0
        assert (folder / name).read_bytes().startswith(first)
    assert newsparse("a.txt", "-o", "x.csv", NEWSPARSE_TO="json").status == 0
    assert (folder / "x.csv").read_bytes().startswith(b"id,")
    assert newsparse("a.txt", "--excel").out.startswith(b"\xef\xbb\xbfid,")


def test_explain(folder):
    done = newsparse("a.txt", "--explain")
    rows = [line.split("\t") for line in done.out.decode().splitlines()]
    assert [row[0] for row in rows][:3] == ["a.txt:1", "a.txt:3", "a.txt:4"]
    assert rows[0][1] == "headline"
    assert rows[0][3] == "افتتاح جسر جديد في ميناء صور"
    assert all(row[2] for row in rows)
    (line, *_) = newsparse("a.txt", "--explain", "--to", "jsonl").records
    assert line["role"] == "headline"
    row = json.dumps({"text": ARTICLE}) + "\n"
    assert newsparse("-f", "jsonl", "--explain", input=row).out.startswith(b"-:1:1\theadline\t")
    for name, first in (("why.txt", b"a.txt:1\theadline\t"), ("why.tsv", b"a.txt:1\theadline\t"), ("why.jsonl", b"{")):
        assert newsparse("a.txt", "--explain", "-o", name).status == 0
        assert (folder / name).read_bytes().startswith(first)


def test_report_and_stats(folder):
    done = newsparse("a.txt", "missing.txt", "--report", "page.html", "--stats", "-o", "out.jsonl")
    assert done.status == 1
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "افتتاح جسر جديد في ميناء صور" in page and "missing.txt" in page
    assert re.search(r"records\s+1 ", done.err) and re.search(r"failures\s+1", done.err)


def test_log_json(folder):
    done = newsparse("a.txt", "missing.txt", "--log-json", "--to", "csv")
    failure, end = (json.loads(line) for line in done.err.splitlines())
    assert (failure["event"], failure["input"]) == ("failure", "missing.txt")
    assert (end["event"], end["inputs"], end["records"], end["failures"], end["status"]) == ("end", 2, 1, 1, 1)
    assert end["fields"]["headline"] == 1


def test_with_log_json_all_that_is_said_is_json(folder):
    done = newsparse("a.txt", "--log-json", "--stats", "-v")
    assert [json.loads(line)["event"] for line in done.err.splitlines()] == ["end"]
    for wrong, environment in ((["--log-json", "--too"], {}), (["--too"], {"NEWSPARSE_LOG_JSON": "1"})):
        done = newsparse("a.txt", *wrong, **environment)
        event = json.loads(done.err)
        assert (done.status, event["event"]) == (2, "error") and "--to" in event["message"]


def test_verbose_says_warnings_and_strict_minds_them(folder):
    text = ARTICLE.split("\n")[5]
    done = newsparse("-v", "--strict", input=text)
    assert done.status == 3
    assert done.err.startswith("newsparse: -:1: warning: headline.missing")
    assert newsparse("--strict", input=text).err == ""
    assert newsparse("a.txt", "--strict").status == 0
    assert newsparse("missing", "-", "--strict", input=text).status == 1


# Failures and exit statuses ---------------------------------------------------------------------------------------


def test_each_bad_input_costs_a_line_and_the_rest_is_written(folder):
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\n\t\n", encoding="utf-8")
    (folder / "page.txt").write_text("<html><body><p>x</p></body></html>", encoding="utf-8")
    (folder / "old.txt").write_bytes(ARTICLE.encode("windows-1256"))
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0\2\0\x08\6\0\0\0")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "none").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to("..")
    (folder / "zz.txt").write_text(ARTICLE, encoding="utf-8")
    for jobs in (1, 2):
        done = newsparse(".", "none", "missing.txt", "/dev/zero", "-j", jobs)
        assert done.status == 1
        assert [record["source"] for record in done.records] == ["./a.txt", "./zz.txt"]
        lines = done.err.splitlines()
        assert all(line.startswith("newsparse: ") for line in lines)
        said = {line.split(": ", 2)[1].removeprefix("./"): line.split(": ", 2)[2] for line in lines}
        assert len(said) == len(lines) == 12
        hints = {
            "empty.txt": "no text", "blank.txt": "no text", "page.txt": "HTML", "image.txt": "binary",
            "old.txt": "byte 0 is not UTF-8; if it is an older Arabic text, try --encoding windows-1256",
            "gone.txt": "no such file", "loop.txt": "leads back", "none": "*.txt", "pipe.txt": "nobody writes",
            "sub/up": "a loop", "missing.txt": "no such file", "/dev/zero": "binary",
        }  # fmt: skip
        assert all(hint in said[name] for name, hint in hints.items())


def test_names_of_all_kinds_are_shown_safely_and_matched(folder):
    names = [
        b"new\nline.txt",
        b"esc\x1b[31m.txt",
        b"bad\xff.txt",
        "\u202eexe.txt".encode(),
        b"a" * 251 + b".txt",
        b"'q\".txt",
    ]
    for name in names:
        (folder / os.fsdecode(name)).write_text(ARTICLE, encoding="utf-8")
    for environment in ({}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        done = newsparse(*names, **environment)
        assert done.status == 0
        assert [r["source"] for r in done.records] == [name.decode(errors="backslashreplace") for name in names]
        failed = newsparse(*(b"missing-" + name for name in names[:4]), **environment)
        assert failed.err.count("\n") == 4
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", failed.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tzz", "x"], "--tz"),
        (["--explian", "x"], "did you mean --explain"),
        (["--to", "jsnol"], "did you mean jsonl"),
        (["--to", "exel"], "did you mean --excel"),
        (["--tz", "Asia/Riyad"], "did you mean Asia/Riyadh"),
        (["--tz", "+25:00"], "no time zone"),
        (["--tz", "GMT+33"], "such as +03:00 is expected"),
        (["--tz", "../../etc/passwd"], "no time zone"),
        (["--encoding", "windows1256"], "did you mean windows-1256"),
        (["--encoding", "base64"], "no encoding of text"),
        (["--fields", "headlin"], "did you mean headline"),
        (["--keep", "id"], "id=my_id"),
        (["--now", "yesterday"], "ISO 8601"),
        (["--max-size", "big"], "500M"),
        (["--split", "("], "regular expression"),
        (["--split", "a{999999999999}"], "regular expression"),
        (["--normalize", "lite"], "did you mean light"),
        (["--list-sep", ""], "--list-sep"),
        (["--vocab", "missing.toml"], "missing.toml"),
        (["--csv", "--json"], "one format"),
        (["--append"], "-o FILE"),
        (["--append", "-o", "x.json"], "jsonl, csv, tsv"),
        (["--append", "-o", "x.csv", "--labels", "ar"], "leave --labels out"),
        (["--labels", "fr"], "there are: en, ar"),
        (["--csv", "--pretty"], "--pretty shows"),
        (["--excel", "--to", "json"], "one format"),
        (["--excel", "-o", "x.xlsx"], "no reader of xlsx opens"),
        (["--csv", "-o", "x.parquet"], "no reader of parquet opens"),
        (["-o", "x.docx"], "no format has the suffix"),
        (["-o", "x.html"], "--report x.html"),
        (["-o", "x.jsonl.gz"], "gzip"),
        (["--explain", "--to", "csv"], "--explain"),
        (["--explain", "--json"], "--explain"),
        (["--to", "ninjs", "--fields", "id"], "ninjs"),
        (["-o", "a.txt"], "a.txt"),
        (["--jobs", "many"], "1, 2"),
        (["--completion", "tcsh"], "bash"),
        (["-o"], "-o"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_says_what_is_meant(folder, capfd, arguments, said):
    assert cli.main(["a.txt", *arguments], {}) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert err.startswith("newsparse: ") and err.count("\n") == 1
    assert (folder / "a.txt").read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('[agencies]\n"x" = 5\n', "'x' = 5"),
        ('[agencies]\n"x" = []\n', "'x' = []"),
        ('[months]\n"x" = 99\n', "one of 1, 2, 3"),
        ('[stamp_labels]\n"x" = ["published"]\n', "'updated'"),
        ('[given_names]\n" " = true\n', "' '"),
        ('[units]\n"x" = ["hours"]\n', "['hours', 0]"),
        ("[agencies]\nx = " + "[" * 50_000, "not a word list"),
        ("\0" * 1000, "binary"),
        ("# word\n" * (5 << 20), "32 MiB"),
    ],
    ids=["number", "empty", "no month", "list", "blank", "half", "nested", "binary", "large"],
)
def test_a_word_list_that_would_be_misunderstood_is_refused(folder, words, said):
    Path("mine.toml").write_text(words)
    done = newsparse("a.txt", "--vocab", "mine.toml")
    assert (done.status, done.out, done.err.count("\n")) == (2, b"", 1)
    assert "mine.toml" in done.err and said in done.err


def test_a_word_list_that_never_ends_is_refused(folder):
    os.mkfifo("pipe")
    for endless in ("/dev/zero", "pipe"):
        assert newsparse("a.txt", "--vocab", endless).status == 2
    Path("mine.toml").write_text('[months]\n"شهر الزرع" = 10\n[minutes]\n"وسبع" = 7\n[numbers]\n"سبعون" = 70\n')
    assert newsparse("a.txt", "--vocab", "mine.toml").status == 0


def test_an_input_that_is_also_the_output_is_refused(folder):
    (folder / "hard.txt").hardlink_to(folder / "a.txt")
    (folder / "soft.txt").symlink_to("a.txt")
    cases: list[tuple[object, ...]] = [
        ("a.txt", "-o", "hard.txt"), ("soft.txt", "-o", "a.txt"), (".", "-o", "a.txt"), (".", "--report", "a.txt"),
    ]  # fmt: skip
    for lists in ("-T", "--vocab"):
        Path("list").write_text("[agencies]\n")
        done = newsparse(lists, "list", "-o", "list")
        assert (done.status, Path("list").read_text()) == (2, "[agencies]\n")
        assert "is read, and is the output too" in done.err
    Path("list").unlink()
    assert newsparse("a.txt", "-o", "x.jsonl", "--report", "./x.jsonl").err.count("are one file") == 1
    for case in cases:
        done = newsparse(*case)
        assert done.status == 2
        assert "is an input and the output too" in done.err
    with (folder / "a.txt").open("ab") as out:
        done = subprocess.run([*command.COMMAND, "soft.txt"], stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert (folder / "a.txt").read_text(encoding="utf-8") == ARTICLE
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "hard.txt", "soft.txt"]


def test_output_that_cannot_be_written_is_status_4(folder):
    assert newsparse("a.txt", "missing", "-o", "no/such/x.jsonl").status == 4
    assert newsparse("a.txt", "-o", ".").status == 4
    with Path("/dev/full").open("wb") as full:
        for arguments in (["a.txt"], ["-h"], ["--schema"]):
            done = subprocess.run([*command.COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
            assert (done.returncode, done.stderr.count(b"\n")) == (4, 1)
    closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command.COMMAND, "a.txt"], capture_output=True, check=False)
    assert closed.returncode == 4
    assert b"closed" in closed.stderr


def test_other_closed_standard_files(folder):
    shell = '"$@" <&-; "$@" a.txt 2>&-; "$@" missing 2>&-; "$@" a.txt -o out.jsonl 2>&- 0<&- 1>&-; cat out.jsonl'
    done = subprocess.run(["sh", "-c", shell, "sh", *command.COMMAND], capture_output=True, check=False)
    assert done.stdout.count(b'"headline"') == 2
    assert done.stderr.startswith(b"newsparse: -: it is closed") and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_closed_pipe_is_status_141_and_no_word(folder, jobs):
    for number in range(200):
        (folder / f"n{number}.txt").write_text(ARTICLE * 5, encoding="utf-8")
    with started(".", "-j", jobs) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 141
        assert process.stderr.read() == b""


# Streams ----------------------------------------------------------------------------------------------------------


def test_a_record_comes_out_before_the_next_goes_in():
    with started("-f", "jsonl") as process:
        assert process.stdin and process.stdout
        for text in (ARTICLE, OTHER):
            process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["headline"] == text.split("\n")[0]
        process.stdin.close()
        assert process.wait(30) == 0


def test_an_article_comes_out_while_others_go_in():
    with started("--split", "^%%$") as process:
        assert process.stdin and process.stdout
        sent = 0
        while not select.select([process.stdout], [], [], 0.05)[0]:
            assert sent < 1000, "no record came out"
            process.stdin.write(f"{ARTICLE}\n%%\n".encode())
            process.stdin.flush()
            sent += 1
        assert ARTICLE.split("\n")[0] in process.stdout.readline().decode()
        process.stdin.close()
        assert process.stdout.read().count(b"\n") == sent - 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_nothing_behind_and_is_what_it_dies_of(folder, number):
    (folder / "out.jsonl").write_text("old", encoding="utf-8")
    for jobs in (1, 2):
        with started("-", "a.txt", "-o", "out.jsonl", "-j", jobs) as process:
            assert process.stdin and process.stderr
            process.stdin.write(ARTICLE.encode())
            process.stdin.flush()
            deadline = time.monotonic() + 20
            while len(list(folder.iterdir())) < 3 and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(0.1)
            process.send_signal(number)
            assert process.wait(20) == -number
            told = b"newsparse: interrupted; out.jsonl is as it was before\n" if number == signal.SIGINT else b""
            assert process.stderr.read() == told
            assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "out.jsonl"]
            assert (folder / "out.jsonl").read_text(encoding="utf-8") == "old"
            process.stdin.close()


def test_ctrl_c_ends_the_command_under_another_name_too(folder, monkeypatch):
    monkeypatch.setattr(command, "COMMAND", [sys.executable, "-c", "from newsparse.__main__ import main; main()"])
    with started("-", "-o", "new.jsonl", cwd=folder) as process:
        assert told_at_ctrl_c(process, folder) == b"newsparse: interrupted; nothing was written\n"


def test_ctrl_c_in_the_first_instant_prints_no_traceback_of_ours():
    for delay in range(10):
        with started("-f", "jsonl") as process:
            assert process.stderr
            time.sleep(0.04 + delay * 0.02)
            while process.poll() is None:  # Python, while it starts, loses a Ctrl-C now and then
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(5)
            said = process.stderr.read().decode()
            assert "newsparse/" not in said
            if said not in ("", "newsparse: interrupted; the output is not complete\n"):
                assert "KeyboardInterrupt" in said  # before any line of ours was run
            else:
                assert process.returncode == -signal.SIGINT


def test_a_hangup_that_is_ignored_stays_so():
    with started("-f", "jsonl", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps({"text": ARTICLE}).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        process.communicate(b"", timeout=20)
        assert process.returncode == 0


# Surroundings -----------------------------------------------------------------------------------------------------


def test_the_same_bytes_in_any_surroundings(folder):
    (folder / "خبر.txt").write_text(ARTICLE * 2, encoding="utf-8")
    plain = newsparse("a.txt", "خبر.txt", "missing-ص")
    for variables in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1256", "LANG": "ar_SA"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "COLUMNS": "20"},
        {"PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "FORCE_COLOR": "1"},
        {"PYTHONDEVMODE": "1"},
    ):
        assert newsparse("a.txt", "خبر.txt", "missing-ص", **variables) == plain, variables


def test_nothing_of_a_hostile_folder_or_environment_runs(folder):
    code = "import os; os.write(2, b'EVIL'); os._exit(66)"
    names = "json click csv re rich tempfile zlib gzip zoneinfo dateutil hijridate decimal email newsparse_hook"
    for name in [*names.split(), "sitecustomize"]:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    script = shutil.which("newsparse", path=str(Path(sys.executable).parent))
    assert script, "the console script is not installed"
    arguments = ["a.txt", "--csv", "--tz", "Asia/Riyadh", "--stats", "--now", "2024-01-01T00:00"]
    variables = [
        {"PYTHONSTARTUP": "json.py"},
        {"PYTHONBREAKPOINT": "json.x"},
        {"PYTHONINSPECT": "1"},
        {"NEWSPARSE_VOCAB": ""},
    ]
    for variable in variables:
        done = subprocess.run(
            [script, *arguments],
            capture_output=True,
            input=code.encode(),
            env=command.environment(**variable),
            check=False,
        )
        assert (done.returncode, b"EVIL" in done.stderr) == (0, False), done.stderr
    (folder / "sitecustomize.py").unlink()
    done = newsparse(*arguments)  # python -m puts the current folder first
    assert (done.status, "EVIL" in done.err) == (0, False)


def test_each_option_is_a_variable(folder):
    assert newsparse("a.txt", NEWSPARSE_TO="csv").out.startswith(b"id,")
    assert newsparse("a.txt", NEWSPARSE_TZ="+03:00").records[0]["published"].endswith("+03:00")
    assert newsparse("a.txt", "--tz", "UTC", NEWSPARSE_TZ="+03:00").records[0]["published"].endswith("+00:00")
    assert newsparse("a.txt", "--tz", "GMT+3").records[0]["published"].endswith("+03:00")
    assert newsparse("a.txt", "--json", NEWSPARSE_TO="csv").out.startswith(b"[")
    assert newsparse(NEWSPARSE_STRICT="1", input="سطر\n").status == 3
    wrong = newsparse("a.txt", NEWSPARSE_TZ="Asia/Riyad")
    assert wrong.status == 2 and "Asia/Riyadh" in wrong.err
    variables = [f"NEWSPARSE_{param.name.upper()}" for param in cli.OPTIONS if not param.is_eager]
    assert {"NEWSPARSE_FILES_FROM", "NEWSPARSE_FROM", "NEWSPARSE_MAX_SIZE", "NEWSPARSE_PROGRESS"} <= set(variables)
    assert not {"NEWSPARSE_VERSION", "NEWSPARSE_HELP"} & set(variables)


# First minutes ----------------------------------------------------------------------------------------------------


def on_terminal(*arguments: str, cwd: Path, columns: int = 80, pager: str = "", typed: bytes = b"") -> tuple[int, str]:
    """Run the command with all three standard files on a terminal of its own: the status, what is to be seen."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.environ.update(COLUMNS=str(columns), TERM="xterm", PAGER=pager)
        os.execv(command.COMMAND[0], [*command.COMMAND, *arguments])
    seen = b""
    if typed:
        seen += os.read(terminal, 65536)
        os.write(terminal, typed)
    with contextlib.suppress(OSError):
        while data := os.read(terminal, 65536):
            seen += data
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode("utf-8").replace("\r\n", "\n")


def test_alone_on_a_terminal_it_says_how_to_begin(folder):
    status, seen = on_terminal(cwd=folder)
    assert status == 2
    assert "newsparse -h shows all options" in seen and len(seen.splitlines()) < 12


def test_explain_on_a_terminal_is_a_table(folder):
    status, seen = on_terminal("a.txt", "--explain", cwd=folder)
    assert status == 0
    assert "headline" in seen and "\t" not in seen and "\x1b[" in seen
    assert "above the stamp" in seen
    assert "\x1b[" not in on_terminal("a.txt", "--explain", "--color", "never", cwd=folder)[1]


def test_a_record_on_a_terminal_is_for_reading(folder):
    status, seen = on_terminal("a.txt", "--color", "never", cwd=folder)
    assert status == 0
    rows = seen.split("\n")
    assert rows[:2] == ["افتتاح جسر جديد في ميناء صور", "الثلاثاء 17 سبتمبر 2024، 13:22 · الأناضول"]
    assert rows[-3].startswith("a.txt") and "#صور  #الأشغال العامة" in rows
    assert on_terminal("a.txt", "--no-pretty", cwd=folder)[1].startswith('{"id":')
    assert on_terminal("a.txt", "--csv", cwd=folder)[1].startswith("id,")
    fields = on_terminal("a.txt", "--fields", "agency,hashtags,updated", "--color", "never", cwd=folder)[1]
    assert fields == "Agency: الأناضول\nHashtags: صور, الأشغال العامة\nUpdated: –\n\n"


def test_pretty_is_for_pipes_too_where_it_is_asked_for(folder):
    shown = newsparse("a.txt", "--pretty").out.decode()
    assert shown.startswith("افتتاح جسر جديد في ميناء صور\n") and "\x1b" not in shown
    menu = "الرئيسية\n\n" + ARTICLE
    assert "Lines dropped: 1" in newsparse("--pretty", input=menu).out.decode()
    assert "الأسطر المستبعدة: 1" in newsparse("--pretty", "--labels", "ar", input=menu).out.decode()
    indented = newsparse("a.txt", "--json", "--pretty").out.decode()
    assert json.loads(indented) == newsparse("a.txt").records and '\n  "headline": "' in indented
    assert newsparse("a.txt", "--csv", "--pretty").status == 2


def test_a_pager_gets_what_is_shown_and_messages_come_after_it(folder):
    (folder / "pager").write_text("#!/bin/sh\necho begin; cat > paged; echo end\n")
    (folder / "pager").chmod(0o755)
    status, seen = on_terminal("a.txt", "missing.txt", cwd=folder, pager="./pager")
    assert status == 1
    assert re.fullmatch(r"begin\nend\nnewsparse: missing.txt: .*\n", seen)
    assert "افتتاح جسر جديد" in (folder / "paged").read_text(encoding="utf-8")
    assert on_terminal("a.txt", cwd=folder, pager="no-such-pager")[1].startswith("\x1b[1mافتتاح")


def test_what_was_written_is_said_on_a_terminal(folder):
    status, seen = on_terminal("a.txt", "-o", "many.jsonl", cwd=folder)
    assert status == 0
    assert re.fullmatch(r"newsparse: 1 record, 0 failed → many\.jsonl \(\d\.\d kB, \d\.\d s\)\n", seen)
    assert on_terminal("a.txt", "-o", "many.jsonl", "-q", cwd=folder)[1] == ""


def test_a_text_may_be_typed_or_pasted(folder):
    status, seen = on_terminal(
        "-", "--fields", "headline", cwd=folder, typed="افتتاح جسر جديد فوق النهر\n\x04".encode()
    )
    assert status == 0
    assert "paste the text, then press Ctrl-D" in seen
    assert seen.endswith("Headline: افتتاح جسر جديد فوق النهر\n\n")


def test_help_is_grouped_and_narrow():
    done = newsparse("-h", COLUMNS="200")
    lines = done.out.decode().splitlines()
    assert max(map(len, lines)) <= 80
    groups = [line for line in lines if re.fullmatch(r"[A-Z][a-z ]+:", line)]
    assert groups == ["Output:", "Input:", "Feeds:", "Record:", "Checks and messages:", "Other:"]
    assert newsparse("--help").out == newsparse("-h", LC_ALL="C").out


def test_version_and_schema():
    assert re.fullmatch(rb"newsparse \d+\.\d+.*\n", newsparse("--version").out)
    for verbose in (("--version", "-v"), ("--verbose", "--version")):
        assert re.fullmatch(rb"newsparse \d+\.\d+.*\ntzdata \d{4}\.\d+\n", newsparse(*verbose).out)
    assert json.loads(newsparse("--schema").out)["$schema"].endswith("2020-12/schema")


def test_the_man_page_says_what_the_help_says():
    assert manpage.PAGE.read_text(encoding="utf-8") == manpage.page(), "run python tests/manpage.py"
    assert len(manpage.STATUSES) == 7


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(folder, shell):
    script = newsparse("--completion", shell).out
    assert b"_NEWSPARSE_COMPLETE" in script
    if shutil.which(shell):
        check = ["-n"] if shell != "fish" else ["--no-execute"]
        assert subprocess.run([shell, *check], input=script, capture_output=True, check=False).stderr == b""
    asked = {"COMP_WORDS": "newsparse --to js", "COMP_CWORD": "2" if shell != "fish" else "js"}
    done = newsparse(_NEWSPARSE_COMPLETE=f"{shell}_complete", **asked)
    assert "jsonl" in done.out.decode() and "csv" not in done.out.decode()


def test_every_option_of_the_help_has_words_of_its_own():
    helps = [param.help for param in cli.OPTIONS]
    assert all(helps) and len(set(helps)) == len(helps)
    assert isinstance(cli.newsparse, click.Command)
