"""Nâng cấp lược đồ khi khởi động: is one due, and the backup that goes before it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from app.core import clock
from app.core.embedded import binary

_REVISION = re.compile(r"^(revision|down_revision)\b[^=\n]*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}


class BackupError(Exception):
    """Không sao lưu được: then nothing is changed."""


def newest_revision(folder: Path) -> str | None:
    """Bản lược đồ mới nhất, read from the files' text: loading Alembic would cost each start half a second."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for path in folder.glob("*.py"):
        for name, value in _REVISION.findall(path.read_text(encoding="utf-8")):
            (revisions if name == "revision" else followed).add(value)
    heads = revisions - followed
    return heads.pop() if len(heads) == 1 else None


def current_revision(url: str) -> str | None:
    """Bản lược đồ của cơ sở dữ liệu, hoặc chưa có gì."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def back_up(url: str, folder: Path, label: str) -> Path:
    """Sao lưu cơ sở dữ liệu: a custom-format dump for ``pg_restore``, whole or not there at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{clock.now().astimezone(clock.LOCAL):%Y%m%d-%H%M%S}-{label}.dump"
    part = target.with_suffix(".part")
    known = {_VARIABLES[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in _VARIABLES}
    command: list[str | Path] = [binary("pg_dump"), "--format=custom", "--file", part]
    done = subprocess.run(command, env={**os.environ, **known}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        part.unlink(missing_ok=True)
        reason = done.stderr[-1500:]
        raise BackupError(
            f"Không sao lưu được dữ liệu vào {folder} nên chưa nâng cấp gì. Hãy kiểm tra chỗ trống trên đĩa.\n{reason}"
        )
    part.chmod(0o600)
    part.rename(target)
    return target
