"""The output is whole or untouched: whatever fails, whoever kills it, however many write at once.

The tests look at real files through real processes, signals and limits; where a disk would have to fail, every
system call of the module fails in its turn.
"""

import contextlib
import csv
import errno
import io
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from articles import PLAIN, article
from command import ARTICLE, COMMAND, environment

from newsparse.writing import output
from newsparse.writing import output as outputs
from newsparse.writing.output import OutputError, output_to
from newsparse.writing.write import encoder_of

OLD = b"the old one\n"
NEW = b"the new one, record by record\n" * 40_000


START = """import os, sys, time
from newsparse.writing.output import output_to
from newsparse.writing.output import OutputError
"""


def run(code, *arguments, **options):
    """Run Python code that may use an output, in a process of its own."""
    return subprocess.run([sys.executable, "-c", START + code, *map(str, arguments)], timeout=60, **options)


def begin(code, *arguments, **options):
    return subprocess.Popen([sys.executable, "-c", START + code, *map(str, arguments)], **options)


def write(path, data=NEW, **options):
    with output_to(str(path), **options) as output:
        for start in range(0, len(data), 5000):
            output.write(data[start : start + 5000])


@pytest.fixture
def old(tmp_path):
    """A file that stands there already."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(OLD)
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# A file is replaced as a whole ------------------------------------------------------------------------------------


def test_a_file_on_a_disk_that_is_read_only_is_named_as_such(old, monkeypatch):
    def refused(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("newsparse.writing.output.os.open", refused)
    with pytest.raises(OutputError, match="its file system is read-only; write elsewhere"), output_to(str(old)):
        pass


def test_the_old_file_stands_until_the_new_one_is_complete(old):
    with output_to(str(old)) as output:
        output.write(NEW)
        output.flush()
        assert old.read_bytes() == OLD
        (hidden,) = set(names(old.parent)) - {old.name}
        assert stat.S_IMODE((old.parent / hidden).stat().st_mode) == stat.S_IMODE(old.stat().st_mode)
    assert old.read_bytes() == NEW
    assert names(old.parent) == [old.name]
    with output_to(str(old)):
        assert set(names(old.parent)) - {old.name} != {hidden}  # nobody can lay something in its way


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, BrokenPipeError])
@pytest.mark.parametrize("size", [0, 10, len(NEW)])
def test_after_an_exception_all_is_as_it_was(old, error, size):
    with pytest.raises(error), output_to(str(old)) as output:
        output.write(NEW[:size])
        raise error
    assert old.read_bytes() == OLD
    assert names(old.parent) == [old.name]


def test_a_workbook_that_is_too_large_says_what_to_do(old):
    (old.parent / "a.txt").write_text(ARTICLE, encoding="utf-8")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))  # noqa: E731
    words = [*COMMAND, old.parent / "a.txt", "-o", old.with_suffix(".xlsx")]
    done = subprocess.run(words, capture_output=True, text=True, env=environment(), preexec_fn=limit, timeout=60)
    assert done.returncode == 4 and "; write less into one file" in done.stderr
    assert names(old.parent) == ["a.txt", old.name]


def test_a_new_file_has_the_permissions_of_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755, 0o200])
def test_permissions_are_kept(old, mode):
    old.chmod(mode)
    write(old)
    assert stat.S_IMODE(old.stat().st_mode) == mode
    old.chmod(0o600)
    assert old.read_bytes() == NEW


def test_the_owner_is_kept(old):
    owner = (1234, 2345) if os.geteuid() == 0 else (os.geteuid(), os.getegid())  # only root gives files away
    os.chown(old, *owner)
    write(old)
    assert (old.stat().st_uid, old.stat().st_gid) == owner


@pytest.mark.parametrize("there", [True, False])
def test_a_symbolic_link_stays_and_what_it_names_is_replaced(tmp_path, there):
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / "out"
    if there:
        real.write_bytes(OLD)
    link = tmp_path / "link"
    link.symlink_to("middle")
    (tmp_path / "middle").symlink_to("far/out")
    write(link)
    assert link.is_symlink()
    assert (tmp_path / "middle").is_symlink()
    assert real.read_bytes() == NEW
    assert names(tmp_path / "far") == ["out"]


def test_a_name_of_255_bytes_and_one_that_is_not_utf8(tmp_path):
    for name in ("س" * 127 + "x", os.fsdecode(b"caf\xe9\n.jsonl")):
        write(tmp_path / name)
        assert (tmp_path / name).read_bytes() == NEW


# What cannot be written is one line -------------------------------------------------------------------------------


def no_path(tmp_path):
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "locked").write_bytes(OLD)
    (tmp_path / "locked").chmod(0o444)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    return {
        "none/out": "no such folder",
        "folder": "it is a folder",
        "new/": "it is a folder",
        "file/out": "is a file, not a folder",
        "locked": "read-only",
        "loop": "leads back to itself",
        "x" * 300: "too long",
        "nul\0nul": "null",
    }


@pytest.mark.parametrize("append", [False, True])
def test_what_cannot_be_written_says_why_at_once(tmp_path, append):
    for name, why in no_path(tmp_path).items():
        before = names(tmp_path)
        with pytest.raises(OutputError, match=why) as caught, output_to(f"{tmp_path}/{name}", append=append):
            raise AssertionError("not reached")
        assert str(caught.value).startswith(f"{tmp_path}/{name}: ")
        assert names(tmp_path) == before


def test_a_folder_that_may_not_be_written_to():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        before = os.geteuid()
        try:
            if before == 0:
                os.seteuid(65534)
            with pytest.raises(OutputError, match="no permission"), output_to(f"{folder}/out"):
                raise AssertionError("not reached")
        finally:
            os.seteuid(before)


@pytest.mark.parametrize("append", [False, True])
def test_a_limit_on_the_size_of_files_is_heard_of(old, append):
    code = (
        "import signal\n"
        "try:\n"
        "    with output_to(sys.argv[1], append=bool(int(sys.argv[2]))) as output:\n"
        "        output.begin(b'') if sys.argv[2] == '0' else None\n"
        "        output.write(b'x' * 10**6)\n"
        "except OutputError as error: sys.exit(str(error))\n"
    )
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # noqa: E731
    done = run(code, old, int(append), capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 1
    assert "larger than the limit" in done.stderr and "write less into one file" in done.stderr
    assert names(old.parent) == [old.name]


# Every call fails in its turn -------------------------------------------------------------------------------------


class Failing:
    """The module os, in which the n-th of the calls that change something fails; with `on`, all after it too."""

    CALLS = frozenset(("open", "write", "fsync", "close", "replace", "fchmod", "fchown", "ftruncate", "dup"))

    def __init__(self, number, code, on=False):
        self.left, self.code, self.on, self.failed = number, code, on, []

    def __getattr__(self, name):
        real = getattr(os, name)
        return (lambda *args, **options: self.call(name, real, args, options)) if name in self.CALLS else real

    def call(self, name, real, args, options):
        self.left -= 1
        if self.left == 0 or (self.on and self.left < 0):
            self.failed.append(name)
            if name == "close":
                real(*args)  # as Linux does it: the descriptor is gone, and the error comes
            raise OSError(self.code, os.strerror(self.code))
        return real(*args, **options)


def fail_in_turn(monkeypatch, work, code, on=False):
    """Do the work until no call fails any more; yields the error, or None at last."""
    for number in range(1, 200):
        failing = Failing(number, code, on)
        monkeypatch.setattr(output, "os", failing)
        monkeypatch.setattr(outputs, "os", failing)
        error = None
        try:
            work()
        except OutputError as caught:
            error = caught
        finally:
            monkeypatch.undo()
        assert bool(error) == bool(failing.failed), (number, failing.failed)
        yield error
        if error is None:
            return
    raise AssertionError("never done")


def test_a_read_only_file_system_is_named_with_what_to_do():
    with pytest.raises(OutputError, match="its file system is read-only; write elsewhere"), output.errors_of("a"):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("on", [False, True])
@pytest.mark.parametrize("there", [True, False])
def test_whichever_call_fails_the_file_is_the_old_or_the_new(tmp_path, monkeypatch, code, on, there):
    path = tmp_path / "out"
    failures = 0
    path.write_bytes(OLD) if there else None
    for error in fail_in_turn(monkeypatch, lambda: write(path), code, on):
        failures += error is not None
        found = path.read_bytes() if path.exists() else None
        assert found in ((OLD if there else None), NEW)
        assert found == NEW or error is not None
        assert names(tmp_path) in ([path.name], [])
        path.write_bytes(OLD) if there else path.unlink(missing_ok=True)
    assert failures >= 8  # open, writes, fsync, close, replace, and the folder's open, fsync, close


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("there", [True, False])
def test_whichever_call_fails_what_was_added_is_whole_or_gone(tmp_path, monkeypatch, code, there):
    path = tmp_path / "out.jsonl"
    before, more = b'{"a":1}\n', b'{"b":2}\n' * 100_000

    def work():
        path.write_bytes(before) if there else path.unlink(missing_ok=True)
        with output_to(str(path), append=True) as output:
            output.begin(b"")
            output.write(more)

    failures = 0
    for error in fail_in_turn(monkeypatch, work, code):
        failures += error is not None
        found = path.read_bytes() if path.exists() else b""
        assert found in ((before if there else b""), (before if there else b"") + more)
        assert found.endswith(more) or error is not None
    assert failures >= 4  # open, write, fsync, close


def test_writes_that_take_only_a_part_are_gone_on_with(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:70_001]))
    write(tmp_path / "out")
    monkeypatch.undo()
    assert (tmp_path / "out").read_bytes() == NEW


# Signals ----------------------------------------------------------------------------------------------------------

ENDLESS = """
import signal
def end(number, frame): raise SystemExit(number)
signal.signal(signal.SIGTERM, end)
with output_to(sys.argv[1], append=len(sys.argv) > 2) as output:
    if len(sys.argv) > 2: output.begin(b'')
    while True:
        output.write(b'{"text":"' + b'x' * 5000 + b'"}\\n')
        os.write(1, b'.')
