"""Lệnh ký số: ``python3 manage.py signing verify`` needs neither database nor network."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.core import clock
from app.settings import Settings, SettingsError
from app.signing.labels import Verdict
from app.signing.service import sandbox, trusting, verifying


@click.group()
def command() -> None:
    """Ký số: xác minh chữ ký."""


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON, khóa đầu là “file”.")
@click.option(
    "--roots", multiple=True, type=click.Path(path_type=Path),
    help="Thư mục hoặc tệp chứng thư gốc tin cậy (và danh sách thu hồi .crl); mặc định: SIGNING_ROOTS.",
)  # fmt: skip
@click.option("--at", "moment", help="Xét ở thời điểm này (ISO 8601 có múi giờ) thay vì bây giờ.")
@click.option("--require-revocation", is_flag=True, help="Đòi có căn cứ về việc chứng thư không bị thu hồi.")
def verify(
    files: tuple[Path, ...],
    as_json: bool,
    roots: tuple[Path, ...],
    moment: str | None,
    require_revocation: bool,
) -> None:
    """Xác minh chữ ký số của các tệp PDF; mã thoát 0 khi mọi tệp đều hợp lệ, 1 khi có tệp không hợp lệ."""
    at = _moment(moment)
    trust = trusting.read(*(roots or (_default_roots(),)))
    is_all_valid = True
    for path in files:
        report = verifying.verify_file(path, trust, at, needs_revocation=require_revocation)
        is_all_valid &= report.is_valid
        if as_json:
            click.echo(json.dumps(_object(path, report), ensure_ascii=False))
        else:
            _tell(path, report)
    sandbox.close()
    sys.exit(0 if is_all_valid else 1)


def _object(path: Path, report: verifying.Report) -> dict[str, Any]:
    found: dict[str, Any] = {"file": str(path), **report.as_value()}
    if report.verdict == Verdict.UNREADABLE:
        found["error"] = report.summary
    return found


def _moment(given: str | None) -> datetime:
    if given is None:
        return clock.now()
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise click.BadParameter("phải là thời điểm ISO 8601 có múi giờ, ví dụ 2026-11-23T08:00:00+07:00")
    return found


def _default_roots() -> Path:
    try:
        return Settings.from_env().signing_roots
    except SettingsError as faults:
        raise click.ClickException(str(faults)) from faults


def _tell(path: Path, report: verifying.Report) -> None:
    click.echo(f"{path}: {report.summary}")
    for item in report.signatures:
        click.echo(f"  - {item.field}: {item.words}; {item.signer or 'không rõ người ký'}"
                   f"{', ' + item.organization if item.organization else ''}"
                   f"{', lúc ' + item.signed_at if item.signed_at else ''}")  # fmt: skip
        if item.chain:
            click.echo(f"    chuỗi chứng thư: {' > '.join(item.chain)}")
        for reason in item.reasons:
            click.echo(f"    {reason}")
    for note in report.notes:
        click.echo(f"  {note}")
