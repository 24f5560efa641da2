"""Six laws that hold for every text: each is stated once here, and tried on all samples or on any text at all.

1. Nothing is lost: each line that is not blank is in a field or in `dropped`.
2. The same article under cosmetic change gives the same record.
3. No text raises; bytes raise nothing but DecodeError.
4. Time is linear in size.
5. The order of the header's lines does not matter, within reason.
6. Furniture around an article, more or less of it, does not change the article.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from gold import Sample, load
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import newsparse
from newsparse.record import DROPPED, Article, Dropped, Line, Role
from newsparse.text import GAP, clean_lines, decode

GOLDEN = load()
ALL = GOLDEN + load("not") + load("hard")
WHO_WHEN_WHAT = ("headline", "published", "agency", "body")

Record = dict[str, Any]


def on_each(samples: list[Sample]) -> pytest.MarkDecorator:
    assert samples, "no sample to try the law on"
    return pytest.mark.parametrize("sample", samples, ids=[sample.name for sample in samples])


# 1. Nothing is lost -----------------------------------------------------------------------------------------------


def lost(text: str) -> list[str]:
    """The lines of the text that no field of its record holds."""
    lines = newsparse.explain(text)
    record = newsparse.article(lines)
    assert record == newsparse.parse(text), "the explanation is not the computation"
    parts = [(line.number + n, part, line) for line in lines for n, part in enumerate(line.text.split("\n"))]
    there = {n: part.replace(GAP, " ") for n, part in enumerate(clean_lines(text), 1) if part and part != "\f"}
    told: dict[int, str] = {}  # a page dumped on one line is told of in blocks
    for number, part, _ in parts:
        told[number] = f"{told[number]} {part}" if number in told else part
    assert told == there, "a line is told of twice, or not at all"
    return [f"{n} {line.role.value}: {part}" for n, part, line in parts if not holds(record, n, part, line)]


def holds(record: Article, number: int, part: str, line: Line) -> bool:
    """Whether the record has the part of the line where its role says."""
    if line.role in DROPPED:
        return Dropped(number, line.role.value, part) in record.dropped
    if line.role in (Role.PUBLISHED, Role.UPDATED):
        return bool(record.published or record.updated)
    if line.role is Role.HASHTAGS:
        tags = (line.gives or {}).get("hashtags", ())
        return bool(tags) and set(tags) <= set(record.hashtags)
    if line.role in (Role.SECTION, Role.HEADLINE):
        field = (record.section if line.role is Role.SECTION else record.headline) or ""
        whole = [dropped.text for dropped in record.dropped if dropped.line == line.number]  # of a breadcrumb, Markdown
        return any(part in text for text in (field, *whole))
    fields = {
        Role.STANDFIRST: (record.standfirst,),
        Role.BYLINE: (record.byline,),
        Role.BODY: record.body,
        Role.CONTINUED: record.body,
    }[line.role]
    return any(part in field for field in fields if field)


@on_each(ALL)
def test_nothing_is_lost(sample: Sample) -> None:
    assert not lost(sample.text)


# 2. The same article under cosmetic change ------------------------------------------------------------------------


def everything(record: Record) -> Record:
    """The whole record; a changed page may number its lines otherwise."""
    return {**record, "line": None, "dropped": [[line["role"], line["text"]] for line in record["dropped"]]}


def without_id(record: Record) -> Record:
    """The record, once its letters are changed: another text has another id."""
    return {**everything(record), "id": None}


def prose(record: Record) -> Record:
    """What gaps between lines may not change; they are evidence for a standfirst, so that counts with the body."""
    kept = ("headline", "published", "updated", "agency", "authors", "location", "hashtags", "language")
    lead = [record["standfirst"]] if record["standfirst"] else []
    return {**{key: record[key] for key in kept}, "prose": lead + record["body"]}


def undone(told: Callable[[Record], Record], letters: dict[int, str]) -> Callable[[Record], Record]:
    """What `told` tells, with letters put back."""
    return lambda record: json.loads(json.dumps(told(record), ensure_ascii=False).translate(letters))


def each_line(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) if line else "" for line in text.split("\n"))


def stretched(text: str) -> str:
    """A tatweel in each long Arabic word, where the letters join."""
    words = text.split(" ")
    joining = set("بتثجحخسشصضطظعغفقكلمنهي")
    return " ".join(w[:2] + "ـ" + w[2:] if len(w) > 4 and set(w[:3]) <= joining and w.isalpha() else w for w in words)


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


class Change(NamedTuple):
    """A change that is none to a reader, and what of the record it leaves as it is."""

    change: Callable[[str], str | bytes]
    told: Callable[[Record], Record] = everything
    may_be: Callable[[Sample], bool] = lambda sample: True


ASCII_TO_ARABIC = {ord("0") + n: chr(0x660 + n) for n in range(10)}
ARABIC_TO_ASCII = {0x660 + n: str(n) for n in range(10)}


def is_arabic(sample: Sample) -> bool:
    return bool(sample.want.get("language") == "ar")


def is_not_wrapped(sample: Sample) -> bool:
    """Blank lines are all that parts the paragraphs of a hard-wrapped text: there they are no cosmetics."""
    lines = {" ".join(line.split()) for line in sample.text.split("\n")}
    return all(paragraph in lines for paragraph in sample.want["body"])


def is_windows_1256(sample: Sample) -> bool:
    return sample.text.encode("cp1256", "ignore").decode("cp1256") == sample.text


CHANGES = {
    "CRLF": Change(lambda text: text.replace("\n", "\r\n")),
    "CR": Change(lambda text: text.replace("\n", "\r")),
    "line separators": Change(lambda text: text.replace("\n", "\u2028")),
    "no final newline": Change(lambda text: text.rstrip("\n")),
    "byte order mark": Change(lambda text: b"\xef\xbb\xbf" + text.encode()),
    "UTF-16": Change(lambda text: text.encode("utf-16")),
    "UTF-16, big-endian": Change(lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
    "windows-1256": Change(lambda text: decode(text.encode("cp1256"), "windows-1256"), may_be=is_windows_1256),
    "no-break spaces": Change(lambda text: text.replace(" ", "\u00a0")),
    "doubled spaces": Change(lambda text: text.replace(" ", "  ")),
    "indented": Change(each_line(lambda line: f"    {line}  ")),
    "tabs before": Change(each_line(lambda line: f"\t{line}")),
    "right-to-left marks": Change(each_line(lambda line: f"\u200f{line}\u200f")),
    "unclosed embeddings": Change(each_line(lambda line: f"\u202b{line}")),
    "soft hyphens": Change(lambda text: text.replace("ال", "ا\u00adل")),
    "Arabic-Indic digits": Change(
        lambda text: text.translate(ASCII_TO_ARABIC), undone(without_id, ARABIC_TO_ASCII), may_be=is_arabic
    ),
    "tatweel": Change(stretched, undone(without_id, {ord("ـ"): ""}), may_be=is_arabic),
    "blank lines doubled": Change(lambda text: text.replace("\n\n", "\n\n\n")),
    "blank lines everywhere": Change(lambda text: text.replace("\n", "\n\n"), prose, may_be=is_not_wrapped),
    "no blank lines": Change(without_blank_lines, prose, may_be=is_not_wrapped),
}


@pytest.mark.parametrize(
    ("change", "sample"),
    [
        pytest.param(change, sample, id=f"{name}-{sample.name}")
        for name, change in CHANGES.items()
        for sample in GOLDEN
        if change.may_be(sample)
    ],
)
def test_the_same_article_under_cosmetic_change(change: Change, sample: Sample) -> None:
    changed = newsparse.parse(change.change(sample.text)).to_dict()
    assert change.told(changed) == change.told(newsparse.parse(sample.text).to_dict())


# 3. No text raises ------------------------------------------------------------------------------------------------

LINES_OF_ALL_KINDS = sorted({line.strip() for sample in ALL for line in sample.text.split("\n") if len(line) < 400})
ODD_LINES = [
    "\f", "---", "***", "#", "##", "# #", "#" * 99, ":", "()", "«»", "[]", "://", "//", "©", "@", "|", "| | |",
    "99:99", "32/13/2024", "00/00/0000", "²²:²²", "١٢:٣٠١٧/٠٩/٢٠٢٤", "31 فبراير 2023", "منذ", "منذ 99999999999 سنة",
    "29 صفر 9999هـ", "9" * 5000, "1 يناير " + "9" * 5000, "-", "- -", "(رويترز)", "//انتهى//", "كتب:", "بقلم", "بقلم:",
    "الوسوم:", "الوسوم: #", "اقرأ أيضا", "اقرأ أيضا:", "\u202e", "\u2066\u2066", "\ufeff", "\u200d", "ـ",
    "َ" * 40, "\x1a",
]  # fmt: skip
any_line = st.one_of(st.sampled_from(LINES_OF_ALL_KINDS), st.sampled_from(ODD_LINES), st.text(max_size=40))
any_page = st.lists(any_line, max_size=40).map("\n".join)
thorough = settings(
    max_examples=200,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@thorough
@given(any_page)
@example("")
@example("\n\n\n")
@example("\0")
@example("\ud800")
@example("خبر\ud800عاجل\n" + "\udfff" * 300)
@example("\f\f\f")
@example("سامر الخطيب\n\n.")
@example("²²:²²\na000000000000\nA repair café in a lighthouse has a six-month waiting list")
@example("ً" * 5000)
@example("عنوان الخبر الأول عن افتتاح الجسر\n\n" + "قال الوزير إن الجسر افتتح اليوم. " * 9 + "\nكلمة\n2024-05-03")
@example("قال الوزير إن الجسر افتتح اليوم. " * 9 + "\nاقرأ أيضا\n" + "هل تعرف مدينة يقصدها الناس؟\n" * 2000)
@example("The minister of works said on Monday\nand   " + "قال الوزير إن الجسر افتتح اليوم. " * 9 + "   شارك")
@example("#" * 20_000)
@example("9" * 20_000)
def test_no_page_raises_or_loses_a_line(text: str) -> None:
    assert not lost(text)


@thorough
@given(st.text())
@example("\u2028\u2029\x85\x0b\x0c")
@example("13:22" * 2000)
@example("(" * 5000 + ")" * 5000)
def test_no_text_raises_or_loses_a_line(text: str) -> None:
    assert not lost(text)


@thorough
@given(st.binary())
@example(b"\xff\xfe\x0d")
@example(b"\xff\xfe\x00\xd8")
@example(b"\xfe\xff\xd8")
@example(b"\xff\xfe\x00\x00\x01")
@example(b"\xef\xbb\xbf\xff")
@example("خبر".encode()[:-1])
@example(b"\0" * 1000)
def test_bytes_raise_nothing_but_decode_error(data: bytes) -> None:
    try:
        text = newsparse.text_of(data)
    except newsparse.DecodeError as error:
        assert "byte" in str(error)
        with pytest.raises(newsparse.DecodeError):
            newsparse.parse(data)
    else:
        assert newsparse.parse(data) == newsparse.parse(text)


@pytest.mark.parametrize("unit", ["خبر عاجل من الميناء، ", "1", "#", "َ", "/", "ا:", "\u202b"])
def test_one_line_of_ten_megabytes(unit: str) -> None:
    size = 10_000_000
    record = newsparse.parse("عنوان الخبر\n" + unit * (size // len(unit.encode())))
    assert record.line == 1


# 4. Time is linear in size ----------------------------------------------------------------------------------------

PARAGRAPH = "قال مدير المشروع إن الأعمال بدأت صباح اليوم، وإنها ستستمر حتى نهاية الشهر المقبل وفق الخطة المعلنة سابقا."
QUESTION = "هل تعرف المدينة القديمة التي يقصدها الناس؟"
GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: f"{PARAGRAPH}\n" * n,
    "short lines": lambda n: "سطر قصير\n" * n,
    "short lines, all different": lambda n: "".join(f"سطر قصير رقم {i}\n" for i in range(n)),
    "headlines again": lambda n: ("افتتاح معرض الكتاب في العاصمة بمشاركة واسعة\n" * n) + PARAGRAPH,
    "timestamps": lambda n: "13:2217/09/2024, الثلاثاء\n" * n,
    "bylines": lambda n: "الرياض - واس\n" * n,
    "names": lambda n: f"{PARAGRAPH}\n" + "سامر الخطيب\n" * n,
    "hashtags": lambda n: f"{PARAGRAPH}\n" + "#وسم طويل\n" * n,
    "hashtags, all different": lambda n: f"{PARAGRAPH}\n" + "".join(f"#وسم{i}\n" for i in range(n)),
    "tags below a label": lambda n: f"{PARAGRAPH}\nالوسوم:\n" + "".join(f"وسم {i}\n" for i in range(n)),
    "boxes": lambda n: f"{PARAGRAPH}\nاقرأ أيضا\nخبر آخر عن المعرض\n5 مايو 2020\n" * (n // 4),
    "labels": lambda n: "الوسوم:\n" * n,
    "sections": lambda n: "اقتصاد\n" * n,
    "breadcrumbs": lambda n: "الرئيسية » رياضة » كرة القدم\n" * n + PARAGRAPH,
    "clocks below a date": lambda n: "17/09/2024\n" + "13:22\n" * n + PARAGRAPH,
    "headline below the body": lambda n: (
        f"افتتاح معرض الكتاب في العاصمة\n{PARAGRAPH}\n" + "افتتاح معرض الكتاب في العاصمة\n" * n
    ),
    "labels above hashtags": lambda n: f"{PARAGRAPH}\n" + "الوسوم:\n" * n + "#وسم\n" * n,
    "sub-heads": lambda n: "".join(f"{PARAGRAPH}\nسطر قصير رقم {i}\n" for i in range(n)),
    "a sentence cut at its links": lambda n: f"{PARAGRAPH}\nوزار المعرض\n" + "، ثم جاء إليه\n" * n,
    "blank lines": lambda n: PARAGRAPH + "\n" * (n * 50) + PARAGRAPH,
    "wrapped lines": lambda n: f"{PARAGRAPH[:85]}\n{PARAGRAPH[85:]} و\n" * (n // 2),
    "one line of words": lambda n: "كلمة وكلمة " * (n * 10),
    "one line of digits": lambda n: "1" * (n * 50),
    "one line of slashes": lambda n: "1/" * (n * 30),
    "one line of clocks": lambda n: "13:22 " * (n * 20),
    "one line of hashtags": lambda n: "#وسم " * (n * 20),
    "one line of tags behind a label": lambda n: f"{PARAGRAPH}\nالوسوم: " + "وسم، " * (n * 20),
    "one line of words behind a label": lambda n: f"{PARAGRAPH}\nالوسوم: " + "كلمة " * (n * 20),
    "one line of words in blocks": lambda n: f"{PARAGRAPH}\n" + "كلمة   " * (n * 15),
    "one line of sentences in blocks": lambda n: f"{PARAGRAPH}   " * n,
    "one line of brackets": lambda n: "(" * (n * 30) + ")" * (n * 30),
    "one line of dashes": lambda n: "أ - " * (n * 20),
    "one line of spaces": lambda n: "أ" + " " * (n * 100) + "ب",
    "one line of marks": lambda n: "َ" * (n * 30),
    "one line of mixed marks": lambda n: "ب" + "\u064e\u0651\u0301\u0323" * (n * 8),
    "one line of embeddings": lambda n: "\u202b" * (n * 20),
    "questions in boxes": lambda n: f"{PARAGRAPH}\n" + f"اقرأ أيضا\n{QUESTION}\n" * n + f"{QUESTION}\n" * n + PARAGRAPH,
    "boxes between long lines": lambda n: ("اقرأ أيضا\nعنوان قصير\n" * n).join(["كلمة وكلمة " * (n * 80) + ".\n"] * 2),
    "words between links": lambda n: "and\nor\n" * n + PARAGRAPH,
    "phrases below labels": lambda n: (
        f"{PARAGRAPH}\n" * n + "".join(f"الوسوم:\nمدير{i} المشروع الأعمال صباح\n" for i in range(n))
    ),
    "authors": lambda n: "كتب: " + "، ".join(f"سامر الخطيب{i}" for i in range(n * 3)),
}


def seconds(text: str) -> float:
    """The least CPU time of three readings, without the collections of Python's garbage, as timeit measures."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            newsparse.parse(text)
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("grow", GROWING.values(), ids=GROWING.keys())
def test_time_is_linear_in_size(grow: Callable[[int], str]) -> None:
    """Four times the text may take six times as long; quadratic time would be sixteen times."""
    small, large = seconds(grow(1000)), seconds(grow(4000))
    assert large < 6 * small + 0.02


