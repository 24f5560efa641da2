"""Records as bytes: every format holds what the article holds, and nothing in it acts on who reads it."""

import csv
import io
import json
import math
import re
import string
import subprocess
import sys
import zipfile
from dataclasses import fields as fields_of
from datetime import timedelta, timezone
from xml.etree import ElementTree

import jsonschema
import pytest
from articles import FORMULA, NASTY, PLAIN, article, articles, opened_table
from hypothesis import example, given
from hypothesis import strategies as st

from newsparse.record import Article
from newsparse.writing import write
from newsparse.writing.cells import MAX_CELL_UNITS, runs
from newsparse.writing.output import OutputError
from newsparse.writing.write import BY_NAME, RECORD, TABLE, FieldError, FormatError, encoder_of, json_schema

SCHEMA = jsonschema.Draft202012Validator(json.loads(json_schema()), format_checker=jsonschema.FormatChecker())
SURROGATES = st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010), min_size=1, max_size=3)
ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def written(articles, form="jsonl", fields=None, extras=None, **options):
    """All that a run writes, and the writer."""
    writer = encoder_of(form, fields, **options)
    records = [writer.encode(one, extra) for one, extra in zip(articles, extras or [None] * len(articles), strict=True)]
    return writer.begin() + b"".join(records) + b"".join(writer.end()), writer


def strict(text):
    """JSON as the strictest parser takes it: no NaN, no repeated key."""

    def once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    def refuse(name):
        raise AssertionError(name)

    return json.loads(text, object_pairs_hook=once, parse_constant=refuse)


# Fields -----------------------------------------------------------------------------------------------------------


def test_the_fields_are_those_of_the_article_and_of_the_schema():
    assert [field.name for field in fields_of(Article)] == list(RECORD) == list(PLAIN.to_dict())
    assert list(SCHEMA.schema["required"]) == list(RECORD)
    assert set(SCHEMA.schema["properties"]) == set(BY_NAME)
    assert [name for name in BY_NAME if name in TABLE] == list(TABLE)
    assert set(TABLE) == set(RECORD) - {"dropped"} | {"date"}
    jsonschema.Draft202012Validator.check_schema(SCHEMA.schema)


def test_fields_in_the_order_asked_for_each_once():
    data, _ = written([PLAIN], fields=["line", "date", "id", "line", "text"])
    assert list(strict(data)) == ["line", "date", "id", "text"]
    assert strict(data)["date"] == "2024-03-05"
    assert strict(data)["text"] == "\n\n".join(PLAIN.body)


def test_derived_fields_of_an_article_without_them_are_null():
    data, _ = written([article(body=(), published=None)], fields=["date", "text", "text_search"])
    assert strict(data) == {"date": None, "text": None, "text_search": None}


def test_the_text_for_search_is_folded():
    data, _ = written([article(body=("إلى المَدرسة ١٢",))], fields=["text_search"])
    assert strict(data) == {"text_search": "الي المدرسه 12"}


@pytest.mark.parametrize(
    ("fields", "keep", "says"),
    [
        (["headlin"], (), "'headlin'; did you mean headline"),
        (["zzz"], (), "there are: id, headline,"),
        (["ulr"], ("url",), "did you mean url"),
        (None, ("id",), "'id' itself"),
        (None, ("text",), "'text' itself"),
    ],
)
def test_an_unknown_or_taken_field_is_an_error_with_a_way_out(fields, keep, says):
    with pytest.raises(FieldError, match=re.escape(says)):
        encoder_of("jsonl", fields, keep=keep)


@pytest.mark.parametrize(
    ("form", "options", "says"),
    [
        ("yaml", {}, "there are: jsonl, json, csv"),
        ("sqlite", {}, "no format of text"),
        ("tsv", {"excel": True}, "for csv"),
        ("ninjs", {"fields": ["id"]}, "leave --fields out"),
        ("csv", {"list_sep": ""}, "--list-sep"),
    ],
)
def test_options_that_a_format_does_not_have_are_an_error(form, options, says):
    with pytest.raises(FormatError, match=says):
        encoder_of(form, **options)


