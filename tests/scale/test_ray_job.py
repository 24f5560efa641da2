"""The job of docs/examples: all records of the command, from both formats, and nothing done twice."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import ROOT, read

JOB = ROOT / "docs" / "examples" / "ray_job.py"
PART = 1 << 23  # bytes of a partition here, so that there are some


def started(source, out, *options, size=PART):
    """The job, begun."""
    code = f"import sys; sys.argv[0] = {str(JOB)!r}; sys.path.insert(0, {str(JOB.parent)!r})\n"
    code += f"import ray_job; ray_job.SIZE = {size}; sys.exit(ray_job.main())"
    environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": str(JOB.parent)}
    command = [sys.executable, "-c", code, str(source), str(out), *options]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )


def run(source, out, *options, size=PART):
    """Run the job; its exit status and what it said."""
    job = started(source, out, *options, size=size)
    said, _ = job.communicate(timeout=900)
    return job.returncode, said


def kill(job):
    """End a job as a power cut does: all its processes at once, none of which can tidy up."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended while we looked
            continue
    found = [job.pid]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    for pid in found:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    job.communicate(timeout=60)


def contents(out):
    """The parts that are there: their names, when they were written, what is in them."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in out.glob("*.parquet")}


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_all_records_of_the_command(form, articles, expected, tmp_path):
    status, said = run(articles / form, tmp_path / "records", "--keep", "url")
    assert status == 0, said
    assert len(list((tmp_path / "records").glob("*.parquet"))) > 4
    found = read(tmp_path / "records")
    assert len(found) == len(expected)
    assert found == expected


def test_what_is_finished_is_not_done_again(articles, tmp_path):
    source, out = articles / "jsonl" / "0.jsonl", tmp_path / "records"
    assert run(source, out, "--keep", "url")[0] == 0
    parts = {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")}
    whole = read(out)
    lost = sorted(parts)[0]
    (out / lost).unlink()
    (out / "_unfinished").mkdir()
    (out / "_unfinished" / "torn.parquet").write_bytes(b"PAR1")
    status, said = run(source, out, "--keep", "url")
    assert status == 0
    assert f"{len(parts)} partitions, {len(parts) - 1} done before" in said
    assert {
        path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet") if path.name != lost
    }.items() < parts.items()
    assert read(out) == whole
    assert not (out / "_unfinished").exists()


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_killed_job_is_finished_by_the_next(form, articles, expected, tmp_path):
    out = tmp_path / "records"
    job = started(articles / form, out, "--keep", "url")
    while job.poll() is None and len(contents(out)) < 2:
        time.sleep(0.02)
    kill(job)
    assert job.returncode == -signal.SIGKILL
    before = contents(out)
    found = read(out)  # none is torn
    assert 0 < len(found) < len(expected)
    assert found.items() <= expected.items()
    status, said = run(articles / form, out, "--keep", "url")
    assert status == 0, said
    assert f" partitions, {len(before)} done before" in said
    assert contents(out).items() >= before.items()
    assert not (out / "_unfinished").exists()
    assert read(out) == expected


def test_a_bad_partition_costs_itself_and_a_bad_line_its_record(tmp_path):
    source, out = tmp_path / "in", tmp_path / "records"
    source.mkdir()
    rows = ['{"text": "نص قصير", "url": "a"}', "{broken", "[]", '{"url": "b"}', r'{"text": "\ud800", "url": 7}']
    (source / "good.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    (source / "torn.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": "نص " * 9999}).encode())[:100])
    status, said = run(source, out, "--keep", "url")
    assert status == 1
    assert "1 partitions failed" in said
    found = pq.read_table(out).to_pylist()
    assert [row["url"] for row in found] == ["a", None, None, "b", "7"]
    assert [row["warnings"][0] for row in found[1:]] == ["text.missing"] * 3 + ["text.undecodable"]


def test_two_files_that_would_have_one_name_are_refused(tmp_path):
    (tmp_path / "in" / "a").mkdir(parents=True)
    for name in ("a--b.jsonl", "a/b.jsonl"):
        (tmp_path / "in" / name).write_text('{"text": "نص"}\n')
    status, _ = run(tmp_path / "in", tmp_path / "records")
    assert status == 2
    assert not list((tmp_path / "records").glob("*.parquet"))


def test_no_line_is_lost_at_the_ends_of_ranges(tmp_path):
    rows = [json.dumps({"text": "ن" * (number % 7), "url": str(number)}) for number in range(60)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows))
    status, said = run(tmp_path / "in.jsonl", tmp_path / "records", "--keep", "url", size=97)
    assert status == 0, said
    found = pq.read_table(tmp_path / "records").column("url").to_pylist()
    assert sorted(found, key=int) == [str(number) for number in range(60)]