"""


def killed(path, number, *arguments):
    """Kill a process that writes to the path, after it has written a while."""
    process = begin(ENDLESS, path, *arguments, stdout=subprocess.PIPE)
    assert len(process.stdout.read(300)) == 300
    process.send_signal(number)
    status = process.wait(timeout=20)
    process.stdout.close()  # not before: a broken pipe and a signal at once are another test's
    return status


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_the_old_file(old, number):
    killed(old, number)
    assert old.read_bytes() == OLD
    others = [name for name in names(old.parent) if name != old.name]
    assert not others or (number == signal.SIGKILL and others[0].startswith(".newsparse-"))


def test_the_next_run_removes_what_a_killed_one_left(old):
    other = old.parent / "other.jsonl"
    for path in (old, old, other):  # the second removes what the first left
        killed(path, signal.SIGKILL)
    assert len(names(old.parent)) == 3
    process = begin(ENDLESS, old, stdout=subprocess.PIPE)
    assert len(process.stdout.read(300)) == 300  # this one has not ended, so what it writes stays
    assert len(names(old.parent)) == 3
    write(old)
    assert len(names(old.parent)) == 3
    assert old.read_bytes() == NEW
    process.kill()
    process.wait(timeout=20)
    process.stdout.close()
    write(old)
    write(other)
    assert names(old.parent) == [other.name, old.name]


def test_after_a_kill_the_next_run_adds_to_whole_records(old):
    old.write_bytes(b'{"text":"first"}\n')
    for _ in range(3):
        killed(old, signal.SIGKILL, "append")
        with output_to(str(old), append=True) as output:
            output.begin(b"")
            output.write(b'{"text":"next"}\n')
    texts = [json.loads(line)["text"] for line in old.read_bytes().splitlines()]
    assert texts[0] == "first"
    assert texts[-1] == "next"
    assert set(texts) == {"first", "next", "x" * 5000}
    killed(old, signal.SIGTERM, "append")
    assert [json.loads(line)["text"] for line in old.read_bytes().splitlines()] == texts


# FIFOs, devices, standard output ----------------------------------------------------------------------------------


@pytest.mark.parametrize("append", [False, True])
def test_a_fifo_is_written_through(tmp_path, append):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    read = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    with output_to(str(path), append=append) as output:
        output.begin(b"a,b\n", "csv")
        output.write(NEW)
    reader.join(timeout=10)
    assert read == [b"a,b\n" + NEW]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_reader_of_a_fifo_that_goes_is_a_broken_pipe(tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: os.close(os.open(path, os.O_RDONLY)))
    reader.start()
    with pytest.raises(BrokenPipeError), output_to(str(path)) as output:
        reader.join(timeout=10)
        output.write(NEW)


def test_devices_stay_devices():
    write("/dev/null")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with pytest.raises(OutputError, match="no space left"):
        write("/dev/full")


def test_dev_stdout_is_what_is_open(tmp_path):
    path = tmp_path / "log"
    path.write_bytes(OLD)
    before = path.stat().st_ino
    with path.open("ab") as log:
        run("with output_to('/dev/stdout') as output: output.write(b'more\\n')", stdout=log, check=True)
    assert path.read_bytes() == OLD + b"more\n"
    assert path.stat().st_ino == before


TO_STDOUT = """
try:
    with output_to(None) as output:
        for _ in range(int(sys.argv[1])): output.write(b'x' * 100)
