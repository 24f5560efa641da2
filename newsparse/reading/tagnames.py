"""Names of elements, attributes and classes that tell where lines end, what is hidden, and what an area is.

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
    "script style template noscript noframes iframe object embed applet video audio canvas svg select datalist"
    " title meta link base area map param source track rp amp-analytics amp-ad amp-embed amp-iframe"
)
SCREEN_READERS = _set(  # classes whose text style sheets hide from those who see
    "sr-only screen-reader-text visually-hidden visuallyhidden screen-reader-only element-invisible"
    " visually-hidden-focusable u-visually-hidden screenreader-only"
)
PREFORMATTED = frozenset({"pre", "textarea", "listing"})
APART = frozenset({"a", "time"})  # inline elements that stand apart from one beside them
AREAS_OF_TAGS = {
    **{name: name for name in ("nav", "header", "footer", "aside", "figure", "figcaption", "article", "main")},
    **{name: name for name in ("button", "label", "legend", "option", "textarea", "summary")},
    **{"blockquote": "blockquote", "table": "table", "amp-sidebar": "nav", "menu": "nav", "dialog": "dialog"},
}
_OF_SITE = r"(?!(?:news|article|post|entry|story) )(?:\w{1,40} ){0,9}"
_OF_MENU = "bar|menu|links?|items?|container|wrapper|list|main|header|inner|block|top|left|right|desktop|mobile|\\d+"
AREAS_OF_NAMES = tuple(  # the area, and the words of a class or id that name it
    (area, re.compile(rf"(?:^| )(?:{words})(?:$| )"))
    for area, words in (
        ("breadcrumb", "bread ?crumbs?|breadcumbs?"),
        ("comments", "comments?|commentlist|respond|disqus(?: thread)?"),
        ("related", "related|recommend(?:ed|ations?)?|most (?:read|viewed|popular)|trending|popular"),
        ("related", "read (?:also|next|more)|(?:also|see) (?:read|also)|more (?:news|stories|from)"),
        ("related", "latest(?: news| posts)?|taboola|outbrain"),
        ("share", "shar(?:e|ing)|social|sharedaddy|addtoany|follow(?: us)?"),
        ("newsletter", "newsletter|subscribe|cookies?|consent|gdpr|popup"),  # the class paywall is around the article
        ("advertisement", "advert(?:isement)?|ads?|ad banner"),
        (
            "logo",
            "(?:site |header )?logo|site (?:title|name|branding|description)|logo (?:area|wrapper)|navbar brand",
        ),
        ("sidebar", "sidebar|side bar|right rail|widget area"),
        ("nav", rf"^(?:{_OF_SITE})(?:menu|navbar|navigation|nav|topbar|top bar)(?: (?:{_OF_MENU}))*$|pagination|pager"),
        ("author box", "(?:about|author) (?:the )?(?:author|box|bio|card)|authorbox"),
        ("caption", "(?:wp )?caption(?: text)?|figcaption|photo credit|image (?:credit|source)"),
        ("tags", "(?:hash )?tags?|hashtags?|tag (?:list|links|cloud)|tags (?:list|links)|keywords|topics"),
        ("body", "(?:article|entry|post|story|news|node|single|details?)(?: field)? ?(?:body|content|text|txt)"),
        ("body", "articlebody|article full text|field name body|the content|body text|content body|text body"),
        ("footer", "(?<!post )(?<!entry )(?<!article )(?<!story )(?<!card )footer|colophon|copyright"),
    )
)
META_BLOCKS = re.compile(  # blocks whose inline elements stand apart: author, time, section, counters
    r"(?:^|[ _-])(?:meta|info|infos|submitted|dateline|details|signature|credits?|bar)(?:$|[ _-])", re.IGNORECASE
)
META_NAMES = re.compile(  # parts of a line that are lines of their own
    r"(?:^|[ _-])(?:date|time|author|byline|writer|reporter|source|category|section|published|posted"
    r"|kicker|overline|topline|headline)(?:$|[ _-])",
    re.IGNORECASE,
)
NO_AREA = re.compile(  # such words say what the page has, or which page it is
    r"^(?:(?:has|with|without|no|is|not|single|layout|page template|category)\b|tags? (?!list|links|cloud))"
)
MARKS_OF_NAMES = re.compile(
    r"(?:^|[ _-])(?:(?P<author>author(?:[_-]{1,2}(?:name|link))?|by-?line(?:[_-]{1,2}(?:name|author))?|writer)"
    r"|(?P<published>entry-date|published|dtstamp|pubdate|date-published)|(?P<updated>updated|modified|date-modified)"
    r"|(?P<section>cat(?:egory)?-links?|category-name|(?:article|post|entry)-(?:section|category))"
    r"|(?P<headline>entry-title|article-title|post-title|headline|p-name))(?:$| )",
    re.IGNORECASE,
)
MARKED_LINKS = {".tags": "tag", ".breadcrumb": "step"}  # what the links of an area are
MARKS_OF_LINKS = {"author": "author", "category": "section", "tag": "tag"}
MARKS_OF_PROPERTIES = {
    "headline": "headline",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "articlesection": "section",
    "keywords": "tag",
}
