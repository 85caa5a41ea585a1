"""Câu lệnh dựng sẵn: statements of hot pages, compiled once in the life of a process.

Building a wide statement and finding its compiled form again costs more processor time than the database needs to
answer it. Only for statements of bare columns whose shape never changes; what changes is bound by name (a list as an array: an ``IN`` has no fixed text).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import CursorResult, SelectBase

from app.core.db import AnyRow, session


class Prepared:
    """Một câu lệnh dựng sẵn; ``build`` makes it with ``bindparam`` for what changes."""

    def __init__(self, build: Callable[[], SelectBase]) -> None:
        self._build, self._sql = build, ""
        self._fixed: dict[str, Any] = {}

    def run(self, **values: Any) -> CursorResult[AnyRow]:
        """Chạy với các giá trị này, in the running transaction."""
        if not self._sql:
            self._compile()
        return session.connection().exec_driver_sql(self._sql, {**self._fixed, **values})

    def _compile(self) -> None:
        compiled = self._build().compile(session.get_bind(), compile_kwargs={"render_postcompile": True})
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._sql = str(compiled)
