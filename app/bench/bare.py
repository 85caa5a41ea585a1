"""Trang trần để so: Flask, SQLAlchemy, one indexed query for the newest 50 rows, a Jinja page of them."""

from __future__ import annotations

import os
from datetime import datetime

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import Index, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Văn bản</title></head><body><h1>Văn bản</h1>
<table><thead><tr><th>Số</th><th>Ngày</th><th>Cơ quan</th><th>Trích yếu</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="/{{ row.id }}">{{ row.number }}</a></td>
<td>{{ row.issued_at.strftime("%d/%m/%Y") }}</td><td>{{ row.agency }}</td><td>{{ row.title }}</td></tr>
{% endfor %}</tbody></table></body></html>"""


class Base(DeclarativeBase):
    """Bảng của trang trần."""


class BareDocument(Base):
    """Một dòng của trang trần."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_at: Mapped[datetime]
    agency: Mapped[str]
    title: Mapped[str]
    __table_args__ = (Index("ix_document_newest", "issued_at", "id"),)


def create() -> Flask:
    """Ứng dụng một trang."""
    app = Flask(__name__, static_folder=None)
    database = SQLAlchemy(metadata=Base.metadata)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 5, "max_overflow": 0, "pool_timeout": 5}
    # Compiled once, as a page from a file is: a floor that compiles its template each time would flatter us.
    app.jinja_loader = DictLoader({"bare.html": _PAGE})
    database.init_app(app)

    @app.get("/")
    def newest() -> str:
        rows = database.session.execute(
            select(
                BareDocument.id,
                BareDocument.number,
                BareDocument.issued_at,
                BareDocument.agency,
                BareDocument.title,
            )
            .order_by(BareDocument.issued_at.desc(), BareDocument.id.desc())
            .limit(50)
        ).all()
        return render_template("bare.html", rows=rows)

    return app
