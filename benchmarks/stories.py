"""How long it takes to tell versions of a story from other stories, and how much memory: ``python stories.py [COUNT]``.

Invented articles of random words, of which every tenth is a version of one that came before. A line for each tenth of
the run: if the time for an article and the memory stay as they are, a million articles take so long as they say.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from itertools import accumulate

import newsparse
from newsparse.stories import Stories

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
VOCABULARY = 50_000
PARAGRAPHS, WORDS = 6, 40  # of an article
VERSIONS = 10  # every tenth article is one
TENTHS = 10


def main(count: int) -> None:
    """Place so many articles."""
    draw = random.Random(0)
    words = ["".join(draw.choices(LETTERS, k=draw.randrange(2, 9))) for _ in range(VOCABULARY)]
    weights = [*accumulate(1 / (rank + 10) for rank in range(VOCABULARY))]  # as words are in any language
    empty = newsparse.parse("")
    stories = Stories.of_run()
    bodies: list[tuple[str, tuple[str, ...]]] = []
    spent, found, false = 0.0, 0, 0
    for number in range(count):
        known, body = draw.choice(bodies) if number % VERSIONS == 9 else ("", ())
        if body:
            body = (*body[1:], "وأضاف المتحدث أن الأرقام تغيرت منذ أمس.")
        else:
            body = tuple(" ".join(draw.choices(words, cum_weights=weights, k=WORDS)) + "." for _ in range(PARAGRAPHS))
        article = replace(empty, id=f"np1-{number:016x}", body=body)
        start = time.process_time()
        story = stories.fields(article)["story"]
        spent += time.process_time() - start
        found += bool(known) and story == known
        false += not known and story != article.id
        if not known and len(bodies) < 10_000:
            bodies.append((article.id, body))
        if (number + 1) % (count // TENTHS) == 0:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number + 1:>9,} articles  {spent / (number + 1) * 1e6:5.0f} µs each  {memory:5.0f} MB", flush=True)
    print(f"{found:,} of {count // VERSIONS:,} versions found, {false:,} others taken for one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
