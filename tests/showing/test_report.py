"""The report: whole in itself, everything escaped, the worst first, bounded, and what stands in it is the record."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from gold import load

import newsparse
from newsparse.record import DROPPED, Article, Dropped, Kind, Line, Role, WarningCode
from newsparse.showing import report
from newsparse.showing.messages import Tally
from newsparse.showing.report import Report
from newsparse.showing.show import labels
from newsparse.words.vocab import DATA
from newsparse.writing.write import FOUND

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover='x' &lt; \x1b[31m\u202e\x00\x9b"
ATTRIBUTES = {
    *("lang", "dir", "id", "class", "charset", "http-equiv", "content", "name", "href", "scope", "width", "height"),
    *("datetime", "aria-label", "aria-labelledby", "aria-hidden", "hidden", "open", "type", "value"),
    *("data-article", "data-rank", "data-number", "data-time", "data-codes", "data-missing"),
}
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def article(**fields):
    """A record of which nothing is wrong but what the fields say."""
    plain = dict.fromkeys(Article.__dataclass_fields__)
    lists = dict.fromkeys(("authors", "body", "hashtags", "dropped", "warnings"), ())
    good = {"headline": "افتتاح الجسر", "published": "2024-09-17T13:22:00+03:00", "body": ("افتتح الوزير الجسر.",)}
    return Article(**{**plain, **lists, **good, "id": "np1-0", "language": "ar", "source": "a", "line": 1, **fields})


def line(number, text, role=Role.BODY, why="", gives=None):
    return Line(number, text, "", Kind.PARAGRAPH, role, why, gives)


def page(*entries, failures=(), language="en"):
    made, tally = Report(language), Tally()
    for record, lines in entries:
        made.add(record, lines)
        tally.count(record)
    for name, reason in failures:
        made.fail(name, reason)
    tally.inputs = len({record.source for record, _ in entries}.union(name for name, _ in failures))
    tally.failures = len(failures)
    return b"".join(made.render(tally)).decode()


class Reader(HTMLParser):
    """All elements and texts of a page; fails where one is not closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.said = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self):
        return "".join(self.said)


# Whole in itself, and harmless ------------------------------------------------------------------------------------


def test_hostile_text_stays_text_everywhere():
    fields = dict.fromkeys(("headline", "standfirst", "published", "agency", "location", "section", "source"), HOSTILE)
    lists = dict.fromkeys(("authors", "body", "hashtags"), (HOSTILE,)) | {"warnings": (f"encoding.{HOSTILE}",)}
    record = article(**fields, **lists, language=HOSTILE)
    lines = [line(1, HOSTILE, why=HOSTILE, gives={"authors": [HOSTILE], "agency": HOSTILE})]
    text = page((record, lines), (article(), []), failures=[(HOSTILE, HOSTILE)])
    read = Reader(text)
    assert not ACTING.search(text)
    assert {tag for tag, _ in read.elements}.isdisjoint({"img", "link", "iframe", "object", "base"})
    assert len(read.all("script")) == 1
    attributes = {name for _, found in read.elements for name in found}
    assert attributes <= ATTRIBUTES
    assert all(re.fullmatch(r"#a\d+", found["href"]) for found in read.all("a") if "hidden" not in found)
    assert read.text.count("<script>alert(1)</script>") > 10


