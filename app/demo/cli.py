"""Lệnh ``seed``: dựng thành phố trình diễn, hoặc nạp dữ liệu tải lớn."""

from __future__ import annotations

import time

import click


@click.command("seed")
@click.option("--demo", is_flag=True, help="Dựng thành phố trình diễn.")
@click.option("--if-empty", is_flag=True, help="Chỉ dựng khi cơ sở dữ liệu chưa có cơ quan nào.")
def command(demo: bool, if_empty: bool) -> None:
    """Dựng dữ liệu mẫu: tất cả trong một giao dịch, dừng giữa chừng thì chưa có gì."""
    if not demo:
        raise click.UsageError("Hãy chọn dữ liệu cần dựng, ví dụ: seed --demo")
    from app import create_app
    from app.demo.build import AlreadyThere, build

    began = time.monotonic()
    with create_app().app_context():
        try:
            build()
        except AlreadyThere:
            if if_empty:
                click.echo("Đã có dữ liệu, không dựng thêm.")
                return
            raise click.ClickException(
                "Cơ sở dữ liệu đã có cơ quan nên không dựng thành phố trình diễn. "
                "Hãy dùng một thư mục dữ liệu mới (manage.py run --home DIR)."
            ) from None
    click.echo(f"Đã dựng thành phố trình diễn sau {time.monotonic() - began:.0f} giây.")
