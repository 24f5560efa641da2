"""The JSON Schema of the record, made from the table of its fields.

Knows JSON Schema. The fields and their types stand in `newsparse.record`.
"""

from __future__ import annotations

import json
from typing import Any

from newsparse.record import DROPPED, Role
from newsparse.writing.fields import BY_NAME, RECORD


def json_schema() -> str:
    """The schema as text: JSON Schema, draft 2020-12."""
    derived = "Where --fields names it: "
    properties: dict[str, Any] = {
        name: {"description": (row.meaning if name in RECORD else derived + row.meaning), **row.type.schema}
        for name, row in BY_NAME.items()
    }
    roles = [role.value for role in Role if role in DROPPED]
    items = properties["dropped"]["items"]
    properties["dropped"]["items"] = items | {"properties": items["properties"] | {"role": {"enum": roles}}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:newsparse:record",
        "title": "newsparse record",
        "description": "One news article. Every key is always there; unknown is null, an empty list is [].",
        "type": "object",
        "required": RECORD,
        "properties": properties,
        "additionalProperties": {"description": "A field of the input that --keep names: any JSON."},
    }
    return json.dumps(schema, indent=2)
