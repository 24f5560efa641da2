"""Inputs: names, bytes, encodings, rows; every refusal says what is wrong and what to do."""

from __future__ import annotations

import bz2
import errno
import gzip
import json
import lzma
import os
import sys
import threading
from pathlib import Path

import pytest
from command import ARTICLE, newsparse

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from newsparse.reading import inputs, read, rows
from newsparse.reading.inputs import InputError
from newsparse.reading.read import ReadOptions, Source, common_name

ARABIC = "افتتاح جسر جديد في صور\n\nالأناضول\n\nافتتح وزير الأشغال الجسر الجديد صباح اليوم.\n"


def text_of(path: Path | str, **reading: object) -> str:
    return "".join(Source(str(path), ReadOptions(**reading)).blocks())  # type: ignore[arg-type]


def refusal(path: Path | str, **reading: object) -> str:
    with pytest.raises(InputError) as caught:
        text_of(path, **reading)
    assert caught.value.name == str(path)
    return caught.value.what


def warnings_of(path: Path | str, **reading: object) -> list[str]:
    source = Source(str(path), ReadOptions(**reading))  # type: ignore[arg-type]
    for _ in source.blocks():
        pass
    return source.warnings


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    def make(data: bytes | str, name: str = "a.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return make


# Encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be"])
def test_byte_order_marks_are_honoured(file, encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path = file(mark + ARABIC.encode(encoding))
    assert text_of(path).lstrip("\ufeff") == ARABIC
    assert text_of(path, encoding="windows-1256").lstrip("\ufeff") == ARABIC or encoding == "utf-8"
    assert warnings_of(path) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("windows-1256", "windows-1256"),
        ("CP1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
        ("arabic", "iso-8859-6"),
    ],
)
def test_another_encoding_is_read_and_warned_of(file, given, code):
    path = file(ARABIC.encode(given))
    assert text_of(path, encoding=given) == ARABIC
    assert warnings_of(path, encoding=given) == [f"encoding.{code}"]


def test_what_is_not_utf8_fails_with_its_offset(file):
    text = "خبر قصير".encode() + b"\xd3 rest"
    assert refusal(file(text)).startswith("byte 15 is not UTF-8")
    assert "--encoding windows-1256" in refusal(file(text))
    assert refusal(file(b"\xef\xbb\xbf" + text)).startswith("byte 18 ")
    assert refusal(file(b"ab\x81\x8d", "x"), encoding="cp1252").startswith("byte 2 is not cp1252")


@pytest.mark.parametrize(
    "at",
    [
        0,
        1,
        read.BLOCK_BYTES - 1,
        read.BLOCK_BYTES,
        read.MAX_JUDGED_BYTES,
        read.MAX_JUDGED_BYTES + 3 * read.BLOCK_BYTES + 7,
    ],
)
def test_the_offset_is_right_in_large_files_too(file, at):
    size = read.MAX_JUDGED_BYTES + 4 * read.BLOCK_BYTES
    data = bytearray(b"word " * (size // 5))
    data[at] = 0xFF
    assert refusal(file(bytes(data))).startswith(f"byte {at} ")
    letters = bytearray("سلام\n".encode() * (size // 9))
    letters[at // 9 * 9 + 8 : at // 9 * 9 + 9] = b"\xd8"  # a letter that another follows too early
    assert refusal(file(bytes(letters))).startswith(f"byte {at // 9 * 9 + 8} ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_file_cut_inside_a_character_is_loud(file, encoding):
    assert "cut short" in refusal(file(ARABIC.rstrip("\n.").encode(encoding)[:-1]))


def test_joined_encodings_are_flagged_or_loud(file):
    wide, plain = ARABIC.encode("utf-16"), ARABIC.encode()
    latin = b"A line of plain letters that was put behind the other text, as cat does.\n" * 2
    assert warnings_of(file(wide + latin)) == ["text.mojibake"]
    assert "byte 170 is not utf-16" in refusal(file(wide + plain + b"\n" * (len(plain) % 2)))
    assert warnings_of(file(wide + wide)) == []
    assert "byte" in refusal(file(plain * 10 + wide))


@pytest.mark.parametrize("wrong", ["cp1252", "cp1256", "latin-1"])
def test_mojibake_is_flagged(file, wrong):
    mojibake = ARABIC.encode().decode(wrong, "replace" if wrong == "cp1252" else "strict")
    assert warnings_of(file(mojibake)) == ["text.mojibake"]
    assert warnings_of(file("L'été à Málaga, ça va; Ürün için çok güzel bir gün; Århus, Øresund, SÃO\n" * 3)) == []
    assert warnings_of(file("Þórður: Æðarfugl; Être où? FRANÇAIS, ÉTÉ; ÇÖZÜM, ÜÇÜNCÜ, ÖÇ\n" * 3)) == []
    assert warnings_of(file(ARABIC + "طائرات ظهرت وسط الظلام، ضبط الخط والوسط والظل والطاقة\n")) == []


@pytest.mark.parametrize(("right", "wrong"), [("cp1256", "cp1252"), ("cp1256", "latin-1"), ("iso-8859-6", "cp1256")])
def test_mojibake_of_eight_bits_is_flagged_and_not_advised(file, right, wrong):
    data = ARABIC.encode(right)
    assert "text.mojibake" in warnings_of(file(data), encoding=wrong)
    assert warnings_of(file(data), encoding=right) == [f"encoding.{common_name(right)}"]
    assert common_name(right) in refusal(file(data))


@pytest.mark.parametrize(
    ("text", "is_flagged"),
    [
        ("قال الوزير &quot;لا زيادة&quot; هذا العام.", True),
        ("السطر الأول.&nbsp;", True),
        ("&#1575;&#1604;&#1582;&#1576;&#1585;", True),
        ("العنوان\\n\\nقال الوزير إن العمل بدأ.", True),
        ("\\u0627\\u0644\\u062e\\u0628\\u0631", True),
        ("شركة AT&T؛ وبحث & تطوير", False),
        ("R&D; C:\\news\\new", False),
    ],
)
def test_escapes_are_flagged_in_the_article_that_has_them(tmp_path, text, is_flagged):
    (tmp_path / "a.txt").write_text(f"{ARTICLE}\f{text}\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(
        f"{json.dumps({'text': ARTICLE})}\n{json.dumps({'text': text})}\n", encoding="utf-8"
    )
    for name in ("a.txt", "a.jsonl"):
        done = newsparse(tmp_path / name)
        flagged = ["text.escapes" in record["warnings"] for record in done.records]
        assert flagged == [False, is_flagged]


# What is no text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x02\0\x08\x06\0\0\0\xf4x\xd4\xfa", "binary"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xdb", "binary"),
        (b"\0" * 5000, "binary"),
        (bytes((7 * n * n + n) % 256 for n in range(3000)), "binary"),
        ("نص قصير\n".encode() + b"\0" * 5000, "binary"),
        (ARABIC.encode("utf-16-le"), "utf-16-le"),
        (bytes(range(1, 9)) * 100, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdftotext"),
        (b"PK\x03\x04\x14\0", "unpack"),
        (b"<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>", "HTML"),
        (("<p>" + ARABIC + "</p>\n") * 4, "HTML"),
        ('{"text": "خبر"}\n', "--from jsonl"),
        ('[\n {"text": "خبر"}\n]', "--from jsonl"),
    ],
)
def test_what_is_no_text_is_refused_with_a_hint(file, data, hint):
    assert hint in refusal(file(data))


def test_an_encoding_that_decodes_any_byte_makes_no_text_of_a_binary_file(file):
    assert "binary" in refusal(file(bytes(range(256)) * 9), encoding="windows-1256")
    assert text_of(file((ARABIC * 9 + "\0").encode("windows-1256")), encoding="windows-1256") == ARABIC * 9 + "\0"


@pytest.mark.parametrize(
    "text",
    [
        "[صورة] افتتاح جسر\n",
        "{ملاحظة} نص\n",
        "قال إن 3 < 5 و a <b> c\n",
        "x <y@example.org> z <w@example.org>\n" * 9,
        "a\0b\x1a\x07 text that goes on for quite a while\n",
        "BZh is no archive\n",
        "عنوان <script>alert(1)</script>\n\n" + ARABIC + "<img src=x onerror=alert(1)><b>x</b>\n" + ARABIC + ARABIC,
        "\x1b[31mred\x1b[0m text\n",
    ],
)
def test_odd_text_is_still_text(file, text):
    assert text_of(file(text)) == text


def test_signs_are_found_in_time_that_does_not_grow(file):
    for text in ("<" * 200_000, "<a " * 100_000, "{" * 200_000, '{"' + "a" * 200_000, "Ø" * 200_000, "ط" * 200_000):
        assert isinstance([read.is_html(text), read._BEGINS_JSON.match(text), read.is_mojibake(text)], list)


# Compression ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress], ids=["gz", "bz2", "xz", "zst"]
)
class TestCompression:
    def test_it_is_known_by_its_first_bytes(self, file, pack):
        assert text_of(file(pack(ARABIC.encode()), "no-suffix")) == ARABIC

    def test_members_and_padding(self, file, pack):
        assert text_of(file(pack(b"one\n") + pack(b"two\n") + bytes(512))) == "one\ntwo\n"

    def test_a_large_one_in_blocks(self, file, pack):
        text = ARABIC * 20_000
        blocks = list(Source(str(file(pack(text.encode()))), ReadOptions()).blocks())
        assert "".join(blocks) == text
        assert max(map(len, blocks)) <= read.BLOCK_BYTES

    def test_damage_and_truncation_are_named(self, file, pack):
        whole = pack(ARABIC.encode() * 50)
        assert "cut short" in refusal(file(whole[:-9]))
        broken = bytearray(whole)
        broken[len(whole) // 2] ^= 0xFF
        assert "damaged" in refusal(file(bytes(broken)))
        assert "damaged" in refusal(file(whole + b"something else that follows"))

    def test_a_bomb_is_cut_off(self, file, pack):
        assert "--max-size" in refusal(file(pack(b"word \n" * 400_000)), max_size=1 << 20)


def test_damage_is_named_where_it_makes_bytes_that_are_no_text(file):
    whole = bytearray(gzip.compress(ARABIC.encode() * 20_000, 0))
    whole[len(whole) // 2] = 0xFF
    assert "damaged gz data" in refusal(file(bytes(whole)))
    assert "is not UTF-8" in refusal(file(gzip.compress(b"\xff" * (1 << 20))))


def test_a_suffix_is_no_proof(file):
    assert text_of(file(ARABIC, "x.gz")) == ARABIC


# Limits and special files -----------------------------------------------------------------------------------------


def test_limits(file):
    assert "more than 1 KiB" in refusal(file("كلمة\n" * 1000), max_size=1024)
    assert text_of(file("كلمة\n" * 100), max_size=900) == "كلمة\n" * 100
    line = "ك" * (read.MAX_LINE_BYTES // 2 + 1)
    assert "a line of more than 24 MiB" in refusal(file(line))
    assert "a line" in refusal("/dev/zero") or "binary" in refusal("/dev/zero")


def test_a_close_that_fails_loses_nothing(file, monkeypatch):
    source = file(ARABIC * 20_000)
    close = os.close

    def failing(fd):
        close(fd)
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr("newsparse.reading.read.os.close", failing)
    assert text_of(source) == ARABIC * 20_000


def test_what_cannot_be_opened(tmp_path):
    assert "no such file" in refusal(tmp_path / "missing.txt")
    assert "a folder" in refusal(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert "leads back" in refusal(tmp_path / "loop")
    assert "no such file" in refusal("nul\0in.txt")
    assert text_of("/dev/null") == ""


def test_what_may_not_be_read(file):
    path = file(ARABIC)
    path.chmod(0)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        assert "no permission to read it" in refusal(path)
    finally:
        if was_root:
            os.seteuid(0)


def test_a_named_pipe_is_waited_for_a_little(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "PIPE_TIMEOUT_SECONDS", 0.2)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "nobody writes" in refusal(pipe)
    monkeypatch.setattr(read, "PIPE_TIMEOUT_SECONDS", 20)
    writer = threading.Thread(target=lambda: pipe.write_text(ARABIC, encoding="utf-8"))
    writer.start()
    assert text_of(pipe) == ARABIC
    writer.join()


def test_a_pipe_without_a_name_is_waited_for(monkeypatch):
    monkeypatch.setattr(read, "PIPE_TIMEOUT_SECONDS", 0.0)
    ours, theirs = os.pipe()
    timer = threading.Timer(0.2, lambda: (os.write(theirs, b"late\n"), os.close(theirs)))
    timer.start()
    assert text_of(f"/dev/fd/{ours}") == "late\n"
    timer.join()
    os.close(ours)


# Rows -------------------------------------------------------------------------------------------------------------


def rows_of(read_rows, path: Path, **reading: object) -> list[object]:
    return [
        (row.line, row.what) if isinstance(row, InputError) else (row.line, row.text, dict(row.extra))
        for row in read_rows(Source(str(path), ReadOptions(**reading)))  # type: ignore[arg-type]
    ]


def test_json_lines(file):
    lines = ['{"text": "أ", "url": "u"}', "", "nonsense", "[1]", '{"text": 5}', '{"body": "x"}', '{"text": ["ب", "ج"]}']
    found = rows_of(rows.jsonl, file("\r\n".join(lines)), keep={"link": "url"})
    assert found[0] == (1, "أ", {"link": "u"})
    assert found[-1] == (7, "ب\nج", {})
    assert [line for line, *_ in found] == [1, 3, 4, 5, 6, 7]
    hints = ["not JSON", "no JSON object", "holds no text", "--text-field"]
    assert all(hint in what for (_, what), hint in zip(found[1:5], hints, strict=True))


def test_json_that_no_json_can_hold_again(file):
    row = r'{"text": "a\ud800b \ud83d\ude00", "n": NaN, "i": 1e999, "f": 1.5}'
    (found,) = rows.jsonl(Source(str(file(row)), ReadOptions(keep={"n": "n", "i": "i", "f": "f"})))
    assert isinstance(found, rows.Row)
    assert found.text == "a\ufffdb 😀"
    assert found.extra == {"n": None, "i": "1e999", "f": 1.5}
    assert found.warnings == ("text.surrogate",)
    json.dumps(found.extra, allow_nan=False)


def test_hostile_json_is_a_failure_of_its_row(file):
    deep, long = "[" * 100_000, '{"text": ' + "9" * 5000 + "}"
    found = rows_of(rows.jsonl, file(f'{deep}\n{long}\n{{"text": "ok"}}\n'))
    assert found[0][1] == "not JSON (nested too deeply); one object a line is expected"
    assert [line for line, *_ in found] == [1, 2, 3]
    assert found[2][1] == "ok"


def test_csv(file):
    table = 'id,text,url\r\n1,"سطر\r\nثان, مع ""اقتباس""",u\r\n2,ن\0ص,v\r\n3\r\n4,a,b,c\r\n'
    found = rows_of(rows.csv, file(table), keep={"url": "url"})
    assert found[0] == (2, 'سطر\nثان, مع "اقتباس"', {"url": "u"})
    assert found[1] == (4, "ن ص", {"url": "v"})
    assert found[2] == (5, "the field 'text' holds no text; check this row")
    assert found[3][0] == 6
    assert "5 cells" not in found[3][1] and "4 cells" in found[3][1]


@pytest.mark.parametrize(
    ("name", "table"),
    [("a.tsv", "id\ttext\n1\tx, y\n"), ("a.csv", "id;text\n1;x, y\n"), ("a.csv", "id\ttext\r1\tx, y\r")],
)
def test_other_separators_and_line_ends(file, name, table):
    assert rows_of(rows.csv, file(table, name)) == [(2, "x, y", {})]


def test_csv_that_is_none(file, monkeypatch):
    assert rows_of(rows.csv, file("")) == []
    with pytest.raises(InputError, match=r"no column 'text'; there are: a, b\. Name one with --text-field"):
        rows_of(rows.csv, file("a,b\n1,2\n"))
    monkeypatch.setattr(rows, "MAX_LINE_BYTES", 1000)
    with pytest.raises(InputError, match="a quote is not closed"):
        rows_of(rows.csv, file('text\n"' + "word\n" * 1000))


def test_a_row_has_the_size_limit_and_the_input_has_none(file):
    row = json.dumps({"text": "x" * 900}) + "\n"
    assert len(rows_of(rows.jsonl, file(row * 5), max_size=1000)) == 5
    with pytest.raises(InputError, match="a row of more than 500 bytes"):
        rows_of(rows.jsonl, file(row), max_size=500)


# Names ------------------------------------------------------------------------------------------------------------


def listed(*paths: Path | str, **options: object) -> list[str]:
    known = {"include": ("*.txt",), "outputs": (), "may_be_empty": False, **options}
    found = inputs.input_names([str(path) for path in paths], **known)  # type: ignore[arg-type]
    return [str(item) if isinstance(item, InputError) else item for item in found]


def test_folders_are_walked_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y.md", "c/d/e.txt", "ب.txt", "Z.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    names = [name.removeprefix(f"{tmp_path}/") for name in listed(tmp_path)]
    assert names == ["Z.txt", "a/z.txt", "a.txt", "b.txt", "c/d/e.txt", "ب.txt"]
    assert listed(tmp_path / "a", include=("*.md", "*.t?t")) == [f"{tmp_path}/a/y.md", f"{tmp_path}/a/z.txt"]
    assert listed(tmp_path / "b.txt", "-", "\0") == [f"{tmp_path}/b.txt", "-", "\0"]


def test_a_folder_without_any_says_what_is_there(tmp_path):
    assert "nor is there any other" in listed(tmp_path)[0]
    for name in ("a.html", "b.html", "c.md"):
        (tmp_path / name).touch()
    (found,) = listed(tmp_path)
    assert "*.txt" in found and "2 with .html" in found and found.endswith("; try --from html")
    assert listed(tmp_path, include=("*.htm",))[0].endswith("; try --include '*.html'")
    assert listed(tmp_path, include=("*.txt", "*.htm"))[0].endswith("; try --include '*.html'")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("sample", "samples"), ("sample/", "samples"), ("samples/artcle.txt", "samples/article.txt"),
     ("samples/article", "samples/article.txt"), ("samples/ARTICLE.jsn", "samples/article.json"),
     ("samples/zz.txt", None), ("sample/article.txt", None), ("x.txt", None)],
)  # fmt: skip
def test_a_name_that_nothing_has_brings_the_one_that_comes_near(tmp_path, monkeypatch, typed, near):
    (tmp_path / "samples").mkdir()
    for name in ("article.json", "article.txt", "y.txt"):
        (tmp_path / "samples" / name).touch()
    monkeypatch.chdir(tmp_path)
    what = f"no such file; did you mean {near}?" if near else "no such file; check the name"
    assert listed(typed) == [f"{typed}: {what}"]


def test_what_is_typed_for_another_program_is_answered():
    assert "nothing is fetched" in listed("https://example.org/news")[0]
    assert "--include" in listed("inbox/*.txt")[0]


def test_only_the_first_misses_of_a_list_are_looked_up(tmp_path):
    (tmp_path / "article.txt").touch()
    found = listed(*[tmp_path / "artcle.txt"] * 5)
    assert ["did you mean" in error for error in found] == [True] * 3 + [False] * 2


def test_a_loop_of_folders_is_named_and_left(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to("..")
    (tmp_path / "sub" / "x.txt").touch()
    found = listed(tmp_path)
    assert found[0].endswith("a.txt") and found[2].endswith("x.txt") and len(found) == 3
    assert "a loop" in found[1]
    assert "a loop" in listed(tmp_path / "sub")[0]  # also where the link leads above the folder that is named


def test_a_very_deep_folder(tmp_path):
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
        deep.mkdir()
    (deep / "x.txt").touch()
    assert listed(tmp_path) == [f"{deep}/x.txt"]


@pytest.mark.parametrize("null", [False, True])
def test_lists_of_names(null):
    end = b"\0" if null else b"\n"
    given = [b"a.txt", b"\xd8\xb5.txt", b"bad\xff.txt", b"", b"last"]
    for size in (1, 3, 1000):
        data = end.join(given)
        chunks = [data[start : start + size] for start in range(0, len(data), size)]
        assert [os.fsencode(name) for name in inputs.names_in_list(chunks, null)] == [name for name in given if name]


def test_printed_names():
    assert inputs.printed(os.fsdecode(b"caf\xe9 \xd8\xb5")) == "caf\\xe9 ص"
    "".join(map(inputs.printed, ["a", os.fsdecode(bytes(range(1, 256)))])).encode()
