"""The engine of slots, and the candidates and features of each slot."""

from __future__ import annotations

import json
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest

import newsparse
from newsparse.layout import body, grammar, headline, slots
from newsparse.layout.bylines import BYLINES_SLOT
from newsparse.layout.grammar import SLOTS, fill_slots
from newsparse.layout.page import Page
from newsparse.layout.section import SECTION_SLOT
from newsparse.layout.slots import Slot
from newsparse.layout.stamps import PUBLISHED_SLOT, UPDATED_SLOT
from newsparse.layout.standfirst import STANDFIRST_SLOT
from newsparse.record import Lines
from newsparse.stream import split

HEADLINE = "بلدية الميناء تفتتح سوقا جديدة للأسماك قرب الرصيف القديم"
BODY = (
    "افتتحت بلدية الميناء صباح اليوم سوقا جديدة للأسماك قرب الرصيف القديم، بعد عامين من العمل في مبنى كان مهجورا.",
    "وقال رئيس البلدية سمير عواد إن السوق تتسع لسبعين بائعا، وإن إيجار المحل لن يتغير قبل نهاية العام المقبل.",
    "وأضاف أن الصيادين سيبيعون صيدهم مباشرة للزبائن، وأن غرف التبريد ستعمل بالطاقة الشمسية طوال أيام السنة.",
)


def page_of(*lines: str) -> Page:
    """The page of a text, all slots filled."""
    settings = newsparse.settings()
    piece = next(split.articles(["\n".join([*lines, *BODY])], settings))
    page = grammar.opened(piece.lines, settings)
    page.stretch = body.find(page)
    page.stretch = headline.cut_off(page)
    fill_slots(page)
    return page


def names(slot: Slot, page: Page, line: int) -> set[str]:
    """The names of the features that a line has as a candidate."""
    return {name for name, value in slot.features(line, page, slot.candidates(page)).items() if value}


def text(page: Page, line: int | None) -> str | None:
    return None if line is None else page.texts[line]


# The engine -------------------------------------------------------------------------------------------------------


@pytest.fixture
def weighted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "weights", lambda: {"toy": {"good": 2.0, "bad": -1.0, "size": 0.5}})


def filled_toy(rows: dict[int, dict[str, float]], is_many: bool = False) -> Page:
    """A page with one slot, whose candidates have these features."""
    page = Page(Lines.of([]), newsparse.settings())
    Slot("toy", lambda page: rows, lambda i, page, among: rows[i], is_many).fill(page)
    return page


@pytest.mark.usefixtures("weighted")
def test_the_best_candidate_fills_the_slot():
    page = filled_toy({0: {"good": 1, "bad": 1}, 1: {"good": 1}, 2: {"good": 1}})
    assert (page.toy, page.shares) == (1, {1: [("good", 2.0)]})


@pytest.mark.usefixtures("weighted")
def test_at_zero_and_below_the_slot_stays_empty():
    page = filled_toy({0: {"bad": 1}, 1: {}, 2: {"unknown": 9}})
    assert not hasattr(page, "toy")
    assert page.shares == {}


@pytest.mark.usefixtures("weighted")
def test_a_slot_of_many_lines_takes_each_above_zero():
    page = filled_toy({2: {"size": 6}, 0: {"good": 1}, 1: {"bad": 1}}, is_many=True)
    assert (page.toy, sorted(page.shares)) == ([0, 2], [0, 2])


@pytest.mark.usefixtures("weighted")
def test_the_page_shows_what_each_feature_adds():
    shares = filled_toy({3: {"good": 0.5, "bad": 1, "size": 4, "unknown": 1}}).shares[3]
    assert shares == [("good", 1.0), ("bad", -1.0), ("size", 2.0)]
    assert slots.reason(shares) == "good, size"


def test_each_slot_has_weights_with_support():
    table = json.loads(Path(slots.WEIGHTS).read_bytes())
    assert list(table) == [slot.name for slot in SLOTS]
    assert all(support >= 5 and weight for rows in table.values() for weight, support in rows.values())


def test_a_feature_is_binned_by_the_first_bound_that_it_does_not_pass():
    bins = ((1, "one"), (3, "few"), (inf, "many"))
    assert [slots.binned(value, bins) for value in (1, 2, 3, 4)] == ["one", "few", "few", "many"]


# Times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        (["17 سبتمبر 2024 13:22"], 1, None),
        (["نشر في: 17 سبتمبر 2024 13:22", "آخر تحديث: 18 سبتمبر 2024 09:00"], 1, 2),
        (["آخر تحديث: 18 سبتمبر 2024 09:00", "نشر في: 17 سبتمبر 2024 13:22"], 2, 1),
        (["تاريخ الإنشاء: 15 سبتمبر 2024", "تاريخ النشر: 17 سبتمبر 2024"], 2, None),
    ],
)
def test_labels_tell_publication_and_update(lines: list[str], published: int | None, updated: int | None):
    page = page_of(HEADLINE, *lines)
    assert (page.published, page.updated) == (published, updated)


