"""Alembic environment: runs as the owner role, against the metadata of every package."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool

from app.core.db import Base
from app.schema import load_models

load_models()


def _url() -> str:
    return str(context.config.get_main_option("sqlalchemy.url"))


def run() -> None:
    """Chạy các bước nâng cấp, each migration in its own transaction."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _configure_and_run(connection)
        return
    engine = create_engine(_url(), poolclass=pool.NullPool)
    with engine.connect() as connected:
        _configure_and_run(connected)
    engine.dispose()


def _configure_and_run(connection: object) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