# 5. The order of the header's lines -------------------------------------------------------------------------------


def header_lines(sample: Sample) -> tuple[int, int, int, int] | None:
    """Where headline, timestamp, byline and the body's first line stand, if each is one line and in the header."""
    lines = newsparse.explain(sample.text)
    first = next((line.number for line in lines if line.role is Role.BODY), 0)
    found = []
    for role in (Role.HEADLINE, Role.PUBLISHED, Role.BYLINE):
        numbers = [line.number for line in lines if line.role is role]
        if len(numbers) != 1 or numbers[0] > first:
            return None
        found += numbers
    return (found[0] - 1, found[1] - 1, found[2] - 1, first - 1)


def moved(lines: list[str], this: int, before: int) -> str:
    """The text with line `this` moved above line `before`."""
    rest = lines[:this] + lines[this + 1 :]
    at = before if before <= this else before - 1
    return "\n".join([*rest[:at], lines[this], *rest[at:]])


def swapped(lines: list[str], one: int, other: int) -> str:
    changed = list(lines)
    changed[one], changed[other] = lines[other], lines[one]
    return "\n".join(changed)


Shuffle = Callable[[list[str], int, int, int, int], str]
SHUFFLES: dict[str, Shuffle] = {
    "stamp and byline swapped": lambda lines, headline, stamp, byline, body: (
        swapped(lines, stamp, byline) if stamp > headline else "\n".join(lines)  # no byline above the headline
    ),
    "stamp above the headline": lambda lines, headline, stamp, byline, body: moved(lines, stamp, headline),
    "stamp below the headline": lambda lines, headline, stamp, byline, body: moved(lines, stamp, headline + 1),
    "stamp above the body": lambda lines, headline, stamp, byline, body: moved(lines, stamp, body),
    "byline below the headline": lambda lines, headline, stamp, byline, body: moved(lines, byline, headline + 1),
    "byline above the body": lambda lines, headline, stamp, byline, body: moved(lines, byline, body),
}


