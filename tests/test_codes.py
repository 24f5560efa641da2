"""Each warning that is listed is emitted: by an input of its own, and by the part of newsparse that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import articles
import pyarrow as pa
import pytest

import newsparse
from newsparse import arrow
from newsparse.reading import rows
from newsparse.reading.inputs import InputError
from newsparse.reading.page import decode_page
from newsparse.reading.read import ReadOptions, Source, damages
from newsparse.record import WarningCode, meaning_of
from newsparse.writing.write import encoder_of

PAGE = "افتتاح جسر جديد في صور\n\n{}\n\nالأناضول\n\nافتتح وزير الأشغال الجسر الجديد صباح اليوم.\n"
CUT = PAGE.replace("صباح", "الذي يربط ضفتي النهر عند المدخل الشمالي صباح") + "\n" + "وقال الوزير إن العمل بدأ " * 3
TWO_ARTICLES = (
    "افتتاح جسر جديد في صور\nافتتح وزير الأشغال صباح اليوم الجسر الذي يصل ضفتي النهر، بعد عامين من العمل "
    "في ظروف صعبة.\nموسم زيتون وفير في السهل الشمالي\nبدأ مزارعو الزيتون في السهل الشمالي موسم القطاف وسط توقعات "
    "بإنتاج يفوق العام الفائت بنحو الثلث.\n"
)
STAMPS = {
    WarningCode.AMBIGUOUS_CALENDAR: "28/02/1400",
    WarningCode.AMBIGUOUS_ORDER: "05/06/2025 10:00",
    WarningCode.BAD_TIME: "28/02/2025 25:10",
    WarningCode.HIJRI_MISMATCH: "10 رمضان 1446 هـ الموافق 28 فبراير 2025",
    WarningCode.INVALID: "31/02/2025 10:00",
    WarningCode.NO_DAY: "آخر تحديث: نوفمبر 2024",
    WarningCode.NO_YEAR: "28 شباط 10:00",
    WarningCode.RELATIVE: "منذ 3 ساعات",
    WarningCode.TWO_DIGIT_YEAR: "31/12/99",
    WarningCode.UNEVEN_DIGITS: "الأربعاء 6/03/2024",
    WarningCode.UNKNOWN_WORDS: "28-02-2025 11:42 الجسر",
    WarningCode.WEEKDAY_MISMATCH: "الأحد 28/02/2025 10:00",
}
RECORDS = {  # a format, and what of the article it has to change
    WarningCode.ASSUMED_MIDNIGHT: ("ninjs", {"published": "2025-02-28"}),
    WarningCode.ASSUMED_UTC: ("ninjs", {"published": "2025-02-28T10:00:00"}),
    WarningCode.CONTROL_CHARACTER: ("csv", {"headline": "a\x07b"}),
    WarningCode.LIST_SEPARATOR: ("csv", {"hashtags": ("a|b",)}),
    WarningCode.CONTINUED: ("xlsx", {"body": ("نص " * 20_000,)}),
}


STATED = "<meta property=article:published_time content=2023-10-02>"
HTML_BODY = "<h1>A headline of some words</h1><p>8 November 2023</p>" + "<p>The minister said that work began.</p>" * 3
HTML = "<meta charset=utf-8>" + "<p>text</p>" * 90


def of_page(stamp: str) -> Iterable[str]:
    return newsparse.parse(PAGE.format(stamp)).warnings


def of_format(path: Path, form: str, changes: dict[str, object]) -> Iterable[str]:
    article = articles.article(**changes)
    if form == "xlsx":
        with articles.opened_table(form, str(path / "a.xlsx")) as table:
            table.add(article)
        return table.added
    writer = encoder_of(form)
    writer.encode(article)
    return writer.added


def of_rows(path: Path, text: str, form: str = "jsonl") -> Iterable[str]:
    (path / f"a.{form}").write_text(text, encoding="utf-8")
    (row,) = getattr(rows, form)(Source(str(path / f"a.{form}"), ReadOptions(text_field="text")))
    assert not isinstance(row, InputError)
    return row.warnings


def of_source(path: Path, data: bytes, encoding: str) -> Iterable[str]:
    (path / "a.txt").write_bytes(data)
    source = Source(str(path / "a.txt"), ReadOptions(encoding=encoding))
    assert "".join(source.blocks())
    return source.warnings


def of_column(value: object) -> Iterable[str]:
    (batch,) = arrow.parse_batches([pa.record_batch([pa.array([value])], names=["text"])], keep=())
    return batch.column("warnings").to_pylist()[0]


def of_joined_files() -> Iterable[str]:
    """The warnings of a file into which several articles were put without a mark between."""
    lines = next(newsparse.explained([TWO_ARTICLES], newsparse.settings(split="auto"), is_file=True))
    return newsparse.article(lines).warnings


def of_fault(patch: pytest.MonkeyPatch) -> Iterable[str]:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    patch.setattr(newsparse, "explained", fail)
    return of_column("نص")


OTHERS: dict[WarningCode, Callable[[Path, pytest.MonkeyPatch], Iterable[str]]] = {
    WarningCode.FUTURE: lambda *_: newsparse.parse(PAGE.format("28/02/2025"), now=datetime(2024, 2, 1)).warnings,
    WarningCode.BODY_CUT: lambda path, patch: newsparse.parse(CUT.format("10:00 05/06/2025")).warnings,
    WarningCode.BODY_MISSING: lambda path, patch: newsparse.parse("").warnings,
    WarningCode.HEADLINE_MISSING: lambda path, patch: newsparse.parse("").warnings,
    WarningCode.ENCODING: lambda path, patch: of_source(path, PAGE.encode("windows-1256"), "windows-1256"),
    WarningCode.ENCODING_GUESSED: lambda path, patch: of_source(path, (PAGE * 9).encode("windows-1256"), "auto"),
    WarningCode.ENCODING_REPLACED: lambda path, patch: [decode_page(HTML.encode() + b"\xff")[1] or ""],
    WarningCode.META_MISMATCH: lambda *_: newsparse.parse(STATED + HTML_BODY, html=True).warnings,
    WarningCode.SPLIT_DOUBTFUL: lambda path, patch: of_joined_files(),
    WarningCode.TEXT_ESCAPES: lambda path, patch: damages("قال &quot;نعم&quot; ثم &quot;لا&quot; &amp; &nbsp; مضى"),
    WarningCode.TEXT_FAULT: lambda path, patch: of_fault(patch),
    WarningCode.TEXT_MISSING: lambda path, patch: of_column(None),
    WarningCode.TEXT_MOJIBAKE: lambda path, patch: damages(PAGE.encode().decode("windows-1252", "replace")),
    WarningCode.TEXT_ROWS: lambda path, patch: of_rows(path, 'id,text\n1,"نص\n2,نص\n3,نص"\n', "csv"),
    WarningCode.TEXT_SURROGATE: lambda path, patch: of_rows(path, '{"text": "a\\ud800b"}\n'),
    WarningCode.TEXT_UNDECODABLE: lambda path, patch: of_column(b"\xff\xc7"),
}


@pytest.mark.parametrize("code", WarningCode, ids=lambda code: code.value)
def test_every_warning_is_emitted(code: WarningCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if code in STAMPS:
        found = of_page(STAMPS[code])
    elif code in RECORDS:
        found = of_format(tmp_path, *RECORDS[code])
    else:
        found = OTHERS[code](tmp_path, monkeypatch)
    assert code in {WarningCode.named(each) for each in found}


def test_every_warning_has_a_meaning_of_its_own() -> None:
    meanings = [code.meaning for code in WarningCode]
    assert all(meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


def test_a_code_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no warning 'text\.strange'"):
        meaning_of("text.strange")
