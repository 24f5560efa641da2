"""Records for reading: all of a record is there, in words; nothing of a text acts; rows are as wide as the terminal."""

from __future__ import annotations

import os
import re
from unittest.mock import patch

import pytest
from articles import PLAIN, article
from test_show import ACTING, HOSTILE

from newsparse.showing.show import MAX_TEXT_CHARS, Pretty, labels, time_in_words


def shown(one, fields=None, keep=(), language="en", width=80, color=False, extra=None):
    with patch.dict(os.environ, COLUMNS=str(width)):
        return Pretty(fields, keep, language, color)(one, extra).decode()


def test_a_record_is_a_page_to_read():
    rows = shown(article(updated="2024-03-05T12:00:00+01:00", standfirst="مقدمة")).split("\n")
    assert rows[:5] == [
        "افتتاح مكتبة جديدة في وسط المدينة",
        "الثلاثاء 5 مارس 2024، 09:30 · رويترز · سلمى حداد · Ana Lopes · تونس",
        "Updated: الثلاثاء 5 مارس 2024، 12:00 (+01:00)",
        "",
        "مقدمة",
    ]
    assert [*PLAIN.body, "#مكتبات  #تونس العاصمة"] == [row for row in rows[5:11] if row]
    assert rows[-4:] == [
        "! Day and month are known, but not the year. (published.no_year)",
        "news/a.txt · Lines dropped: 2",
        "",
        "",
    ]


def test_what_a_reader_misses_is_said():
    text = shown(article(headline=None, body=(), published=None, warnings=()), language="ar")
    for said in ("بلا عنوان", "بلا نص", "لم يُعثر على عنوان.", "لم يُعثر على تاريخ للنشر.", "الأسطر المستبعدة: 2"):
        assert said in text


def test_fields_and_kept_fields_have_their_names():
    assert shown(PLAIN, fields=("agency", "authors", "section", "line")) == (
        "Agency: رويترز\nAuthors: سلمى حداد, Ana Lopes\nSection: –\nLine: 1\n\n"
    )
    assert "url: https://example.org/1\n" in shown(PLAIN, keep=("url",), extra={"url": "https://example.org/1"})


@pytest.mark.parametrize("color", [False, True])
def test_nothing_of_a_text_acts(color):
    texts = dict.fromkeys(("headline", "standfirst", "agency", "location", "section", "source", "published"), HOSTILE)
    text = shown(article(**texts, body=(HOSTILE,), hashtags=(HOSTILE,), authors=(HOSTILE,)), width=500, color=color)
    assert not ACTING.search(re.sub("\x1b\\[[0-9;]*m", "", text) if color else text)
    assert "[red]b[/red] [/x]" in text
    assert ("\x1b[" in text) is color


def test_rows_are_wrapped_and_an_endless_text_is_cut():
    text = shown(article(body=("كلمة " * 1_000_000,)), width=60)
    assert max(map(len, text.split("\n"))) <= 60
    assert len(text) < MAX_TEXT_CHARS * 1.1


def test_arabic_is_neither_padded_nor_framed():
    assert not [row for row in shown(PLAIN).split("\n") if row != row.strip() or re.search("[|│┃]", row)]


@pytest.mark.parametrize(
    ("time", "language", "words"),
    [
        ("2024-12-09T10:31:00+03:00", "ar", "الإثنين 9 ديسمبر 2024، 10:31 (+03:00)"),
        ("2024-12-09", "tr", "Pazartesi 9 Aralık 2024"),
        ("2024-12-09T10:31:00", "zh", "Monday 9 December 2024, 10:31"),
        ("2024-12-09", None, "Monday 9 December 2024"),
        ("nonsense", "ar", "nonsense"),
    ],
)
def test_times_in_words(time, language, words):
    assert time_in_words(time, language) == words


def test_a_word_without_translation_stays_english():
    assert labels("ar")("no such word") == labels("fr")("no such word") == "no such word"
