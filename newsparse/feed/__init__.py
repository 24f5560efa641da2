r"""Learning a feed: a line that is on many pages of one source is not part of the article.

>>> from newsparse import feed, parse
>>> story = "Sign up for our letter\n\nBridge {0} is open\n\nThe mayor opened bridge {0} on Monday, in the rain.\n"
>>> pages = [story.format(name) for name in ("one", "two", "six")]
>>> profile = feed.learn(pages)
>>> [line.text for line in parse(pages[0], feed=profile).dropped]
['Sign up for our letter']
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import newsparse
from newsparse.feed.profile import Profile, ProfileError, observed

__all__ = ["Profile", "ProfileError", "learn"]


def learn(
    texts: Iterable[str | bytes], profile: Profile | None = None, *, now: datetime | None = None, **options: Any
) -> Profile:
    """A profile with the lines that the pages of one source share.

    Args:
        texts: the pages; each is the text of one article with everything around it.
        profile: a known profile. It is not changed; the new profile has its content too.
        now: the day on which the pages are learned; default: today.
        options: `vocab`, `tz` and `normalize` of `newsparse.parse`.

    Raises:
        DecodeError: some bytes are not text.
    """
    known = newsparse.settings(now=now, **options)
    new = Profile.loads(profile.dumps()) if profile else Profile()
    articles = (newsparse.explained([newsparse.text_of(source)], known) for source in texts)
    new.add([observed(lines) for each in articles for lines in each], now)
    return new
