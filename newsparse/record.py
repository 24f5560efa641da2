"""The data that the other modules pass on: a line, an article, an error; and the tables of fields and warnings.

Knows every field and every warning of the record, every kind and every role of a line. A code that is not in
`WarningCode` cannot be in a record: `newsparse.layout.assemble.article` refuses it. The columns of all formats, the
JSON Schema, the rows of ``--stats`` and the reference in docs/ are made from these tables; the types of fields have
their names in JSON Schema, Arrow and SQL. Knows nothing of text, words or files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, NamedTuple, TypeVar, overload

_Member = TypeVar("_Member", bound="Described")


class Described(str, Enum):
    """A string Enum whose members have a meaning: a sentence for the reference and for readers."""

    __hash__ = str.__hash__  # Enum's own hash is written in Python, and kinds and roles are looked up for every line
    _value_: str
    meaning: str

    def __new__(cls: type[_Member], value: str, meaning: str = "") -> _Member:
        """A member with this value, which prints as this string."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class WarningCode(Described):
    """A warning. In a code, `*` stands for a field, or for a name that the warning mentions; see `of`."""

    AMBIGUOUS_CALENDAR = "*.ambiguous_calendar", "The date could be of more than one calendar; none was chosen."
    AMBIGUOUS_ORDER = (
        "*.ambiguous_order",
        "Day and month could be the other way round; the day was taken to come first.",
    )
    ASSUMED_MIDNIGHT = (
        "*.assumed_midnight",
        "Only the day is known; the format asked for a time, and midnight was written.",
    )
    ASSUMED_UTC = "*.assumed_utc", "The zone is not known; the format asked for one, and UTC was written."
    BAD_TIME = "*.bad_time", "The clock shows an impossible time; the day alone was kept."
    CONTINUED = "*.continued", "The text is longer than a cell of the format holds; it goes on elsewhere in the file."
    CONTROL_CHARACTER = (
        "*.control_character",
        "The text holds control characters, which the format does not; they were replaced.",
    )
    FUTURE = "*.future", "The day is after that of --now, or after 2039."
    HIJRI_MISMATCH = (
        "*.hijri_mismatch",
        "The Hijri date is not the same day as the Gregorian one beside it; the Gregorian one was kept.",
    )
    INVALID = "*.invalid", "The line looks like a time, but there is no such day."
    LIST_SEPARATOR = "*.list_separator", "An item of the list holds the sign that separates items; it was replaced."
    META_MISMATCH = "*.meta_mismatch", "The tags of the page state another day than its text; the text was kept."
    NO_DAY = "*.no_day", "The month is known, but not the day."
    NO_YEAR = "*.no_year", "Day and month are known, but not the year."
    RELATIVE = "*.relative", "The time counts from now, and now is not given or the line says too little; see --now."
    TWO_DIGIT_YEAR = "*.two_digit_year", "The year has two digits; --now would prove its century."
    UNEVEN_DIGITS = "*.uneven_digits", "Day or month has a leading zero and the other has not; a digit may be lost."
    UNKNOWN_WORDS = (
        "*.unknown_words",
        "Words that no list knows stand beside the time; it may be of an event or a picture.",
    )
    WEEKDAY_MISMATCH = "*.weekday_mismatch", "The weekday does not fit the date; the date was kept."
    BODY_CUT = "body.cut", "The text ends in the middle of a sentence; the file may not be complete."
    BODY_MISSING = "body.missing", "No body was found."
    ENCODING = "encoding.*", "The text was decoded as *, because --encoding said so."
    ENCODING_GUESSED = "encoding.guessed", "The encoding was guessed, because --encoding auto said so."
    ENCODING_REPLACED = (
        "encoding.replaced",
        "A few bytes are not in the encoding that the page names; they were replaced.",
    )
    HEADLINE_MISSING = "headline.missing", "No headline was found."
    SPLIT_DOUBTFUL = "split.doubtful", "The record may hold more than one article; --explain shows where."
    TEXT_ESCAPES = (
        "text.escapes",
        "The text holds entities of HTML (&quot;) or escapes of JSON (\\n), left as they are; decode them first.",
    )
    TEXT_FAULT = "text.fault", "Reading this text failed inside newsparse; please report it."
    TEXT_MISSING = "text.missing", "There was no text."
    TEXT_MOJIBAKE = "text.mojibake", "The letters look as if they had been read in a wrong encoding."
    TEXT_ROWS = "text.rows", "A cell of the CSV holds lines that look like rows; look for a quote that is not closed."
    TEXT_SURROGATE = "text.surrogate", "The text holds halves of characters, which were replaced."
    TEXT_UNDECODABLE = "text.undecodable", "The bytes are no text in this encoding."

    def of(self, name: str) -> str:
        """The code for a field, or with the name that the warning mentions.

        >>> WarningCode.INVALID.of("published"), WarningCode.ENCODING.of("windows-1256")
        ('published.invalid', 'encoding.windows-1256')
        """
        return str(self.value).replace("*", name)

    @classmethod
    def named(cls, code: str) -> WarningCode:
        """The member that a code in a record belongs to.

        >>> WarningCode.named("published.invalid")
        <WarningCode.INVALID: '*.invalid'>

        Raises:
            ValueError: there is no such code.
        """
        first, _, last = code.partition(".")
        for value in (code, f"*.{last}", f"{first}.*"):
            if value in _VALUES:
                return cls(value)
        raise ValueError(f"no warning {code!r}; newsparse/record.py lists all of them")


