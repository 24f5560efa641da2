"""How a run ends: without a record, by signals, by the death of its parent, without processes; all by the command."""

import contextlib
import json
import os
import pty
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command import ARTICLE, COMMAND, environment, newsparse, started, told_at_ctrl_c

OLD = b"what was here before\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


# Without a record -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("gone.txt",), ("inbox",), ("-T", "-"), ("gone.txt", "--explain")])
@pytest.mark.parametrize("name", ["o.jsonl", "o.json", "o.csv"])
def test_the_old_output_stays_where_no_input_gave_a_record(folder, arguments, name):
    if "--explain" in arguments:
        name = "o.tsv"
    (folder / name).write_bytes(OLD)
    done = newsparse(*arguments, "-o", name, "-q", cwd=folder)
    assert (done.status, (folder / name).read_bytes()) == (1, OLD)
    assert f"no input gave a record; {name} is as it was before" in done.err


@pytest.mark.parametrize("name", ["o.xlsx", "o.parquet", "o.csv"])
def test_nothing_is_made_where_no_input_gave_a_record(folder, name):
    assert newsparse("gone.txt", "-o", name, cwd=folder).status == 1
    assert newsparse("gone.txt", "-o", "o.csv", "-a", cwd=folder).status == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "inbox"]


@pytest.mark.parametrize("name", ["o.jsonl", "o.csv"])
def test_after_ctrl_c_nothing_is_said_of_a_file_that_there_is_not(folder, name):
    with started("-", "-o", name, cwd=folder) as process:
        assert process.stdin
        assert told_at_ctrl_c(process, folder) == b"newsparse: interrupted; nothing was written\n"
        process.stdin.close()
    assert not (folder / name).exists()


def test_an_empty_output_can_be_asked_for(folder):
    (folder / "o.jsonl").write_bytes(OLD)
    done = newsparse("inbox", "-o", "o.jsonl", "--allow-empty", cwd=folder)
    assert (done.status, (folder / "o.jsonl").read_bytes()) == (1, b"")
    assert newsparse("gone.txt", "-o", "o.parquet", "--allow-empty", cwd=folder).status == 1
    assert pq.read_table(folder / "o.parquet").num_rows == 0


def test_the_last_message_of_log_json_has_the_status(folder):
    done = newsparse("-T", "-", "-o", "o.jsonl", "--log-json", cwd=folder)
    assert json.loads(done.err.splitlines()[-1])["status"] == done.status == 1


@pytest.mark.parametrize("option", ["--fields", "--keep", "-o", "-T", "--tz", "--split", "--include", "--vocab"])
def test_an_option_without_a_value_is_a_wrong_command_line(folder, option):
    done = newsparse("a.txt", option, "", cwd=folder)
    assert (done.status, done.out) == (2, b"")
    assert "it is empty; was a variable meant that is not set?" in done.err


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("module", "package", "arguments"),
    [
        ("click", "click", []),
        ("hijridate", "hijridate", ["hijri.txt"]),
        ("dateutil", "python-dateutil", ["--now", "2024-09-17"]),
        ("pyarabic", "pyarabic", ["--normalize", "search"]),
        ("rich", "rich", ["--pretty"]),
        ("jinja2", "jinja2", ["--report", "report.html"]),
    ],
)
def test_a_package_that_is_not_installed_is_named(folder, module, package, arguments, jobs):
    (folder / "hijri.txt").write_text(ARTICLE.replace("17/09/2024", "17 رمضان 1446"), encoding="utf-8")
    code = (
        f"import sys; sys.modules[{module!r}] = None; sys.argv[0] = 'newsparse'\n"
        "from newsparse.__main__ import main\nmain()"
    )
    command = [sys.executable, "-c", code, "a.txt", "a.txt", "-j", jobs, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60, text=True)
    wanted = f"newsparse: the package {package} is not installed, which newsparse needs: pip install {package}\n"
    assert (done.returncode, done.stderr) == (4, wanted)


# Adding to a file -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_a_last_record_without_its_line_end_is_completed(folder, form):
    name = f"o.{form}"
    newsparse("a.txt", "-o", name, cwd=folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:-1])
    done = newsparse("a.txt", "-a", "-o", name, cwd=folder)
    assert "the last record lacked its line end" in done.err
    record = whole.split(b"\n", 1)[1] if form != "jsonl" else whole
    assert (folder / name).read_bytes() == whole + record


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_what_is_cut_is_said_although_the_run_is_quiet(folder, form):
    name = f"o.{form}"
    newsparse("a.txt", "-o", name, cwd=folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole + b'{"id":"np1-0' if form == "jsonl" else whole + b"np1-0")
    done = newsparse("a.txt", "-a", "-q", "-o", name, cwd=folder)
    assert "cut a torn last record" in done.err
    assert (folder / name).read_bytes().startswith(whole)


@pytest.mark.parametrize("line", ["5", "null", "[]", '"a"', '{"a": 1}'])
def test_lines_without_an_id_are_no_fault_of_ours(folder, line):
    newsparse("a.txt", "-o", "o.jsonl", cwd=folder)
    whole = (folder / "o.jsonl").read_bytes()
    (folder / "o.jsonl").write_bytes(whole + line.encode() + b"\n" + whole)
    done = newsparse("a.txt", "-a", "-u", "-o", "o.jsonl", cwd=folder)
    assert done.status == 4
    assert "records without id" in done.err


