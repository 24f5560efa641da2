"""The store: what is in it, what a second run adds, what kills and other programs do to it."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import pytest
from command import ARTICLE, COMMAND, environment, newsparse, started
from doc_pages import DOCS, blocks
from gold import SAMPLES

import newsparse as library
from newsparse.running.run import Outcome, Parsed
from newsparse.showing.messages import Tally
from newsparse.writing import store
from newsparse.writing.output import OutputError
from newsparse.writing.store import STATE_SCHEMA
from newsparse.writing.write import RECORD


def ask(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def article(number: int) -> str:
    return ARTICLE.replace("صور", f"المدينة رقم {number}").replace("عامين", f"{number} عاما")


def inbox(folder: Path, count: int) -> Path:
    (folder / "inbox").mkdir(exist_ok=True)
    for number in range(count):
        (folder / "inbox" / f"{number:04}.txt").write_text(article(number), encoding="utf-8")
    return folder / "inbox"


def contents(path: Path) -> list[Any]:
    """All that a reader sees in the tables of articles, in an order of its own; without times and runs."""
    tables = ("SELECT id, headline, text, story, replaces FROM articles", "SELECT article, source, line FROM sources")
    more = ("SELECT article, line, role, text FROM dropped", "SELECT name, size, records, failure FROM inputs")
    return [sorted(ask(path, table), key=repr) for table in (*tables, *more)]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "news.db"
    assert newsparse(SAMPLES, "-o", path).status == 0
    return path


def test_a_row_holds_the_record(samples: Path) -> None:
    records = newsparse(SAMPLES, "-q").records
    record = next(record for record in records if record["published"] and record["authors"] and record["dropped"])
    with closing(sqlite3.connect(samples)) as connection:
        row = connection.execute("SELECT * FROM articles WHERE source = ?", (record["source"],))
        (found,) = [dict(zip([name[0] for name in row.description], values, strict=True)) for values in row]
    for name in set(RECORD) - {"dropped"}:
        value = record[name]
        assert found[name] == (
            json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list) else value
        )
    assert found["text"] == "\n\n".join(record["body"])
    assert found["date"] == record["published"][:10]
    assert len(ask(samples, "SELECT * FROM articles")) == len({record["id"] for record in records})
    assert len(ask(samples, "SELECT * FROM sources")) == len(records)
    dropped = [(line["line"], line["role"], line["text"]) for line in record["dropped"]]
    assert ask(samples, "SELECT line, role, text FROM dropped WHERE article = ?", record["id"]) == dropped


def test_a_run_is_told(samples: Path) -> None:
    ((version, records, failures, fields),) = ask(samples, "SELECT version, records, failures, fields FROM runs")
    assert (version, failures) == (library.__version__, 0)
    assert records == len(ask(samples, "SELECT * FROM inputs WHERE records = 1 AND failure IS NULL"))
    assert json.loads(fields)["headline"] > 0.9
    rates = ask(samples, "SELECT source, articles, headline FROM field_rates")
    assert {Path(source).name for source, _, _ in rates} == {"samples", "not"}
    assert all(0.8 < headline <= 1 for _, _, headline in rates)


@pytest.mark.parametrize("asked", ["المدينة", "المدينه", "المـديـنة", "المَدِينَة"])
def test_the_index_finds_words_however_they_are_written(samples: Path, asked: str) -> None:
    sql = "SELECT count(*) FROM articles JOIN articles_fts ON articles_fts.rowid = number WHERE articles_fts MATCH ?"
    ((found,),) = ask(samples, sql, library.fold(asked))
    ((there,),) = ask(samples, "SELECT count(*) FROM articles WHERE headline || ' ' || text LIKE '% المدينة %'")
    assert found >= there > 3
    assert ask(samples, sql, f'"{library.fold("جملة لم يكتبها أحد في خبر")}"') == [(0,)]


def test_words_are_found_beside_any_sign(tmp_path: Path) -> None:
    text = ARTICLE.replace("الميناء بالمدينة", "«المرفأ»، –المحطّة– Café؟ بالمدينة")
    newsparse("-o", tmp_path / "a.db", input=text)
    for word in ("مرفأ", "المرفا", "المحطه", "المحطة", "CAFÉ"):
        found = ask(tmp_path / "a.db", "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", library.fold(word))
        assert bool(found) == (word != "مرفأ"), word  # a word is looked for as a whole


def test_a_run_again_adds_nothing_and_an_article_has_many_sources(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 5), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    once = contents(path)
    newsparse(folder, "-o", path)
    assert contents(path) == once
    (folder / "again.txt").write_text("الرئيسية\n\n" + article(3), encoding="utf-8")
    newsparse(folder, "-o", path)
    assert len(ask(path, "SELECT * FROM articles")) == 5
    twice = "SELECT name FROM sources JOIN inputs ON input = number GROUP BY article HAVING count(*) = 2"
    assert len(ask(path, twice)) == 1
    assert ask(path, "SELECT source FROM articles WHERE headline LIKE '%رقم 3'") == [(str(folder / "0003.txt"),)]
    assert len(ask(path, "SELECT * FROM runs WHERE ended IS NOT NULL")) == 3


def test_what_a_record_holds_is_what_the_newest_run_read_in_its_first_source(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 2), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    agency = "UPDATE articles SET agency = 'x'"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(agency)
    newsparse(folder, "-o", path)
    assert ask(path, "SELECT DISTINCT agency FROM articles") == [("الأناضول",)]


def test_kept_fields_are_kept(tmp_path: Path) -> None:
    row = json.dumps({"text": article(1), "url": "https://example.org/1"}, ensure_ascii=False)
    newsparse("--from", "jsonl", "--keep", "url", "-o", tmp_path / "a.db", input=row + "\n")
    assert ask(tmp_path / "a.db", "SELECT json_extract(kept, '$.url') FROM articles") == [("https://example.org/1",)]


def test_large_inputs_are_written_before_they_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BATCH_EVENTS", 3)
    base = store.opened_store(str(tmp_path / "a.db"), lambda *_: None)
    state = store.Store(base, {})
    state.begin()
    assert list(state.chosen(["-"], False, 0)) == ["-"]
    for number in range(7):
        state.add(Parsed(library.parse(article(number)), [], "-"))
    assert len(ask(tmp_path / "a.db", "SELECT * FROM articles")) == 6
    assert ask(tmp_path / "a.db", "SELECT read FROM inputs") == [(None,)]
    state.write(Outcome("-"))
    state.flush()
    state.end(Tally())
    base.close()
    assert len(ask(tmp_path / "a.db", "SELECT * FROM articles")) == 7
    assert ask(tmp_path / "a.db", "SELECT count(*) FROM inputs WHERE read IS NOT NULL") == [(1,)]


def test_other_programs_may_delete_and_copy(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(samples)) as connection, connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM articles WHERE number > 3")
    connection.close()
    assert {len(ask(path, f"SELECT DISTINCT {column} FROM {table}")) for table, column in
            (("articles", "id"), ("sources", "article"))} == {3}  # fmt: skip
    assert len(ask(path, "SELECT * FROM versions")) <= 3
    assert newsparse(SAMPLES, "-o", path).status == 0
    sql = "SELECT id FROM articles JOIN articles_fts ON articles_fts.rowid = number WHERE articles_fts MATCH 'الوزير'"
    assert sorted(ask(path, sql)) == sorted(ask(samples, sql))


def by_pandas(path: Path) -> int:
    import pandas

    with closing(sqlite3.connect(path)) as connection, connection:
        return len(pandas.read_sql("SELECT * FROM latest", connection))


def by_datasette(path: Path) -> int:
    plugins = path.parent / "plugins"
    plugins.mkdir(exist_ok=True)
    recipe = next(block.text for block in blocks(DOCS / "guide" / "store.md") if "hookimpl" in block.text)
    (plugins / "fold.py").write_text(recipe, encoding="utf-8")
    sql = "SELECT count(*) AS found, fold('المَدينة') AS asked FROM latest"
    address = f"/{path.stem}.json?{urlencode({'sql': sql, '_shape': 'array'})}"
    command = [sys.executable, "-m", "datasette", str(path), "--plugins-dir", str(plugins), "--get", address]
    done = subprocess.run(command, capture_output=True, env=environment(), timeout=60, check=True)
    (row,) = json.loads(done.stdout)
    assert row["asked"] == "المدينه"
    return int(row["found"])


def by_duckdb(path: Path) -> int:
    import duckdb
    import duckdb_extension_sqlite_scanner

    (extension,) = Path(duckdb_extension_sqlite_scanner.__path__[0]).glob("extensions/*/*.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{path}' AS news (TYPE sqlite)")
        ((found,),) = connection.execute("SELECT count(*) FROM news.latest").fetchall()
        return int(found)


READERS = {"pandas": by_pandas, "datasette": by_datasette, "duckdb_extension_sqlite_scanner": by_duckdb}


@pytest.mark.parametrize("reader", [name for name in READERS if find_spec(name)])
def test_other_programs_read_it(samples: Path, reader: str) -> None:
    assert READERS[reader](samples) == len(ask(samples, "SELECT * FROM latest")) > 100


def test_a_store_that_lacks_a_column_gets_it(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 2), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for view in ("latest", "field_rates"):
            connection.execute(f"DROP VIEW {view}")
        connection.execute("ALTER TABLE articles DROP COLUMN byline")
        connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert newsparse(folder, "-o", path).status == 0
    assert ask(path, "SELECT DISTINCT byline FROM latest") == [("الأناضول",)]
    assert ask(path, "PRAGMA user_version") == [(1,)]


# What is no store, and what cannot be written ------------------------------------------------------------------------


def bad(path: Path, folder: Path, **options: Any) -> str:
    """The one line that is said of a store that cannot be written; nothing has changed."""
    before = path.read_bytes() if path.is_file() else None
    files = sorted(path.parent.iterdir())
    done = subprocess.run(
        [*COMMAND, str(folder), "-o", str(path)], capture_output=True, env=environment(), timeout=60, **options
    )
    said = done.stderr.decode("utf-8")
    assert (done.returncode, said.count("\n")) == (4, 1), said
    assert said.startswith(f"newsparse: {path}: ")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == files
    return said


def test_a_run_that_makes_the_tables_just_now_is_no_other_program(tmp_path: Path) -> None:
    def opened(name: int) -> None:
        start.wait()
        store.Database(str(tmp_path / f"{name}.db"), STATE_SCHEMA, 1, lambda *_: None).close()

    for name in range(40):
        start = Barrier(4)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(opened, [name] * 4))


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("CREATE TABLE articles (id)")
    connection.close()
    assert "of another program" in bad(tmp_path / "a.db", inbox(tmp_path, 1))


def test_a_later_schema(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 1), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "later newsparse (schema 99); upgrade" in bad(path, folder)


def test_what_is_no_database(tmp_path: Path) -> None:
    folder = inbox(tmp_path, 1)
    (tmp_path / "a.db").write_text("no database at all, and no short text either" * 99)
    assert "no SQLite database" in bad(tmp_path / "a.db", folder)
    (tmp_path / "d.db").mkdir()
    assert "it is a folder" in bad(tmp_path / "d.db", folder)
    done = newsparse(folder, "-o", tmp_path / "none" / "a.db")
    assert (done.status, "its folder has to exist" in done.err) == (4, True)
    done = newsparse(folder, "--to", "sqlite", "-o", "/dev/null")
    assert (done.status, "no regular file" in done.err) == (4, True)


def test_a_read_only_store(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 1), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    path.chmod(0o444)
    assert "read-only" in bad(path, folder)


def limited(size: int) -> dict[str, Any]:
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}


def test_a_full_disk(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 50), tmp_path / "a.db"
    assert "full" in bad(path, folder, **limited(8192))
    newsparse(inbox(tmp_path, 2), "-o", path)
    for number in range(2, 50):
        (folder / f"{number:04}.txt").write_text(article(number) * 40, encoding="utf-8")
    before = contents(path)
    done = subprocess.run(
        [*COMMAND, str(folder), "-o", str(path)],
        capture_output=True,
        env=environment(),
        timeout=60,
        **limited(path.stat().st_size + 4096),
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (4, 1)
    assert contents(path) == before


def test_a_store_that_another_run_is_writing_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = inbox(tmp_path, 1), tmp_path / "a.db"
    newsparse(folder, "-o", path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with started(folder, "-o", path) as run:
        assert run.stderr
        assert run.stderr.readline() == f"newsparse: {path}: another run is writing to it; waiting\n".encode()
        other.execute("ROLLBACK")
        assert run.wait(30) == 0
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(store, "QUIET_SECONDS", 0.1)
    base = store.opened_store(str(path), lambda *_: None)
    other.execute("BEGIN IMMEDIATE")
    said: list[str] = []
    base._say = lambda what, always: said.append(what)
    with pytest.raises(OutputError, match="has held its lock for"), base.transaction():
        pass
    assert said == [f"{path}: another run is writing to it; waiting"]
    other.close()
    base.close()


# Kills and other runs --------------------------------------------------------------------------------------------


def test_a_killed_run_leaves_whole_batches_and_the_next_goes_on(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 300), tmp_path / "a.db"
    times = int(os.environ.get("KILLS", "6"))
    for number in range(times):
        with started(folder, "--new", "-o", path) as run:
            time.sleep(0.1 + 0.5 * number / times)
            run.send_signal(signal.SIGKILL)
            run.wait()
        if path.exists() and ask(path, "SELECT * FROM sqlite_master"):
            assert ask(path, "PRAGMA integrity_check") == [("ok",)]
            assert ask(path, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM sources)") == [(0,)]
            assert ask(path, "PRAGMA foreign_key_check") == []
    done = newsparse(folder, "--new", "-o", path)
    assert done.status == 0
    newsparse(folder, "-o", tmp_path / "b.db")
    assert contents(path) == contents(tmp_path / "b.db")
    assert newsparse(folder, "--new", "--stats", "-o", path).err.startswith("inputs    0\n")


def test_runs_that_overlap(tmp_path: Path) -> None:
    folder, path = inbox(tmp_path, 200), tmp_path / "a.db"
    with started(folder, "-o", path) as one, started(folder, "--new", "-o", path) as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    newsparse(folder, "-o", tmp_path / "b.db")
    assert contents(path)[0] == contents(tmp_path / "b.db")[0]
    assert contents(path)[3] == contents(tmp_path / "b.db")[3]


def test_what_does_not_go_together(tmp_path: Path) -> None:
    folder = inbox(tmp_path, 1)
    for options in (["--to", "sqlite"], ["-o", "a.db", "--csv"], ["-o", "a.db", "--fields", "id"]):
        done = newsparse(folder, *options, cwd=tmp_path)
        assert (done.status, done.err.count("\n")) == (2, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox"]
