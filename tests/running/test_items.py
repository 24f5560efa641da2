"""What inputs give, one after the other, whatever is among them."""

from __future__ import annotations

import gzip
import os
import resource
import select
import subprocess
import threading

import pytest
from command import ARTICLE, newsparse, started

import newsparse as library
from newsparse.layout import grammar
from newsparse.reading import read
from newsparse.reading.inputs import InputError
from newsparse.reading.read import ReadOptions
from newsparse.running.run import Job, Parsed, of_item

KNOWN = library.settings(split="auto")
JOB = Job(ReadOptions(), KNOWN, KNOWN)


def article(number: int) -> str:
    return ARTICLE.replace("صور", f"المدينة {number}")


@pytest.fixture
def inputs(tmp_path):
    """One input of each kind, among small texts of one article each."""
    odd = {
        "two.txt": f"{article(1)}\f{article(2)}".encode(),
        "large.txt": (article(3) + "قال الوزير إن العمل يبدأ غدا.\n" * 1000).encode(),
        "wide.txt": article(4).encode("utf-16"),
        "packed.txt.gz": gzip.compress(article(5).encode()),
        "marked.txt": article(6).encode("utf-8-sig"),
        "garbled.txt": article(7).encode().decode("latin-1").encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "binary.txt": bytes(99),
        "cut.txt": article(8).encode()[:-2],
        "rows.jsonl": b'{"text": "\\u062e\\u0628\\u0631"}\n{',
        "page.txt": b"<!DOCTYPE html><html><body>",
    }
    names: list[str | InputError] = []
    for number, (name, data) in enumerate(odd.items()):
        for each, content in ((f"{number}.txt", article(100 + number).encode()), (name, data)):
            (tmp_path / each).write_bytes(content)
            names.append(str(tmp_path / each))
    return [*names, str(tmp_path), str(tmp_path / "missing.txt"), "bad\0name", InputError("gone", "no such file")]


def test_a_pattern_that_takes_too_long_is_searched_once(tmp_path):
    class Slow:
        searches = 0

        def search(self, text: str) -> object:
            self.searches += 1
            raise library.NewsparseError("too slow")

    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    known = library.settings(split=Slow())
    assert [what for _, what, _ in told([str(tmp_path / "a.txt")], Job(ReadOptions(), known, known))] == [
        f"{tmp_path / 'a.txt'}: too slow"
    ]
    assert known.split.searches == 1


def told(items, job=JOB):
    """What the inputs give, as it can be compared."""
    for item in items:
        for found in of_item(item, job):
            what = found.article if isinstance(found, Parsed) else str(found)
            yield str(item), what, getattr(found, "name", "")


def test_a_fault_of_ours_costs_its_own_input_alone(inputs, monkeypatch):
    explained = grammar.explained

    def faulty(lines, settings):
        if any("المدينة 103" in text for text in lines.texts):
            raise LookupError("broken")
        return explained(lines, settings)

    before = [*told(inputs)]
    monkeypatch.setattr(grammar, "explained", faulty)
    after = [*told(inputs)]
    changed = [now for then, now in zip(before, after, strict=True) if then != now]
    assert [what for _, what, _ in changed] == [
        f"{inputs[6]}: a fault in newsparse: LookupError: broken; please report it with this input"
    ]


def test_a_fault_while_a_text_is_read_costs_its_own_input_alone(inputs, monkeypatch):
    html = read.is_html

    def faulty(text):
        if "المدينة 103" in text:
            raise LookupError("broken")
        return html(text)

    before = [*told(inputs)]
    monkeypatch.setattr(read, "is_html", faulty)
    after = [*told(inputs)]
    changed = [now for then, now in zip(before, after, strict=True) if then != now]
    assert [what for _, what, _ in changed] == [
        f"{inputs[6]}: a fault in newsparse: LookupError: broken; please report it with this input"
    ]


def test_a_named_pipe_is_opened_once_and_keeps_its_place(inputs, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(article(9).encode()))
    writer.start()
    items = [inputs[0], str(pipe), inputs[2]]
    assert [name for name, what, _ in told(items) if isinstance(what, library.Article)] == items
    writer.join(10)
    assert not writer.is_alive()


def test_a_record_is_out_before_the_next_name_is_waited_for(inputs):
    with started("-T", "-", "-j", "1", stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        for name in (inputs[0], inputs[2]):
            process.stdin.write(os.fsencode(name) + b"\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0], "nothing comes"
            assert os.fsencode(name) in process.stdout.readline()
        process.stdin.close()
        assert process.wait(20) == 0


def test_the_first_record_is_out_before_the_second_input_is_looked_at(inputs, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with started(inputs[0], pipe, "-j", "1", stdout=subprocess.PIPE) as process, pipe.open("wb") as writer:
        assert process.stdout
        assert os.fsencode(inputs[0]) in process.stdout.readline()  # and nobody has written to the pipe
        writer.write(article(9).encode())
        writer.close()
        assert process.wait(20) == 0


def test_what_is_done_is_out_before_the_writer_of_a_pipe_is_waited_for(inputs, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = [inputs[0], inputs[2], inputs[6]]
    with started(*done, pipe, "-j", "1", stdout=subprocess.PIPE) as process:
        assert process.stdout
        for name in done:
            assert os.fsencode(name) in process.stdout.readline()
        writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)  # it fails if nobody waits
        os.write(writer, article(9).encode())
        os.close(writer)
        assert process.wait(20) == 0


def test_an_output_that_fails_while_an_input_is_waited_for_is_no_fault_of_the_input(inputs, tmp_path):
    room = len(newsparse(inputs[0]).out) + 1  # for the first record, which is out at once

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    names = [inputs[0], inputs[2], "-"]
    with (tmp_path / "out").open("wb") as out, started(*names, stdout=out, preexec_fn=limited) as process:
        assert process.stderr
        said = process.stderr.read().decode()
        assert (process.wait(20), said.count("\n")) == (4, 1), said
        assert said.startswith("newsparse: standard output: cannot be written")
