"""A stream of lines, cut into articles: `newsparse.stream.split`."""

import time

import command
import pytest

import newsparse
from newsparse.lines import classify
from newsparse.stream import split

SETTINGS = newsparse.settings(split="auto")
SENTENCE = "وقال مدير المكتبة إن العمل استغرق عامين وإن أبوابها تفتح للزوار صباح الغد."
OTHER = "بدأ مزارعو الزيتون في السهل الشمالي موسم القطاف وسط توقعات بإنتاج يفوق العام الفائت."
LONG = f"{SENTENCE} {SENTENCE} {SENTENCE}"


def brief(number, body=(SENTENCE, SENTENCE)):
    return (
        "\n\n".join([f"افتتاح مكتبة عامة رقم {number} في صور", f"10:31{number % 20 + 1:02}/12/2024\nرويترز", *body])
        + "\n\n"
    )


def cut(text, size=None, **options):
    blocks = [text[i : i + size] for i in range(0, len(text), size)] if size else [text]
    settings = newsparse.settings(**{"split": "auto", **options})
    return [newsparse.article(lines) for lines in newsparse.explained(blocks, settings)]


@pytest.mark.parametrize("size", [None, 7, 64, 1000])
@pytest.mark.parametrize("body", [(SENTENCE, SENTENCE), (LONG,), (LONG, SENTENCE, LONG)])
def test_articles_are_cut_at_their_headers_whatever_the_blocks(size, body):
    texts = [brief(number, body) for number in range(12)]
    alone = [newsparse.parse(text) for text in texts]
    together = cut("".join(texts), size)
    assert [article.id for article in together] == [article.id for article in alone]
    lines = [1 + "".join(texts[:number]).count("\n") for number in range(12)]
    assert [article.line for article in together] == lines


@pytest.mark.parametrize("rule", ["\f", "---", "=====", "***"])
def test_articles_are_cut_at_a_rule(rule):
    texts = [brief(number) for number in range(3)]
    assert [a.headline for a in cut(f"{rule}\n".join(texts))] == [newsparse.parse(text).headline for text in texts]


def test_a_rule_inside_an_article_does_not_cut_it():
    assert len(cut(brief(1, (LONG, "***", LONG, "***", LONG)))) == 1


def test_what_is_told_to_cut_cuts_and_nothing_else():
    text = "".join(map(brief, range(3)))
    assert len(cut(text, split="none")) == 1
    assert len(cut(f"{brief(1)}## end\n{brief(2)}## end\n{brief(3)}", split="^## ")) == 3


def test_a_name_that_tail_prints_is_a_boundary_and_the_source():
    texts = [brief(number) for number in range(3)]
    found = cut("\n".join(f"==> inbox/{number}.txt <==\n{text.rstrip()}\n" for number, text in enumerate(texts)))
    assert [article.source for article in found] == [f"inbox/{number}.txt" for number in range(3)]
    assert [article.id for article in found] == [newsparse.parse(text).id for text in texts]
    assert found[0].dropped[0].text == "==> inbox/0.txt <=="


def test_marks_between_all_articles_are_the_only_boundaries():
    texts = [brief(number) for number in range(4)]
    assert len(cut(f"{texts[0]}{texts[1]}\f\n{texts[2]}{texts[3]}")) == 2


def test_a_pattern_that_matches_above_and_below_a_header_leaves_it_with_its_body():
    rule, header = "=" * 60, "افتتاح مكتبة عامة رقم {} في صور\n10:3101/12/2024\nرويترز"
    text = "".join(f"{rule}\n{header.format(number)}\n{rule}\n{LONG}\n{SENTENCE}\n" for number in range(3))
    found = cut(text, split="={60}")
    assert [article.headline for article in found] == [f"افتتاح مكتبة عامة رقم {n} في صور" for n in range(3)]
    assert [article.body for article in found] == [(LONG, SENTENCE)] * 3


def test_a_record_is_out_once_enough_lines_stand_below_its_end():
    """AHEAD lines below the next article's first, and what is held does not grow with the stream."""
    cutter = split.Cutter(SETTINGS, split.MIN_OF_STREAM)
    waiting, most = 0, 0
    for number in range(400):
        lines = brief(number % 20).splitlines()
        waiting -= sum(1 for _ in cutter.add(lines, number * len(lines) + 1, last=False))
        waiting += 1
        most = max(most, len(cutter.texts))
    assert most < 2 * split.LINES_AHEAD
    assert waiting < split.LINES_AHEAD


def test_stories_in_a_box_are_no_articles():
    story = "إطلاق حملة لتشجير ضفاف النهر في المدينة القديمة\n11/12/2024"
    assert len(cut(brief(1, (LONG, "اقرأ أيضا", story, LONG)))) == 1
    assert len(cut(brief(1, (LONG, SENTENCE, "الأكثر قراءة", story, SENTENCE, story, SENTENCE)))) == 1


def test_a_headline_that_shares_its_line_with_the_last_tag_is_cut_off():
    headline = "افتتاح جسر جديد فوق نهر الليطاني جنوبي البلاد"
    text = f"{brief(1)}#مكتبات{headline}\n\n10:3111/12/2024\nرويترز\n{headline}\n\n{LONG}\n"
    first, second = cut(text)
    assert (first.hashtags, second.headline, second.line) == (("مكتبات",), headline, brief(1).count("\n") + 1)


def test_an_article_without_an_end_is_refused(monkeypatch):
    monkeypatch.setattr(split, "MAX_ARTICLE_LINES", 1000)
    with pytest.raises(newsparse.NewsparseError, match=r"no end of the article .* --split"):
        cut("سطر قصير بلا نقطة في آخره\n" * 3000, 10_000)


STREAMS = {
    "the same article again": lambda n: [brief(1) * n],
    "many articles in one block": lambda n: [
        "".join(brief(number % 1000) for number in range(n))
    ],  # as many as are remembered
    "a line that comes in many blocks": lambda n: ["كلمة أخرى " * 10] * (n * 20),
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_time_is_linear_in_the_length_of_a_stream(stream):
    """Four times the stream may take seven times as long; quadratic time would be sixteen times."""

    def seconds(blocks):
        times = []
        for _ in range(3):
            classify._of_short_line.cache_clear()  # or only the short stream comes from memory
            start = time.process_time()
            assert list(split.articles(blocks, SETTINGS))
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(stream(6000)) < 7 * seconds(stream(1500)) + 0.05


@pytest.mark.parametrize("text", ["a\r\nb\rc\n\nd\r\n", "\r\r\n\ra", "a\r", "\r\nb", "a\r\r\nb"])
@pytest.mark.parametrize("size", [1, 2, 3, 99])
def test_a_line_end_of_two_characters_may_be_cut_between_blocks(text, size):
    found = [
        (number, line)
        for first, part, _ in split.whole_lines(text[i : i + size] for i in range(0, len(text), size))
        for number, line in enumerate(part.replace("\r\n", "\n").replace("\r", "\n").split("\n"), first)
        if line
    ]
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert found == [(number, line) for number, line in enumerate(plain.split("\n"), 1) if line]


def test_a_run_says_that_records_of_standard_input_are_doubtful():
    other = f"موسم زيتون وفير في السهل الشمالي\n12/12/2024\n{OTHER}\n{OTHER}\n"
    done = command.newsparse("--fields", "headline", input=f"{brief(1)}{other}\f\n{brief(2)}")
    assert done.err == (
        "newsparse: 1 record may hold several articles; name the files or their folder, or put a mark between them\n"
    )
