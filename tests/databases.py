"""Cơ sở dữ liệu kiểm thử: one template per schema, one clone per process, further clones for tests that really commit."""

from __future__ import annotations

import os
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from app import schema

ADMIN_URL = os.environ.get("OFFICE_TEST_DATABASE_URL", "")
_LOCK = 4_072_021


def url_of(name: str) -> str:
    """Địa chỉ SQLAlchemy của một cơ sở dữ liệu trong cụm kiểm thử."""
    parts = urlsplit(ADMIN_URL)
    return urlunsplit(parts._replace(scheme="postgresql", path=f"/{name}"))


def _admin() -> psycopg.Connection:
    if not ADMIN_URL:
        raise RuntimeError("Chưa có cụm PostgreSQL kiểm thử: hãy chạy bằng `python3 manage.py test`.")
    return psycopg.connect(ADMIN_URL, autocommit=True)


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def template() -> str:
    """Cơ sở dữ liệu mẫu của lược đồ hiện tại; made by the migrations once, whoever comes first."""
    name = f"office_template_{schema.digest()}"
    with _admin() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        if not _exists(connection, name):
            building = f"building_{uuid.uuid4().hex[:12]}"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
            schema.migrate(url_of(building))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def clone(source: str) -> str:
    """Bản sao mới của một cơ sở dữ liệu không ai đang nối vào."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:10]}"
    with _admin() as connection:
        # The template must have no connection, and two clones at once would count as one.
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        )
    return name


def drop(name: str) -> None:
    """Bỏ một bản sao."""
    with _admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