@pytest.mark.parametrize(
    ("name", "form"), [("a.CSV", "csv"), ("x/y.ndjson", "jsonl"), ("a.xlsx", "xlsx"), ("a.txt", None)]
)
def test_the_suffix_names_the_format(name, form):
    assert write.output_format_of(name) == form


# JSON -------------------------------------------------------------------------------------------------------------


@given(articles())
@example(article(headline="\x7f\x85\u2028\u2029\u061c\u200e\u202e\u2066"))
@example(article(headline="\u00a0\u00ab\u2019\ufeff"))
def test_a_line_of_json_is_the_record_whatever_stands_in_it(one):
    data, _ = written([one])
    assert strict(data) == one.to_dict()
    assert list(strict(data)) == list(RECORD)
    SCHEMA.validate(strict(data))
    text = data.decode()
    assert text.splitlines(keepends=True) == [text]
    assert not ACTS.search(text)


def test_letters_and_zero_width_joiners_stand_as_they_are():
    data, _ = written([article(headline="می\u200cخواهم «ﷺ» 👩\u200d👧")])
    assert '"می\u200cخواهم «ﷺ» 👩\u200d👧"'.encode() in data


@given(articles(SURROGATES), st.sampled_from(("jsonl", "json", "csv", "tsv", "ninjs", "jsonld")))
def test_no_half_of_a_character_comes_out(one, form):
    data, _ = written([one], form)
    text = data.decode()
    assert not re.search(r"\\u[dD][89abAB]", text)
    assert form in ("csv", "tsv") or strict(text)


def test_the_bytes_of_a_file_name_that_are_not_utf8_tell_files_apart():
    names = [strict(written([article(source=f"caf{end}.txt")])[0])["source"] for end in ("\udce9", "\udcea", "\ud800")]
    assert names == ["caf\\xe9.txt", "caf\\xea.txt", "caf\ufffd.txt"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from(("jsonl", "json", "csv", "tsv", "ninjs", "jsonld")))
@example([float("nan"), {"a": float("-inf")}], "jsonl")
def test_any_json_can_be_kept(value, form):
    data, _ = written([PLAIN], form, keep=["url"], extras=[{"url": value}])
    if form in ("jsonl", "json"):
        record = strict(data)[0] if form == "json" else strict(data)
        assert list(record)[-1] == "url"
        assert record["url"] == finite(value)
        SCHEMA.validate(record)


def finite(value):
    """The value as JSON can say it."""
    if isinstance(value, dict):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def test_what_is_not_kept_or_not_there_is_not_written_or_null():
    data, _ = written([PLAIN, PLAIN], keep=["url"], extras=[{"other": 1}, None])
    assert [strict(line)["url"] for line in data.splitlines()] == [None, None]
    assert b"other" not in data


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_array_has_a_record_a_line(count):
    data, _ = written([PLAIN] * count, "json")
    assert strict(data) == [PLAIN.to_dict()] * count
    assert data.endswith(b"\n")
    assert data.count(b"\n") == max(count, 1) + 2


# CSV and TSV ------------------------------------------------------------------------------------------------------


def as_cell(value, separator="|"):
    """What a cell of the table holds, said otherwise than the code does."""
    if isinstance(value, tuple):
        return separator.join(item.replace(separator, "/") for item in value)
    return "" if value is None else str(value)


def as_cells(one, separator="|"):
    values = {name: getattr(one, name, None) for name in TABLE}
    values["date"] = one.published and one.published[:10]
    cells = {name: as_cell(value, separator) for name, value in values.items()}
    return cells | {"body": "\n\n".join(one.body)}


