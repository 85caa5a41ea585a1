"""Trả tệp đã lưu: turns what the storage settled (path, headers) into a response."""

from __future__ import annotations

from flask import send_file
from werkzeug.wrappers import Response

from app.storage.serving import FileResponseSpec


def respond(spec: FileResponseSpec) -> Response:
    """Trả tệp với đúng các tiêu đề của kho; the caller has loaded the record that owns it, for the reader who asks.

    An unchanged copy answers 304, a part of it 206: both by the content's own hash, never by a time.
    """
    response = send_file(
        spec.path,
        mimetype=spec.headers["Content-Type"],
        etag=spec.etag.strip('"'),
        conditional=True,
        max_age=None,
    )
    for name, value in spec.headers.items():
        response.headers[name] = value
    response.headers.pop("Last-Modified", None)
    return response
