"""Versions of a story are told from other stories: within a run, and in a store."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from articles import PLAIN
from command import newsparse
from hypothesis import given
from hypothesis import strategies as st

from newsparse import stories
from newsparse.stories import likeness

PARAGRAPHS = [
    "أعلنت بلدية طرابلس اليوم الثلاثاء بدء أعمال ترميم السوق القديمة بعد انتظار دام عشر سنوات، وأغلقت ثلاثة شوارع.",
    "وقال رئيس البلدية إن الكلفة تبلغ 12 مليون دولار، يدفع الصندوق العربي للتراث نصفها، والنصف الآخر من ميزانيتها.",
    "وأضاف أن التجار سينقلون إلى خيام مؤقتة في الساحة المجاورة، وأن أول المحلات سيفتح أبوابه من جديد في الصيف المقبل.",
    "وكان حريق كبير قد أتى على الجزء الغربي من السوق قبل عقد من الزمن، وأودى بحياة حارسين، ولم تعرف أسبابه إلى اليوم.",
    "ويرى المهندس المعماري سليم درويش أن الحجارة الرملية الأصلية أصبحت نادرة، وأن المقالع القريبة من الساحل أغلقت.",
]
OTHER = [
    "فاز فريق النجوم على ضيفه الاتحاد بهدفين نظيفين في المباراة التي جمعتهما مساء أمس على ملعب المدينة الرياضية.",
    "وسجل الهدفين المهاجم الشاب عمار بركات في الدقيقتين 23 و71، وأهدر زميله ركلة جزاء في الوقت بدل الضائع.",
    "ورفع النجوم رصيده إلى 31 نقطة في المركز الثالث، وبقي الاتحاد في المركز الأخير بست نقاط من عشر مباريات.",
]
CHANGED = {
    "number": [PARAGRAPHS[0], PARAGRAPHS[1].replace("12", "14"), *PARAGRAPHS[2:]],
    "added": [*PARAGRAPHS, OTHER[0]],
    "cut": PARAGRAPHS[:3],
    "half": [PARAGRAPHS[0][:50] + ".", *PARAGRAPHS[1:]],
    "moved": [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1], *PARAGRAPHS[3:]],
    "spelled": [text.replace("أ", "ا").replace("ة", "ه").replace("،", " -") for text in PARAGRAPHS],
}


def sketch(paragraphs: list[str]) -> list[int]:
    return stories.sketch(stories.folded_body(replace(PLAIN, body=tuple(paragraphs))))


def page(headline: str, clock: str, paragraphs: list[str]) -> str:
    return "\n\n".join([headline, f"{clock} 17/09/2024", *paragraphs]) + "\n"


def written(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def versions() -> dict[str, str]:
    first = {"0": page("ترميم السوق القديمة في طرابلس", "10:00", PARAGRAPHS)}
    return first | {
        name: page("بدء ترميم سوق طرابلس", f"1{number}:30", body) for number, (name, body) in enumerate(CHANGED.items())
    }


@pytest.mark.parametrize("name", CHANGED)
def test_a_version_is_alike_and_another_story_is_not(name: str) -> None:
    assert likeness(sketch(PARAGRAPHS), sketch(CHANGED[name])) > 0.5
    assert likeness(sketch(CHANGED[name]), sketch(PARAGRAPHS)) > 0.5
    assert likeness(sketch(CHANGED[name]), sketch(OTHER)) == 0


@given(st.lists(st.sampled_from(PARAGRAPHS + OTHER), max_size=8), st.lists(st.sampled_from(PARAGRAPHS), max_size=8))
def test_likeness_is_a_share_and_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    first, second = sketch(one), sketch(other)
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == (1 if len(first) >= stories.MIN_COMMON_HASHES else 0)


def test_story_and_replaces_within_a_run(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", versions() | {"other": page("فوز فريق النجوم", "09:00", OTHER)})
    records = {
        Path(record["source"]).stem: record
        for record in newsparse(folder, "--fields", "id,source,published,story,replaces").records
    }
    story = records["0"]["id"]
    assert {name: record["story"] for name, record in records.items()} == {
        **dict.fromkeys(records, story),
        "other": records["other"]["id"],
    }
    assert records["0"]["replaces"] is records["other"]["replaces"] is None
    of_id = {record["id"]: record for record in records.values()}
    for name in CHANGED:
        assert of_id[records[name]["replaces"]]["published"] < records[name]["published"]


def test_an_older_version_replaces_no_newer_one(tmp_path: Path) -> None:
    pages = {"1": page("ترميم السوق", "11:00", PARAGRAPHS), "2": page("ترميم السوق القديمة", "09:00", PARAGRAPHS[:4])}
    first, second = newsparse(written(tmp_path / "in", pages), "--fields", "id,story,replaces").records
    assert (second["story"], second["replaces"]) == (first["id"], None)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "parquet", "xlsx"])
def test_every_format_has_the_fields(tmp_path: Path, form: str) -> None:
    folder = written(tmp_path / "in", versions())
    path = tmp_path / f"a.{form}"
    assert newsparse(folder, "--fields", "story,replaces", "-o", path, "-j", "2").status == 0
    if form == "json":
        assert len({record["story"] for record in json.loads(path.read_text("utf-8"))}) == 1
    if form in ("csv", "tsv"):
        rows = [line.split("," if form == "csv" else "\t") for line in path.read_text("utf-8").splitlines()]
        assert rows[0] == ["story", "replaces"]
        assert [bool(replaces) for _, replaces in rows[1:]] == [False, *[True] * 6]


def test_the_same_article_is_one_version(tmp_path: Path) -> None:
    pages = {"1": versions()["0"], "2": "الرئيسية\n\n" + versions()["0"], "3": versions()["added"]}
    one, two, three = newsparse(written(tmp_path / "in", pages), "--fields", "id,story,replaces").records
    assert one == two
    assert (three["story"], three["replaces"]) == (one["id"], one["id"])


def test_what_many_stories_share_finds_nothing() -> None:
    seen = stories.Stories.of_run()
    for number in range(30):
        letters = random.Random(number)
        own = [" ".join("".join(letters.choices("ابتثجحخدر", k=9)) for _ in range(120))]
        article = replace(PLAIN, id=f"np1-{number:016x}", body=(*own, PARAGRAPHS[0]))
        assert seen.place(article, stories.folded_body(article)) == (article.id, None)
    counts = seen._do("SELECT hash, count(*), max(number) FROM version_hashes GROUP BY hash").fetchall()
    assert max(count for _, count, _ in counts) <= stories.MAX_STORIES_OF_HASH
    assert stories.BOILERPLATE in {number for _, _, number in counts}