def without_controls(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", text)


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@given(st.lists(articles(), max_size=3))
def test_csv_is_read_back_as_it_was(several):
    data, writer = written(several, "csv")
    found = rows(data)
    assert len(found) == len(several)
    for row, one in zip(found, several, strict=True):
        warnings = row.pop("warnings").split("|")
        expected = {name: without_controls(cell) for name, cell in as_cells(one).items() if name != "warnings"}
        assert row == expected
        assert list(filter(None, warnings))[: len(one.warnings)] == list(one.warnings)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
    assert data.startswith(",".join(TABLE).encode() + b"\n")
    assert not writer.notes or any(runs(cell) for one in several for cell in as_cells(one).values())


@given(st.lists(articles(), max_size=3))
def test_tsv_has_a_record_a_line_and_is_read_back_as_it_was(several):
    data, _ = written(several, "tsv")
    header, *lines, rest = data.decode().split("\n")
    assert header.split("\t") == list(TABLE)
    assert rest == ""
    for line, one in zip(lines, several, strict=True):
        cells = [json.loads('"' + cell.replace('"', '\\"') + '"') for cell in line.split("\t")]
        found = dict(zip(TABLE, cells, strict=True))
        assert found | {"warnings": ""} == as_cells(one) | {"warnings": ""}


def test_a_row_of_one_empty_cell_is_a_row():
    data, _ = written([article(section=None)] * 2, "csv", ["section"])
    assert data == b'section\n""\n""\n'


@pytest.mark.parametrize("separator", ["|", "/", "; "])
def test_an_item_that_holds_the_separator_is_told_of(separator):
    one = article(hashtags=(f"a{separator}b", "c"), authors=("x",))
    data, writer = written([one], "csv", list_sep=separator)
    row = rows(data)[0]
    assert len(row["hashtags"].split(separator)) == 2
    assert row["warnings"].split(separator) == ["published.no_year", "hashtags.list_separator"]
    assert writer.added == {"hashtags.list_separator": 1}


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_controls_come_out_harmless(form):
    one = article(source="a\x1b]8;;http://e\x07\x9b31m\x00\rb", headline=None)
    data, writer = written([one], form)
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data)
    assert "\x9b" not in data.decode()
    if form == "csv":
        assert rows(data)[0]["source"] == "a\ufffd]8;;http://e\ufffd\ufffd31m\ufffd\ufffdb"
        assert writer.added == {"source.control_character": 1}
    else:
        assert b"a\\u001b]8;;http://e\\u0007\\u009b31m\\u0000\\rb" in data


def test_what_is_nested_is_json_in_a_cell():
    data, _ = written([PLAIN], "csv", ["dropped", "url"], keep=["url"], extras=[{"url": ["a", {"b": None}]}])
    row = rows(data)[0]
    assert json.loads(row["dropped"]) == PLAIN.to_dict()["dropped"]
    assert json.loads(row["url"]) == ["a", {"b": None}]


# Excel ------------------------------------------------------------------------------------------------------------

RUNNING = [*NASTY[:12], "\t=1", "\r=1", "\n=1", "\u3000＝1", "\u2067=1", " \u00a0\u200b@x"]


@pytest.mark.parametrize("text", RUNNING)
def test_what_may_run_does_not_in_excel_and_is_told_of_elsewhere(text):
    assert runs(text)
    one = article(headline=text, authors=(text.strip(), "b"), body=(text,))
    data, writer = written([one], "csv", excel=True)
    assert not writer.notes
    assert [
        cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row if runs(cell)
    ] == []
    assert rows(data.removeprefix(b"\xef\xbb\xbf"))[0]["headline"] == "'" + text.replace("\r", "\ufffd")
    _, plain = written([PLAIN, one, one], "csv")
    assert len(plain.notes) == 1
    assert "--excel" in plain.notes.pop()


@pytest.mark.parametrize("text", ["a=1", "٥-٣", "(=1)", "'=1", "", "الخبر"])
def test_what_cannot_run_is_left_alone(text):
    assert not runs(text)


def test_a_kept_name_cannot_run_either():
    data, _ = written([PLAIN], "csv", excel=True, keep=[FORMULA])
    assert data.decode("utf-8-sig").split("\r\n")[0].endswith(",\"'" + FORMULA.replace('"', '""') + '"')


def test_excel_gets_a_mark_and_crlf_between_rows_alone():
    data, _ = written([PLAIN], "csv", excel=True)
    assert data.startswith(b"\xef\xbb\xbfid,")
    assert data.count(b"\r\n") == 2
    assert "مجاني.\n\nوأضاف".encode() in data


def test_what_excel_would_cut_is_told_of():
    _, writer = written([article(body=("س" * MAX_CELL_UNITS,))], "csv", excel=True)
    assert not writer.notes
    data, writer = written([article(body=("س" * (MAX_CELL_UNITS + 1),))], "csv", excel=True)
    assert "32,767" in writer.notes.pop()
    assert data.decode().count("س") > MAX_CELL_UNITS


