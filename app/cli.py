"""Lệnh quản trị: ``python manage.py <lệnh>`` hands over to these once the environment stands."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import click

from app.settings import Settings

# Command groups of packages; loaded on demand, so that a command that needs no database opens none.
_GROUPS = {
    "seed": "app.demo.cli",
    "bench": "app.bench.cli",
    "documents": "app.documents.cli",
    "directives": "app.directives.cli",
    "org": "app.org.cli",
    "signing": "app.signing.cli",
    "exchange": "app.exchange.cli",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            {
                *super().list_commands(ctx),
                *(n for n, m in _GROUPS.items() if find_spec(m.rpartition(".")[0]) and find_spec(m)),
            }
        )

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in _GROUPS and name in self.list_commands(ctx):
            command = import_module(_GROUPS[name]).command
            return command if isinstance(command, click.Command) else None
        return super().get_command(ctx, name)


@click.group(cls=_Lazy)
def main() -> None:
    """Văn phòng điện tử: các lệnh quản trị."""


@main.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Chỉ báo lược đồ đã ở bản mới nhất hay chưa (mã thoát 0/3)."
)
def migrate(only_check: bool) -> None:
    """Nâng cấp lược đồ cơ sở dữ liệu lên bản mới nhất."""
    from app import schema

    url = Settings.from_env().database_owner_url
    if only_check:
        sys.exit(0 if schema.current(url) == schema.head() else 3)
    schema.migrate(url)
    click.echo(f"Lược đồ đã ở bản {schema.head()}.")


@main.command("workflow-docs")
@click.option("--check", "only_check", is_flag=True, help="Chỉ so sánh, không ghi.")
def workflow_docs(only_check: bool) -> None:
    """Viết docs/workflows.md từ các bảng quy trình."""
    from app.workflow_docs import render, target

    fresh = render()
    if only_check:
        same = target().exists() and target().read_text(encoding="utf-8") == fresh
        click.echo(
            "docs/workflows.md đúng với các bảng quy trình."
            if same
            else "docs/workflows.md khác các bảng quy trình: hãy chạy workflow-docs."
        )
        sys.exit(0 if same else 1)
    target().write_text(fresh, encoding="utf-8")
    click.echo("Đã viết docs/workflows.md.")


@main.command()
def check() -> None:
    """Các phép kiểm cần mã của sản phẩm (manage.py check gọi)."""
    from app.workflow_docs import render, target

    if not target().exists() or target().read_text(encoding="utf-8") != render():
        raise click.ClickException(
            "docs/workflows.md khác các bảng quy trình: hãy chạy manage.py workflow-docs."
        )
    click.echo("docs/workflows.md: đúng")


@main.command()
def accounts() -> None:
    """In các tài khoản trình diễn."""
    from app.demo.accounts import table

    click.echo(table())


@main.command()
def routes() -> None:
    """In mọi đường dẫn cùng quyền đã khai báo."""
    from app import create_app
    from app.web.guards import permission_of

    app = create_app()
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:10} {rule.rule:60} {rule.endpoint:40} {permission_of(app, rule.endpoint)}")


@main.command("outbox")
@click.option("--once", is_flag=True, help="Gửi hết hàng đợi rồi dừng.")
def outbox_command(once: bool) -> None:
    """Gửi hàng đợi (dùng khi cần xử lý ngay, không chờ tiến trình nền)."""
    from app import create_app
    from app.core import outbox

    count = 0
    with create_app().app_context():
        while sent := outbox.dispatch():
            count += sent
            if not once:
                break
    click.echo(f"Đã xử lý {count} việc.")


if __name__ == "__main__":
    main()
