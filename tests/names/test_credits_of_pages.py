"""Who is credited on whole pages: the record's agency, authors and location; all texts and persons are invented."""

import pytest

import newsparse

TITLE = "بلدية المدينة تبدأ صيانة الطريق الساحلي الأحد المقبل"
TIME = "17 سبتمبر 2024 13:22"
FIRST = (
    "أعلنت بلدية المدينة أن أعمال الصيانة في الطريق الساحلي ستبدأ صباح الأحد المقبل وتستمر ثلاثة أسابيع كاملة، ودعت "
    "السكان إلى استخدام الطرق البديلة خلال هذه الفترة."
)
SECOND = (
    "وأضافت البلدية في بيانها أن الأشغال تشمل توسيع الرصيف وزراعة مئتي شجرة جديدة على جانبي الطريق، وأنها خصصت لذلك "
    "ميزانية من صندوق التنمية المحلي."
)
BODY = [TITLE, FIRST, SECOND]
ENGLISH = "City council to repair coastal road from next week"
ONE = (
    "The city council said on Monday that repair work on the coastal road would begin next week and would last for "
    "about three weeks, asking residents to use other routes."
)
TWO = (
    "It added that the work would include two hundred new trees and a wider pavement, and that the money would come "
    "from the local development fund of the region."
)
TURKISH = "Sahil yolunda bakım başlıyor"
BIR = (
    "Belediye, sahil yolundaki bakım çalışmalarının gelecek hafta başlayacağını ve yaklaşık üç hafta süreceğini "
    "açıkladı, vatandaşlardan diğer yolları kullanmalarını istedi."
)
IKI = "Açıklamada, yol kenarına iki yüz yeni ağaç dikileceği ve kaldırımların genişletileceği de belirtildi, dendi."


def credits_of(*lines):
    article = newsparse.parse("\n".join(lines) + "\n")
    assert article.headline is None or article.headline in lines  # nothing is joined to it
    return article.agency, list(article.authors), article.location