# Standards --------------------------------------------------------------------------------------------------------


def test_ninjs_has_the_keys_of_the_standard():
    one = article(
        published="2024-03-05T09:30:00+01:00", updated="2024-03-06T10:00:00+01:00", section="ثقافة", standfirst="مقدمة"
    )
    data, writer = written([one], "ninjs", keep=["url"], extras=[{"url": "https://example.org/1"}])
    found = strict(data)
    assert set(found) == {
        *("uri", "type", "standard", "language", "contentCreated", "versionCreated", "headlines", "descriptions"),
        *("bodies", "by", "located", "people", "infoSources", "subjects", "altIds", "edNote"),
    }
    assert found["uri"] == "urn:newsparse:np1-0123456789abcdef"
    assert found["contentCreated"] == one.published
    assert found["versionCreated"] == one.updated
    assert found["headlines"] == [{"role": "main", "contentType": "text/plain", "value": one.headline}]
    assert found["bodies"][0]["value"] == "\n\n".join(one.body)
    assert [person["name"] for person in found["people"]] == list(one.authors)
    assert found["altIds"] == [
        {"role": "source", "value": "news/a.txt:1"},
        {"role": "url", "value": "https://example.org/1"},
    ]
    assert not writer.notes
    assert not writer.added


@pytest.mark.parametrize(
    ("published", "zone", "expected", "codes"),
    [
        ("2024-03-05T09:30:00", None, "2024-03-05T09:30:00+00:00", ["published.assumed_utc"]),
        ("2024-03-05T09:30:00", 3, "2024-03-05T09:30:00+03:00", []),
        ("2024-03-05", 3, "2024-03-05T00:00:00+03:00", ["published.assumed_midnight"]),
        ("2024-03-05", None, "2024-03-05T00:00:00+00:00", ["published.assumed_midnight", "published.assumed_utc"]),
        ("1890-03-05T09:30:00", 1 / 120 + 0.001, "1890-03-05T09:29:26.400000+00:00", []),
        ("2024-03-05T09:30:00+05:30", None, "2024-03-05T09:30:00+05:30", []),
        (None, None, None, []),
    ],
)
def test_times_in_ninjs_have_an_offset_and_what_is_assumed_is_said(published, zone, expected, codes):
    tz = None if zone is None else timezone(timedelta(hours=zone))
    data, writer = written([article(published=published, warnings=())], "ninjs", tz=tz)
    found = strict(data)
    assert found.get("contentCreated") == expected
    assert found.get("edNote", "").split() == codes
    assert sorted(writer.added) == codes
    assert bool(writer.notes) == ("published.assumed_utc" in codes)


@given(articles())
def test_ninjs_and_jsonld_take_any_article(one):
    found = strict(written([one], "ninjs")[0])
    assert found["type"] == "text"
    assert all(value not in (None, "", []) for value in found.values())
    found = strict(written([one], "jsonld")[0])
    assert found["@type"] == "NewsArticle"
    assert found.get("headline") == one.headline


def test_jsonld_is_a_newsarticle_of_schema_org():
    data, _ = written(
        [article(agency="واس / رويترز")], "jsonld", keep=["url", "n"], extras=[{"url": "https://e.org", "n": 1}]
    )
    assert strict(data) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "urn:newsparse:np1-0123456789abcdef",
        "url": "https://e.org",
        "headline": PLAIN.headline,
        "datePublished": PLAIN.published,
        "author": [{"@type": "Person", "name": name} for name in PLAIN.authors],
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": name} for name in ("واس", "رويترز")],
        "creditText": PLAIN.byline,
        "dateline": "تونس",
        "locationCreated": {"@type": "Place", "name": "تونس"},
        "articleBody": "\n\n".join(PLAIN.body),
        "keywords": list(PLAIN.hashtags),
        "inLanguage": "ar",
        "identifier": [
            PLAIN.id,
            {"@type": "PropertyValue", "propertyID": "source", "value": "news/a.txt:1"},
            {"@type": "PropertyValue", "propertyID": "n", "value": "1"},
        ],
    }


