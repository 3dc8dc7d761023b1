"""Hands a file to a browser. Whether this person may read it was asked before."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from portal.exceptions import Unavailable
from portal.files.formats import BY_MEDIA_TYPE, PDF
from portal.files.models import StoredFile

logger = logging.getLogger(__name__)

# a sandbox would switch off the browser's own reader of PDF, which runs nothing of ours
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


def file_response(stored: StoredFile, *, download: bool) -> FileResponse:
    """The bytes under their Thai name; only what is safe to look at is shown in the page."""
    kind = BY_MEDIA_TYPE.get(stored.media_type)
    shown = not download and kind is not None and kind.inline
    try:
        content = default_storage.open(stored.path)
    except FileNotFoundError as error:
        logger.error("the bytes of stored file %s are gone", stored.pk)
        raise Http404("ไม่พบเนื้อหาของไฟล์นี้ โปรดแจ้งผู้ดูแลระบบ") from error
    except OSError as error:
        logger.exception("stored file %s could not be read", stored.pk)
        raise Unavailable("ขณะนี้อ่านไฟล์ไม่ได้ เพราะที่เก็บไฟล์ของระบบขัดข้อง โปรดลองอีกครั้งในอีกสักครู่") from error
    response = FileResponse(
        content, as_attachment=not shown, filename=stored.name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY if kind is PDF else _SANDBOX
    response["Cache-Control"] = "private, no-cache"
    return response
