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
FIVE_WORDS = "الجسر الجديد في وسط المدينة"
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
        ("\nالوسوم:\nحريق كبير في سوق الخضار القديم يوم الجمعة", ()),
        ("\nالوسوم:\nحريق كبير في سوق الخضار القديم يوم الجمعة\nأعلنت فرق الإطفاء أنها أخمدت النيران.", ()),
        ("\nالوسوم:\nشارك\nفيسبوك\nتويتر", ()),
        ("\nالوسوم: فيسبوك، تويتر", ()),
        ("\nالوسوم: [ ]", ()),
        ("\nالوسوم:\n[ ]", ()),
        ("\n#جسر\u200f #مدينة", ("جسر", "مدينة")),
        ("\n#مدينة!", ("مدينة",)),
        ("\n#مدينة؟", ("مدينة",)),
        ("\n#مدينة؛", ("مدينة",)),
        ("\n#مدينة…", ("مدينة",)),
        ("\n#مدينة .", ("مدينة",)),
        ("\n#جسر/#مدينة", ("جسر", "مدينة")),
        ("\n#جسر_جديد 🌉 #مدينة", ("جسر_جديد", "مدينة")),
        ("\n＃جسر ＃مدينة", ("جسر", "مدينة")),
        ("\nوسوم: ＃جسر", ("جسر",)),
        ("\n\u202b#جسر #مدينة\u202c", ("جسر", "مدينة")),
        ("\n\u2067#جسر\u2069\n\u2067#مدينة\u2069", ("جسر", "مدينة")),
        ("\nالوسوم:\n" + FIVE_WORDS + "\n" + LINES, (FIVE_WORDS, *TAGS)),
        ("\nالوسوم: " + FIVE_WORDS + "، " + COMMAS, (FIVE_WORDS, *TAGS)),
        (" الوسوم: " + COMMAS + " شارك الخبر", TAGS),
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


@pytest.mark.parametrize(
    "post", ["#توضيح لا صحة لإغلاق الجسر القديم أمام المشاة #بلدية_المدينة", "#بلدية_المدينة #عاجل"]
)
def test_hashtags_of_an_embedded_post_are_not_the_articles(post: str) -> None:
    author = "— بلدية المدينة (@madina) 17 سبتمبر 2024"
    record = newsparse.parse(HEAD + "\n".join([FIRST, post, author, SECOND, LAST]))
    assert record.hashtags == ()
    assert post in (*record.body, *(line.text for line in record.dropped))


@pytest.mark.parametrize(
    ("glued", "found"),
    [
        ("NewsHarbour bridge", ("News", "Harbour bridge")),
        ("FerriesEnginesHarbour", ("Ferries", "Engines", "Harbour")),
        ("HarbourWatch", ("HarbourWatch",)),
    ],
)
def test_tags_that_lost_the_spaces_between_them(glued: str, found: tuple[str, ...]) -> None:
    text = (
        "Harbour bridge opens\n17 September 2024\nThe council opened the harbour bridge, as a HarbourWatch film shows."
    )
    assert newsparse.parse(f"{text}\nFerries have to wait until the autumn.\nTags:\n{glued}").hashtags == found


def test_hashtags_of_a_quoted_post_are_not_the_articles() -> None:
    post = "“#توضيح لا صحة لما يجري تداوله عن إغلاق الجسر القديم، وسيبقى مفتوحا أمام المشاة. #بلدية_المدينة”"
    assert newsparse.parse(HEAD + "\n".join([FIRST, post, LAST])).hashtags == ()
    assert newsparse.parse(HEAD + "\n".join([FIRST, post, LAST + " #سوق_الخضار"])).hashtags == ("سوق_الخضار",)