# Excel's own form -------------------------------------------------------------------------------------------------

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def workbook(path, several, **options):
    with opened_table("xlsx", str(path), **options) as table:
        for one in several:
            table.add(one)
    return table


def sheet(path, number=1):
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))


def cells(found):
    """The text or number of each cell, by row; those that are empty are not in the file."""
    wide = len(found.findall(".//x:row[1]/x:c", NS))
    rows = []
    for row in found.iterfind(".//x:row", NS):
        texts = {re.match("[A-Z]+", cell.get("r"))[0]: "".join(cell.itertext()) for cell in row}
        rows.append([texts.get(letter, "") for letter in string.ascii_uppercase[:wide]])
    return rows


@given(one=articles(st.sampled_from(NASTY)))
def test_a_workbook_holds_texts_that_are_texts(tmp_path_factory, one):
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    workbook(path, [PLAIN, one])
    found = sheet(path)
    header, _, row = cells(found)
    assert header == [*(name for name in TABLE if name != "id"), "id"]
    expected = as_cells(one)
    found_cells = dict(zip(header, row, strict=True))
    for name in set(TABLE) - {"published", "updated", "date", "warnings"}:
        assert found_cells[name] == expected[name]
    assert found.findall(".//x:f", NS) == found.findall(".//x:hyperlink", NS) == []


def test_a_workbook_reads_from_right_to_left_with_a_frozen_headline_and_real_dates(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook(path, [article(published="2024-03-05T12:00:00+03:00"), article(published="1890-01-01")])
    found = sheet(path)
    assert found.find(".//x:sheetView", NS).get("rightToLeft") == "1"
    pane = found.find(".//x:pane", NS)
    assert [pane.get(key) for key in ("state", "xSplit", "ySplit")] == ["frozen", "1", "1"]
    assert found.find(".//x:autoFilter", NS) is not None
    header, *rows = cells(found)
    assert (header[0], header[-1]) == ("headline", "id")
    first, second = (dict(zip(header, row, strict=True)) for row in rows)
    assert float(first["published"]) == 45356.5
    assert float(first["date"]) == 45356
    assert second["published"] == second["date"] == "1890-01-01"
    with zipfile.ZipFile(path) as archive:
        assert "yyyy-mm-dd hh:mm:ss&quot;+03:00&quot;" in archive.read("xl/styles.xml").decode()


def test_the_columns_of_a_workbook_hold_a_time_with_its_offset(tmp_path):
    workbook(tmp_path / "a.xlsx", [PLAIN], fields=["published", "updated"])
    widths = [float(column.get("width")) for column in sheet(tmp_path / "a.xlsx").iterfind(".//x:col", NS)]
    assert min(widths) > len("2024-03-05 12:00:00+03:00")


def test_each_cell_of_a_workbook_reads_as_its_language(tmp_path):
    fields = ["headline", "published"]
    workbook(tmp_path / "a.xlsx", [PLAIN, article(language="en"), article(language=None)], fields=fields)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    orders = [(found.find("x:alignment", NS)) for found in styles.iterfind(".//x:cellXfs/x:xf", NS)]
    orders = [None if found is None else found.get("readingOrder") for found in orders]
    rows = [[orders[int(cell.get("s"))] for cell in row] for row in sheet(tmp_path / "a.xlsx").iterfind(".//x:row", NS)]
    assert rows[1:] == [["2", "1"], ["1", "1"], [None, "1"]]


def test_a_workbook_prints_on_pages_as_wide_as_it_is_with_its_header(tmp_path):
    workbook(tmp_path / "a.xlsx", [PLAIN])
    page = sheet(tmp_path / "a.xlsx").find(".//x:pageSetup", NS)
    assert [page.get(key) for key in ("paperSize", "orientation", "fitToHeight")] == ["9", "landscape", "0"]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert "articles!$1:$1" in archive.read("xl/workbook.xml").decode()


def test_a_row_of_a_workbook_grows_with_its_text_up_to_a_bound(tmp_path):
    bodies = [("نص",), ("نص",) * 3, ("نص " * 10_000,)]
    workbook(tmp_path / "a.xlsx", [article(body=body) for body in bodies], fields=["body"])
    heights = [float(row.get("ht")) for row in sheet(tmp_path / "a.xlsx").iterfind(".//x:row", NS) if row.get("ht")]
    assert heights == pytest.approx([16, 16 * 5, 16 * 8], abs=0.5)


def test_labels_are_the_headers_of_a_table(tmp_path):
    fields = ["headline", "published", "agency", "url"]
    workbook(tmp_path / "a.xlsx", [PLAIN], fields=fields, keep=["url"], labels="ar")
    arabic = ["العنوان", "تاريخ النشر", "الوكالة", "url"]
    assert cells(sheet(tmp_path / "a.xlsx"))[0] == arabic
    for form in ("csv", "tsv"):
        header = write.encoder_of(form, fields, keep=["url"], labels="ar").begin().decode()
        assert re.split("[,\t]", header.strip()) == arabic
    assert write.encoder_of("csv", fields[:2], labels="en").begin() == b"Headline,Published\n"


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2024-03-05T01:30:00+03:00", ["01:30:00", "+03:00", "2024-03-04T22:30:00Z"]),
        ("2024-03-05T01:30:00", ["01:30:00", "", ""]),
        ("2024-03-05", ["", "", ""]),
        (None, ["", "", ""]),
        ("0001-01-01T00:00:00+03:00", ["00:00:00", "+03:00", ""]),
    ],
)
def test_the_parts_of_a_time_are_columns_that_may_be_asked_for(published, wanted):
    writer = write.encoder_of("csv", ["time", "offset", "published_utc"])
    assert writer.encode(article(published=published)).decode().rstrip("\n").split(",") == wanted


