"""What is written is read back equal by those who read it: Python, pandas, polars, DuckDB, LibreOffice.

The readers that are installed are tried: ``pip install 'newsparse[readers]'`` brings three, the csv module is always
there. Cells are compared as text, null and "" as one.
"""

import csv
import json
import random
import re
import shutil
import subprocess
from importlib.util import find_spec

import pytest
from articles import NASTY, PLAIN, article, opened_table

from newsparse.writing import write
from newsparse.writing.cells import runs
from newsparse.writing.write import RECORD, TABLE

FORMS = ("csv", "excel", "tsv")


def several(count=300, seed=7):
    """Articles in which every nasty text stands in every field at some time."""
    chance = random.Random(seed)

    def some(most):
        return tuple(dict.fromkeys(chance.choice(NASTY) for _ in range(chance.randint(0, most))))

    texts = ("headline", "standfirst", "agency", "location", "byline", "section")
    yield PLAIN
    for number in range(count):
        yield article(
            id=f"np1-{chance.getrandbits(64):016x}",
            **{name: chance.choice((None, chance.choice(NASTY), NASTY[number % len(NASTY)])) for name in texts},
            published=chance.choice((None, "2024-03-05", "2024-03-05T09:30:00+03:00")),
            body=some(3),
            authors=tuple(text.replace("|", "/") for text in some(2)),
            source=chance.choice(NASTY),
            line=number + 1,
            warnings=(),
        )


ARTICLES = list(several())


def expected(one, form):
    """The cells of an article, as text."""
    lists = {name: "|".join(getattr(one, name)) for name in ("authors", "hashtags", "warnings")}
    cells = {name: getattr(one, name, None) for name in TABLE} | lists
    cells |= {"date": one.published and one.published[:10], "body": "\n\n".join(one.body), "line": str(one.line)}
    cells = {name: cell or "" for name, cell in cells.items()}
    return {name: "'" + cell if form == "excel" and runs(cell) else cell for name, cell in cells.items()}


# Readers: the path and the form to rows of texts --------------------------------------------------------------------


def by_python(path, form):
    encoding = "utf-8-sig" if form == "excel" else "utf-8"
    with path.open(encoding=encoding, newline="") as file:
        how = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if form == "tsv" else {}
        return list(csv.DictReader(file, **how))


def by_pandas(path, form):
    import pandas

    how = {"sep": "\t", "quoting": csv.QUOTE_NONE} if form == "tsv" else {}
    return pandas.read_csv(path, dtype=str, keep_default_na=False, **how).to_dict("records")


def by_polars(path, form):
    import polars

    how = {"separator": "\t", "quote_char": None} if form == "tsv" else {}
    return polars.read_csv(path, infer_schema=False, **how).to_dicts()


def by_duckdb(path, form):
    import duckdb

    how = {"sep": "\t", "quotechar": "", "escapechar": ""} if form == "tsv" else {"quotechar": '"', "escapechar": '"'}
    found = duckdb.connect().read_csv(str(path), header=True, all_varchar=True, **how)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


READERS = {
    "python": by_python,
    **{
        name: reader
        for name, reader in (("pandas", by_pandas), ("polars", by_polars), ("duckdb", by_duckdb))
        if find_spec(name)
    },
}


def unescaped(cell):
    """A cell of TSV as it was."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1]), cell)


def write_to(path, form, articles):
    writer = write.encoder_of("csv" if form == "excel" else form, excel=form == "excel")
    path.write_bytes(writer.begin() + b"".join(map(writer.encode, articles)) + b"".join(writer.end()))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", READERS)
def test_rows_are_read_back_equal(tmp_path, reader, form):
    path = tmp_path / f"a.{form}"
    write_to(path, form, ARTICLES)
    found = [{name: cell or "" for name, cell in row.items()} for row in READERS[reader](path, form)]
    if form == "tsv":
        found = [{name: unescaped(cell) for name, cell in row.items()} for row in found]
    assert list(found[0]) == list(TABLE)
    assert len(found) == len(ARTICLES)
    for row, one in zip(found, ARTICLES, strict=True):
        assert row == expected(one, form)


# JSON Lines -------------------------------------------------------------------------------------------------------


def lines_by_python(path):
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def lines_by_pandas(path):
    import pandas

    found = pandas.read_json(path, lines=True, dtype=False)
    return found.astype(object).where(found.notna(), None).to_dict("records")


def lines_by_polars(path):
    import polars

    return polars.read_ndjson(path, infer_schema_length=None).to_dicts()


def lines_by_duckdb(path):
    import duckdb

    texts = dict.fromkeys(set(RECORD) - {"line", "dropped"}, "VARCHAR") | {"line": "BIGINT", "dropped": "JSON"}
    texts |= dict.fromkeys(("authors", "body", "hashtags", "warnings"), "VARCHAR[]")
    found = duckdb.connect().read_json(
        str(path), columns={name: texts[name] for name in RECORD}, format="newline_delimited"
    )
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return [row | {"dropped": json.loads(row["dropped"])} for row in rows]


LINE_READERS = {
    "python": lines_by_python,
    **{
        name: reader
        for name, reader in (("pandas", lines_by_pandas), ("polars", lines_by_polars), ("duckdb", lines_by_duckdb))
        if find_spec(name)
    },
}


@pytest.mark.parametrize("reader", LINE_READERS)
def test_lines_of_json_are_read_back_equal(tmp_path, reader):
    path = tmp_path / "a.jsonl"
    write_to(path, "jsonl", ARTICLES)
    assert LINE_READERS[reader](path) == [one.to_dict() for one in ARTICLES]


# LibreOffice ------------------------------------------------------------------------------------------------------

OFFICE = list(filter(None, [shutil.which("soffice")]))  # no parameter and no test where it is not installed
AS_CSV = (
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"  # UTF-8, the first sheet, as shown
)


def through_office(program, path, folder, *options):
    """The first sheet of a file as LibreOffice shows it, as rows of CSV."""
    home = f"-env:UserInstallation=file://{folder}/home"
    subprocess.run(
        [program, home, "--headless", *options, "--convert-to", AS_CSV, "--outdir", str(folder / "out"), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (found,) = (folder / "out").iterdir()
    with found.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("program", OFFICE)
def test_nothing_runs_in_libreoffice(tmp_path, program, form):
    path = tmp_path / f"a.{form}"
    if form == "xlsx":
        with opened_table("xlsx", str(path)) as table:
            for one in ARTICLES:
                table.add(one)
    else:
        write_to(path, "excel", ARTICLES)
    found = through_office(program, path, tmp_path, *(["--infilter=CSV:44,34,76,1"] if form == "csv" else []))
    assert len(found) == len(ARTICLES)
    for row, one in zip(found, ARTICLES, strict=True):
        for name in ("headline", "standfirst", "agency", "location", "byline", "section"):
            cell = getattr(one, name) or ""
            if runs(cell):
                assert row[name] in (cell, "'" + cell)


@pytest.mark.parametrize("program", OFFICE)
def test_the_same_would_run_from_plain_csv(tmp_path, program):
    path = tmp_path / "a.csv"
    write_to(path, "csv", [article(headline="=1+1")])
    assert through_office(program, path, tmp_path, "--infilter=CSV:44,34,76,1")[0]["headline"] == "2"
