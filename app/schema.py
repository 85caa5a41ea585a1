"""Lược đồ cơ sở dữ liệu: every package's models, and the migrations that build them."""

from __future__ import annotations

import hashlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, pool, text

_ROOT = Path(__file__).resolve().parent.parent
_MODELS = (
    "core.use_case",
    "core.records",
    "core.outbox",
    "core.jobs",
    "core.numbering",
    "core.working_days",
    "storage.models",
    "org.models",
    "audit.models",
    "notifications.models",
    "search.models",
    "signing.models",
    "documents.models",
    "directives.models",
    "meetings.models",
    "exchange.models",
)
_LOCK = 4_072_020  # advisory lock: one migration at a time


def load_models() -> None:
    """Nạp mọi bảng vào metadata."""
    for name in _MODELS:
        package = f"app.{name}".rpartition(".")[0]
        if find_spec(package) is not None and find_spec(f"app.{name}") is not None:
            import_module(f"app.{name}")


def config(url: str) -> Config:
    """Cấu hình Alembic cho một cơ sở dữ liệu."""
    found = Config()
    found.set_main_option("script_location", str(_ROOT / "migrations"))
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    found.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return found


def head() -> str | None:
    """Phiên bản lược đồ mà mã nguồn cần."""
    return ScriptDirectory.from_config(config("")).get_current_head()


def _engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool)


def current(url: str) -> str | None:
    """Phiên bản lược đồ của cơ sở dữ liệu."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def migrate(url: str, revision: str = "head") -> None:
    """Nâng cấp lược đồ, một tiến trình một lúc; others wait for the lock."""
    engine = _engine(url)
    try:
        with engine.connect() as guard:
            guard.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            command.upgrade(config(url), revision)
    finally:
        engine.dispose()


def digest() -> str:
    """Dấu vân tay của các bước nâng cấp, to name test templates by."""
    parts = hashlib.sha256()
    for path in sorted((_ROOT / "migrations" / "versions").glob("*.py")):
        parts.update(path.read_bytes())
    return parts.hexdigest()[:16]
