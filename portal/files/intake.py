"""What may come in: a good name, bytes that are what the name says, not empty, not too large."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from portal.exceptions import RuleBroken
from portal.files.formats import ALLOWED_IN_WORDS, BY_EXTENSION, FileType, advice, recognise

NAME_LENGTH = 200
# what a multipart name that carried a path or a control character is turned into (see uploads)
BAD_MARK = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A name fit to keep and to print, and the type the content has."""

    name: str
    media_type: str


def accept(name: str, content: IO[bytes], size: int, *, limit_mb: int) -> Accepted:
    """Look at an upload; raises RuleBroken with what is wrong and what is allowed."""
    clean = clean_name(name)
    _check_size(clean, size, limit_mb)
    extension = PurePosixPath(clean).suffix.lower()
    by_name = BY_EXTENSION.get(extension)
    if by_name is None:
        raise _refusal(f"ระบบไม่รับไฟล์ชนิดของ “{clean}” {advice(extension)}")
    content.seek(0)
    is_really = recognise(content)
    content.seek(0)
    if is_really is not by_name:
        raise _disguised(clean, by_name, is_really)
    return Accepted(clean, by_name.media_type)


def clean_name(name: str) -> str:
    """The name in NFC without invisible marks; refused if it holds a path or control characters."""
    clean = unicodedata.normalize("NFC", without_invisible(name)).strip()
    if _is_bad(clean):
        raise _refusal(
            "ชื่อไฟล์มีเครื่องหมายคั่นโฟลเดอร์หรืออักขระควบคุม "
            "โปรดเปลี่ยนชื่อไฟล์ให้มีเพียงตัวอักษร ตัวเลข เว้นวรรค จุด และขีด"
        )
    if len(clean) > NAME_LENGTH:
        raise _refusal(f"ชื่อไฟล์ยาวเกิน {NAME_LENGTH} ตัวอักษร โปรดตั้งชื่อให้สั้นลง")
    return clean


def without_invisible(name: str) -> str:
    """Without the joiners and zero-width spaces that copying Thai text leaves behind."""
    return name.translate(_INVISIBLE)


def _is_bad(name: str) -> bool:
    return (
        name.strip(".") == ""
        or any(mark in name for mark in ("/", "\\", BAD_MARK))
        # control, format (text direction!), line and paragraph separators
        or any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)
    )


def _check_size(name: str, size: int, limit_mb: int) -> None:
    if size == 0:
        raise _refusal(f"ไฟล์ “{name}” ว่างเปล่า (0 ไบต์) โปรดตรวจสอบแล้วเลือกไฟล์ใหม่")
    if size > limit_mb * 1024 * 1024:
        raise _refusal(
            f"ไฟล์ “{name}” ใหญ่ {size / 1024 / 1024:.1f} เมกะไบต์ "
            f"ระบบรับได้ไม่เกิน {limit_mb} เมกะไบต์ต่อไฟล์"
        )


def _disguised(name: str, by_name: FileType, is_really: FileType | None) -> RuleBroken:
    if is_really is None:
        return _refusal(
            f"อ่านไฟล์ “{name}” เป็น{by_name.label} ไม่ได้ ไฟล์อาจเสียหายหรือเป็นชนิดอื่น {ALLOWED_IN_WORDS}"
        )
    return _refusal(
        f"เนื้อหาของไฟล์ “{name}” เป็น{is_really.label} ไม่ตรงกับนามสกุลของไฟล์ "
        f"โปรดเปลี่ยนนามสกุลเป็น {is_really.extensions[0]} หรือเลือกไฟล์ใหม่"
    )


def _refusal(text: str) -> RuleBroken:
    return RuleBroken(text, field="file")