def shuffled() -> Iterator[tuple[str, Sample, str]]:
    """Name, sample and text of each shuffle that changes something."""
    for sample in GOLDEN:
        places = header_lines(sample)
        for name, shuffle in SHUFFLES.items() if places else ():
            text = shuffle(sample.text.split("\n"), *places)
            if text != sample.text:
                yield f"{name}-{sample.name}", sample, text


HEADERS = list(shuffled())


def test_enough_headers_are_shuffled() -> None:
    assert len({sample.name for _, sample, _ in HEADERS}) >= 25


@pytest.mark.parametrize(("sample", "text"), [pytest.param(sample, text, id=name) for name, sample, text in HEADERS])
def test_the_order_of_the_header_does_not_matter(sample: Sample, text: str) -> None:
    assert facts(text) == facts(sample.text)


def facts(text: str) -> Record:
    """Who said what and when; the lead may change its place with the header's order, so it counts with the body."""
    record = newsparse.parse(text).to_dict()
    lead = [record["standfirst"]] if record["standfirst"] else []
    return {**{key: record[key] for key in WHO_WHEN_WHAT}, "body": lead + record["body"]}


# 6. Furniture around an article -----------------------------------------------------------------------------------


class Furniture(NamedTuple):
    """What a page of some language has around an article."""

    menu: str
    share: str
    box: str
    below: str
    banner: str  # for cookies, with the way to the page
    call: str  # for a newsletter
    comments: str  # a form, and the most read stories with their times


