"""The types of the record's fields, and the columns of the table of fields.

Knows JSON Schema, and the names of types in Arrow and SQL. The table itself is `newsparse.record.FIELDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import Enum
from typing import Any, NamedTuple

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
