"""Trục đóng thế: a real HTTP server with the services of the axis, as far as an office uses them."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class AxisStandIn:
    """Trục liên thông trên máy này."""

    def __init__(self, system_id: str = "he-thong-01") -> None:
        self.system_id = system_id
        self.waiting: dict[str, tuple[str, str, bytes]] = {}  # id → (messagetype, from, content)
        self.sent: list[tuple[str, str, bytes]] = []
        self.told: dict[str, str] = {}
        self.agencies = [
            {"code": "H17.05", "name": "Sở Ví dụ tỉnh Mẫu"},
            {"code": "H29.15", "name": "của ta"},
        ]
        self.error = ""
        self.wrong_hash = False
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                stand_in._get(self)

            def do_POST(self) -> None:
                stand_in._post(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, doc_id: str, content: bytes, kind: str = "edoc", sender: str = "H17.05") -> None:
        """Một gói tin chờ lấy."""
        self.waiting[doc_id] = (kind, sender, content)

    def close(self) -> None:
        """Đóng."""
        self.server.shutdown()
        self.server.server_close()

    def _get(self, ask: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(ask.path)
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if ask.headers.get("SystemId") != self.system_id:
            self._answer(ask, {"status": "FAIL", "errorCode": "15", "errorDesc": "Sai SystemId"})
        elif parts.path == "/getReceivedEdocList":
            rows = [
                {
                    "id": i, "from": sender, "status": "initial", "contentLength": len(data),
                    "contentSha256": "0" * 64 if self.wrong_hash else hashlib.sha256(data).hexdigest(),
                }
                for i, (kind, sender, data) in self.waiting.items()
                if kind == query.get("messagetype")
            ]  # fmt: skip
            self._answer(ask, {"status": "OK", "errorCode": "0", "data": rows})
        elif parts.path == "/getAgenciesListQD20":
            self._answer(ask, {"status": "OK", "errorCode": "0", "data": self.agencies})
        elif parts.path == "/getEdoc" and query.get("docId") in self.waiting:
            self._bytes(ask, self.waiting[query["docId"]][2])
        else:
            ask.send_error(404)

    def _post(self, ask: BaseHTTPRequestHandler) -> None:
        body = ask.rfile.read(int(ask.headers["Content-Length"]))
        if self.error:
            self._answer(ask, {"status": "FAIL", "errorCode": self.error, "errorDesc": "Đang bảo trì"})
        elif ask.path == "/sendEdoc":
            self.sent.append((ask.headers["messagetype"], ask.headers["from"], body))
            self._answer(
                ask, {"status": "OK", "errorCode": "0", "errorDesc": "", "docId": f"axis-{len(self.sent)}"}
            )
        elif ask.path == "/updateStatus":
            value = json.loads(body)
            self.told[value["docId"]] = value["status"]
            self.waiting.pop(value["docId"], None)
            self._answer(ask, {"status": "OK", "errorCode": "0"})
        else:
            ask.send_error(404)

    def _answer(self, ask: BaseHTTPRequestHandler, value: dict[str, Any]) -> None:
        self._bytes(ask, json.dumps(value).encode())

    @staticmethod
    def _bytes(ask: BaseHTTPRequestHandler, data: bytes) -> None:
        ask.send_response(200)
        ask.send_header("Content-Length", str(len(data)))
        ask.end_headers()
        ask.wfile.write(data)
