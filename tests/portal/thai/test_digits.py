from portal.thai.digits import to_arabic_digits, to_thai_digits


def test_thai_digits_replace_arabic_ones() -> None:
    assert to_thai_digits("ที่ ศธ 04100/25 ลงวันที่ 3") == "ที่ ศธ ๐๔๑๐๐/๒๕ ลงวันที่ ๓"


def test_arabic_digits_replace_thai_ones() -> None:
    assert to_arabic_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


def test_numbers_are_accepted_as_they_are() -> None:
    assert to_thai_digits(2569) == "๒๕๖๙"
