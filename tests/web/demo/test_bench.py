"""Lệnh đo tốc độ: the whole way on little data; the figures themselves are nobody's promise here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.long
def test_the_bench_measures_a_page_beside_the_bare_one(tmp_path):
    report = tmp_path / "report.json"
    command = [
        sys.executable,
        "-m",
        "app.cli",
        "bench",
        "--documents",
        "500",
        "--only",
        "incoming",
        "--seconds",
        "0.5",
    ]
    command += ["--home", str(tmp_path / "bench"), "--json", str(report)]
    kept = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DATABASE_OWNER_URL", "TEST_CLOCK")
    }
    done = subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [size] = json.loads(report.read_text(encoding="utf-8"))["sizes"]
    [page] = size["pages"]
    assert page["name"] == "incoming"
    assert page["per_second"] > 0
    assert page["bare_per_second"] > page["per_second"]
    assert 0 < page["queries"] <= 12
    assert page["bytes"] > 10_000
    assert size["memory_mb"] > 50
    left = subprocess.run(["pgrep", "-f", str(tmp_path)], capture_output=True, text=True, check=False)
    assert left.stdout == ""


@pytest.mark.long
def test_an_unknown_page_is_named_with_those_there_are(tmp_path):
    command = [sys.executable, "-m", "app.cli", "bench", "--documents", "500", "--only", "khong-co"]
    command += ["--home", str(tmp_path / "bench")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 2
    assert "khong-co" in done.stderr
    assert "incoming-deep" in done.stderr
