"""What tags say beside the text: times that agree, areas that hold the article after all, names that are no authors."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import newsparse
from newsparse.layout.evidence import agreed

PROSE = [
    "The ferry returned to service on Monday after four months of repairs, the port authority said in a statement.",
    "Engineers replaced both engines and most of the wiring, a job that had been put off twice for want of parts.",
    "Tickets cost the same as last year, and children under six still travel free, according to the timetable.",
]
BODY = "".join(f"<p>{text}</p>" for text in PROSE)
HEADLINE = "Harbour ferry returns to service after winter repairs"


def record(body: str, head: str = "", **stated: Any) -> dict[str, Any]:
    """The record of a page with this body, head and JSON-LD."""
    data = {"@type": "NewsArticle", **stated}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>" if stated else ""
    return newsparse.parse(f"<html><head>{head}{script}</head><body>{body}</body></html>", html=True).to_dict()


@pytest.mark.parametrize(
    ("printed", "stated", "time"),
    [
        ("2024-09-17T13:22:00", "2024-09-17T13:22:00", "2024-09-17T13:22:00"),
        ("2024-09-17T13:22:00", "2024-09-17T07:52:00+00:00", "2024-09-17T13:22:00+05:30"),
        ("2024-09-17T13:22:00", "2024-09-17T17:22:30-04:00", "2024-09-17T13:22:00-08:00"),
        ("2024-09-17T13:22:00", "2024-09-17T13:10:00+03:00", "2024-09-17T13:22:00"),
        ("2024-09-17T01:30:00", "2024-09-16T22:30:00+00:00", "2024-09-17T01:30:00+03:00"),
        ("2024-09-17T13:22:00+03:00", "2024-09-17T10:22:40+00:00", "2024-09-17T13:22:00+03:00"),
        ("2024-09-17", "2024-09-17T00:00:00+03:00", "2024-09-17"),
        ("2024-09-17", "2024-09-17T13:22:00", "2024-09-17T13:22:00"),
        ("2024-09-17", "2024-09-16T13:22:00+03:00", None),
        ("2024-09-17T13:22:00", "2024-09-15T13:22:00+00:00", None),
        ("2024-09-17T13:22:00", "2024-10-17", None),
    ],
)
def test_a_stated_time_adds_to_the_printed_one_of_its_day(printed: str, stated: str, time: str | None) -> None:
    assert agreed(printed, stated) == time


def test_a_stated_day_decides_the_order_of_day_and_month() -> None:
    page = f"<h1>{HEADLINE}</h1><p>03/04/2024 10:15</p>{BODY}"
    assert record(page)["warnings"] == ["published.ambiguous_order"]
    found = record(page, datePublished="2024-04-03T10:15:00+02:00")
    assert (found["published"], found["warnings"]) == ("2024-04-03T10:15:00+02:00", [])
    found = record(page, datePublished="2024-03-04T10:15:00+02:00")
    assert (found["published"], found["warnings"]) == ("2024-03-04T10:15:00+02:00", [])


def test_a_stated_time_in_utc_is_told_in_the_zone_that_the_user_names() -> None:
    page = f"<meta property=article:published_time content=2024-04-03T22:15:00.123Z><h1>{HEADLINE}</h1>{BODY}"
    assert newsparse.parse(page, html=True).published == "2024-04-03T22:15:00+00:00"
    assert newsparse.parse(page, html=True, tz=ZoneInfo("Asia/Riyadh")).published == "2024-04-04T01:15:00+03:00"


def test_a_stated_time_in_utc_is_told_in_the_zone_that_the_page_prints() -> None:
    page = f"<h1>{HEADLINE}</h1><p>13 March 2024</p><p>Updated: 13 March 2024 15:00 (GMT+3)</p>{BODY}"
    assert record(page, datePublished="2024-03-13T09:12:33Z")["published"] == "2024-03-13T12:12:33+03:00"


def test_links_above_the_headline_are_no_tags_by_their_class() -> None:
    links = "<div class=topics><a href=1>Harbours</a> <a href=2>Ferries</a></div>"
    assert record(f"{links}<h1>{HEADLINE}</h1>{BODY}")["hashtags"] == []
    assert record(f"<h1>{HEADLINE}</h1>{BODY}{links}")["hashtags"] == ["Harbours", "Ferries"]


def test_a_printed_time_that_is_stated_as_the_update_is_one() -> None:
    page = f"<h1>{HEADLINE}</h1><p>5 March 2024, 11:00</p>{BODY}"
    found = record(page, datePublished="2024-03-04T18:15:00+01:00", dateModified="2024-03-05T11:00:20+01:00")
    times = (found["published"], found["updated"], found["warnings"])
    assert times == ("2024-03-04T18:15:00+01:00", "2024-03-05T11:00:00+01:00", [])


def test_an_update_has_the_zone_of_the_publication_on_the_same_day() -> None:
    page = f"<h1>{HEADLINE}</h1><p>Published: 13 March 2024 10:15</p><p>Updated: 13 March 2024 12:40</p>{BODY}"
    found = record(page, datePublished="2024-03-13T10:15:00+03:00")
    assert (found["published"], found["updated"]) == ("2024-03-13T10:15:00+03:00", "2024-03-13T12:40:00+03:00")


def test_kicker_headline_author_and_time_side_by_side_are_lines_of_their_own() -> None:
    head = f"<h2><span class=kicker>Harbour</span><span class=headline>{HEADLINE}</span></h2>"
    parts = ("By Sarah Lindgren", "13 March 2024 10:15", "1,204 views")
    info = f"<div class=post-info>{''.join(f'<span>{part}</span>' for part in parts)}</div>"
    crumbs = "<div class=breadcrumbs><a href=1>Home</a> &gt; <a href=2>Coast</a></div>"
    found = record(f"{crumbs}{head}{info}{BODY}")
    assert (found["headline"], found["authors"], found["byline"]) == (HEADLINE, ["Sarah Lindgren"], "By Sarah Lindgren")
    assert (found["published"], found["section"]) == ("2024-03-13T10:15:00", "Coast")


def test_two_times_for_machines_on_one_line_are_publication_and_update() -> None:
    line = "<time datetime='2024-04-03T10:15:00+02:00'>3 April 2024 10:15</time>"
    more = "<time datetime='2024-04-03T12:00:00+02:00'>Updated 3 April 2024 12:00</time>"
    found = record(f"<h1>{HEADLINE}</h1><p>Published {line}</p><p>{more}</p>{BODY}")
    assert (found["published"], found["updated"]) == ("2024-04-03T10:15:00+02:00", "2024-04-03T12:00:00+02:00")


def test_times_for_machines_in_utc_give_both_printed_times_the_same_zone() -> None:
    line = "<time datetime='2024-04-03T07:00:00Z'>3 April 2024 10:00</time>"
    more = "<time datetime='2024-04-03T10:00:00Z'>Updated 3 April 2024 13:00</time>"
    found = record(f"<h1>{HEADLINE}</h1><p>Published {line} - {more}</p>{BODY}")
    assert (found["published"], found["updated"]) == ("2024-04-03T10:00:00+03:00", "2024-04-03T13:00:00+03:00")


def test_an_area_with_most_of_the_text_is_the_article_whatever_its_name() -> None:
    for area in ("<aside>", "<div class=related>", "<div class=sidebar>", "<footer>", "<nav>"):
        found = record(f"<h1>{HEADLINE}</h1>{area}{BODY}")
        assert found["body"] == PROSE, area
        end = f"</{area[1:].partition(' ')[0].rstrip('>')}>"
        box = f"{area}<p>A village library has won a prize for the bus that brings its books to remote farms.</p>{end}"
        found = record(f"<h1>{HEADLINE}</h1>{BODY}{box}")
        assert found["body"] == PROSE and found["dropped"][0]["role"] == "furniture", area


NO_PERSONS = ["admin", "Staff Writer", "The Bay Courier", "https://a.example/x", "a@b.example", "X"]


@pytest.mark.parametrize("name", NO_PERSONS)
def test_a_stated_author_that_is_no_person_is_none(name: str) -> None:
    author = {"@type": "Person", "name": name}
    found = record(f"<h1>{HEADLINE}</h1>{BODY}", author=author, publisher={"name": "The Bay Courier"})
    assert found["authors"] == []


def test_a_printed_author_comes_before_a_stated_one() -> None:
    author = {"@type": "Person", "name": "Daniel Moore"}
    assert record(f"<h1>{HEADLINE}</h1><p>By Sarah Lindgren</p>{BODY}", author=author)["authors"] == ["Sarah Lindgren"]
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", author=author)["authors"] == ["Daniel Moore"]


def test_stated_keywords_are_tags_only_if_the_text_has_them() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    assert record(page, keywords="ferry, engines, Sweden")["hashtags"] == ["ferry", "engines", "Sweden"]
    assert record(page, keywords=["news", "sports", "ferry"])["hashtags"] == []


def test_the_article_of_the_page_is_the_one_that_its_title_names() -> None:
    others = [{"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01T10:00:00Z"}]
    others += [{"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2024-04-03T10:15:00Z"}]
    script = f"<title>{HEADLINE} - Site</title><script type='application/ld+json'>{json.dumps(others)}</script>"
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", script)["published"] == "2024-04-03T10:15:00+00:00"
