"""Lệnh xác minh: one object a line, its first key the file; what cannot be read says so, and the others are still told."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from app.signing.cli import command
from tests.paper import pdf


def test_each_file_is_one_line_and_the_status_tells_of_the_worst(tmp_path: Path) -> None:
    plain, torn, missing = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"
    plain.write_bytes(pdf("Chưa ký"))
    torn.write_bytes(b"not a pdf")
    said = CliRunner().invoke(command, ["verify", "--json", str(torn), str(missing), str(plain)])
    found = [json.loads(line) for line in said.stdout.splitlines()]
    assert [next(iter(line)) for line in found] == ["file"] * 3
    assert [line["file"] for line in found] == [str(torn), str(missing), str(plain)]
    assert found[0]["error"] == "Không đọc được: Không phải tệp PDF."
    assert "error" in found[1]
    assert "error" not in found[2]
    assert said.exit_code == 1
