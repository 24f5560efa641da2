"""The names of HTML that tell where lines end, what is not shown, and what a part of the page is.

Knows elements, microdata, microformats, and the names of classes that content systems share. No name is an outlet's.
"""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GAPPED = _set("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote figure table pre hr article section main")  # with margins
BLOCKS = GAPPED | _set(
    "address aside body button caption center dd details dialog dir div dt fieldset figcaption footer form frameset"
    " header html label legend li listing menu nav option optgroup summary tbody td textarea tfoot th thead tr"
    " amp-sidebar amp-accordion hgroup search"
)
UNSEEN = _set(
    "script style template noscript noframes iframe object embed applet video audio canvas svg select datalist head"
    " title meta link base area map param source track rp amp-analytics amp-ad amp-embed amp-iframe"
)
SCREEN_READERS = _set(  # classes whose text style sheets hide from those who see
    "sr-only screen-reader-text visually-hidden visuallyhidden screen-reader-only element-invisible"
    " visually-hidden-focusable u-visually-hidden screenreader-only"
)
PREFORMATTED = frozenset({"pre", "textarea", "listing"})
APART = frozenset({"a", "time"})  # inline elements that stand apart from one beside them
AREAS_OF_TAGS = {
    **{name: name for name in ("nav", "header", "footer", "aside", "figure", "article", "main", "form")},
    **{"blockquote": "blockquote", "table": "table", "amp-sidebar": "nav", "menu": "nav", "dialog": "dialog"},
}
AREAS_OF_NAMES = tuple(  # the area, and the words of a class or id that name it
    (area, re.compile(rf"(?:^| )(?:{words})(?:$| )"))
    for area, words in (
        ("breadcrumb", "breadcrumbs?|bread crumbs?"),
        ("comments", "comments?|commentlist|respond|disqus(?: thread)?"),
        ("related", "related|recommend(?:ed|ations?)?|most (?:read|viewed|popular)|trending|popular"),
        ("related", "read (?:also|next|more)|(?:also|see) (?:read|also)|more (?:news|stories|from)"),
        ("related", "latest(?: news| posts)?|taboola|outbrain|teasers?"),
        ("share", "shar(?:e|ing)|social|sharedaddy|addtoany|follow(?: us)?"),
        ("newsletter", "newsletter|subscri(?:be|ption)|cookies?|consent|gdpr|paywall|popup"),
        ("advertisement", "advert(?:isement)?|ads?|banner"),
        ("sidebar", "sidebar|side bar|right rail|widget area"),
        ("nav", "menu|navbar|navigation|nav|topbar|pagination|pager|skip link"),
        ("author box", "(?:about|author) (?:the )?(?:author|box|bio|card)|authorbox"),
        ("caption", "(?:wp )?caption(?: text)?|figcaption|photo credit|image (?:credit|source)"),
        ("tags", "tags?|tag (?:list|links|cloud)|tags (?:list|links)|keywords|topics"),
        ("body", "(?:article|entry|post|story|news|node|single|details?|page)(?: field)? ?(?:body|content|text|txt)"),
        ("body", "articlebody|article full text|field name body|the content|body text|content body|text body"),
        ("footer", "footer|colophon|copyright"),
    )
)
NO_AREA = re.compile(  # such words say what the page has, or which page it is
    r"^(?:(?:has|with|without|no|is|not|single|layout|page template|category)\b|tags? (?!list|links|cloud))"
)
MARKS_OF_NAMES = re.compile(
    r"(?:^|[ _-])(?:(?P<author>author(?:[_-]{1,2}(?:name|link))?|by-?line(?:[_-]{1,2}(?:name|author))?|writer)"
    r"|(?P<published>entry-date|published|dtstamp|pubdate|date-published)|(?P<updated>updated|modified|date-modified)"
    r"|(?P<headline>entry-title|article-title|post-title|headline|p-name))(?:$| )",
    re.IGNORECASE,
)
MARKS_OF_PROPERTIES = {
    "headline": "headline",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "articlesection": "section",
    "keywords": "tag",
    "articlebody": "body",
}
