"""Câu lệnh viết sẵn: building a statement from objects costs more than running it, so each shape is written out once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Row, Select, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import psycopg2
from sqlalchemy.engine import Result
from sqlalchemy.sql.selectable import TextualSelect

from app.core.db import session

# this dialect writes values bare (``:moment``), where psycopg 3's would add a cast that ``text`` cannot read back
_DIALECT = psycopg2.dialect(paramstyle="named")  # type: ignore[no-untyped-call]

AnyRow = Row[*tuple[Any, ...]]


class Prepared:
    """Câu lệnh đã viết ra chữ, with the names of the values it needs."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.constants = {n: v for n, v in compiled.params.items() if v is not None}
        self.names = frozenset(compiled.params) - set(self.constants)
        self.sql: TextClause = text(str(compiled))

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return self.constants | {n: values[n] for n in self.names}

    def run(self, values: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        """Chạy với những giá trị này; those it does not name are left aside."""
        return session.execute(self.sql, self._values(values))

    def counting(self, values: Mapping[str, Any]) -> TextualSelect:
        """Như một câu đếm để ghép với những câu khác: its values travel with it, under names of their own."""
        own: list[BindParameter[Any]] = [
            bindparam(n, v, unique=True) for n, v in self._values(values).items()
        ]
        bound = self.sql.bindparams(*own)
        return bound.columns(n=BigInteger())
