"""Trục liên thông văn bản quốc gia: its services as an adapter; one endpoint, a system id, files sent as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.exchange.service import client
from app.exchange.service.identity import identity
from app.exchange.service.sealing import SealBroken

if TYPE_CHECKING:
    from app.exchange.service.outgoing import Task


def send(task: Task) -> client.Answer:
    """Gửi một gói tin lên trục: ``/sendEdoc`` with the system id in the headers.

    :raises Unreachable: no answer.
    """
    who = identity()
    target = client.target_of(task.url, task.networks, plain_http=who.plain_http)
    headers = {
        "Content-Type": "application/octet-stream",
        "SystemId": who.secret("axis_system_id"),
        "from": task.sender_code,
        "servicetype": "eDoc",
        "messagetype": "edoc" if task.kind == "document" else "status",
    }
    with who.packages.open(task.payload_sha256, task.payload_size) as stream:
        return client.post(target, "/sendEdoc", iter([stream.read()]), task.payload_size, headers)


def acknowledged(answer: client.Answer) -> dict[str, Any]:
    """Trục đã nhận: its own id for the package, and no error.

    :raises SealBroken: an error code, or an answer that is none.
    """
    value = answer.value
    if str(value.get("errorCode", "")) not in ("", "0") or not value.get("docId"):
        raise SealBroken(str(value.get("errorDesc", ""))[:200])
    return {"id": str(value["docId"]), "status": "01"}
