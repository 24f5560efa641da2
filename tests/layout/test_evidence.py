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


STORY = "A village library has won a prize for the bus that brings its books to remote farms and schools in winter."
COMMENT = "I took the ferry on the first day and the new seats are good, but the crossing is as slow as it ever was."
AUTHOR = {"@type": "Person", "name": "Daniel Moore"}


def test_a_stated_headline_is_the_headline_whatever_its_words_are() -> None:
    found = record(f"<p>Harbour ferry news</p><p>Sport</p><p>By Sarah Lindgren</p>{BODY}", headline="Sport")
    assert (found["headline"], found["section"]) == ("Sport", None)


def test_a_stated_headline_that_the_page_does_not_print_is_the_headline() -> None:
    assert record(BODY, headline=HEADLINE)["headline"] == HEADLINE
    assert record(BODY, f"<title>{HEADLINE}</title>")["headline"] is None
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", headline="Ferry: all you need to know")["headline"] == HEADLINE


def test_a_paragraph_stays_a_paragraph_whatever_its_marks_say() -> None:
    marked = f"<p>{PROSE[0]} <a rel=tag href=1>Harbours</a> and <a rel=tag href=2>Ferries</a> belong together.</p>"
    found = record(f"<h1>{HEADLINE}</h1>{marked}<p>{PROSE[1]}</p><p>{PROSE[2]}</p>")
    assert len(found["body"]) == 3 and found["hashtags"] == []


def test_the_name_in_a_box_about_the_author_may_be_the_byline() -> None:
    box = f"<div class=author-box><p>By Sarah Lindgren</p><p>{STORY}</p></div>"
    found = record(f"<h1>{HEADLINE}</h1>{box}{BODY}")
    assert (found["authors"], found["body"]) == (["Sarah Lindgren"], PROSE)


def test_a_footer_inside_an_article_is_part_of_it() -> None:
    closing = "<footer><p>By Sarah Lindgren</p></footer>"
    inside = record(f"<article><h1>{HEADLINE}</h1>{BODY}{closing}</article>")
    outside = record(f"<article><h1>{HEADLINE}</h1>{BODY}</article>{closing}")
    assert (inside["authors"], outside["authors"]) == (["Sarah Lindgren"], [])


def test_a_table_in_the_article_stays_in_the_body() -> None:
    rows = [("Line", "Price"), ("Harbour", "4"), ("Island", "7")]
    table = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    found = record(f"<article><h1>{HEADLINE}</h1><p>{PROSE[0]}</p><table>{table}</table><p>{PROSE[1]}</p></article>")
    assert found["body"] == [PROSE[0], "Line | Price", "Harbour | 4", "Island | 7", PROSE[1]]


def test_the_title_at_the_end_of_a_breadcrumb_is_no_headline() -> None:
    crumbs = f"<div class=breadcrumb><a href=1>Home</a> <a href=2>Coast</a> <span>{HEADLINE}</span></div>"
    found = record(f"{crumbs}<p>Harbour</p><h1>{HEADLINE}</h1>{BODY}", headline=HEADLINE)
    assert (found["headline"], found["section"]) == (HEADLINE, "Coast")
    assert [line["role"] for line in found["dropped"] if line["line"] < 3].count("echo") <= 1


def test_one_link_in_a_breadcrumb_is_no_section() -> None:
    assert record(f"<div class=breadcrumb><a href=2>Ferries</a></div><h1>{HEADLINE}</h1>{BODY}")["section"] is None


def test_a_line_with_other_words_than_tags_gives_no_tags() -> None:
    tags = "<a rel=tag href=1>Harbours</a>, <a rel=tag href=2>Ferries</a>"
    for words, hashtags in (("Tags:", True), ("Filed in:", True), ("This is what we call", False)):
        found = record(f"<h1>{HEADLINE}</h1>{BODY}<p>{words} {tags}</p>")
        assert found["hashtags"] == (["Harbours", "Ferries"] if hashtags else []), words


def test_a_linked_keyword_is_a_tag_and_an_unlinked_one_is_a_line() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    stated = {"keywords": ["Slow travel", "Nordic coast"]}
    assert record(f"{page}<p><a href=1>Slow travel</a></p>", **stated)["hashtags"] == ["Slow travel"]
    inside = f"<h1>{HEADLINE}</h1><p>{PROSE[0]}</p><p>Slow travel</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p>"
    assert record(inside, **stated)["body"] == [PROSE[0], "Slow travel", *PROSE[1:]]


