"""Saved pages: the lines that a person sees, their encodings, and pages that were made to break a reader."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from command import newsparse
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse as library
from newsparse.reading.page import decode_page, read_page
from newsparse.record import DecodeError, Line, NewsparseError

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><title>افتتاح جسر جديد في ميناء صور - الساحل</title>
<link rel="canonical" href="https://news.example/a/1"></head>
<body><nav><ul><li><a href="/">الرئيسية</a><li><a href="/s">رياضة</a></ul></nav>
<article><h1>افتتاح جسر جديد في ميناء صور</h1><p class="date">الثلاثاء 17/09/2024 13:22</p>
<p>افتتح وزير الأشغال العامة اليوم الثلاثاء جسرا جديدا يربط الميناء بالمدينة القديمة في صور بعد عامين من العمل.</p>
<p>وقال الوزير إن الجسر سيخفف الازدحام عن وسط المدينة ويخدم آلاف السائقين كل يوم بحسب تقديرات البلدية.</p></article>
<script>document.write("<p>لا يراه أحد</p>")</script></body></html>
"""


def lines(html: str) -> list[str]:
    """The lines of a page without the gaps between them."""
    try:
        return [line for line in read_page(html)[0].split("\n") if line]
    except NewsparseError as error:
        assert str(error).startswith("no text")
        return []


# The command -------------------------------------------------------------------------------------------------------


def test_a_page_by_its_suffix_from_a_folder_and_from_standard_input_gives_the_same_record(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.htm.gz").write_bytes(gzip.compress(PAGE.encode()))
    ways = [
        newsparse(tmp_path / "a.html"),
        newsparse(tmp_path / "b.htm.gz"),
        newsparse(tmp_path, "--include", "*.html"),
        newsparse(input=PAGE),
        newsparse("--from", "html", input=PAGE),
        newsparse("--from", "html", tmp_path / "a.html", "-j", "2"),
        newsparse("--from", "jsonl", "--text-field", "a", "--from-text", "html", input=json.dumps({"a": PAGE}) + "\n"),
    ]
    records = [{**record, "source": ""} for done in ways for record in done.records]
    assert len(records) == len(ways) and all(record == records[0] for record in records)
    assert records[0]["headline"] == "افتتاح جسر جديد في ميناء صور" and len(records[0]["body"]) == 2
    assert records[0]["published"] == "2024-09-17T13:22:00" and records[0]["line"] == 1
    assert library.parse(PAGE, html=True).to_dict() | {"source": ""} == records[0]


def test_the_canonical_address_can_be_kept_and_that_of_a_row_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (record,) = newsparse(tmp_path / "a.html", "--keep", "url=address,site").records
    assert record["address"] == "https://news.example/a/1"
    rows = "".join(json.dumps({"page": PAGE, "url": url, "k": 7}) + "\n" for url in (None, "https://b.example/"))
    done = newsparse(*["--from", "jsonl", "--text-field", "page", "--from-text", "html", "--keep", "url,k"], input=rows)
    assert [(record["url"], record["k"]) for record in done.records] == [
        ("https://news.example/a/1", 7),
        ("https://b.example/", 7),
    ]


def test_a_text_file_with_html_is_refused_with_the_option_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    done = newsparse(tmp_path / "a.txt")
    assert done.status == 1 and "--from html" in done.err
    assert newsparse("--from", "html", tmp_path / "a.txt").status == 0


def test_without_the_extra_the_error_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    code = "import sys; sys.modules['lxml.etree'] = None; from newsparse.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.html")], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.strip().endswith("pip install 'newsparse[html]'"), done.stderr


def test_without_the_extra_the_library_says_so_too() -> None:
    code = "import sys; sys.modules['lxml.etree'] = None; import newsparse; newsparse.parse('<p>a', html=True)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode and "pip install 'newsparse[html]'" in done.stderr


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (b"", "no text in it"),
        (b"<html><body><script>app()</script><div id=root></div></body></html>", "no text that a person sees"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n<html>", "an archive (MHTML); save it as HTML"),
        (b"<p>\xc7\xe1\xcd\xe3\xcf \xe1\xe1\xe5</p>", "byte 3 is not UTF-8"),
        (bytes(range(16)) * 200, "binary"),
    ],
)
def test_what_is_no_page_fails_with_its_reason(page: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page)
    done = newsparse(tmp_path / "a.html")
    assert done.status == 1 and told in done.err, done.err


