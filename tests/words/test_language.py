"""Tests of the language of a text."""

from __future__ import annotations

import pytest

from newsparse.words.vocab import detect, shipped

TEXTS = {
    "ar": (
        "أعلنت بلدية المدينة أن الجسر الجديد سيفتح غدا أمام حركة السير.",
        "قال ڤيكتور چيك إن پاريس وگوگل تعاونتا في المشروع الجديد مع شركة پيپسي",
        "رئيس البلدية يدشن ثلاث حدائق",
    ),
    "fa": ("شهرداری اعلام کرد که پل جدید فردا برای عبور و مرور باز می‌شود.", "پلیس گزارش داد چهار نفر گرفتار شدند"),
    "ur": ("بلدیہ نے اعلان کیا ہے کہ نیا پل کل سے کھول دیا جائے گا۔", "پاکستان کرکٹ ٹیم فتح یاب"),
    "ckb": (
        "شارەوانی شارەکە ڕایگەیاند کە پردە نوێیەکە بەیانی دەکرێتەوە بۆ هاتوچۆی هاووڵاتیان.",
        "بەهۆی بارانی زۆرەوە چەندین ڕێگا داخران و قوتابخانەکان پشوویان پێدرا",
        "حكومه‌تی هه‌رێم بڕیاری دا مووچه‌ی فه‌رمانبه‌ران دابه‌ش بكات، ئه‌مه‌ش له‌ كۆبوونه‌وه‌یه‌كدا ڕاگه‌یه‌ندرا",
    ),
    "ps": (
        "د ښار ښاروالۍ وویل چې نوی پل به سبا د تګ راتګ لپاره پرانیستل شي.",
        "په کابل کې نوی کتابتون پرانیستل شو",
        "د افغانستان حکومت د بزګرانو سره د مرستې ژمنه وکړه او ویې ویل چې دا کار به ژر پیل شي",
    ),
    "sd": (
        "شهر جي ميونسپل ڪميٽي چيو آهي ته درياءَ تي نئين پل سڀاڻي کان کولي ويندي.",
        "صحت واري وزير چيو ته اسپتال سال جي آخر تائين مڪمل ٿيندي ۽ بسترن جو تعداد ٻيڻو ٿيندو.",
    ),
    "ug": ("شەھەرلىك ھۆكۈمەت يېڭى كۆۋرۈكنىڭ ئەتە ئېچىلىدىغانلىقىنى ئېلان قىلدى",),
    "ku": (
        "Şaredariya bajêr ragihand ku pira nû ya li ser çem dê sibê ji bo hatin û çûyînê were vekirin.",
        "Li Amedê pirtûkxaneyeke nû hat vekirin",
        "Di encama barana giran de gelek rê hatin girtin û xwendina li dibistanan hat rawestandin.",
    ),
    "az": (
        "Şəhər bələdiyyəsi çayın üzərindəki yeni körpünün sabah açılacağını bildirib.",
        "Bu gün hava yağmurlu olacaq, daha sonra isə günəşli olacaq",
    ),
    "tr": ("Belediye, nehir üzerindeki yeni köprünün yarın açılacağını bildirdi.", "İstanbul’da yağmur etkili oldu"),
    "fr": ("La mairie a annoncé que le nouveau pont serait ouvert demain, même en cas de fête.",),
    "it": ("Il comune ha annunciato che il nuovo ponte sarà aperto domani al traffico.",),
    "uk": ("Міська рада повідомила, що новий міст відкриють завтра.",),
    None: (
        "Şäheriň häkimligi derýanyň üstündäki täze köpriniň ertir açyljakdygyny habar berdi.",
        "Miasto poinformowało, że nowy most na rzece zostanie otwarty jutro, ale nie wiadomo, ile to potrwa.",
        "Kommunen sier at den nye brua åpner for trafikk i morgen, og at beboerne får være med på åpningen.",
        "وزيراعظم اسلام آباد پهتو",
    ),
}


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in TEXTS.items() for text in texts])
def test_the_language_is_named_or_unknown(language: str | None, text: str) -> None:
    assert detect(text, shipped()) == language