def test_two_headings_of_the_first_rank_decide_nothing() -> None:
    other = "Library bus of the north wins a prize"
    head = f"<h1>{other}</h1><p>13 March 2024</p><h1>{HEADLINE}</h1><p>By Sarah Lindgren</p>"
    assert record(f"{head}{BODY}", headline=HEADLINE)["headline"] == HEADLINE
    assert record(f"<nav><h1>The Bay Courier</h1></nav><h1>{HEADLINE}</h1>{BODY}")["headline"] == HEADLINE


def test_prose_above_the_headline_and_linked_prose_are_no_body() -> None:
    linked = f"<p><a href=1>{STORY}</a></p>"
    found = record(f"<p>{STORY}</p><h1>{HEADLINE}</h1>{BODY}{linked}{linked.replace('village', 'town')}")
    assert found["body"] == PROSE


def test_longer_comments_below_the_article_are_no_body() -> None:
    heads = "<p>Sarah Lindgren</p><p>13 March 2024 10:15</p>"
    comments = "".join(f"{heads}<p>{COMMENT} {COMMENT} Number {n}.</p>" for n in range(2))
    found = record(f"<h1>{HEADLINE}</h1><div>{BODY}</div><div>{comments}</div>")
    assert found["body"] == PROSE


def test_an_article_in_several_blocks_is_whole() -> None:
    blocks = "".join(f"<div><p>{text}</p><p>{text.replace('the', 'a')}</p></div>" for text in PROSE)
    assert len(record(f"<h1>{HEADLINE}</h1><div>{blocks}</div>")["body"]) == 6


def test_a_stated_language_decides_between_close_ones_only() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    assert record(page, "<meta property=og:locale content=sv_SE>")["language"] == "en"


def test_an_unreadable_stated_time_is_none() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    for time in ("soon", "03/04/2024", "2024-04-03 and later", "2024-02-31T10:00:00Z"):
        assert record(page, datePublished=time)["published"] is None, time
    assert record(page, datePublished="2024-04-03T00:00:00Z")["published"] == "2024-04-03"


def test_a_stated_update_is_kept_only_if_it_is_later() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    for update, kept in (("2024-04-03T10:15:20Z", False), ("2024-04-03T09:00:00Z", False), ("2024-04-04", True)):
        found = record(page, datePublished="2024-04-03T10:15:00Z", dateModified=update)
        assert found["updated"] == (update if kept else None), update


def test_a_stated_agency_and_a_section_with_a_path() -> None:
    page = f"<h1>{HEADLINE}</h1>{BODY}"
    assert record(page, author={"@type": "Organization", "name": "Reuters"})["agency"] == "رويترز"
    assert record(page, articleSection="Coast")["section"] == "Coast"
    assert record(page, articleSection="News/Coast")["section"] is None
    printed = f"<div class=category><a href=1>Harbour</a></div>{page}"
    assert record(printed, articleSection="Coast")["section"] in ("Harbour", "Coast")


def test_the_name_of_the_site_is_no_author() -> None:
    page = f"<h1>{HEADLINE}</h1><p class=author>By Ferry Hansen</p>{BODY}"
    assert record(page)["authors"] == ["Ferry Hansen"]
    assert record(page, publisher={"name": "Ferry Hansen"})["authors"] == []
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", author={"name": "di Sarah Lindgren"})["authors"] == ["Sarah Lindgren"]


def test_the_text_below_a_picture_is_a_caption_and_a_headline_in_it_is_not() -> None:
    figure = "<figure><img src=1><figcaption><p>The ferry in its dock, seen from the old lighthouse.</p>"
    found = record(f"<h1>{HEADLINE}</h1>{figure}</figcaption></figure>{BODY}")
    assert (found["body"], [line["role"] for line in found["dropped"]]) == (PROSE, ["caption"])
    found = record(f"<figure><figcaption><h1>{HEADLINE}</h1></figcaption></figure>{BODY}")
    assert found["headline"] == HEADLINE


def test_a_readable_time_stays_whatever_the_machine_is_told() -> None:
    line = "<p><time datetime='2024-04-05T10:15:00+02:00'>3 April 2024 10:15</time></p>"
    assert record(f"<h1>{HEADLINE}</h1>{line}{BODY}")["published"] == "2024-04-03T10:15:00"
    line = line.replace("3 April 2024 10:15", "on a Friday")
    assert record(f"<h1>{HEADLINE}</h1>{line}{BODY}")["published"] == "2024-04-05T10:15:00+02:00"


