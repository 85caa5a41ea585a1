"""Trường của gói tin: the message header read by names, never by order or depth, with the names older producers used."""

from __future__ import annotations

from typing import Any

from app.storage.child.edxml import values
from app.storage.child.edxml.notes import Notes
from app.storage.child.edxml.tree import Node
from app.storage.child.findings import RefusedError

_LONG, _LINE, _MANY = 20_000, 1_000, 1_000
_ORDER = ("from", "to", "documentid", "code", "promulgationinfo", "documenttype", "subject", "content", "signerinfo",
          "duedate", "otherinfo", "responsefor", "steeringtype", "toplaces")  # fmt: skip
_EXPECTED = ("from", "to", "documentid", "code", "promulgationinfo", "documenttype", "subject", "signerinfo")
_NAMES = {
    "from": "From", "to": "To", "documentid": "DocumentId", "code": "Code", "promulgationinfo": "PromulgationInfo",
    "documenttype": "DocumentType", "subject": "Subject", "signerinfo": "SignerInfo", "tracelist": "TraceHeaderList",
    "business": "Bussiness",
}  # fmt: skip


def header_of(root: Node) -> Node | None:
    """Phần đầu gói tin: the message header, or what stands for it in status messages of older producers."""
    found = root if root.name == "messageheader" else root.find("messageheader")
    if found is not None:
        return found
    for name in ("messagestatus", "status"):
        for node in root.find_all(name):
            if node.child("responsefor") or node.child("statuscode"):
                return node
    for node in [root, *root.find_all("edxmlheader", "header", "edxmlenvelope", "edxmlmessage")]:
        if node.child("from") and (
            node.child("subject") or node.child("documentid") or node.child("statuscode")
        ):
            return node
    return None


def message(root: Node, header: Node, notes: Notes) -> dict[str, Any]:
    """Mọi trường của gói tin."""
    if header.name != "messageheader":
        notes.add("header_named", header.tag)
    status = _status(header, notes)
    common: dict[str, Any] = {
        "kind": "status" if status else "document",
        "from": _organ(header.child("from")),
        "to": [_organ(n) for n in header.all("to")[:_MANY]],
        "response_for": [r for n in _responses(root, header) if (r := _response(n, notes))],
        "trace": _trace(root, notes),
    }
    if status:
        return {**common, "status": status}
    _check_shape(root, header, notes)
    return {**common, **_document(root, header, notes), "business": _business(root, notes)}


def _document(root: Node, header: Node, notes: Notes) -> dict[str, Any]:
    other = header.child("otherinfo") or root.find("otherinfo")
    raw_due = header.value("duedate", "responsedate", "deadline")
    return {
        "document_id": _document_id(root, header),
        "code": _code(header),
        "promulgation": _promulgation(header, notes),
        "document_type": _type(header),
        "subject": header.value("subject")[:_LONG],
        "content": _text(header.child("content"))[:_LONG],
        "signer": _signer(header),
        "due_date": values.day(raw_due, "DueDate", notes),
        "steering_type": values.number(header.value("steeringtype")),
        "to_places": _places(header),
        "other": _other(other, notes) if other else {},
        "secrecy": _secrecy(header, other),
    }


def _text(node: Node | None) -> str:
    return " ".join(node.text.split()) if node else ""


