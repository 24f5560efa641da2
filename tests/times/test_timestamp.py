"""Timestamps: what is read, what is refused, what is warned of."""

import json
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsparse
from newsparse.text import fold, parts
from newsparse.times import lexer, readers, timestamp
from newsparse.times.readers import HIJRI, PERSIAN, to_gregorian
from newsparse.times.timestamp import Timestamp, join, with_label
from newsparse.words import vocab

SETTINGS = vocab.Settings(vocab.shipped())
NOW = datetime(2025, 3, 12, 14, 30)
DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "benchmarks" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
]


def read(text, **known):
    return timestamp.read_timestamp(text, vocab.Settings(SETTINGS.vocab, **known) if known else SETTINGS)


def published(text, **known):
    return read(text, **known).published


# The suite of the benchmark ---------------------------------------------------------------------------------------


def test_suite_is_large():
    assert len(ROWS) >= 300
    assert len({(row["text"], row.get("now")) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row_of_the_benchmark(row):
    now = datetime.fromisoformat(row["now"]) if "now" in row else None
    stamp = read(row["text"], now=now, tz=readers.zone_named(row["tz"]) if "tz" in row else None) or Timestamp(None)
    for wanted, found in ((row.get("published"), stamp.published), (row.get("updated"), stamp.updated)):
        assert (found and found[: len(wanted or found)]) == wanted
    if "instant" in row:
        assert datetime.fromisoformat(stamp.published) == datetime.fromisoformat(row["instant"].replace("Z", "+00:00"))
    assert row.get("warning", "") in ("", *stamp.warnings)


# What a stamp holds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("21:0328/02/2025, الجمعة", ""),
        ("صنعاء - سبأ | 28/02/2025 21:03", "صنعاء - سبأ"),
        ("اقتصاد، 28/02/2025 – 21:03", "اقتصاد"),
        ("كتبت هناء سعيد الجمعة، 28 فبراير 2025 09:03 م", "كتبت هناء سعيد"),
        ("القاهرة – رويترز | 28/02/2025", "القاهرة – رويترز"),
        ("28/02/2025 21:03 | ٣ دقائق قراءة", "٣ دقائق قراءة"),
        ("الرئيسية > سياسة > 28 فبراير 2025", "الرئيسية > سياسة"),
        ("جدة 29 شعبان 1446 هـ الموافق 28 فبراير 2025 م واس", "جدة | واس"),
        ("Jane DoePublished: February 28, 2025", "Jane Doe"),
    ],
)
def test_rest_is_what_stands_beside_as_printed(text, rest):
    assert read(text).rest == rest


def test_label():
    assert read("نشر في: 28/02/2025").label
    assert not read("28/02/2025").label
    stamp = read("آخر تحديث: 28/02/2025 21:03")
    assert stamp.label == "updated" and stamp.published is None and stamp.updated == "2025-02-28T21:03:00"


def test_reason_says_order_and_weekday():
    assert read("الجمعة 28/02/2025 21:03").why == "day first, 2025-02-28T21:03:00, weekday agrees"
    assert read("الأربعاء 03/05/2025").why == "month first, 2025-03-05, weekday agrees"
    assert read("السبت 28 فبراير 2025").why.endswith("weekday contradicts")


def test_date_that_stands_before_a_label_is_the_page_s():
    assert published("السبت 1 مارس 2025 | نشر في: 28/02/2025 21:03") == "2025-02-28T21:03:00"


def test_month_alone_under_a_label():
    stamp = read("آخر تحديث: نوفمبر 2024")
    assert (stamp.published, stamp.updated, stamp.warnings) == (None, None, ("published.no_day",))


