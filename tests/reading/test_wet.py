"""WET files: one input for each page, articles told from the rest, damage told from its end."""

import gzip
import json

import pytest
from command import ARTICLE as SHORT
from command import newsparse

import newsparse as library
from newsparse.reading.wet import unfit

PARAGRAPH = "وقال الوزير إن الجسر سيخفف الازدحام عن وسط المدينة ويخدم آلاف السائقين كل يوم بحسب تقديرات البلدية."
MORE = f"{PARAGRAPH[:-1]}، كما جاء في البيان.\n\nوينتهي العمل في الطريق المؤدي إليه نهاية العام."
ARTICLE = SHORT.replace("\n#صور", f"\n{MORE}\n\n#صور")
URI = "https://news.example/خبر/1"

# Pages as crawls are full of, invented: what stands on them is their kind.
FRONT = """الرئيسية
أخبار
رياضة
اقتصاد
آخر الأخبار
وزير الصحة يفتتح مستشفى الأطفال في صفاقس
منذ ساعتين
ارتفاع أسعار القمح في الأسواق العالمية
منذ 3 ساعات
المنتخب يفوز بثلاثة أهداف على ضيفه
منذ 5 ساعات
الأكثر قراءة
توقعات الطقس ليوم الجمعة
أسعار الذهب اليوم
جميع الحقوق محفوظة 2024
"""
TEASERS = """الرئيسية | أخبار | رياضة
أخبار محلية

افتتاح جسر جديد فوق النهر
12 مارس 2024
افتتح رئيس البلدية اليوم جسرا جديدا فوق النهر يربط بين الحيين الشرقي والغربي من المدينة.
اقرأ المزيد
بدء موسم قطاف الزيتون في الشمال
11 مارس 2024
بدأ المزارعون في قرى الشمال موسم قطاف الزيتون وسط توقعات بمحصول أفضل من العام الماضي.
اقرأ المزيد
إضراب سائقي الحافلات ليومين
10 مارس 2024
أعلنت نقابة سائقي الحافلات إضرابا ليومين احتجاجا على تأخر صرف الرواتب منذ شهرين كاملين.
اقرأ المزيد
1 2 3 التالي
"""
SHOP = """متجر النور
سلة المشتريات (0)
تسجيل الدخول
هاتف ذكي 128 جيجابايت
السعر: 1,250 ريال
أضف إلى السلة
سماعات لاسلكية
السعر: 320 ريال
أضف إلى السلة
سياسة الخصوصية
"""
FORUM = """منتديات الواحة
المنتدى العام
الموضوع
الردود
كيف أختار حاسوبا للدراسة؟
12
بواسطة سامر 12-03-2024, 10:22 PM
تجاربكم مع زراعة الطماطم
7
بواسطة ليلى 11-03-2024, 09:10 AM
مشكلة في الطابعة
3
بواسطة كريم 10-03-2024, 01:02 PM
"""
PRAYERS = """مواقيت الصلاة في الرباط
الفجر 05:12
الشروق 06:40
الظهر 12:33
العصر 15:49
المغرب 18:24
العشاء 19:41
"""
CUT_SHORT = "the gz data ends too early, the file was cut short; get it again"
MISSING = "404\nالصفحة غير موجودة\nعذرا، الصفحة التي تبحث عنها غير موجودة.\nالعودة إلى الرئيسية\n"
OTHER_PAGES = {"front": FRONT, "teasers": TEASERS, "shop": SHOP, "forum": FORUM, "prayers": PRAYERS, "404": MISSING}


