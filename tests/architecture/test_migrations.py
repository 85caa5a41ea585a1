"""Các bước nâng cấp: one line of numbered steps, each undone by its own way back, and the models say what they build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, pool, text

from app import schema
from app.core.db import Base
from tests import databases
from tests.architecture.sources import ROOT, none

# Everything that makes a schema, in PostgreSQL's own words. Columns by name: a column added later stands last.
_SCHEMA = {
    "columns": """
        SELECT table_name || '.' || column_name, udt_name || coalesce('(' || character_maximum_length || ')', ''),
               is_nullable, column_default, collation_name, identity_generation, generation_expression
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "routines": "SELECT oid::regprocedure::text, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "triggers": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "types": "SELECT typname, typtype FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')",
    "sequences": "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "policies": "SELECT tablename || '.' || policyname, qual, with_check FROM pg_policies WHERE schemaname = 'public'",
}


@contextmanager
def _scratch() -> Iterator[tuple[str, Engine]]:
    """An empty database of its own."""
    name = databases.clone("template0")
    engine = create_engine(
        databases.url_of(name).replace("postgresql:", "postgresql+psycopg:", 1), poolclass=pool.NullPool
    )
    try:
        yield databases.url_of(name), engine
    finally:
        engine.dispose()
        databases.drop(name)


@pytest.fixture
def scratch() -> Iterator[tuple[str, Engine]]:
    with _scratch() as made:
        yield made


def _schema_of(engine: Engine) -> dict[str, set[tuple[Any, ...]]]:
    with engine.connect() as connection:
        found = {kind: {tuple(row) for row in connection.execute(text(sql))} for kind, sql in _SCHEMA.items()}
    return {kind: {row for row in rows if "alembic_version" not in str(row)} for kind, rows in found.items()}


def _differences(
    first: dict[str, set[tuple[Any, ...]]], second: dict[str, set[tuple[Any, ...]]]
) -> list[str]:
    return sorted(f"{kind}: {row}" for kind in first for row in first[kind] ^ second[kind])


def _steps() -> list[Script]:
    """The steps from the first to the last."""
    return list(reversed(list(ScriptDirectory.from_config(schema.config("")).walk_revisions())))


def test_the_steps_are_numbered_and_make_one_line():
    scripts = ScriptDirectory.from_config(schema.config(""))
    assert len(scripts.get_heads()) == 1, f"more than one head: {scripts.get_heads()}"
    assert [s.revision for s in _steps()] == [f"{n:04}" for n in range(1, len(_steps()) + 1)]
    assert [s.down_revision for s in _steps()] == [None, *(s.revision for s in _steps()[:-1])]


def test_every_step_is_a_file_named_by_its_number_and_what_it_does():
    files = sorted(p.name for p in (ROOT / "migrations" / "versions").glob("*.py"))
    none(n for n in files if not re.fullmatch(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)*\.py", n))
    assert [n[:4] for n in files] == [s.revision for s in _steps()]


def test_every_step_goes_up_and_down_and_up_again(scratch):
    url, engine = scratch
    at: dict[str | None, dict[str, set[tuple[Any, ...]]]] = {None: _schema_of(engine)}
    assert not any(at[None].values())
    for step in _steps():
        command.upgrade(schema.config(url), step.revision)
        at[step.revision] = _schema_of(engine)
        assert at[step.revision] != at[step.down_revision], f"{step.revision} changes nothing"
    for step in reversed(_steps()):
        command.downgrade(schema.config(url), step.down_revision or "base")
        left = _differences(_schema_of(engine), at[step.down_revision])
        none(left, f"Undoing {step.revision} leaves or misses these.")
    command.upgrade(schema.config(url), "head")
    none(_differences(_schema_of(engine), at[_steps()[-1].revision]))


def test_the_models_are_the_migrated_schema(scratch):
    """As Alembic compares: nothing is ignored."""
    url, engine = scratch
    schema.load_models()
    schema.migrate(url)
    with engine.connect() as connection:
        found = compare_metadata(_comparison(connection), Base.metadata)
    none(map(str, found), "Run autogenerate, read what it writes, and add a step.")


def _comparison(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})


def test_the_models_build_the_migrated_schema(scratch):
    """What Alembic does not compare (checks, conditions of indexes, collations): PostgreSQL's own words, both ways."""
    url, engine = scratch
    schema.load_models()
    schema.migrate(url)
    with _scratch() as (_url, from_models):
        Base.metadata.create_all(from_models)
        found = _differences(_schema_of(engine), _schema_of(from_models))
    none(found, "Models and migrations differ.")