except BrokenPipeError: os._exit(141)
except OutputError as error:
    os.write(2, str(error).encode())
    os._exit(4)
"""


@pytest.mark.parametrize("count", [0, 1, 100_000])
def test_standard_output_gets_all(count):
    assert run(TO_STDOUT, count, stdout=subprocess.PIPE).stdout == b"x" * 100 * count


@pytest.mark.parametrize("count", [1, 100_000])
def test_a_full_standard_output_is_heard_of(count):
    with Path("/dev/full").open("wb") as full:
        done = run(TO_STDOUT, count, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 4
    assert done.stderr.startswith(b"standard output: cannot be written: no space left")


def test_a_closed_standard_output_is_heard_of():
    done = run(TO_STDOUT, 1, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (4, b"standard output: cannot be written: it is closed")


def test_a_reader_that_goes_is_a_broken_pipe_and_no_word():
    process = begin(TO_STDOUT, 100_000, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=20) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_pipe_that_does_not_block_is_waited_for():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    process = begin(TO_STDOUT, 20_000, stdout=writer)
    os.close(writer)
    time.sleep(0.3)  # until it is full
    with os.fdopen(reader, "rb") as file:
        assert len(file.read()) == 2_000_000
    assert process.wait(timeout=20) == 0


def test_what_is_flushed_is_there_at_once():
    process = begin("with output_to(None) as o: o.write(b'a'); o.flush(); sys.stdin.read()", stdin=-1, stdout=-1)
    assert process.stdout.read(1) == b"a"
    process.communicate()


# Adding to a file -------------------------------------------------------------------------------------------------

FORMS = {"jsonl": {}, "csv": {}, "tsv": {}, "excel": {"excel": True}}
RECORDS = [
    article(id=f"np1-{number:016x}", body=('سطر "أول",', "ثان\tو\\ثالث"), headline='"', hashtags=('"', "a,b"))
    for number in range(3)
]


def made(form, articles=RECORDS):
    """The header and the records of a format."""
    writer = encoder_of(
        "csv" if form == "excel" else form, ["id", "headline", "body", "hashtags", "line"], **FORMS[form]
    )
    return writer.begin(), [writer.encode(one) for one in articles]


def add(path, form, header, records, **options):
    with output_to(str(path), append=True, **options) as output:
        output.begin(header, "csv" if form == "excel" else form)
        for record in records:
            output.write(record)


@pytest.mark.parametrize("form", FORMS)
def test_records_are_added_and_the_header_stands_once(tmp_path, form):
    header, records = made(form)
    path = tmp_path / "out"
    path.touch()
    for record in records:
        add(path, form, header, [record])
    assert path.read_bytes() == header + b"".join(records)
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("form", FORMS)
def test_wherever_a_file_is_torn_whole_records_stay_and_the_torn_one_goes(tmp_path, form, monkeypatch):
    monkeypatch.setattr(outputs, "READ_BLOCK_BYTES", 61)  # so that what is looked for lies across blocks
    header, (first, second, third) = made(form)
    whole = header + first + second
    path = tmp_path / "out"
    ends = [0, len(header), len(header + first), len(whole)]
    for cut in range(len(whole) + 1):
        said = []
        path.write_bytes(whole[:cut])
        add(path, form, header, [third], say=lambda what, always, said=said: said.append(always))
        end = max(end for end in ends if end <= cut)
        tail, line_end = whole[end:cut], b"\r\n" if form == "excel" else b"\n"
        is_complete = cut + 1 in ends if form == "jsonl" else end > 0 and cells(tail, form) == cells(header, form)
        kept = whole[:cut].rstrip(b"\r") + line_end if is_complete and tail else whole[:end]
        assert path.read_bytes() == (kept or header) + third, cut
        assert said == ([not is_complete] if tail else [])  # what is cut is said with --quiet too


def cells(row, form):
    """How many cells a row has, in the words of the csv module; 0 where a quote is not closed."""
    if form == "tsv":
        return len(row.split(b"\t"))
    with contextlib.suppress(csv.Error):
        return len(next(csv.reader(io.StringIO(row.decode("utf-8-sig", "replace"), newline=""), strict=True), []))
    return 0


@pytest.mark.parametrize("form", FORMS)
def test_zeros_that_a_power_failure_left_are_cut(tmp_path, form):
    header, (first, second, _) = made(form)
    path = tmp_path / "out"
    for whole in (b"", header, header + first):
        for torn in (b"\0" * 70, (first[:20] if whole else header[:7]) + b"\0" * 70):
            path.write_bytes(whole + torn)
            add(path, form, header, [second])
            assert path.read_bytes() == (whole or header) + second


@pytest.mark.parametrize(
    ("form", "content", "why"),
    [
        ("csv", b"id,headline\r\n1,2\r\n", r"other columns \(id,headline\) than"),
        ("csv", b"\n", "other columns"),
        ("tsv", b"id,headline,body,hashtags,line\n", "other columns"),
        ("csv", b"\xef\xbb\xbfid,headline,body,hashtags,line\r\n", "with --excel"),
        ("excel", b"id,headline,body,hashtags,line\n", "without --excel"),
        ("jsonl", b"id,headline\n", "no JSON Lines"),
        ("jsonl", b'[\n{"id":1}\n]\n', "no JSON Lines"),
        ("jsonl", b'{\n"id": 1\n}', "no JSON Lines"),
        (
            "csv",
            b'id,headline,body,hashtags,line\nnp1-%016x,5" disk,a,b,1\nnp1-%016x,a,b,c,2\n' % (1, 2),
            "quote is not",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_and_untouched(tmp_path, form, content, why):
    path = tmp_path / "out"
    path.write_bytes(content)
    header, records = made(form)
    with pytest.raises(OutputError, match=why):
        add(path, form, header, records)
    assert path.read_bytes() == content


@pytest.mark.parametrize("there", [True, False])
def test_what_was_added_goes_after_an_exception(tmp_path, there):
    header, records = made("csv")
    path = tmp_path / "out"
    if there:
        add(path, "csv", header, records[:1])
    before = path.read_bytes() if there else None
    with pytest.raises(KeyboardInterrupt), output_to(str(path), append=True) as output:
        output.begin(header, "csv")
        output.write(records[1])
        output.flush()
        raise KeyboardInterrupt
    assert (path.read_bytes() if path.exists() else None) == before


ADDER = """
said = []
for turn in range(5):
    with output_to(sys.argv[1], append=True, say=lambda what, always: said.append(what)) as output:
        output.begin(b'id,n\\n', 'csv')
        for number in range(40):
            output.write(b'%s,"%d\\n%d"\\n' % (sys.argv[2].encode(), turn, number))
            output.flush()
        time.sleep(0.02)
