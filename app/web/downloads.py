"""Trả tệp đã lưu: turns what the storage settled (path, headers) into a response."""

from __future__ import annotations

from flask import request, send_file
from werkzeug.wrappers import Response

from app.storage.serving import FileResponseSpec


def respond(spec: FileResponseSpec) -> Response:
    """Trả tệp với đúng các tiêu đề của kho; an unchanged copy answers 304."""
    if request.if_none_match.contains(spec.etag.strip('"')):
        return Response(
            status=304, headers={"ETag": spec.etag, "Cache-Control": spec.headers["Cache-Control"]}
        )
    response = send_file(spec.path, mimetype=spec.headers["Content-Type"], conditional=True, etag=False)
    for name, value in spec.headers.items():
        response.headers[name] = value
    return response
