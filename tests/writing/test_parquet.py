"""Parquet files: what the command reads from them and writes to them."""

import json
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from articles import PLAIN, article, articles, opened_table
from command import ARTICLE, newsparse
from hypothesis import given
from typed import as_record

from newsparse import arrow
from newsparse.writing.output import OutputError
from newsparse.writing.write import FieldError

OTHER = ARTICLE.replace("صور", "جبيل")


@pytest.fixture
def folder(tmp_path):
    pq.write_table(pa.table({"url": ["a", "b"], "n": [1, None], "text": [ARTICLE, OTHER]}), tmp_path / "in.parquet")
    return tmp_path


def test_parquet_in_parquet_out(folder):
    done = newsparse("in.parquet", "--keep", "url,n", "-o", "out.parquet", "--tz", "Asia/Riyadh", cwd=folder)
    assert (done.status, done.out, done.err) == (0, b"", "")
    table = pq.read_table(folder / "out.parquet")
    assert table.schema.names == [*arrow.SCHEMA.names, "url", "n"]
    lines = newsparse("in.parquet", "--keep", "url,n", "--tz", "Asia/Riyadh", cwd=folder).records
    expected = [{**line, "n": line["n"] and str(line["n"])} for line in lines]
    assert list(map(as_record, table.to_pylist())) == expected
    assert [(row["source"], row["line"], row["url"]) for row in lines] == [
        ("in.parquet", 1, "a"),
        ("in.parquet", 2, "b"),
    ]


def test_the_formats_by_name(folder):
    done = newsparse("-f", "parquet", "-t", "parquet", "-o", "out.data", "in.parquet", cwd=folder)
    assert (done.status, done.err) == (0, "")
    assert pq.read_table(folder / "out.data").num_rows == 2
    with (folder / "in.parquet").open("rb") as stream:
        assert len(newsparse("-f", "parquet", input=stream.read(), cwd=folder).records) == 0


def test_the_columns_are_those_of_the_arrow_module(folder):
    newsparse("in.parquet", "-o", "out.parquet", cwd=folder)
    batches = pq.ParquetFile(folder / "in.parquet").iter_batches()
    told = {"source", "line"}
    ours = pa.Table.from_batches(arrow.parse_batches(batches, keep=())).drop_columns(list(told))
    assert pq.read_table(folder / "out.parquet").drop_columns(list(told)).to_pylist() == ours.to_pylist()


def test_some_fields_in_order(folder):
    newsparse("in.parquet", "--fields", "url,published,date,text", "--keep", "url", "-o", "out.parquet", cwd=folder)
    schema = pq.read_schema(folder / "out.parquet")
    assert schema.names == ["url", "published", "published_utc", "published_date", "date", "text"]
    assert str(schema.field("date").type) == "date32[day]"


@given(article=articles())
def test_any_record_is_read_back(article, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "a.parquet"
    with opened_table("parquet", str(path), keep=("url",)) as table:
        table.add(article, {"url": "u"})
    assert as_record(pq.read_table(path).to_pylist()[0]) == {**article.to_dict(), "url": "u"}


def test_halves_of_characters_do_not_stop_the_run(tmp_path):
    with opened_table("parquet", str(tmp_path / "a.parquet"), keep=("url",)) as table:
        table.add(article(headline="a\ud800b"), {"url": ["\udcff"]})
    row = pq.read_table(tmp_path / "a.parquet").to_pylist()[0]
    assert row["headline"] == "a\ufffdb"
    assert json.loads(row["url"].replace("\\xff", "")) == [""]


def test_kept_values_are_text(tmp_path):
    values = [None, "a", 1, 1.5, True, ["a", 2], {"a": None}]
    with opened_table("parquet", str(tmp_path / "a.parquet"), keep=("any",)) as table:
        for value in values:
            table.add(PLAIN, {"any": value})
    found = pq.read_table(tmp_path / "a.parquet").column("any").to_pylist()
    assert found == [None, "a", "1", "1.5", "true", '["a",2]', '{"a":null}']


def test_what_parquet_holds_is_kept_as_json(tmp_path):
    columns = {
        "text": [ARTICLE],
        "seen": [datetime(2024, 9, 18, 1, 2)],
        "day": [date(2024, 9, 18)],
        "price": [Decimal("1.50")],
        "raw": [b"a\xff"],
        "nan": [float("nan")],
        "nested": [{"a": [date(2024, 9, 18)]}],
    }
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    (record,) = newsparse("in.parquet", "--keep", "seen,day,price,raw,nan,nested,none", cwd=tmp_path).records
    assert {name: record[name] for name in [*list(columns)[1:], "none"]} == {
        "seen": "2024-09-18T01:02:00",
        "day": "2024-09-18",
        "price": "1.50",
        "raw": "a\\xff",
        "nan": None,
        "nested": {"a": ["2024-09-18"]},
        "none": None,
    }


def test_texts_in_other_forms(tmp_path):
    for name, array in {
        "bytes": pa.array([ARTICLE.encode(), b"\xd8\xff"]),
        "lines": pa.array([ARTICLE.split("\n"), None]),
        "numbers": pa.array([1, 2]),
    }.items():
        pq.write_table(pa.table({"text": array}), tmp_path / f"{name}.parquet")
    done = newsparse("bytes.parquet", "lines.parquet", "numbers.parquet", cwd=tmp_path)
    assert done.status == 1
    assert [record["published"] for record in done.records] == ["2024-09-17T13:22:00"] * 2
    told = done.err.splitlines()
    assert told[0].startswith("newsparse: bytes.parquet:2: byte 0 is not UTF-8; check what wrote")
    assert told[1:] == [
        *(
            f"newsparse: {name}: the field 'text' holds no text; check this row"
            for name in ("lines.parquet:2", "numbers.parquet:1")
        ),
        "newsparse: numbers.parquet: 1 more row as in line 1",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no Parquet file"),
        (b"PAR1 and nothing else", "no Parquet file"),
        (b"text", "no Parquet file"),
        (None, "no such file"),
    ],
)
def test_a_file_that_is_none_costs_one_line(folder, content, said):
    if content is not None:
        (folder / "bad.parquet").write_bytes(content)
    done = newsparse("bad.parquet", "in.parquet", cwd=folder)
    assert done.status == 1
    assert len(done.records) == 2
    assert done.err.startswith(f"newsparse: bad.parquet: {said}")
    assert done.err.count("\n") == 1


