"""Where an article begins: what stays one, what is cut, and the fitted model of `newsparse.stream.split`."""

import random
from itertools import cycle, islice

import pytest
from gold import Sample, load

import newsparse
from newsparse.stream import split
from newsparse.stream.split import Held, features

SETTINGS = newsparse.settings(split="auto")
GOLDEN = load()

BRIDGE = [
    "افتتح وزير الأشغال صباح اليوم جسر النهر الكبير الذي يصل ضفتي المدينة، بعد عامين من العمل في ظروف مناخية صعبة.",
    "وقال الوزير إن الجسر يتسع لأربعة مسارات للسيارات ومسار للدراجات، وإن كلفته بلغت 40 مليون دينار.",
    "وأضاف أن فرق الصيانة ستفحص أعمدة الجسر مرتين في العام، وأن السير القديم على العبارة سيتوقف نهاية الشهر المقبل.",
]
HARVEST = [
    "بدأ مزارعو الزيتون في السهل الشمالي موسم القطاف وسط توقعات بإنتاج يفوق العام الفائت بنحو الثلث.",
    "وذكرت النقابة أن المعاصر استقبلت خلال أسبوع ثلاثة آلاف طن من الثمار، وأن سعر صفيحة الزيت استقر.",
    "وطالب المزارعون البلديات بإصلاح الطرق الزراعية قبل هطول المطر، وبتوفير عمال موسميين للقرى البعيدة عن المعاصر.",
]
CHESS = [
    "توجت اللاعبة الشابة هالة منصور بلقب بطولة الشطرنج العربية بعد تعادلها في الجولة الأخيرة مع حاملة اللقب السابقة.",
    "وجمعت منصور سبع نقاط ونصفا من تسع مباريات، ولم تخسر أي نقلة في الافتتاح منذ الجولة الثالثة، وفق لجنة التحكيم.",
    "وتستعد البطلة الآن لمعسكر تدريبي مدته ثلاثة أسابيع قبل أولمبياد الشطرنج الذي تستضيفه العاصمة في الخريف المقبل.",
]
STORIES = {
    "افتتاح جسر النهر الكبير بعد عامين من العمل": BRIDGE,
    "موسم زيتون وفير في السهل الشمالي والمعاصر تعمل ليلا": HARVEST,
    "هالة منصور بطلة العرب في الشطرنج": CHESS,
}


def records(text: str, is_file: bool = False, **options: str) -> list[newsparse.Article]:
    known = newsparse.settings(**{"split": "auto", **options})
    return [newsparse.article(lines) for lines in newsparse.explained([text], known, is_file)]


LIVE_BLOG = [
    *(
        "مباشر: عاصفة ثلجية تضرب المرتفعات",
        "12/01/2025 09:00",
        "تغطية مستمرة لأخبار العاصفة التي وصلت فجر اليوم إلى الجبل.",
    ),
    *(
        f"{hour}:15\nأعلنت مديرية الطرق عند الساعة {hour} أن الجرافات تعمل على الطريق الجبلي، والسير ممنوع دون سلاسل."
        for hour in range(10, 18)
    ),
]
INTERVIEW = [
    *("المخرجة ريم الحاج: السينما تبدأ من الحارة", "حاورتها: سلمى حداد"),
    "التقينا المخرجة ريم الحاج بعد عرض فيلمها الثاني في المهرجان وسألناها عن بداياتها.",
    *(
        f"{question}\nأنا أكتب المشهد أولا على ورق صغير ثم أسأل سكان الحارة عنه، {detail}، وهذا ما تعلمته من أبي."
        for question, detail in [
            ("كيف بدأت رحلتك مع الكاميرا؟", "فتأتي الحكايات وحدها"),
            ("لماذا اخترت التصوير في الليل؟", "فالضوء القليل يصنع الوجوه"),
            ("هل تخافين من النقاد بعد هذا النجاح؟", "والنقد عندي درس مجاني"),
            ("ما مشروعك المقبل بعد المهرجان؟", "وسيكون عن البحر والصيادين"),
        ]
    ),
]
RESULTS = [
    *(
        "نتائج الجولة الخامسة من الدوري",
        "أقيمت مساء أمس ست مباريات ضمن الجولة الخامسة وسجل فيها المهاجمون تسعة عشر هدفا.",
    ),
    *("الوحدة - الشباب 2-1", "النجوم - الساحل 0-0", "الجبل - القلعة 3-2", "البحارة - الميناء 1-4"),
    "وبهذه النتائج تصدر الوحدة الترتيب برصيد ثلاث عشرة نقطة متقدما على الجبل بفارق الأهداف، والجولة السادسة الأحد.",
]
HEADER = ["افتتاح جسر النهر الكبير بعد عامين من العمل", "10:3105/03/2024", "الأناضول"]
SUBHEADS = [*HEADER, BRIDGE[0], "أربعة مسارات للسيارات", BRIDGE[1], "الصيانة مرتين في العام", BRIDGE[2]]
POST = ["شكرا لكل من عمل على الجسر في ليالي الشتاء الطويلة", "— بلدية المدينة 4 مارس 2024"]
QUOTED_POST = [*HEADER, BRIDGE[0], *POST, *BRIDGE[1:]]
SECTIONS = ["رسالة الأسبوع من المدينة", "05/03/2024", *BRIDGE[:2], "-----", *HARVEST[:2], "-----", *CHESS[:2]]
STANDFIRST = ["- الجسر يتسع لأربعة مسارات ويصل الضفتين", "- كلفته بلغت 40 مليون دينار"]
DATELINE_BELOW_STANDFIRST = [*HEADER, HEADER[0], HEADER[0], *STANDFIRST, "صور/ الأناضول", *BRIDGE]
SINGLE = {
    "a live blog": LIVE_BLOG,
    "an interview": INTERVIEW,
    "a list of results": RESULTS,
    "sub-heads": SUBHEADS,
    "a quoted post": QUOTED_POST,
    "sections between rules": SECTIONS,
    "a dateline of its own line below the standfirst": DATELINE_BELOW_STANDFIRST,
}


