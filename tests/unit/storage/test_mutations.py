"""Tệp bị đổi ngẫu nhiên: three hundred bent files, each accepted or refused with a sentence, none a crash of ours."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from app.storage import service
from app.storage.previews import draw
from app.storage.refusals import CODES, FileRefused
from tests.unit.storage import files
from tests.unit.storage.conftest import Send

SEED = 20261123
SAMPLES = {
    "cv.pdf": lambda: files.letter(body="Nội dung."),
    "khoá.pdf": lambda: files.locked_pdf(for_owner_only=True),
    "cv.docx": files.letter_docx,
    "bảng.xlsx": files.sheet,
    "ảnh.png": files.picture,
    "scan.jpg": lambda: files.picture("JPEG"),
    "scan.tif": lambda: files.picture("TIFF"),
    "kèm.zip": lambda: files.archive({"a.pdf": files.letter(body="A"), "b/c.docx": files.letter_docx()}),
    "chữ.txt": lambda: "Ủy ban nhân dân\n".encode() * 40,
    "chữ 2.txt": lambda: "Ủy ban nhân dân\n".encode("utf-16") * 40,
}
WORDS = [
    b"/Length -1",
    b"<<",
    b">>",
    b"stream\n",
    b"obj",
    b"\xff" * 8,
    b"\x00" * 8,
    b"PK\x03\x04",
    b"%%EOF",
    b"]]>",
    b"<!DOCTYPE a>",
]


def _bent(data: bytes, chance: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(len(bent))
        match chance.randrange(5):
            case 0:
                bent[at] ^= 1 << chance.randrange(8)
            case 1:
                bent[at : at + 4] = chance.choice(
                    [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"]
                )
            case 2:
                bent[at:at] = chance.choice(WORDS)
            case 3:
                del bent[at : at + chance.randrange(1, 200)]
            case _:
                bent[at:at] = bent[max(0, at - 300) : at]
        if len(bent) < 20:
            break
    return bytes(bent)


def _bent_part(data: bytes, chance: random.Random) -> bytes:
    """One member bent and the archive put together again, so that what reads XML is reached."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bent = chance.choice([name for name in members if len(members[name]) > 20])
    return files.archive(members | {bent: _bent(members[bent], chance)})


@pytest.mark.parametrize("bend", [_bent, _bent_part])
@pytest.mark.parametrize("name", SAMPLES)
def test_thirty_bent_copies(send: Send, name: str, bend: Callable[[bytes, random.Random], bytes]):
    chance, sample, outcomes = random.Random(f"{SEED}{name}"), SAMPLES[name](), {"kept": 0}
    if bend is _bent_part and not sample.startswith(b"PK"):
        return
    for _ in range(30):
        code = _outcome(send, bend(sample, chance), name)
        outcomes[code] = outcomes.get(code, 0) + 1
    assert set(outcomes) <= CODES | {"kept", "mismatch", "wrong_kind"}, SEED
    assert set(outcomes) != {"kept"} or name.endswith((".txt", ".tif")), "the bending did nothing"


def _outcome(send: Send, data: bytes, name: str) -> str:
    try:
        _read_all(send(data, name))
    except FileRefused as refused:
        # A crash inside a parser's C code is a refusal like any other; an exception in our own Python is a bug.
        return (
            f"bug: {refused.__cause__}"
            if refused.code == "crash" and "Error" in str(refused.__cause__)
            else refused.code
        )
    return "kept"


def _read_all(upload: service.Upload) -> None:
    """What the worker would do with a bent file that got in."""
    task = service._Reading(upload.sha256, upload.size, upload.kind, upload.page_count, "pending")
    if upload.kind in ("pdf", "docx", "xlsx", "text"):
        service._read(task)
    if upload.page_count:
        with service.storage().blobs.open(upload.sha256, upload.size) as stream:
            draw(stream.fileno(), upload.kind, 1, 1)
