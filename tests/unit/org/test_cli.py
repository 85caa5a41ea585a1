"""Lệnh lập cơ quan đầu tiên."""

import re
from datetime import date

from click.testing import CliRunner

import app as application
from app.core.working_days import calendar
from app.org import queries
from app.org.cli import command
from app.org.service.passwords import verify
from tests.client import Client


def run(monkeypatch, app, *arguments):
    monkeypatch.setattr(application, "create_app", lambda *_: app)
    return CliRunner().invoke(command, ["create-agency", *arguments])


def test_a_real_installation_begins(app, world, monkeypatch):
    result = run(
        monkeypatch, app, "--code", "H57.12", "--name", "Ủy ban nhân dân xã Tân Hòa", "--admin", "quan.tri", "--admin-name", "Lê Văn Tám"
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    password = re.search(r"một lần: (\S+)", result.output)[1]
    agency = queries.agency_by_code("H57.12")
    assert (agency.short_name, agency.parent_id) == ("UBND xã Tân Hòa", None)
    assert calendar().is_working(date(2027, 4, 30)) is False
    client = Client(app, None)
    page = client.post("/dang-nhap", {"username": "quan.tri", "password": password})
    assert page.location == "/"
    assert client._open("get", "/").headers["Location"] == "/mat-khau"
    assert not verify(None, password)


def test_an_agency_below_another(app, world, monkeypatch):
    result = run(monkeypatch, app, "--code", "H29.15.01", "--name", "Trung tâm Quy hoạch", "--kind", "subordinate", "--parent", "H29.15", "--admin", "tt.admin")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert queries.agency_by_code("H29.15.01").parent_id == world.agencies["dept"]


def test_faults_are_told_and_nothing_is_made(app, world, monkeypatch):
    for arguments, words in (
        (("--code", "H29.15", "--name", "X", "--admin", "moi"), "đã có cơ quan dùng"),
        (("--code", "H99", "--name", "X", "--admin", "Có Dấu"), "chữ thường không dấu"),
        (
            ("--code", "H99", "--name", "X", "--admin", "moi", "--parent", "H00"),
            "Không có cơ quan nào mang mã H00",
        ),
    ):
        result = run(monkeypatch, app, *arguments)
        assert result.exit_code == 1
        assert words in result.output
    assert queries.agency_by_code("H99") is None
