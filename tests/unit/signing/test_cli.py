"""Lệnh ``signing verify``: one object a line, verdicts in Vietnamese, without database or network."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.unit.signing import attacks, making


def test_files_are_verified_without_database_or_network(tmp_path):
    roots = tmp_path / "roots"
    roots.mkdir()
    making.write(roots, "goc.pem", making.desk().root_pem)
    good = making.write(tmp_path, "ban chinh.pdf", making.sealed())
    bad = making.write(tmp_path, "sua.pdf", attacks.isa_trailing_bytes())
    empty = making.write(tmp_path, "rong.pdf", b"")
    os.mkfifo(tmp_path / "ong.pdf")
    names = [str(p) for p in (good, bad, empty, tmp_path / "ong.pdf", tmp_path / "khong-co.pdf", tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "signing", "verify", *names, "--roots", str(roots), "--at", making.AT.isoformat(), "--json"],
        capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "OFFICE_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["file"] for f in found] == names
    assert [f["verdict"] for f in found] == ["valid", "changed", *["unreadable"] * 4]
    assert found[0]["words"] == "Hợp lệ"
    assert [s["signer"] for s in found[0]["signatures"]] == ["Nguyễn Văn An", "UBND thành phố"]
    assert found[1]["summary"].startswith("Đã bị sửa sau khi ký: ")
    assert not (tmp_path / "home").exists()
