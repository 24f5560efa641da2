"""Records in the words of others: IPTC's ninjs 3.1, and schema.org's NewsArticle as JSON-LD. One object a line.

Knows which field is which property there. Both say less than the record: what was dropped is not in them. Fields that
are null are left out, kept ones are identifiers.

https://iptc.org/standards/ninjs/ and https://schema.org/NewsArticle
"""

from __future__ import annotations

from datetime import datetime, timezone, tzinfo
from typing import Any

from newsparse.codes import WarningCode
from newsparse.record import Article
from newsparse.writing.encoder import Encoder
from newsparse.writing.fields import PARAGRAPH_BREAK, Extra, Options
from newsparse.writing.jsontext import dumps, utf8

URN = "urn:newsparse:"
NINJS = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
PLAIN = "text/plain"
ASSUMED_UTC = "some times have no offset and are written as UTC, which may be wrong; name their zone with --tz"
_DAY = len("2024-09-17")
_SECOND = len("2024-09-17T13:22:00")


class Objects(Encoder):
    """An object a line, in the words of a standard."""

    def __init__(self, options: Options) -> None:
        """Objects whose times, where they need an offset and have none, are in the zone of the options."""
        super().__init__(options)
        self._tz: tzinfo | None = options.tz

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The object of an article."""
        found = self._object(article, extra or {})
        return utf8(dumps({name: value for name, value in found.items() if value}) + "\n")

    def _object(self, article: Article, extra: Extra) -> dict[str, Any]:
        """The properties; those without a value are left out."""
        raise NotImplementedError


class Ninjs(Objects):
    """IPTC ninjs 3.1."""

    def _object(self, article: Article, extra: Extra) -> dict[str, Any]:
        codes = list(article.warnings)
        published = self._instant("published", article.published, codes)
        updated = self._instant("updated", article.updated, codes)
        return {
            "uri": URN + article.id,
            "type": "text",
            "standard": NINJS,
            "language": article.language,
            "contentCreated": published,
            "versionCreated": updated or published,
            "headlines": _texts("main", article.headline),
            "descriptions": _texts("summary", article.standfirst),
            "bodies": _texts("main", PARAGRAPH_BREAK.join(article.body)),
            "by": article.byline,
            "located": article.location,
            "people": [{"name": name, "rel": "author"} for name in article.authors],
            "infoSources": [{"name": name} for name in _agencies(article)],
            "subjects": [
                *([{"name": article.section, "rel": "section"}] if article.section else []),
                *({"name": name, "rel": "hashtag"} for name in article.hashtags),
            ],
            "altIds": [{"role": name, "value": value} for name, value in _identifiers(article, extra)],
            "edNote": " ".join(codes),
        }

    def _instant(self, field: str, time: str | None, codes: list[str]) -> str | None:
        """The time with an offset, as RFC 3339 has it; a code for each part of it that is assumed."""
        if time is None or len(time) > _SECOND:
            return time
        if len(time) == _DAY:
            codes.append(self._assumed(WarningCode.ASSUMED_MIDNIGHT.of(field)))
        if self._tz is None:
            self.notes.add(ASSUMED_UTC)
            codes.append(self._assumed(WarningCode.ASSUMED_UTC.of(field)))
        moment = datetime.fromisoformat(time).replace(tzinfo=self._tz or timezone.utc)
        offset = moment.utcoffset()
        if offset and offset.seconds % 60:  # local mean time, before there were zones
            moment = moment.astimezone(timezone.utc)
        return moment.isoformat()

    def _assumed(self, code: str) -> str:
        self.added[code] += 1
        return code


class JsonLd(Objects):
    """A schema.org NewsArticle."""

    def _object(self, article: Article, extra: Extra) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": URN + article.id,
            "url": extra.get("url"),
            "headline": article.headline,
            "description": article.standfirst,
            "datePublished": article.published,
            "dateModified": article.updated,
            "author": [{"@type": "Person", "name": name} for name in article.authors],
            "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": name} for name in _agencies(article)],
            "creditText": article.byline,
            "dateline": article.location,
            "locationCreated": {"@type": "Place", "name": article.location} if article.location else None,
            "articleSection": article.section,
            "articleBody": PARAGRAPH_BREAK.join(article.body),
            "keywords": article.hashtags,
            "inLanguage": article.language,
            "identifier": [
                article.id,
                *(
                    {"@type": "PropertyValue", "propertyID": name, "value": value}
                    for name, value in _identifiers(article, extra)
                    if name != "url"
                ),
            ],
        }


def _texts(role: str, text: str | None) -> list[dict[str, str]]:
    return [{"role": role, "contentType": PLAIN, "value": text}] if text else []


def _agencies(article: Article) -> list[str]:
    return article.agency.split(" / ") if article.agency else []


def _identifiers(article: Article, extra: Extra) -> list[tuple[str, str]]:
    """Where the article comes from, and what was kept of it: names and texts."""
    kept = [(name, value if isinstance(value, str) else dumps(value)) for name, value in extra.items()]
    return [("source", f"{article.source}:{article.line}"), *(pair for pair in kept if pair[1] not in ("", "null"))]