# Checks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "time", "warnings"),
    [
        ("28/02/2025", "2025-02-28", ()),
        ("05/03/2025", "2025-03-05", ("published.ambiguous_order",)),
        ("05-03-2025", "2025-03-05", ("published.ambiguous_order",)),
        ("05.03.2025", "2025-03-05", ()),
        ("05/05/2025", "2025-05-05", ()),
        ("2025/03/05", "2025-03-05", ()),
        ("الأربعاء 05/03/2025", "2025-03-05", ()),
        ("السبت 05/03/2025", "2025-05-03", ("published.ambiguous_order",)),
        ("Saturday 05/03/2025", "2025-05-03", ()),
        ("الأحد 05/03/2025", "2025-03-05", ("published.weekday_mismatch", "published.ambiguous_order")),
        ("السبت 28/02/2025", "2025-02-28", ("published.weekday_mismatch",)),
        ("30/02/2025", None, ("published.invalid",)),
        ("29 فبراير 2025", None, ("published.invalid",)),
        ("28 أيلول/نوفمبر 2025", None, ("published.invalid",)),
        ("28/02/2525", None, ("published.invalid",)),
        ("28/02/2025 25:10", "2025-02-28", ("published.bad_time",)),
        ("25:1028/02/2025", "2025-02-28", ("published.bad_time",)),
        ("آخر تحديث: 28/02/2025 25:10", None, ("updated.bad_time",)),
        ("آخر تحديث: السبت 28/02/2025", None, ("updated.weekday_mismatch",)),
        ("منذ ساعتين", None, ("published.relative",)),
        ("منذ ساعات", None, ("published.relative",)),
        ("بيروت في 28 شباط / رويترز /", None, ("published.no_year",)),
        ("31/12/99", "1999-12-31", ("published.two_digit_year",)),
        ("28/02/25", "2025-02-28", ("published.two_digit_year", "published.ambiguous_order")),
        ("الاثنين 24/02/25", "2025-02-24", ()),
        ("29 شعبان 1446 هـ الموافق 28 فبراير 2025", "2025-02-28", ()),
        ("1 رمضان 1446 هـ الموافق 28 فبراير 2025", "2025-02-28", ()),
        ("10 رمضان 1446 هـ الموافق 28 فبراير 2025", "2025-02-28", ("published.hijri_mismatch",)),
        ("28/02/1400", None, ("published.ambiguous_calendar",)),
        ("28/02/1400 هـ", "1980-01-16", ()),
    ],
)
def test_value_and_warnings(text, time, warnings):
    stamp = read(text)
    assert (stamp.published, stamp.warnings) == (time, warnings)


def test_other_date_of_the_line_decides_the_order():
    stamp = read("Posted 03/05/2025 21:03 - Updated 03/25/2025 08:15")
    assert stamp.published == "2025-03-05T21:03:00"
    assert "published.ambiguous_order" not in stamp.warnings


def test_every_weekday_that_contradicts_is_warned_of():
    for weekday, name in enumerate(DAYS):
        stamp = read(f"{name} 28/02/2025 21:03")
        assert stamp.published == "2025-02-28T21:03:00"
        assert ("published.weekday_mismatch" in stamp.warnings) == (weekday != 4)


# Words ------------------------------------------------------------------------------------------------------------


def spelled(table):
    """The words of a table: folded, and as the files write them."""
    words = getattr(SETTINGS.vocab, table)
    assert words
    return dict(zip(words, words, strict=True)) | SETTINGS.vocab.spelled(table)


def test_each_month_is_read():
    for table, year, calendar in (
        ("months", 2025, None),
        ("hijri_months", 1446, HIJRI),
        ("persian_months", 1403, PERSIAN),
    ):
        for key, word in spelled(table).items():
            month = getattr(SETTINGS.vocab, table)[key]
            if isinstance(month, list):
                continue
            day = to_gregorian(year, month, 5, calendar) if calendar else date(year, month, 5)
            assert published(f"5 {word} {year}") == day.isoformat(), word


def test_each_weekday_is_read():
    for key, word in spelled("weekdays").items():
        day = date(2025, 2, 23) + timedelta(SETTINGS.vocab.weekdays[key])
        assert read(f"{word} {day.isoformat()}").warnings == (), word
        assert read(f"{word} {day + timedelta(1)}").warnings == ("published.weekday_mismatch",), word


def test_each_label_is_read():
    for key, word in spelled("stamp_labels").items():
        label = SETTINGS.vocab.stamp_labels[key]
        stamp = read(f"{word}: 28/02/2025 21:03")
        if label == "event":
            assert stamp is None, word
            continue
        found = (stamp.published, stamp.updated)
        wanted = "2025-02-28T21:03:00"
        assert found == ((None, wanted) if label == "updated" else (wanted, None)), word


def test_each_unit_is_read():
    for key, word in spelled("units").items():
        unit, _ = SETTINGS.vocab.units[key]
        stamp = read(f"منذ 2 {word}", now=NOW)
        fine = unit in ("hours", "minutes", "seconds")
        assert len(stamp.published) == (19 if fine else 10), word
        assert stamp.published < NOW.isoformat() or unit == "seconds", word


