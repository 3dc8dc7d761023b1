"""One spelling of the same Thai text, whatever keyboard or PDF it came from."""

import re
import unicodedata

from portal.thai.digits import to_arabic_digits

# สระอำ typed as นิคหิต and สระอา, a tone mark before or between them
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def one_line(text: str) -> str:
    """A name as it is kept: one line of visible words. Marks nobody sees are dropped, as papers
    and workbooks refuse them and a name of nothing else would look like none."""
    shown = (char for char in text if not _is_unseen(char))
    return _SPACES.sub(" ", "".join(shown)).strip()


def _is_unseen(char: str) -> bool:
    """Control, format and broken characters; those that are white space part words."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace()


def one_spelling(text: str) -> str:
    """NFC, Arabic digits, a whole สระอำ, single spaces, small letters, nothing invisible."""
    seen = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    whole = _SPLIT_AM.sub("\\1\u0e33", to_arabic_digits(seen))
    return _SPACES.sub(" ", whole).strip().casefold()
