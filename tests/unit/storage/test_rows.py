"""Dòng của tệp đã lưu: one per content; text and page images made once, however often they are asked for."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotFound
from app.storage import jail, queries, service
from app.storage.models import FileText, StoredFile, TextState
from tests.unit.storage import files
from tests.unit.storage.conftest import Send


@pytest.fixture
def kept(app: Flask, send: Send):
    def run(data: bytes, name: str) -> StoredFile:
        return service.keep(SYSTEM, send(data, name))

    return run


def test_the_same_content_is_one_row(kept):
    assert kept(files.letter(), "a.pdf").id == kept(files.letter(), "b.pdf").id


def test_a_row_says_what_the_file_is(kept):
    row = kept(files.letter(), "a.pdf")
    assert (row.kind, row.media_type, row.page_count, row.text_state) == (
        "pdf",
        "application/pdf",
        2,
        TextState.PENDING,
    )
    assert row.has_pages
    assert kept(files.picture(), "a.png").text_state == TextState.NONE


def test_text_is_read_once(kept, monkeypatch: pytest.MonkeyPatch):
    row = kept(files.letter(), "a.pdf")

    assert service.extract(SYSTEM, row.id) == TextState.DONE
    assert "Kính gửi: Các sở, ban, ngành thành phố" in (queries.text_of(row.id) or "")

    monkeypatch.setattr(jail, "shared", lambda: pytest.fail("read again"))
    assert service.extract(SYSTEM, row.id) == TextState.DONE
    assert (
        session.scalar(select(func.count()).select_from(FileText).where(FileText.stored_file_id == row.id))
        == 1
    )


def test_a_scan_has_no_text(kept):
    row = kept(files.page_of(files.stream(b"", b"q Q")), "scan.pdf")
    assert service.extract(SYSTEM, row.id) == TextState.EMPTY
    assert queries.text_of(row.id) is None


def test_a_file_the_jail_dies_of_is_marked_and_not_tried_for_ever(kept, monkeypatch: pytest.MonkeyPatch):
    row = kept(files.letter(), "a.pdf")

    class Dying:
        def call(self, *_: object, **__: object):
            raise jail.JailError("memory")

    monkeypatch.setattr(jail, "shared", Dying)
    assert service.extract(SYSTEM, row.id) == TextState.FAILED


def test_text_comes_in_as_many_turns_as_the_limits_ask_for(kept, monkeypatch: pytest.MonkeyPatch):
    row, turns = kept(files.letter(), "a.pdf"), []

    class Slow:
        def call(self, task: str, file: int, *, kind: str, chars: int, first: int) -> jail.Answer:
            turns.append(first)
            return jail.Answer(
                {"cut": False, "next": first + 1 if first < 3 else None}, [f"trang {first}\x00".encode()]
            )

    monkeypatch.setattr(jail, "shared", Slow)
    assert service.extract(SYSTEM, row.id) == TextState.DONE
    assert turns == [1, 2, 3]
    assert queries.text_of(row.id) == "trang 1\ftrang 2\ftrang 3"


def test_page_images_are_made_once(kept, root: Path, monkeypatch: pytest.MonkeyPatch):
    row = kept(files.letter(), "a.pdf")
    assert service.make_previews(SYSTEM, row.id) == 2
    assert sorted(p.name for p in (root / "previews").rglob("*.webp")) == ["1.webp", "2.webp"]
    monkeypatch.setattr(service, "draw", lambda *_a, **_k: pytest.fail("drawn again"))
    assert service.make_previews(SYSTEM, row.id) == 2


def test_a_word_file_has_no_page_images(kept):
    assert service.make_previews(SYSTEM, kept(files.letter_docx(), "a.docx").id) == 0


def test_what_no_row_names_is_swept_after_a_day(kept, send: Send, root: Path):
    named, orphan, young = (
        kept(files.letter(), "a.pdf"),
        send(files.letter_docx(), "b.docx"),
        send(files.sheet(), "c.xlsx"),
    )
    old = time.time() - 25 * 3600
    for path in root.rglob("*"):
        if path.name in (named.sha256, orphan.sha256):
            os.utime(path, (old, old))

    assert service.sweep(SYSTEM) == {"seen": 2, "removed": 1}

    left = {p.name for p in root.rglob("*") if p.is_file()}
    assert {named.sha256, young.sha256} <= left
    assert orphan.sha256 not in left


def test_no_row_no_file(app: Flask):
    with pytest.raises(NotFound):
        queries.stored_file(0)
    with pytest.raises(NotFound):
        service.extract(SYSTEM, 0)