# Zones ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("28/02/2025 21:03", ""),
        ("28/02/2025 21:03 بالتوقيت المحلي", ""),
        ("28/02/2025 21:03 GMT+3", "+03:00"),
        ("28/02/2025 21:03 +3GMT", "+03:00"),
        ("ناس 2103 جمت 28/02/2025", "+00:00"),
        ("28 Feb 2025 2103 GMT", "+00:00"),
        ("28/02/2025 21:03 بتوقيت غرينتش", "+00:00"),
        ("28/07/2025 21:03 بتوقيت القاهرة", "+03:00"),
        ("28/02/2025 21:03 بتوقيت القاهرة", "+02:00"),
        ("28/07/2022 21:03 بتوقيت القاهرة", "+02:00"),
        ("28/07/2025 21:03 بتوقيت القدس", ""),
        ("28/07/2025 21:03 BST", "+01:00"),
        ("28/02/2025 21:03 BST", ""),
        ("28/02/2025 21:03 NPT", ""),
        ("28/07/2025 21:03 بتوقيت القدس +2GMT", "+02:00"),
        ("28/07/2015 21:03 بتوقيت إسطنبول", "+03:00"),
        ("28/02/2015 21:03 بتوقيت إسطنبول", "+02:00"),
        ("القاهرة - 28/02/2025 21:03", ""),
        ("28/02/2025 21:03-22:30", None),
    ],
)
def test_offset_only_where_the_text_proves_it(text, offset):
    stamp = read(text)
    assert (stamp and stamp.published and stamp.published[19:]) == offset


def test_zone_that_is_given_is_for_bare_times_alone():
    zone = readers.zone_named("Africa/Cairo")
    assert published("28/07/2025 21:03", tz=zone) == "2025-07-28T21:03:00+03:00"
    assert published("28/02/2025 21:03", tz=zone) == "2025-02-28T21:03:00+02:00"
    assert published("28/02/2025 21:03 GMT", tz=zone) == "2025-02-28T21:03:00+00:00"
    assert published("28/02/2025", tz=zone) == "2025-02-28"
    assert published("20250228T2103", tz=zone) == "2025-02-28T21:03:00+02:00"


def test_zones_of_the_vocabulary_exist():
    for table in (SETTINGS.vocab.zones, SETTINGS.vocab.zone_places):
        for word, name in table.items():
            assert name == "?" or readers.zone_named(name.rpartition("@")[2]) is not None, word


def test_a_zone_that_is_not_certain_is_not_that_of_the_option_either():
    zone = readers.zone_named("Africa/Cairo")
    for name in ("AST", "NPT", "بتوقيت القدس"):
        assert published(f"28/07/2025 21:03 {name}", tz=zone) == "2025-07-28T21:03:00", name


def test_zones_are_those_of_the_package(monkeypatch):
    assert readers.version()
    monkeypatch.setattr("zoneinfo.ZoneInfo", type("Machine", (), {"from_file": lambda file, key: timezone.utc}))
    readers.zone_named.cache_clear()
    assert readers.zone_named("Africa/Casablanca") is timezone.utc
    assert readers.zone_named("Nowhere/Land") is None
    readers.zone_named.cache_clear()


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "+15:00", "+3:99", "../etc/passwd", "America", "\0", "+"])
def test_no_such_zone(name):
    assert readers.zone_named(name) is None


# Relative times ---------------------------------------------------------------------------------------------------


def test_now_with_a_zone_gives_its_offset():
    now = datetime(2025, 3, 12, 14, 30, 59, tzinfo=timezone(timedelta(hours=3)))
    assert published("منذ ساعتين", now=now) == "2025-03-12T12:30:00+03:00"
    assert published("أمس 21:03", now=now) == "2025-03-11T21:03:00+03:00"
    assert published("منذ يومين", now=now) == "2025-03-10"
    assert published("منذ ساعتين", now=now, tz=timezone.utc) == "2025-03-12T09:30:00+00:00"


def test_a_weekday_contradicts_what_counts_from_now():
    assert published("أمس الثلاثاء", now=NOW) == "2025-03-11"
    stamp = read("أمس الخميس", now=NOW)
    assert (stamp.published, stamp.warnings) == (None, ("published.relative",))


@pytest.mark.parametrize("now", [None, NOW])
def test_two_clocks_without_a_date_count_from_nothing(now):
    stamp = read("Published 10:00 | Updated 11:30", now=now)
    assert (stamp.published, stamp.updated) == (None, None)
    assert stamp.warnings == ("published.relative", "updated.relative")
    assert stamp.why == "a clock without its date; updated: a clock without its date"


