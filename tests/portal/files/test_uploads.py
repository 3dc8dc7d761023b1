"""A name with a path or control characters arrives as what it was, to be refused."""

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from portal.exceptions import RuleBroken
from portal.files.intake import clean_name
from portal.files.uploads import KeepNames
from tests.factories.uploads import PDF

BOUNDARY = "XX"


def received(raw_name):
    """The form after Django read an upload sent under `raw_name`."""
    body = (
        (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nผลงาน\r\n'
            f"--{BOUNDARY}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{raw_name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        + PDF
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    request = RequestFactory().post(
        "/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    request.upload_handlers = [KeepNames(request), MemoryFileUploadHandler(request)]
    return request.POST, request.FILES


@pytest.mark.parametrize("raw_name", ["หลักฐาน.pdf", "ราย\u200bงาน (1).pdf", "a&amp;b.pdf"])
def test_a_good_name_arrives_unmarked(raw_name):
    typed, files = received(raw_name)
    assert typed["title"] == "ผลงาน"
    assert files["file"].read() == PDF
    assert clean_name(files["file"].name) == raw_name.replace("\u200b", "").replace("&amp;", "&")


@pytest.mark.parametrize(
    "raw_name",
    [
        "../../etc/passwd.pdf",
        "โฟลเดอร์/ไฟล์.pdf",
        "C:\\\\ไฟล์.pdf",
        "ไฟ\x07ล์.pdf",
        "ไฟล์\u202epdf.pdf",
        "..",
    ],
)
def test_a_bad_name_is_marked_and_refused(raw_name):
    _, files = received(raw_name)
    assert files["file"].read() == PDF
    with pytest.raises(RuleBroken):
        clean_name(files["file"].name)


def test_no_file_chosen_is_no_file():
    assert received("")[1] == {}
