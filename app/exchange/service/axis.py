"""Trục liên thông văn bản quốc gia: its services as an adapter. One endpoint, the caller named by a system id, files as they are.

``/sendEdoc`` takes packages and states; ``/getReceivedEdocList`` lists what waits; ``/getEdoc`` gives one; ``/updateStatus``
tells the axis (not the sender) that it was fetched; ``/getAgenciesList`` names who is on it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from app.core import limits
from app.exchange.service import client
from app.exchange.service.identity import identity
from app.exchange.service.sealing import SealBroken, sha256

if TYPE_CHECKING:
    from app.exchange.service.outgoing import Task

KINDS = {"document": "edoc", "status": "status"}
_SERVICE = "eDoc"
_MOST_LIST = 4 * limits.MB


@dataclass(frozen=True)
class Endpoint:
    """Nơi gọi và danh tính trên trục."""

    url: str
    networks: str
    system_id: str

    def target(self) -> client.Target:
        """Nơi được phép gọi."""
        return client.target_of(self.url, self.networks, plain_http=identity().plain_http)

    def headers(self, **more: str) -> dict[str, str]:
        """Tiêu đề của mọi lời gọi."""
        return {"SystemId": self.system_id, "servicetype": _SERVICE, **more}


@dataclass(frozen=True)
class Waiting:
    """Một gói tin đang chờ trên trục."""

    id: str
    sender: str
    sha256: str
    size: int


def send(task: Task) -> client.Answer:
    """Gửi một gói tin hoặc trạng thái lên trục.

    :raises Unreachable: no answer.
    """
    place = Endpoint(task.url, task.networks, task.partner_code)
    kind = KINDS[task.kind]
    headers = place.headers(
        **{"from": task.sender_code, "messagetype": kind, "Content-Type": "application/octet-stream"}
    )
    with identity().packages.open(task.payload_sha256, task.payload_size) as stream:
        content = stream.read()
    return client.post(place.target(), "/sendEdoc", iter([content]), len(content), headers)


def acknowledged(answer: client.Answer) -> dict[str, Any]:
    """Trục đã nhận: its own id for the package, and no error.

    :raises SealBroken: an error code, or an answer that is none.
    """
    value = answer.value
    if not is_well(value) or not value.get("docId"):
        raise SealBroken(str(value.get("errorDesc", ""))[:200])
    return {"id": str(value["docId"]), "status": "01"}


def is_well(value: dict[str, Any]) -> bool:
    """Câu trả lời không có mã lỗi."""
    return str(value.get("errorCode", "") or "0") == "0" and str(value.get("status", "OK")).upper() != "FAIL"


def waiting(place: Endpoint, kind: str) -> Iterator[Waiting]:
    """Danh sách gói tin (``edoc``) hay trạng thái (``status``) đang chờ."""
    query = urlencode({"messagetype": kind})
    for item in _list(place, f"/getReceivedEdocList?{query}", messagetype=kind):
        known = str(item.get("contentSha256", "")).lower()
        size = str(item.get("contentLength", "0"))
        token = str(item.get("id", ""))
        if re.fullmatch(r"[A-Za-z0-9_.:-]{1,80}", token) and size.isdigit():
            yield Waiting(token, str(item.get("from", ""))[:35], known, int(size))


def agencies(place: Endpoint) -> list[tuple[str, str]]:
    """Mã và tên các cơ quan trên trục, in the codes of QĐ 20/2020."""
    found = []
    for item in _list(place, "/getAgenciesListQD20"):
        code, name = str(item.get("code") or item.get("id") or ""), str(item.get("name") or "")
        if re.fullmatch(r"[A-Z0-9.]{1,35}", code) and name:
            found.append((code, name[:200]))
    return found


def fetch(place: Endpoint, item: Waiting) -> bytes:
    """Lấy một gói tin; what does not agree with its listed hash is not taken.

    :raises Unreachable: no answer, too large, or other bytes than listed.
    """
    into = io.BytesIO()
    path = f"/getEdoc?{urlencode({'docId': item.id})}"
    client.fetch(place.target(), path, place.headers(docId=item.id), into, limits.PACKAGE_BYTES)
    data = into.getvalue()
    if (item.size and len(data) != item.size) or (item.sha256 and sha256(data) != item.sha256):
        raise client.Unreachable("Gói tin lấy từ trục khác giá trị băm đã báo.")
    return data


def tell_fetched(place: Endpoint, doc_id: str, *, is_done: bool) -> None:
    """Báo trục đã lấy xong hay không lấy được."""
    body = json.dumps({"docId": doc_id, "status": "done" if is_done else "fail"}).encode()
    headers = place.headers(**{"Content-Type": "application/json"})
    client.post(place.target(), "/updateStatus", iter([body]), len(body), headers)


def _list(place: Endpoint, path: str, **headers: str) -> list[dict[str, Any]]:
    into = io.BytesIO()
    client.fetch(place.target(), path, place.headers(**headers), into, _MOST_LIST)
    try:
        value = json.loads(into.getvalue() or b"[]")
    except (ValueError, RecursionError) as problem:
        raise client.Unreachable("Trục trả lời không đúng dạng.") from problem
    if isinstance(value, dict):
        if not is_well(value):
            raise client.Unreachable(f"Trục báo lỗi: {str(value.get('errorDesc', ''))[:200]}")
        value = value.get("data") or []
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