@pytest.mark.parametrize("text", ["منذ 19 سنة", "منذ 999 شهر", "منذ 999 أسبوع"])
def test_long_ago(text):
    assert len(published(text, now=NOW)) == 10


def test_the_last_day_of_all():
    assert read("28/02/2025 21:03", now=datetime.max).warnings == ()
    assert read("5 مارس", now=datetime.max).published is None


def test_before_the_first_year():
    assert read("منذ 999 شهر", now=datetime(50, 1, 1)).published is None


# Clocks and openings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("21:03", "21:03:00"),
        ("الساعة 9:03 مساء", "21:03:00"),
        ("9:03:15 ص", "09:03:15"),
        ("à 21h03", "21:03:00"),
        ("20:26 ت م", "20:26:00 Asia/Riyadh"),
        ("// انتهى // 20:26 ت م", "20:26:00 Asia/Riyadh"),
    ],
)
def test_clock_alone(text, clock):
    stamp = read(text)
    assert (stamp.published, stamp.clock) == (None, clock)


def test_length_of_a_video_is_no_clock():
    assert read("02:35 دقيقة") is None
    assert read("02:35").clock == "02:35:00"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("بلغت حصيلة التوزيع 28 طردا في القرى", False),
        ("3 مستشفيات جديدة", False),
        ("افتتاح الجسر الجديد", False),
        ("أمس", True),
        ("5 de febrero de 2025", True),
        ("28\u200f/\u200f02\u200f/2025", True),
        ("كانون الثاني 5", True),
        ("منذ 3 أشهر", True),
    ],
)
def test_cheap_look(text, may):
    assert timestamp.may_hold_timestamp(lexer.visible(text), parts(text)[1].split(), SETTINGS.vocab) is may


def test_the_words_of_times_are_folded():
    for table in timestamp.words_of_times(SETTINGS.vocab):
        assert table and {fold(word) for word in table} <= table


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("28/02/2025", "21:03", ("2025-02-28T21:03:00", None)),
        ("آخر تحديث: 28/02/2025", "21:03", (None, "2025-02-28T21:03:00")),
        ("28/02/2025", "آخر تحديث: 21:03 (توقيت مكة)", ("2025-02-28", "2025-02-28T21:03:00+03:00")),
        ("28/02/2025", "21:03 ت م", ("2025-02-28T21:03:00+03:00", None)),
        ("28/02/2025 10:00", "21:03", ("2025-02-28T10:00:00", None)),
        ("30/02/2025", "21:03", (None, None)),
    ],
)
def test_date_and_clock_on_two_lines(first, second, joined):
    stamp = join(read(first), read(second), SETTINGS)
    assert (stamp.published, stamp.updated) == joined


def test_joined_with_the_zone_that_is_given():
    known = vocab.Settings(SETTINGS.vocab, tz=readers.zone_named("Asia/Baghdad"))
    assert join(read("28/02/2025"), read("21:03:00"), known).published == "2025-02-28T21:03:00+03:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("جازان 29 شعبان 1446 هـ الموافق 28 فبراير 2025 م واس دشن أمير المنطقة مشروع المياه الجديد", "2025-02-28"),
        ("الكويت في 28 فبراير / كونا / استقبل وزير الخارجية اليوم سفير البلاد", "2025-02-28"),
        ("عمان 28 شباط (بترا) - بحث وزير الصناعة سبل زيادة الصادرات", "2025-02-28"),
        ("[28/فبراير/2025] صنعاء ـ سبأ: ناقش المجلس تقرير اللجنة", "2025-02-28"),
        ("باريس 28-2-2025 (أ ف ب) - أعلنت الشركة نتائجها", "2025-02-28"),
        ("باريس (أ ف ب) - 28 فبراير 2025 - أعلنت الشركة نتائجها", "2025-02-28"),
        ("صنعاء ـ سبأ: [28/فبراير/2025] ناقش المجلس تقرير اللجنة", "2025-02-28"),
        ("واشنطن (رويترز) 28 فبراير 2025 شهد نشر التقرير", None),
        ("في 28 فبراير 2025 أعلنت الشركة نتائجها السنوية", None),
        ("28 فبراير 2025 - قال الوزير إن رويترز أخطأت", None),
        ("القاهرة تستضيف في 28 فبراير 2025 مؤتمر رويترز", None),
        ("قتل 5 أشخاص وأصيب 12 في حادث", None),
    ],
)
def test_dateline_that_opens_a_paragraph(text, day):
    stamp = timestamp.opening(text, vocab.Settings(SETTINGS.vocab, now=NOW))
    assert (stamp and stamp.published) == day


