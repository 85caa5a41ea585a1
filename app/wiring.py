"""Lắp ráp: the one place that knows every package, in the order of the arrows."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import events
from app.core.db import db, session
from app.settings import Settings

# Bottom to top (docs/architecture.md). Each has a wiring module with ``register(app)``.
PACKAGES = (
    "storage",
    "org",
    "audit",
    "notifications",
    "search",
    "signing",
    "documents",
    "directives",
    "meetings",
    "exchange",
    "shell",
)
csrf = CSRFProtect()


def build(settings: Settings | None = None) -> Flask:
    """Dựng ứng dụng: settings, database, web frame, then every package's wiring."""
    settings = settings or Settings.from_env()
    app = Flask("app", static_folder=None, template_folder="templates")
    app.config.from_mapping(flask_config(settings))
    app.extensions["settings"] = settings
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    db.init_app(app)
    csrf.init_app(app)
    _web(app)
    for name in PACKAGES:
        if find_spec(f"app.{name}") and find_spec(f"app.{name}.wiring"):
            import_module(f"app.{name}.wiring").register(app)
    if not events.has_recorder():
        raise RuntimeError("nothing records what happens: refusing to start")
    logging.getLogger("office").setLevel(logging.INFO)
    return app


def _web(app: Flask) -> None:
    from app.web import (
        actor,
        assets,
        drawing,
        errors,
        formatting,
        guards,
        headers,
        health,
        icons,
        logs,
        pages,
        routing,
    )

    for module in (
        routing,
        guards,
        logs,
        actor,
        headers,
        errors,
        assets,
        icons,
        formatting,
        drawing,
        pages,
        health,
    ):
        module.init_app(app)
    health.add_check("migrations", _schema_behind)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


@cache
def _wanted_schema() -> str | None:
    from app import schema

    return schema.head()


def _schema_behind() -> str | None:
    """Lược đồ chưa đúng bản: what the readiness check says of it."""
    found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found == _wanted_schema() else f"schema is {found}, the code needs {_wanted_schema()}"


def flask_config(settings: Settings) -> dict[str, object]:
    """Cấu hình Flask từ các thiết lập."""
    secure = settings.external_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": sqlalchemy_url(settings.database_url),
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.web_threads + 1),
        "SESSION_COOKIE_NAME": "__Host-office" if secure else "office",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": secure,
        "EXTERNAL_URL": settings.external_url,
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "JSON_AS_ASCII": False,
    }


def sqlalchemy_url(url: str) -> str:
    """Địa chỉ cơ sở dữ liệu với trình điều khiển psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def engine_options(pool: int) -> dict[str, object]:
    """Kết nối cơ sở dữ liệu: a bounded pool that says no after five seconds, and statements that cannot run on."""
    return {
        "pool_size": pool,
        "max_overflow": 0,
        "pool_timeout": 5,
        "pool_pre_ping": False,
        "hide_parameters": True,  # an error in the log must not show what a document says
        "connect_args": {
            "options": "-c statement_timeout=5000 -c lock_timeout=3000 -c timezone=UTC -c idle_in_transaction_session_timeout=60000",
            "application_name": "office",
        },
    }
