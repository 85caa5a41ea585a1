"""Đọc mọi thứ chữ: nothing crashes, and time grows with the length of the text, not faster."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.language.heading.reader import read_heading
from app.language.reply_by import find_reply_by
from app.language.tasks.deadlines import DeadlineContext
from app.language.tasks.reader import read_tasks
from app.language.tasks.tables import read_rows

TEXTS = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parent / "texts").glob("*.txt"))]
LINES = sorted({line for text in TEXTS for line in text.split("\n") if line.strip()})
LINE = st.one_of(
    st.sampled_from(LINES), st.text(max_size=80), st.sampled_from(["", "  ", "- ", "1.", "\f", "2"])
)


@given(st.lists(LINE, max_size=40))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_lines_in_any_order_are_read_without_a_crash(lines: list[str]):
    text = "\n".join(lines)
    heading = read_heading(text)
    find_reply_by(text, heading)
    for task in read_tasks(text).tasks:
        assert task.lead
        assert task.content.strip()
        assert all(name.strip() for name in (*task.lead, *task.coordinate))


@given(st.lists(st.lists(st.sampled_from(["STT", "Nội dung", "Chủ trì", "Thời hạn", "", "1", "Sở Tài chính", "31/02/2026", "x" * 50]), max_size=8), max_size=8))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_table_is_read_without_a_crash(table: list[list[str]]):
    for row in read_rows([table], DeadlineContext(year=2026)):
        assert row.content


HARD = {
    "one long line": "Sở Tài chính, " * 70_000,
    "only blanks": " " * 500_000 + "\n" * 400_000,
    "orders": "- Đề nghị các Sở, ban, ngành khẩn trương rà soát, báo cáo trước ngày 30/6/2026.\n" * 12_000,
    "quotes": "“" * 900_000,
    "deadlines": "thời hạn hoàn thành trước ngày " * 30_000,
    "capitals": "ỦY BAN NHÂN DÂN TỈNH\n" * 45_000,
}


@pytest.mark.parametrize("name", sorted(HARD))
def test_a_megabyte_is_read_in_time_that_grows_with_its_length(name: str):
    text = HARD[name][:1_000_000]
    began = time.process_time()
    read_tasks(text)
    took = time.process_time() - began
    assert took < 12, f"{name}: {took:.1f} s"