NOBODY = (None, [], None)
PAGES = {
    "a masthead's persons": (
        ["رئيس مجلس الإدارة", "هاني الزبداني", "رئيس التحرير", "سامر النعماني", TITLE, TIME, FIRST, SECOND],
        NOBODY,
    ),
    "a masthead with the site's name": (
        ["البحيرة نيوز", "رئيس مجلس الإدارة ورئيس التحرير", "هاني الزبداني", "رئيس التحرير التنفيذي", "سلمى", *BODY],
        NOBODY,
    ),
    "a masthead that stands twice": (
        ["رئيس الحزب", "د.هاني الزبداني", "رئيس التحرير", "نادر خليل"] * 2 + BODY,
        NOBODY,
    ),
    "an editor on one line with the office": (["رئيس التحرير : سامر النعماني", TITLE, TIME, FIRST, SECOND], NOBODY),
    "names before their offices": (
        ["هاني الزبداني", "رئيس مجلس الإدارة", "سامر النعماني", "رئيس التحرير", TITLE, TIME, FIRST, SECOND],
        NOBODY,
    ),
    "an editor in English": (["Editor in Chief", "Sara Doane", ENGLISH, ONE, TWO], NOBODY),
    "a desk behind a credit word": ([TITLE, "كتبت: وحدة الأبحاث", TIME, FIRST, SECOND], NOBODY),
    "a place and the writer below it": (
        [TITLE, TIME, "دمشق", "سامر النعماني", FIRST, SECOND],
        (None, ["سامر النعماني"], "دمشق"),
    ),
    "a section before its country": (["السياسة, تركيا", TITLE, TIME, FIRST, SECOND], NOBODY),
    "a photograph's person and source": ([TITLE, TIME, "سامر النعماني (رويترز)", FIRST, SECOND], NOBODY),
    "a Turkish case ending in the headline": (["Ayşe Yılmaz'dan Sahil Yolu Açıklaması", BIR, IKI], NOBODY),
    "the newspaper below the writer": (
        [ENGLISH, "By Abby Stanton", "Harbour Times", ONE, TWO],
        (None, ["Abby Stanton"], None),
    ),
    "two words that are a section": ([TITLE, "وجهة نظر", TIME, FIRST, SECOND], NOBODY),
    "two words that are a caption": ([TITLE, TIME, "مبنى البلدية", FIRST, SECOND], NOBODY),
    "an unlisted name": ([TITLE, "قزحيا الزبيدي", TIME, FIRST, SECOND], (None, ["قزحيا الزبيدي"], None)),
    "a name twice below the headline": ([TITLE, TIME, "سامر النعماني", "سامر النعماني", FIRST, SECOND], NOBODY),
    "an outlet behind a credit word": ([TITLE, "كتب : البحيرة نيوز", TIME, FIRST, SECOND], NOBODY),
    "an outlet beside a city": ([TITLE, "دمنهور - صوت البحيرة", FIRST, SECOND], (None, [], "دمنهور")),
    "a city between time and body": ([TITLE, TIME, "القاهرة", FIRST, SECOND], NOBODY),
    "a site's name with its country": (["البحيرة نيوز - السودان", TITLE, TIME, FIRST, SECOND], NOBODY),
    "a town of the weather": (["الرئيسية", "القاهرة", "24°", "أخبار", TITLE, TIME, FIRST, SECOND], NOBODY),
    "a section with its country": (["تركيا, الرياضة", TITLE, TIME, FIRST, SECOND], NOBODY),
    "a section, the place in two alphabets, the agency": (
        [
            "تركيا, السياسة",
            TITLE,
            "04.03.2026 - محدث : 05.03.2026",
            TITLE,
            "Ankara",
            "أنقرة",
            "الأناضول",
            FIRST,
            SECOND,
        ],
        ("الأناضول", [], "أنقرة"),
    ),
    "a dateline without a headline": (["القاهرة - البحيرة اليوم", FIRST, SECOND], (None, [], "القاهرة")),
    "an outlet's name without a headline": (["البحيرة نيوز", FIRST, SECOND], NOBODY),
    "a table in the body": (
        [TITLE, TIME, FIRST, SECOND, "الدفاع: خالد العمري", "الوسط: نادر حمدان", f"{FIRST} {SECOND}", SECOND],
        NOBODY,
    ),
    "one person written in two ways": (
        [TITLE, "عبد الله النعماني", TIME, "كتب: عبدالله النعماني", FIRST, SECOND],
        (None, ["عبد الله النعماني"], None),
    ),
    "the photographer on the writer's line": (
        [TITLE, "تحقيق: سامر الخطيب - تصوير: خالد العمري", FIRST, SECOND],
        (None, ["سامر الخطيب"], None),
    ),
    "a credit word and a slash above the name": (
        [f"{TITLE} ؟!", "بقلم/", "سامر مهيوب النعماني", FIRST, SECOND],
        (None, ["سامر مهيوب النعماني"], None),
    ),
    "two roles above the name": (
        [TITLE, "لقاء وتصوير", "سامر النعماني :", FIRST, SECOND],
        (None, ["سامر النعماني"], None),
    ),
    "an archive's line, the name stuck to its label": (
        [TITLE, "سامر النعمانينشر في البلاد يوم 15 - 09 - 2012", FIRST, SECOND],
        ("البلاد", ["سامر النعماني"], None),
    ),
    "an outlet in small letters below the writer": (
        [ENGLISH, "By Tara Doane", "of the Harbour Times", ONE, TWO],
        (None, ["Tara Doane"], None),
    ),
    "an address below the writer": (
        [TITLE, "بقلم سامر الخطيب", "skhatib@example.com", "17 سبتمبر 2024", FIRST, SECOND],
        (None, ["سامر الخطيب"], None),
    ),
    "a file's name below the writer": (
        [ENGLISH, "By Tara Doane", "harbour-bridge.jpg", ONE, TWO],
        (None, ["Tara Doane"], None),
    ),
    '"By" above the name': ([ENGLISH, "By", "Tara Doane", ONE, TWO], (None, ["Tara Doane"], None)),
    "an agency below a full stop at the foot": ([TITLE, FIRST, SECOND, ".", "الاناضول"], ("الأناضول", [], None)),
    "an agency before an advertisement's mark": ([ENGLISH, ONE, f"{TWO} (REUTERS)[ads3]"], ("رويترز", [], None)),
    "an agency stuck to the number of the article": (
        [TITLE, FIRST, SECOND, "1029695246أ ش أ"],
        ("أ ش أ", [], None),
    ),
    "a reporter and an editor at the foot": (
        [TURKISH, BIR, IKI, "Muhabir: Tolunay Yıldız", "Yayıncı: Sedat Kaya"],
        (None, ["Tolunay Yıldız"], None),
    ),
    "an unlisted name with a family's ending": (
        [TITLE, "المتابعة ✍️: قزحيا الزبداني", FIRST, SECOND],
        (None, ["قزحيا الزبداني"], None),
    ),
    "a job behind the name": (
        [ENGLISH, "Tara Doane Political Correspondent", ONE, TWO],
        (None, ["Tara Doane"], None),
    ),
    "a time behind the name": ([ENGLISH, "Tara Doane 3 hours ago", ONE, TWO], (None, ["Tara Doane"], None)),
    "a date behind the name": ([TITLE, "سامر النعماني — 3 مارس 2024", FIRST, SECOND], (None, ["سامر النعماني"], None)),
    "a role behind the name": (
        [ENGLISH, "By Tara Doane", "Contributor, Harbour FEB 2, 2024 1:38 pm", ONE, TWO],
        (None, ["Tara Doane"], None),
    ),
    "openings of other stories above the byline": (
        [f"{FIRST} وذلك اليوم.", f"{SECOND} غدا.", f"{FIRST} أمس.", TITLE, "صنعاء - سبأ:", FIRST, SECOND],
        ("سبأ", [], "صنعاء"),
    ),
    "openings of other stories above the dateline": (
        [f"{FIRST} وذلك اليوم.", f"{SECOND} غدا.", f"{FIRST} أمس.", TITLE, f"صنعاء - سبأ : {FIRST}", SECOND],
        ("سبأ", [], "صنعاء"),
    ),
    "a source below its label at the foot": (
        [TITLE, TIME, FIRST, SECOND, "المصدر:", "الأناضول"],
        ("الأناضول", [], None),
    ),
    "a source with its letters in brackets": (
        [TITLE, TIME, FIRST, SECOND, "المصدر : وكالة الأنباء القطرية (قنا)"],
        ("قنا", [], None),
    ),
    "an agency with its letters in brackets above the text": (
        [TITLE, TIME, "وكالة الأنباء القطرية (قنا)", FIRST, SECOND],
        ("قنا", [], None),
    ),
    "a source behind a slash": ([TITLE, TIME, "المصدر / الأناضول", FIRST, SECOND], ("الأناضول", [], None)),
    "a source in no list at the foot": ([TITLE, TIME, FIRST, SECOND, "المصدر: موقع البحيرة"], NOBODY),
    "an outlet of an archive, whose first word is a given name": (
        [TITLE, "سامر النعمانينشر في هبة سبور يوم 15 - 09 - 2012", FIRST, SECOND],
        (None, ["سامر النعماني"], None),
    ),
    "the rows of a team between paragraphs": (
        [TITLE, TIME, FIRST, SECOND, "الدفاع: خالد العمري", "الوسط: نادر حمدان", "الهجوم: رامي الحلبي", FIRST],
        NOBODY,
    ),
    "a Turkish source at the foot": ([TURKISH, BIR, IKI, "Kaynak: AA"], ("الأناضول", [], None)),
    "a Turkish dateline and the reporter at the foot": (
        [TURKISH, f"BALIKESİR (A.A) - {BIR}", IKI, "Muhabir: Emre Yıldız"],
        ("الأناضول", ["Emre Yıldız"], "BALIKESİR"),
    ),
    "a Turkish sentence with a person and a city": (
        [TURKISH, "Belediye Başkanı Ayşe Yılmaz, Ankara ve İstanbul", BIR, IKI],
        NOBODY,
    ),
}


@pytest.mark.parametrize("lines, wanted", PAGES.values(), ids=PAGES)
def test_who_is_credited(lines, wanted):
    assert credits_of(*lines) == wanted


def test_a_source_in_no_list_at_the_foot_is_no_paragraph():
    article = newsparse.parse("\n".join([TITLE, TIME, FIRST, SECOND, "المصدر: موقع البحيرة"]))
    assert "المصدر: موقع البحيرة" not in article.body


def test_the_rows_of_a_team_stay_in_the_body():
    rows = ["الدفاع: خالد العمري", "الوسط: نادر حمدان", "الهجوم: رامي الحلبي"]
    assert newsparse.parse("\n".join([TITLE, TIME, FIRST, SECOND, *rows, FIRST])).body[-4:] == (*rows, FIRST)
