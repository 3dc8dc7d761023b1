"""How a file reaches a browser: under its Thai name, and harmless."""

import pytest
from django.core.files.storage import default_storage
from django.http import Http404

from portal.files.serving import file_response
from tests.factories.people import make_user
from tests.factories.uploads import PDF, PNG, make_stored, office_document

pytestmark = pytest.mark.django_db
THAI_NAME = "filename*=utf-8''%E0%B8%9C%E0%B8%B1%E0%B8%87"


@pytest.fixture
def served():
    """file_response, closed at the end as a server does."""
    responses = []

    def serve(stored, *, download):
        responses.append(file_response(stored, download=download))
        return responses[-1]

    yield serve
    for response in responses:
        response.close()


def test_a_picture_is_shown_in_a_sandbox(served):
    response = served(make_stored(make_user(), "ผัง.png", PNG), download=False)
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == f"inline; {THAI_NAME}.png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].split(";")[0] == "sandbox"
    assert response["Cache-Control"] == "private, no-cache"
    assert b"".join(response.streaming_content) == PNG


def test_a_pdf_is_shown_without_a_sandbox_and_loads_nothing(served):
    response = served(make_stored(make_user()), download=False)
    assert response["Content-Disposition"].split(";")[0] == "inline"
    assert response["Content-Security-Policy"].split(";")[0] == "default-src 'none'"
    assert int(response["Content-Length"]) == len(PDF)


def test_a_download_is_an_attachment(served):
    response = served(make_stored(make_user(), "ผัง.png", PNG), download=True)
    assert response["Content-Disposition"] == f"attachment; {THAI_NAME}.png"


@pytest.mark.parametrize(
    ("name", "content"),
    [("รายชื่อ.csv", b"a,b\r\n"), ("บันทึก.docx", office_document("word/document.xml"))],
)
def test_what_is_not_safe_to_show_is_always_an_attachment(served, name, content):
    response = served(make_stored(make_user(), name, content), download=False)
    assert response["Content-Disposition"].split(";")[0] == "attachment"


def test_an_unknown_type_is_always_an_attachment(served):
    stored = make_stored(make_user())
    stored.media_type = "text/html"
    response = served(stored, download=False)
    assert response["Content-Disposition"].split(";")[0] == "attachment"


def test_lost_bytes_are_a_404_and_logged(served, caplog):
    stored = make_stored(make_user())
    default_storage.delete(stored.path)
    with pytest.raises(Http404):
        served(stored, download=False)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
