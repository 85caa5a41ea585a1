"""Lệnh đọc tệp: one JSON object a line whose first key is the file, errors in Vietnamese, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from docx import Document

TEXTS = Path(__file__).parents[1] / "language" / "texts"
ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run([sys.executable, "-m", "app.cli", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # fmt: skip


def test_documents_read_prints_one_object_a_file(tmp_path: Path):
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    done = run("documents", "read", str(TEXTS / "chi_thi.txt"), str(broken), "/không/có.txt", "--json")
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert next(iter(first)) == next(iter(second)) == next(iter(third)) == "file"
    assert first["doc"]["symbol"] == "CT-UBND"
    assert first["doc"]["deadline"] == "2026-06-30"
    assert "hỏng" in second["error"]
    assert "Không có tệp" in third["error"]


def test_directives_extract_prints_the_assignments():
    done = run("directives", "extract", str(TEXTS / "chi_thi.txt"), str(TEXTS / "tra_loi.txt"), "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert len(first["directives"]) == 6
    assert set(first["directives"][0]) == {
        "lead",
        "coordinate",
        "content",
        "deadline_text",
        "deadline",
        "report",
    }
    assert second == {"file": str(TEXTS / "tra_loi.txt"), "directives": []}


def test_a_mark_of_secrecy_is_refused_at_this_door_too(tmp_path: Path):
    secret = tmp_path / "van-ban.txt"
    secret.write_text("UBND TỈNH TÂN SƠN\nTỐI MẬT\nSố: 01/UBND\n", encoding="utf-8")
    done = run("documents", "read", str(secret), "--json")
    assert done.returncode == 1
    assert "TỐI MẬT" in json.loads(done.stdout)["error"]


def test_the_numbers_word_counts_itself_are_read_too(tmp_path: Path):
    word = Document()
    for line in ("UBND XÃ LONG HÒA", "Số: 45/UBND-KT", "Kính gửi: Các cơ quan", "Chủ tịch UBND xã yêu cầu:"):
        word.add_paragraph(line)
    for line, style in (
        ("Phòng Văn hóa - Xã hội", "List Number"),
        ("Rà soát cơ sở vật chất các trường.", "List Bullet"),
        ("Tham mưu kế hoạch khai giảng.", "List Bullet"),
        ("Công an xã", "List Number"),
        ("Bảo đảm an ninh trật tự tại các điểm trường.", "List Bullet"),
    ):
        word.add_paragraph(line, style=style)
    word.save(str(tmp_path / "danh-so.docx"))
    done = run("directives", "extract", str(tmp_path / "danh-so.docx"), "--json")
    found = json.loads(done.stdout)["directives"]
    assert [d["lead"] for d in found] == [["Phòng Văn hóa - Xã hội"]] * 2 + [["Công an xã"]]