_VALUES = frozenset(member.value for member in WarningCode)


def meaning_of(code: str, translated: Callable[[str], str] = str) -> str:
    """The meaning of a code as a sentence, which `translated` may translate.

    >>> meaning_of("published.weekday_mismatch")
    'The weekday does not fit the date; the date was kept.'
    >>> meaning_of("encoding.windows-1256")
    'The text was decoded as windows-1256, because --encoding said so.'

    Raises:
        ValueError: there is no such code.
    """
    return translated(WarningCode.named(code).meaning).replace("*", code.partition(".")[2])


DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([+-]([01][0-9]|2[0-3]):[0-5][0-9])?"
ONE_LINE = r"^[^\n\r]*$"
TAG = r"^[^#\n\r][^\n\r]*$"
LANGUAGE_TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def _list_of(pattern: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "minLength": 1, "pattern": pattern}}


_DROPPED_LINE = {
    "type": "object",
    "required": ["line", "role", "text"],
    "additionalProperties": False,
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "role": {"type": "string"},
        "text": {"type": "string", "minLength": 1},
    },
}


class Type(Enum):
    """The type of a field: its name for readers, its JSON Schema, and its type in Arrow and in SQL.

    In the name for readers, ``?`` is "or null" and brackets are a list. In SQL, lists are JSON.
    """

    IDENTIFIER = "identifier", "text", {"type": "string", "pattern": "^np1-[0-9a-f]{16}$"}, "string"
    NAME = "name", "text", {"type": "string", "minLength": 1}, "string"
    LINE = "line", "text?", {"type": ["string", "null"], "minLength": 1, "pattern": ONE_LINE}, "string"
    JOINED = "joined", "text?", {"type": ["string", "null"], "minLength": 1, "pattern": ONE_LINE}, "string"
    TEXT = "text", "text?", {"type": ["string", "null"], "minLength": 1}, "string"
    TIME = "time", "text?", {"type": ["string", "null"], "pattern": f"^{DAY}({CLOCK})?$"}, "timestamp"
    DAY = "day", "text?", {"type": ["string", "null"], "pattern": f"^{DAY}$"}, "date32"
    LANGUAGE = "language", "text?", {"type": ["string", "null"], "pattern": LANGUAGE_TAG}, "string"
    NUMBER = "number", "number", {"type": "integer", "minimum": 1}, "int64"
    LINES = "lines", "[text]", _list_of(ONE_LINE), "list<string>"
    PARAGRAPHS = "paragraphs", "[text]", _list_of(ONE_LINE), "list<string>"
    TAGS = "tags", "[text]", {**_list_of(TAG), "uniqueItems": True}, "list<string>"
    CODES = "codes", "[text]", _list_of("^[a-z_]+\\.[a-z0-9_-]+$"), "list<string>"
    DROPPED = "dropped", "[object]", {"type": "array", "items": _DROPPED_LINE}, "list<dropped>"

    def __init__(self, _: str, told: str, schema: dict[str, Any], arrow: str) -> None:
        """The columns of the table above. The first is a name, because all values of an Enum must differ."""
        self.told, self.schema, self.arrow = told, schema, arrow
        self.sql = "INTEGER" if arrow == "int64" else "TEXT"
        self.is_list = told.startswith("[")