FURNITURE = {
    "ar": Furniture(
        "الرئيسية\nسياسة\nاقتصاد\nرياضة\nثقافة\n\n",
        "شارك\nفيسبوك\nتويتر\nواتساب\nطباعة\n",
        "اقرأ أيضا\nمؤتمر دولي يبحث أمن الغذاء في المنطقة\n3 مايو 2019 - 10:20\n",
        "\nأخبار ذات صلة\nتوقيع اتفاق لتبادل الطلاب بين جامعتين\nالأحد 14 أبريل 2019 - 09:00\n"
        "\nجميع الحقوق محفوظة © 2024\n",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك\nقبول\nرفض\nالرئيسية » أخبار » محليات\n\n",
        "اشترك في نشرتنا البريدية\n",
        "\nاترك تعليقا\nالاسم\nالبريد الإلكتروني\nإرسال\n\nالأكثر قراءة\n"
        "توقيع اتفاق لتبادل الطلاب بين جامعتين\n14 أبريل 2019\nمهرجان للزهور يفتتح موسمه الثاني\n12 أبريل 2019\n",
    ),
    "tr": Furniture(
        "Ana Sayfa\nGündem\nEkonomi\nSpor\n\n",
        "Paylaş\nFacebook\nTwitter\n",
        "İlgili Haberler\nÜniversiteler öğrenci değişimi için anlaştı\n3 Mayıs 2019\n",
        "\nİlgili Haberler\nÜniversiteler öğrenci değişimi için anlaştı\n14 Nisan 2019\n"
        "\nTüm hakları saklıdır © 2024\n",
        "Kabul et\nReddet\nAna Sayfa > Haberler > Gündem\n\n",
        "Bültenimize abone olun\n",
        "\nYorum yaz\nİsim\nE-posta\nGönder\n\nEn çok okunanlar\n"
        "Üniversiteler öğrenci değişimi için anlaştı\n14 Nisan 2019\nÇiçek festivali açıldı\n12 Nisan 2019\n",
    ),
    "en": Furniture(
        "Home\nWorld\nBusiness\nSport\n\n",
        "Share\nFacebook\nTwitter\n",
        "Read more\nUniversities agree to exchange students\n3 May 2019\n",
        "\nRelated stories\nUniversities agree to exchange students\n14 April 2019\n\nAll rights reserved © 2024\n",
        "We use cookies to improve your experience\nAccept\nReject\nHome > News > World\n\n",
        "Sign up for our newsletter\n",
        "\nLeave a comment\nName\nEmail\nSubmit\n\nMost read\n"
        "Universities agree to exchange students\n14 April 2019\nFlower festival opens again\n12 April 2019\n",
    ),
    "fr": Furniture(
        "Accueil\nMonde\nÉconomie\nSport\n\n",
        "Partager\nFacebook\nTwitter\n",
        "Lire aussi\nDeux universités échangent leurs étudiants\n3 mai 2019\n",
        "\nSur le même sujet\nDeux universités échangent leurs étudiants\n14 avril 2019\n\nTous droits réservés\n",
        "Tout accepter\nTout refuser\nAccueil > Actualités > Monde\n\n",
        "Inscrivez-vous à notre newsletter\n",
        "\nLaisser un commentaire\nNom\nE-mail\nEnvoyer\n\nLes plus lus\nLa fête des fleurs revient\n12 avril 2019\n",
    ),
    "de": Furniture(
        "Startseite\nPolitik\nWirtschaft\nSport\n\n",
        "Teilen\nFacebook\nTwitter\n",
        "Lesen Sie auch\nZwei Universitäten tauschen Studierende aus\n3. Mai 2019\n",
        "\nMehr zum Thema\nZwei Universitäten tauschen Studierende aus\n14. April 2019\n\nAlle Rechte vorbehalten\n",
        "Alle akzeptieren\nAblehnen\nStartseite > Nachrichten > Welt\n\n",
        "Abonnieren Sie unseren Newsletter\n",
        "\nKommentar verfassen\nName\nE-Mail\nSenden\n\nMeistgelesen\nDas Blumenfest beginnt\n12. April 2019\n",
    ),
    "es": Furniture(
        "Inicio\nMundo\nEconomía\nDeportes\n\n",
        "Compartir\nFacebook\nTwitter\n",
        "Lee también\nDos universidades intercambian estudiantes\n3 de mayo de 2019\n",
        "\nNoticias relacionadas\nDos universidades intercambian estudiantes\n14 de abril de 2019\n"
        "\nTodos los derechos reservados © 2024\n",
        "Aceptar todo\nRechazar\nInicio > Noticias > Mundo\n\n",
        "Suscríbete a nuestro boletín\n",
        "\nDeja un comentario\nNombre\nCorreo\nEnviar\n\nLo más leído\nVuelve la fiesta\n12 de abril de 2019\n",
    ),
}