def test_damage_in_the_middle_costs_what_comes_after_it(tmp_path):
    table = pa.table({"text": [ARTICLE.replace("جسرا", f"جسرا {number}") for number in range(600)]})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=300, compression="zstd")
    data = bytearray((tmp_path / "in.parquet").read_bytes())
    start = pq.read_metadata(tmp_path / "in.parquet").row_group(1).column(0).dictionary_page_offset
    data[start : start + 200] = bytes(200)
    (tmp_path / "in.parquet").write_bytes(data)
    done = newsparse("in.parquet", cwd=tmp_path)
    assert done.status == 1
    assert len(done.records) >= 256
    assert done.err.count("\n") == 1


def test_another_column_is_named(folder):
    done = newsparse("in.parquet", "--text-field", "content", cwd=folder)
    assert (
        done.err == "newsparse: in.parquet: no column 'content'; there are: url, n, text. Name one with --text-field\n"
    )


def test_a_pipe_has_no_end_to_read_from(folder):
    done = newsparse("-f", "parquet", input=(folder / "in.parquet").read_bytes(), cwd=folder)
    assert done.status == 1
    assert "a pipe does not have" in done.err


def test_no_parquet_on_standard_output(folder):
    done = newsparse("in.parquet", "-t", "parquet", cwd=folder)
    assert (done.status, done.out) == (2, b"")


def test_the_old_file_stays_when_something_fails(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), opened_table("parquet", str(path)) as table:
        table.add(PLAIN)
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_error_of_the_output():
    with pytest.raises(OutputError, match="no space left"), opened_table("parquet", "/dev/full") as table:
        for _ in range(3000):
            table.add(article(body=("نص " * 500,)))


@pytest.mark.parametrize("options", [{"keep": ("updated_utc",)}, {"fields": ("published", "published_utc")}])
def test_a_name_that_a_column_of_a_time_has(tmp_path, options):
    name = str(tmp_path / "a.parquet")
    with (
        pytest.raises(FieldError, match=r"two columns '(updated|published)_utc'"),
        opened_table("parquet", name, **options),
    ):
        raise AssertionError("not reached")


def test_row_groups_do_not_grow_with_the_file(tmp_path, monkeypatch):
    from newsparse import arrow

    monkeypatch.setattr(arrow, "ROW_GROUP_CHARS", 1 << 19)
    with opened_table("parquet", str(tmp_path / "a.parquet")) as table:
        for number in range(2000):
            table.add(article(id=f"np1-{number:016x}", body=("نص " * 300,)))
    about = pq.read_metadata(tmp_path / "a.parquet")
    assert about.num_rows == 2000
    assert about.num_row_groups >= 3
    ids = pq.read_table(tmp_path / "a.parquet").column("id").to_pylist()
    assert ids == [f"np1-{number:016x}" for number in range(2000)]