def test_a_time_far_above_the_headline_is_no_candidate_without_a_label():
    menu = ["أخبار محلية", "رياضة وشباب", "ثقافة وفنون", "اقتصاد وأعمال"]
    clock = page_of("الإثنين 9 فبراير 2026 09:29", *menu, HEADLINE)
    labelled = page_of("نشر في: الإثنين 9 فبراير 2026 09:29", *menu, HEADLINE)
    assert clock.published is None
    assert text(labelled, labelled.published) == "نشر في: الإثنين 9 فبراير 2026 09:29"


def test_features_of_times():
    page = page_of(HEADLINE, "17 سبتمبر 2024", "نشر في: 17 سبتمبر 2024 13:22", "آخر تحديث: 18 سبتمبر 2024 09:00")
    assert names(PUBLISHED_SLOT, page, 1) >= {"without a label", "another line has the clock too"}
    assert names(PUBLISHED_SLOT, page, 2) >= {"labelled as published", "has a clock", "2 lines below the headline"}
    assert "a time of an update" in names(UPDATED_SLOT, page, 3)


# Bylines ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "credited"),
    [
        (["بقلم: سامر الخطيب"], ["بقلم: سامر الخطيب"]),
        (["القاهرة - رويترز"], ["القاهرة - رويترز"]),
        (["بقلم: سامر الخطيب", "17 سبتمبر 2024 13:22", "القاهرة - رويترز"], ["بقلم: سامر الخطيب", "القاهرة - رويترز"]),
        (["17 سبتمبر 2024 13:22"], []),
    ],
)
def test_lines_that_credit_somebody(lines: list[str], credited: list[str]):
    page = page_of(HEADLINE, *lines)
    assert [page.texts[i] for i in page.bylines] == credited


def test_the_editor_in_chief_is_no_author():
    page = page_of("رئيس التحرير", "خالد العمري", HEADLINE, "17 سبتمبر 2024 13:22")
    assert not page.bylines
    assert any("label of an office" in name for name in names(BYLINES_SLOT, page, 1))


def test_the_name_of_whom_the_article_tells_is_marked_so():
    page = page_of(HEADLINE, "17 سبتمبر 2024 13:22", "سمير عواد")
    assert "the text tells of the name" in names(BYLINES_SLOT, page, 2)


def test_a_name_that_is_printed_twice_in_a_row_is_no_candidate_for_the_bylines():
    page = page_of(HEADLINE, "17 سبتمبر 2024 13:22", "سمير عواد", "سمير عواد")
    assert BYLINES_SLOT.candidates(page) == []
    assert not page.bylines


# Standfirst and section -------------------------------------------------------------------------------------------


LEAD = "سبعون محلا وغرف تبريد تعمل بالشمس، والصيادون يبيعون للزبائن مباشرة بلا وسطاء"


@pytest.mark.parametrize("order", [(LEAD, "17 سبتمبر 2024 13:22"), ("17 سبتمبر 2024 13:22", LEAD)])
def test_the_standfirst_stands_on_either_side_of_the_time(order: tuple[str, str]):
    page = page_of(HEADLINE, *order)
    assert text(page, page.standfirst) == LEAD


def test_a_caption_that_is_printed_twice_is_no_candidate_for_the_standfirst():
    caption = "بائع يرتب الصناديق في السوق الجديدة قرب الرصيف القديم صباح اليوم"
    page = page_of(HEADLINE, "17 سبتمبر 2024 13:22", caption, caption)
    assert [page.texts[i] for i in STANDFIRST_SLOT.candidates(page) if i < page.stretch.start] == []


def test_a_paragraph_with_a_dateline_is_no_standfirst():
    text_ = "\n".join([HEADLINE, "الميناء - رويترز - " + BODY[0], *BODY[1:]])
    assert newsparse.parse(text_).standfirst is None


def test_the_section_is_the_word_nearest_to_the_headline():
    page = page_of("الرئيسية", "اقتصاد", HEADLINE, "17 سبتمبر 2024 13:22")
    assert text(page, page.section) == "اقتصاد"
    assert names(SECTION_SLOT, page, 1) >= {"a word for a section", "right above headline or time"}


def test_an_entry_of_a_menu_is_no_section():
    page = page_of("سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات", HEADLINE, "17 سبتمبر 2024 13:22")
    assert page.section is None


def test_the_order_of_slots_is_that_of_their_needs():
    order = [slot.name for slot in SLOTS]
    needs = ("headline", "published"), ("published", "updated"), ("published", "bylines"), ("bylines", "standfirst")
    assert all(order.index(first) < order.index(second) for first, second in needs)
    assert all(a != b for a, b in pairwise(order))


@pytest.mark.parametrize("label", ["العنوان", "عنوان الخبر", "Headline"])
def test_a_label_is_no_part_of_the_headline(label: str):
    record = newsparse.parse("\n".join([f"{label}: {HEADLINE}", "التاريخ: 17 سبتمبر 2024", "", *BODY]))
    assert record.headline == HEADLINE
    assert [(line.role, line.text) for line in record.dropped] == [("echo", f"{label}: {HEADLINE}")]


def test_other_words_before_a_colon_stay_in_the_headline():
    title = "رئيس البلدية: " + HEADLINE
    assert newsparse.parse("\n".join([title, "17 سبتمبر 2024", "", *BODY])).headline == title
