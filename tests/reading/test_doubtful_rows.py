"""Rows that could be read in two ways, and files that stand for more than they show: named failures, by the command."""

import json
import resource
import subprocess

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command import ARTICLE, COMMAND, environment, newsparse


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ('"B,u2\n"C.",u3\n"D.",u4', 10, "',' expected after"),
        ('"B,u2\nC.,u3\nD.,u4', 10, "the file ends inside quotes"),
        ('"B" said,u2\nC.,u3', 10, "',' expected after"),
    ],
)
def test_a_wrong_quote_ends_the_input_where_its_row_begins(tmp_path, rows, line, what):
    (tmp_path / "a.csv").write_text(f"text,url\n{quoted(ARTICLE[:-1])},u1\n{rows}", encoding="utf-8")
    done = newsparse("a.csv", "--keep", "url", cwd=tmp_path)
    assert (done.status, [record["url"] for record in done.records]) == (1, ["u1"])
    start = len(ARTICLE.splitlines()) + 2
    assert done.err.startswith(f"newsparse: a.csv:{start}: not CSV ({what}")
    assert "what follows it was not read" in done.err


def test_a_cell_that_holds_rows_has_a_warning(tmp_path):
    (tmp_path / "a.csv").write_text('text,url\n"خبر أول,u2\nخبر ثان,u3\nخبر ثالث",u4\n', encoding="utf-8")
    (record,) = newsparse("a.csv", cwd=tmp_path).records
    assert "text.rows" in record["warnings"]
    prose = "The mayor, who came late, spoke.\nThe bridge, he said, is open.\nThe road, too, is open."
    (tmp_path / "b.csv").write_text(f"text,url,n\n{quoted(prose)},u,1\n", encoding="utf-8")
    (record,) = newsparse("b.csv", cwd=tmp_path).records
    assert "text.rows" not in record["warnings"]


@pytest.mark.parametrize(("header", "keep"), [("text,text,url", "url"), ("text,url,url", "url")])
def test_a_column_that_stands_twice_is_refused_where_it_is_read(tmp_path, header, keep):
    (tmp_path / "a.csv").write_text(f"{header}\nأ,ب,ج\n", encoding="utf-8")
    done = newsparse("a.csv", "--keep", keep, cwd=tmp_path)
    assert (done.status, done.out) == (1, b"")
    assert "2 times; rename all but one" in done.err


def test_a_column_that_stands_twice_and_is_not_read_does_no_harm(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,n,n\n{quoted(ARTICLE)},1,2\n", encoding="utf-8")
    assert newsparse("a.csv", cwd=tmp_path).status == 0


def test_a_kept_field_that_a_short_row_lacks_is_null(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,url\n{quoted(ARTICLE)}\n", encoding="utf-8")
    (record,) = newsparse("a.csv", "--keep", "url", cwd=tmp_path).records
    assert record["url"] is None


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array_is_read(tmp_path, indent):
    rows = [{"text": ARTICLE, "url": f"u{n}", "more": {"a": [{}]}} for n in range(3)]
    (tmp_path / "a.json").write_text(json.dumps(rows, indent=indent, ensure_ascii=False), encoding="utf-8")
    done = newsparse("a.json", "--keep", "url", cwd=tmp_path)
    assert (done.status, [record["url"] for record in done.records]) == (0, ["u0", "u1", "u2"])
    assert [record["line"] for record in done.records] == ([1, 1, 1] if indent is None else [2, 11, 20])


def test_objects_over_several_lines_are_read(tmp_path):
    text = "\n".join(json.dumps({"text": ARTICLE, "n": n}, indent=1) for n in range(3))
    done = newsparse("-f", "jsonl", "--keep", "n", input=text)
    assert (done.status, [(record["n"], record["line"]) for record in done.records]) == (0, [(0, 1), (1, 5), (2, 9)])


def test_an_array_that_is_cut_short_is_one_failure(tmp_path):
    text = json.dumps([{"text": ARTICLE}] * 3, indent=1)
    done = newsparse("-f", "jsonl", input=text[:-40])
    assert (done.status, len(done.records), done.err.count("\n")) == (1, 2, 1)
    assert done.err.startswith("newsparse: -:8: not JSON")


def test_a_name_that_stands_twice_in_an_object_is_a_failure():
    done = newsparse("-f", "jsonl", input='{"text": "أ", "text": "ب"}\n' + json.dumps({"text": ARTICLE}) + "\n")
    assert (done.status, len(done.records)) == (1, 1)
    assert "the name 'text' stands twice" in done.err


def limited(*arguments, cwd, memory=1 << 29):
    """The command in so much memory beyond what Python and its libraries map."""

    def limit():
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, capture_output=True, env=environment(), timeout=60, preexec_fn=limit
    )


def repeated(text, count, path):
    column = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"text": column}), path, compression="zstd", store_schema=False)


@pytest.mark.parametrize(
    ("count", "options", "what"),
    [
        (1_000_000, (), "1,000,000 rows in"),
        (300, ("--max-size", "1M"), "more than 1 MiB"),
        (3, ("--max-size", "100K"), "more than 100 KiB"),
    ],
)
def test_a_small_parquet_file_that_stands_for_much_is_refused(tmp_path, count, options, what):
    repeated("خبر " * 30_000, count, tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 4000
    done = limited("a.parquet", *options, "-o", "o.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert what in done.stderr.decode()


def test_rows_of_nulls_alone_are_refused(tmp_path):
    pq.write_table(pa.table({"text": pa.nulls(10_000_000, pa.string())}), tmp_path / "a.parquet")
    done = newsparse("a.parquet", cwd=tmp_path)
    assert (done.status, done.err.count("\n")) == (1, 1)


def test_a_day_beyond_the_calendar_is_a_failure_of_its_row(tmp_path):
    days = pa.array([10**8, 1], pa.date32())
    pq.write_table(pa.table({"text": [ARTICLE, ARTICLE], "day": days}), tmp_path / "a.parquet")
    done = newsparse("a.parquet", "--keep", "day", cwd=tmp_path)
    assert (done.status, [record["day"] for record in done.records]) == (1, ["1970-01-02"])
    assert "a.parquet:1: the field 'day' cannot be read" in done.err