def test_the_policy_allows_one_style_sheet_and_one_script_and_nothing_else():
    text = page((article(), []))
    policy = next(found["content"] for found in Reader(text).all("meta") if "http-equiv" in found)
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1] for tag in ("style", "script"))
    hashes = [base64.b64encode(hashlib.sha256(found.encode()).digest()).decode() for found in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|@font-face|expression|//", style)
    assert not re.search(r"https?:|src=|style=|onclick", text)
    assert not re.search(r"innerHTML|eval|fetch|XMLHttp|import|document\.write|localStorage", script)


def test_the_same_run_gives_the_same_bytes():
    assert page((article(), [line(1, "x")])) == page((article(), [line(1, "x")]))


# What stands in it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", load(), ids=lambda sample: sample.name)
def test_a_sample_is_there_as_an_article_and_as_lines(sample):
    record, lines = newsparse.parse(sample.text), newsparse.explain(sample.text)
    read = Reader(page((record, lines)))
    assert read.all("html") == [{"lang": "en", "dir": "ltr"}]
    (pair,) = [found for found in read.all("div") if found.get("class") == "pair"]
    assert pair["dir"] == {None: "auto", "ar": "rtl", "ckb": "rtl", "fa": "rtl", "ur": "rtl"}.get(
        record.language, "ltr"
    )
    assert {found.get("lang") for found in read.all("section")} == {record.language or "und", None}
    for said in (record.headline, record.standfirst, *record.body, *record.hashtags, *record.authors):
        assert said is None or said in read.text
    rows = [found["class"].split() for found in read.all("li") if found.get("class")]
    assert [row[1] for row in rows] == [line.role.value for line in lines]
    assert sum(row[0] == "dropped" for row in rows) == len({line.number for line in lines if line.role in DROPPED})


def test_one_article_needs_no_summary_and_many_do():
    assert 'class="summary"' not in page((article(), []))
    assert 'class="summary"' in page((article(), []), (article(source="b"), []))
    assert 'class="summary"' in page((article(), []), failures=[("b", "empty")])
    assert "No headline" not in page((article(), []))


def test_a_page_of_nothing_says_so():
    assert "Articles: 0 · Inputs: 1 · Failed: 1" in page(failures=[("a.txt", "empty")])


def test_the_summary_counts_all():
    read = Reader(
        page(
            (article(warnings=("published.weekday_mismatch",)), []),
            (article(source="b", published=None), []),
            (article(source="c", hashtags=("x",)), []),
            failures=[("d.txt", "byte 7 is not UTF-8")],
        )
    )
    assert "Articles: 3 · Inputs: 4 · Failed: 1" in read.text
    assert "Hashtags33 %1" in read.text
    assert "Published67 %2" in read.text
    assert "published.weekday_mismatch The weekday does not fit the date; the date was kept.33 %1" in read.text
    assert "d.txtbyte 7 is not UTF-8" in read.text
    assert [found["width"] for found in read.all("rect")][:3] == ["100.0%", "0.0%", "66.7%"]


def test_what_is_missing_is_said():
    text = Reader(page((article(headline=None, published=None, body=(), warnings=("headline.missing",)), []))).text
    assert "No headline was found. headline.missing" in text
    assert "No time of publication was found." in text
    assert "null" not in text
    assert "Not foundHeadline, Published, Agency, Authors, Location, Byline, Body" in text
    assert "No body" in text


def test_lines_that_were_put_together_keep_their_numbers_and_breaks():
    text = page((article(), [line(4, "أول\nثان\nثالث")]))
    assert "4–6" in text
    assert "أول<br>ثان<br>ثالث" in text


# The worst first, and bounded -------------------------------------------------------------------------------------


def order(text):
    """The sources of the articles in the order of the page."""
    return re.findall(r'<article[^>]*>\s*<p class="place"><bdi>([^<]*)', text)


def test_the_worst_articles_come_first():
    records = [
        article(source="good"),
        article(source="warned", warnings=("published.ambiguous_order",)),
        article(source="empty", headline=None, body=(), published=None),
        article(source="good too"),
        article(source="other", dropped=(Dropped(1, "other", "x"),)),
        article(source="undated", published=None),
    ]
    text = page(*((record, []) for record in records))
    assert order(text) == ["empty", "undated", "warned", "other", "good", "good too"]
    links = [found for found in Reader(text).all("a") if found.get("class") in (None, "absent")]
    assert [found["href"] for found in links] == ["#a3", "#a6", "#a2", "#a5", "#a1", "#a4"]
    assert re.findall(r'class="next" href="#(\w+)"', text) == ["a6", "a2", "a5", "a1", "a4"]


def test_of_many_the_worst_are_kept_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr(report, "MAX_ARTICLES", 3)
    records = [article(source=f"s{n}", warnings=("text.mojibake",) * (n % 10)) for n in range(50)]
    text = page(*((record, []) for record in records))
    assert order(text) == ["s9", "s19", "s29"]
    assert "The worst: 3 / 50" in text
    assert "Articles: 50 · Inputs: 50" in text


def test_the_size_is_bounded(monkeypatch):
    monkeypatch.setattr(report, "MAX_PAGE_CHARS", 40_000)
    long = article(body=("ب" * 15_000,))
    text = page(*((long, [line(1, "ب" * 15_000)]) for _ in range(9)))
    assert order(text) == ["a"]
    assert len(text) < 100_000


def test_endless_texts_are_cut_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr(report, "MAX_CELL_CHARS", 1000)
    monkeypatch.setattr(report, "MAX_ITEMS", 10)
    huge = "س" * 1_000_000
    record = article(headline=huge, standfirst=huge, agency=huge, body=(huge,) * 20, hashtags=(huge,) * 20)
    text = page((record, [line(n, huge) for n in range(20)]))
    assert len(text) < 100_000
    assert "[…999,000]" in text
    for items in ("paragraphs", "lines", "hashtags"):
        assert f"More {items} that are not shown: 10" in text


def test_more_failures_than_fit_are_counted(monkeypatch):
    monkeypatch.setattr(report, "MAX_LISTED_FAILURES", 2)
    text = page((article(), []), failures=[(f"f{n}", "empty") for n in range(5)])
    assert "More failures that are not shown: 3" in text
    assert "f2" not in text


# Words ------------------------------------------------------------------------------------------------------------


def test_labels_are_in_arabic_where_most_articles_are():
    for languages, wanted in (("ar", "ar"), ("ar ar en", "ar"), ("ar en", "en"), ("fa", "en")):
        entries = [(article(language=language), []) for language in languages.split()]
        assert Reader(page(*entries, language=None)).all("html")[0]["lang"] == wanted
    text = page((article(), [line(1, "x", Role.BYLINE)]), failures=[("b", "empty")], language="ar")
    assert Reader(text).all("html") == [{"lang": "ar", "dir": "rtl"}]
    for said in ("المقالات: 1 · المدخلات: 2", "غير موجود", "سطر", "الكتّاب، المكان"):
        assert said in text


def test_every_label_role_and_warning_has_its_arabic():
    template = Path(DATA, "report.html").read_text(encoding="utf-8")
    used = {
        *re.findall(r'\b_\(["\']([^"\']+)["\']\)', template),
        *re.findall(r'(?:absent|left_out)\([^")]*"([^"]+)"\)', template),
    }
    assert len(used) > 20
    used |= {role.value for role in Role} | {code.meaning for code in WarningCode} | {"Articles", "Inputs", "Failed"}
    arabic = labels("ar")
    assert [word for word in sorted(used) if arabic(word) == word] == [], "add them to newsparse/data/labels.json"


def test_times_are_in_words_of_the_language():
    gives = {"published": "2024-09-17T13:22:00+03:00"}
    text = Reader(page((article(language="en"), [line(1, "13:22", Role.PUBLISHED, "stamp", gives)]))).text
    assert text.count("Tuesday 17 September 2024, 13:22 (+03:00)") == 2
    assert "الثلاثاء 17 سبتمبر 2024، 13:22 (+03:00)" in Reader(page((article(), []))).text


def test_reasons_are_open_only_where_they_surprise():
    lines = [line(1, "أ", Role.BYLINE, "agency"), line(2, "ب", Role.BODY, "long"), line(3, "ج", Role.OTHER, "below")]
    opened = ["open" in found for found in Reader(page((article(), lines))).all("details")]
    assert opened == [True, False, True]


def test_a_paragraph_of_digits_keeps_the_direction_of_its_article():
    text = page((article(body=("1 - 0", "نص", "text")), [line(1, "2:1")]))
    assert "<p>1 - 0</p>" in text
    assert '<p dir="auto">نص</p>' in text
    assert '<span class="text">2:1</span>' in text


def test_a_page_is_named_by_its_headline():
    assert "<title>افتتاح الجسر – newsparse</title>" in page((article(), []))
    assert "<title>Articles: 2 · Inputs: 2" in page((article(), []), (article(source="b"), []))


def test_the_script_has_what_it_sorts_and_filters_by():
    text = page((article(warnings=("published.invalid",), published=None), []), (article(source="b"), []))
    rows = [found for found in Reader(text).all("li") if "data-article" in found]
    assert rows[0]["data-codes"] == "published.invalid"
    assert rows[0]["data-missing"].split() == [name for name in FOUND if name not in ("headline", "body", "language")]
    assert [(row["data-rank"], row["data-number"], row["data-time"]) for row in rows] == [
        ("1", "1", ""),
        ("2", "2", "2024-09-17T13:22:00+03:00"),
    ]
