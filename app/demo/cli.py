"""Lệnh ``seed``: dựng thành phố trình diễn, hoặc nạp dữ liệu tải lớn."""

from __future__ import annotations

import time

import click


@click.command("seed")
@click.option("--demo", is_flag=True, help="Dựng thành phố trình diễn.")
@click.option("--if-empty", is_flag=True, help="Với --demo: đã có dữ liệu thì thôi, không báo lỗi.")
@click.option(
    "--documents", type=click.IntRange(500, 100_000_000), help="Nạp chừng này văn bản bằng COPY (từ 500)."
)
@click.option(
    "--directives",
    type=click.IntRange(0, 10_000_000),
    help="Nạp chừng này nhiệm vụ; để trống thì một phần hai mươi số văn bản.",
)
def command(demo: bool, if_empty: bool, documents: int | None, directives: int | None) -> None:
    """Dựng dữ liệu mẫu: tất cả trong một giao dịch, dừng giữa chừng thì chưa có gì."""
    if demo == (documents is not None):
        raise click.UsageError("Hãy chọn một loại: --demo, hoặc --documents N.")
    from app import create_app
    from app.demo import build
    from app.settings import Settings

    began, settings = time.monotonic(), Settings.from_env()
    with create_app(settings).app_context():
        if documents is not None:
            _load(documents, documents // 20 if directives is None else directives)
        else:
            try:
                build.build()
            except build.AlreadyThere:
                _stop_at_data(if_empty)
                return
    build.analyze(settings.database_owner_url)
    click.echo(f"Xong sau {time.monotonic() - began:.0f} giây.")


def _load(documents: int, directives: int) -> None:
    from app.demo.build import load

    for table, rows in load(documents, directives).items():
        click.echo(f"{table:28} {rows:>12,}".replace(",", "."))


def _stop_at_data(if_empty: bool) -> None:
    if not if_empty:
        raise click.ClickException(
            "Cơ sở dữ liệu đã có cơ quan nên không dựng thành phố trình diễn. "
            "Hãy dùng một thư mục dữ liệu mới (manage.py run --home DIR)."
        )
    click.echo("Đã có dữ liệu, không dựng thêm.")
