"""Files for tests: the smallest bytes that are really of a type."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import User
from portal.files import services
from portal.files.models import StoredFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 20
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + b"\0" * 12
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60
HTML = b"<!doctype html><script>alert(1)</script>"


def package(**parts: bytes) -> bytes:
    """A zip file with parts named as in `word__document`, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office_document(main_part: str, *more: str) -> bytes:
    """The skeleton of a docx, xlsx or pptx."""
    return package(
        **{"[Content_Types].xml": b"<Types/>", main_part: b"<x/>", **dict.fromkeys(more, b"x")}
    )


def open_document(kind: str) -> bytes:
    """The skeleton of an odt, ods or odp."""
    return package(mimetype=f"application/vnd.oasis.opendocument.{kind}".encode(), content=b"<x/>")


def make_upload(name: str = "หลักฐาน.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_stored(by: User, name: str = "หลักฐาน.pdf", content: bytes = PDF) -> StoredFile:
    return services.store(make_upload(name, content), by=by)
