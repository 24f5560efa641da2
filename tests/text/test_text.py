"""Decoding, the transport clean-up, folding: `newsparse.text`."""

import time
import unicodedata

import pytest

from newsparse import DecodeError, arabic, signs, text
from newsparse.signs import TATWEEL


def clean(raw, level="light"):
    return "\n".join(text.clean_lines(raw, level))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029", "\f"])
def test_every_line_end_is_one(end):
    assert clean(f"سطر أول{end}سطر ثان{end}") == "سطر أول\nسطر ثان\n"


def test_a_form_feed_that_opens_a_line_is_a_page_break():
    assert clean("أ\n\fب").split("\n") == ["أ", "\f", "ب"]
    assert clean("أ\n\f\nب").split("\n") == ["أ", "\f", "ب"]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2003", "\t", "\x1a", "\x00", "\x9c", "   "])
def test_spaces_and_controls_become_one_space(space):
    assert clean(f"قال{space}الوزير") == "قال الوزير"


def test_line_ends_are_trimmed():
    assert clean("  أول \u00a0\n\u200f ثان \u200f") == "أول\nثان"


@pytest.mark.parametrize("gone", ["\u200b", "\u00ad", "\ufeff"])
def test_marks_of_transport_go(gone):
    assert clean(f"{gone}وزا{gone}رة") == "وزارة"


def test_an_embedding_that_nothing_closes_goes_and_a_closed_one_stays():
    assert clean("قال \u202bالوزير") == "قال الوزير"
    assert clean("قال \u2067الوزير\u2069 أمس") == "قال \u2067الوزير\u2069 أمس"


def test_a_line_of_marks_alone_is_blank():
    assert clean("\u202b\u202c\nقال\n\u2067 \u200f\u2069") == "\nقال\n"


@pytest.mark.parametrize(
    "kept",
    ["می‌خواهد", "👩\u200d🚀", "حُكْمٌ", "هـ 1446", '«قال» “نعم” "لا"', "١٢٫٥", "ﷺ", "½ … –", "على ‎U-23‎ أمس"],
)
def test_what_is_not_transport_stays(kept):
    assert clean(kept) == unicodedata.normalize("NFC", kept)


def test_plain_characters_are_folded_by_a_code_page():
    assert len(text.PLAIN) == len(set(text.PLAIN)) <= 256
    assert type(text._FOLD_PAGE) is not dict, "the slow kind of code page"


def test_decomposed_letters_are_composed():
    assert clean("ا\u0654حمد") == "أحمد"


def test_long_runs_of_marks_cost_linear_time():
    run = "ا" + "\u064b\u0654" * 80_000
    start = time.process_time()
    assert clean(run) == run
    assert time.process_time() - start < 5


def test_level_none_only_splits_lines():
    assert clean("أ\u00a0ب  ج\r\nد\u200b", "none") == "أ\u00a0ب  ج\nد\u200b"


def test_level_search_folds_letters():
    assert clean("أُسْرَةٌ إلى ١٢ ـــ", "search") == "اسره الي 12 "


def test_wide_gaps_of_a_long_line_are_marked():
    words = "كلمة " * 80
    assert clean(f"{words}    المزيد") == f"{words.strip()}{text.GAP}المزيد"
    assert clean("سعر    صرف") == "سعر صرف"


def test_fold_makes_variants_equal():
    assert text.fold("الأَنـــاضول") == text.fold("الاناضول")
    assert text.fold("۱۴۰۳ ١٤٠٣") == "1403 1403"
    assert text.fold("کشور\u200cها") == text.fold("كشورها")
    assert text.fold("سطر\nسطر") == "سطر\nسطر"


def test_plain_characters_are_folded_as_others_are():
    for character in text.PLAIN:
        assert text.fold(f"ا{character}b") == text._folded(f"ا{character}b"), ascii(character)
    assert set(text._PLAIN_FOLDED) - {"", "ss"} <= set(text.PLAIN)
    assert type(text._FOLD_PAGE) is not dict, "the slow kind of code page"


def test_letters_are_folded_by_the_constants_of_pyarabic():
    assert (arabic.FOLDED, arabic.TASHKEEL) == (signs.FOLDED, signs.TASHKEEL)
    vocalized = "ٱلأَنـــاضُولُ إلى مُؤْتَمَرٍ ١٤٠٣"
    stripped = arabic.araby.strip_tatweel(arabic.araby.strip_tashkeel(vocalized))
    assert vocalized.translate(signs.FOLDED) == stripped.translate(signs.FOLDED) == text.for_search(vocalized)
    assert TATWEEL == arabic.araby.TATWEEL


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_believed(encoding):
    assert text.decode("خبر".encode(encoding)) == "خبر"
    assert text.decode("خبر".encode(encoding), "ascii") == "خبر"


def test_bytes_that_do_not_fit_are_named_by_offset():
    with pytest.raises(DecodeError, match=r"byte 4 is not UTF-8; .*decode it from windows-1256"):
        text.decode("خب".encode() + b"\xc7")
    with pytest.raises(DecodeError, match=r"byte 0 is not ascii"):
        text.decode(b"\xc7", "ascii")
    with pytest.raises(DecodeError, match=r"byte 7 is not utf-8-sig; decode it from its own encoding"):
        text.decode("خب".encode("utf-8-sig") + b"\xc7")


WRAPS = ["\u202b{}\u202c", "\u2067{}\u2069", "\u2067\u202b{}\u202c\u2069", "\u200f\u202b{} \u202c\u200f", "\u202b{}"]


@pytest.mark.parametrize("wrap", WRAPS)
def test_embeddings_that_wrap_a_line_go(wrap):
    line = "وقال الوزير إن الجسر سيخفف الازدحام."
    assert clean(f"{wrap.format(line)}\n{wrap.format('')}\n{wrap.format('#صور')}") == f"{line}\n\n#صور"


def test_embeddings_of_every_word_go_and_those_inside_a_line_stay():
    assert clean("\u202bوقال\u202c \u202bالوزير.\u202c") == "وقال الوزير."
    inner = "زار \u2068New York\u2069 أمس."
    assert clean(inner) == inner
    assert clean(f"\u202b{inner}\u202c") == inner
    assert clean("\u2068New York\u2069 \u202dأمس\u202c ثم") == "\u2068New York\u2069 \u202dأمس\u202c ثم"


def test_deep_embeddings_take_linear_time():
    line = "\u202b" * 200_000 + "خبر" + "\u202c" * 200_000
    start = time.process_time()
    assert clean(line) == "خبر"
    assert time.process_time() - start < 5
