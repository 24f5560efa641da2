"""Fit the weights of newsparse from labelled pages, and print how right they are on outlets that the fit has not seen.

    fit.py FOLDER-OR-FILE... [--write] [--slots] [--folds N] [--floor FIELD=SCORE ...]

A FOLDER holds a folder for each page, with raw.txt and gold.json; or NAME.txt and NAME.json, as samples/ does. A FILE
is JSON Lines, perhaps compressed with gzip, with `feed`, `text` and `gold` on each line. Needs the extra `fit`.

The pages of one outlet are always in one fold. Each kind of text (a folder's layouts, a file's origins) gets the same
total weight, since whole pages have ten times the lines of plain articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tomllib
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

import newsparse
from newsparse import feed
from newsparse.layout import body, features, grammar, headline, slots
from newsparse.layout.page import Page
from newsparse.stream import split
from newsparse.text import fold, letters
from newsparse.words.vocab import DATA

TREES, LEAVES, RATE, MIN_LINES_OF_LEAF = 150, 8, 0.1, 30
PENALTY = 0.1  # of the squares of a slot's weights
MAX_WEIGHT_OF_FILLED = 4.0  # of texts in which a slot is filled, where more leave it empty
FEED_PARTS = 5  # of an outlet's pages; those of one are read with what the others teach
SLOTS_OF_FEEDS = ("headline", "standfirst")  # the gold of feeds says little of the others
MIN_TITLES = 5  # of other texts in a language
BUTTONS = ("Facebook", "Twitter", "WhatsApp", "Copy link")
MIN_SUPPORT, MIN_WEIGHT = 5, 0.05  # a feature with less is left out
WEIGHT_OF_FULL_GOLD_IN_SLOTS = 4.5
HEADLESS = "headless"  # a kind of text
WEIGHT_OF_HEADLESS = 0.1  # of texts whose headline was taken away
WEIGHT_OF_FULL_GOLD = 1.5  # of texts of which every line is known
MIN_SHARE_OF_TAGS, MAX_SHARE_OF_OTHERS = 0.5, 0.2  # of the letters of a line, to be tags or not
MIN_CHARS_INSIDE = 25  # of a line that is body because a longer gold paragraph holds it


class Case(NamedTuple):
    """A labelled text: its kind of text, its outlet, what is known of it, and perhaps what its outlet's pages teach."""

    kind: str
    outlet: str
    text: str
    gold: dict[str, Any]
    feed: feed.Profile | None = None

    @property
    def body(self) -> list[str]:
        """Standfirst and paragraphs."""
        return [self.gold.get("standfirst") or "", *self.gold["paragraphs"]]


# Labelled texts ---------------------------------------------------------------------------------------------------


def cases(paths: Iterable[Path]) -> Iterator[Case]:
    """The labelled texts of folders and files."""
    for path in paths:
        if path.is_file():
            yield from _of_rows(path)
        else:
            yield from _of_folder(path)


def _of_rows(path: Path) -> Iterator[Case]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            if "with" in row:  # pieces of the body, and of what is not
                gold = {"paragraphs": [], "with": row["with"], "without": row["without"]}
                yield Case(path.parent.name, row["k"], row["text"], gold)
            else:
                gold = row["gold"] | {"paragraphs": row["gold"]["body"]}
                if isinstance(author := gold.pop("authors", None), str):  # an empty one tells nothing
                    author = [author] if author else None
                gold |= {"authors": author} if author is not None else {}
                yield Case(f"{path.parent.name} {gold.get('origin', '')[:4]}", row["feed"], row["text"], gold)


def _of_folder(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / "raw.txt").read_text(encoding="utf-8")
        yield Case(gold.get("layout_origin", folder.name), gold["outlet"], text, {"paragraphs": []} | gold)
    for path in sorted(folder.glob("*.txt")):
        wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if isinstance(wanted, dict):
            gold = wanted | {"paragraphs": wanted.get("body", [])} | ({"full": True} if "body" in wanted else {})
            yield Case(folder.name, path.stem, path.read_text(encoding="utf-8"), gold)


