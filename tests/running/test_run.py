"""Runs in several processes: the same bytes in the same order, bounded, and never a hang."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
from command import ARTICLE, newsparse, started

import newsparse as library
from newsparse.reading.inputs import InputError
from newsparse.reading.read import ReadOptions
from newsparse.running import jobs, run
from newsparse.running.jobs import in_order
from newsparse.running.run import Job, Parsed, of_item
from newsparse.showing.messages import WorkerError


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of 300 articles, some of them bad, some twice."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(300):
        text = ARTICLE.replace("صور", f"المدينة {number % 250}")
        data = text.encode("utf-16" if number % 50 == 7 else "utf-8")
        (folder / f"{number:03}.txt").write_bytes(b"\0" * 99 if number % 40 == 3 else data)
    return folder


@pytest.mark.parametrize(
    "options", [[], ["--json"], ["--csv"], ["--unique"], ["--unique", "--json"], ["--stats"], ["--log-json"]]
)
def test_the_bytes_are_the_same_for_any_number_of_processes(many, options):
    first, *others = (newsparse(many, "-", "missing", *options, "-j", number, input=ARTICLE) for number in (1, 2, 5))

    def without_times(text: str) -> str:
        return re.sub(r'"(time|seconds)":[^,]*|[\d,]+ a second|[\d.]+ s in all', "", text)

    for other in others:
        assert (other.status, other.out) == (first.status, first.out)
        assert without_times(other.err).split() == without_times(first.err).split()
    assert first.out.count(b"np1-") == (246 if "--unique" in options else 293)


def test_results_come_in_order_and_nothing_is_read_ahead_without_bound():
    def work(part: int):
        for piece in range(3):
            yield f"{part}.{piece} ".encode() * 1000

    got = b"".join(chain.from_iterable(in_order(work, 7, 3))).decode().split()
    assert list(dict.fromkeys(got)) == [f"{part}.{piece}" for part in range(7) for piece in range(3)]


def test_a_slow_consumer_holds_the_workers_back(monkeypatch):
    monkeypatch.setattr(jobs, "PIPE_BYTES", 1 << 16)
    ahead = os.memfd_create("ahead")

    def work(part: int):
        os.pwrite(ahead, b"x", part)
        yield bytes(100_000)

    each = in_order(work, 100, 2)
    results = chain.from_iterable(each)
    for _ in range(4):
        next(results)
        time.sleep(0.05)
    time.sleep(0.2)
    assert os.fstat(ahead).st_size < 20
    each.close()
    os.close(ahead)


@pytest.mark.parametrize("how", ["killed", "raises"])
def test_a_worker_that_ends_early_is_an_error(how):
    def work(part: int):
        yield b"begun"
        if part == 3:
            os.kill(os.getpid(), signal.SIGKILL) if how == "killed" else os._exit(7)
        yield b"done"

    got = []
    with pytest.raises(WorkerError, match="signal 9" if how == "killed" else "status 7"):
        got.extend(chain.from_iterable(in_order(work, 6, 2)))
    assert got[:6] == [b"begun", b"done"] * 3
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # none is left


def test_a_killed_worker_of_the_command_is_status_4_and_leaves_the_output(many, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    with started(many, "-", "-o", out, "-j", 2) as process:  # one worker waits for standard input
        assert process.stderr
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 20
        while len(pids := children.read_text().split()) < 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        for pid in children.read_text().split() or pids:
            with contextlib.suppress(ProcessLookupError):  # it has done its share by now
                os.kill(int(pid), signal.SIGKILL)
        assert process.wait(20) == 4
        said = process.stderr.read().decode()
    assert "a worker process was ended by signal 9" in said.splitlines()[-1]
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_results_are_the_same_after_their_way_through_a_pipe(tmp_path):
    known = library.settings()
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    items = [str(tmp_path / "a.txt"), "missing\udcff\n", InputError("gone", "why", 3, 5)]
    job = Job(ReadOptions(), known, known)
    got = [(item, [*map(comparable, founds)]) for item, founds in run.in_processes(items, job, 2, run.without_lines)]
    assert got == [(item, [*map(comparable, of_item(item, job))]) for item in items]


def comparable(found):
    return vars(found) if isinstance(found, InputError) else found._replace(lines=())


def test_what_cannot_be_passed_on_is_a_failure():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    error = run.without_lines(Parsed(library.parse(ARTICLE), [], "a", {"deep": deep}))
    assert isinstance(error, InputError) and "cannot be written" in error.what
    while deep:
        deep = deep.pop()


def memory(pid: int) -> int:
    """The most memory that a process has had so far, in MB; 0 when it has ended."""
    with contextlib.suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()):
            return int(found[1]) // 1024
    return 0


def peak(arguments: list[object], pieces: Iterable[bytes]) -> tuple[int, int, str]:
    """The status of a run that is fed with the pieces, its greatest memory in MB, and what it said."""
    most = 0
    with started(*arguments, stdout=subprocess.DEVNULL) as process:
        assert process.stdin and process.stderr
        with contextlib.suppress(BrokenPipeError):
            for piece in pieces:
                process.stdin.write(piece)
                most = memory(process.pid)
            process.stdin.close()
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.01)
        return process.returncode, most, process.stderr.read().decode()


def stream_of_articles(pieces: int) -> Iterable[bytes]:
    """Articles one after the other, 20 in a piece."""
    headline, stamp, *_, tags = ARTICLE.split("\n\n")
    said = "وقال الوزير إن الجسر الجديد سيخفف الازدحام عن وسط المدينة ويخدم آلاف السائقين كل يوم"
    for piece in range(pieces):
        for number in range(20):
            body = "\n\n".join(
                f"{said} بحسب تقديرات البلدية التي نشرت في اليوم {n} من العام {piece}." for n in range(6)
            )
            yield f"{headline} رقم {piece} من {number}\n\n{stamp}\n\n{body}\n\n{tags}".encode()


def test_memory_stays_small_whatever_comes():
    line = "قال الوزير إن العمل بدأ اليوم في العاصمة ".encode() * 1000
    rows = json.dumps({"text": ARTICLE}).encode() + b"\n"
    cases: list[tuple[list[object], Iterable[bytes], int, int, str]] = [
        ([], stream_of_articles(150), 0, 100, ""),
        (["-f", "jsonl"], (rows * 100 for _ in range(60)), 0, 100, ""),
        ([], (line for _ in range(2000)), 1, 300, "a line of more than 24 MiB"),
        ([], [gzip.compress(bytes(100_000_000))], 1, 100, "binary"),
        ([], [gzip.compress("خبر\n".encode() * 10_000_000)], 1, 200, "no end of the article"),
        (["--max-size", "1M"], [gzip.compress(b"".join(stream_of_articles(50)))], 1, 100, "more than 1 MiB"),
    ]
    for arguments, pieces, status, most, said in cases:
        found = peak(arguments, pieces)
        assert (found[0], said in found[2]) == (status, True), found
        assert found[1] < most, found
