"""A body that was cut in the middle of a sentence is told from one that ends without a full stop."""

from __future__ import annotations

import pytest

import newsparse

HEAD = "افتتاح جسر جديد في صور\n\n10:00 17/09/2024\n\n"
BODY = [
    "افتتح وزير الأشغال العامة اليوم الثلاثاء جسرا جديدا يربط الميناء بالمدينة القديمة بعد عامين من العمل.",
    "وقال الوزير إن الجسر سيخفف الازدحام عن وسط المدينة، ويخدم آلاف السائقين كل يوم، بحسب تقديرات البلدية.",
    "وأضاف أن الكلفة بلغت اثني عشر مليون دولار. ويرى المهندسون أن الحديد المستعمل يقاوم ملوحة البحر سنوات طويلة.",
]
TEXT = HEAD + "\n\n".join(BODY) + "\n"
CUT = [TEXT[:-20], TEXT[:-21], TEXT[:-30], TEXT[:-30].rsplit(" ", 1)[0] + " ", HEAD + BODY[0] + "\n\n" + BODY[1][:72]]
WHOLE = [
    TEXT,
    TEXT.rstrip(".\n") + "؟",
    TEXT.rstrip().rstrip(".") + ".»\n",
    TEXT.rstrip() + " سبأ\n",
    TEXT + "\nالأناضول\n",
    TEXT[:-30] + "\n\n#صور\n#الأشغال العامة\n",
    TEXT.rstrip() + " للمزيد: https://example.org/news\n",
    HEAD + "\n\n".join(text.rstrip(".") for text in BODY) + "\n",
    HEAD + BODY[0] + "\n",
]


@pytest.mark.parametrize("text", CUT)
def test_a_cut_body_is_told(text: str) -> None:
    assert "body.cut" in newsparse.parse(text).warnings


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_body_is_not(text: str) -> None:
    assert "body.cut" not in newsparse.parse(text).warnings