def with_menu(sample: Sample, page: Furniture) -> str:
    return page.menu + sample.text


def with_footer(sample: Sample, page: Furniture) -> str:
    return sample.text + page.below


def with_share_row(sample: Sample, page: Furniture) -> str:
    return above_paragraph(sample, 0, page.share)


def with_box(sample: Sample, page: Furniture) -> str:
    return above_paragraph(sample, -1, page.box)


def with_banner(sample: Sample, page: Furniture) -> str:
    return page.banner + sample.text


def with_call(sample: Sample, page: Furniture) -> str:
    return above_paragraph(sample, -1, page.call)


def with_comments(sample: Sample, page: Furniture) -> str:
    return sample.text + page.comments


def with_everything(sample: Sample, page: Furniture) -> str:
    return page.menu + with_share_row(sample, page) + page.below


def without_furniture(sample: Sample, page: Furniture) -> str:
    """The text without what the sample says is furniture or of another story; the labels of tags stay."""
    lines = sample.text.split("\n")
    stripped = [" ".join(line.split()) for line in lines]
    body = stripped.index(first_line(sample, 0))
    gone = {
        line["line"] - 1
        for line in sample.want["dropped"]
        if line["role"] in ("furniture", "caption") or (line["role"] == "timestamp" and line["line"] > body)
    }
    below = [next((text for text in stripped[n + 1 :] if text), "") for n in range(len(lines))]
    labels = {n for n in gone if below[n].lstrip("#• ") in sample.want["hashtags"]}
    return "\n".join(line for n, line in enumerate(lines) if n not in gone - labels)


