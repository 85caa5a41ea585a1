"""COPY: lines of text collected per table, sent in blocks, with ids reserved ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg import sql

NULL: Final = r"\N"
_BLOCK_LINES: Final = 60_000
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def cell(value: object) -> str:
    """Một ô của dòng COPY."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class Table:
    """Bảng nhận dữ liệu: columns in the order of the lines."""

    name: str
    columns: tuple[str, ...]


class Copier:
    """Người chép: tables are sent in the order in which they were declared, so that keys find what they point to."""

    def __init__(self, connection: psycopg.Connection[Any], tables: Sequence[Table]) -> None:
        self._connection, self._tables = connection, tables
        self.lines: dict[str, list[str]] = {table.name: [] for table in tables}
        self.sent: dict[str, int] = dict.fromkeys(self.lines, 0)

    def reserve(self, table: str, count: int) -> int:
        """Giữ trước ``count`` khóa liền nhau; gives the first."""
        statement = "SELECT max(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)"
        row = self._connection.execute(statement, [table, max(count, 1)]).fetchone()
        assert row is not None
        return int(row[0]) - max(count, 1) + 1

    def send_when_full(self) -> None:
        """Gửi khi đã đủ một khối."""
        if sum(map(len, self.lines.values())) >= _BLOCK_LINES:
            self.send()

    def send(self) -> None:
        """Gửi mọi dòng đang giữ."""
        for table in self._tables:
            lines = self.lines[table.name]
            if lines:
                self._copy(table, lines)
                self.sent[table.name] += len(lines)
                lines.clear()

    def _copy(self, table: Table, lines: Iterable[str]) -> None:
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("\n".join(lines) + "\n")
