"""Ma trận quyền: every address, method, role and kind of object against a table that people reviewed.

``MATRIX_WRITE=1`` writes what was observed into ``matrix/<package>.yml``; the difference is then read by a person before it is
committed. An address that is not in a table fails.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from flask import Flask
from sqlalchemy import Connection, text
from werkzeug.routing import Rule

from app.core.db import session
from app.org.models import Person, UserSession
from tests.architecture import matrix_objects, matrix_organisation  # noqa: F401 - the latter adds its builder
from tests.architecture.matrix_objects import CANARY, MISSING, Ids, Objects
from tests.client import Client
from tests.world import World, open_session

TABLES = Path(__file__).parent / "matrix"
ROLES = (
    "visitor", "expired", "disabled", "specialist", "head", "director", "clerk", "secretary", "admin", "specialist_b", "admin2", "chairman",
)  # fmt: skip
RELATIONS = ("own", "same", "other", "missing")
_ROWS = text(
    "SELECT (SELECT max(id) FROM audit_entry), (SELECT max(id) FROM outbox), (SELECT sum(version) FROM document), (SELECT count(*) FROM record_access)"
)


# What differs between any two answers: tokens, request keys, request ids, the address itself.
_FRESH = re.compile(r'name="(?:csrf_token|request_key)" value="[^"]*"|[0-9a-f]{12}|[0-9]+')


def endpoints(app: Flask, package: str) -> Iterator[tuple[Rule, str]]:
    """Các đường dẫn của một gói, từng phương thức."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.endpoint, r.rule)):
        if rule.endpoint.split(".")[0] == package:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method


def packages(app: Flask) -> list[str]:
    """Các gói có trang; /healthz and /readyz know no roles and have tests of their own."""
    return sorted({r.endpoint.split(".")[0] for r in app.url_map.iter_rules()} - {"static", "health"})


def client_of(world: World, role: str) -> Client:
    """Trình duyệt của một vai trong ma trận."""
    if role == "visitor":
        return world.visitor
    if role == "expired":
        token = open_session(world.specialist.person_id, world.specialist.post_id)
        session.query(UserSession).filter(UserSession.person_id == world.specialist.person_id).update(
            {"expires_at": text("now() - interval '1 year'")}
        )
        session.commit()
        return Client(world.specialist.app, token)  # type: ignore[arg-type]
    if role == "disabled":
        token = open_session(world.specialist2.person_id, world.specialist2.post_id)
        session.query(Person).filter(Person.id == world.specialist2.person_id).update({"active": False})
        session.commit()
        return Client(world.specialist2.app, token)  # type: ignore[arg-type]
    client: Client = getattr(world, role).client
    return client


def outcome(response: Any) -> str:
    """Kết quả nhìn từ ngoài: allow (done, shown, or refused by the record's state or the form), sign_in, 403, 404, 400 …"""
    status = response.status_code
    if status in (301, 302, 303):
        return "sign_in" if "/dang-nhap" in (response.headers.get("Location") or "") else "allow"
    return "allow" if status in (200, 304, 409, 422) else str(status)


def _targets(rule: Rule, objects: Objects) -> dict[str, dict[str, int]]:
    """Giá trị các tham số của địa chỉ cho từng quan hệ."""
    if not rule.arguments:
        return {"-": {}}
    found: dict[str, dict[str, int]] = {}
    package = rule.endpoint.split(".")[0]
    for relation in RELATIONS:
        values: dict[str, int] = {}
        for argument in sorted(rule.arguments):
            if argument == "number":
                values[argument] = 1
                continue
            ids = objects.get(f"{rule.endpoint}") or objects.get(f"{package}:{argument}")
            assert isinstance(ids, Ids), (
                f"no object for {rule.endpoint} <{argument}>: add a builder in matrix_objects.py"
            )
            value = MISSING if relation == "missing" else getattr(ids, relation)
            if value is None:
                break
            values[argument] = value
        else:
            found[relation] = values
    return found


