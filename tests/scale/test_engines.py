"""What docs/scale.md says of engines is run as it stands there, and gives what the command gives."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT, read

SECTION = {"ray": "Ray", "duckdb": "DuckDB", "spark": "Spark", "datatrove": "datatrove"}
ENGINES = os.environ.get("NEWSPARSE_ENGINES", "ray duckdb").split()


def code(engine):
    """The Python of an engine's section."""
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {SECTION[engine]}\b.*?(?=^## |\Z)", text, re.M | re.S)[0]
    return re.search(r"```python\n(.*?)```", section, re.S)[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_gives_the_records_of_the_command(engine, articles, expected, tmp_path):
    (tmp_path / "articles").symlink_to(articles / "parquet")
    (tmp_path / "job.py").write_text(code(engine), encoding="utf-8")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "RAY_USAGE_STATS_ENABLED": "0"}
    subprocess.run([sys.executable, "job.py"], cwd=tmp_path, env=environment, check=True, timeout=900)
    found = read(tmp_path / "records")
    assert len(found) == len(expected)
    assert found == expected
