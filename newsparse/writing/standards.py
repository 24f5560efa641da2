"""Formats of standards: IPTC ninjs 3.1, and NewsArticle of schema.org as JSON-LD. One object on each line.

Knows the properties that are the same in each object, and how to fill the shapes in the table of fields. The dropped
lines are in neither format. Null fields are left out, and kept fields become identifiers.

https://iptc.org/standards/ninjs/ and https://schema.org/NewsArticle
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from newsparse.record import FIELDS, Article, Field, Type, WarningCode
from newsparse.writing.write import PARAGRAPH_BREAK, Extra, JsonLines, dumps

NINJS = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
ASSUMED_UTC = "some times have no offset and are written as UTC, which may be wrong; name their zone with --tz"
_DAY = len("2024-09-17")
_SECOND = len("2024-09-17T13:22:00")


class Ninjs(JsonLines):
    """IPTC ninjs 3.1."""

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article. Times without an offset are times of the zone in the options."""
        found: dict[str, Any] = {"type": "text", "standard": NINJS}
        codes = list(article.warnings)
        for field in FIELDS:
            values = codes if field.type is Type.CODES else _values(field, article)
            if field.type is Type.TIME:
                values = [self._instant(field.name, time, codes) for time in values]
            _fill(found, field.ninjs, values)
        found["altIds"] += [{"role": name, "value": value} for name, value in _kept(extra).items()]
        return _filled_only(found)

    def _instant(self, field: str, time: str, codes: list[str]) -> str:
        """The time with an offset, as RFC 3339 requires. Adds a warning to `codes` for each assumption."""
        if len(time) > _SECOND:
            return time
        if len(time) == _DAY:
            codes.append(self._assumed(WarningCode.ASSUMED_MIDNIGHT.of(field)))
        if self.tz is None:
            self.notes.add(ASSUMED_UTC)
            codes.append(self._assumed(WarningCode.ASSUMED_UTC.of(field)))
        moment = datetime.fromisoformat(time).replace(tzinfo=self.tz or timezone.utc)
        offset = moment.utcoffset()
        if offset and offset.seconds % 60:  # local mean time, before there were zones
            moment = moment.astimezone(timezone.utc)
        return moment.isoformat()

    def _assumed(self, code: str) -> str:
        self.added[code] += 1
        return code


class JsonLd(JsonLines):
    """A schema.org NewsArticle."""

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article."""
        found: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
        found["url"] = (extra or {}).get("url")
        for field in FIELDS:
            _fill(found, field.jsonld, _values(field, article))
        found["identifier"] += [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in _kept(extra).items()
            if name != "url"
        ]
        return _filled_only(found)


def _values(field: Field, article: Article) -> list[str]:
    """The values of a field as texts; each may become an object of its own."""
    value = getattr(article, field.name)
    if not value or field.type is Type.DROPPED:
        return []
    if field.type is Type.PARAGRAPHS:
        return [PARAGRAPH_BREAK.join(value)]
    if field.type is Type.JOINED:
        return [*value.split(" / ")]
    if field.name == "source":
        return [f"{value}:{article.line}"]
    return [*value] if field.type.is_list else [str(value)]


def _fill(found: dict[str, Any], shapes: Mapping[str, Any], values: list[str]) -> None:
    """Add the properties of a field. A list gets an item for each value; otherwise the values are joined."""
    for name, shape in shapes.items() if values else ():
        if isinstance(shape, list):
            found.setdefault(name, []).extend(_filled(shape[0], value) for value in values)
        else:
            found[name] = _filled(shape, " ".join(values))


def _filled(shape: Any, value: str) -> Any:
    """The shape, with ``*`` replaced by the value."""
    if isinstance(shape, str):
        return shape.replace("*", value)
    return {name: _filled(part, value) for name, part in shape.items()}


def _filled_only(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


def _kept(extra: Extra | None) -> dict[str, str]:
    """The kept fields that have a value, as texts."""
    texts = {name: value if isinstance(value, str) else dumps(value) for name, value in (extra or {}).items()}
    return {name: text for name, text in texts.items() if text not in ("", "null")}
