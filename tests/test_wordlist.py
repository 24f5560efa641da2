"""The format of word lists: what is read at once, what goes to tomllib, what is refused."""

import pytest

from newsparse import wordlist
from newsparse.article import VocabError
from newsparse.vocab import load, with_files
from newsparse.wordlist import Column, read_columns, read_plain

PLAIN = '# words\n\n[colours]\n# warm\n"red" = true\n\n# cold\n"blue" = true\n\n[sizes]\n"big" = [1, "L"]\n\n[empty]\n'


def test_plain_tables_are_columns():
    assert read_plain(PLAIN) == {
        "colours": Column(["red", "blue"], [True, True]),
        "sizes": Column(["big"], [[1, "L"]]),
        "empty": Column([], []),
    }


def test_strings_are_read_at_once_too():
    assert read_plain('[a]\n"x" = "y"\n"z" = "with = sign"') == {"a": Column(["x", "z"], ["y", "with = sign"])}


NOT_PLAIN = (
    "[t]\na = 1",
    '[t]\n"a" = 1 # comment',
    '[t]\n"a" = [\n1,\n2]',
    '[t.u]\n"a" = 1',
    '[t]\n"a\\tb" = 1',
    "[t]\n'a' = 1",
    'x = 1\n[t]\n"a" = 1',
    '[t]\n"a" = """b"""',
)


@pytest.mark.parametrize("content", NOT_PLAIN)
def test_other_toml_is_left_to_toml(content):
    assert read_plain(content) is None


def test_other_toml_gives_the_same_columns():
    assert read_columns("[t]\na = 1 # one\n'b c' = [\n2,\n3]") == {"t": Column(["a", "b c"], [1, [2, 3]])}


BROKEN = ('[t]\n"a" = "b"c"d"', '[t]\n"a" = 1\n"a" = 2', "[t", '[t]\n"a" = "x\n', "a = 1", '[t]\n"a\\nb" = 1')


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_word_list_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        read_columns(content)


def test_a_broken_file_is_an_error_with_its_name(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[agencies]\n= 3\n", encoding="utf-8")
    with pytest.raises(VocabError, match=r"mine\.toml: not a word list"):
        load([path])


def test_an_unknown_table_is_an_error_that_names_the_known_ones(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[spelled]\n"x" = true\n', encoding="utf-8")
    with pytest.raises(VocabError, match=r"no table \[spelled\]; the tables are agencies, "):
        load([path])


def test_a_users_words_come_to_the_shipped_ones(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[cities]\n"بلدة الوادي" = "XX"\n"أنقرة" = "YY"\n', encoding="utf-8")
    vocab = with_files([path])
    assert (vocab.cities["بلده الوادي"], vocab.cities["انقره"], vocab.cities["القاهره"]) == ("XX", "YY", "EG")


def test_spellings_are_those_of_the_files():
    spellings = wordlist.Spellings()
    spellings.add("t", ["انقره"], ["أنقرة"])
    assert spellings.get("t", {}) == {"انقره": "أنقرة"}
    spellings.add("t", ["باكو"], ["باكو"])
    assert spellings.get("t", {}) == {"انقره": "أنقرة", "باكو": "باكو"}
    assert spellings.get("none", {}) == {}
