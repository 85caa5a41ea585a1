"""Cơ sở dữ liệu để đo: made once for each size, kept by the hash of what made them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import click
import psycopg
from psycopg import sql

from app import schema
from app.core.embedded import EmbeddedPostgres
from app.settings import ROOT

FOLDER: Final = ROOT / "var" / "bench"
BARE: Final = "bare"
"""Name of the database with the bare page's one table, beside the product's."""
_FACTS: Final = "facts.json"


def digest() -> str:
    """Dấu vân tay của bộ sinh và lược đồ: another one, another database."""
    parts = hashlib.sha256(schema.digest().encode())
    for path in sorted([*(ROOT / "app" / "demo").rglob("*.py"), Path(__file__)]):
        parts.update(path.read_bytes())
    return parts.hexdigest()[:12]


def home_of(documents: int, folder: Path = FOLDER) -> Path:
    """Thư mục dữ liệu của cỡ này."""
    return folder / digest() / str(documents)


def environment(home: Path) -> dict[str, str]:
    """Môi trường của sản phẩm trên dữ liệu này; nothing of the caller's own installation reaches it."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key in {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV"}
    }
    return {**kept, "OFFICE_HOME": str(home), "DEMO": "0", "PYTHONUNBUFFERED": "1"}


def prepare(documents: int, folder: Path = FOLDER) -> Path:
    """Có dữ liệu cỡ này: makes it when it is not there yet, and drops those of older generators."""
    _drop_older(folder)
    home = home_of(documents, folder)
    if not (home / _FACTS).exists():
        shutil.rmtree(home, ignore_errors=True)
        began = time.monotonic()
        click.echo(f"Đang tạo dữ liệu {documents:,} văn bản, chỉ một lần …")
        _fill(home, documents)
        seconds = round(time.monotonic() - began, 1)
        (home / _FACTS).write_text(json.dumps({"documents": documents, "seconds": seconds}), encoding="utf-8")
        click.echo(f"Đã tạo xong sau {seconds:.0f} giây: {home}")
    return home


def _drop_older(folder: Path) -> None:
    if folder.is_dir():
        for older in folder.iterdir():
            # Only what a generator of ours made: its data stand below a hash, by their size.
            if older.name != digest() and any(home.name.isdigit() for home in older.glob("*/")):
                shutil.rmtree(older)


def _fill(home: Path, documents: int) -> None:
    # Nobody would miss half of it, so the disk is not waited for while it is being made.
    server = EmbeddedPostgres(home, fsync=False, options={"maintenance_work_mem": "512MB"})
    try:
        server.start()
        schema.migrate(server.url("owner"))
        command = [sys.executable, "-m", "app.cli", "seed", "--documents", str(documents)]
        subprocess.run(command, cwd=ROOT, env=environment(home), check=True)
        _fill_bare(server, documents)
        with psycopg.connect(server.url("super"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
    finally:
        server.stop(120)


def _fill_bare(server: EmbeddedPostgres, rows: int) -> None:
    """A table of the same number of rows, and the one index its page needs."""
    with psycopg.connect(server.url("super"), autocommit=True) as connection:
        name = sql.Identifier(BARE)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER office_app").format(name))
    with psycopg.connect(server.url("app", BARE), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE document (id bigint PRIMARY KEY, number text NOT NULL, issued_at timestamptz NOT NULL, "
            "agency text NOT NULL, title text NOT NULL)"
        )
        connection.execute(
            "INSERT INTO document SELECT n, n || '/BC-STC', timestamptz '2021-01-01' + n * interval '2 minutes', "
            "'Sở ' || mod(n, 40), 'Báo cáo tiến độ thực hiện dự án đường vành đai, đoạn ' || n FROM generate_series(1, %s) n",
            [rows],
        )
        connection.execute("CREATE INDEX ix_document_newest ON document (issued_at DESC, id DESC)")
        connection.execute("VACUUM (ANALYZE) document")
