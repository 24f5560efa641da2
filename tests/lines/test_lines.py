"""Kinds of lines, wrapped lines, tags, where the body is, the language: each by examples."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsparse
from newsparse.layout import body, features
from newsparse.layout.page import Page
from newsparse.lines import classify, rules, tags, wrap
from newsparse.record import Kind
from newsparse.text import fold
from newsparse.words import vocab

SETTINGS = newsparse.settings()
SENTENCE = "وقال مدير المكتبة إن العمل استغرق عامين وإن أبوابها تفتح للزوار صباح الغد."
LONG = f"{SENTENCE} {SENTENCE} {SENTENCE}"
KINDS = [
    ("-----", Kind.SEPARATOR),
    ("* * *", Kind.SEPARATOR),
    ("#النقل البحري", Kind.TAGS),
    ("#ميناء #سفن_ركاب #صيدا", Kind.TAGS),
    ("كلمات دلالية: ميناء، سفن، صيدا", Kind.TAGS),
    ("الكلمات الدلالية:", Kind.TAG_LABEL),
    ("Tags:", Kind.TAG_LABEL),
    ("// انتهى //", Kind.END),
    ("--(رويترز)", Kind.END),
    ("13:2217/09/2024, الثلاثاء", Kind.STAMP),
    ("20:26", Kind.CLOCK),
    ("* | *", Kind.FURNITURE),
    ("© 2024", Kind.FURNITURE),
    ("[logo]", Kind.FURNITURE),
    ("https://example.org/a/b", Kind.FURNITURE),
    ("• الرئيسية", Kind.FURNITURE),
    ("5 دقائق قراءة", Kind.FURNITURE),
    ("0 تعليقات", Kind.FURNITURE),
    ("جميع الحقوق محفوظة لصحيفة الغد 2024", Kind.FURNITURE),
    ("اقرأ أيضا: افتتاح معرض الكتاب في الرباط", Kind.FURNITURE),
    ("الرئيسية > اقتصاد > موانئ", Kind.FURNITURE),
    ("اقرأ أيضا", Kind.FURNITURE_HEAD),
    ("Most read", Kind.FURNITURE_HEAD),
    ("اقتصاد", Kind.SECTION),
    ("رصيف الحاويات الجديد - أرشيفية", Kind.CAPTION),
    ("قوارب راسية في المرفأ القديم (رويترز)", Kind.CAPTION),
    ("رويترز - باريس", Kind.BYLINE),
    ("كتب: سامر الخطيب", Kind.BYLINE),
    ("صحيفة الجسر رئيس التحريرسامر النعماني", Kind.FURNITURE),
    ("خلافات بين وزير الزراعة ورئيس حزبه قبل الانتخابات", Kind.SHORT),
    ("وزير الإعلام يعين مدير النشرات الإخبارية", Kind.SHORT),
    (SENTENCE, Kind.SENTENCE),
    (LONG, Kind.PARAGRAPH),
    ("توسعة ميناء صيدا تبدأ مطلع العام المقبل", Kind.SHORT),
]


def kinds(text):
    return [line.kind for line in classify.classify(text.split("\n"), SETTINGS)]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[kind.value + ": " + text[:20] for text, kind in KINDS])
def test_a_line_has_the_kind_of_its_look(text, kind):
    (line,) = classify.classify(text.split("\n"), SETTINGS)
    assert (line.kind, bool(line.why)) == (kind, True)


WORDS = (
    "اقرأ أيضا",
    "الكلمات الدلالية",
    "صورة",
    "أرشيفية",
    "انتهى",
    "رويترز",
    "الرئيسية",
    "اقتصاد",
    "نشر في",
    "م",
    "17/09",
)
SIGNS = (*" ـ\u0651\u200c5½#@©«»()[]:.•", " - ", " | ", " ... ", " // ")


@given(st.lists(st.sampled_from(WORDS + SIGNS), min_size=1, max_size=8).map("".join))
@example("ـ فلان")
@example("ـرويترز")
@example("• صورة: الميناء (رويترز)")
def test_a_rule_has_no_answer_where_it_is_not_asked(text):
    line = rules.Candidate(text, SETTINGS.vocab)
    others = [rule for rule, signs in rules.RULES.items() if signs.isdisjoint(line.look)]
    assert [rule.__name__ for rule in others if rule(line, SETTINGS)] == []


def test_blank_lines_are_counted_and_left_out():
    assert [line.number for line in classify.classify(["أول", "", "ثان", "", "", "ثالث"], SETTINGS, 5)] == [5, 7, 10]


def test_the_blocks_of_a_page_on_one_line_have_its_number():
    found = classify.classify([f"اقتصاد\x1f{LONG}\x1f{LONG}\x1fجميع الحقوق محفوظة"], SETTINGS, 3)
    assert [line.kind for line in found] == [Kind.SECTION, Kind.PARAGRAPH, Kind.FURNITURE]
    assert {line.number for line in found} == {3}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#ميناء صيدا", ("ميناء صيدا",)),
        ("#ميناء #سفن_ركاب", ("ميناء", "سفن_ركاب")),
        ("#ميناء يستقبل أول سفينة ركاب منذ عام #صيدا", ()),
        ("#هذه جملة طويلة تنتهي بنقطة ولا يمكن أن تكون وسما واحدا مهما كان الأمر.", ()),
    ],
)
def test_hashtags_of_a_line(text, found):
    assert tags.of_line(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("ميناء، سفن", ("ميناء", "سفن")), ("أ | ب | ج", ("أ", "ب", "ج")), ("", ())]
)
def test_tags_of_a_list(text, found):
    assert tags.of_list(text) == found


def test_tags_that_were_run_together_are_cut_between_words_of_the_text():
    known = tags.article_words(fold("توسعة ميناء صيدا بسفن ركاب حديثة وحركة بضائع عبر المتوسط"))
    assert tags.unglued("ميناء صيداسفن ركابحركة بضائع عبر المتوسط", known) == (
        "ميناء صيدا",
        "سفن ركاب",
        "حركة بضائع عبر المتوسط",
    )


@pytest.mark.parametrize("sign", ["ـ", "ـــ", "\u064b"])
def test_a_sign_without_letters_is_no_tag_that_was_run_together(sign):
    article = newsparse.parse(f"أعلن الوزير افتتاح المحطة الجديدة في المدينة.\n{sign} رياضة\n")
    assert article.body[0] == "أعلن الوزير افتتاح المحطة الجديدة في المدينة."


def test_a_line_too_long_for_a_list_is_left_whole():
    text = "توسعة ميناء صيدا بسفن ركاب حديثة وحركة بضائع عبر المتوسط، وتبدأ الأعمال في مطلع العام المقبل."
    list_of_tags = "توسعة ميناء صيداسفن ركابحركة بضائع عبر المتوسط"
    few, many = (newsparse.parse(f"{text}\nالوسوم: " + " ".join([list_of_tags] * n)).hashtags for n in (1, 500))
    assert len(few) == 3
    assert len(many) == 1


def wrapped(text, width):
    import textwrap

    return "\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in text.split("\n"))


@pytest.mark.parametrize("width", [60, 80, 110])
def test_hard_wrapped_lines_are_joined(width):
    paragraphs = [LONG.replace("مدير", name) for name in ("مدير", "حارس", "رئيس")]
    raw = classify.classify(wrapped("\n".join(paragraphs), width).split("\n"), SETTINGS)
    found = [line.text.replace("\n", " ") for line in wrap.joined(raw, SETTINGS)]
    assert " ".join(found) == " ".join(paragraphs)
    assert all(text.endswith(".") for text in found)
    assert len(found) < len(raw) / 2


def test_lines_above_a_gap_were_not_broken_by_the_width():
    titles = [
        "المجلس البلدي يناقش غدا خطة توسيع الطريق الساحلي بعد تأخير دام عامين كاملين",
        "سوق الخضار القديم يعود إلى مكانه الأول في وسط المدينة بعد أعمال ترميم طويلة",
        "انطلاق المهرجان السنوي للكتاب في الساحة الكبرى بمشاركة مئة دار نشر عربية",
    ]
    paragraphs = [LONG.replace("مدير", name) for name in ("مدير", "حارس", "رئيس")]
    text = "\n\n".join([*titles, *(wrapped(paragraph, 85) for paragraph in paragraphs)])
    found = [
        line.text.replace("\n", " ") for line in wrap.joined(classify.classify(text.split("\n"), SETTINGS), SETTINGS)
    ]
    assert found == [*titles, *paragraphs]


def test_lines_that_are_not_wrapped_stay_the_very_same():
    raw = classify.classify([SENTENCE] * 12, SETTINGS)
    assert wrap.joined(raw, SETTINGS) is raw


def test_a_sentence_cut_at_its_link_is_put_together():
    raw = classify.classify(["Der Hafen wird von der", "Stadt Kiel", ", dem Land und dem Bund bezahlt."], SETTINGS)
    (line,) = wrap.joined(raw, SETTINGS)
    assert line.text == "Der Hafen wird von der\nStadt Kiel\n, dem Land und dem Bund bezahlt."


@pytest.mark.parametrize("letter", ["a", "ÿ", "ǆ", "ґ", "ế", "ά", "ﬁ"])
def test_a_line_that_begins_with_a_small_letter_of_any_script_goes_on(letter):
    raw = classify.classify(["وصلت الى الميناء سفن من", f"{letter}" + "b" * 20], SETTINGS)
    (line,) = wrap.joined(raw, SETTINGS)
    assert line.text.count("\n") == 1


@pytest.mark.parametrize(("numbers", "count"), [([1, 2, 3], 1), ([1, 3, 3], 3), ([1, 1, 3], 3), ([1, 2, 4], 3)])
def test_a_link_is_part_of_a_sentence_only_on_a_line_right_between_its_halves(numbers, count):
    raw = classify.classify(["افتتح الوزير معرض", "Museum", LONG], SETTINGS)
    raw.numbers[:] = numbers
    assert len(wrap.joined(raw, SETTINGS)) == count


@pytest.mark.parametrize(
    ("values", "stretch"),
    [([], (0, 0)), ([-1.0, -2.0], (2, 2)), ([1.0, -3.0, 5.0, -1.0, 5.0, -9.0, 2.0], (2, 5)), ([2.0, 3.0], (0, 2))],
)
def test_the_greatest_stretch(values, stretch):
    assert features.greatest_stretch(values) == stretch


def test_the_body_is_between_the_menu_and_the_other_stories():
    menu, other = ["الرئيسية", "اقتصاد", "رياضة"], ["الأكثر قراءة", "افتتاح معرض الكتاب", "موسم قطاف الزيتون يبدأ"]
    raw = classify.classify([*menu, "توسعة ميناء صيدا", LONG, SENTENCE, LONG, *other], SETTINGS)
    start, end, is_page = body.find(Page(raw, SETTINGS))
    assert ([line.text for line in raw[start:end]], is_page) == ([LONG, SENTENCE, LONG], True)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (SENTENCE, "ar"),
        ("The port of the city is to be extended by the end of the year, officials said.", "en"),
        ("Limanın genişletilmesi için çalışmalar yıl sonuna kadar bitecek ve yeni rıhtım açılacak.", "tr"),
        ("بندر جدید تا پایان سال برای پهلوگیری کشتی‌ها آماده می‌شود که این کار دو سال طول کشید.", "fa"),
        ("بندرگاہ کی توسیع کا کام سال کے آخر تک مکمل ہو جائے گا اور اس میں نئی گودیاں ہوں گی۔", "ur"),
        ("Le port de la ville sera agrandi pour les ferries et une digue sera construite.", "fr"),
        ("Der Hafen der Stadt wird bis Ende des Jahres erweitert und mit einer Mole versehen.", "de"),
        ("El puerto de la ciudad será ampliado por el gobierno y los vecinos según el plan.", "es"),
        ("港の拡張工事は年末までに終わる見込みだ。", "ja"),
        ("12345", None),
    ],
)
def test_the_language_of_a_text(text, tag):
    assert vocab.detect(text, vocab.shipped()) == tag


def test_a_gap_is_in_no_line():
    assert [line.text for line in newsparse.explain("كلمة" + " " * 320 + "أخرى")] == ["كلمة أخرى"]


def test_prose_of_several_blocks_is_one_paragraph_whatever_is_in_it():
    (line,) = classify.classify([f"{LONG} راسلونا على news@example.org\x1f{LONG} © الميناء"], SETTINGS)
    assert (line.kind, line.why) == (Kind.PARAGRAPH, "long")


def test_a_caption_is_told_by_one_of_its_last_parts():
    (line,) = classify.classify(["سوق سنار بعد الحريق - صورة أرشيفية - المصدر: رويترز"], SETTINGS)
    assert (line.kind, line.why) == (Kind.CAPTION, "says «صوره ارشيفيه»")
    (line,) = classify.classify(["سوق سنار - صورة أرشيفية - بعد الحريق - وقبل الأمطار - والسيول"], SETTINGS)
    assert line.kind is not Kind.CAPTION


def test_a_weekday_may_stand_between_clock_and_date():
    text = (
        "سد جديد في وادي الرشا يروي ألفي مزرعة قبل الصيف\n21:03\nالجمعة\n28 فبراير 2025\n\n"
        "فتحت إدارة الموارد المائية صباح اليوم بوابات السد للمرة الأولى، بعد ثلاث سنوات من العمل في المنطقة.\n\n"
        "وقالت المهندسة المشرفة إن المياه ستصل إلى نحو ألفي مزرعة قبل حلول الصيف، وإن القنوات بطنت بالحجر.\n"
    )
    assert newsparse.parse(text).published == "2025-02-28T21:03:00"


def test_a_text_that_is_not_cleaned_keeps_its_unit_separators():
    known = newsparse.settings(normalize="none")
    for text in ("عنوان\x1fقصير", "قال الوزير إن الجسر افتتح اليوم.\x1fشارك " * 9):
        assert [line.text for line in classify.classify([text], known)] == [text]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("#جسر\u200f #مدينة", ("جسر", "مدينة")),
        ("#مدينة!", ("مدينة",)),
        ("#مدينة؟ #جسر؛ #ميناء…", ("مدينة", "جسر", "ميناء")),
        ("#جسر/#مدينة", ("جسر", "مدينة")),
        ("#جسر_جديد 🌉 #مدينة ❤️", ("جسر_جديد", "مدينة")),
        ("＃جسر ＃مدينة", ("جسر", "مدينة")),
        ("#tag .", ("tag",)),
        ("#مدرسةٌ #C++", ("مدرسةٌ", "C++")),
        ("#الأردن يعلن فوز المنتخب.", ()),
        ("#😀", ()),
    ],
)
def test_tags_have_no_marks_and_no_ends_of_sentences(line, expected):
    assert tags.of_line(line) == expected


LEAD = "أعلنت   بلدية المدينة اليوم عن افتتاح الجسر الجديد الذي يربط الميناء بالمدينة القديمة بعد عامين من العمل، وقال "
LEAD += "رئيس البلدية إن الكلفة بلغت نحو 4   .   6 مليون دينار، وإن الجسر سيخفف الازدحام عن وسط المدينة ويخدم آلاف "
LEAD += "السائقين كل يوم بحسب تقديرات الدائرة الهندسية في البلدية التي أشرفت على التنفيذ   منذ   بدايته."


@pytest.mark.parametrize("text", [LEAD, "   ".join(LEAD.split()), LEAD.replace("وقال", "   2024/10/3   وقال")])
def test_wide_gaps_inside_prose_are_one_space(text):
    article = newsparse.parse(f"افتتاح جسر جديد في الميناء القديم\n\n13:22 17/09/2024\n\n{text}\n\n{PARAGRAPH}\n")
    assert article.body == (" ".join(text.split()), PARAGRAPH)
    assert article.dropped == ()


def test_a_wide_gap_behind_a_sentence_parts_what_is_no_prose():
    article = newsparse.parse(f"افتتاح جسر جديد في الميناء القديم\n\n13:22 17/09/2024\n\n{LEAD}   تابعنا على فيسبوك\n")
    assert article.body == (" ".join(LEAD.split()),)
    assert [dropped.text for dropped in article.dropped] == ["تابعنا على فيسبوك"]


@pytest.mark.parametrize("call", ["تابع صحيفة الجسر على:", "تابع صحيفة الجسر على غوغل نيوز", "تابعنا على فيسبوك"])
def test_a_call_behind_a_colon_is_not_what_the_colon_announced(call):
    article = newsparse.parse(f"افتتاح جسر جديد في الميناء القديم\n\n{LEAD} وفيها ما يلي:     {call}\n")
    assert article.body == (f"{' '.join(LEAD.split())} وفيها ما يلي:",)
    assert [dropped.text for dropped in article.dropped] == [call]


PARAGRAPH = "وأضاف رئيس البلدية أن العمل مستمر في الطرق المحيطة بالجسر حتى نهاية العام وفق الخطة التي أقرها المجلس."
