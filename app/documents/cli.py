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
from app.storage import inspection
from app.storage.kinds import Kind


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
