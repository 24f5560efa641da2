"""Invented texts in layouts of pages that the rules were not made on: right, or null."""

from __future__ import annotations

from typing import Any

import pytest

import newsparse

HEADLINE = "بلدية المدينة تبدأ صيانة الطريق الساحلي وتحوّل السير"
STAMP, TIME = "الثلاثاء 17 سبتمبر 2024 - 13:22", "2024-09-17T13:22:00"
MASTHEAD = "صحيفة الجسر رئيس مجلس الإدارة ورئيس التحريرسامر النعماني"
PAGE_CLOCK = "الإثنين 9 فبراير 2026 09:29 صـ 21 شعبان 1447 هـ"
BODY = (
    "أعلنت بلدية المدينة صباح اليوم بدء أعمال الصيانة في الطريق الساحلي، وقالت إن العمل سيستمر أسبوعين كاملين.",
    "وأوضح المهندس المشرف على المشروع أن السير سيحوّل إلى الطريق القديم، وأن اللوحات الإرشادية وُضعت في مكانها.",
)
TITLE = "City council begins repairs on the coastal road"
TEXT = (
    "The city council began repairs on the coastal road on Tuesday morning and said the work would take two weeks.",
    "Traffic will be sent along the old road, the engineer in charge said, and the signs are in their places.",
)
ARTICLE = (HEADLINE, STAMP, *BODY)
LONG_HEADLINE = f"{HEADLINE} إلى الطريق القديم أسبوعين كاملين وتضع اللوحات الإرشادية في أماكنها قبل العيد"
KICKER, BELOW_KICKER = "وعد بافتتاح ثلاث مثلها في الأرياف", "رئيس البلدية يدشن مكتبة جديدة في الحي القديم وسط المدينة"
VERY_LONG_HEADLINE = (
    "بلدية المدينة تبدأ صيانة الطريق الساحلي الممتد من الميناء القديم حتى مصب النهر وتحوّل السير إلى الطريق القديم "
    "أسبوعين كاملين وتدعو السكان إلى استخدام الحافلات العامة وتخصص مواقف مجانية للسيارات قرب المحطة طوال مدة الأعمال"
)
TICKER = (
    "وزير الزراعة يعلن بدء موسم الحصاد في الوادي انطلاق مهرجان المسرح المدرسي بمشاركة عشرين فرقة الأرصاد تحذر من رياح "
    "نشطة غدا فوز نادي الميناء على ضيفه بهدفين دون رد افتتاح معرض للكتب المستعملة في الساحة الكبرى إغلاق جسر المشاة "
    "أسبوعا للصيانة طلاب المدارس الفنية يعرضون مشاريعهم وفد من الغرفة التجارية يزور الميناء القديم"
)
BLURBS = (
    "زار وزير الصناعة مصنع الألبان في الضاحية الجنوبية، واطلع على خطوط الإنتاج الجديدة التي دخلت الخدمة مطلع الشهر.",
    "انطلقت أمس في الساحة الكبرى مسيرة للدراجات شارك فيها مئات الطلاب، وجابت شوارع المدينة القديمة حتى المساء.",
)

