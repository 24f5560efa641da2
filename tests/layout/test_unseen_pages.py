"""Invented texts in layouts of North African papers and of the Arabic services of foreign ones: right, or null."""

from __future__ import annotations

from typing import Any

import pytest

import newsparse

HEADLINE = "بلدية المدينة تبدأ صيانة الطريق الساحلي وتحوّل السير"
STAMP = "الثلاثاء 17 سبتمبر 2024 - 13:22"
BODY = (
    "أعلنت بلدية المدينة صباح اليوم بدء أعمال الصيانة في الطريق الساحلي، وقالت إن العمل سيستمر أسبوعين كاملين.",
    "وأوضح المهندس المشرف على المشروع أن السير سيحوّل إلى الطريق القديم، وأن اللوحات الإرشادية وُضعت في مكانها.",
)
CUT = "وأضاف المهندس أن الحافلات العامة ستسير كل ربع ساعة من المحطة القديمة إلى الميناء، وأن المواقف المجاورة ستبق"
UNSTOPPED = (
    "أعلنت بلدية المدينة صباح اليوم بدء أعمال الصيانة في الطريق الساحلي",
    "وقالت إن العمل سيستمر أسبوعين كاملين وإن السير سيحوّل إلى الطريق القديم",
    "وأضافت أن الحافلات العامة ستسير كل ربع ساعة من المحطة القديمة إلى الميناء",
)
MENU = ("مباشر", "أقسام مهمة", "• فيديوهات", "• رياضة", "• اقتصاد", "اقتصاد")
OTHER_TITLES = (
    *("زلزال يضرب جزيرة بعيدة في المحيط", "النائب الأول يزور العاصمة الأفريقية", "ضبط مواطن أشعل النار في غابة محمية"),
    *(
        "رياح وضباب كثيف على المنطقة الشرقية",
        "شركة تحذف أكثر من نصف مليون حساب",
        "ارتفاع أسعار النفط في الأسواق العالمية",
    ),
)
OPINIONS = (
    *("لمن تُبنى الجسور؟", "", "10/02/2024 - سامر حداد", "", "سيرة طريق قديم", "", "28/01/2024 - ليلى الزين", ""),
    *("سلامتك يا ميناء", "", "11/01/2024 - بدر العنزي", ""),
)
ARTICLE = (HEADLINE, STAMP, *BODY)
LONG_TITLE = (
    "بلدية المدينة تبدأ أعمال الصيانة في الطريق الساحلي صباح اليوم وتقول إن العمل سيستمر أسبوعين كاملين على الأقل ."
)
GLUED_TITLES = (
    "الميناء القديم.. إلى أين؟سوق الكتب يعود بعد عشر سنواتهل تعود الحافلات إلى الحي؟المهندسون يطالبون بخطة جديدة للسير"
    " ومدرسة الحي تفتح أبوابها.. ماذا تغيّر؟وفد من الصيادين يزور البلدية.. ماذا يريد؟أسعار السمك ترتفع في السوق القديم"
    "الشركة المنفذة تردّ على الشكاوى.. ماذا قالت؟الحي الجنوبي ينتظر حافلاته منذ عامينطلاب المعهد يرسمون جدران الميناء؟"
)
QUOTING = 'قراء صحيفة "الغارديان" ينتصرون لمترجمة الوفد'
TITLE, OTHER_TITLE = "La commune répare la route du littoral", "Le marché aux livres rouvre après dix ans"
TEXT = (
    "La commune a commencé mardi matin les travaux sur la route du littoral, et ils dureront deux semaines.",
    "Les voitures passeront par l'ancienne route, a expliqué l'ingénieur, et les panneaux sont déjà en place.",
)

OF_AN_OFFICE = "أعلنت مديرية الطرق البلدية، اليوم الثلاثاء، عن نجاح فرقها في تحويل السير إلى الطريق القديم."
PATH = "الرئيسية » محليات » حي «الميناء» يستقبل أول حافلة كهربائية في المدينة"

