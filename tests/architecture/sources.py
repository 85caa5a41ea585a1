"""Mã nguồn nhìn như dữ liệu: the files of the repository, for tests that read code instead of running it."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
# What tools and installations make (see .gitignore); a bare machine has no git to ask.
_NOT_OURS = {".git", ".hypothesis", ".venv", "var", "build", "htmlcov", "node_modules", "__pycache__"}


@cache
def repository_files() -> tuple[Path, ...]:
    """Mọi tệp của kho mã, không kể tệp do công cụ sinh ra."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in _NOT_OURS and not f.endswith(("_cache", ".egg-info"))]
        found += [
            Path(folder) / n
            for n in names
            if not n.endswith((".pyc", ".venv.lock")) and n not in (".venv", ".env", ".git")
        ]
    return tuple(sorted(found))


def text_of(path: Path) -> str | None:
    """Chữ trong tệp, hoặc ``None`` khi tệp không phải là chữ."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def relative(path: Path) -> str:
    """Đường dẫn tính từ gốc kho mã."""
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(folder: Path = APP) -> tuple[Path, ...]:
    """Mọi tệp Python dưới một thư mục."""
    return tuple(p for p in repository_files() if p.suffix == ".py" and p.is_relative_to(folder))


@cache
def parsed(path: Path) -> ast.Module:
    """Cây cú pháp của một tệp."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def packages() -> tuple[str, ...]:
    """Các gói của sản phẩm."""
    return tuple(sorted(p.parent.name for p in APP.glob("*/__init__.py")))


def modules_named(*names: str) -> Iterator[ModuleType]:
    """Mọi mô-đun ``app.<gói>.<tên>`` hiện có, cả khi nó là một thư mục tách theo danh từ."""
    for path in python_files():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) >= 3 and parts[2] in names:
            yield import_module(".".join(parts).removesuffix(".__init__"))


def none(found: Iterable[str], advice: str = "") -> None:
    """Không được có gì: fails with everything that was found, each on a line, and what to do about it."""
    listed = sorted(set(found))
    assert not listed, "\n".join(
        [f"{len(listed)} found. {advice}".rstrip(), *(f"  - {item}" for item in listed)]
    )