def _organ(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    named = {
        "organ_id": node.value("organid", "organizationid", "organcode", "id")
        or node.attributes.get("organid", ""),
        "name": node.value("organname", "organizationname", "name"),
        "in_charge": node.value("organizationincharge"),
        "address": node.value("organadd", "address"),
        "email": node.value("email"),
        "telephone": node.value("telephone", "phone"),
        "fax": node.value("fax"),
        "website": node.value("website"),
    }
    if not named["organ_id"] and not node.children and node.text:
        named["organ_id"] = _text(node)
    return {key: value[:_LINE] for key, value in named.items() if value}


def _document_id(root: Node, header: Node) -> str:
    found = header.value("documentid", "docid")
    if not found:
        for name in ("edxmlheader", "edxmlenvelope", "header"):
            place = root.find(name)
            found = found or (place.value("documentid") if place else "")
    return found[:_LINE]


def _code(header: Node) -> dict[str, str]:
    node = header.child("code")
    number = node.value("codenumber", "number") if node else header.value("codenumber")
    notation = node.value("codenotation", "notation") if node else header.value("codenotation")
    if node is not None and not node.children and node.text:
        number, _, notation = _text(node).partition("/")
    # Some producers repeat the number in the notation: "12" and "12/UBND-VP".
    joined = (
        notation
        if number and notation.startswith(f"{number}/")
        else "/".join(p for p in (number, notation) if p)
    )
    return {"number": number[:_LINE], "notation": notation[:_LINE], "reference": joined[:_LINE]}


def _promulgation(header: Node, notes: Notes) -> dict[str, Any]:
    node = header.child("promulgationinfo")
    raw = node.value("promulgationdate", "date") if node else header.value("promulgationdate")
    return {
        "place": (node.value("place") if node else "")[:_LINE],
        "date": values.day(raw, "PromulgationDate", notes),
        "date_as_sent": raw[:60],
    }


def _type(header: Node) -> dict[str, Any]:
    node = header.child("documenttype", "type")
    if node is None:
        return {"type": None, "detail": None, "name": header.value("typename")[:_LINE]}
    raw = node.value("type", "value")
    name = node.value("typename", "description", "name") or ("" if node.children else _text(node))
    return {
        "type": values.number(raw),
        "detail": values.number(node.value("typedetail")),
        "name": name[:_LINE],
    }


def _signer(header: Node) -> dict[str, str]:
    node = header.child("signerinfo", "author", "signer")
    if node is None:
        return {}
    return {
        "competence": node.value("competence")[:_LINE],
        "position": node.value("position", "function", "title")[:_LINE],
        "name": (node.value("fullname", "name", "signer") or ("" if node.children else _text(node)))[:_LINE],
    }


def _places(header: Node) -> list[str]:
    node = header.child("toplaces")
    if node is None:
        return []
    found = [_text(n) for n in node.all("place")] or [line.strip() for line in node.text.split(";")]
    return [p[:_LINE] for p in found if p][:_MANY]


def _other(node: Node, notes: Notes) -> dict[str, Any]:
    raw = node.value("priority")
    appendixes = [_text(n) for n in node.find_all("appendix")]
    return {
        "priority": values.urgency(raw, notes),
        "priority_as_sent": raw[:60],
        "sphere": node.value("sphereofpromulgation")[:_LINE],
        "typer": node.value("typernotation")[:_LINE],
        "copies": values.number(node.value("promulgationamount")),
        "pages": values.number(node.value("pageamount")),
        "direction": node.value("direction").lower()[:10],
        "appendixes": [a[:_LINE] for a in appendixes if a][:_MANY],
    }


def _secrecy(header: Node, other: Node | None) -> str:
    names = ("secret", "secrecy", "confidentiality", "security", "securitylevel", "secretlevel", "domat")
    return (header.value(*names) or (other.value(*names) if other else ""))[:100]


def _responses(root: Node, header: Node) -> list[Node]:
    return header.all("responsefor")[:_MANY] or root.find_all("responsefor")[:1]


def _response(node: Node, notes: Notes) -> dict[str, Any]:
    raw = node.value("promulgationdate", "date")
    code = node.child("code")
    number = _text(code) if code is not None and not code.children else ""
    if code is not None and code.children:
        number = "/".join(p for p in (code.value("codenumber"), code.value("codenotation")) if p)
    found = {
        "organ_id": node.value("organid")[:_LINE],
        "code": number[:_LINE],
        "date": values.day(raw, "ResponseFor", notes),
        "document_id": node.value("documentid")[:_LINE],
    }
    return found if any(found.values()) else {}


def _status(header: Node, notes: Notes) -> dict[str, Any] | None:
    raw = header.value("statuscode")
    if not raw:
        return None
    if len(raw) == 1 and raw.isdigit():
        notes.add("status_one_digit", raw)
        raw = f"0{raw}"
    written = header.value("timestamp")
    return {
        "code": raw[:20],
        "description": _text(header.child("description"))[:_LONG],
        "timestamp": values.moment(written, "Timestamp", notes),
        "timestamp_as_sent": written[:60],
        "staff": _staff(header.child("staffinfo")),
    }


def _staff(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    found = {name: node.value(name)[:_LINE] for name in ("department", "staff", "email", "mobile")}
    return {name: value for name, value in found.items() if value}


def _trace(root: Node, notes: Notes) -> list[dict[str, Any]]:
    found = []
    for node in root.find_all("traceheader")[:_MANY]:
        sender = node.child("sender", "from")
        raw = node.value("timestamp", "time")
        organ = node.value("organid") or (sender.value("organid") if sender else "")
        found.append({"organ_id": organ[:_LINE], "timestamp": values.moment(raw, "TraceHeader", notes)})
    if len(found) > 1:
        notes.add("trace_many", str(len(found)))
    if any(not t["organ_id"] for t in found):
        notes.add("trace_without_organ")
    return found


def _business(root: Node, notes: Notes) -> dict[str, Any]:
    node = root.find("bussiness", "business")
    if node is None:
        notes.add("missing", _NAMES["business"])
        return {"type": 0, "assumed": True}
    if node.name == "business":
        notes.add("business_spelled")
    raw = node.value("bussinessdoctype", "businessdoctype")
    kind = values.number(raw)
    if kind is None:
        notes.add("business_assumed", raw[:40])
    elif kind not in (0, 1, 2, 3):
        raise RefusedError("business_type", raw[:40])
    about = node.child("bussinessdocumentinfo", "businessdocumentinfo")
    return {
        "type": kind or 0,
        "assumed": kind is None,
        "reason": node.value("bussinessdocreason", "businessdocreason")[:_LONG],
        "paper": values.number(node.value("paper")),
        "document_id": node.value("documentid")[:_LINE],
        "staff": _staff(node.child("staffinfo")),
        "document_changed": _flag(about, "documentinfo"),
        "receivers_changed": _flag(about, "documentreceiver"),
        "receivers": [
            {"organ_id": r.value("organid")[:_LINE], "added": r.value("receivertype") != "0"}
            for r in node.find_all("receiver")[:_MANY]
        ],
        "replaces": [
            {
                "document_id": r.value("documentid")[:_LINE],
                "organ_ids": [_text(o)[:_LINE] for o in r.find_all("organid")[:_MANY]],
            }
            for r in node.find_all("replacementinfo")[:_MANY]
        ],
    }


def _flag(node: Node | None, name: str) -> bool | None:
    value = node.value(name) if node else ""
    return value == "1" if value else None


def _check_shape(root: Node, header: Node, notes: Notes) -> None:
    """What is not as the reference order has it."""
    here = [n.name for n in header.children]
    for name in _EXPECTED:
        if (
            name not in here
            and not (name == "signerinfo" and "author" in here)
            and not (name == "documenttype" and "type" in here)
        ):
            notes.add("missing", _NAMES[name])
    if root.find("traceheaderlist") is None:
        notes.add("missing", _NAMES["tracelist"])
    if "author" in here or header.find("function"):
        notes.add("names_2012")
    known = [_ORDER.index(name) for name in here if name in _ORDER]
    if known != sorted(known):
        notes.add("element_order")
