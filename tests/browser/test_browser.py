"""The report in a real browser: right to left, on any screen, light and dark; nothing but its own script runs.

Needs Debian's chromium and the extra [browser]; .ci/browser brings both and runs these tests. A plain pytest run does
not come here (norecursedirs in pyproject.toml).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import newsparse
from newsparse.showing.messages import Tally
from newsparse.showing.report import Report

SAMPLES = Path(__file__).parents[2] / "samples"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WIDTHS = (360, 768, 1280)
HOSTILE = """<script>alert(1)</script><img src="https://example.org/x.png" onerror="alert(2)"> \u202eabc

Reuters

{long}

</style><style>* {{ display: none }}</style> {long} قال الوزير إن العمل بدأ اليوم، وإن {long} سيكتمل قريبا. {arabic}

{code}

#{long}
""".format(long="https://example.org/" + "a" * 400, arabic="ن" * 400, code="if (x) { return [" + "1," * 200 + "]; }")

# Whether a text can be read: the contrast of its colour with what is painted behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """() => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const painted = (...colors) => {
    pen.clearRect(0, 0, 1, 1);
    for (const color of colors) { pen.fillStyle = color; pen.fillRect(0, 0, 1, 1); }
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const behind = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
    return ['Canvas', ...layers];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  return [...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => {
      const layers = behind(e);
      const both = [painted(...layers), painted(...layers, getComputedStyle(e).color)].map(luminance);
      const contrast = (Math.max(...both) + .05) / (Math.min(...both) + .05);
      return [contrast, e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)];
    });
}"""
STICKING_OUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect(), display = getComputedStyle(e).display;
  const spills = display !== 'inline' && !(e instanceof SVGElement) && e.scrollWidth > e.clientWidth + 1;
  return box.width && (box.left < -0.5 || box.right > innerWidth + 0.5 || spills);
}).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40))"""
FIRST_AND_LAST_LETTER = """(e) => {
  const text = e.firstChild, range = document.createRange();
  return [0, text.data.length - 1].map(i => {
    range.setStart(text, i); range.setEnd(text, i + 1);
    const box = range.getBoundingClientRect();
    return [box.left + box.width / 2, box.top];
  });
}"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The pages that are looked at, by name: one article, one from left to right, many, and a hostile one."""
    folder = tmp_path_factory.mktemp("reports")
    arabic = SAMPLES / "ar-standfirst-gap.txt"
    english = SAMPLES / "en-wire.txt"
    pages = {"arabic": [arabic], "english": [english], "many": sorted(SAMPLES.glob("*.txt"))[::4]}
    for name, paths in pages.items():
        write(folder / name, [(str(path), path.read_text(encoding="utf-8")) for path in paths], name == "many")
    write(folder / "hostile", [("<b>" + "n" * 300, HOSTILE), ("b", "x")], True)
    return folder


def write(path, texts, failures):
    report, tally = Report(), Tally()
    for name, text in texts:
        lines = newsparse.explain(text)
        article = newsparse.article(lines, name)
        report.add(article, lines)
        tally.count(article)
    tally.inputs, tally.failures = len(texts) + failures, int(failures)
    if failures:
        report.fail(
            "in/" + "x" * 300, "byte 1203 is not UTF-8; if it is an older Arabic text, try --encoding windows-1256"
        )
    path.with_suffix(".html").write_bytes(b"".join(report.render(tally)))


