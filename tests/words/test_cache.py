"""What is kept of the shipped words: never stale, never broken, never needed."""

import marshal
import os
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from newsparse.words import vocab
from newsparse.words.vocab import Vocab

COPY = "import sys; from newsparse.words import vocab; vocab.DATA = sys.argv[1]; print(hash(repr("
COPY += "sorted(vocab.shipped_tables().items()))))"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of newsparse/data of which nothing is kept yet."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    copy = shutil.copytree(vocab.DATA, tmp_path / "data", ignore=lambda *_: ["__pycache__"])
    monkeypatch.setattr(vocab, "DATA", str(copy))
    return copy


@pytest.fixture
def made(monkeypatch):
    """A list that grows with each time that the lists are cut and folded."""
    times, make = [], vocab._Lists.source_to_code
    monkeypatch.setattr(
        vocab._Lists, "source_to_code", lambda *given, **named: times.append(1) or make(*given, **named)
    )
    return times


def kept(data):
    return Path(cache_from_source(str(data / "words.py")))


def test_lists_are_cut_once(data, made):
    first = vocab.shipped_tables()
    assert vocab.shipped_tables() == first
    assert len(made) == 1
    assert kept(data).exists()


def test_a_changed_list_is_read_anew(data):
    assert "بلده الوادي" not in Vocab([vocab.shipped_tables()]).cities
    path = data / "places.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[cities]\n"بلدة الوادي" = "XX"\n', encoding="utf-8")
    assert Vocab([vocab.shipped_tables()]).cities["بلده الوادي"] == "XX"


def test_a_list_of_the_same_size_is_read_anew(data):
    before = vocab.shipped_tables()
    path = data / "places.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"AE"', '"XX"'), encoding="utf-8")
    assert vocab.shipped_tables() != before


def test_another_maker_of_the_same_time_is_asked_anew(data, made, tmp_path, monkeypatch):
    (tmp_path / "words").mkdir()
    for name in vocab.MAKERS:
        shutil.copy2(Path(vocab.HERE, f"{name}.py"), tmp_path / f"{name}.py")
    monkeypatch.setattr(vocab, "HERE", str(tmp_path))
    vocab.shipped_tables()
    maker = tmp_path / "text.py"
    times = maker.stat()
    maker.write_text(maker.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    os.utime(maker, ns=(times.st_atime_ns, times.st_mtime_ns))
    vocab.shipped_tables()
    assert len(made) == 2


@pytest.mark.parametrize("content", [b"", b"x", b"half", b"other"])
def test_what_is_broken_is_made_anew(data, content):
    whole = vocab.shipped_tables()
    written = kept(data).read_bytes()
    other = written[:16] + b"N"  # marshal's None
    kept(data).write_bytes({b"half": written[: len(written) // 2], b"other": other}.get(content, content))
    assert vocab.shipped_tables() == whole


@pytest.mark.parametrize(
    "damage",
    [
        lambda tables: tables.popitem(),
        lambda tables: tables.update(cities=None),
        lambda tables: tables.update(cities=tables["cities"][:2]),
        lambda tables: tables.update(cities=("", *tables["cities"][1:])),
        lambda tables: tables.update(cities=(tables["cities"][0], 5, *tables["cities"][2:])),
    ],
)
def test_a_table_that_is_missing_or_ill_typed_is_made_anew(data, damage):
    whole = vocab.shipped_tables()
    written = kept(data).read_bytes()
    code = marshal.loads(written[16:])
    tables = dict(code.co_consts[0])
    damage(tables)
    kept(data).write_bytes(written[:16] + marshal.dumps(code.replace(co_consts=(tables, *code.co_consts[1:]))))
    assert vocab.shipped_tables() == whole


def test_the_module_as_an_installer_compiled_it_is_not_taken_for_the_words(data):
    for mode in ("timestamp", "checked-hash", "unchecked-hash"):
        subprocess.run([sys.executable, "-m", "compileall", "-q", "-f", "--invalidation-mode", mode, data], check=True)
        assert Vocab([vocab.shipped_tables()]).cities["القاهره"] == "EG"


def test_where_nothing_can_be_kept_the_lists_are_cut_at_each_start(data, made):
    kept(data).parent.write_text("no folder")
    assert vocab.shipped_tables() == vocab.shipped_tables()
    assert len(made) == 2


def test_several_that_start_at_once_read_the_same(data):
    command = [sys.executable, "-c", COPY, data]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONHASHSEED": "0"}) for _ in range(6)]
    assert len({start.communicate(timeout=60)[0] for start in starts}) == 1
    assert [start.returncode for start in starts] == [0] * 6
    assert [path.name for path in kept(data).parent.iterdir()] == [kept(data).name]