CREDITS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((HEADLINE, "", "وهران/ كنزة.خ", "", *BODY), {"authors": ("كنزة.خ",), "location": "وهران", "body": BODY}),
    ((HEADLINE, STAMP, "", *BODY, "خ.سامر"), {"authors": ("خ.سامر",), "body": BODY}),
    ((HEADLINE, STAMP, "خ.م", *BODY), {"authors": ()}),
    ((f"كاتب يقول: كتب سلمى الخطيب {HEADLINE}", "", *BODY), {"authors": ()}),
    (("الجسر بريس", *BODY), {"authors": (), "headline": None, "body": BODY}),
    ((HEADLINE, "", f"القاهرة | {BODY[0]}", BODY[1]), {"location": "القاهرة"}),
    ((HEADLINE, "", "وهج الخليج _ مسقط", *BODY), {"authors": (), "location": "مسقط", "body": BODY}),
    ((HEADLINE, "", "نافذة ليبيا ـ نشر في 2024/09/17 الساعة 13:22", *BODY), {"authors": ()}),
    ((HEADLINE, STAMP, "", "- المكلا((الجسر))خاص:", "", *BODY), {"location": "المكلا", "body": BODY}),
    ((HEADLINE, "", "سامر حداد comments [at] bridge-news.com", "", *BODY), {"authors": ("سامر حداد",), "agency": None}),
    ((HEADLINE, "", "د . سامر حداد", "", *BODY), {"authors": ("سامر حداد",), "body": BODY}),
    ((HEADLINE, "", "الدمازين20-11-2023(سونا) - " + BODY[0], BODY[1]), {"agency": "سونا", "location": "الدمازين"}),
    (
        (HEADLINE, "", "أربيل (رويترز)- " + OF_AN_OFFICE, *BODY),
        {"agency": "رويترز", "location": "أربيل", "authors": (), "headline": HEADLINE},
    ),
]
SECTIONS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("منصة الجسر", HEADLINE, STAMP, *BODY), {"section": None, "headline": HEADLINE}),
    (("أخبار الجنوب", HEADLINE, STAMP, *BODY), {"section": "أخبار الجنوب"}),
    (("أخبار وتقارير", "", STAMP, "", *BODY), {"section": "أخبار وتقارير", "headline": None}),
]
HEADLINES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((QUOTING, "", "محليات", "", *BODY), {"headline": QUOTING, "agency": None}),
    (("خاص- الجسر", "", *BODY), {"headline": None, "body": BODY}),
    (("Bridge News", "وكالة الجسر للأنباء", "آخر الأخبار", "", *BODY), {"headline": None, "body": BODY}),
    (("Bridge News", "", *ARTICLE), {"headline": HEADLINE}),
    ((f"{STAMP} / الجسر برس- غرفة الأخبار", "", *BODY), {"headline": None, "published": "2024-09-17T13:22:00"}),
    ((*OTHER_TITLES, "المواطن – وكالات", *BODY), {"headline": None, "standfirst": None, "body": BODY}),
    (("أخبار البلد", "موقع الجسر -عنب بلدي", STAMP, *BODY), {"headline": None, "agency": "عنب بلدي"}),
    ((PATH, "", PATH.rpartition(" » ")[2], "", *BODY), {"headline": PATH.rpartition(" » ")[2], "section": "محليات"}),
    ((LONG_TITLE, "", "نشر بتاريخ:", "", *BODY), {"headline": LONG_TITLE, "body": BODY}),
    ((GLUED_TITLES, "", HEADLINE, "", HEADLINE, "", *BODY), {"headline": HEADLINE, "body": BODY}),
]
TIMES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("الجمعة 03 ماي 2024 م | 24 شوال 1445 هـ", "", "آخر الأخبار", "", HEADLINE, "", *BODY), {"published": None}),
    (("الجمعة 03 ماي 2024", "", HEADLINE, "", *BODY), {"published": "2024-05-03"}),
    (
        ("الجمعة 03 ماي 2024", "موقع الجسر", HEADLINE, "بغداد - كلمة الإخباري", "2024 / 4 / 12", "0", "", *BODY),
        {"published": "2024-04-12", "location": "بغداد"},
    ),
    (
        (HEADLINE, "", "سامر حداد", "", "الجسر المتمدن-العدد: 6219 - 2019 / 5 / 3 - 17:59", "", *BODY),
        {"published": "2019-05-03T17:59:00", "authors": ("سامر حداد",), "body": BODY},
    ),
    ((*OPINIONS, "", HEADLINE, "", "", *BODY), {"published": None, "authors": (), "headline": HEADLINE, "body": BODY}),
    (
        (TITLE, "", *TEXT, "", "Articles qui pourraient vous intéresser", "", "Mercredi 25 Juin 2025", "", OTHER_TITLE),
        {"published": None, "body": TEXT},
    ),
]
MASTHEADS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (
        ("الثلاثاء 17 سبتمبر 2024", "رئيس التحرير", "سمران قيطوني", "محليات", "", HEADLINE, "", *BODY),
        {"published": None, "authors": (), "headline": HEADLINE, "section": "محليات", "body": BODY},
    ),
    (
        ("الأربعاء 18 سبتمبر 2024", "رئيس مجلس الإدارة : سمران قيطوني", "", HEADLINE, "", STAMP, "", *BODY),
        {"published": "2024-09-17T13:22:00", "authors": ()},
    ),
    (
        ("الجمعة 20 سبتمبر 2024, 01:40", "", HEADLINE, "", "الضفاف24 | و.م.ع نشر في: 17 سبتمبر 2024", "", *BODY),
        {"published": "2024-09-17", "headline": HEADLINE},
    ),
    (("أخبار وتقارير", "", STAMP, "", "5 أيار/ خاص", "", *BODY), {"headline": None, "authors": (), "body": BODY}),
    ((HEADLINE, "", "رئيس التحرير", "سامر حداد", STAMP, "", *BODY), {"authors": ("سامر حداد",)}),
]
TIMES_BESIDE_NAMES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (
        (HEADLINE, "", "سمران القيطوني - 17 سبتمبر 2024", "", *BODY),
        {"published": "2024-09-17", "authors": ("سمران القيطوني",), "warnings": ("published.unknown_words",)},
    ),
    (
        (TITLE, "", "Brindle Hawkstone - September 17, 2024", "", *TEXT),
        {"published": "2024-09-17", "authors": ("Brindle Hawkstone",), "warnings": ("published.unknown_words",)},
    ),
    (
        (HEADLINE, "", "كتب سامر حداد - الضفاف اليوم - 17/9/2024", "", *BODY),
        {"published": "2024-09-17", "authors": ("سامر حداد",)},
    ),
    ((HEADLINE, "", "صيانة الطرق - 17 سبتمبر 2024", "", *BODY), {"published": None, "authors": ()}),
    ((HEADLINE, "", "أسعار السمك اليوم - 17/9/2024", "", *BODY), {"published": None}),
]
BODIES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((*ARTICLE, "", f"ظهرت المقالة {HEADLINE} أولاً على صحيفة الضفاف."), {"body": BODY}),
    ((TITLE, "", *TEXT, "", f"L’article {TITLE} est apparu en premier sur La Falaise."), {"body": TEXT}),
    ((*ARTICLE, "", "هذا المحتوى مقدم من صحيفة الضفاف"), {"body": BODY}),
    ((*ARTICLE, "الموضوع الموالي"), {"body": BODY}),
    ((*MENU, "", HEADLINE, "", *BODY, "", CUT), {"body": (*BODY, CUT)}),
    ((HEADLINE, STAMP, *UNSTOPPED), {"headline": HEADLINE, "body": UNSTOPPED}),
    ((HEADLINE, "", STAMP, "", UNSTOPPED[0], "", *UNSTOPPED[1:]), {"headline": HEADLINE, "body": UNSTOPPED}),
    (("spot_img", "", *ARTICLE, "", "spot_img"), {"body": BODY}),
    ((*ARTICLE, "عذراً التعليقات مغلقة"), {"body": BODY}),
    ((*ARTICLE, "لمتابعة الخبر اضغط على الرابط التالي"), {"body": BODY}),
    ((*ARTICLE, "", "", "الرجوع الى أعلى الصفحة"), {"body": BODY, "hashtags": ()}),
    ((*ARTICLE, "", "isSubscriber:", "false", "isPaid:", "showWall:", "false"), {"body": BODY, "hashtags": ()}),
    (
        (*ARTICLE, "", "قضايا ساخنة", "", "هل تعود الحافلات القديمة؟", "", "خطة المواقف .. أسئلة بلا جواب"),
        {"body": BODY},
    ),
    (
        (
            "Muğla'da (A.A) - Sahil yolunun bakımı",
            "salı günü başladı, çalışmanın iki hafta süreceği açıklandı; ulaşım bu sürede eski",
            "yoldan sağlanacak.",
            "Belediye, otobüslerin on beş dakikada bir kalkacağını, kavşaklara yeni levhaların",
            "konulduğunu ve yayaların deniz kenarındaki yolu kullanacağını bildirdi.",
            "Mühendis, işin zamanında bitmesi için gece de çalışılacağını, gürültünün en düşük",
            "düzeyde tutulacağını söyledi.",
        ),
        {"headline": None},
    ),
]


EVERY = [*CREDITS, *SECTIONS, *HEADLINES, *TIMES, *MASTHEADS, *TIMES_BESIDE_NAMES, *BODIES]


@pytest.mark.parametrize(("lines", "fields"), EVERY)
def test_the_record_has_the_right_fields(lines: tuple[str, ...], fields: dict[str, Any]) -> None:
    record = newsparse.parse("\n".join(lines))
    assert {name: getattr(record, name) for name in fields} == fields