@pytest.fixture
def look(browser, reports):
    """Opens a report; whatever is asked of the network, said on the console or put up as a dialogue is collected."""
    contexts = []

    def opened(name, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        page.on("request", lambda request: page.noise.append(request.url))
        page.on("console", lambda message: page.noise.append(message.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("dialog", lambda dialog: (page.noise.append(dialog.message), dialog.dismiss()))
        page.goto((reports / f"{name}.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["arabic", "english", "many", "hostile"])
def test_nothing_sticks_out(look, name, width):
    page = look(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["arabic", "many", "hostile"])
def test_every_text_can_be_read(look, name, scheme):
    contrasts = look(name, scheme=scheme).evaluate(CONTRASTS)
    assert len(contrasts) > 20
    assert [text for contrast, text in contrasts if contrast < 4.5] == []


def test_dark_is_dark(look):
    def paper(scheme):
        color = look("arabic", scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in color[4:-1].split(","))

    assert paper("light") > 3 * 200
    assert paper("dark") < 3 * 50


def letters(page, selector):
    """Where the first and the last letter of a line of text stand: each x, y."""
    return page.query_selector(selector).evaluate(FIRST_AND_LAST_LETTER)


def test_arabic_reads_from_right_to_left(look):
    page = look("arabic")
    for selector in (".record h2", ".record > p[dir]", ".lines .headline .text"):
        (first_x, first_y), (last_x, last_y) = letters(page, selector)
        assert first_x > last_x or first_y < last_y
        box = page.query_selector(selector).bounding_box()
        assert box["x"] + box["width"] - first_x < 60
    assert page.evaluate("getComputedStyle(document.querySelector('.record')).direction") == "rtl"
    (first_x, _), (last_x, _) = letters(page, ".credits time")
    assert first_x > last_x, "a date in words reads as its language"


def test_english_reads_from_left_to_right(look):
    page = look("english")
    box = page.query_selector(".record h2").bounding_box()
    assert letters(page, ".record h2")[0][0] - box["x"] < 60
    assert page.evaluate("getComputedStyle(document.querySelector('.record')).direction") == "ltr"


def test_the_record_stands_where_reading_begins(look):
    def sides(name, width):
        page = look(name, width)
        return [page.query_selector(selector).bounding_box() for selector in (".record", ".lines")]

    record, lines = sides("arabic", 1280)
    assert record["x"] >= lines["x"] + lines["width"]
    record, lines = sides("english", 1280)
    assert lines["x"] >= record["x"] + record["width"]
    record, lines = sides("arabic", 360)
    assert lines["y"] >= record["y"] + record["height"]


@pytest.mark.parametrize("name", ["many", "hostile"])
def test_nothing_of_a_text_runs_and_nothing_is_fetched(look, reports, name):
    page = look(name)
    page.wait_for_timeout(200)
    assert page.noise == [(reports / f"{name}.html").as_uri()]
    assert page.query_selector("img, iframe, object, link") is None
    assert len(page.query_selector_all("script")) == 1
    assert page.query_selector("article").is_visible()


def test_links_lead_to_articles(look):
    page = look("many")
    links = page.query_selector_all(".contents a")
    assert len(links) > 10
    links[-1].click()
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector(':target').tagName") == "ARTICLE"


def test_articles_are_filtered_sorted_and_led_through(look):
    page = look("many")
    shown = "[...document.querySelectorAll('article:not([hidden])')].map(a => a.id)"
    everything = page.evaluate(shown)
    assert len(everything) > 10
    page.fill("input[name=text]", "الأناضول")
    some = page.evaluate(shown)
    assert 0 < len(some) < len(everything)
    assert page.evaluate("document.querySelector('output').value") == f"{len(some)} / {len(everything)}"
    page.fill("input[name=text]", "")
    page.select_option("select[name=order]", "number")
    assert page.evaluate(shown) == sorted(everything, key=lambda name: int(name[1:]))
    page.select_option("select[name=missing]", "published")
    found = page.evaluate(shown)
    assert 0 < len(found) < len(everything)
    assert page.evaluate(f"document.querySelector('#{found[0]} .next').hash") == f"#{found[1]}"
    assert page.query_selector(f"#{found[-1]} .next").is_hidden()


def test_reasons_are_there_on_demand(look):
    page = look("arabic")
    why = page.query_selector(".lines .body .why")
    assert not why.is_visible()
    page.query_selector(".lines .body summary").click()
    assert why.is_visible()


def test_without_its_script_all_is_there(browser, reports):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "many.html").as_uri())
    assert page.query_selector("form").is_hidden()
    assert all(article.is_visible() for article in page.query_selector_all("article"))
    assert page.query_selector("article .next").is_visible()
    context.close()


def test_the_article_stays_in_sight_beside_its_lines(look):
    page = look("arabic")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.evaluate("document.querySelector('.lines li:nth-child(4)').scrollIntoView()")
    assert page.query_selector(".lines h3").bounding_box()["y"] < 0
    assert page.query_selector(".record h2").bounding_box()["y"] >= 0


def test_on_paper_the_lines_follow_the_article(look):
    page = look("arabic")
    page.emulate_media(media="print")
    assert page.evaluate(STICKING_OUT) == []
    record, lines = (page.query_selector(selector).bounding_box() for selector in (".record", ".lines"))
    assert lines["y"] >= record["y"] + record["height"]