print(any('waiting' in what for what in said))
"""


def test_runs_that_overlap_wait_for_each_other(tmp_path):
    path = tmp_path / "out.csv"
    processes = [begin(ADDER, path, name, stdout=subprocess.PIPE, text=True) for name in "abcd"]
    waited = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert "True" in waited
    lines = path.read_text().split("\n")
    assert lines.count("id,n") == 1
    assert len(lines) == 1 + 4 * 5 * 40 * 2 + 1
    turns = [lines[start : start + 80] for start in range(1, len(lines) - 1, 80)]
    for turn in turns:  # nothing of another run stands between
        name, number = turn[0][0], turn[0][3]
        assert turn == [line for n in range(40) for line in (f'{name},"{number}', f'{n}"')]


def test_a_file_that_is_replaced_while_its_lock_is_waited_for_is_left(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b'{"a":1}\n')
    waiting = threading.Event()

    def later():
        with output_to(str(path), append=True, say=lambda what, always: waiting.set()) as output:
            output.begin(b"")
            output.write(b'{"b":2}\n')

    thread = threading.Thread(target=later)
    with output_to(str(path), append=True) as first:
        first.begin(b"")
        thread.start()
        assert waiting.wait(10)
        write(path, b'{"new":0}\n')
    thread.join(timeout=10)
    assert path.read_bytes() == b'{"new":0}\n{"b":2}\n'


# Ids that are written already -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [None, ["headline", "id"]])
@pytest.mark.parametrize("form", FORMS)
def test_the_ids_of_a_file_that_is_added_to_are_seen(tmp_path, form, fields):
    writer = encoder_of("csv" if form == "excel" else form, fields, **FORMS[form])
    path = tmp_path / "out"
    torn = writer.encode(PLAIN)[:60]
    path.write_bytes(writer.begin() + b"".join(map(writer.encode, RECORDS)) + torn)
    with output_to(str(path), append=True) as output:
        output.begin(writer.begin(), "csv" if form == "excel" else form)
        seen = [*output.ids("csv" if form == "excel" else form)]
    assert seen == [one.id for one in RECORDS]  # the torn record is not there any more


@pytest.mark.parametrize("form", FORMS)
def test_without_ids_there_is_nothing_to_go_by(tmp_path, form):
    writer = encoder_of("csv" if form == "excel" else form, ["headline"], **FORMS[form])
    path = tmp_path / "out"
    path.write_bytes(writer.begin() + writer.encode(PLAIN))
    with pytest.raises(OutputError, match="without id"), output_to(str(path), append=True) as output:
        output.begin(writer.begin(), "csv" if form == "excel" else form)
        list(output.ids("csv" if form == "excel" else form))


def test_a_file_that_is_replaced_has_no_ids_of_before(old):
    with output_to(str(old)) as output:
        assert [*output.ids("jsonl")] == []
