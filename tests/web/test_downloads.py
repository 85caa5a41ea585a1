"""Trả tệp: exactly the storage's headers, in whole, in part, or not again."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from flask import Flask

from app.core.actor import SYSTEM
from app.storage import service, serving
from app.web.downloads import respond
from tests.paper import pdf
from tests.world import World


@dataclass
class Served:
    """Một tệp đã lưu và cách giao nó."""

    app: Flask
    spec: serving.FileResponseSpec
    body: bytes

    def ask(self, **headers: str):
        with self.app.test_request_context(headers={k.replace("_", "-"): v for k, v in headers.items()}):
            answer = respond(self.spec)
            answer.direct_passthrough = False
            body = b"" if answer.status_code == 304 else answer.get_data()
            answer.close()  # as the server does
            return answer, body


@pytest.fixture
def served(world: World) -> Served:
    """Một tệp PDF."""
    body = pdf("Nội dung thử")
    stored = service.keep(SYSTEM, service.store_upload(io.BytesIO(body), "tờ trình.pdf"))
    assert world.app is not None
    return Served(world.app, serving.download(stored, 'tờ "trình".pdf', inline=True), body)


def test_the_whole_file_under_the_storages_headers(served: Served) -> None:
    answer, body = served.ask()
    assert (answer.status_code, body) == (200, served.body)
    for name, value in served.spec.headers.items():
        assert answer.headers[name] == value
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Length"] == str(len(served.body))
    assert "Last-Modified" not in answer.headers


def test_an_unchanged_copy_is_not_sent_again(served: Served) -> None:
    answer, body = served.ask(If_None_Match=served.spec.etag)
    assert (answer.status_code, body) == (304, b"")
    assert answer.headers["ETag"] == served.spec.etag
    assert served.ask(If_None_Match='"khac"')[0].status_code == 200


def test_a_part_is_sent_while_the_content_is_the_same(served: Served) -> None:
    answer, body = served.ask(Range="bytes=0-9")
    assert (answer.status_code, body) == (206, served.body[:10])
    assert answer.headers["Content-Range"] == f"bytes 0-9/{len(served.body)}"
    assert served.ask(Range="bytes=0-9", If_Range=served.spec.etag)[0].status_code == 206
    assert served.ask(Range="bytes=0-9", If_Range='"khac"')[0].status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
