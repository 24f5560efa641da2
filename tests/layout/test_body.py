"""Where the body is: invented articles among terms of use, comment rules, biographies, menus, tables and lists."""

from __future__ import annotations

import pytest

import newsparse

HEADLINE = "افتتاح الجسر الجديد في وسط المدينة"
STAMP = "17 سبتمبر 2024 - 10:30"
BODY = [
    "أعلنت بلدية المدينة صباح اليوم الثلاثاء افتتاح الجسر الجديد الذي يربط ضفتي النهر، بعد ثلاثة أعوام من العمل فيه.",
    "وقال رئيس البلدية سامر الخطيب إن الجسر الجديد يختصر الطريق إلى سوق الخضار القديم بنحو نصف ساعة، ويخفف الازدحام.",
    "ومن المقرر أن تبدأ الحافلات باستخدام الجسر الأحد المقبل، وفق ما جاء في بيان صادر عن البلدية.",
]
FIRST, SECOND, LAST = BODY
MENU = ["الرئيسية", "أخبار"]
TERMS = [
    "شروط الاستخدام",
    "باستخدامك هذا الموقع فإنك توافق على الالتزام بشروط الاستخدام وسياسة الخصوصية المنشورة فيه، وعلى أي تعديل لها.",
    "لا يجوز نسخ محتويات الموقع أو إعادة نشرها دون إذن خطي مسبق من إدارته، ويتحمل المستخدم مسؤولية أي مخالفة.",
    "يحتفظ موقعنا بحقه في إلغاء حسابك إذا خالفت الشروط، ولا يتحمل الموقع مسؤولية الأضرار الناتجة عن خدماته.",
]
RULES = [
    "قواعد المجتمع",
    "نرحب بتعليقاتكم ونرجو أن تكون في صلب الموضوع، وأن تبتعد عن الإساءة إلى الأشخاص أو الأديان أو الذات الإلهية.",
    "ويحق لموقعنا حذف التعليقات المخالفة دون الرجوع إلى أصحابها، فهي آراء القراء ولا تعبر بالضرورة عن رأي الموقع.",
]
POLICY = "تعليقك يهمنا، ونرجو منك عدم الإساءة إلى الآخرين، علما أن إدارة الموقع غير مسؤولة عن التعليقات المنشورة."
WRITER = [
    "سامر النعماني",
    "كاتب وصحفي مقيم في عمّان، عمل مراسلا لصحف عربية عدة منذ عام 1998، وصدرت له ثلاثة كتب في تاريخ المدن العربية.",
]
SECTIONS = " ".join(
    [
        "الرئيسية السياسة الاقتصاد الرياضة الثقافة والفنون الصحة المنوعات الفيديو الصور",
        "النشرة البريدية من نحن سياسة الخصوصية شروط الاستخدام",
    ]
)
WINNERS = [
    "وجاءت أسماء الفائزين كما يلي:",
    *[f"المركز {n} مدرسة النور" for n in ("الأول", "الثاني", "الثالث", "الرابع")],
]
VERSE = ["وأنشد الشاعر في الحفل:", "يا جسر مدينتنا العالي", "قد جئت إليك بآمالي", "سامر الخطيب", "يا ضفة نهر تلقاني"]
TABLE = ["الترتيب:", "الهلال", "9", "النصر", "6", "الأهلي", "3"]
LINEUP = ["الدفاع: خالد العمري", "الوسط: نادر حمدان", "الهجوم: رامي الحلبي"]
GERMAN = [
    "Rathaus und Hafen bekommen im nächsten Jahr eine neue Brücke, die den alten Markt mit dem Bahnhof verbindet.",
    "Die Stadt rechnet mit Kosten von vier Millionen Euro, sagte der Bürgermeister bei der Vorstellung der Pläne.",
    "Zwei Spuren sind für Fahrräder vorgesehen, und am Ufer entsteht ein neuer Weg für Fußgänger und Kinderwagen.",
]
BLURBS = [
    "زار رئيس مجلس الوزراء صباح اليوم معرض الكتاب الدولي، واطلع على أجنحة دور النشر المشاركة، واستمع إلى شرح عنها.",
    "انطلقت أمس مسيرة حاشدة في العاصمة بمشاركة آلاف المواطنين الذين رفعوا لافتات تطالب بتحسين الخدمات.",
    "ذكرت وسائل إعلام محلية أن نادي المدينة يخطط لتقديم عرض كبير للتعاقد مع مهاجم المنتخب الأول خلال الشتاء.",
]


@pytest.mark.parametrize("above", [[], MENU], ids=["plain text", "page"])
@pytest.mark.parametrize(
    "below",
    [
        TERMS,
        RULES,
        [POLICY],
        WRITER,
        [SECTIONS],
        ["المصدر: موقع الجسر"],
        ["زر الذهاب إلى الأعلى"],
        ["سيتم نشر تعليقك بعد مراجعته"],
        ["https://example.com/news/2024/bridge"],
    ],
    ids=lambda lines: lines[0][:20],
)
def test_what_stands_below_the_article_is_left_out(above: list[str], below: list[str]) -> None:
    record = newsparse.parse("\n".join([*above, HEADLINE, STAMP, *BODY, *below]))
    assert (record.headline, list(record.body)) == (HEADLINE, BODY)


