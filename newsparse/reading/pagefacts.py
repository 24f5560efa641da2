"""What a page says of its article in its head: JSON-LD of schema.org, OpenGraph and other meta tags, the canonical URL.

Knows the names under which publishers state headline, times, authors, section, keywords and language. Collects the
statements as they are written, in the order of trust. Which of them are used is decided in `newsparse.layout.stated`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any

from newsparse.markup import Fact
from newsparse.text import fold

JsonObject = dict[str, Any]  # an object of JSON-LD

MAX_VALUE_CHARS = 1000  # of a statement; a longer one is left out
MAX_STATEMENTS = 100  # of one name
MAX_JSON_CHARS = 4 << 20  # of all JSON-LD of a page
MAX_NODES = 2000  # of JSON-LD that are looked at
TRUST = ("JSON-LD", "<meta", "<link", "<time", "<html", "<")  # the beginnings of tags, the most trusted first

META = {  # the property, name or itemprop of a meta tag: what it states
    "headline": "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline title",
    "published": "article:published_time article:published og:published_time datepublished pubdate publish-date"
    " publish_date publication_date publishdate published dc.date dc.date.issued dcterms.date dcterms.created"
    " dcterms.issued date sailthru.date parsely-pub-date article_date_original rnews:datepublished"
    " cxenseparse:recs:publishtime originalpublicationdate article.published datecreated",
    "updated": "article:modified_time article:modified og:updated_time lastmod last-modified last_modified"
    " dcterms.modified datemodified article.updated revised",
    "author": "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl article.author",
    "section": "article:section parsely-section articlesection section cxenseparse:recs:category",
    "keyword": "article:tag news_keywords parsely-tags sailthru.tags keywords",
    "language": "og:locale inlanguage content-language dc.language",
    "url": "og:url",
    "site": "og:site_name application-name",
    "description": "og:description description twitter:description dc.description",
}
STATED_BY = {name: statement for statement, names in META.items() for name in names.split()}
KEYS = {  # the keys of an article in JSON-LD: what they state
    "headline": "headline",
    "name": "headline",
    "datePublished": "published",
    "dateModified": "updated",
    "author": "author",
    "creator": "author",
    "articleSection": "section",
    "keywords": "keyword",
    "inLanguage": "language",
    "description": "description",
    "publisher": "site",
}
SINGLE_KEYWORD = "article:tag"  # stated once for each keyword, which may hold commas
ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "WebPage"})  # and *Article
_COMMAS = re.compile("[,،;؛|、]")
_WRAPPED = re.compile(
    r"^\s{0,99}(?:<!--|//\s{0,9}<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|//\s{0,9}\]\]>|/\*\]\]>\*/|\]\]>)\s{0,9};?\s{0,99}$"
)


class PageFacts:
    """Collects the statements of a page."""

    def __init__(self) -> None:
        """None yet."""
        self._found: dict[str, list[Fact]] = {}
        self._json_chars = 0
        self._articles: list[tuple[JsonObject, Mapping[str, JsonObject]]] = []

    def add(self, statement: str, tag: str, value: object) -> None:
        """One more statement; no text, or one that is too long for it, is left out."""
        if not isinstance(value, str) or len(value) > MAX_VALUE_CHARS:
            return
        text = " ".join(unescape(value).split())
        found = self._found.setdefault(statement, [])
        if text and len(found) < MAX_STATEMENTS and Fact(tag, text) not in found:
            found.append(Fact(tag, text))

    def meta(self, attributes: Mapping[str, str]) -> None:
        """What a meta tag states."""
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(attribute, "").strip()
            if statement := STATED_BY.get(name.lower()):
                content = attributes.get("content", "")
                is_list = statement == "keyword" and name.lower() != SINGLE_KEYWORD
                for value in _COMMAS.split(content[: MAX_VALUE_CHARS * 4]) if is_list else [content]:
                    self.add(statement, f"<meta {name}>", value)
                return

    def link(self, attributes: Mapping[str, str]) -> None:
        """The canonical URL of a link tag."""
        if "canonical" in attributes.get("rel", "").lower().split():
            self.add("url", "<link canonical>", attributes.get("href"))

    def json_ld(self, text: str) -> None:
        """What a script of JSON-LD states; damaged JSON states nothing."""
        self._json_chars += len(text)
        if self._json_chars > MAX_JSON_CHARS:
            return
        try:
            data = json.loads(_WRAPPED.sub("", text), strict=False)
        except (ValueError, RecursionError):
            return
        nodes = [*_nodes(data)]
        by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        self._articles += [(node, by_id) for node in nodes if _is_article(node)]

    def all(self) -> dict[str, tuple[Fact, ...]]:
        """The statements by name, those of a name by trust.

        Of several articles in JSON-LD, the one counts whose headline is in the page's title, or else the first. A
        WebPage counts only if there is no article.
        """
        titles = [fold(fact.value) for fact in self._found.get("headline", ())]
        ranked = sorted(
            self._articles, key=lambda found: (found[0]["@type"] == "WebPage", not _is_titled(found[0], titles))
        )
        for node, by_id in ranked[:1]:
            self._article(node, by_id)

        def trust(fact: Fact) -> int:
            return next(i for i, beginning in enumerate(TRUST) if fact.tag.startswith(beginning))

        return {name: tuple(sorted(found, key=trust)) for name, found in self._found.items() if found}

    def _article(self, node: JsonObject, by_id: Mapping[str, JsonObject]) -> None:
        """Add what an article states. An author may be a text, an object with a name, or the id of an object."""
        for key, statement in KEYS.items():
            value = node.get(key)
            if key == "keywords" and isinstance(value, str):
                value = _COMMAS.split(value[: MAX_VALUE_CHARS * 4])
            for one in _listed(value if statement != "headline" or node["@type"] != "WebPage" else None):
                of = one if isinstance(one, dict) else {"name": one}
                of = of if "name" in of else by_id.get(str(of.get("@id")), of)
                kind = next(iter(_listed(of.get("@type"))), "Person")
                tag = f"JSON-LD {key}" + (f" ({kind})" if statement == "author" and kind != "Person" else "")
                for text in _listed(of.get("name")):
                    self.add(statement, tag, text)


def _nodes(data: Any) -> Iterator[JsonObject]:
    """All objects of JSON-LD, the outer ones first, up to a limit."""
    waiting = [data]
    for one in islice(waiting, MAX_NODES):  # which grows meanwhile
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]
        elif isinstance(one, list):
            waiting += one[:MAX_NODES]


def _is_article(node: JsonObject) -> bool:
    return any(
        isinstance(name, str) and (name.endswith("Article") or name in ARTICLES) for name in _listed(node.get("@type"))
    )


def _is_titled(node: JsonObject, titles: Sequence[str]) -> bool:
    headline = node.get("headline")
    return isinstance(headline, str) and any(fold(headline) in title for title in titles)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
