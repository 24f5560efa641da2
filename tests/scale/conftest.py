"""Articles in the forms that engines read, and what the command makes of them.

Not part of a plain test run: `.ci/scale` installs the engines and says which (`NEWSPARSE_ENGINES`).
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))
from typed import as_record  # noqa: E402

COUNT = 20_000
PARTS = 4


def generated(count):
    spec = importlib.util.spec_from_file_location("generated", ROOT / "benchmarks" / "articles.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.generate(count, seed=8)


@pytest.fixture(scope="session")
def texts():
    """Generated articles, and the samples for variety."""
    samples = sorted((ROOT / "samples").glob("*.txt"))
    assert samples
    return [*generated(COUNT), *(path.read_text(encoding="utf-8") for path in samples)]


@pytest.fixture(scope="session")
def articles(texts, tmp_path_factory):
    """A folder with the folders ``parquet`` and ``jsonl``, each in several files."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "parquet").mkdir()
    (folder / "jsonl").mkdir()
    rows = [{"url": f"https://news.example/{number}", "text": text} for number, text in enumerate(texts)]
    size = -(-len(rows) // PARTS)
    for part in range(PARTS):
        some = rows[part * size : (part + 1) * size]
        pq.write_table(pa.Table.from_pylist(some), folder / "parquet" / f"{part}.parquet", row_group_size=1000)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / "jsonl" / f"{part}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def expected(articles):
    """The command's records, by URL."""
    files = sorted((articles / "jsonl").glob("*.jsonl"))
    command = [sys.executable, "-m", "newsparse", "-q", "--keep", "url", *files]
    done = subprocess.run(command, capture_output=True, check=True)
    return by_url(map(json.loads, done.stdout.splitlines()))


def by_url(records):
    """The records by URL, without where they were read from, which engines do not know."""
    found = {}
    for record in records:
        assert record["url"] not in found
        found[record["url"]] = {name: value for name, value in record.items() if name not in ("source", "line")}
    return found


def read(folder):
    """The records of a folder of Parquet or JSON Lines, by URL, with times as the command writes them."""
    if lines := sorted(folder.glob("*.jsonl")):
        return by_url(json.loads(line) for path in lines for line in path.read_text(encoding="utf-8").splitlines())
    return by_url(map(as_record, pq.read_table(folder).to_pylist()))
