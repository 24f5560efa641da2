"""Inputs as people have them: unknown encodings, rows without text, names in the other order, countries for zones."""

import json
import time

import pyarrow as pa
import pytest
from command import ARTICLE, newsparse
from pyarrow import parquet

from newsparse.record import NewsparseError
from newsparse.running import run

SHORT = "افتتاح جسر جديد في ميناء صور\n\n13:2217/09/2024\n\nافتتح الوزير الجسر اليوم في المدينة القديمة.\n"


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_an_encoding_is_guessed_and_the_record_says_so(encoding):
    data = ARTICLE.encode(encoding)
    (record,) = newsparse("--encoding", "auto", input=data).records
    assert record["headline"] == ARTICLE.partition("\n")[0]
    assert record["warnings"] == ["encoding.guessed", f"encoding.{encoding}"]
    assert newsparse(input=data).status == 1


def test_utf8_is_never_guessed(tmp_path):
    (tmp_path / "a.txt").write_bytes(ARTICLE.encode())
    assert newsparse("a.txt", "--encoding", "auto", cwd=tmp_path).records[0]["warnings"] == []
    damaged = ARTICLE.encode()[:-200] + b"\xff" + ARTICLE.encode()[-200:]
    done = newsparse("--encoding", "auto", input=damaged)
    assert (done.status, done.out) == (1, b"")
    assert "cannot be guessed; name it with --encoding" in done.err


def test_rows_without_text_are_named_once_and_counted():
    rows = [{"text": ARTICLE}, *[{"text": ""}] * 40, *[{"body": "x"}] * 2, {"text": ARTICLE}]
    done = newsparse("-f", "jsonl", "--log-json", input="\n".join(map(json.dumps, rows)))
    said = [json.loads(line) for line in done.err.splitlines()]
    assert (done.status, len(done.records), said[-1]["failures"]) == (1, 2, 42)
    assert [(each["line"], each["message"].partition(";")[0]) for each in said[:-1]] == [
        (2, "no text in this row"),
        (42, "no field 'text'"),
        (None, "39 more rows as in line 2"),
        (None, "1 more row as in line 42"),
    ]


def test_names_in_the_other_order_are_turned_around():
    done = newsparse("--keep", "title,pubdate=date")
    assert done.status == 2
    assert "did you mean date=pubdate?" in done.err


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.parquet"])
def test_a_column_to_keep_that_is_not_there_is_named(tmp_path, name):
    if name == "a.parquet":
        parquet.write_table(pa.table({"text": [ARTICLE], "url": ["u"]}), tmp_path / name)
    else:
        sign = "," if name == "a.csv" else "\t"
        (tmp_path / name).write_text(f'text{sign}url\n"{ARTICLE}"{sign}u\n', encoding="utf-8")
    done = newsparse(name, "--keep", "adress,url", cwd=tmp_path)
    assert (done.status, done.records[0]["adress"], done.records[0]["url"]) == (0, None, "u")
    assert done.err == "newsparse: no row has the field 'adress' that --keep names; it is null\n"
    assert newsparse(name, "--keep", "url", cwd=tmp_path).err == ""


def test_a_field_to_keep_that_no_row_has_is_named():
    rows = "".join(json.dumps({"text": ARTICLE, "url": url, "n": None}) + "\n" for url in ("u", "v"))
    done = newsparse("-f", "jsonl", "--keep", "url=link,n,adress=ad", input=rows)
    assert [record["ad"] for record in done.records] == [None, None]
    said = "newsparse: no row has the field {!r} that --keep names; it is null\n".format
    assert (done.status, done.err) == (0, said("adress"))
    assert newsparse("-f", "jsonl", "--keep", "n", input="").err.count("--keep") == 0
    first = json.dumps({"text": ARTICLE, "adress": 1}) + "\n" + rows
    assert newsparse("-f", "jsonl", "--keep", "adress", input=first).err == ""


def test_keep_may_be_given_several_times():
    row = json.dumps({"text": ARTICLE, "url": "u", "id": 7, "n": 1}) + "\n"
    options = ["-f", "jsonl", "--fields", "line", "--keep"]
    (record,) = newsparse(*options, "url", "--keep", "id=doc,n", input=row).records
    assert record == {"line": 1, "url": "u", "doc": 7, "n": 1}
    (record,) = newsparse(*options[:-1], input=row, NEWSPARSE_KEEP="url id=doc").records
    assert record == {"line": 1, "url": "u", "doc": 7}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pattern_that_would_search_for_ever_fails_its_input(tmp_path, jobs):
    for name, text in (("a.txt", "a" * 40 + "b"), ("b.txt", ARTICLE)):
        (tmp_path / name).write_text(f"{text}\n{ARTICLE}", encoding="utf-8")
    done = newsparse("a.txt", "b.txt", "--split", "^(a+)+$", "-j", jobs, cwd=tmp_path)
    assert (done.status, len(done.records)) == (1, 1)
    assert done.err.startswith("newsparse: a.txt: the pattern of --split takes more than 3 seconds for one line; write")


def test_a_pattern_that_is_slow_on_each_line_fails_its_input(monkeypatch):
    monkeypatch.setattr(run, "MAX_SEARCH_SECONDS", 0.2)
    pattern = run.BoundedPattern("^(a+)+$")
    began = time.process_time()
    with pytest.raises(NewsparseError, match="for a few lines"):
        for _ in range(10_000):
            pattern.search("a" * 20 + "b")
    assert 0.1 < time.process_time() - began < 2
    for _ in range(10_000):  # a plain line is always searched
        assert not pattern.search("plain")


def test_a_dash_is_standard_output(tmp_path):
    done = newsparse("-o", "-", "--csv", input=ARTICLE, cwd=tmp_path)
    assert (done.status, done.out.partition(b",")[0]) == (0, b"id")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("country", "offset"), [("KSA", "+03:00"), ("uae", "+04:00"), ("Saudi Arabia", "+03:00"), ("JO", "+03:00")]
)
def test_a_country_with_one_zone_is_a_zone(country, offset):
    (record,) = newsparse("--tz", country, input=SHORT).records
    assert record["published"] == f"2024-09-17T13:22:00{offset}"


def test_a_country_with_several_zones_is_a_hint():
    done = newsparse("--tz", "USA", input=SHORT)
    assert done.status == 2
    assert "did you mean America/New_York or" in done.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--fields headline,pub", "headline,published"),
        ("a.csv --keep te", "text"),
        ("b.jsonl --keep x,m", "x,more"),
        ("--keep u", "url"),
    ],
)
def test_names_of_fields_are_completed(tmp_path, words, expected):
    (tmp_path / "a.csv").write_text("id;text;link\n")
    (tmp_path / "b.jsonl").write_text('{"text": "a", "more": 1}\n')
    count = str(len(words.split()))
    asked = {"COMP_WORDS": f"newsparse {words}", "COMP_CWORD": count}
    done = newsparse(_NEWSPARSE_COMPLETE="bash_complete", cwd=tmp_path, **asked)
    assert f"plain,{expected}" in done.out.decode().split()