# A terminal -------------------------------------------------------------------------------------------------------


def on_terminal(*arguments, cwd):
    """What a terminal gets from the command."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, stdin=subprocess.DEVNULL, stdout=theirs, env=environment(TERM="dumb")
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while data := os.read(ours, 1 << 16):
            shown += data
    os.close(ours)
    process.wait(20)
    return shown


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_bidi_overrides_are_inert_on_a_terminal_alone(folder, form):
    text = ARTICLE.replace("بعد عامين", "\u202eبعد\u202c \u2066عامين\u2069")
    (folder / "b\u202e.txt").write_text(text, encoding="utf-8")
    piped = newsparse("b\u202e.txt", "--to", form, cwd=folder).out.decode()
    assert "\u202eبعد\u202c \u2066عامين\u2069" in piped and "b\u202e.txt" in piped
    shown = on_terminal("b\u202e.txt", "--to", form, cwd=folder).decode()
    assert not {"\u202e", "\u202c", "\u2066", "\u2069"} & set(shown)
    assert "\\u202eبعد\\u202c \\u2066عامين\\u2069" in shown and "b\\u202e.txt" in shown


# Processes --------------------------------------------------------------------------------------------------------


def test_more_processes_than_files_may_be_open_is_said_plainly(folder):
    for number in range(300):
        (folder / f"{number}.txt").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, ".", "-j", "64", "-o", "o.jsonl"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)),
    )
    assert done.returncode == 4
    assert b"processes could be started" in done.stderr and b"run again with fewer --jobs" in done.stderr
    assert b"fault in newsparse" not in done.stderr
    assert not (folder / "o.jsonl").exists()


def test_workers_end_with_a_parent_that_was_killed_and_free_its_lock(folder):
    os.mkfifo(folder / "never.txt")
    holder = os.open(folder / "never.txt", os.O_RDWR)  # something holds it open, and nothing comes
    try:
        with started("a.txt", "never.txt", "-j", 2, "-a", "-o", "o.jsonl", cwd=folder) as process:
            deadline = time.monotonic() + 20
            while len(children(process.pid)) < 2 and time.monotonic() < deadline:
                time.sleep(0.02)
            workers = children(process.pid)
            assert len(workers) == 2
            process.kill()
            process.wait(20)
            done = newsparse("a.txt", "-a", "-o", "o.jsonl", cwd=folder)
            assert done.status == 0
            assert [pid for pid in workers if is_running(pid)] == []
    finally:
        os.close(holder)


def children(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid):
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


@pytest.mark.parametrize("jobs", [1, 2])
def test_several_signals_at_once_leave_nothing_behind(folder, jobs):
    chance = random.Random(jobs)
    for number in range(200):
        (folder / f"{number}.txt").write_text(ARTICLE, encoding="utf-8")
    for _ in range(12):
        with started(".", "-o", "o.jsonl", "-j", jobs, cwd=folder) as process:
            deadline = time.monotonic() + 20
            while not list(folder.glob(".newsparse-*")) and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(chance.random() / 20)
            sent = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGTERM]
            chance.shuffle(sent)
            for each in sent:
                process.send_signal(each)
                time.sleep(chance.random() / 3000)
            status = process.wait(20)
            said = process.stderr.read() if process.stderr else b""
        assert status in (0, -signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP)
        assert b"Traceback" not in said
        assert list(folder.glob(".newsparse-*")) == []


# The ends of the calendar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31T23:59:00+00:00"])
def test_a_reference_time_at_the_end_of_the_calendar_is_refused(now):
    done = newsparse("--now", now, "--tz", "Asia/Riyadh", input=ARTICLE)
    assert (done.status, done.out) == (2, b"")
    assert "a year from 2 to 9998 is expected" in done.err


@pytest.mark.parametrize("ago", ["أمس", "منذ 3 أيام", "منذ 99999999999 يوما", "قبل 5000 سنة", "الأربعاء 21:40"])
@pytest.mark.parametrize("now", ["0002-01-01", "9998-12-31T23:59:00+00:00"])
def test_relative_times_near_the_ends_of_the_calendar_are_no_fault_of_ours(ago, now):
    text = f"افتتاح جسر جديد في ميناء صور\n\n{ago}\n\nقال الوزير إن العمل بدأ في الجسر الجديد.\n"
    assert newsparse("--now", now, "--tz", "Asia/Riyadh", input=text).status == 0


# Endless line ends ------------------------------------------------------------------------------------------------


def test_line_ends_alone_cost_little_more_than_to_count_them(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\n" * 40_000_000)

    def seconds(*command):
        with path.open("rb") as stream:
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run(command, stdin=stream, capture_output=True, env=environment(), timeout=60)
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    assert seconds(*COMMAND) <= 20 * seconds("wc") + 0.5


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\u2028"])
def test_lines_are_counted_through_a_long_gap(end):
    done = newsparse("--split", "none", input="\ufeff" + end * 1_000_000 + "\f\n" + ARTICLE)
    assert (done.status, done.records[-1]["line"], len(done.records)) == (0, 1_000_002, 1)