def page(text, uri=URI, kind="conversion", **headers):
    """A record of a WET file."""
    body = text if isinstance(text, bytes) else text.encode()
    about = {
        "WARC-Type": kind,
        "WARC-Target-URI": uri,
        "WARC-Date": "2024-09-18T01:02:03Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        "Content-Type": "text/plain",
        "Content-Length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in about.items())
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + body + b"\r\n\r\n"


def crawl(path, *pages):
    """A file as crawls have them: each record compressed by itself."""
    path.write_bytes(b"".join(map(gzip.compress, (page("software: invented", "x:", "warcinfo"), *pages))))
    return path


def test_each_page_is_an_input(tmp_path):
    crawl(tmp_path / "a.warc.wet.gz", page(ARTICLE), page("\n\n" + ARTICLE, "https://news.example/2"))
    done = newsparse("a.warc.wet.gz", "--keep", "url,WARC-Date=crawled,WARC-None=none", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert [(record["source"], record["line"]) for record in done.records] == [(URI, 1), ("https://news.example/2", 3)]
    expected = {**library.parse(ARTICLE).to_dict(), "source": URI}
    assert done.records[0] == {**expected, "url": URI, "crawled": "2024-09-18T01:02:03Z", "none": None}


def test_pages_that_are_no_articles_are_counted(tmp_path):
    pages = [page(text, f"https://other.example/{name}") for name, text in OTHER_PAGES.items()]
    pages.append(page(f"افتتاح جسر جديد في ميناء صور\n\n{PARAGRAPH}", "https://other.example/short"))
    crawl(tmp_path / "a.wet.gz", *pages, page(ARTICLE), page("", "https://other.example/empty"))
    done = newsparse("a.wet.gz", "a.wet.gz", "-j", "2", cwd=tmp_path)
    assert [record["source"] for record in done.records] == [URI] * 2
    assert (done.status, done.err) == (
        0,
        f"newsparse: {2 * len(pages) + 2} pages were no articles and gave no record (-v says why)\n",
    )
    assert newsparse("a.wet.gz", "-q", cwd=tmp_path).err == ""
    told = newsparse("a.wet.gz", "-v", cwd=tmp_path).err
    assert f"/short:1: no article: {len(PARAGRAPH)} characters of prose, no time and no credit\n" in told
    assert "newsparse: https://other.example/empty: no article: no text\n" in told
    assert told.count("no article: ") == len(pages) + 1
    event = json.loads(newsparse("a.wet.gz", "--log-json", cwd=tmp_path).err.splitlines()[-1])
    assert (event["records"], event["skipped"], event["failures"]) == (1, len(pages) + 1, 0)


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_what_is_no_article(name):
    assert unfit(library.parse(OTHER_PAGES[name]))


def test_prose_without_a_headline_is_no_article():
    assert unfit(library.parse(f"{PARAGRAPH}\n" * 9)) == "no headline"


def test_how_much_prose_is_enough():
    head = "افتتاح جسر جديد في ميناء صور\n\n"
    stamp = "13:2217/09/2024\n\n"
    assert unfit(library.parse(head + stamp + f"{PARAGRAPH}\n\n" * 3)) is None
    assert (unfit(library.parse(head + stamp + PARAGRAPH)) or "").endswith("characters of prose")
    assert "no time and no credit" in (unfit(library.parse(head + f"{PARAGRAPH}\n\n" * 3)) or "")
    many = "".join(f"{PARAGRAPH[:-1]} منذ العام {year}.\n\n" for year in range(1990, 1999))
    assert unfit(library.parse(head + many)) is None


def test_every_article_of_the_samples_that_has_a_time_is_one():
    from pathlib import Path

    folder = Path(__file__).parents[2] / "samples"
    parsed = [library.parse(path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    dated = [article for article in parsed if article.headline and article.published]
    long = [article for article in dated if len(" ".join(article.body)) > 600]
    assert len(long) >= 5
    assert [article.headline for article in long if unfit(article)] == []


def test_damaged_files_give_what_stands_before_the_damage(tmp_path):
    whole = page(ARTICLE) + page(ARTICLE, "https://news.example/2")
    damaged = {
        "cut.wet": (whole[:-300], "the last page ends too early, the file was cut short; get it again"),
        "cut.wet.gz": (gzip.compress(whole)[:-30], CUT_SHORT),
        "junk.wet": (page(ARTICLE) + b"junk\r\nmore\r\n\r\n", "no WARC, or a damaged one after page 1"),
        "text.wet": (ARTICLE.encode(), "no WARC, or a damaged one after page 0"),
    }
    for name, (data, said) in damaged.items():
        (tmp_path / name).write_bytes(data)
        done = newsparse(name, cwd=tmp_path)
        assert done.status == 1, name
        assert done.err.startswith(f"newsparse: {name}"), name
        assert said in done.err, name
        assert done.err.count("\n") == 1, name
        if "after page 0" not in said and name != "cut.wet.gz":
            assert [record["source"] for record in done.records] == [URI], name


@pytest.mark.parametrize("torn", [True, False])
def test_a_torn_crawl_gives_its_whole_pages_and_says_so(torn, tmp_path):
    pages = [page(ARTICLE, f"https://news.example/{number}") for number in range(8)]
    path = crawl(tmp_path / "a.warc.wet.gz", *pages, page(SHOP), *pages[:2])
    data = path.read_bytes()
    last = len(gzip.compress(pages[1])) + 20
    path.write_bytes(data[:-last] if torn else data[:-last] + bytes(20) + data[20 - last :])
    done = newsparse("a.warc.wet.gz", cwd=tmp_path)
    assert done.status == 1
    sources = [record["source"] for record in done.records]
    assert sources == [f"https://news.example/{number}" for number in range(8)]
    *failures, count = done.err.splitlines()
    assert failures
    assert all(failure.startswith("newsparse: a.warc.wet.gz:") for failure in failures)
    if torn:
        assert failures == [f"newsparse: a.warc.wet.gz: {CUT_SHORT}"]
    assert count == "newsparse: 1 page was no article and gave no record (-v says why)"


def test_a_page_that_is_not_utf8_costs_itself(tmp_path):
    crawl(tmp_path / "a.wet.gz", page(ARTICLE), page(b"\xc7\xe1\xdd\xd1"), page(ARTICLE, "https://news.example/3"))
    done = newsparse("a.wet.gz", cwd=tmp_path)
    assert done.status == 1
    assert len(done.records) == 2
    assert done.err.startswith("newsparse: a.wet.gz:2: byte 0 is not UTF-8, which")


def test_an_empty_file_and_one_without_pages(tmp_path):
    (tmp_path / "a.wet").write_bytes(b"")
    crawl(tmp_path / "b.wet.gz")
    done = newsparse("a.wet", "b.wet.gz", cwd=tmp_path)
    assert done.status == 1
    assert done.err.count("no rows in it") == 2


def test_one_page_at_a_time_is_in_memory(tmp_path):
    import tracemalloc

    from newsparse.reading.read import ReadOptions, Source
    from newsparse.reading.wet import rows

    path = tmp_path / "a.wet"
    path.write_bytes(page(ARTICLE + "حشو " * 20_000) * 300)
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows(Source(str(path), ReadOptions()))) == 300
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 8