def _send(client: Client, method: str, url: str, token: str) -> Any:
    with client.raw.session_transaction() as cookie:
        cookie.pop("_flashes", None)  # what an earlier cell said must not show in this one
    if method == "GET":
        return client._open("get", url)
    return client._open("post", url, data={"csrf_token": token, "request_key": "0" * 32})


def _observe(
    world: World, rule: Rule, method: str, role: str, client: Client, token: str, objects: Objects
) -> str:
    seen: dict[str, str] = {}
    bodies: dict[str, str] = {}
    for relation, values in _targets(rule, objects).items():
        url = rule.build(values, append_unknown=False)
        assert url is not None
        with world.app.test_request_context():  # type: ignore[union-attr]
            address = url[1]
        session.commit()
        connection = cast(Connection, session.get_bind())
        connection.exec_driver_sql("SAVEPOINT cell")
        before = connection.execute(_ROWS).one()
        response = _send(client, method, address, token)
        seen[relation] = outcome(response)
        bodies[relation] = _FRESH.sub("", response.get_data().decode("utf-8", "replace"))
        where = f"{role} {method} {address} ({relation})"
        if seen[relation] != "allow":
            assert not seen[relation].startswith("5"), f"{where}: {seen[relation]}"
            assert connection.execute(_ROWS).one() == before, f"{where}: refused, yet something changed"
        if relation in ("other", "-") and role not in ("specialist_b", "admin2"):
            assert CANARY not in bodies[relation], f"{where}: another agency's content shows"
        session.rollback()
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT cell")
    if seen.get("other") == "404":
        assert bodies["other"] == bodies["missing"], f"{role} {rule.rule}: the refusal tells that it exists"
    return " ".join(f"{k}={v}" for k, v in seen.items()) if "-" not in seen else seen["-"]


def _table(package: str) -> dict[str, Any]:
    path = TABLES / f"{package}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


@pytest.mark.parametrize(
    "package",
    [
        "audit",
        "directives",
        "documents",
        "exchange",
        "meetings",
        "notifications",
        "org",
        "search",
        "shell",
        "signing",
        "web",
    ],
)
def test_every_cell_is_as_reviewed(package: str, world: World) -> None:
    """Mỗi ô của ma trận đúng như bảng đã duyệt."""
    app = world.app
    assert app is not None
    rules = list(endpoints(app, package))
    if not rules:
        assert not _table(package), f"matrix/{package}.yml names addresses that are gone"
        return
    objects = matrix_objects.build(world)
    clients = {role: client_of(world, role) for role in ROLES}
    tokens = {
        role: (c.csrf() if role not in ("expired", "disabled") else world.visitor.csrf())
        for role, c in clients.items()
    }
    observed: dict[str, dict[str, str]] = {}
    for rule, method in rules:
        if method == "POST" and rule.endpoint in ("org.sign_in", "org.sign_out"):
            continue  # they change who is asking; tests/web/org/test_sign_in.py has them
        cells = {
            role: _observe(world, rule, method, role, clients[role], tokens[role], objects) for role in ROLES
        }
        observed[f"{method} {rule.rule}"] = cells
    if os.environ.get("MATRIX_WRITE"):
        TABLES.mkdir(exist_ok=True)
        (TABLES / f"{package}.yml").write_text(
            yaml.safe_dump(observed, allow_unicode=True, sort_keys=True, width=200), encoding="utf-8"
        )
        return
    expected = _table(package)
    unlisted = sorted(set(observed) - set(expected))
    assert not unlisted, f"addresses that nobody reviewed: {unlisted}"
    gone = sorted(set(expected) - set(observed))
    assert not gone, f"reviewed addresses that are gone: {gone}"
    wrong = [
        f"{key} {role}: {observed[key][role]} instead of {cell}"
        for key, row in expected.items()
        for role, cell in row.items()
        if observed[key][role] != cell
    ]
    assert not wrong, "\n".join(wrong)


def test_every_package_with_pages_has_a_table(app: Flask) -> None:
    """Không gói nào đứng ngoài ma trận."""
    missing = [p for p in packages(app) if not (TABLES / f"{p}.yml").exists()]
    assert not missing, missing
