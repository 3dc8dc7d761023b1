"""Thai and Arabic digits."""

_THAI = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = "0123456789"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)


def to_thai_digits(text: object) -> str:
    """The same text with ๐–๙ in place of 0–9."""
    return str(text).translate(_TO_THAI)


def to_arabic_digits(text: object) -> str:
    """The same text with 0–9 in place of ๐–๙."""
    return str(text).translate(_TO_ARABIC)
