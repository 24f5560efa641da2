"""--learn, --feed and --feed-by: the same bytes for any -j, nothing lost, one clear line for what is wrong."""

import fcntl
import json
import os
import subprocess
import time

import pytest
from command import COMMAND, newsparse
from feed_pages import ABOVE, OTHER_ABOVE, OTHER_BELOW, page, story

from newsparse.feed import Profile

NOW = ("--now", "2026-05-01T12:00Z")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(page(number), encoding="utf-8")
    return folder


def right(records):
    return sum((r["headline"], r["body"]) == story(int(r["source"][-6:-4])) for r in records)


def test_learn_then_feed(inbox, tmp_path):
    profile = tmp_path / "a.toml"
    assert right(newsparse(inbox).records) == 0
    learned = newsparse(inbox, "--learn", profile, *NOW)
    assert (learned.status, learned.err) == (0, "")
    assert right(learned.records) == 12
    content = profile.read_bytes()
    assert newsparse(inbox, "--feed", profile).out == learned.out
    assert newsparse(inbox, "--learn", profile, *NOW, "-j", 3).out == learned.out
    assert profile.read_bytes() == content
    assert newsparse(inbox, "--learn", tmp_path / "b.toml", *NOW, "-j", 3).out == learned.out
    assert (tmp_path / "b.toml").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.toml", "b.toml", "inbox"]


def test_the_reason_is_explained(inbox, tmp_path):
    done = newsparse(inbox, "--learn", tmp_path / "a.toml", "--explain")
    assert done.out.decode().count("on 12 of 12 pages of this feed\tركن القراء الكرام") == 12


def test_rows_of_standard_input_are_read_twice(tmp_path):
    rows = "".join(json.dumps({"text": page(number)}) + "\n" for number in range(6))
    done = newsparse("-f", "jsonl", "--learn", tmp_path / "a.toml", input=rows)
    assert [(r["headline"], r["body"]) for r in done.records] == [story(number) for number in range(6)]