def in_feeds(texts: Iterable[Case]) -> Iterator[Case]:
    """The pages of feeds, with what other pages of the outlet teach; where there are few, all of them."""
    outlets: dict[str, list[Case]] = defaultdict(list)
    for case in texts:
        if "feed" in case.kind:
            outlets[case.outlet].append(case)
    for pages in outlets.values():
        parts = FEED_PARTS if len(pages) >= FEED_PARTS else 1
        for part in range(parts):
            profile = feed.learn([case.text for i, case in enumerate(pages) if parts == 1 or i % parts != part])
            yield from (case._replace(feed=profile) for case in pages[part::parts])


def respaced(texts: Iterable[Case]) -> Iterator[Case]:
    """The texts, and articles without their blank lines, without headline, or with another order of the header."""
    for case in texts:
        yield case
        yield from headless(case)
        if "feed" not in case.kind and "\n\n" in case.text:
            yield case._replace(text=re.sub(r"\n\n+", "\n", case.text))
        if "full" in case.gold and case.gold["paragraphs"]:
            yield from swapped(case)


def headless(case: Case) -> Iterator[Case]:
    """The text without its headline, unless other lines hold it too, or a standfirst stands where the headline was."""
    if not case.gold.get("headline") or case.gold.get("standfirst") or "feed" in case.kind:
        return
    wanted = {squeeze(case.gold.get(field)) for field in ("headline", "headline_clean")} - {""}
    text = "\n".join([line for line in case.text.split("\n") if squeeze(line) not in wanted])
    if not any(title in squeeze(text) for title in wanted):
        gold = {field: value for field, value in case.gold.items() if field not in ("full", "headline_clean")}
        yield case._replace(kind=HEADLESS, text=text, gold=gold | {"headline": None})


def swapped(case: Case) -> Iterator[Case]:
    """The article with two neighbours of its header in the other order, and with buttons below its header."""
    lines = [line for line in case.text.split("\n") if line.strip()]
    header = next((i for i, line in enumerate(lines) if line.strip() == case.gold["paragraphs"][0]), 0)
    yield case._replace(text="\n".join([*lines[:header], *BUTTONS, *lines[header:]]))
    labels = newsparse.settings().vocab.stamp_labels
    for i in range(header - 1):
        if letters(fold(lines[i])) in labels or letters(fold(lines[i + 1])) in labels:
            continue  # it belongs to the time below it
        yield case._replace(text="\n".join([*lines[:i], lines[i + 1], lines[i], *lines[i + 2 :]]))


def furnished(texts: Sequence[Case]) -> Iterator[Case]:
    """The texts, and articles among menus, buttons and boxes, which hold the headlines of other texts."""
    chosen = random.Random(5)
    titles: dict[str, list[str]] = defaultdict(list)
    for case in texts:
        if case.gold.get("headline"):
            titles[case.gold.get("language", "ar")].append(case.gold["headline"])
    for case in texts:
        yield case
        others = titles[case.gold.get("language", "ar")]
        lines = [line for line in case.text.split("\n") if line.strip()]
        places = [i for i, line in enumerate(lines) if line.strip() in case.gold["paragraphs"]]
        if "feed" not in case.kind and places and len(others) >= MIN_TITLES:
            known = wordlists(case.gold.get("language", "ar"))
            yield case._replace(text="\n".join(_among_furniture(lines, places, others, known, chosen)))