def above_paragraph(sample: Sample, which: int, furniture: str) -> str:
    """The text with furniture set above a paragraph of the body, in a gap of its own where the text has gaps."""
    lines = sample.text.split("\n")
    at = [" ".join(line.split()) for line in lines].index(first_line(sample, which))
    gap = "\n" if "\n\n" in sample.text else ""
    return "\n".join(lines[:at]) + "\n" + gap + furniture + gap + "\n".join(lines[at:])


def first_line(sample: Sample, which: int) -> str:
    """The line that opens a paragraph of the body; in a hard-wrapped text it is not the whole of it."""
    paragraph = sample.want["body"][which]
    lines = [" ".join(line.split()) for line in sample.text.split("\n")]
    return next(line for line in lines if line and paragraph.startswith(line))


def can_hold_a_box(sample: Sample) -> bool:
    """A box breaks off a list or a poem; it stands between two paragraphs."""
    return len(sample.want["body"]) > 2 and all(len(paragraph) > 100 for paragraph in sample.want["body"][-2:])


ROOMS: dict[str, tuple[Callable[[Sample, Furniture], str], Callable[[Sample], bool]]] = {
    "menu above": (with_menu, lambda sample: True),
    "share row above the body": (with_share_row, lambda sample: sample.want["headline"] is not None),
    "box inside": (with_box, can_hold_a_box),
    "banner and way above": (with_banner, lambda sample: True),
    "newsletter call inside": (with_call, can_hold_a_box),
    "comment form and most read below": (with_comments, lambda sample: True),
    "related stories and footer below": (with_footer, lambda sample: True),
    "all around": (with_everything, lambda sample: sample.want["headline"] is not None),
    "none": (without_furniture, lambda sample: bool(sample.want["dropped"])),
}


@pytest.mark.parametrize(
    ("furnish", "sample"),
    [
        pytest.param(furnish, sample, id=f"{name}-{sample.name}")
        for name, (furnish, may_be) in ROOMS.items()
        for sample in GOLDEN
        if sample.want["language"] in FURNITURE and may_be(sample)
    ],
)
def test_furniture_does_not_change_the_article(furnish: Callable[[Sample, Furniture], str], sample: Sample) -> None:
    text = furnish(sample, FURNITURE[sample.want["language"]])
    assert facts(text) == facts(sample.text)