def test_standard_input_is_read_from_where_it_stands_and_a_closed_one_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(f"head\n{page(0)}", encoding="utf-8")
    command = [*COMMAND, "-", "--learn", str(tmp_path / "a.toml"), "--fields", "line,body"]
    shell = '(read head; "$@") <a.txt; "$@" a.txt <&-'
    done = subprocess.run(["sh", "-c", shell, "sh", *command], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert done.stdout.count(b'"line"') == 2
    assert b"head" not in done.stdout.splitlines()[0]
    assert done.stderr.startswith(b"newsparse: -: it is closed") and done.stderr.count(b"\n") == 1


def test_standard_input_that_does_not_block_is_waited_for(tmp_path):
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    with subprocess.Popen([*COMMAND, "--learn", tmp_path / "a.toml"], stdin=reader, stdout=subprocess.PIPE) as run:
        time.sleep(0.5)
        os.write(writer, page(0).encode())
        os.close(writer)
        assert json.loads(run.communicate(timeout=60)[0])["body"]
    os.close(reader)


def test_a_source_for_each_folder(inbox, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    for number in range(6):
        (other / f"{number:02}.txt").write_text(page(number, OTHER_ABOVE, OTHER_BELOW), encoding="utf-8")
    profiles = tmp_path / "profiles"
    done = newsparse(inbox, other, "--learn", profiles, "--feed-by", "folder")
    assert right(done.records) == 18
    assert sorted(path.name for path in profiles.iterdir()) == ["inbox.toml", "other.toml"]
    assert not set(ABOVE.split("\n")) & Profile.load(profiles / "other.toml").lines.keys()
    again = newsparse(other, inbox, "--feed", profiles, "--feed-by", "folder", "-j", 2)
    assert sorted(again.out.split(b"\n")) == sorted(done.out.split(b"\n"))


def test_a_source_for_each_host(tmp_path):
    def row(number, url, *frame):
        return json.dumps({"text": page(number, *frame), "url": url}) + "\n"

    rows = [row(number, f"https://www.port.example/{number}") for number in range(6)]
    rows += [row(number, f"http://u:p@hills.example:80/{number}", OTHER_ABOVE, OTHER_BELOW) for number in range(6)]
    rows += [row(0, None), row(1, "../..")]
    profiles = tmp_path / "profiles"
    done = newsparse("-f", "jsonl", "--learn", profiles, "--feed-by", "url", input="".join(rows))
    assert (done.status, len(done.records)) == (0, 14)
    assert [(r["headline"], r["body"]) for r in done.records[:12]] == [story(number) for number in range(6)] * 2
    assert sorted(path.name for path in profiles.iterdir()) == [
        "%2E.%2F...toml",
        "hills.example.toml",
        "port.example.toml",
    ]


def test_another_layout_is_told(inbox, tmp_path):
    profile = tmp_path / "a.toml"
    newsparse(inbox, "--learn", profile)
    other = tmp_path / "other"
    other.mkdir()
    for number in range(5):
        (other / f"{number}.txt").write_text(page(20 + number, OTHER_ABOVE, OTHER_BELOW), encoding="utf-8")
    assert newsparse(inbox, "--feed", profile, "--strict").err == ""
    done = newsparse(other, "--feed", profile, "--strict", "-j", 2)
    assert done.status == 3
    assert done.err.count("its layout is another now") == 1
    log = [json.loads(line) for line in newsparse(other, "--feed", profile, "--log-json").err.splitlines()]
    assert log[-1]["feeds"][0]["drifted"] is True
    done = newsparse(other, "--learn", profile, "--strict")
    assert (done.status, done.err.count("its layout is another now")) == (3, 1)
    assert newsparse(other, "--learn", profile, "--strict").status == 0


def test_a_field_that_is_missing_now_is_told(inbox, tmp_path):
    profile = tmp_path / "a.toml"
    newsparse(inbox, "--learn", profile)
    for path in inbox.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("/03/2026", ""), encoding="utf-8")
    done = newsparse(inbox, "--feed", profile, "--stats")
    assert "published in 0% of the records, and before in 100%" in done.err
    assert "100 % of its common lines met" in done.err


def test_each_day_of_cron_is_at_least_as_good_as_without(tmp_path):
    profile, gains = tmp_path / "a.toml", []
    for day in range(12):
        path = tmp_path / f"{day:02}.txt"
        path.write_text(page(day), encoding="utf-8")
        now = ("--now", f"2026-03-{day + 1:02}T06:00Z")
        gains.append(right(newsparse(path, "--learn", profile, *now).records) - right(newsparse(path).records))
    assert gains[2:] == [1] * 10
    assert min(gains) == 0


def test_an_input_that_fails_is_told_once_and_nothing_is_lost(inbox, tmp_path):
    (inbox / "05.txt").write_bytes(b"\xff\xfe\xff" * 9)
    (inbox / "06.txt").write_bytes(b"")
    done = newsparse(inbox, "--learn", tmp_path / "a.toml")
    assert (done.status, len(done.records), len(done.err.splitlines())) == (1, 10, 2)


@pytest.mark.parametrize(
    ("options", "status", "what"),
    [
        (["--feed", "none.toml"], 2, "no such file"),
        (["--feed", "inbox"], 2, "a folder"),
        (["--learn", "inbox"], 2, "a folder"),
        (["--learn", "no/a.toml"], 4, "no such folder"),
        (["--learn", "words.toml"], 2, "no version in a table [feed]"),
        (["--learn", "newer.toml"], 2, "update newsparse"),
        (["--learn", "words.toml", "--feed-by", "folder"], 2, "no folder"),
        (["--learn", "/proc/nowhere/profiles", "--feed-by", "folder"], 4, "there is no such folder"),
        (["--feed", "profiles", "--feed-by", "folder"], 2, "no version in a table [feed]"),
        (["--learn", "a.toml", "--feed", "a.toml"], 2, "leave --feed out"),
        (["--feed-by", "folder"], 2, "name their folder"),
    ],
)
def test_what_is_wrong_gets_one_line(inbox, tmp_path, options, status, what):
    (tmp_path / "words.toml").write_text('[furniture]\n"اشترك" = true\n', encoding="utf-8")
    (tmp_path / "newer.toml").write_text('[feed]\n"version" = 2\n')
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "x.toml").write_text("[furniture]\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    done = newsparse("inbox", *options, cwd=tmp_path)
    assert (done.status, done.out) == (status, b"")
    assert len(done.err.splitlines()) == 1
    assert what in done.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before


def test_a_locked_profile(inbox, tmp_path, monkeypatch):
    profile = tmp_path / "a.toml"
    newsparse(inbox, "--learn", profile)
    with profile.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = newsparse(inbox, "--learn", profile)
        assert newsparse(inbox, "--feed", profile).status == 0
    assert (done.status, done.out) == (4, b"")
    assert done.err == f"newsparse: {profile}: another program holds its lock; wait until it is done\n"


def test_the_output_is_no_profile(inbox, tmp_path):
    profile = tmp_path / "a.toml"
    newsparse(inbox, "--learn", profile)
    done = newsparse(inbox, "--feed", profile, "-o", profile, "--to", "jsonl")
    assert done.status == 2
    assert Profile.load(profile).total == 12


def test_the_report_shows_what_was_learned(inbox, tmp_path):
    report = tmp_path / "page.html"
    newsparse(inbox, "--learn", tmp_path / "a.toml", "--report", report, "--labels", "en", "-o", tmp_path / "a.jsonl")
    html = report.read_text(encoding="utf-8")
    assert html.count("Lines that the pages share") == 1
    assert "write false behind a line" in html
    assert all(f"<bdi>{line}</bdi>" in html for line in ABOVE.split("\n"))


def test_only_new_inputs_are_learned(inbox, tmp_path):
    options = ("--learn", tmp_path / "a.toml", "--new", "-o", tmp_path / "a.jsonl")
    newsparse(inbox, *options, "--now", "2026-05-01T06:00Z")
    (inbox / "12.txt").write_text(page(12), encoding="utf-8")
    newsparse(inbox, *options, "--now", "2026-06-01T06:00Z")
    assert Profile.load(tmp_path / "a.toml").total == 1
