"""Prose with dates in it is no stamp: 50,000 sentences that a small grammar makes, in the kind of body text of news."""

import random
import re

from newsparse.times import timestamp
from newsparse.words import vocab

COUNT = 50_000
MAX_FALSE = 0.0002  # share of sentences that are read as stamps
SETTINGS = vocab.Settings(vocab.shipped())

ARABIC = {
    "SENTENCE": (
        "VERB WHO WHAT WHERE DATE.",
        "DATE VERB WHO WHAT WHERE",
        "في DATE، VERB WHO WHAT WHERE.",
        "VERB WHO DATE WHAT",
        "وقال WHO إن WHAT بدأ DATE وسيستمر حتى DATE.",
        "وأضاف أن WHAT توقف منذ AMOUNT UNIT",
        "يذكر أن WHO ولد في DATE وعمل AMOUNT UNIT WHERE.",
        "وكان WHO قد VERB WHAT قبل AMOUNT UNIT",
        "وارتفع WHAT بين DATE و DATE بنسبة AMOUNT في المئة",
        "«WHAT يحتاج إلى AMOUNT UNIT»، بحسب WHO.",
        "WHO WHERE: WHAT يبدأ عند الساعة CLOCK",
        "ينطلق WHAT عند CLOCK من مساء WEEKDAY WHERE",
        "WHAT في DATE",
        "VERB WHO DATE",
        "أما WHAT فمن المقرر أن يبدأ DATE، وفق WHO",
    ),
    "VERB": (
        "افتتح",
        "أعلن",
        "بحث",
        "زار",
        "وصل",
        "ناقش",
        "استقبل",
        "أطلق",
        "وقع",
        "شهد",
        "تسلم",
        "أكد",
        "نفى",
        "أجل",
        "ألغى",
    ),
    "WHO": (
        "الوزير",
        "رئيس البلدية",
        "المدير العام",
        "الوفد",
        "سكان الحي",
        "المتحدث باسم الشركة",
        "عمر الحداد",
        "النقابة",
        "الفريق",
    ),
    "WHAT": (
        "المشروع",
        "أعمال الجسر",
        "الموسم الجديد",
        "اتفاق الشراكة",
        "إنتاج القمح",
        "خط المياه",
        "الاجتماع",
        "تقرير اللجنة",
        "سعر الوقود",
    ),
    "WHERE": (
        "في المدينة",
        "شرق العاصمة",
        "قرب الميناء",
        "بحضور السفير",
        "في مقر الوزارة",
        "أمام الصحفيين",
        "على الحدود",
    ),
    "DATE": (
        "WEEKDAY",
        "يوم WEEKDAY DAY MONTH YEAR",
        "DAY MONTH YEAR",
        "WEEKDAY DAY MONTH",
        "DAY/NUMBER/YEAR",
        "مساء WEEKDAY",
        "أمس WEEKDAY",
        "DAY MONTH",
        "شهر MONTH YEAR",
        "عام YEAR",
        "الساعة CLOCK من يوم WEEKDAY",
        "DAY رمضان 14NUMBER0 هـ الموافق DAY MONTH YEAR",
    ),
    "WEEKDAY": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "MONTH": (
        "يناير",
        "شباط",
        "مارس",
        "نيسان",
        "أيار/مايو",
        "حزيران",
        "جويلية",
        "غشت",
        "سبتمبر",
        "تشرين الأول",
        "نونبر",
        "ديسمبر",
    ),
    "UNIT": ("ساعات", "أيام", "أشهر", "سنوات", "أسابيع", "دقائق"),
    "CLOCK": ("10:30", "السابعة مساء", "14:05", "09:00 صباحا", "الثامنة والنصف"),
}
ENGLISH = {
    "SENTENCE": (
        "WHO VERB WHAT WHERE on DATE.",
        "On DATE, WHO VERB WHAT WHERE",
        "WHAT will open on DATE at CLOCK, WHO said",
        "WHO was born on DATE and VERB WHAT",
        "WHAT rose by AMOUNT percent between DATE and DATE.",
        "It began AMOUNT UNIT ago, when WHO VERB WHAT",
        "By DATE WHO had VERB WHAT",
        "WHO VERB WHAT DATE",
    ),
    "VERB": ("opened", "announced", "visited", "signed", "delayed", "defended", "cancelled"),
    "WHO": ("the minister", "the company", "a spokesman for the port", "residents", "the city council", "Omar Haddad"),
    "WHAT": ("the bridge", "a new water plant", "the agreement", "wheat output", "the report", "the new season"),
    "WHERE": ("in the city", "near the harbour", "at the ministry", "in front of reporters"),
    "DATE": ("WEEKDAY", "WEEKDAY, MONTH DAY, YEAR", "DAY MONTH YEAR", "MONTH DAY", "MONTH YEAR", "DAY/NUMBER/YEAR"),
    "WEEKDAY": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "MONTH": ("January", "Feb.", "March", "May", "June", "Aug", "September", "October", "November"),
    "UNIT": ("hours", "days", "months", "years", "weeks"),
    "CLOCK": ("10:30", "7 p.m.", "14:05", "9 am"),
}
NAME = re.compile(
    "|".join(
        ("VERB", "WHO", "WHAT", "WHERE", "DATE", "WEEKDAY", "MONTH", "UNIT", "CLOCK", "DAY", "NUMBER", "YEAR", "AMOUNT")
    )
)
NUMBERS = {"DAY": (1, 28), "NUMBER": (1, 9), "YEAR": (1960, 2026), "AMOUNT": (2, 60)}


def sentence(draw: random.Random, rules: dict[str, tuple[str, ...]], name: str = "SENTENCE") -> str:
    """A sentence of the grammar: each name in capitals is replaced by one of its forms."""
    return NAME.sub(
        lambda found: str(draw.randint(*NUMBERS[found[0]])) if found[0] in NUMBERS else sentence(draw, rules, found[0]),
        draw.choice(rules[name]),
    )


def test_prose_with_dates_is_no_stamp():
    draw = random.Random(20240917)
    false = []
    for number in range(COUNT):
        text = sentence(draw, ENGLISH if number % 5 == 0 else ARABIC)
        found = timestamp.read_timestamp(text, SETTINGS)
        if found and (found.published or found.updated):
            false.append((text, found.published))
    assert len(false) <= MAX_FALSE * COUNT, (len(false), false[:40])
