"""Record batches: the types of the columns, row for row the records of the parser, and no row that raises."""

import gc
import pickle
import tracemalloc
from datetime import date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from articles import articles
from command import ARTICLE
from hypothesis import given
from hypothesis import strategies as st
from typed import as_record

import newsparse
from newsparse import arrow, feed
from newsparse.record import NewsparseError
from newsparse.writing.write import RECORD, values_of

RIYADH = timezone(timedelta(hours=3))
FORMS = {
    "strings": lambda texts: pa.array(texts, pa.string()),
    "large strings": lambda texts: pa.array(texts, pa.large_string()),
    "a dictionary": lambda texts: pa.array(texts).dictionary_encode(),
    "bytes": lambda texts: pa.array([text.encode() for text in texts], pa.binary()),
    "lists of lines": lambda texts: pa.array([text.split("\n") for text in texts]),
}


def batch(texts, **columns):
    return pa.record_batch({"text": texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string()), **columns})


def rows(*batches, keep=(), **options):
    return [row for found in arrow.parse_batches(batches, keep=keep, **options) for row in found.to_pylist()]


def test_the_types():
    types = {field.name: str(field.type) for field in arrow.SCHEMA}
    assert list(dict.fromkeys(name.partition("_")[0] for name in types)) == list(RECORD)
    assert types["published"] == "timestamp[us]"
    assert types["published_utc"] == "timestamp[us, tz=UTC]"
    assert types["published_date"] == "date32[day]"
    assert types["body"].startswith("list<")
    assert types["dropped"].endswith("struct<line: int64, role: string, text: string>>")
    ddl = arrow.SCHEMA_DDL.split(", ")
    assert "published TIMESTAMP_NTZ" in ddl
    assert "published_utc TIMESTAMP" in ddl
    assert "body ARRAY<STRING>" in ddl
    assert "dropped ARRAY<STRUCT<line: BIGINT, role: STRING, text: STRING>>" in arrow.SCHEMA_DDL


def test_a_time_is_what_is_known_of_it():
    texts = [
        ARTICLE,
        ARTICLE.replace("13:2217/09/2024", "17/09/2024"),
        ARTICLE.replace("13:2217/09/2024, الثلاثاء\n", ""),
    ]
    at, day = datetime(2024, 9, 17, 13, 22), date(2024, 9, 17)
    found = [(row["published"], row["published_utc"], row["published_date"]) for row in rows(batch(texts))]
    assert found == [(at, None, day), (None, None, day), (None, None, None)]
    row = rows(batch(texts), tz=RIYADH)[0]
    assert (row["published"], row["published_utc"]) == (at, datetime(2024, 9, 17, 10, 22, tzinfo=timezone.utc))


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_the_records_of_the_parser(form):
    texts = [ARTICLE, "", ARTICLE.replace("صور", "جبيل"), "نص"]
    found = list(map(as_record, rows(batch(FORMS[form](texts)), tz=RIYADH)))
    expected = [newsparse.parse(text, tz=RIYADH).to_dict() for text in texts]
    expected[1]["warnings"].insert(0, "text.missing")
    assert found == expected


@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_record_is_in_the_columns(some):
    values = [values_of(RECORD, article) for article in some]
    found = pa.record_batch(arrow.arrays_of(RECORD, values), schema=arrow.SCHEMA).to_pylist()
    assert list(map(as_record, found)) == [article.to_dict() for article in some]


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+03:00", "9999-12-31T23:59:59-03:00", "1930-05-01T12:00:00+03:06:52"]
)
def test_times_at_the_ends_of_the_calendar(time):
    clocks, instants, days = arrow.arrays_of(["published"], [[time]])
    assert clocks.to_pylist() == [datetime.fromisoformat(time).replace(tzinfo=None)]
    assert days.to_pylist() == [date.fromisoformat(time[:10])]
    expected = datetime(1930, 5, 1, 8, 53, 8, tzinfo=timezone.utc) if time.startswith("1930") else None
    assert instants.to_pylist() == [expected]


def test_kept_columns_are_handed_on_as_they_are():
    seen = pa.array([datetime(2024, 9, 18), None], pa.timestamp("ms"))
    given = batch([ARTICLE, None], id=pa.array([7, 8]), seen=seen)
    out = arrow.parse_table(pa.table(given), keep={"doc": "id", "seen": "seen", "url": "url"})
    assert out.schema.names[-3:] == ["doc", "seen", "url"]
    assert out.column("doc").to_pylist() == [7, 8]
    assert out.column("seen").chunk(0).equals(seen)
    assert out.column("url").to_pylist() == [None, None]
    assert out.schema.equals(arrow.schema(given.schema, {"doc": "id", "seen": "seen", "url": "url"}))


@pytest.mark.parametrize("keep", [("headline",), ("published_utc",), ("text_search",)])
def test_a_name_of_the_record_is_not_given_twice(keep):
    with pytest.raises(NewsparseError, match="the record has a"):
        list(arrow.parse_batches([batch([ARTICLE])], keep=keep))


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(NewsparseError, match="no column 'content'; there are: text"):
        list(arrow.parse_batches([batch([ARTICLE])], "content"))


