"""The sum of lines, and the id: the fast ways give what the plain ones would."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse.layout.assemble import INVISIBLE, identity
from newsparse.record import Kind, Line, Role

SPACE = " \n\t\x1f"
SIGNS = "«» “”–— ’\u00e9\u2026\ufffd\x07\x7f\x85\ud800😀"
TEXTS = st.text(st.sampled_from("اب1 " + SIGNS + INVISIBLE + SPACE))


def as_defined(headline: str | None, published: str | None, paragraphs: list[str]) -> str:
    """The id by its definition, a character at a time."""
    said = [sign for text in (headline or "", published or "", *paragraphs) for sign in text]
    seen = "".join(sign for sign in said if sign not in INVISIBLE + SPACE)
    return "np1-" + sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@given(st.none() | TEXTS, st.none() | st.just("2024-09-17"), st.lists(TEXTS, max_size=3))
def test_the_id_is_what_its_definition_says(headline, published, paragraphs):
    assert identity(headline, published, paragraphs) == as_defined(headline, published, paragraphs)


@pytest.mark.parametrize("sign", INVISIBLE + SPACE, ids=ascii)
def test_what_is_not_seen_does_not_change_the_id(sign):
    assert identity("عنوان", None, [f"نص{sign} ما{sign}"]) == identity("عنوان", None, ["نص ما"])


@pytest.mark.parametrize("sign", "«»–é0", ids=ascii)
def test_what_is_seen_changes_the_id(sign):
    assert identity("عنوان", None, ["نص" + sign]) != identity("عنوان", None, ["نص"])


def test_the_id_never_changes():
    assert identity("عنوان", "2024-09-17T13:22:00", ["فقرة أولى.", "«فقرة» ثانية."]) == "np1-3e4e0d1699eeb979"


def test_the_first_line_to_give_a_field_settles_it_and_lists_grow():
    lines = [
        Line(3, "عنوان", "عنوان", Kind.SHORT, Role.HEADLINE),
        Line(4, "خبر", "خبر", Kind.BYLINE, Role.BYLINE, "", {"agencies": ("أ",), "authors": (), "location": None}),
        Line(5, "فقرة أولى", "", Kind.PARAGRAPH, Role.BODY, "", {"language": "ar", "location": "صور"}),
        Line(6, "قطعة", "", Kind.PARAGRAPH, Role.BODY),
        Line(6, "أخرى", "", Kind.PARAGRAPH, Role.BODY),
        Line(7, "سطران\nمعا", "", Kind.SHORT, Role.OTHER, "", {"agencies": ("ب", "أ"), "location": "جبيل"}),
    ]
    article = newsparse.article(iter(lines), "name", ["text.escapes"])
    assert (article.headline, article.agency, article.location, article.language) == ("عنوان", "أ / ب", "صور", "ar")
    assert article.body == ("فقرة أولى", "قطعة أخرى")
    assert article.dropped == ((7, "other", "سطران"), (8, "other", "معا"))
    assert (article.line, article.source, article.warnings) == (3, "name", ("text.escapes",))


def test_a_warning_that_is_not_listed_is_refused():
    with pytest.raises(ValueError, match=r"no warning 'text\.strange'"):
        newsparse.article([], warnings=["text.strange"])


def test_no_lines_are_an_article_without_anything():
    article = newsparse.article([])
    assert (article.line, article.body, article.warnings) == (0, (), ("headline.missing", "body.missing"))


SECTION, HEADLINE, TIME = "اقتصاد", "افتتاح معرض الكتاب في العاصمة بمشاركة واسعة", "رياضة 17/09/2024 13:22"
PROSE = "قال مدير المعرض إن الأعمال بدأت صباح اليوم، وإنها ستستمر حتى نهاية الشهر المقبل وفق الخطة المعلنة سابقا."


@pytest.mark.parametrize(
    ("header", "section", "dropped"),
    [
        ((SECTION, HEADLINE, TIME), "اقتصاد", (3, "other", "رياضة")),
        ((TIME, SECTION, HEADLINE), "رياضة", (2, "furniture", "اقتصاد")),
    ],
)
def test_the_first_of_two_sections_is_kept_and_the_other_is_dropped(header, section, dropped):
    article = newsparse.parse("\n".join([*header, PROSE, PROSE]))
    assert (article.section, article.dropped) == (section, (dropped,))


@pytest.mark.parametrize(
    ("row", "section"),
    [
        ("الرئيسية | سياسة | اقتصاد | رياضة", None),  # a menu
        ("Home | World | Business | Sport", None),
        ("الرئيسية | اقتصاد | رياضة", "رياضة"),  # a path
        ("الرئيسية » سياسة » اقتصاد » رياضة", "رياضة"),
    ],
)
def test_a_row_of_sections_between_bars_is_a_menu_and_names_none(row, section):
    article = newsparse.parse("\n".join([row, HEADLINE, "17/09/2024 13:22", PROSE, PROSE]))
    assert (article.section, article.dropped[0].text) == (section, row)


def test_pages_without_an_article_have_ids_of_their_own():
    navigation, other, tag = (newsparse.parse(text).id for text in ("سطر\nسطران", "سطر\nسطور", "#مالي"))
    assert len({navigation, other, tag}) == 3
    assert newsparse.parse("\u200fسطر \n\n سطران\n").id == navigation
    dated = [newsparse.parse(f"12/09/2024 10:30\n{tag}") for tag in ("#مالي", "#باماكو")]
    assert [article.headline or article.body for article in dated] == [(), ()]
    assert dated[0].id != dated[1].id
