"""Lists of tags: with and without labels, on lines of their own, on one line, at the end of the body."""

from __future__ import annotations

import pytest

import newsparse

HEAD = "افتتاح الجسر الجديد في وسط المدينة\n17 سبتمبر 2024 - 10:30\n"
FIRST = (
    "أعلنت بلدية المدينة صباح اليوم الثلاثاء افتتاح الجسر الجديد الذي يربط ضفتي النهر، بعد ثلاثة أعوام من العمل فيه."
)
SECOND = (
    "وقال رئيس البلدية سامر الخطيب إن الجسر الجديد يختصر الطريق إلى سوق الخضار القديم بنحو نصف ساعة، ويخفف الازدحام."
)
LAST = "ومن المقرر أن تبدأ الحافلات باستخدام الجسر الأحد المقبل، وفق ما جاء في بيان صادر عن البلدية."
BLURB = "تتابع شبكتنا أخبار الجسر الجديد منذ بدء العمل فيه عام 2021، وتنشر تقارير وصورا عن مراحل البناء والافتتاح."
BODY = "\n".join([FIRST, SECOND, LAST])
TAGS = ("الجسر الجديد", "سوق الخضار", "رئيس البلدية")
LINES, COMMAS, SPACES, GLUED = ("\n".join(TAGS), "، ".join(TAGS), " ".join(TAGS), "".join(TAGS))


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("\nالوسوم\n" + LINES, TAGS),
        ("\nالكلمات الدلالية (3)\n" + LINES, TAGS),
        ("\nكلمات مفتاحية :\n" + COMMAS, TAGS),
        ("\nالوسوم: " + SPACES, TAGS),
        ("\nالكلمات المفتاحية " + " | ".join(TAGS), TAGS),
        ("\n" + COMMAS, TAGS),
        ("\n# " + " # ".join(TAGS), TAGS),
        ("\n#الجسر_الجديد . #سوق_الخضار .", ("الجسر_الجديد", "سوق_الخضار")),
        ("\n\n" + LINES, TAGS),
        ("الكلمات الدلالية: " + SPACES, TAGS),
        (" تاجز: " + GLUED + " اترك تعليقا", TAGS),
        ("\n\n" + TAGS[0] + "\n\n\n" + BLURB + "\n\n\nاليوم 13:00\n\n\nاليوم 02:32\n\n\n14 أيلول", TAGS[:1]),
        ("\n\nالجسر الجديد\nسوق الخضار\n\n\n" + BLURB, TAGS[:2]),
        ("\nالوسوم:\nحريق كبير في مستودع للأخشاب قرب المرفأ ليلة الجمعة", ()),
        ("\nالرئيس والوزراء، نهاية الأسبوع، كرة القدم", ()),
    ],
)
def test_tags_below_a_text(below: str, found: tuple[str, ...]) -> None:
    record = newsparse.parse(HEAD + BODY + below)
    assert record.hashtags == found
    if found:
        assert record.body == (FIRST, SECOND, LAST)


def test_a_label_in_the_middle_of_a_page_on_one_line() -> None:
    record = newsparse.parse((HEAD + BODY).replace("\n", " ") + "الوسوم:" + GLUED)
    assert record.hashtags == TAGS
    assert record.body[-1].endswith(LAST)


def test_the_last_paragraph_below_a_sub_head_is_no_blurb() -> None:
    record = newsparse.parse(HEAD + "\n\n".join([FIRST, SECOND]) + "\n\n\nسوق الخضار\n\n" + LAST)
    assert record.hashtags == ()
    assert record.body == (FIRST, SECOND, "سوق الخضار", LAST)


def test_hashtags_of_a_quoted_post_are_not_the_articles() -> None:
    post = "“#توضيح لا صحة لما يجري تداوله عن إغلاق الجسر القديم، وسيبقى مفتوحا أمام المشاة. #بلدية_المدينة”"
    assert newsparse.parse(HEAD + "\n".join([FIRST, post, LAST])).hashtags == ()
    assert newsparse.parse(HEAD + "\n".join([FIRST, post, LAST + " #سوق_الخضار"])).hashtags == ("سوق_الخضار",)