@pytest.mark.parametrize("area", ["<article>", "<main>", "<div class=article-body>"])
def test_rows_are_in_the_body_where_the_page_marks_the_article(area: str) -> None:
    end = f"</{area[1:].partition(' ')[0].rstrip('>')}>"
    rows = "".join(f"<tr><td>{place}</td><td>{price}</td></tr>" for place, price in (("Harbour", "4"), ("Island", "7")))
    inside = record(f"<h1>{HEADLINE}</h1>{area}<p>{PROSE[0]}</p><table>{rows}</table><p>{PROSE[1]}</p>{end}")
    assert inside["body"] == [PROSE[0], "Harbour | 4", "Island | 7", PROSE[1]]
    outside = record(f"<h1>{HEADLINE}</h1>{area}<p>{PROSE[0]}</p><p>{PROSE[1]}</p>{end}<table>{rows}</table>")
    assert outside["body"] == PROSE[:2]


@pytest.mark.parametrize("area", ["figcaption", "div class=wp-caption"])
@pytest.mark.parametrize("block", ["p", "h1", "h2", "h3", "h4", "h5", "h6"])
def test_only_a_heading_is_no_caption_in_the_area_of_captions(area: str, block: str) -> None:
    caption = f"<{area}><{block}>{HEADLINE}</{block}></{area.partition(' ')[0]}>"
    found = record(f"<p>Coast and islands</p>{caption}{BODY}", headline=HEADLINE)
    roles = [line["role"] for line in found["dropped"] if line["text"] == HEADLINE]
    assert roles == (["caption"] if block == "p" else [])


@pytest.mark.parametrize("code", ["es", "it", "pt", "fr", "id", "de", "tr"])
def test_a_stated_language_that_is_close_to_others_comes_before_the_words(code: str) -> None:
    locale = f"<meta property=og:locale content={code}_XX>"
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", locale)["language"] == "en"
    text = "El puerto de la isla abre otra vez el lunes, dice el barquero a los vecinos del pueblo."
    page = f"<h1>El puerto abre otra vez</h1><p>{text}</p><p>{text}</p>"
    assert record(page, locale)["language"] == code
    assert record(page, locale.replace(code, "sv"))["language"] == "es"


@pytest.mark.parametrize(
    "head",
    ["13 March 2024 10:15", "By Sarah Lindgren", "Sarah Lindgren", "Share", "<a href=1>The other ferry</a>"],
)
def test_blocks_with_times_names_or_links_between_the_prose_are_no_part_of_the_article(head: str) -> None:
    comments = "".join(f"<p>{head}</p><p>{COMMENT} Number {n}.</p>" for n in range(3))
    found = record(f"<h1>{HEADLINE}</h1><div><div>{BODY}{BODY}</div><div>{comments}</div></div>")
    assert set(found["body"]) == set(PROSE)
    plain = "".join(f"<p>{COMMENT} Number {n}.</p>" for n in range(3))
    found = record(f"<h1>{HEADLINE}</h1><div><div>{BODY}{BODY}</div><div>{plain}</div></div>")
    assert len(set(found["body"])) == 6


@pytest.mark.parametrize(
    ("code", "language"),
    [("sw", "sw"), ("swa_KE", "swa"), ("pt-BR", "pt"), ("english", None), ("e1", None), ("كر", None)],
)
def test_a_stated_language_is_a_code_where_the_words_tell_none(code: str, language: str | None) -> None:
    words = "Qapla batlh je, tlhingan maH taHjaj wo batlh bIHeghjaj ghaH DaH mob neH jIH maH, reH taHjaj Dujvam je."
    found = record(f"<p>{words}</p><p>{words[::-1]}</p>", f"<meta property=og:locale content='{code}'>")
    assert found["language"] == language


def test_a_title_in_the_head_is_no_headline_where_the_page_prints_one() -> None:
    meta = f"<meta property=og:title content='{HEADLINE} and more'>"
    assert record(BODY, meta)["headline"] == f"{HEADLINE} and more"
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", meta)["headline"] == HEADLINE
    assert record("<p>Harbour</p>", meta)["headline"] == f"{HEADLINE} and more"


