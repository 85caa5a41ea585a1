"""Lệnh liên thông: look into packages and receipts, without a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from app.exchange.service import sealing
from app.exchange.service.identity import KeyUnreadable, key_bytes
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


@command.command("verify-receipt")
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="BIÊN-NHẬN")
@click.option(
    "--file",
    "package",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Gói tin đã gửi; mặc định là tệp cùng tên, đuôi .edxml.",
)
@click.option(
    "--key",
    help="Khóa biên nhận công khai của nơi nhận, hoặc tệp chứa khóa (hay thẻ liên thông); mặc định là tệp cùng tên, đuôi .pub.",
)
def verify_receipt(receipt: Path, package: Path | None, key: str | None) -> None:
    """Kiểm tra biên nhận ngoại tuyến: chỉ cần biên nhận, gói tin và khóa công khai. Mã thoát 0 đúng, 1 sai, 2 thiếu."""
    package = package or _beside(receipt, ".edxml", "gói tin (--file)")
    public_key = _key(key or str(_beside(receipt, ".pub", "khóa công khai của nơi nhận (--key)")))
    try:
        verdict = sealing.verify_receipt(receipt.read_bytes(), package.read_bytes(), public_key)
    except sealing.SealBroken:
        click.echo("SAI  tệp này không phải biên nhận liên thông")
        sys.exit(1)
    click.echo("\n".join(verdict.lines))
    about = verdict.content
    if about:
        click.echo(
            f"Thư {about['id']}: {about['receiver_name']} nhận lúc {about['received_at']}, trạng thái {about['status']} {about['reason']}".rstrip()
        )
    sys.exit(0 if verdict.is_valid else 1)


def _beside(receipt: Path, ending: str, words: str) -> Path:
    found = receipt.with_suffix(ending)
    if not found.exists():
        raise click.UsageError(f"Chưa có {words}, và không thấy tệp {found.name} bên cạnh biên nhận.")
    return found


def _key(given: str) -> str:
    """A key, a file that holds one, or a partner's card."""
    text = given
    if len(given) < 1_000 and Path(given).is_file():
        text = Path(given).read_text(encoding="utf-8").strip()
        if text.startswith("{"):
            text = str(json.loads(text).get("receipt_key", ""))
    try:
        key_bytes(text)
    except KeyUnreadable as problem:
        raise click.UsageError(
            "Khóa công khai không đúng dạng: phải là 32 byte viết bằng base64."
        ) from problem
    return text.strip()


@command.command("demo")
def demo() -> None:
    """Diễn tập: dựng hai bản cài đặt, gửi một văn bản ký số sang và trạng thái về, in từng bước, kiểm tra biên nhận."""
    # The rehearsal plays people of the demo city, which stands above this package: it runs as a program of its own.
    sys.exit(subprocess.run([sys.executable, "-m", "app.demo.pair"], check=False).returncode)