# Any text ---------------------------------------------------------------------------------------------------------

ALPHABET = "0123456789٠١٢٣٤٥٦٧٨٩ :/.-,،()|+TZمصهـ\u200f\u00a0\n"
WORDS = (
    "الجمعة",
    "فبراير",
    "نشر في",
    "آخر تحديث",
    "منذ",
    "ساعتين",
    "GMT",
    "شعبان",
    "الموافق",
    "كانون",
    "mar",
    "ago",
    "و",
)


@given(st.text(ALPHABET, max_size=60) | st.lists(st.sampled_from(WORDS) | st.text(ALPHABET, max_size=6)).map(" ".join))
@example("9" * 200)
@example("²³/٤/2025")
@example("१७/०९/२०२४")
@example("0000-00-00")
@example("00:00:00.000000000")
@example("31/02/1446 هـ 99:99 GMT+99")
@example("منذ 999999999 سنة")
@example("99999999T999999Z")
@example("9999-W99-9")
@example("كانون 3 2025")
@example("\ud800 28/02/2025")
@example("28/02/2025\u200c")
@example("\u0651– 28/02/2025")
@example("ــ0ص")
@example("Fri Feb 28 21:03:00 +7278 2025")
def test_no_text_raises(text):
    for known in ({}, {"now": NOW}, {"tz": readers.zone_named("Africa/Cairo"), "now": NOW}):
        stamp = read(text, **known)
        timestamp.opening(text, vocab.Settings(SETTINGS.vocab, **known))
        for value in (stamp.published, stamp.updated) if stamp else ():
            if value:
                datetime.fromisoformat(value)


@pytest.mark.parametrize(
    "unit", ["9", "1 ", "1/", "1:1", "م", "فبراير ", "منذ ", "الجمعة ", ", ", "1 ساعة و", "ن1", "( "]
)
def test_time_is_linear(unit):
    def took(count):
        text = unit * count
        start = time.perf_counter()
        for line in (text, text[:150], f"28/02/2025 {text}"[:190]):
            read(line)
            timestamp.opening(line, SETTINGS)
        return time.perf_counter() - start

    took(10)
    assert took(100_000) < 0.2


def test_a_word_without_end_is_no_stamp():
    endless = "كلمة" * 1000
    assert timestamp.opening(f"{endless} 28 فبراير 2025 رويترز: قال", SETTINGS) is None
    assert read(f"{endless} 28 فبراير 2025") is None


# Months, fractions, labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 تشرين 1 2024", "2024-10-17"),
        ("17 تشرين 2 2024", "2024-11-17"),
        ("18  تشرين  2  2024", "2024-11-18"),
        ("١٧ كانون ٢ ٢٠٢٤", "2024-01-17"),
        ("17 كانون ٢ 2024", "2024-01-17"),
        ("5 ربيع 1 1446 هـ", "2024-09-08"),
        ("5 ربيع 2 1446 هـ", "2024-10-08"),
    ],
)
def test_month_with_its_number(text, day):
    for _ in range(2):
        assert published(text) == day
        assert read("17 تشرين 3 2024") is read("17 تشرين 0 2024") is None


@pytest.mark.parametrize("clock", ["الساعة.13:22:10.5", "13:22:10،5", "13:22:10,500"])
def test_fraction_of_the_second(clock):
    assert published(f"17/09/2024 {clock}") == "2024-09-17T13:22:10.500000"


@pytest.mark.parametrize(
    ("line", "label", "published", "updated"),
    [
        ("17/09/2024 13:22", "published", "2024-09-17T13:22:00", None),
        ("17/09/2024 13:22", "updated", None, "2024-09-17T13:22:00"),
        ("نشر في 17/09/2024 13:22", "updated", "2024-09-17T13:22:00", None),
    ],
)
def test_a_label_on_a_line_of_its_own_says_what_the_time_is(line, label, published, updated):
    stamp = with_label(timestamp.read_timestamp(line, SETTINGS), label)
    assert (stamp.published, stamp.updated) == (published, updated)


