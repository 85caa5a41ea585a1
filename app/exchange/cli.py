"""Lệnh liên thông: look into packages and receipts, without a database."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from app.exchange.service.inspecting import inspect_file


@click.group("exchange")
def command() -> None:
    """Gói tin liên thông edXML."""


@command.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON, khóa đầu là “file”.")
def inspect_command(files: tuple[str, ...], as_json: bool) -> None:
    """Xem gói tin: thông tin, tệp đính kèm, loại nghiệp vụ hoặc trạng thái, những điều đã châm chước."""
    failed = False
    for name in files:
        found = inspect_file(name)
        failed |= not found["ok"]
        if as_json:
            sys.stdout.write(
                json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"
            )
        else:
            click.echo("\n".join(_lines(found)))
    sys.exit(1 if failed else 0)


def _lines(found: dict[str, Any]) -> list[str]:
    if not found["ok"]:
        return [f"{found['file']}: {found['error']}"]
    if found["kind"] == "status":
        about = found["response_for"][0] if found["response_for"] else {}
        told = [
            f"  Trạng thái   {found['status_code']} {found['status_name']}",
            f"  Của văn bản  {about.get('code', '')} ({about.get('document_id', '')})",
            f"  Nơi báo      {_organ(found['from'])}",
            f"  Lúc          {found['status']['timestamp'] or ''}  {found['status']['staff'].get('staff', '')}",
            f"  Diễn giải    {found['status']['description']}",
        ]
    else:
        told = [
            f"  Nghiệp vụ    {found['business_type']} {found['business_name']}",
            f"  Văn bản      {found['code']['reference']} ngày {found['promulgation']['date'] or '?'}: {found['subject']}",
            f"  Mã văn bản   {found['document_id']}",
            f"  Nơi gửi      {_organ(found['from'])}",
            *(f"  Nơi nhận     {_organ(organ)}" for organ in found["to"]),
        ]
    told += [
        f"  Tệp          {a['name']}  {a['type']}  {a['size']:,} byte  {a['sha256']}".replace(",", ".")
        for a in found["attachments"]
    ]
    told += [f"  Châm chước   {note}" for note in found["tolerated"]]
    return [found["file"], *told]


def _organ(organ: dict[str, str]) -> str:
    return f"{organ.get('organ_id', '')} {organ.get('name', '')}".strip()
