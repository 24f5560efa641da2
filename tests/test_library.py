"""What a caller of the library hears who gives it something else than it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

import newsparse
from newsparse.words.vocab import with_files

ANY = cast(Any, newsparse)  # so that mypy lets the mistakes through


@pytest.mark.parametrize(
    ("mistake", "hint"),
    [
        (lambda: ANY.parse("نص", tz="Asia/Riyadh"), "zoneinfo.ZoneInfo('Asia/Riyadh')"),
        (lambda: ANY.parse("نص", now="2024-09-17"), "datetime.now(timezone.utc)"),
        (lambda: ANY.explain("نص", vocab="mine.toml"), "with_files(['words.toml'])"),
        (lambda: ANY.parse("نص", feed="feed.toml"), "Profile.load('feed.toml')"),
        (lambda: ANY.parse(Path("a.txt")), "read a file first"),
        (lambda: next(ANY.parse_many("نص")), "a list of them"),
        (lambda: cast(Any, with_files)("mine.toml"), "with_files(['mine.toml'])"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_is_expected(mistake: Callable[[], Any], hint: str) -> None:
    with pytest.raises(TypeError) as caught:
        mistake()
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "خبر".encode("utf-16-le"), b"\xc7"]
)
def test_bytes_that_are_no_text_are_refused_without_a_word_of_the_command(data: bytes) -> None:
    with pytest.raises(newsparse.DecodeError, match="decode it") as caught:
        newsparse.parse(data)
    assert "--" not in str(caught.value)


def test_an_unknown_level_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(newsparse.NewsparseError, match="none, light, search"):
        newsparse.settings(normalize="all")


def test_without_pyarrow_the_extra_is_named() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import newsparse.arrow"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("needs the extra newsparse[arrow]\n")


def test_a_folder_of_the_same_name_on_the_path_does_not_hide_the_package(tmp_path):
    (tmp_path / "newsparse").mkdir()  # as the folder above a clone has it
    code = "import newsparse; print(newsparse.__version__)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout == f"{newsparse.__version__}\n", done.stderr


@pytest.mark.parametrize("year", [1, 9999])
def test_a_reference_time_at_the_end_of_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(newsparse.NewsparseError, match="a year from 2 to 9998"):
        newsparse.parse("خبر\n\nأمس\n", now=datetime(year, 1, 1))


def test_isolated_python_runs_nothing_of_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "re.py").write_text("raise SystemExit('hostile')")
    (tmp_path / "a.txt").write_text("خبر\n\nقال الوزير إن العمل بدأ في الجسر الجديد.\n", encoding="utf-8")
    command = [sys.executable, "-I", "-m", "newsparse", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": ":"}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
