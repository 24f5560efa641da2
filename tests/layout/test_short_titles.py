"""Titles of a few words: found with and without blank lines around them; the name of an outlet is none."""

from __future__ import annotations

import pytest

import newsparse

BODY = [
    "أعلنت بلدية المدينة أمس الثلاثاء أن العمل في المشروع سيبدأ مطلع الشهر القادم بعد أشهر طويلة من المفاوضات.",
    "وأضاف المتحدث باسمها أن الكلفة تقدر بنحو عشرين مليون دولار وأن السكان رحبوا بالقرار وطالبوا بتسريع التنفيذ.",
]
TITLES = ["ارتفاع أسعار الحديد", "رئيس البلدية يستقيل", "حريق في سوق الخضار", "عاصفة ثلجية قادمة", "الهلال يهزم النصر"]
LAYOUTS = {
    "alone": ["TITLE"],
    "below the time": ["17 سبتمبر 2024", "TITLE"],
    "above the time": ["TITLE", "17 سبتمبر 2024"],
    "above the agency": ["TITLE", "القاهرة - رويترز"],
    "below the section": ["اقتصاد", "TITLE", "17 سبتمبر 2024"],
}
OUTLETS = ["الجسر نيوز", "صحيفة الجسر", "القاهرة - الجسر اليوم", "وكالة الجسر للأنباء"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_of_a_few_words_is_the_headline(layout: str, gap: str) -> None:
    for title in TITLES:
        text = gap.join([line.replace("TITLE", title) for line in LAYOUTS[layout]] + BODY)
        assert newsparse.parse(text).headline == title


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("layout", ["alone", "below the time", "above the time"])
def test_the_name_of_an_outlet_is_no_headline(layout: str, gap: str) -> None:
    for outlet in OUTLETS:
        text = gap.join([line.replace("TITLE", outlet) for line in LAYOUTS[layout]] + BODY)
        assert newsparse.parse(text).headline is None


def test_the_entries_of_a_table_of_contents_are_no_headline() -> None:
    sub_heads = ["الفنادق تطلب دعما عاجلا", "البلدية تراهن على المشي", "المدربون يبحثون عن عمل"]
    body = [line for head in sub_heads for line in (head, BODY[0])]
    text = "\n\n".join(["محطة التزلج تغلق أبوابها قبل نهاية الموسم", *sub_heads, BODY[1], *body])
    assert newsparse.parse(text).headline == "محطة التزلج تغلق أبوابها قبل نهاية الموسم"
