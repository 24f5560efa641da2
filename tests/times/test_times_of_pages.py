"""Which of the times on a page are the article's: the lines of an event, a picture or a video are not."""

import pytest

import newsparse
from newsparse.times import readers

HEADLINE = "افتتاح محطة جديدة لتحلية المياه شمالي المدينة"
BODY = (
    "افتتحت السلطات المحلية محطة جديدة لتحلية المياه تكفي نصف سكان المدينة، بحضور عدد كبير من المهندسين والعاملين.\n\n"
    "وقال مدير المشروع إن العمل فيها استغرق وقتا أطول من المتوقع بسبب صعوبة نقل المعدات إلى الموقع في الشتاء."
)


def times(*lines):
    """Time of publication and of the update of a page with these lines below its headline."""
    article = newsparse.parse("\n".join([HEADLINE, *lines, "", BODY]))
    return article.published, article.updated


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        (("مهرجان النخيل - الجمعة 8 نوفمبر 2024", "20 نوفمبر 2024"), "2024-11-20", None),
        (("الوحدة × الفتح | السبت 9 نوفمبر 2024 | 21:00", "نشر في: 20/11/2024"), "2024-11-20", None),
        (("الضفتين 8/11/2024 10:30", "", "20 نوفمبر 2024"), "2024-11-20", None),
        (("المصدر: مجلة النهر، العدد 77، 9 نوفمبر 2024",), None, None),
        (("Created: 20 March 2022", "Published: 2 January 2023"), "2023-01-02", None),
        (("Published: 2 January 2023", "Created: 20 March 2022"), "2023-01-02", None),
        (("تاريخ الإنشاء: 20/03/2022", "تاريخ النشر: 25/03/2022"), "2022-03-25", None),
        (("تاريخ الفعالية: 14 نوفمبر 2024", "Published: 2 November 2024"), "2024-11-02", None),
        (("تاريخ الفعالية", "14 نوفمبر 2024", "نشر في", "20 نوفمبر 2024"), "2024-11-20", None),
        (("04/03/2026", "آخر تحديث: 04:18 (توقيت مكة)"), "2026-03-04", "2026-03-04T04:18:00+03:00"),
        (("17 سبتمبر 2024", "13:22"), "2024-09-17T13:22:00", None),
        (("17 سبتمبر 2024", "", "02:35"), "2024-09-17", None),
        (("17 سبتمبر 2024", "العصر 15:30"), "2024-09-17", None),
        (("17 سبتمبر 2024", "02:35 دقيقة"), "2024-09-17", None),
        (("آخر تعديل تم بواسطة ليلى بتاريخ 20-11-2024 الساعة 08:15",), None, "2024-11-20T08:15:00"),
        (("By Tara Doane - The Harbour Times - Thursday, November 28, 2024",), "2024-11-28", None),
    ],
)
def test_times_of_a_page(lines, published, updated):
    assert times(*lines) == (published, updated)


@pytest.mark.parametrize(
    ("end", "published"),
    [
        (" 04.03.2026, الجسر عربي", "2026-03-04"),
        (" 4 مارس 2026، الجسر", "2026-03-04"),
        (" 4 مارس 2026، وقال إن العمل فيها سيستمر حتى نهاية الشتاء", None),
        (" 12, الجسر عربي", None),
        ("", None),
    ],
)
def test_date_and_source_behind_the_last_sentence(end, published):
    assert newsparse.parse(f"{HEADLINE}\n\n{BODY}{end}").published == published


def test_date_and_source_behind_the_lead():
    lead, rest = BODY.split("\n\n")
    assert newsparse.parse(f"{HEADLINE}\n\n{lead} 04.03.2026, الجسر عربي\n\n{rest}").published == "2026-03-04"


def test_without_the_package_of_zones_those_of_the_machine_count(monkeypatch):
    monkeypatch.setattr(readers, "_package", lambda: None)
    readers.zone_named.cache_clear()
    assert times("17 سبتمبر 2024 13:22 بتوقيت تونس العاصمة")[0][:16] == "2024-09-17T13:22"
    assert readers.of_country("Tunisia") == []
    readers.zone_named.cache_clear()
