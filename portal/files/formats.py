"""The types of file an office works with, and how to tell them by their content.

Left out on purpose: archives (nobody sees what is in them), programs, web pages, pictures that
can carry scripts (SVG), and Office documents with macros or of the old binary kind.
"""

import codecs
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """What is printed, served and matched with the end of a name; shown in the page if safe."""

    label: str
    media_type: str
    extensions: tuple[str, ...]
    inline: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

PDF = FileType("ไฟล์ PDF", "application/pdf", (".pdf",), inline=True)
JPEG = FileType("รูปภาพ JPEG", "image/jpeg", (".jpg", ".jpeg"), inline=True)
PNG = FileType("รูปภาพ PNG", "image/png", (".png",), inline=True)
WEBP = FileType("รูปภาพ WebP", "image/webp", (".webp",), inline=True)
DOCX = FileType("เอกสาร Word", f"{_OOXML}wordprocessingml.document", (".docx",))
XLSX = FileType("ตาราง Excel", f"{_OOXML}spreadsheetml.sheet", (".xlsx",))
PPTX = FileType("งานนำเสนอ PowerPoint", f"{_OOXML}presentationml.presentation", (".pptx",))
ODT = FileType("เอกสาร OpenDocument", f"{_ODF}text", (".odt",))
ODS = FileType("ตาราง OpenDocument", f"{_ODF}spreadsheet", (".ods",))
ODP = FileType("งานนำเสนอ OpenDocument", f"{_ODF}presentation", (".odp",))
TEXT = FileType("ไฟล์ข้อความ", "text/plain", (".txt", ".csv"))

TYPES = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP, TEXT)
BY_EXTENSION = {extension: kind for kind in TYPES for extension in kind.extensions}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in TYPES}
ALLOWED_IN_WORDS = (
    "ไฟล์ที่รับ ได้แก่ PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), "
    "OpenDocument (.odt .ods .odp), รูปภาพ (.jpg .png .webp) และข้อความ (.txt .csv)"
)

# what people have instead, and what to make of it
_INSTEAD = {
    ".doc": ".docx หรือ .pdf",
    ".xls": ".xlsx",
    ".ppt": ".pptx หรือ .pdf",
    ".heic": ".jpg",
    ".zip": "ไฟล์เดิมก่อนบีบอัด แล้วแนบทีละไฟล์",
    ".rar": "ไฟล์เดิมก่อนบีบอัด แล้วแนบทีละไฟล์",
}

_ZIP = b"PK\x03\x04"
_MAIN_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
}
_ODF_TYPES = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}
# what is known and not taken, so that it does not pass for text
_NOT_TEXT = (b"%!PS", b"{\\rtf", b"MZ", b"#!", b"\x7fELF", b"\xd0\xcf\x11\xe0")


def advice(extension: str) -> str:
    """What to do with a file whose name ends in something that is not taken."""
    instead = _INSTEAD.get(extension)
    return f"โปรดใช้ {instead}" if instead else ALLOWED_IN_WORDS


def recognise(content: IO[bytes]) -> FileType | None:
    """The type the bytes are of, whatever the name says; None for what is not taken."""
    head = content.read(HEAD)
    if head.startswith(_ZIP):
        return _office_document(content)
    for kind in _by_signature(head):
        return kind
    return TEXT if _is_text(head) else None


def _by_signature(head: bytes) -> Iterator[FileType]:
    # some scanners put a byte order mark or a line break before the first word of a PDF
    if head[:64].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        yield PDF
    if head.startswith(b"\xff\xd8\xff"):
        yield JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        yield PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        yield WEBP


def _office_document(content: IO[bytes]) -> FileType | None:
    try:
        with zipfile.ZipFile(content) as package:
            names = set(package.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None
            if "mimetype" in names:
                return _ODF_TYPES.get(_start_of(package, "mimetype"))
            if "[Content_Types].xml" in names:
                return next((_MAIN_PARTS[name] for name in _MAIN_PARTS if name in names), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error):
        return None
    return None


def _start_of(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(100).strip()


def _is_text(head: bytes) -> bool:
    if head.startswith(_NOT_TEXT) or head.lstrip().startswith(b"<"):
        return False
    for encoding in ("utf-8-sig", "cp874"):
        # what was read may end in the middle of a character
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(head, final=len(head) < HEAD)
        except UnicodeDecodeError:
            continue
        return not any(char < " " and char not in "\t\r\n\f" for char in text)
    return False