# Lines -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>one <b>two</b>\n three</p><p>four", ["one two three", "four"]),
        ("one<br>two<br/>three<div>four</div>five", ["one", "two", "three", "four", "five"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<a href=1>a</a><a href=2>b</a><b>c</b><i>d</i>", ["a bcd"]),
        ("<span class=x>Ali</span><time>2024</time><span class=y>Sport</span>", ["Ali", "2024", "Sport"]),
        ("<span class=x>Ali</span><time>2024</time>, it says", ["Ali 2024, it says"]),
        ("<b class=x>Ali</b><b class=y>Sport</b>", ["Ali Sport"]),
        ("wo<b>rd</b>s <span>a</span><span>b</span> 1<sup>st</sup>", ["words ab 1st"]),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", ["a | b", "1 | 2"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a", "b", "c"]),
        (f"<table><tr><td>menu<td>{'long ' * 60}</table>", ["menu", ("long " * 60).strip()]),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", ["a | b | c"]),
        ("<pre>one\n two</pre>", ["one", "two"]),
        ("<p>a&amp;b &lt;i&gt; &copy; &nbsp; &#1605;&#x645; &unknown;</p>", ["a&b <i> © مم &unknown;"]),
        ("<p>a\u2028b\x85c\x0cd\u3000e</p>", ["a b c d\u3000e"]),
        ("<script>var a = '<p>no</p></scr' + 'ipt>'; a < b</script>yes<style>p{content:'<p>no'}</style>", ["yes"]),
        ("<!-- <p>no --><p>yes<!-- no --> and</p>", ["yes and"]),
        ("<p hidden>no</p><p style='color:red; DISPLAY : none'>no</p><p>yes", ["yes"]),
        (
            "<span class='sr-only'>no</span><dialog>no</dialog><template>no</template><noscript>no</noscript>yes",
            ["yes"],
        ),
        ("<body style='display:none'>yes", ["yes"]),
        ("<select><option>no</select><svg><title>no</title></svg><iframe>no</iframe><button>yes</button>", ["yes"]),
        ("</p></div></html>after<p>more</article>", ["after", "more"]),
        ("plain words alone", ["plain words alone"]),
        ("<p>a\0b", ["ab"]),
    ],
)
def test_the_lines_are_those_that_a_person_sees(html: str, seen: list[str]) -> None:
    assert lines(html) == seen


def test_paragraphs_headings_and_lists_have_gaps_around_them() -> None:
    assert read_page("<h1>a</h1><p>b</p><div>c</div><div>d</div><br><br>e")[0] == "a\n\nb\n\nc\nd\n\ne"


def test_tags_travel_beside_the_lines() -> None:
    _, markup = read_page(
        "<nav class=main><a href=1>a</a></nav><article><h1 itemprop=headline>b</h1>"
        "<div class='post-related'><p>c</p></div><figure><figcaption>d</figcaption></figure>"
        "<p>By <a rel=author href=2>Ali Hasan</a>, <time datetime='2024-01-02T03:04:05Z'>today</time></p></article>"
    )
    found = [markup.lines[i] for i in sorted(markup.lines)]
    assert [line.block for line in found] == ["nav", "h1", "p", "figcaption", "p"]
    assert [line.areas for line in found] == [
        ("nav",),
        ("article",),
        ("article", ".related"),
        ("article", "figure", "figcaption"),
        ("article",),
    ]
    assert [line.is_linked for line in found] == [True, False, False, False, False]
    assert found[1].marks == (("headline", "b"),)
    assert found[4].marks == (("author", "Ali Hasan"), ("time", "2024-01-02T03:04:05Z"))


def test_a_mark_without_text_is_of_no_other_line() -> None:
    _, markup = read_page(
        "<div><time datetime=2024-01-02></time></div><div>one</div><p><b>two</b><a rel=author></a></p>three"
    )
    assert all(line.marks == () for line in markup.lines.values())


