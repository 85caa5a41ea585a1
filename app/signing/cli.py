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

_MOST_IMAGE_BYTES = 1024 * 1024


@click.group()
def command() -> None:
    """Ký số: xác minh chữ ký, cấp và đăng ký khóa."""


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


# ── keys ─────────────────────────────────────────────────────────────────────


@command.command("issue-key")
@click.option("--person", "username", help="Tên đăng nhập của người được cấp.")
@click.option("--agency", "code", help="Mã định danh của cơ quan được cấp con dấu.")
@click.option("--image", type=click.File("rb"), help="Hình chữ ký hoặc hình dấu, PNG nền trong suốt.")
@click.option(
    "--pin", prompt="Mã PIN", hide_input=True, confirmation_prompt=True, help="Bỏ trống để được hỏi."
)
def issue_key(username: str | None, code: str | None, image: Any, pin: str) -> None:
    """Cấp khóa phần mềm cho một người, hoặc con dấu cho một cơ quan; khóa cũ thôi dùng."""
    from app import create_app
    from app.core.actor import SYSTEM
    from app.signing import service

    if not 6 <= len(pin) <= 32:
        raise click.ClickException("Mã PIN phải có từ 6 đến 32 ký tự.")
    with create_app().app_context():
        agency_id, person_id = _holder(username, code)
        key = service.issue_software_key(SYSTEM, agency_id, person_id, pin, image=_image(image))
        click.echo(f"Đã cấp khóa ký số cho {key.name}, hiệu lực đến {clock.local(key.not_after):%d/%m/%Y}.")


@command.command("register-key")
@click.option("--person", "username", help="Tên đăng nhập của người giữ khóa.")
@click.option("--agency", "code", help="Mã định danh của cơ quan giữ con dấu.")
@click.option(
    "--certificate", required=True, type=click.File("rb"), help="Chứng thư của khóa (DER hoặc PEM)."
)
@click.option("--module", help="PKCS#11: thư viện của thiết bị trên máy chủ.")
@click.option("--token", help="PKCS#11: nhãn thiết bị.")
@click.option("--label", help="PKCS#11: nhãn khóa.")
@click.option("--url", help="CSC: địa chỉ dịch vụ, đến hết csc/v1.")
@click.option("--credential", help="CSC: mã chứng thư ở dịch vụ.")
@click.option("--secret", help="CSC: mã truy cập dịch vụ.")
@click.option("--image", type=click.File("rb"), help="Hình chữ ký hoặc hình dấu, PNG nền trong suốt.")
def register_key(
    username: str | None, code: str | None, certificate: Any, image: Any, **where: str | None
) -> None:
    """Đăng ký khóa trong thiết bị PKCS#11 hoặc ở dịch vụ ký từ xa (CSC)."""
    from app import create_app
    from app.core.actor import SYSTEM
    from app.signing import service
    from app.signing.models import Provider

    given = {name: value for name, value in where.items() if value}
    device, remote = {"module", "token", "label"}, {"url", "credential", "secret"}
    if set(given) not in (device, remote):
        raise click.ClickException(
            "Hãy nêu đủ --module, --token, --label (thiết bị PKCS#11), hoặc --url, --credential, --secret (dịch vụ ký từ xa)."
        )
    found = trusting.certificates(certificate.read())
    if len(found) != 1:
        raise click.ClickException("Tệp chứng thư phải chứa đúng một chứng thư.")
    provider = Provider.DEVICE if set(given) == device else Provider.REMOTE
    with create_app().app_context():
        agency_id, person_id = _holder(username, code)
        key = service.register_key(SYSTEM, agency_id, person_id, provider, given, found[0], _image(image))
        click.echo(f"Đã đăng ký khóa ký số của {key.name}.")


def _holder(username: str | None, code: str | None) -> tuple[int, int | None]:
    from sqlalchemy import select

    from app.core.db import session
    from app.org import queries
    from app.org.models import Person

    if bool(username) == bool(code):
        raise click.ClickException("Hãy nêu --person hoặc --agency, một trong hai.")
    if username:
        person = session.scalar(select(Person).where(Person.username == username))
        if person is None:
            raise click.ClickException(f"Không có người dùng {username}.")
        return person.agency_id, person.id
    agency = queries.agency_by_code(str(code))
    if agency is None:
        raise click.ClickException(f"Không có cơ quan mang mã {code}.")
    return agency.id, None


def _image(file: Any) -> bytes | None:
    if file is None:
        return None
    data = bytes(file.read(_MOST_IMAGE_BYTES + 1))
    if not data.startswith(b"\x89PNG") or len(data) > _MOST_IMAGE_BYTES:
        raise click.ClickException("Hình phải là tệp PNG, nhiều nhất 1 MB.")
    return data
