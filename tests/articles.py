"""Articles for tests of what is written: one by hand, and any that the record allows."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import strategies as st

from newsparse.record import DROPPED, Article, Dropped
from newsparse.writing.output import output_to
from newsparse.writing.write import encoder_of

PLAIN = Article(
    id="np1-0123456789abcdef",
    headline="افتتاح مكتبة جديدة في وسط المدينة",
    standfirst=None,
    published="2024-03-05T09:30:00",
    updated=None,
    agency="رويترز",
    authors=("سلمى حداد", "Ana Lopes"),
    location="تونس",
    byline="تونس (رويترز)",
    section=None,
    body=("قال المدير إن المكتبة «تفتح أبوابها» غدا، ودخولها مجاني.", 'وأضاف: "ننتظر الجميع".'),
    hashtags=("مكتبات", "تونس العاصمة"),
    language="ar",
    dropped=(Dropped(1, "furniture", "الرئيسية"), Dropped(7, "caption", "صورة من الأرشيف")),
    warnings=("published.no_year",),
    source="news/a.txt",
    line=1,
)

FORMULA = '=HYPERLINK("http://example.org","اضغط")'
NASTY = (
    *(FORMULA, "+1", "-1+2", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "\u200f=1", "\ufeff=1"),
    *("a,b", 'a"b', '"', '""', '"a"', ",", ";", "|", "a|b", "'", "'=1", "\\", "\\n", "a\\tb", " a ", " ", "#a", "/* a"),
    *("NA", "nan", "null", "None", "True", "00123", "1e5", "0x1F", "1,000", "2024-01-01", "12:30", "inf", "-", "--"),
    *(
        "\u202eabc\u202c",
        "\u2067a\u2069",
        "1\u200f.5",
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧",
        "𐎠",
        "e\u0301",
        "ـ",
        "ﷺ",
        "\u00a0",
    ),
)
LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1, max_size=12) | st.sampled_from(
    NASTY
)
LINES = st.lists(LINE, max_size=4, unique=True).map(tuple)
MAYBE = st.none() | LINE
TIMES = st.sampled_from((None, "2024-03-05", "2024-03-05T09:30:00", "2024-03-05T09:30:00+03:00", "1899-12-31T00:00:00"))
ROLES = st.sampled_from(sorted(role.value for role in DROPPED))


def article(**changes):
    """The plain article, changed."""
    return replace(PLAIN, **changes)


def articles(lines=LINE):
    """Any article, as a strategy; its texts are of `lines`."""
    several = st.lists(lines, max_size=4, unique=True).map(tuple)
    return st.builds(
        Article,
        id=st.integers(0, 2**64 - 1).map(lambda number: f"np1-{number:016x}"),
        **dict.fromkeys(("headline", "standfirst", "agency", "location", "byline", "section"), st.none() | lines),
        **dict.fromkeys(("published", "updated"), TIMES),
        **dict.fromkeys(("authors", "body"), several),
        hashtags=several.map(lambda tags: tuple(tag for tag in tags if tag[0] != "#")),
        language=st.sampled_from((None, "ar", "fa", "zh-Hant")),
        dropped=st.lists(st.builds(Dropped, st.integers(1, 99), ROLES, lines), max_size=3).map(tuple),
        warnings=st.sampled_from(((), ("headline.missing",), ("encoding.windows-1256", "published.invalid"))),
        source=lines,
        line=st.integers(1, 10**7),
    )


@contextmanager
def opened_table(form: str, path: str, **options: object) -> Iterator[SimpleNamespace]:
    """A file of records to which the block adds some, as a run does."""
    with output_to(path) as output, closing(encoder_of(form, **options)) as encoder:
        output.write(encoder.begin())
        add = lambda *record: output.write(encoder.encode(*record))  # noqa: E731
        yield SimpleNamespace(add=add, notes=encoder.notes, added=encoder.added)
        for piece in encoder.end():
            output.write(piece)