def test_a_page_says_who_wrote_it_and_when() -> None:
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "no"},
            {
                "@type": ["NewsArticle"],
                "headline": "One &amp; two",
                "datePublished": "2024-01-02T03:04:05Z",
                "author": [{"@id": "#p"}, {"@type": "Organization", "name": "Desk"}],
                "keywords": "a, b",
            },
            {"@type": "Person", "@id": "#p", "name": "Ali Hasan"},
        ]
    }
    _, markup = read_page(
        f"<script type='application/ld+json'>{json.dumps(data)}</script><meta property=og:title content='One and two'>"
        "<meta name=author content='Somebody'><meta property=article:tag content='c, d'><html lang=en>"
        "<script type='application/ld+json'>{damaged</script>text"
    )
    facts = {name: [tuple(fact) for fact in found] for name, found in markup.facts.items()}
    assert facts["headline"] == [("JSON-LD headline", "One & two"), ("<meta og:title>", "One and two")]
    assert facts["published"] == [("JSON-LD datePublished", "2024-01-02T03:04:05Z")]
    assert facts["author"] == [
        ("JSON-LD author", "Ali Hasan"),
        ("JSON-LD author (Organization)", "Desk"),
        ("<meta author>", "Somebody"),
    ]
    assert [value for _, value in facts["keyword"]] == ["a", "b", "c, d"]


BLOCKS = st.sampled_from(
    [
        "p",
        "div",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "blockquote",
        "section",
        "article",
        "figcaption",
        "footer",
        "aside",
        "nav",
        "a",
        "b",
        "span",
    ]
)
WORDS = st.text(st.sampled_from("abcdeابتجد"), min_size=1, max_size=4)