def test_no_rows_are_a_batch_without_rows():
    empty = batch([])
    assert [found.num_rows for found in arrow.parse_batches([empty])] == [0]
    assert arrow.parse_table(pa.table(empty)).schema == arrow.schema(empty.schema)
    assert list(arrow.parse_batches([])) == []


# Bad rows ---------------------------------------------------------------------------------------------------------


def undecodable():
    """Strings of which the second is not UTF-8, as files of careless writers hold them."""
    data = b"".join((first := ARTICLE.encode(), b"\xd8\xff\xfe", last := ARTICLE.encode()))
    ends = [0, len(first), len(data) - len(last), len(data)]
    return pa.Array.from_buffers(pa.string(), 3, [None, pa.array(ends, pa.int32()).buffers()[1], pa.py_buffer(data)])


@pytest.mark.parametrize(
    ("column", "warning"),
    [
        (pa.array([ARTICLE, None, ARTICLE]), "text.missing"),
        (pa.array([ARTICLE, " \n\t", ARTICLE]), "text.missing"),
        (undecodable(), "text.undecodable"),
        (undecodable().dictionary_encode(), "text.undecodable"),
        (undecodable().cast(pa.binary()), "text.undecodable"),
        (pa.array([[ARTICLE], None, [ARTICLE]]), "text.missing"),
        (pa.array([[ARTICLE], [None], [ARTICLE]]), "text.missing"),
    ],
)
def test_a_bad_row_is_a_row_with_a_warning(column, warning):
    found = rows(batch(column))
    good = newsparse.parse(ARTICLE)
    assert [row["id"] for row in found] == [good.id, newsparse.article([]).id, good.id]
    assert found[1]["warnings"][0] == warning
    assert found[0]["warnings"] == found[2]["warnings"] == []


@pytest.mark.parametrize("column", [pa.array([1, 2]), pa.nulls(2), pa.array([{"a": 1}, None]), pa.array([True, False])])
def test_a_column_of_no_texts(column):
    assert [row["warnings"][0] for row in rows(batch(column))] == ["text.missing"] * 2


def test_a_fault_of_ours_costs_its_row_and_loses_nothing(monkeypatch):
    explained = newsparse.explained

    def failing(blocks, settings):
        if "هنا" in blocks[0]:
            raise ZeroDivisionError
        return explained(blocks, settings)

    monkeypatch.setattr(newsparse, "explained", failing)
    good, bad = rows(batch([ARTICLE, "سطر هنا\n\nوسطر"]))
    assert good["headline"]
    assert bad["warnings"][0] == "text.fault"
    assert [(line["line"], line["text"]) for line in bad["dropped"]] == [(1, "سطر هنا"), (3, "وسطر")]


@given(
    st.lists(st.none() | st.binary(max_size=40) | st.text(st.characters(codec="utf-8"), max_size=40).map(str.encode))
)
def test_any_bytes_are_as_many_rows(values):
    assert len(rows(batch(pa.array(values, pa.binary())))) == len(values)


# Memory -----------------------------------------------------------------------------------------------------------


def test_a_batch_of_any_size_comes_out_in_small_ones(monkeypatch):
    monkeypatch.setattr(arrow, "MAX_BATCH_ROWS", 10)
    monkeypatch.setattr(arrow, "MAX_BATCH_CHARS", 3 * len(ARTICLE))
    urls = [str(number) for number in range(25)]
    texts = [ARTICLE] * 5 + ["نص"] * 20
    found = list(arrow.parse_batches([batch(texts, url=pa.array(urls))]))
    assert [one.num_rows for one in found] == [3, 10, 10, 2]
    assert [url for one in found for url in one.column("url").to_pylist()] == urls


def test_batches_are_taken_one_at_a_time_and_let_go():
    def stream():
        for number in range(40):
            assert number <= taken + 1
            yield batch([ARTICLE + f"\n{number}"] * 200)

    taken = 0
    tracemalloc.start()
    try:
        peaks = []
        for _ in arrow.parse_batches(stream()):
            taken += 1
            gc.collect()
            peaks.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert taken == 40
    assert max(peaks[20:]) < 1.5 * max(peaks[5:20])


def test_a_feed_is_learned_and_sent_along():
    words = ("الأول", "الثاني", "الثالث")
    pages = [f"ركن القراء الكرام\nعنوان الخبر رقم {word} هنا\n\nقال المصدر {word} إن العمل بدأ.\n" for word in words]
    profile = pickle.loads(pickle.dumps(feed.learn(pages)))
    found = arrow.parse_table(pa.table({"text": pages}), feed=profile)
    assert found["headline"].to_pylist() == [f"عنوان الخبر رقم {word} هنا" for word in words]
    assert all(row[0]["text"] == "ركن القراء الكرام" for row in found["dropped"].to_pylist())
