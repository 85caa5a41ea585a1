"""Lệnh của tổ chức: the first agency of a real installation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from app.org.models.structure import AgencyKind

if TYPE_CHECKING:
    from app.org.service import Founded


@click.group("org")
def command() -> None:
    """Tổ chức: cơ quan, người quản trị đầu tiên."""


@command.command("create-agency")
@click.option("--code", required=True, help="Mã định danh theo Quyết định 20/2020/QĐ-TTg, ví dụ H29.101.")
@click.option("--name", required=True, help="Tên đầy đủ của cơ quan.")
@click.option(
    "--kind", type=click.Choice([k.value for k in AgencyKind]), default=AgencyKind.COMMUNE.value, show_default=True, help="Loại cơ quan."
)  # fmt: skip
@click.option("--abbreviation", default="UBND", show_default=True, help="Chữ viết tắt trong ký hiệu văn bản.")
@click.option("--parent", help="Mã định danh của cơ quan cấp trên đã có trong hệ thống.")
@click.option("--admin", "username", required=True, help="Tên đăng nhập của người quản trị.")
@click.option(
    "--admin-name", default="Quản trị hệ thống", show_default=True, help="Họ và tên người quản trị."
)
def create_agency(
    code: str, name: str, kind: str, abbreviation: str, parent: str | None, username: str, admin_name: str
) -> None:
    """Lập cơ quan kèm văn phòng và một người quản trị; in mật khẩu dùng một lần."""
    from app import create_app
    from app.core.actor import SYSTEM
    from app.core.errors import DomainError
    from app.org import queries, service

    with create_app().app_context():
        above = queries.agency_by_code(parent) if parent else None
        if parent and above is None:
            raise click.ClickException(
                f"Không có cơ quan nào mang mã {parent}. Hãy lập cơ quan cấp trên trước."
            )
        try:
            founded = service.create_agency(
                SYSTEM, code=code, name=name, kind=kind, abbreviation=abbreviation, admin_username=username,
                admin_name=admin_name, parent_id=above.id if above else None,
            )  # fmt: skip
        except DomainError as refusal:
            click.echo(refusal.sentence, err=True)
            sys.exit(1)
        _tell(founded)


def _tell(founded: Founded) -> None:
    click.echo(f"Đã lập {founded.agency.name} ({founded.agency.code}).")
    click.echo(f"  Tên đăng nhập:         {founded.admin.username}")
    click.echo(f"  Mật khẩu dùng một lần: {founded.password}")
    click.echo("Mật khẩu có hiệu lực 7 ngày và chỉ để đặt mật khẩu riêng ở lần đăng nhập đầu.")
