"""The file: what a person may do to it, what is forgotten, and what is refused."""

import pickle
from datetime import datetime, timedelta, timezone

import pytest
from feed_pages import ABOVE, OTHER_ABOVE, OTHER_BELOW, page

from newsparse import explain, feed, parse
from newsparse.feed import Profile, ProfileError
from newsparse.feed.profile import updated

DAY = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
LINES = ABOVE.split("\n")


def learned(pages=6, first=0, profile=None, day=0, **changes):
    texts = [page(number, **changes) for number in range(first, first + pages)]
    return feed.learn(texts, profile, now=DAY + timedelta(days=day))


def changed(profile, old, new):
    text = profile.dumps()
    assert old in text
    return Profile.loads(text.replace(old, new, 1))


def test_a_file_is_read_as_it_was_written(tmp_path):
    profile = learned()
    profile.save(tmp_path / "a.toml")
    again = Profile.load(tmp_path / "a.toml", with_pages=True)
    assert again.dumps() == profile.dumps()
    assert parse(page(40), feed=again) == parse(page(40), feed=profile) != parse(page(40))


@pytest.mark.parametrize("line", ['قالوا: "نعم" = لا', 'a "b" = c', "\\", "tab\there", "\u202eمقلوب\u202c سطر"])
def test_any_line_survives_the_file(line):
    profile = learned(extra=f"{line} سطر طويل من صفحة الموقع")
    assert Profile.loads(profile.dumps()).dumps() == profile.dumps()


def test_a_profile_goes_to_other_processes():
    profile = learned()
    assert pickle.loads(pickle.dumps(profile)).dumps() == profile.dumps()


def test_the_same_pages_add_nothing():
    assert learned(profile=learned(), day=3).dumps() == learned().dumps()


def test_pages_learned_in_two_runs_are_as_good_as_in_one():
    two = learned(first=3, pages=3, profile=Profile.loads(learned(pages=3).dumps()))
    assert two.lines == learned().lines
    assert two.dumps() == learned().dumps()


def test_what_a_person_adds_stays_and_works():
    profile = changed(learned(), "[furniture]\n", '[furniture]\n"لا تنسوا تقويم الموقع" = true\n')
    profile = learned(first=6, profile=profile)
    assert "لا تنسوا تقويم الموقع" in profile.by_hand
    lines = explain(page(1, extra="لا تنسوا تقويم الموقع"), feed=profile)
    assert [line.why for line in lines if line.text == "لا تنسوا تقويم الموقع"] == ["set by hand in the feed's profile"]


@pytest.mark.parametrize("new", ["", f'"{LINES[0]}" = false\n'])
def test_what_a_person_takes_out_stays_out(new):
    profile = learned(first=6, profile=changed(learned(), f'"{LINES[0]}" = true\n', new))
    assert LINES[0] not in profile.lines
    assert f'"{LINES[0]}" = false\n' in profile.dumps()
    assert LINES[1] in profile.lines
    assert f'"{LINES[0]}" = false\n' in learned(first=12, profile=profile).dumps()


def test_other_tables_are_words():
    profile = Profile.loads(learned().dumps() + '\n[agencies]\n"إذاعة الضفة" = ["MA", "أخبار الضفة"]\n')
    text = page(1).replace("\n\n", "\nأخبار الضفة\n\n", 1)
    assert parse(text, feed=profile).agency == "إذاعة الضفة"
    assert "[agencies]" in learned(first=6, profile=profile).dumps()


def test_old_pages_are_forgotten():
    profile = learned(first=6, profile=learned(extra="ركن الأسبوع الأول"), day=11)
    assert profile.total == 6
    assert "ركن الأسبوع الأول" not in profile.lines
    assert "ركن الأسبوع الأول" in learned(first=6, pages=2, profile=learned(extra="ركن الأسبوع الأول"), day=9).lines


def test_a_person_sets_the_window():
    profile = changed(learned(), '"days" = 10', '"days" = 30')
    assert learned(first=6, profile=profile, day=11).total == 12
    profile = changed(profile, '"pages" = 50', '"pages" = 6')
    assert learned(first=6, profile=profile, day=11).total == 6
    profile = changed(learned(), '"days" = 10', f'"days" = {10**30}')
    assert learned(first=6, profile=profile, day=11).total == 12


def test_another_layout_begins_anew():
    profile = learned(pages=5, first=6, profile=learned(), day=1, above=OTHER_ABOVE, below=OTHER_BELOW)
    assert profile.has_drifted
    assert profile.total == 5
    assert not {*LINES} & profile.lines.keys()
    assert not learned(pages=5, first=6, profile=learned(), day=1).has_drifted


def test_another_layout_shows_in_single_pages_too():
    profile = learned()
    drifted = []
    for number in range(5):
        profile = learned(1, 6 + number, profile, 1 + number, above=OTHER_ABOVE, below=OTHER_BELOW)
        drifted.append(profile.has_drifted)
    assert drifted == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("newsparse", "no feed profile.*move this one away"),
        ("[furniture]\n", "no version"),
        ('[feed]\n"version" = 9\n', "update newsparse"),
        ('[feed]\n"version" = 1\n"pages" = "x"\n', "has to be a number"),
        ('[feed]\n"version" = 1\n\n[pages]\n"2026" = 3\n', "damaged"),
        ('[feed]\n"version" = 1\n\n[pages]\n"2026-13-01 a" = ["body", ""]\n', "damaged"),
        (".".join("a" * 1002) + " = 1", "a line has more than 1000 dots"),
        ("a = " + "[" * 3000, r"no feed profile \(nested too deeply\); name another file"),
        ('[feed]\n"version" = 1\n\n[pages]\n"2026" = [', "no feed profile"),
        ("\0", "binary, not text; it has to be text in UTF-8"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path, content, what):
    path = tmp_path / "a.toml"
    path.write_text(content)
    with pytest.raises(ProfileError, match=what):
        updated(str(path), [], DAY)
    assert path.read_text() == content


def test_a_profile_is_in_utf_8(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(learned().dumps().encode("windows-1256", "replace"))
    with pytest.raises(ProfileError, match=r"a\.toml: byte \d+ is not UTF-8; it has to be text in UTF-8$"):
        Profile.load(path)


def test_an_empty_file_is_a_profile_without_pages(tmp_path):
    path = tmp_path / "a.toml"
    path.touch()
    assert not Profile.load(path).lines
    assert updated(str(path), [], DAY).total == 0


def test_a_wrong_word_is_refused(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(learned().dumps() + '\n[months]\n"شهر" = 13\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"a\.toml: \[months\]"):
        Profile.load(path)
