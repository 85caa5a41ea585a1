"""Lệnh chỉ đạo: the assignments of a text, read from the command line, without a database."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from app.language.tasks.document import read_document
from app.storage.kinds import Kind
from app.storage.reading import FileContent, answer_for_path


@click.group("directives")
def command() -> None:
    """Chỉ đạo."""


@command.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một dòng JSON, khóa đầu là “file”.")
def extract_command(files: tuple[str, ...], as_json: bool) -> None:
    """Tìm các nhiệm vụ được giao trong tệp PDF, DOCX, XLSX hoặc văn bản thuần."""
    failed = False
    for name in files:
        found = answer_for_path(name, _extract)
        failed |= "error" in found
        text = json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_lines(found))
        click.echo(text.encode("utf-8", "backslashreplace").decode())
    sys.exit(1 if failed else 0)


def _extract(content: FileContent) -> dict[str, Any]:
    # a sheet is its tables; its cells in a row are no sentences
    reading = read_document("" if content.kind is Kind.XLSX else content.text, content.tables)
    return {"directives": [task.as_value() for task in reading.tasks]}


def _lines(found: dict[str, Any]) -> list[str]:
    if "error" in found:
        return [f"{found['file']}: {found['error']}"]
    tasks = found["directives"]
    lines = [
        f"{found['file']}: {len(tasks)} nhiệm vụ" if tasks else f"{found['file']}: không có nhiệm vụ nào"
    ]
    for number, task in enumerate(tasks, start=1):
        lines.append(f"  {number}. {', '.join(task['lead'])}: {task['content']}")
        if task["coordinate"]:
            lines.append(f"     Phối hợp: {', '.join(task['coordinate'])}")
        if task["deadline_text"]:
            day = f" ({task['deadline']})" if task["deadline"] else ""
            lines.append(f"     Thời hạn: {task['deadline_text']}{day}")
        if task["report"]:
            lines.append("     Có yêu cầu báo cáo")
    return lines