@pytest.mark.parametrize(
    "inside",
    [
        TABLE,
        LINEUP,
        ["(1)", SECOND, "(2)"],
        ["الفريق", "النقاط", *TABLE[1:]],
    ],
    ids=lambda lines: lines[0],
)
@pytest.mark.parametrize("above", [[], MENU], ids=["plain text", "page"])
def test_tables_and_numbers_stay_where_they_stand(above: list[str], inside: list[str]) -> None:
    record = newsparse.parse("\n".join([*above, HEADLINE, STAMP, FIRST, SECOND, *inside, LAST]))
    assert list(record.body) == [FIRST, SECOND, *inside, LAST]
    assert (record.agency, record.authors) == (None, ())


@pytest.mark.parametrize("list_at_end", [WINNERS, VERSE], ids=lambda lines: lines[0])
def test_lists_and_verses_end_the_article(list_at_end: list[str]) -> None:
    assert list(newsparse.parse("\n".join([HEADLINE, STAMP, *BODY, *list_at_end])).body) == BODY + list_at_end


def test_a_list_with_one_first_word_ends_the_article_of_a_page() -> None:
    lines = [*MENU, HEADLINE, STAMP, *BODY, *WINNERS, "شارك", "طباعة", "الأكثر قراءة", "خبر عن الطقس في نهاية الأسبوع"]
    assert list(newsparse.parse("\n".join(lines)).body) == BODY + WINNERS


def test_terms_above_the_headline_and_a_promo_inside_are_left_out() -> None:
    promo = "شاهد المزيد: ما الهدف من تمديد إغلاق الطريق القديم حول المدينة في أيام العيد؟"
    record = newsparse.parse("\n".join([*MENU, *TERMS, HEADLINE, STAMP, FIRST, promo, SECOND, LAST]))
    assert (record.headline, list(record.body)) == (HEADLINE, BODY)


def test_the_blurbs_of_other_stories_above_headline_and_byline_are_left_out() -> None:
    record = newsparse.parse("\n".join([*BLURBS, HEADLINE, "صنعاء - سبأ:", *BODY]))
    assert (record.headline, record.agency, list(record.body)) == (HEADLINE, "سبأ", BODY)


def test_an_article_about_comments_keeps_its_end() -> None:
    told = [
        "أعلنت الشركة أن المتصفح الجديد يحمي الخصوصية، وأن الإشعارات لن تصل إلى حسابك إلا بموافقتك، وفق بيان لها.",
        "وقالت إن بياناتك لا تغادر المتصفح، وإن الخصوصية أساس عمله، وإن الاشتراك في النشرة يحتاج إلى موافقتك أيضا.",
    ]
    assert list(newsparse.parse("\n".join([HEADLINE, STAMP, *told])).body) == told


def test_a_list_of_links_that_look_like_sentences_is_no_body() -> None:
    links = [
        "المجلس البلدي يناقش غدا خطة توسيع الطريق الساحلي بعد تأخير دام عامين.",
        "سوق الخضار يعود إلى مكانه القديم!!",
    ]
    lines = ["شريط الأحداث", *[f"• {link}" for link in [*links, *links[::-1]]], *MENU, HEADLINE, STAMP, *BODY]
    assert list(newsparse.parse("\n".join(lines)).body) == BODY


def test_a_sub_head_in_capitals_between_paragraphs_stays() -> None:
    body = [*GERMAN[:2], "MEHR PLATZ FÜR RÄDER", *GERMAN[2:]]
    text = "\n".join(["POLITIK", "SPORT", "Neue Brücke am Hafen wird gebaut", "17.09.2024, 13.27 Uhr", *body])
    assert list(newsparse.parse(text).body) == body


@pytest.mark.parametrize(
    "below",
    [
        ["War der Artikel nützlich?", "Möchten Sie den Artikel teilen?"],
        ["Teile diesen Beitrag mit allen, die am Hafen wohnen."],
        ["Wir informieren Sie regelmäßig über Neues vom Hafen und aus den Vierteln am Markt."],
        ["Gefällt mir:", "Gefällt mir Wird geladen...", "Beitragsnavigation", "Der alte Markt wird hundert Jahre alt"],
        ["Hinterlasse einen Kommentar", "Ich fahre jeden Tag über die alte Brücke und freue mich sehr auf die neue."],
        ["Neueste Kommentare", "Maria zu Der alte Markt wird hundert Jahre alt und feiert das ganze Jahr lang."],
    ],
    ids=lambda lines: lines[0],
)
def test_what_a_german_page_says_to_its_readers_is_left_out(below: list[str]) -> None:
    head = ["Startseite", "POLITIK", "SPORT", "Neue Brücke am Hafen wird gebaut", "17.09.2024, 13.27 Uhr"]
    text = "\n".join([*head, *GERMAN, *below])
    assert list(newsparse.parse(text).body) == GERMAN


def test_captions_with_a_number_between_german_paragraphs_are_left_out() -> None:
    head = ["Startseite", "POLITIK", "SPORT", "Neue Brücke am Hafen wird gebaut", "17.09.2024, 13.27 Uhr"]
    caption = "Abbildung 2: Die Brücke nach dem Entwurf, von der Seite des alten Hafens aus gesehen."
    text = "\n".join([*head, GERMAN[0], caption, *GERMAN[1:]])
    assert list(newsparse.parse(text).body) == GERMAN
