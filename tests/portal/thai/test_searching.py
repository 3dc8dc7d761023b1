import pytest

from portal.thai.searching import search_text


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("บันทึกข้อความ", "บันทึกขอความ"),
        ("น้ำดื่ม", "นํ้าดื่ม"),
        ("น้ำดื่ม", "น้\u0e4dาดื่ม"),
        ("โครงการปี ๒๕๗๐", "โครงการปี 2570"),
        ("DLTV", "dltv"),
        ("กลุ่ม  นิเทศ", "กลุ่ม\u00a0นิเทศ"),
        ("กลุ่ม\u200bนิเทศ", "กลุ่มนิเทศ"),
        ("คอมพิวเตอร์", "คอมพิวเตอร"),
    ],
)
def test_search_finds_what_was_typed_another_way(stored: str, typed: str) -> None:
    assert search_text(stored) == search_text(typed)


def test_search_text_joins_texts_in_one_line() -> None:
    assert search_text(" กอ ", "", "Kor\n๑") == "กอ kor 1"
