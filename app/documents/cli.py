"""Lệnh văn bản: documents looked at from the command line, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.core.errors import DomainError
from app.documents.format import checker
from app.documents.format.finding import DECREE, Report
from app.language.heading.reader import read_heading
from app.language.reply_by import find_reply_by
from app.storage import inspection
from app.storage.kinds import Kind
from app.storage.reading import FileContent, answer_for_path

_LABELS = {
    "issuer": "Cơ quan ban hành",
    "number": "Số",
    "symbol": "Ký hiệu",
    "place": "Địa danh",
    "date": "Ngày",
    "type": "Loại",
    "subject": "Trích yếu",
    "signer_position": "Chức vụ người ký",
    "signer_name": "Người ký",
    "urgency": "Độ khẩn",
    "deadline": "Hạn trả lời",
}


@click.group("documents")
def command() -> None:
    """Văn bản."""


@command.command("check")
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON, khóa đầu là “file”.")
def check_command(files: tuple[str, ...], as_json: bool) -> None:
    """Kiểm tra thể thức tệp DOCX theo Nghị định 30/2020/NĐ-CP."""
    failed = False
    for name in files:
        found = check_file(name)
        failed |= "error" in found
        if as_json:
            line = json.dumps(found, ensure_ascii=False)
            sys.stdout.write(line.encode("utf-8", "backslashreplace").decode() + "\n")
        else:
            click.echo("\n".join(_lines(found)))
    sys.exit(1 if failed else 0)


def check_file(name: str) -> dict[str, Any]:
    """Kết quả kiểm tra một tệp: findings, and what a person should look at; or why it could not be read."""
    try:
        with Path(name).open("rb") as stream:
            inspection.check_content(stream.fileno(), Path(name).name, frozenset({Kind.DOCX}))
            report = checker.check_open_file(stream.fileno())
    except FileNotFoundError:
        return {"file": name, "error": "Không có tệp này. Hãy kiểm tra lại đường dẫn."}
    except OSError:
        return {"file": name, "error": "Không mở được tệp. Hãy kiểm tra quyền đọc và đường dẫn."}
    except DomainError as problem:
        return {"file": name, "error": problem.sentence}
    return {"file": name, "standard": DECREE, "ok": report.is_clean, **_value(report)}


def _value(report: Report) -> dict[str, Any]:
    return {
        "findings": [f.as_value() for f in report.findings],
        "notes": [f.as_value() for f in report.notes],
    }


def _lines(found: dict[str, Any]) -> list[str]:
    if "error" in found:
        return [f"{found['file']}: {found['error']}"]
    if found["ok"] and not found["notes"]:
        return [f"{found['file']}: đúng thể thức"]
    lines = [f"{found['file']}: {len(found['findings'])} điểm chưa đúng"]
    for mark, key in (("-", "findings"), ("? nên xem lại:", "notes")):
        lines += [f"  {mark} {f['message']} ({f['source']})" for f in found[key]]
    return lines


@command.command("read")
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON, khóa đầu là “file”.")
def read_command(files: tuple[str, ...], as_json: bool) -> None:
    """Đọc thông tin văn bản (cơ quan, số, ngày, trích yếu, người ký …) từ tệp PDF, DOCX hoặc văn bản thuần."""
    failed = False
    for name in files:
        found = answer_for_path(name, _read)
        failed |= "error" in found
        text = json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_fields(found))
        click.echo(text.encode("utf-8", "backslashreplace").decode())
    sys.exit(1 if failed else 0)


def _read(content: FileContent) -> dict[str, Any]:
    heading = read_heading(content.text)
    reply_by = find_reply_by(content.text, heading)
    value = heading.as_value() | {"deadline": reply_by.isoformat() if reply_by else None}
    return {"doc": value, "unsure": sorted(heading.doubtful)}


def _fields(found: dict[str, Any]) -> list[str]:
    if "error" in found:
        return [f"{found['file']}: {found['error']}"]
    lines = [f"{found['file']}:"]
    for key, label in _LABELS.items():
        value = found["doc"][key]
        mark = " (nên xem lại)" if key in found["unsure"] else ""
        lines.append(f"  {label}: {value if value is not None else '–'}{mark}")
    return lines