def test_a_printed_section_and_printed_tags_come_before_stated_ones() -> None:
    tags = "<p><a rel=tag href=1>Harbours</a> <a rel=tag href=2>Ferries</a></p>"
    crumbs = "<div class=breadcrumb><a href=1>Home</a> <a href=2>Coast</a></div>"
    found = record(f"{crumbs}<h1>{HEADLINE}</h1>{BODY}{tags}", articleSection="Travel", keywords="ferry, engines")
    assert (found["section"], found["hashtags"]) == ("Coast", ["Harbours", "Ferries"])
    inside = BODY.replace("the timetable.", "the #NordicCoast timetable.")
    assert record(f"<h1>{HEADLINE}</h1>{inside}", keywords="ferry, engines")["hashtags"] == ["NordicCoast"]


def test_an_agency_that_the_page_prints_is_not_joined_by_a_stated_author() -> None:
    found = record(f"<h1>{HEADLINE}</h1><p>Reuters</p>{BODY}", author=AUTHOR)
    assert (found["agency"], found["authors"]) == ("رويترز", [])
    desk = {"@type": "Organization", "name": "Coast Desk"}
    assert record(f"<h1>{HEADLINE}</h1>{BODY}", author=[desk, AUTHOR])["authors"] == ["Daniel Moore"]


@pytest.mark.parametrize("name", ["par Sarah Lindgren", "Oleh Sarah Lindgren", "written Sarah Lindgren"])
def test_a_short_word_in_small_letters_before_a_stated_name_is_no_part_of_it(name: str) -> None:
    authors = record(f"<h1>{HEADLINE}</h1>{BODY}", author={"name": name})["authors"]
    assert authors == (["Sarah Lindgren"] if name.startswith("par") else authors) and authors != [
        "written Sarah Lindgren"
    ]


def test_a_title_is_the_stated_one_if_it_is_half_of_it_or_more() -> None:
    site = "The Bay Courier of the Northern Islands and Coast"
    others = f"<p>Islands in winter: what to see</p><h2>{HEADLINE}</h2>"
    found = newsparse.explain(f"<html><head><title>{site}: {HEADLINE}</title></head><body>{others}{BODY}", html=True)
    why = {line.text: line.why for line in found}
    assert "<meta> or <title>" in why[HEADLINE]
    found = newsparse.explain(
        f"<html><head><title>{site} {site}: Ferry</title></head><body><h2>Ferry</h2>{BODY}", html=True
    )
    assert not any("<title>" in line.why for line in found)


def test_a_last_paragraph_without_a_full_stop_is_body() -> None:
    last = "Tickets cost the same as last year, and children under six still travel free, says the timetable"
    page = f"<h1>{HEADLINE}</h1><article>{BODY}<p>{last}</p></article><p>{last[:70]}</p><p>Share</p>"
    assert record(page)["body"] == [*PROSE, last]


def test_an_article_that_boxes_cut_into_columns_is_whole() -> None:
    box = "<div><aside><div><h3>Most popular</h3><p><a href=1>Library bus wins a prize</a></p></div></aside></div>"
    column = "<div class=row><div class=grid><div class=inner>{}</div></div></div>"
    more = [text.replace("the", "a") for text in PROSE]
    halves = [column.format("".join(f"<p>{text}</p>" for text in half)) for half in (PROSE, more)]
    found = record(f"<h1>{HEADLINE}</h1><article><div>{box.join(halves)}</div></article>")
    assert found["body"] == PROSE + more


def test_the_title_of_a_film_inside_the_text_is_no_headline() -> None:
    film = "<div class=video><span class=headline>Watch the ferry leave its dock</span></div>"
    page = f"<h1 class=headline>{HEADLINE}</h1>{BODY}{film}{BODY}{BODY}{BODY}"
    found = record(page, headline=HEADLINE)
    assert (found["headline"], [text for text in found["body"] if text in PROSE]) == (HEADLINE, PROSE * 4)


def test_a_header_far_above_the_text_is_read_where_tags_tell_of_menus() -> None:
    films = "".join(f"<div><p>Film {n} of the harbour</p></div>" for n in range(70))
    header = "<div class=headline__footer><p>By Sarah Lindgren</p><p>Updated 3 April 2024 12:00</p></div>"
    found = record(f"<h1>{HEADLINE}</h1>{header}<div>{films}</div><article>{BODY}</article>")
    assert (found["authors"], found["updated"], found["body"]) == (["Sarah Lindgren"], "2024-04-03T12:00:00", PROSE)
