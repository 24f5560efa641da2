"""What pages of one source teach, and what they must not teach."""

import pytest
from feed_pages import ABOVE, BELOW, page, story

from newsparse import explain, explained, feed, parse
from newsparse.feed.profile import observed, shared_lines
from newsparse.words.vocab import Settings, shipped


def lines_of(profile):
    return set(profile.lines)


def test_lines_of_many_pages_are_no_article():
    pages = [page(number) for number in range(6)]
    profile = feed.learn(pages)
    assert lines_of(profile) >= {*ABOVE.split("\n"), *BELOW.split("\n")}
    for number, text in enumerate(pages):
        article = parse(text, feed=profile)
        assert article.headline == story(number)[0]
        assert [*article.body] == story(number)[1]
        assert not {*ABOVE.split("\n"), *BELOW.split("\n")} & {article.headline, article.standfirst, *article.body}


def test_the_reason_says_on_how_many_pages():
    pages = [page(number) for number in range(6)]
    whys = {line.text: line.why for line in explain(pages[0], feed=feed.learn(pages))}
    assert whys["باقة الهدايا والعروض"] == "on 6 of 6 pages of this feed"


@pytest.mark.parametrize(("pages", "on", "known"), [(2, 2, True), (3, 2, False), (3, 3, True), (20, 2, False)])
def test_how_many_pages_it_takes(pages, on, known):
    texts = [page(number, extra="زاوية الطوابع القديمة" if number < on else "") for number in range(pages)]
    assert ("زاوية الطوابع القديمة" in feed.learn(texts).lines) is known


def test_the_record_is_never_learned():
    texts = [page(number).replace("\n\n", "\nكتب سامي الحداد\n\n", 1) for number in range(6)]
    profile = feed.learn(texts)
    assert parse(texts[0], feed=profile).authors == ("سامي الحداد",)
    assert not [line for line in profile.lines if "الحداد" in line or "/03/" in line]


def test_a_headline_that_others_list_stays_one():
    texts = [page(number, extra="\n".join(story(other)[0] for other in range(3))) for number in range(6)]
    profile = feed.learn(texts)
    assert [parse(text, feed=profile).headline for text in texts] == [story(number)[0] for number in range(6)]


def test_a_time_stays_a_time_on_a_page_that_credits_others():
    profile = feed.learn([page(number, extra=f"نشر في 0{number + 1}/04/2026 10:00") for number in range(6)])
    profile.by_hand["نشر في 01/04/2026 10:00"] = True
    text = "\n\n".join(["خبر من الميناء القديم", "نشر في 07/05/2026 12:30", *story(1)[1]])
    assert parse(text, feed=profile).published == "2026-05-07T12:30:00"


def test_numbers_that_change_are_no_article():
    texts = [page(number, extra=f"شاهد هذه الصفحة {number}{number + 3}71 قارئا") for number in range(6)]
    assert [line for line in feed.learn(texts).lines if "قارئا" in line]


def test_pages_that_differ_in_digits_alone_are_one_page():
    headline, (lead, *rest) = story(0)
    texts = ["\n".join([f"{headline} رقم {number}", f"{lead[:-1]} في الحي {number}.", *rest]) for number in range(1, 7)]
    profile = feed.learn(texts)
    assert profile.total == 1 and not profile.lines
    assert [parse(text, feed=profile).headline for text in texts] == [f"{headline} رقم {n}" for n in range(1, 7)]


def test_the_order_of_pages_changes_nothing():
    pages = [page(number) for number in range(6)]
    assert feed.learn(pages).dumps() == feed.learn(pages[::-1]).dumps() == feed.learn(pages * 2).dumps()


def test_the_name_of_the_site_is_taken_off_titles():
    texts = []
    for number in range(6):
        title = f"{story(number)[0]} - صحيفة الميناء"
        texts.append(page(number, above="").replace(story(number)[0], title, 1))
    profile = feed.learn(texts)
    assert [*profile.sites] == ["صحيفة الميناء"]
    assert parse(texts[1], feed=profile).headline == story(1)[0]
    assert [line.text for line in parse(texts[1], feed=profile).dropped if line.role == "echo"]


def test_ids_of_lines_depend_on_letters_alone():
    def seen(text):
        known = Settings(shipped(), split="none")
        return observed(next(explained([text], known)))

    one, other = seen("مرحبا بكم في الموقع الجديد\n"), seen("مَرحبًا بِكُم في الموقع الجديد 12\n")
    assert one.lines.keys() == other.lines.keys()
    assert shared_lines([]).lines == {}


def test_two_pages_that_list_each_other_keep_their_headlines():
    texts = [page(number, extra=story(1 - number)[0]) for number in range(2)]
    assert [parse(text, feed=feed.learn(texts)).headline for text in texts] == [story(0)[0], story(1)[0]]


def test_a_headline_that_other_pages_list_is_found():
    titles = [story(number)[0] for number in range(6)]
    profile = feed.learn([page(number, extra="\n".join(titles)) for number in range(6, 14)])
    assert {*titles} <= lines_of(profile)
    assert [parse(page(number, extra="\n".join(titles)), feed=profile).headline for number in range(6)] == titles


def test_the_lines_around_headlines_are_known():
    profile = feed.learn([page(number) for number in range(6)])
    above = ABOVE.split("\n")[-1]
    assert profile.beside == [{above: 6}, {}]  # a time has no letters
    assert profile.share_beside_headline(above, is_above=True) == 1
    assert profile.share_beside_headline(above, is_above=False) == 0
    texts = [page(number).replace(story(number)[0], f"{story(number)[0]}\nاقرأ هذا الخبر بصوت") for number in range(6)]
    assert feed.learn(texts).beside[1] == {"اقرأ هذا الخبر بصوت": 6}


def test_lines_of_the_feed_are_not_joined():
    menu = "Fares and\nfavours of the harbour and its ferries, old and new, for all who travel with us this year"
    texts = [page(number, above=menu) for number in range(6)]
    lines = explain(texts[0], feed=feed.learn(texts))
    assert [line.text for line in lines[:2]] == menu.split("\n")