class Field(NamedTuple):
    """A row of the table of fields.

    ``meaning`` is one sentence. ``ninjs`` and ``jsonld`` are properties with their shapes, in which ``*`` is the value;
    a shape in a list is repeated for each value of a list. ``in_table``: CSV, TSV and xlsx have the column by default,
    in xlsx ``width`` characters wide. ``is_found``: ``--stats`` counts the records that have the field. A derived field
    stands ``after`` another one, and ``compute`` makes it of an article, unless only the run knows it.
    """

    name: str
    type: Type
    english: str
    arabic: str
    meaning: str
    ninjs: Mapping[str, Any] = {}
    jsonld: Mapping[str, Any] = {}
    in_table: bool = True
    is_found: bool = True
    width: int = 20
    after: str = ""
    compute: Callable[..., Any] | None = None


def row(type: Type, english: str, arabic: str, meaning: str, *, default: Any = None, **more: Any) -> Any:
    """A field of a dataclass, with its row as metadata. An unknown list is (), all else is `default`."""
    found = Field("", type, english, arabic, meaning, **more)
    return field(default=() if type.is_list else default, metadata={"row": found})


class Kind(Described):
    """The look of a line, whatever stands around it."""

    BLANK = "blank", "A line without text."
    STAMP = "stamp", "A date, or a date with a clock time, perhaps with labels."
    CLOCK = "clock", "A clock time without a date."
    BYLINE = "byline", "A credit: agencies, persons or places."
    NAME = "name", "A line that may be the name of a person."
    TAGS = "tags", "Hashtags."
    TAG_LABEL = "tag label", "A label that introduces a list of tags."
    SECTION = "section", "The name of a section."
    FURNITURE = "furniture", "A part of the page around the article: a menu, a button, a copyright notice."
    FURNITURE_HEAD = (
        "furniture head",
        "The heading of a box, such as «read also», to which titles below it belong.",
    )
    END = "end of article", "A sign or phrase that ends the article."
    CAPTION = "caption", "The caption or credit of a picture."
    SHORT = "short", "A short line without the sign that ends a sentence."
    SENTENCE = "sentence", "A line that ends as a sentence does."
    PARAGRAPH = "paragraph", "A long line."
    SEPARATOR = "separator", "A line of signs alone."
    BOXED = "boxed", "A line inside the body that is no part of it: an advertisement, a box that says where it ends."


PROSE = frozenset({Kind.PARAGRAPH, Kind.SENTENCE})


class Role(Described):
    """The part that a line plays in its article; the values are what ``--explain`` prints."""

    HEADLINE = "headline", "The main title."
    STANDFIRST = "standfirst", "The short summary under the headline."
    PUBLISHED = "published", "The time of publication."
    UPDATED = "updated", "The time of an update."
    BYLINE = "byline", "A credit: agency, authors, place."
    SECTION = "section", "The section of the site that the article stands in."
    BODY = "body", "A paragraph of the article."
    CONTINUED = "continued", "The rest of a paragraph that was wrapped onto several lines."
    HASHTAGS = "hashtags", "Tags of the article."
    ECHO = "echo", "The headline again, or another part of the article that is repeated."
    KICKER = "kicker", "A few words above the headline that introduce it."
    FURNITURE = "furniture", "A part of the page around the article: menus, buttons, boxes, copyright."
    CAPTION = "caption", "The caption or credit of a picture."
    TIMESTAMP = "timestamp", "A time that was not used."
    OTHER = "other", "A line that has no other role."


DROPPED = frozenset({Role.ECHO, Role.KICKER, Role.FURNITURE, Role.CAPTION, Role.TIMESTAMP, Role.OTHER})


