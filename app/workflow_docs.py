"""docs/workflows.md, written from the workflow tables: sentences and a diagram for each."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from app.core.workflow import Row, Workflow

_PACKAGES = ("documents", "directives", "meetings", "exchange")
_HEAD = "# Quy trình\n\nTệp này sinh ra từ các bảng quy trình trong mã (`manage.py workflow-docs`); đừng sửa tay.\n"


def target() -> Path:
    """Nơi đặt tài liệu."""
    return Path(__file__).resolve().parent.parent / "docs" / "workflows.md"


def tables() -> list[Workflow]:
    """Mọi bảng quy trình của sản phẩm."""
    found: list[Workflow] = []
    for package in _PACKAGES:
        if find_spec(f"app.{package}.workflow") is None:
            continue
        module = import_module(f"app.{package}.workflow")
        found += [v for _, v in sorted(vars(module).items()) if isinstance(v, Workflow)]
    return found


def render() -> str:
    """Toàn bộ tài liệu."""
    return _HEAD + "".join(_section(table) for table in tables())


def _section(table: Workflow) -> str:
    lines = [f"\n## {table.name}: {table.labels.title}\n\n"]
    lines += [f"- {_sentence(table, item)}\n" for item in table.rows]
    lines += ["\n```mermaid\nstateDiagram-v2\n"]
    for state in table.states:
        lines.append(f"    {state.value}: {table.state_words(state.value)}\n")
    for item in table.rows:
        lines += [
            f"    {source} --> {item.to or source}: {_words(table, item)}\n" for source in sorted(item.from_)
        ]
    return "".join([*lines, "```\n"])


def _words(table: Workflow, item: Row) -> str:
    label = table.labels.actions.get(item.action)
    return label.words if label else item.action


def _sentence(table: Workflow, item: Row) -> str:
    states = ", ".join(f"“{table.state_words(s)}”" for s in sorted(item.from_))
    outcome = f"chuyển sang “{table.state_words(item.to)}”" if item.to else "giữ nguyên trạng thái"
    rules = [table.labels.rules.get(r.__name__, r.__name__) for r in item.must_hold]
    condition = f"; điều kiện: {'; '.join(rules)}" if rules else ""
    return f"**{_words(table, item)}** (`{item.action}`): khi {states}, {table.who_words(item)} → {outcome}{condition}. Sự kiện `{item.event.__name__}`."