HIDDEN = ["<script>'<p>{}'</script>", "<i hidden>{}</i>", "<!--{}-->"]
ATTRIBUTES = ["", " class='x y'", " id=related", " href=1 rel=tag", " itemprop=author"]


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page of nested elements, with the words that are seen, each of them different."""
    html: list[str] = []
    seen: list[str] = []

    def grow(depth: int) -> None:
        for _ in range(draw(st.integers(1, 3))):
            word = f"{draw(WORDS)}{len(html)}"
            if draw(st.integers(0, 5)) == 0:
                html.append(draw(st.sampled_from(HIDDEN)).format(word))
                continue
            tag = draw(BLOCKS)
            html.append(f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}> {word} ")
            seen.append(word)
            if depth:
                grow(depth - 1)
            html.append(draw(st.sampled_from([f"</{tag}>", ""])) + " ")

    grow(3)
    return "".join(html), seen


@given(pages())
def test_no_word_that_is_seen_is_lost_and_none_that_is_hidden_is_found(drawn: tuple[str, list[str]]) -> None:
    html, seen = drawn
    assert " ".join(lines(html)).replace("|", " ").split() == seen


@settings(max_examples=30)
@given(pages())
def test_every_line_of_a_page_is_in_a_field_or_dropped(drawn: tuple[str, list[str]]) -> None:
    html, seen = drawn
    if not seen:
        return
    found: list[Line] = library.explain(html, html=True)
    assert lines(html) == [text for line in found for text in line.text.split("\n")]
    record = library.parse(html, html=True).to_dict()
    said = json.dumps(record, ensure_ascii=False)
    assert all(word in said for word in seen)


# Encodings ---------------------------------------------------------------------------------------------------------

ARABIC = "<p>قال الوزير إن العمل بدأ في الميناء القديم.</p>"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ARABIC.encode(), ARABIC),
        (b"\xef\xbb\xbf" + ARABIC.encode(), ARABIC),
        (ARABIC.encode("utf-16"), ARABIC),
        (b"<meta charset=windows-1256>" + ARABIC.encode("cp1256"), ARABIC),
        (b"<meta charset=windows-1256>" + ARABIC.encode(), ARABIC),
        (
            b"<meta http-equiv=content-type content='text/html; charset=iso-8859-6'>" + ARABIC.encode("iso8859_6"),
            ARABIC,
        ),
        (b"<?xml version='1.0' encoding='windows-1256'?>" + ARABIC.encode("cp1256"), ARABIC),
        (b"<!-- <meta charset=utf-8> --><meta charset=cp1256>" + ARABIC.encode("cp1256"), ARABIC),
        (b"<meta charset=iso-8859-1>\x93caf\xe9\x94", "\u201ccafé\u201d"),
        ("<meta charset=shift_jis>\u65e5\u672c".encode("cp932"), "\u65e5\u672c"),
    ],
)
def test_the_encoding_is_what_the_page_says_unless_it_is_utf_8(data: bytes, text: str) -> None:
    found, warning = decode_page(data)
    assert found.endswith(text) and warning is None


def test_a_few_damaged_bytes_are_replaced_with_a_warning_and_many_are_an_error(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", "<head><meta charset=utf-8>").encode()
    (tmp_path / "a.html").write_bytes(page.replace("الثلاثاء جسرا".encode(), b"\xd8 x"))
    (record,) = newsparse(tmp_path / "a.html").records
    assert record["warnings"] == ["encoding.replaced"] and "\ufffd x" in record["body"][0]
    with pytest.raises(DecodeError):
        decode_page(b"<meta charset=utf-8>" + ARABIC.encode("cp1256"))
    (tmp_path / "b.html").write_bytes(ARABIC.encode("cp1256"))
    (record,) = newsparse(tmp_path / "b.html", "--encoding", "windows-1256").records
    assert record["warnings"][0] == "encoding.windows-1256"


@pytest.mark.parametrize("label", ["rot13", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "hex"])
def test_a_codec_that_is_no_encoding_of_pages_is_as_if_the_page_named_none(label: str) -> None:
    named = f"<meta charset={label}>".encode()
    assert decode_page(named + b"\\u0041+AGE-")[0].endswith("\\u0041+AGE-")
    with pytest.raises(DecodeError, match="is not UTF-8; if it is an older Arabic text"):
        decode_page(named + ARABIC.encode("cp1256"))


# Pages that were made to break a reader ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<div>" * 100_000 + "x" + "</div>" * 100_000, 1),
        ("<span class='related'>" * 100_000 + "x", 1),
        ("<a rel=author href=1>" * 50_000 + "x y z", 1),
        ("<p>" + "".join(f"<b id=a{i}>" for i in range(2000)) + "</p>" + "<p>x</p>" * 2000, 2000),
        ("<table><tr><td>a<td>" * 20_000 + "x", 20_000),
        ("<ul><li>x" * 50_000, 50_000),
        ("<div " + " ".join(f"a{i}=1" for i in range(50_000)) + ">x", 1),
        ("<div class='" + "a " * 2_000_000 + "'>x</div>", 1),
        ("<p>x<script>" + "<p>no" * 300_000, 1),
        ("<p>x<!--" + "<p>no" * 300_000, 1),
        ("<p>" + "<" * 300_000, 1),
        ("&" * 300_000, 1),
        ("x<a href='" + "y" * 1_000_000, 1),
        ("x<script type='application/ld+json'>" + "[" * 500_000 + "</script>", 1),
        ("x<script type='application/ld+json'>[" + '{"@type":"NewsArticle"},' * 90_000 + "1]</script>", 1),
        ("<meta name=keywords content='a,b'>" * 50_000 + "x", 1),
        ("<p>" + "<time datetime=2020-01-01>x</time>" * 50_000, 1),
        ("<br>" * 500_000 + "x", 1),
    ],
)
def test_hostile_pages_are_read_in_time_that_grows_with_their_size(html: str, count: int) -> None:
    start = time.process_time()
    found = lines(html)
    assert time.process_time() - start < 1 + len(html) / 1e6
    assert abs(len(found) - count) <= count // 2 and "no" not in found


def test_no_entity_is_expanded_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    monkeypatch.setattr("socket.socket", None)
    entities = "".join(f"<!ENTITY e{i} '{f'&e{i - 1};' * 10 if i else 'lol'}'>" for i in range(20))
    html = f"""<?xml version='1.0'?><!DOCTYPE html [{entities}<!ENTITY f SYSTEM 'file://{secret}'>]>
    <html><head><link rel=stylesheet href='http://127.0.0.1:9/a.css'><base href='file://{secret}'></head>
    <body><p>&e19; &f; <img src='http://127.0.0.1:9/b.png'>end<xi:include href='file://{secret}'/></p></body></html>"""
    text = read_page(html)[0]
    assert "&e19; &f; end" in text and "lol" not in text and "secret" not in text


def test_a_page_of_fifty_megabytes_takes_bounded_memory_or_fails_by_name(tmp_path: Path) -> None:
    html = "<html><body>" + "<div class='x'>one <b>two</b></div>\n" * 1000
    html += "<script>" + "x" * 48_000_000 + "</script><p>the end of it all</p>"
    tracemalloc.start()
    assert lines(html)[-1] == "the end of it all"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * len(html)
    for page, told in (
        ("<p>a</p>" * 400_001, "more than 400,000 lines, .*; check the file"),
        ("a " * 2_000_001, "a line of more than .*; check the file"),
    ):
        with pytest.raises(NewsparseError, match=told):
            read_page(page)
    (tmp_path / "a.html").write_bytes(b"<p>" + bytes(70_000_000))
    done = newsparse(tmp_path / "a.html")
    assert done.status == 1 and "a page of more than 64 MiB" in done.err