def _among_furniture(
    lines: list[str], places: list[int], titles: list[str], known: dict[str, dict[str, Any]], chosen: random.Random
) -> list[str]:
    def some(table: str) -> list[str]:
        return [word.replace("*", "") for word in chosen.sample([*known[table]], chosen.randint(2, 6))]

    def box(place: str) -> list[str]:
        found = [chosen.choice([heading for heading, where in known["boxes"].items() if where == place])]
        is_dated = chosen.random() < 0.5
        for title in chosen.sample(titles, chosen.randint(1, 3)):
            found += [title, *([f"{chosen.randint(1, 28)}/{chosen.randint(1, 12)}/2019"] if is_dated else [])]
        return found

    inside = {i for i in places[1:] if chosen.random() < 1 / len(places)}
    found = some("sections") if chosen.random() < 0.7 else []
    for i, line in enumerate(lines):
        if i == places[0] and chosen.random() < 0.5:
            found += some("furniture")
        elif i in inside:
            found += box("inside") if chosen.random() < 0.7 else some("furniture")[:1]
        found.append(line)
    return found + [*box("inside"), *box("after")][: chosen.choice((0, 2, 4, 9))]


@lru_cache
def wordlists(language: str) -> dict[str, dict[str, Any]]:
    """The words of a language, as its file has them."""
    with Path(DATA, f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def opened(case: Case) -> Page | None:
    """The page of a text, its kinds known and its roles not."""
    known = newsparse.settings(feed=case.feed)
    piece = next(split.articles([case.text], known), None)
    return grammar.opened(piece.lines, known) if piece else None


# Scores -----------------------------------------------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or "").lower())


def squeeze(text: str | None) -> str:
    """Letters and digits alone."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFC", text or "").lower())


def f1(found: str, gold: str) -> float:
    """F1 of words."""
    a, b = Counter(words(found)), Counter(words(gold))
    return 2 * sum((a & b).values()) / ((sum(a.values()) + sum(b.values())) or 1)


def scores(case: Case) -> dict[str, float]:
    """How right the record of a text is, by field; a field of which nothing is known is left out."""
    record, gold = newsparse.parse(case.text, feed=case.feed), case.gold
    got: dict[str, float] = {}
    if gold["paragraphs"]:
        got["body"] = f1("\n".join([record.standfirst or "", *record.body]), "\n".join(case.body))
    if gold.get("with"):
        said = squeeze("\n".join([record.headline or "", record.standfirst or "", *record.body]))
        hits, faults = (sum(squeeze(piece) in said for piece in gold[way]) for way in ("with", "without"))
        got["pieces"] = 2 * hits / (hits + faults + len(gold["with"]))
    if "headline" in gold:
        field = "headline" if gold["headline"] else "no headline"
        got[field] = float(squeeze(record.headline) == squeeze(gold["headline"]))
    if gold.get("published"):
        got["published"] = float((record.published or "")[:10] == gold["published"][:10])
    if gold.get("standfirst"):
        got["standfirst"] = float(squeeze(record.standfirst) == squeeze(gold["standfirst"]))
    if gold.get("authors"):
        got["authors"] = f1(" ".join(record.authors), " ".join(gold["authors"]))
    if tags := tags_of(gold):
        got["hashtags"] = f1(" ".join(record.hashtags), " ".join(tags))
    if gold.get("section"):
        got["section"] = float(squeeze(record.section) == squeeze(gold["section"]))
    return got


# The body ---------------------------------------------------------------------------------------------------------


class Labelled(NamedTuple):
    """Lines of a text, with their features, and which of them are body."""

    case: Case
    rows: Sequence[tuple[int, ...]]
    is_body: Sequence[bool]


def labelled(case: Case) -> Labelled | None:
    """The lines of a text of which it is known whether they are body; None where there are none."""
    page = opened(case) if case.text.strip() else None
    if page is None:
        return None
    region = features.Region(page)
    if "with" in case.gold:
        return _of_pieces(case, page, region)
    if not case.gold["paragraphs"]:
        return None
    whole, each = squeeze("\n".join(case.body)), set(map(squeeze, case.body))
    keys = [squeeze(page.texts[i]) for i in region.lines]
    right = [bool(key) and (key in each or (len(key) >= MIN_CHARS_INSIDE and key in whole)) for key in keys]
    return Labelled(case, region.rows, right)


def _of_pieces(case: Case, page: Page, region: features.Region) -> Labelled | None:
    """The lines that hold a piece of the body, or one of what is not."""
    known = {}
    for i, at in enumerate(region.lines):
        said = " ".join(page.texts[at].split())
        is_in, is_out = (
            any(" ".join(piece.split()) in said for piece in case.gold[way]) for way in ("with", "without")
        )
        if is_in != is_out:
            known[i] = is_in
    return Labelled(case, [region.rows[i] for i in known], [*known.values()]) if known else None


def fit_body(texts: Sequence[Labelled]) -> dict[str, Any]:
    """The trees, as `newsparse.layout.features` reads them."""
    total: Counter[str] = Counter()
    for text in texts:
        total[text.case.kind] += len(text.rows) ** 0.5
    shares = [WEIGHT_OF_FULL_GOLD if "full" in t.case.gold else 1.0 for t in texts]
    each = [share / (len(t.rows) ** 0.5 or 1) / total[t.case.kind] for share, t in zip(shares, texts, strict=True)]
    weight = np.repeat(each, [len(t.rows) for t in texts])
    x = np.array([row for text in texts for row in text.rows], np.uint8)
    y = np.array([is_body for text in texts for is_body in text.is_body])
    fitted = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=MIN_LINES_OF_LEAF, random_state=0
    ).fit(x, y, sample_weight=weight * len(y) / weight.sum())
    trees = [_node(predictor[0].nodes, 0) for predictor in fitted._predictors]
    return {
        "features": features.FEATURE_NAMES,
        "bias": round(float(fitted._baseline_prediction[0, 0]), 3),
        "trees": trees,
    }


def _node(nodes: Any, i: int) -> Any:
    node = nodes[i]
    value = round(float(node["value"]), 3)
    if node["is_leaf"]:
        return value
    low, high = _node(nodes, node["left"]), _node(nodes, node["right"])
    return [int(node["feature_idx"]), int(node["num_threshold"]), value, low, high]


# The slots --------------------------------------------------------------------------------------------------------


class Choices(NamedTuple):
    """The candidates for a slot of a text: the features of each, and which of them are right; none may be."""

    case: Case
    features: list[dict[str, float]]
    is_right: list[bool]


Right = Sequence[bool | None] | None  # for each candidate; None: not known


def is_known(case: Case, field: str) -> bool:
    """Whether the gold tells what the field is, or that it is empty."""
    return "full" in case.gold or field in case.gold or bool(case.gold.get(f"{field}_known"))


def right_headlines(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """Not known where the right line is no candidate."""
    if "headline" not in case.gold:
        return None
    wanted = {squeeze(case.gold["headline"]), squeeze(case.gold.get("headline_clean"))} - {""}
    found = [squeeze(page.texts[i]) in wanted for i in lines]
    return found if any(found) or not wanted else None


def right_times(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """The line with the right time that says the most, with a label or else the first; or the one that warns so."""
    if not page.founds[lines[0]].published:  # no line could be read
        warned = case.gold.get("warnings") or ()
        return [any(code in warned for code in page.founds[i].warnings) for i in lines] if "full" in case.gold else None
    return _right_time(case, page, lines, "published")


def right_updates(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """As for the time of publication."""
    return _right_time(case, page, lines, "updated")


def _right_time(case: Case, page: Page, lines: Sequence[int], field: str) -> Right:
    times = [getattr(page.founds[i], field) for i in lines]
    gold = case.gold.get(field)
    if not gold:
        is_none = is_known(case, field) or (field == "published" and case.gold.get("expect_no_date"))
        return [False] * len(times) if is_none else None
    minutes = 10 if "feed" in case.kind else 16  # a feed's time is from the page's metadata, perhaps in another zone
    same = [time if time and time[:minutes] == gold[: len(time)][:minutes] else "" for time in times]
    most = max(same, key=len, default="")
    best = next(
        (i for i, time in enumerate(same) if time and time == most and page.founds[lines[i]].label == field), None
    )
    best = same.index(most) if best is None and most else best
    if best is None and any(time and _days_apart(time, gold) <= 1 for time in times):
        return None  # the day of another zone
    return [i == best for i in range(len(times))]


def _days_apart(time: str, other: str) -> int:
    return abs((date.fromisoformat(time[:10]) - date.fromisoformat(other[:10])).days)


def right_credits(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """The lines that give what the gold has. A line is not known where the gold does not tell of what it gives."""
    gold = case.gold
    if "full" in gold:
        byline = (gold.get("byline") or "").split("\n")
        return [page.texts[i].replace("\n", " ") in byline for i in lines]
    found: list[bool | None] = []
    for i in lines:
        credit, said = page.founds[i], squeeze(page.texts[i])
        given = {"authors": credit.authors, "agencies": credit.agencies, "place": (credit.location or "",)}
        judged = []
        for field, names in given.items():
            if any(names) and is_known(case, field):
                wanted = [gold[field]] if isinstance(gold.get(field), str) else gold.get(field) or ()
                judged.append(any(squeeze(name) in said for name in wanted))
        is_line = bool(said) and said == squeeze(gold.get("byline_line"))
        found.append(is_line or any(judged) if judged or is_line else None)
    return found


def right_standfirsts(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """The line of the gold, or none. A feed's gold does not tell the standfirst from the paragraphs."""
    gold, said = case.gold, [squeeze(page.texts[i]) for i in lines]
    if wanted := squeeze(gold.get("standfirst")):
        found = [text == wanted for text in said]
        return found if any(found) else None
    paragraphs = {squeeze(paragraph) for paragraph in gold["paragraphs"]}
    if not paragraphs:
        return None
    return [
        _is_standfirst(text in paragraphs, i < page.stretch.start, case) for i, text in zip(lines, said, strict=True)
    ]


def _is_standfirst(is_text: bool, is_above: bool, case: Case) -> bool | None:
    if is_text and is_above:
        return "full" not in case.gold  # the article's text, which would be lost
    return None if is_text and "feed" in case.kind else False


def right_sections(case: Case, page: Page, lines: Sequence[int]) -> Right:
    """The last line that is the gold, or a breadcrumb whose last step is."""
    wanted = squeeze(case.gold.get("section"))
    if not is_known(case, "section"):
        return None
    said = [squeeze(getattr(page.founds[i], "section", None) or page.texts[i]) for i in lines]
    last = len(said) - 1 - said[::-1].index(wanted) if wanted in said else None
    return [i == last for i in range(len(said))] if last is not None or not wanted else None


def right_tags(case: Case, page: Page, lines: Collection[int]) -> Right:
    """The lines whose letters are half tags of the gold or more. Those with a few are not known.

    Where the gold has no tags, it is known that paragraphs are none.
    """
    gold = case.gold
    wanted = sorted(map(squeeze, tags_of(gold)), key=len, reverse=True)
    if not wanted and "full" not in gold and not gold.get("hashtags_known"):
        inside = set() if "feed" in case.kind else set(map(squeeze, case.body))
        return [False if squeeze(page.texts[i]) in inside else None for i in lines]
    return [_is_made_of(squeeze(page.texts[i].rpartition(":")[2]), wanted) for i in lines]


def tags_of(gold: dict[str, Any]) -> list[str]:
    """The tags of the gold."""
    return [*(gold.get("hashtags") or ()), *(gold.get("tags") or ())]


def _is_made_of(text: str, tags: Sequence[str]) -> bool | None:
    rest = text
    for tag in tags:
        rest = rest.replace(tag, "")
    share = 1 - len(rest) / (len(text) or 1)
    return True if share >= MIN_SHARE_OF_TAGS else False if share <= MAX_SHARE_OF_OTHERS else None


RIGHT: dict[str, Callable[[Case, Page, Sequence[int]], Right]] = {
    "headline": right_headlines,
    "published": right_times,
    "updated": right_updates,
    "bylines": right_credits,
    "standfirst": right_standfirsts,
    "section": right_sections,
    "tags": right_tags,
}


def choices(slot: slots.Slot, case: Case, page: Page) -> Iterator[Choices]:
    """The candidates for a slot of a text, where it is known which are right; each alone for a slot of many lines."""
    lines = slot.candidates(page)
    is_right = RIGHT[slot.name](case, page, lines) if lines else None
    if is_right is None:
        return
    rows = [{name: value for name, value in slot.features(i, page, lines).items() if value} for i in lines]
    known = [(row, right) for row, right in zip(rows, is_right, strict=True) if right is not None]
    if slot.is_many:
        yield from (Choices(case, [row], [right]) for row, right in known)
    elif known:
        yield Choices(case, [row for row, _ in known], [right for _, right in known])


def has_right_headline(case: Case, page: Page) -> bool:
    """Whether the other slots can be learned from a text: where the headline is wrong, distances to it say nothing."""
    found = squeeze(page.texts[page.headline]) if page.headline is not None else ""
    return found in (squeeze(case.gold.get("headline", found)), squeeze(case.gold.get("headline_clean")))


def fit_slots(texts: Sequence[Case]) -> None:
    """Fit one slot after the other, from the top, as they are filled, and use the weights."""
    pages = []
    for case in texts:
        page = opened(case) if case.text.strip() else None
        if page is not None and "with" not in case.gold:
            page.stretch = body.find(page)
            page.stretch = headline.cut_off(page)
            pages.append((case, page))
    table: dict[str, dict[str, tuple[float, int]]] = {}
    for slot in grammar.SLOTS:
        told = [(case, page) for case, page in pages if tells(case, slot.name)]
        table[slot.name] = fit_slot([choice for case, page in told for choice in choices(slot, case, page)])
        install_slots(table)
        for _, page in pages:
            slot.fill(page)
        pages = [(case, page) for case, page in pages if slot.name != "headline" or has_right_headline(case, page)]


def tells(case: Case, slot: str) -> bool:
    """Whether a slot is learned from such a text. Without its headline, the first line looks like a standfirst."""
    return slot in SLOTS_OF_FEEDS if case.feed else case.kind != HEADLESS or slot != "standfirst"


def fit_slot(texts: Sequence[Choices]) -> dict[str, tuple[float, int]]:
    """The weight and the support of each feature: a softmax over the candidates of each text and over none of them."""
    names = sorted({name for text in texts for row in text.features for name in row})
    place = {name: k for k, name in enumerate(names)}
    total = Counter(text.case.kind for text in texts)
    x = np.zeros((sum(len(text.features) for text in texts), len(names)))
    row = 0
    for text in texts:
        for features_of in text.features:
            for name, value in features_of.items():
                x[row, place[name]] = value
            row += 1
    starts = np.cumsum([0, *[len(text.features) for text in texts]])
    right = np.array([is_right for text in texts for is_right in text.is_right])
    weight = np.array([1 / total[text.case.kind] ** 0.5 for text in texts])
    weight *= [WEIGHT_OF_FULL_GOLD_IN_SLOTS if "full" in text.case.gold else 1.0 for text in texts]
    weight *= [WEIGHT_OF_HEADLESS if text.case.kind == HEADLESS else 1.0 for text in texts]
    has_right = np.array([any(text.is_right) for text in texts])
    weight[has_right] *= max(1.0, min(MAX_WEIGHT_OF_FILLED, weight[~has_right].sum() / weight[has_right].sum()))
    weight *= len(texts) / weight.sum()
    of = np.repeat(np.arange(len(texts)), np.diff(starts))

    def loss(w: Any) -> tuple[float, Any]:
        scores = np.clip(x @ w, -50, 50)
        e = np.exp(scores)
        every = np.add.reduceat(e, starts[:-1]) + 1.0
        hits = np.add.reduceat(np.where(right, e, 0.0), starts[:-1]) + np.where(has_right, 1e-12, 1.0)
        gradient = x.T @ (weight[of] * (e / every[of] - np.where(right, e, 0.0) / hits[of]))
        return float((weight * (np.log(every) - np.log(hits))).sum() + PENALTY * (w @ w)), gradient + 2 * PENALTY * w

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    support = [sum(any(name in row for row in text.features) for text in texts) for name in names]
    return {
        name: (round(float(w), 2), n)
        for name, w, n in zip(names, fitted, support, strict=True)
        if n >= MIN_SUPPORT and abs(w) >= MIN_WEIGHT
    }


# The whole --------------------------------------------------------------------------------------------------------


def install_slots(table: dict[str, dict[str, tuple[float, int]]]) -> None:
    """Let newsparse use these weights of slots from now on."""
    slots.weights.cache_clear()
    rows = [
        f' "{slot}": {{\n' + ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in of.items()) + "\n }"
        for slot, of in table.items()
    ]
    Path(slots.WEIGHTS).write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def install(trees: dict[str, Any]) -> None:
    """Let newsparse use this model of the body from now on."""
    features.trees.cache_clear()
    features.scorer.cache_clear()
    Path(features.BODY_MODEL).write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")