class Line(NamedTuple):
    """One line of the input, with its kind, its role and the reason.

    ``key`` is the text folded for comparison (`newsparse.text.fold`). ``gives`` are the fields of the record that the
    line settles, by name; if it is None, the text itself is the value of the field that the role names. ``found`` is
    what a reader found in the line before the roles were settled: a `newsparse.times.timestamp.Timestamp`, a
    `newsparse.names.byline.Credit`, a list of tags. The record is the sum of its lines: `newsparse.layout.assemble`.
    """

    number: int
    text: str
    key: str
    kind: Kind
    role: Role = Role.OTHER
    why: str = ""
    gives: Mapping[str, Any] | None = None
    found: Any = None


class Lines(Sequence[Line]):
    """Lines by columns: one list for each attribute of `Line`.

    Most steps need one attribute of all lines, and a list is fast to search. A `Line` is made when one is asked for.
    """

    __slots__ = ("founds", "gives", "keys", "kinds", "numbers", "roles", "texts", "whys")
    numbers: list[int]
    texts: list[str]
    keys: list[str]
    kinds: list[Kind]
    roles: list[Role]
    whys: list[str]
    gives: list[Mapping[str, Any] | None]
    founds: list[Any]

    def __init__(self, columns: Sequence[list[Any]]) -> None:
        """The lines with these columns, in the order of the attributes of `Line`. The lists are not copied."""
        self.numbers, self.texts, self.keys, self.kinds, self.roles, self.whys, self.gives, self.founds = columns

    @staticmethod
    def of(lines: Iterable[Line]) -> Lines:
        """The lines by columns."""
        return Lines([*map(list, zip(*lines, strict=True))] or [[] for _ in Line._fields])

    def at(self, places: Sequence[int]) -> Lines:
        """The lines at these places, by columns of their own."""
        return Lines([[column[i] for i in places] for column in self.columns()])

    def columns(self) -> tuple[list[Any], ...]:
        """The lists, in the order of the attributes of `Line`."""
        return self.numbers, self.texts, self.keys, self.kinds, self.roles, self.whys, self.gives, self.founds

    def __len__(self) -> int:
        """The number of lines."""
        return len(self.texts)

    def __iter__(self) -> Iterator[Line]:
        """Each line as a `Line`."""
        return map(Line._make, zip(*self.columns(), strict=True))

    @overload
    def __getitem__(self, i: int) -> Line: ...
    @overload
    def __getitem__(self, i: slice) -> Lines: ...
    def __getitem__(self, i: int | slice) -> Line | Lines:
        """One line, or several lines by columns."""
        if isinstance(i, slice):
            return Lines([column[i] for column in self.columns()])
        return Line._make(column[i] for column in self.columns())