@pytest.mark.parametrize("lines", SINGLE.values(), ids=SINGLE)
@pytest.mark.parametrize("is_file", [False, True])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_one_article_stays_one(lines, between, is_file):
    assert len(records(between.join(lines), is_file)) == 1


def test_a_dateline_below_the_standfirst_is_the_byline_of_the_same_article():
    (found,) = records("\n\n".join(DATELINE_BELOW_STANDFIRST))
    assert found.agency == "الأناضول"
    assert found.body[-len(BRIDGE) :] == tuple(BRIDGE)


HEADERS = {
    "nothing": "{}",
    "a stamp": "{}\n05/03/2024 - 10:31",
    "a stamp above the title": "الثلاثاء 05/03/2024 - 10:31\n{}",
    "a section and a byline": "محليات\n{}\nكتبت: سلمى حداد",
    "an agency": "{}\nبيروت - رويترز",
    "menus": "الرئيسية\nأخبار\nاتصل بنا\n{}\nنشر في: 05/03/2024",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_articles_that_cat_joins_are_found(header, between):
    texts = [header.format(title) + "\n" + "\n".join(body) + "\n" for title, body in STORIES.items()]
    found = records(between.join(texts))
    assert [article.headline for article in found] == [*STORIES]
    assert [article.body for article in found] == [tuple(body) for body in STORIES.values()]


def test_the_menu_at_the_end_of_a_page_is_not_the_top_of_the_next_article():
    menu, stamp = "الرئيسية\nأخبار\nاتصل بنا\n", "05/03/2024 - 10:31"
    end = f"{menu}جسور المدن القديمة\nصور من الأرشيف\nمواعيد الحافلات\nأحوال الطرق\n"
    plain = ["\n".join([title, stamp, *body, ""]) for title, body in STORIES.items()]
    texts = [text for page in plain for text in (f"{menu}{page}{end}", page.replace(stamp, "06/03/2024 - 11:45"))]
    found = records("".join(texts))
    assert [article.headline for article in found] == [title for title in STORIES for _ in range(2)]
    assert [article.line for article in found[1::2]] == [1 + "".join(texts[:n]).count("\n") for n in (1, 3, 5)]


def test_a_change_of_language_is_a_sign():
    turkish = "Köprü iki yıl sonra açıldı\n"
    turkish += "Bakan, iki yakayı birleştiren köprüden her gün bin aracın geçeceğini söyledi. Köprü iki yılda bitti.\n"
    assert len(records("\n".join([*STORIES, *BRIDGE]) + "\n" + turkish)) == 2


def test_a_file_is_cut_only_on_strong_evidence():
    texts = ["\n".join([title, *body]) + "\n" for title, body in STORIES.items()]
    assert len(records("".join(texts))) == 3
    (found,) = records("".join(texts), is_file=True)
    assert "split.doubtful" in found.warnings


def test_the_lines_say_where_another_article_may_begin():
    texts = ["\n".join([title, *body]) + "\n" for title, body in STORIES.items()]
    (lines,) = newsparse.explained(["".join(texts)], SETTINGS, is_file=True)
    (doubtful,) = [line for line in lines if "another article may begin here" in line.why]
    assert doubtful.text in STORIES


# Samples ----------------------------------------------------------------------------------------------------------


def test_samples_that_cat_joins_are_found():
    """Found is the record with the headline of a sample and no paragraph of another; over three orders of the samples,
    since which ones are neighbours moves the share of one order by .02."""
    found, known = 0, 0
    for seed in range(3):
        samples = random.Random(seed).sample(GOLDEN, len(GOLDEN))
        owners: dict[str, set[str]] = {}
        for sample in samples:
            for paragraph in sample.want["body"]:
                owners.setdefault(paragraph, set()).add(sample.name)
        heads = set()
        for article in records("".join(sample.text.rstrip("\n") + "\n" for sample in samples)):
            names = [owners[paragraph] for paragraph in article.body if len(owners.get(paragraph, ())) == 1]
            heads |= {(*name, article.headline) for name in names if all(other == name for other in names)}
        titled = [(sample.name, sample.want["headline"]) for sample in samples if sample.want["headline"]]
        found, known = found + sum(title in heads for title in titled), known + len(titled)
    assert found >= 0.9 * known


def of_same_layout(sample: Sample, other: Sample) -> str:
    """The text of a sample with the headline and the paragraphs of another."""
    size = len(sample.want["body"])
    new = dict(zip(sample.want["body"], islice(cycle(other.want["body"]), size), strict=True))
    new[sample.want["headline"]] = other.want["headline"]
    return "\n".join(new.get(line.strip(), line) for line in sample.text.strip("\n").split("\n")) + "\n"


def stands_in_lines(sample: Sample) -> bool:
    """Whether the headline and each paragraph are lines of the text."""
    lines = {line.strip() for line in sample.text.split("\n")}
    return {sample.want["headline"], *sample.want["body"]} <= lines


def is_story(paragraphs: list[str]) -> bool:
    """Whether a text has three paragraphs and more, none of them a few words such as the clock of a live entry."""
    return len(paragraphs) > 2 and min(map(len, paragraphs)) > 20


@pytest.mark.parametrize("between", ["", "\n\n"])
def test_articles_of_one_layout_are_the_same_alone_and_in_a_stream(between):
    """With blank lines between for all samples that have a header; in all cases for 19 of 20."""
    layouts = [sample for sample in GOLDEN if sample.want["headline"] and stands_in_lines(sample)]
    stories = [sample for sample in layouts if sample.want["language"] == "ar" and is_story(sample.want["body"])]
    failed = []
    for n, sample in enumerate(layouts):
        texts = [sample.text.strip("\n") + "\n"]
        texts += [of_same_layout(sample, stories[(7 * n + k) % len(stories)]) for k in (1, 4)]
        found = records(between.join(texts))
        if [article.id for article in found] != [newsparse.parse(text).id for text in texts]:
            failed.append(sample)
    with_header = [sample.name for sample in failed if sample.want["published"] or sample.want["byline"]]
    assert not between or with_header == []
    assert len(failed) <= len(layouts) / 20, [sample.name for sample in failed]


PAGE = """\
انتقل إلى المحتوى
الرئيسية
أخبار
اقتصاد
رياضة
ثقافة
طقس
الرئيسية / محليات
افتتاح جسر النهر الكبير بعد عامين من العمل
الثلاثاء 05/03/2024 - 10:31
شارك
{body}
شارك
المزيد من الأخبار
موسم زيتون وفير في السهل الشمالي والمعاصر تعمل ليلا
هالة منصور بطلة العرب في الشطرنج
من نحن
اتصل بنا
جميع الحقوق محفوظة
"""


def test_a_page_with_menus_and_titles_is_one_article():
    (found,) = records(PAGE.format(body="\n".join(BRIDGE)))
    assert found.headline == "افتتاح جسر النهر الكبير بعد عامين من العمل"


def test_pages_of_one_site_teach_where_the_next_begins():
    titles = ["افتتاح جسر النهر الكبير بعد عامين من العمل", "موسم القطاف", "حين تصمت القرية"]
    pages = [
        PAGE.format(body="\n".join(body)).replace(titles[0], title)
        for title, body in zip(titles, (BRIDGE, HARVEST, CHESS), strict=True)
    ]
    found = records("".join(pages))
    assert [article.line for article in found] == [1 + n * pages[0].count("\n") for n in range(3)]


# The model --------------------------------------------------------------------------------------------------------


def features_in(tree: object) -> set[str]:
    return {tree[0], *features_in(tree[2]), *features_in(tree[3])} if isinstance(tree, list) else set()


def test_the_model_knows_the_features_and_no_others():
    held = Held(SETTINGS)
    held.texts, held.numbers = [*BRIDGE, *STORIES, *HARVEST], [*range(len(BRIDGE) + len(STORIES) + len(HARVEST))]
    used = set().union(*map(features_in, split.model()["trees"]))
    assert used == set(split.model()["features"])
    assert used <= set(features(held, len(BRIDGE)))
