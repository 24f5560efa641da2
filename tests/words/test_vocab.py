"""The format of word lists: what is read at once, what goes to tomllib, what is refused."""

import pytest

import newsparse
from newsparse.lines import rules
from newsparse.record import Kind, VocabError
from newsparse.words.vocab import Column, Vocab, column, folded, read_plain, read_toml, shipped, with_files

PLAIN = '# words\n\n[colours]\n"red" = true\n"blue" = true\n\n# all\n\n[sizes]\n"big" = [1, "L"]\n'
PLAIN += '\n[mixed]\n"a" = true\n"b" = "c"\n'


def columns(content):
    return {name: column(entries) for name, entries in read_plain(content).items()}


def test_plain_tables_are_columns():
    assert columns(PLAIN) == {
        "colours": Column("red\nblue", [True, True]),
        "sizes": Column("big", [[1, "L"]]),
        "mixed": Column("a\nb", [True, "c"]),
    }


def test_strings_are_read_at_once_too():
    assert columns('#\n[a]\n"x" = "y"\n"z" = "with = sign"') == {"a": Column("x\nz", ["y", "with = sign"])}


@pytest.mark.parametrize("entries", ["a = 1", '"a" = 1 # one', '"a" = [\n1,\n2]', "'a' = 1"])
def test_other_toml_is_not_plain(entries):
    with pytest.raises(ValueError, match=r"."):
        columns(f"#\n[t]\n{entries}\n")


def test_a_users_file_may_be_any_toml():
    assert read_toml("[t]\na = 1 # one\n'b c' = [\n2,\n3]\n[u]") == {
        "t": Column("a\nb c", [1, [2, 3]]),
        "u": Column("", []),
    }


BROKEN = ('[t]\n"a" = "b"c"d"', '[t]\n"a" = 1\n"a" = 2', "[t", '[t]\n"a" = "x\n', "a = 1", '[t]\n"a\\nb" = 1')
MANY_DOTS = "[" + ".".join("a" * 1002) + "]"


@pytest.mark.parametrize("content", [*BROKEN, MANY_DOTS])
def test_what_is_no_word_list_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        read_toml(content)


def test_a_broken_file_is_an_error_with_its_name(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[agencies]\n= 3\n", encoding="utf-8")
    with pytest.raises(VocabError, match=r"mine\.toml: not a word list"):
        with_files([path])


def test_an_unknown_table_is_an_error_that_names_the_known_ones(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[spelled]\n"x" = true\n', encoding="utf-8")
    with pytest.raises(VocabError, match=r"no table \[spelled\]; the tables are agencies, "):
        with_files([path])


def test_a_users_words_come_to_the_shipped_ones(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[cities]\n"بلدة الوادي" = "XX"\n"أنقرة" = "YY"\n', encoding="utf-8")
    vocab = with_files([path])
    assert (vocab.cities["بلده الوادي"], vocab.cities["انقره"], vocab.cities["القاهره"]) == ("XX", "YY", "EG")


@pytest.mark.parametrize("words", ["24 ساعة رياضية", "«نبض الميناء»", "3نجوم", "جولة/المرفأ"])
def test_a_users_words_open_furniture_whatever_they_begin_with(words, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(f'[furniture]\n"{words}" = "opens"\n', encoding="utf-8")
    (line,) = newsparse.explain(f"{words} كل ليلة من الاستوديو", vocab=with_files([path]))
    assert line.kind is Kind.FURNITURE


def test_what_opens_furniture_is_looked_for_by_its_first_letters():
    assert rules._by_first_word(shipped()).keys() <= rules.first_words(shipped())


def test_spellings_are_those_of_the_files():
    tables = [{"cities": folded("cities", Column("أنقرة\nالقاهرة\nبغداد", ["TR", "EG", "IQ"]))}]
    assert Vocab(tables).spelled("cities") == {"انقره": "أنقرة", "القاهره": "القاهرة"}
    tables.append({"cities": folded("cities", Column("انقرة", ["TR"]))})
    assert Vocab(tables).spelled("cities") == {"انقره": "انقرة", "القاهره": "القاهرة"}
    tables.append({"cities": folded("cities", Column("انقره", ["TR"]))})
    assert Vocab(tables).spelled("cities") == {"القاهره": "القاهرة"}
    assert Vocab(tables).spelled("none") == {}
