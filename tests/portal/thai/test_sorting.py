import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.thai.sorting import MAX_LENGTH, sort_key

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=40)
CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]


@pytest.mark.parametrize(
    "in_order",
    [
        ["กก", "กา", "เก", "แก", "โก", "ใก", "ไก", "ขา"],
        ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาน", "ป่าน"],
        ["เก", "เก็ง", "เก่ง", "เก้ง", "เกม", "แก"],
        ["กระ", "กะ", "กัน", "กา", "กำ", "กิน", "กี", "กึ", "กือ", "กุ", "กู", "เกะ"],
        ["รถ", "ฤดู", "ลม", "ฦๅ", "วัน"],
        ["โรงเรียน 1", "โรงเรียน ๒", "โรงเรียนก"],
        ["ABC", "abd", "กขค"],
    ],
)
def test_words_sort_as_in_the_dictionary(in_order: list[str]) -> None:
    mixed = in_order[::-2] + in_order[-2::-2]
    assert sorted(mixed, key=sort_key) == in_order


@given(st.text(max_size=300))
def test_key_is_plain_ascii_that_every_database_compares_alike(text: str) -> None:
    key = sort_key(text)
    assert set(key) <= set("0123456789abcdef")
    assert len(key) <= MAX_LENGTH


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x0E2E), max_size=40))
def test_a_longer_word_follows_the_word_it_begins_with(text: str) -> None:
    assert sort_key(f"{text}ก") >= sort_key(text)


@given(THAI, st.sampled_from("เแโใไ"), st.sampled_from(CONSONANTS), st.sampled_from(CONSONANTS))
def test_a_leading_vowel_never_decides_before_its_consonant(
    before: str, vowel: str, first: str, second: str
) -> None:
    plain = [f"{before}ก{letter}" for letter in (first, second)]
    led = [f"{before}ก{vowel}{letter}" for letter in (first, second)]
    in_order = sort_key(plain[0]) < sort_key(plain[1])
    assert (sort_key(led[0]) < sort_key(led[1])) == in_order


@given(THAI, THAI)
def test_tone_marks_only_break_ties(one: str, other: str) -> None:
    bare = dict.fromkeys(range(0x0E47, 0x0E4D))
    letters = [sort_key(text.translate(bare)) for text in (one, other)]
    if letters[0] < letters[1]:
        assert sort_key(one) < sort_key(other)


def test_every_order_of_typing_the_same_name_gives_one_key() -> None:
    spellings = ["น้ำ", "นํ้า", "น้\u0e4dา", "น้ำ "]
    keys = {sort_key(text) for text in spellings}
    assert len(keys) == 1


def test_keys_of_different_common_syllables_differ() -> None:
    words = ["".join(parts) for parts in itertools.product("กขนม", ["า", "ี", "่า", "้า", "ำ"])]
    assert len({sort_key(word) for word in words}) == len(words)
