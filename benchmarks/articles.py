"""Invented articles of a common layout, as many as one wants: what the measurements run on.

The layout: headline, glued timestamp, agency, the headline twice more, standfirst, paragraphs, hashtags; 1 to 12 kB of
UTF-8, 4.5 kB on average. The same seed gives the same articles. Nobody named here said or did anything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta


def _list(text: str) -> list[str]:
    return text.split(", ")


AGENCIES = _list("الأناضول, رويترز, فرانس برس, د ب أ, شينخوا, أسوشيتد برس")
WEEKDAYS = _list("الإثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت, الأحد")
MONTHS = _list(
    "يناير/ كانون الثاني, فبراير/ شباط, مارس/ آذار, أبريل/ نيسان, مايو/ أيار, يونيو/ حزيران, يوليو/ تموز, أغسطس/ آب, "
    "سبتمبر/ أيلول, أكتوبر/ تشرين الأول, نوفمبر/ تشرين الثاني, ديسمبر/ كانون الأول"
)
WHO = _list(
    "وزير النقل, وزيرة البيئة, رئيس البلدية, محافظ المصرف المركزي, مدير الميناء, المتحدثة باسم الوزارة, رئيس الاتحاد, "
    "عميد الجامعة, رئيسة اللجنة العلمية, نقيب المهندسين, وفد من خبراء المياه, رئيس هيئة السكك الحديدية"
)
NAMES = _list(
    "كريم العلي, ليلى حداد, سامر منصور, هدى القاسم, يوسف بن عمر, نادية الخطيب, طارق سليمان, رنا الأحمد, أيمن الشريف, "
    "سلمى عبد الله"
)
SAID = _list("قال, أكد, أوضح, أعلن, شدد على, أشار إلى, لفت إلى, كشف عن")
WHAT = _list(
    "توسعة ميناء الصيد, افتتاح خط القطار السريع, ترميم السوق القديمة, زراعة مليون شجرة, إطلاق قمر صناعي للاتصالات, "
    "تشغيل محطة الطاقة الشمسية, مشروع تحلية مياه البحر, مهرجان السينما, بطولة كرة اليد, معرض الكتاب الدولي, "
    "حملة التلقيح ضد الحصبة, اتفاق التجارة مع دول الجوار, خفض أسعار الوقود, إصلاح شبكة الكهرباء, موسم قطاف الزيتون"
)
WHERE = _list("بيروت, عمّان, الرباط, تونس, الدوحة, مسقط, الخرطوم, إسطنبول, القاهرة, الكويت, باكو, نواكشوط, صنعاء, بغداد")
WHY = _list(
    "من أجل توفير فرص عمل للشباب, بعد أشهر من المفاوضات, رغم ارتفاع التكاليف, استجابة لطلبات السكان, "
    "في إطار خطة تمتد خمس سنوات, بتمويل من صندوق التنمية, بحضور ممثلي القطاع الخاص, وفق ما ورد في بيان رسمي, "
    "خلال مؤتمر صحفي عقد في العاصمة, بالتعاون مع منظمات دولية, قبل حلول فصل الشتاء, على هامش اجتماع إقليمي"
)
AND = _list(
    "وأضاف أن, وبيّن أن, وتابع أن, وذكر أن, ومن جهة أخرى فإن, وفي السياق نفسه فإن, ويتوقع مراقبون أن, وبحسب البيان فإن"
)
GOES = _list(
    "العمل يسير وفق الجدول المقرر, نسبة الإنجاز بلغت {n} بالمئة, الكلفة تقدر بنحو {n} مليون دولار, "
    'المشروع "ضروري لتنمية المنطقة", عدد المستفيدين يتجاوز {n} ألف أسرة, المرحلة الثانية تبدأ في {d} المقبل, '
    "الفرق الفنية أنهت دراسة الموقع, الوزارة تلقت {n} عرضا من شركات محلية وأجنبية, النتائج ستعلن خلال {n} يوما, "
    "اللجنة ستعقد اجتماعها القادم في {d}, السكان رحبوا بالقرار وطالبوا بتسريع التنفيذ"
)


def generate(count: int, seed: int = 0) -> Iterator[str]:
    """So many articles, one at a time."""
    draw = random.Random(seed)
    for _ in range(count):
        yield _article(draw)


def _article(draw: random.Random) -> str:
    who, what, where = draw.choice(WHO), draw.choice(WHAT), draw.choice(WHERE)
    when = datetime(2015, 1, 1) + timedelta(minutes=draw.randrange(5_000_000))
    headline = f"{who} {draw.choice(NAMES)}: {what} في {where} {draw.choice(WHY)}"
    stamp = f"{when:%H:%M%d/%m/%Y}, {WEEKDAYS[when.weekday()]}"
    standfirst = f"في كلمة له حول {what} خلال زيارة إلى {where}."
    size = draw.triangular(1_000, 12_000, 2_000)
    lines = [headline, "", stamp, draw.choice(AGENCIES), headline, headline, "", standfirst, ""]
    lines += [f"{draw.choice(SAID)} {who} {draw.choice(NAMES)}، إن {what} في {where} {_facts(draw, when)}.", ""]
    length = sum(map(len, lines)) * 1.8  # bytes, nearly
    while length < size - 200:
        lines += [f"{draw.choice(AND)} {_facts(draw, when)}.", ""]
        length += len(lines[-2]) * 1.8
    tags = [where, what, *draw.sample(WHERE, 2)]
    return "\n".join([*lines, *(f"#{tag}" for tag in dict.fromkeys(tags))]) + "\n"


def _facts(draw: random.Random, when: datetime) -> str:
    """What a sentence goes on with."""
    month = f"{MONTHS[draw.randrange(12)]} {when.year}"
    facts = [draw.choice(GOES).format(n=draw.randrange(2, 99), d=month) for _ in range(draw.randrange(1, 4))]
    return f"{'، و'.join(facts)} {draw.choice(WHY)}"