def test_below_the_headline_a_labelled_time_wins():
    text = "A bridge opens\nMar 17, 2025 19:22\nPublished On\nMar 17, 2025 17:05\n" + "The bridge is open to all. " * 9
    assert newsparse.parse(text).published == "2025-03-17T17:05:00"


@pytest.mark.parametrize("hijri", ["15 رمضان 1446 هـ", "15/09/1446هـ"])
def test_the_gregorian_twin_on_another_line_wins(hijri):
    text = f"افتتاح الجسر الجديد في المدينة\n{hijri}\n16/03/2025\n" + "قال الوزير إن الجسر مفتوح للجميع. " * 9
    assert newsparse.parse(text.replace(hijri, "")).published == "2025-03-16"
    assert newsparse.parse(text.replace("16/03/2025", "")).published == "2025-03-15"
    assert newsparse.parse(text).published == "2025-03-16"


def test_a_colon_on_its_own_line_belongs_to_the_label():
    text = "A bridge opens\nMar 17, 2025\nUpdated\n:\nMar 18, 2025\n" + "The bridge is open to all. " * 9
    article = newsparse.parse(text)
    assert (article.published, article.updated) == ("2025-03-17", "2025-03-18")


def test_words_that_were_run_together_are_cut_behind_a_letter_of_another_script():
    assert published("Dana أCarrPublished: December 20, 2023") == "2023-12-20"


@pytest.mark.parametrize(("spelling", "key"), [("\u212bt", "at"), ("\ufb06", "st"), ("ىً", "ي"), ("ﻓﺒﺮﺍﻳﺮ", "فبراير")])
def test_a_word_is_plain_whatever_its_letters_are_made_of(spelling, key):
    assert lexer.plain(spelling) == key


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Published On 20/5/202320/5/2023", "2023-05-20"),
        ("نشر في 20 مايو 202320 مايو 2023", "2023-05-20"),
        ("20/5/202321/5/2023", None),
        ("21/5/20231/5/2023", None),
        ("055512345555123455", None),
    ],
)
def test_a_date_for_eyes_and_for_screen_readers_is_one(text, published):
    stamp = timestamp.read_timestamp(text, SETTINGS)
    assert (stamp and stamp.published) == published


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("مساء الجمعة 12-01-2024 10:15", "2024-01-12T22:15:00"),
        ("الجمعة مساء 12-01-2024 - 10:15", "2024-01-12T22:15:00"),
        ("صباح الجمعة 12-01-2024 10:15", "2024-01-12T10:15:00"),
        ("ظهر الجمعة 12/01/2024 1:15", "2024-01-12T13:15:00"),
        ("مساء الجمعة 12-01-2024 22:15", "2024-01-12T22:15:00"),
        ("مساء الجمعة 12-01-2024 10:15 م", "2024-01-12T22:15:00"),
        ("مساء الجمعة 12-01-2024", "2024-01-12"),
    ],
)
def test_a_period_of_the_day_beside_the_weekday_is_of_the_clock(text, published):
    assert timestamp.read_timestamp(text, SETTINGS).published == published


@pytest.mark.parametrize("weekday", ["الجمع", "الحمعة", "االجمعة", "الجعة"])
@pytest.mark.parametrize("sign", [" ", "، ", " - ", " | "])
def test_a_damaged_weekday_counts_behind_each_sign(weekday, sign):
    stamp = read(f"{weekday}{sign}28/02/2025 21:03")
    assert (stamp.published, stamp.rest, stamp.warnings) == ("2025-02-28T21:03:00", "", ())
    assert read(f"{weekday}{sign}27/02/2025 21:03") is None


@pytest.mark.parametrize("place", ["مكة المكرمة", "القاهرة", "أبوظبي"])
def test_a_place_names_a_zone_behind_its_word_or_in_brackets_alone(place):
    assert published(f"28/02/2025 21:03 بتوقيت {place}")[19:] in ("+02:00", "+03:00", "+04:00")
    assert published(f"28/02/2025 21:03 ({place})")[19:] in ("+02:00", "+03:00", "+04:00")
    assert published(f"{place} - 28/02/2025 21:03")[19:] == ""


@pytest.mark.parametrize("amount", [2, 400, 900])
def test_hours_ago_are_counted_across_a_change_of_the_clocks(amount):
    now = datetime(2025, 5, 12, 14, 30, tzinfo=readers.zone_named("Africa/Cairo"))
    then = now.astimezone(timezone.utc) - timedelta(hours=amount)
    assert datetime.fromisoformat(published(f"منذ {amount} ساعة", now=now)) == then
