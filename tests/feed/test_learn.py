"""What pages of one source teach, and what they must not teach."""

import pytest

from newsparse import explain, feed, parse
from newsparse.feed.learn import observed, shared
from newsparse.layout import grammar
from newsparse.stream import split
from newsparse.words.vocab import Settings, shipped

STORIES = (
    ("افتتاح محطة للقطار السريع في الدار البيضاء", "دشن وزير النقل اليوم محطة جديدة للقطار السريع شرق المدينة."),
    ("مزارعو الوادي يبدؤون موسم جني الزيتون", "بدأ مزارعو الوادي جني الزيتون قبل موعده بأسبوعين هذا العام."),
    ("المكتبة الوطنية ترقمن ألف مخطوط نادر", "أعلنت المكتبة الوطنية أنها انتهت من رقمنة ألف مخطوط نادر."),
    ("منتخب الكرة الطائرة يبلغ نصف النهائي", "فاز منتخب الكرة الطائرة على ضيفه بثلاثة أشواط مقابل شوط واحد."),
    ("ارتفاع حركة المسافرين في مطار المدينة", "قالت إدارة المطار إن حركة المسافرين ارتفعت خلال الصيف كثيرا."),
    ("علماء يرصدون سلالة جديدة من النحل البري", "رصد علماء من الجامعة سلالة جديدة من النحل البري في الجبال."),
)
ABOVE = "ركن القراء الكرام\nموجات الأثير اليومية\nباقة الهدايا والعروض"
BELOW = "نادي أصدقاء الصفحة الأولى\nشاركونا في استطلاع هذا الأسبوع عن النقل في المدينة وعن أثمنة التذاكر."


def page(number, above=ABOVE, below=BELOW, extra=""):
    title, first = STORIES[number % len(STORIES)]
    more = f"وأضاف المصدر أن خبر «{title}» لقي اهتماما كبيرا بين سكان المدينة، وأن تفاصيل أخرى ستعلن قبل نهاية الشهر."
    return f"{above}\n{title}\n{number + 10}:20 0{number % 9 + 1}/03/2026\n\n{first}\n\n{more}\n\n{extra}\n{below}\n"


def lines_of(profile):
    return set(profile.lines)


def test_lines_of_many_pages_are_no_article():
    pages = [page(number) for number in range(6)]
    profile = feed.learn(pages)
    assert lines_of(profile) >= {*ABOVE.split("\n"), *BELOW.split("\n")}
    for number, text in enumerate(pages):
        article = parse(text, feed=profile)
        assert article.headline == STORIES[number][0]
        assert len(article.body) == 2
        assert not {*ABOVE.split("\n"), *BELOW.split("\n")} & {article.headline, article.standfirst, *article.body}


def test_the_reason_says_on_how_many_pages():
    pages = [page(number) for number in range(6)]
    whys = {line.text: line.why for line in explain(pages[0], feed=feed.learn(pages))}
    assert whys["باقة الهدايا والعروض"] == "on 6 of 6 pages of this feed"


@pytest.mark.parametrize(("pages", "on", "known"), [(2, 2, True), (3, 2, False), (3, 3, True), (20, 2, False)])
def test_how_many_pages_it_takes(pages, on, known):
    texts = [page(number, extra="زاوية الطوابع القديمة" if number < on else "") for number in range(pages)]
    assert ("زاوية الطوابع القديمة" in feed.learn(texts).lines) is known


def test_the_record_is_never_learned():
    texts = [page(number).replace("\n\n", "\nكتب سامي الحداد\n\n", 1) for number in range(6)]
    profile = feed.learn(texts)
    assert parse(texts[0], feed=profile).authors == ("سامي الحداد",)
    assert not [line for line in profile.lines if "الحداد" in line or "/03/" in line]


def test_a_headline_that_others_list_stays_one():
    texts = [page(number, extra="\n".join(title for title, _ in STORIES[:3])) for number in range(6)]
    profile = feed.learn(texts)
    assert [parse(text, feed=profile).headline for text in texts] == [title for title, _ in STORIES]


def test_digits_that_change_are_a_stamp():
    texts = [page(number, extra=f"Θέμα {number}{number}.0{number + 1}.2026") for number in range(6)]
    assert not [line for line in feed.learn(texts).lines if "Θέμα" in line]


def test_the_order_of_pages_changes_nothing():
    pages = [page(number) for number in range(6)]
    assert feed.learn(pages).dumps() == feed.learn(pages[::-1]).dumps() == feed.learn(pages * 2).dumps()


def test_the_name_of_the_site_is_taken_off_titles():
    texts = []
    for number in range(6):
        title = f"{STORIES[number][0]} - صحيفة الميناء"
        texts.append(page(number, above="").replace(STORIES[number][0], title, 1))
    profile = feed.learn(texts)
    assert [*profile.sites] == ["صحيفة الميناء"]
    assert parse(texts[1], feed=profile).headline == STORIES[1][0]
    assert [line.text for line in parse(texts[1], feed=profile).dropped if line.role == "echo"]


def test_ids_of_lines_depend_on_letters_alone():
    def seen(text):
        known = Settings(shipped(), split="none")
        return observed(grammar.explained(next(split.articles([text], known)), known))

    one, other = seen("مرحبا بكم في الموقع الجديد\n"), seen("مَرحبًا بِكُم في الموقع الجديد 12\n")
    assert one.lines.keys() == other.lines.keys()
    assert shared([]).lines == {}
