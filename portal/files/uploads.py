"""Upload names as they were sent.

Django quietly cuts folders and control characters from the name of an upload. A name that had
them is not what the person thinks it is, so it is marked here and refused by `intake`.
"""

import html
from typing import Any, cast

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from portal.files.intake import BAD_MARK, without_invisible


class _NamesAsSent(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str | None:
        clean = super().sanitize_file_name(file_name)
        was_cut = clean != without_invisible(html.unescape(file_name))
        return f"{BAD_MARK}{clean or ''}" if file_name and was_cut else clean


class KeepNames(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: reads the form, the handlers after it take the bytes."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        _content_length: int,
        _boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]]:
        request = cast(HttpRequest, self.request)
        handlers = [handler for handler in request.upload_handlers if handler is not self]
        return _NamesAsSent(META, input_data, handlers, encoding).parse()