def test_nothing_is_lost_of_what_is_longer_than_a_cell(tmp_path):
    body = tuple("س" * 900 + "😀" * 100 for _ in range(70))
    one = article(body=body, byline="😀" * MAX_CELL_UNITS)
    path = tmp_path / "a.xlsx"
    table = workbook(path, [one, PLAIN])
    assert table.added == {"body.continued": 1, "byline.continued": 1}
    assert len(table.notes) == 1
    header, row = cells(sheet(path))[:2]
    row = dict(zip(header, row, strict=True))
    more = cells(sheet(path, 2))[1:]
    assert row["warnings"] == "published.no_year|byline.continued|body.continued"
    for name, whole in (("body", "\n\n".join(body)), ("byline", one.byline)):
        parts = [row[name], *(text for _, field, _, text in more if field == name)]
        assert "".join(parts) == whole
        assert max(len(part.encode("utf-16-le")) // 2 for part in parts) <= MAX_CELL_UNITS
        assert [int(part) for _, field, part, _ in more if field == name] == list(range(2, len(parts) + 1))


def test_a_full_sheet_goes_on_in_another(tmp_path, monkeypatch):
    from newsparse.writing import xlsx

    monkeypatch.setattr(xlsx, "MAX_SHEET_ROWS", 3)
    workbook(tmp_path / "a.xlsx", [article(line=n) for n in range(1, 6)], fields=["line"])
    assert [cells(sheet(tmp_path / "a.xlsx", n)) for n in (1, 2, 3)] == [
        [["line"], ["1"], ["2"]],
        [["line"], ["3"], ["4"]],
        [["line"], ["5"]],
    ]


def test_the_same_records_make_the_same_workbook_and_an_exception_none(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        workbook(tmp_path / name, [PLAIN])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    before = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(KeyboardInterrupt), opened_table("xlsx", str(tmp_path / "a.xlsx")) as table:
        table.add(PLAIN)
        raise KeyboardInterrupt
    assert (tmp_path / "a.xlsx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


@pytest.mark.parametrize("path", ["/dev/full", "{}/none/a.xlsx"])
def test_a_workbook_that_cannot_be_written_is_one_error(tmp_path, path):
    with pytest.raises(OutputError), opened_table("xlsx", path.format(tmp_path)) as table:
        table.add(PLAIN)


def test_without_the_extra_a_workbook_says_what_to_install():
    code = (
        "import sys; sys.modules['xlsxwriter'] = None\nfrom newsparse.writing import write\n"
        "try: write.encoder_of('xlsx')\nexcept write.FormatError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'newsparse[xlsx]'" in done.stdout