class Dropped(NamedTuple):
    """A line that is in no field of the record, with its number and role."""

    line: int
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the fields of the record. A field is added here and nowhere else; `FIELDS` has these rows.

    Lists are tuples. None is unknown. Times are ISO 8601, as the page's clock shows them.
    """

    id: str = row(
        *(Type.IDENTIFIER, "Id", "المعرّف"),
        "A hash of headline, published and body, or of all lines if a page has neither headline nor body.",
        ninjs={"uri": "urn:newsparse:*"},
        jsonld={"@id": "urn:newsparse:*", "identifier": ["*"]},
        is_found=False,
        default="",
    )
    headline: str | None = row(
        *(Type.LINE, "Headline", "العنوان"),
        "The main title, once, without the site's name.",
        ninjs={"headlines": [{"role": "main", "contentType": "text/plain", "value": "*"}]},
        jsonld={"headline": "*"},
        width=50,
    )
    standfirst: str | None = row(
        *(Type.LINE, "Standfirst", "المقدمة"),
        "The short summary under the headline, only on evidence; never the first paragraph by guess.",
        ninjs={"descriptions": [{"role": "summary", "contentType": "text/plain", "value": "*"}]},
        jsonld={"description": "*"},
        width=50,
    )
    published: str | None = row(
        *(Type.TIME, "Published", "تاريخ النشر"),
        "ISO 8601 as the page's clock shows it, with an offset only where one is known; or the day alone.",
        ninjs={"contentCreated": "*", "versionCreated": "*"},
        jsonld={"datePublished": "*"},
        width=27,
    )
    updated: str | None = row(
        *(Type.TIME, "Updated", "تاريخ التحديث"),
        "The same, for a time that the page calls an update.",
        ninjs={"versionCreated": "*"},
        jsonld={"dateModified": "*"},
        width=27,
    )
    agency: str | None = row(
        *(Type.JOINED, "Agency", "الوكالة"),
        "The news agency or outlet that is credited, by its canonical name; several are joined with ` / `.",
        ninjs={"infoSources": [{"name": "*"}]},
        jsonld={"sourceOrganization": [{"@type": "NewsMediaOrganization", "name": "*"}]},
    )
    authors: tuple[str, ...] = row(
        *(Type.LINES, "Authors", "الكتّاب"),
        "Persons only: no agency, no desk, no city.",
        ninjs={"people": [{"name": "*", "rel": "author"}]},
        jsonld={"author": [{"@type": "Person", "name": "*"}]},
    )
    location: str | None = row(
        *(Type.LINE, "Location", "المكان"),
        "The dateline's place, as printed.",
        ninjs={"located": "*"},
        jsonld={"dateline": "*", "locationCreated": {"@type": "Place", "name": "*"}},
    )
    byline: str | None = row(
        *(Type.TEXT, "Byline", "سطر الكاتب"),
        "The line or lines that agency, authors and location were read from, as printed.",
        ninjs={"by": "*"},
        jsonld={"creditText": "*"},
        width=30,
    )
    section: str | None = row(
        *(Type.LINE, "Section", "القسم"),
        "The section of the site, as the page shows it.",
        ninjs={"subjects": [{"name": "*", "rel": "section"}]},
        jsonld={"articleSection": "*"},
    )
    body: tuple[str, ...] = row(
        *(Type.PARAGRAPHS, "Body", "النص"),
        "The paragraphs, in order, as printed; a dateline that opens the first one stays in it.",
        ninjs={"bodies": [{"role": "main", "contentType": "text/plain", "value": "*"}]},
        jsonld={"articleBody": "*"},
        width=90,
    )
    hashtags: tuple[str, ...] = row(
        *(Type.TAGS, "Hashtags", "الوسوم"),
        "The article's tags without `#`, in order, each once; also those of a list below a label.",
        ninjs={"subjects": [{"name": "*", "rel": "hashtag"}]},
        jsonld={"keywords": ["*"]},
        width=30,
    )
    language: str | None = row(
        *(Type.LANGUAGE, "Language", "اللغة"),
        "A language tag of BCP 47, such as `ar`, `fa`, `tr`, `en`.",
        ninjs={"language": "*"},
        jsonld={"inLanguage": "*"},
        width=10,
    )
    dropped: tuple[Dropped, ...] = row(
        *(Type.DROPPED, "Dropped", "المستبعد"),
        "The lines that are in no other key, each with its number and its role.",
        in_table=False,
        is_found=False,
    )
    warnings: tuple[str, ...] = row(
        *(Type.CODES, "Warnings", "التنبيهات"),
        "Stable codes.",
        ninjs={"edNote": "*"},
        is_found=False,
        width=30,
    )
    source: str = row(
        *(Type.NAME, "Source", "المصدر"),
        "The input's name as given; `-` for standard input.",
        ninjs={"altIds": [{"role": "source", "value": "*"}]},
        jsonld={"identifier": [{"@type": "PropertyValue", "propertyID": "source", "value": "*"}]},
        is_found=False,
        default="-",
    )
    line: int = row(
        *(Type.NUMBER, "Line", "السطر"),
        "The line of the input at which the article begins, from 1.",
        is_found=False,
        default=0,
        width=8,
    )

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON has it: every key, in the order of the fields."""
        record: dict[str, Any] = {}
        for name, is_list in _NAMES:
            value = getattr(self, name)
            record[name] = list(value) if is_list else value
        record["dropped"] = [dropped._asdict() for dropped in self.dropped]
        return record


FIELDS: tuple[Field, ...] = tuple(each.metadata["row"]._replace(name=each.name) for each in fields(Article))
_NAMES = [(field.name, field.type.is_list) for field in FIELDS]


class NewsparseError(Exception):
    """An error that the user can correct. The message says where it is, what was expected and what to do."""


class VocabError(NewsparseError):
    """A word list has a wrong format."""


class DecodeError(NewsparseError):
    """Some bytes are not in the expected encoding."""