def fit(pages: Sequence[Labelled], texts: Sequence[Case]) -> None:
    """Fit the body, then the slots around it, and use them."""
    install(fit_body(pages))
    fit_slots([*respaced(texts)])


def folds(texts: Sequence[Case], count: int) -> Iterator[tuple[set[str], set[str]]]:
    """The outlets to learn from, and those that are held out."""
    outlets = sorted({case.outlet for case in texts})
    random.Random(4).shuffle(outlets)
    for first in range(count):
        held = set(outlets[first::count])
        yield set(outlets) - held, held


def show(found: dict[str, dict[str, list[float]]]) -> None:
    """A line for each kind of text: the means of its scores."""
    for kind, by_field in sorted(found.items()):
        print(f"{kind:34}", "  ".join(f"{field} {np.mean(v):.3f} ({len(v)})" for field, v in by_field.items()))


def main() -> int:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="write the weights that all pages give")
    parser.add_argument("--slots", action="store_true", help="write those of slots, around the body's model as it is")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--floor", action="append", default=[], metavar="FIELD=SCORE")
    options = parser.parse_args()
    plain = [*cases(options.paths)]
    pages = [text for text in map(labelled, furnished(plain)) if text]
    texts = [*plain, *in_feeds(plain)]
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    shipped = features.BODY_MODEL, slots.WEIGHTS
    with tempfile.TemporaryDirectory() as folder:  # the shipped weights stay as they are
        features.BODY_MODEL, slots.WEIGHTS = (str(Path(folder, Path(path).name)) for path in shipped)
        for learned, held in folds(texts, options.folds):
            fit([page for page in pages if page.case.outlet in learned], [t for t in texts if t.outlet in learned])
            tested = [case for case in texts if case.outlet in held]
            for case in [*tested, *(without for having in tested for without in headless(having))]:
                for field, score in scores(case).items():
                    found[f"{case.kind} learned" if case.feed else case.kind][field].append(score)
                    if case.feed is None and (case.kind != HEADLESS or field == "no headline"):
                        found["all"][field].append(score)
    features.BODY_MODEL, slots.WEIGHTS = shipped
    features.trees.cache_clear()
    features.scorer.cache_clear()
    print("held out:")
    show(found)
    if options.write and not options.slots:
        install(fit_body(pages))
    if options.write:
        fit_slots([*respaced(texts)])
    wanted = {field: float(score) for field, _, score in (floor.partition("=") for floor in options.floor)}
    low = {field: float(np.mean(found["all"][field])) for field in wanted}
    failed = [f"{field} {low[field]:.3f} is under {wanted[field]}" for field in wanted if low[field] < wanted[field]]
    print(*failed, sep="\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