OTHER_TITLES = (
    "انطلاق مهرجان المسرح المدرسي بمشاركة عشرين فرقة",
    "الأرصاد تحذر من رياح نشطة وأمواج عالية غدا",
    "وزير الزراعة يعلن بدء موسم الحصاد في الوادي",
    "افتتاح معرض للكتب المستعملة في الساحة الكبرى",
    "فوز نادي الميناء على ضيفه بهدفين دون رد",
    "طلاب المدارس الفنية يعرضون مشاريع التخرج",
    "سوق الأسهم يغلق مرتفعا عند مستوى جديد",
)
CODE = (
    ".box_7{height:250px}",
    "@media(max-width:900px) {",
    ".box_7{height:100px}",
    "}",
    "window.adslots = window.adslots || {cmd: []};",
    "adslots.cmd.push(function() {",
    "adslots.show('box-7').enable(all.of(it));",
    "});",
)
NOTHING_FALSE: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("رئيس مجلس الإدارة", "هاني الزبداني", "رئيس التحرير", "سامر النعماني", *ARTICLE), {"authors": ()}),
    ((HEADLINE, STAMP, "خالد العمري", "خالد العمري", *BODY), {"authors": (), "headline": HEADLINE}),
    ((HEADLINE, "كتب : صحيفة الجسر", STAMP, *BODY), {"authors": ()}),
    ((HEADLINE, "دمنهور - صوت الجسر", STAMP, *BODY), {"authors": ()}),
    ((HEADLINE, "صحيفة الجسر - سوريا", STAMP, *BODY), {"location": None}),
    ((*ARTICLE, "الوسوم:", "حريق كبير في سوق الخضار القديم يوم الجمعة"), {"hashtags": ()}),
    ((*ARTICLE, "الوسوم:", "مشاركة", "طباعة"), {"hashtags": ()}),
    (("بوابة الجسر", PAGE_CLOCK, HEADLINE, *BODY), {"published": None, "headline": HEADLINE}),
    (("الجسر نيوز", PAGE_CLOCK, HEADLINE, STAMP, *BODY), {"published": TIME, "headline": HEADLINE}),
    (("الجسر نيوز", PAGE_CLOCK, "الرئيسية", "سياسة", "رياضة", HEADLINE, *BODY), {"published": None}),
    (("محليات", "الإثنين 9 فبراير 2026 09:29", HEADLINE, *BODY), {"published": "2026-02-09T09:29:00"}),
    (("الجسر", PAGE_CLOCK, MASTHEAD, "محليات", HEADLINE, *BODY), {"published": None, "headline": HEADLINE}),
    (("الجسر", PAGE_CLOCK, "الجسر", MASTHEAD, HEADLINE, STAMP, *BODY), {"published": TIME, "headline": HEADLINE}),
    ((*ARTICLE[:-1], f"{BELOW_KICKER} {BELOW_KICKER}", BODY[1]), {"body": BODY}),
    ((*ARTICLE[:-1], f"اقرأ/ي أيضا: {BELOW_KICKER}", BODY[1]), {"body": BODY}),
    (("Facebook Twitter WhatsApp", "", *BODY), {"headline": None, "body": BODY}),
    (("القاهرة - الجسر اليوم", *BODY), {"headline": None, "body": BODY}),
    (("الجسر نيوز", *BODY), {"headline": None, "body": BODY}),
    (("المدينة اليوم", "", *BODY), {"headline": None, "body": BODY}),
    (
        ("16-يناير-2018", "صورة أرشيفية من أعمال سابقة في الطريق - تصوير نادر الشامي (الجسر)", *BODY),
        {"headline": None, "published": "2018-01-16", "body": BODY},
    ),
    ((f"«{BODY[0]}»", BODY[1]), {"headline": None}),
    ((f"{BODY[0]} »", BODY[1]), {"headline": None, "body": (f"{BODY[0]} »", BODY[1])}),
    ((HEADLINE, "الشارقة 24:", *BODY), {"location": None, "body": BODY}),
    ((HEADLINE, "الشارقة 24/9/2024", *BODY), {"location": "الشارقة", "published": "2024-09-24"}),
    ((HEADLINE, "2024.09.17 | 13:22 دمشق", "رويترز - إسطنبول", *BODY), {"location": "إسطنبول", "published": TIME}),
    (("رئيس مجلسى الإدارة والتحرير", "سامر النعماني", HEADLINE, *BODY), {"authors": (), "headline": HEADLINE}),
    ((*OTHER_TITLES, *BODY), {"headline": None, "body": BODY}),
    ((*OTHER_TITLES, HEADLINE, *BODY), {"headline": HEADLINE, "body": BODY}),
    (("3:48 مساءً / 5 يناير، 2026", "آخر الأخبار", "", HEADLINE, "", *BODY), {"published": None, "headline": HEADLINE}),
    ((*ARTICLE, "قم بكتابة اول تعليق"), {"body": BODY}),
    ((*ARTICLE[:-1], "اضافة اعلان", BODY[1]), {"body": BODY}),
    ((*ARTICLE[:-1], "f14.jpg", BODY[1]), {"body": BODY}),
    ((*ARTICLE, "[weather-card region=”SA” label=”المدينة” hours=”24” theme=”blue”]"), {"body": BODY}),
    ((*ARTICLE, "ميناء نيوز"), {"body": BODY}),
    ((HEADLINE, *CODE, *BODY), {"headline": HEADLINE, "body": BODY}),
    (("لبنان", *ARTICLE), {"section": "لبنان", "location": None}),
    ((TITLE, "Echo Lawrence - January 24, 2020", *TEXT), {"authors": ("Echo Lawrence",), "standfirst": None}),
    ((TITLE, "by staff reporters", "17 September 2024", *TEXT), {"headline": TITLE, "authors": ()}),
    ((TITLE, "By Harbour Weekly Magazine", "17 September 2024", *TEXT), {"authors": ()}),
]
HEADLINES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((VERY_LONG_HEADLINE, VERY_LONG_HEADLINE, STAMP, *BODY), {"headline": VERY_LONG_HEADLINE, "body": BODY}),
    ((VERY_LONG_HEADLINE, "", VERY_LONG_HEADLINE, *BODY), {"headline": VERY_LONG_HEADLINE, "body": BODY}),
    ((f"العنوان: {HEADLINE}", f"النص: {BODY[0]}", BODY[1]), {"headline": HEADLINE, "body": BODY}),
    ((f"عنوان الخبر: {HEADLINE}", "نص الخبر:", *BODY), {"headline": HEADLINE, "body": BODY, "location": None}),
    ((f"Headline: {TITLE}", "17 September 2024", f"Content: {TEXT[0]}", TEXT[1]), {"headline": TITLE, "body": TEXT}),
    (("الجسر", PAGE_CLOCK, "الجسر", MASTHEAD, TICKER, "", HEADLINE, *BODY), {"headline": HEADLINE, "body": BODY}),
    (("قناة الجسر", *ARTICLE), {"headline": HEADLINE}),
    (("محليات", "محليات", "أخبار المدن والأحياء وكل ما يهم السكان", *ARTICLE), {"headline": HEADLINE}),
    ((f"{HEADLINE} | {STAMP}", *BODY), {"headline": HEADLINE, "published": TIME}),
    ((f"{HEADLINE} - {STAMP}", *BODY), {"headline": HEADLINE, "published": TIME}),
    ((f"{HEADLINE} 17/09/2024 13:22", *BODY), {"headline": HEADLINE, "published": TIME}),
    ((f"17/09/2024 13:22 {HEADLINE}", *BODY), {"headline": HEADLINE, "published": TIME}),
    ((f"{HEADLINE} السبت 21 سبتمبر 2024", *BODY), {"headline": f"{HEADLINE} السبت 21 سبتمبر 2024", "published": None}),
    (
        (*BLURBS, HEADLINE, f"صنعاء - سبأ : {BODY[0]}", BODY[1]),
        {"headline": HEADLINE, "body": (f"صنعاء - سبأ : {BODY[0]}", BODY[1]), "location": "صنعاء"},
    ),
    (
        (
            "市が海岸道路の補修を開始",
            "",
            "市は火曜日の朝、海岸道路の補修工事を始め、作業は二週間続くと発表した。担当者は、車は旧道を通ると述べた。",
            "工事を監督する技術者は、標識はすべて設置済みで、歩行者は海側の歩道を使えると説明した。住民は工事を歓迎している。",
        ),
        {"headline": "市が海岸道路の補修を開始"},
    ),
    (("ارتفاع أسعار الحديد", "الأناضول", *BODY), {"headline": "ارتفاع أسعار الحديد", "agency": "الأناضول"}),
    (("انتخابات بلا مفاجآت", "", *BODY), {"headline": "انتخابات بلا مفاجآت", "body": BODY}),
    ((LONG_HEADLINE, f"{LONG_HEADLINE}.", *BODY), {"headline": LONG_HEADLINE, "body": BODY}),
    ((KICKER, BELOW_KICKER, *BODY), {"headline": BELOW_KICKER, "dropped": ((1, "kicker", KICKER),)}),
    ((KICKER, BELOW_KICKER, STAMP, *BODY), {"headline": BELOW_KICKER, "dropped": ((1, "kicker", KICKER),)}),
]
CREDITS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    ((HEADLINE + " ؟!", "بقلم/", "سامر مهيوب النعماني", *BODY), {"authors": ("سامر مهيوب النعماني",)}),
    (
        (HEADLINE, "سامر النعمانينشر في البلاد يوم 15 - 09 - 2012", *BODY),
        {"authors": ("سامر النعماني",), "published": "2012-09-15"},
    ),
    ((HEADLINE, "البطولةنشر في البطولة يوم 15 - 09 - 2012", *BODY), {"authors": (), "published": "2012-09-15"}),
    ((HEADLINE, f"القاهرة، 17 سبتمبر 2024 - {BODY[0]}", BODY[1]), {"location": "القاهرة", "published": "2024-09-17"}),
    (
        (TITLE, f"NEW YORK (December 22, 2013) — {TEXT[0]}", TEXT[1]),
        {"location": "NEW YORK", "published": "2013-12-22"},
    ),
    ((HEADLINE, "القاهرة: وكالة الجسر الإخبارية", STAMP, *BODY), {"location": "القاهرة"}),
    (
        (f"سامر النعماني - القاهرة في الثلاثاء 17 سبتمبر 2024 01:22 مساءً - {BODY[0]}", BODY[1]),
        {"authors": ("سامر النعماني",), "location": "القاهرة", "published": TIME},
    ),
    ((TITLE, "By", "Sam Carter", "17 September 2024", *TEXT), {"authors": ("Sam Carter",), "headline": TITLE}),
]


@pytest.mark.parametrize(("lines", "fields"), [*NOTHING_FALSE, *HEADLINES, *CREDITS])
def test_the_record_has_the_right_fields(lines: tuple[str, ...], fields: dict[str, Any]) -> None:
    record = newsparse.parse("\n".join(lines))
    assert {name: getattr(record, name) for name in fields} == fields
