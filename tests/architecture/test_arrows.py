"""Mũi tên: what import-linter cannot say of who may call, commit, register and point to whom."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table

from app import schema
from app.core.db import Base
from app.wiring import PACKAGES
from tests.architecture.sources import APP, ROOT, none, packages, parsed, python_files, relative

# ── between packages ─────────────────────────────────────────────────────────


def _layers() -> list[list[str]]:
    """The packages as the contract orders them, top to bottom."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    lines = next(c["layers"] for c in contracts if c["containers"] == ["app"])
    return [[n.strip(" ()") for part in line.split("|") for n in part.split(":")] for line in lines]


def _height() -> dict[str, int]:
    return {name: -place for place, line in enumerate(_layers()) for name in line}


def test_the_import_contracts_hold():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :] + done.stderr[-1000:]


def test_the_wiring_follows_the_order_of_the_contract():
    heights = [_height()[name] for name in PACKAGES]
    assert heights == sorted(heights), "bottom to top, as in pyproject.toml"


def test_every_package_with_a_wiring_is_wired():
    wired = {p for p in packages() if (APP / p / "wiring.py").exists()}
    none(wired - set(PACKAGES), "Not in app.wiring.PACKAGES.")


def _package_of(table: Table) -> str | None:
    for mapper in Base.registry.mappers:
        if mapper.local_table is table:
            return str(mapper.class_.__module__.split(".")[1])
    return None


def test_foreign_keys_point_down():
    schema.load_models()
    heights = _height()
    faults = []
    for table in Base.metadata.tables.values():
        above = _package_of(table)
        for key in table.foreign_keys:
            below = _package_of(key.column.table)
            if above and below and heights[below] > heights[above]:
                faults.append(f"{above}: {table.name}.{key.parent.name} points up to {below}")
    none(faults)
    assert len(Base.metadata.tables) > 30


# ── who may do what ──────────────────────────────────────────────────────────

# Besides use cases, each with the reason.
_MAY_COMMIT = {
    "app/core/use_case.py": "the one place for official acts",
    "app/core/db.py": "ends the reading of a page, which may not write",
    "app/core/outbox.py": "claims and marks rows around handlers that commit for themselves",
    "app/bench/exchange.py": "makes agencies and a floor of its own, in a database that is thrown away",
    "app/bench/measuring.py": "signs its load clients in, in a database of its own",
    "app/core/jobs.py": "leases and the history of runs, around jobs that commit for themselves",
    "app/org/service/sign_in.py": "counts a refused attempt, and the life sign of a session, whatever else fails",
}
_DEMO = APP / "demo"  # builds a city of many use cases in one transaction, and plays its worker


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    """Every call as it is written: ``session.commit``, ``add_item``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_only_use_cases_commit():
    none(
        f"{relative(path)}:{line}: {name}()"
        for path in python_files()
        if relative(path) not in _MAY_COMMIT and not path.is_relative_to(_DEMO)
        for line, name in _calls(path)
        if name.endswith("session.commit")
    )
    none(f for f in _MAY_COMMIT if "session.commit()" not in (ROOT / f).read_text(encoding="utf-8"))


_REGISTRIES = {
    "add_block", "add_check", "add_count", "add_glance", "add_item", "add_panel", "add_record_page", "add_shell_link",
    "audit_labels.register", "labels.register", "permissions.grant", "set_loader", "set_outbox", "set_recorder",
    "set_unread_counter",
}  # fmt: skip
# Files that a wiring calls to fill registries in its name, because the list is long; and the ground's own.
_FILL_FOR_THEIR_WIRING = {"counts.py", "home.py", "wiring.py"}
_THE_GROUNDS_OWN = {"app/core/outbox.py", "app/web/health.py"}


def test_registries_are_filled_by_wirings():
    none(
        f"{relative(path)}:{line}: {name}()"
        for path in python_files()
        if path.name not in _FILL_FOR_THEIR_WIRING
        and relative(path) not in _THE_GROUNDS_OWN
        and not path.is_relative_to(_DEMO)
        for line, name in _calls(path)
        if name in _REGISTRIES or name.split(".", 1)[-1] in _REGISTRIES
    )


def test_only_the_demo_city_moves_the_clock():
    none(
        f"{relative(path)}:{line}"
        for path in python_files()
        if not path.is_relative_to(_DEMO)
        for line, name in _calls(path)
        if name == "clock.at"
    )


def test_views_and_forms_leave_the_database_to_services_and_queries():
    """A page never selects, adds or deletes by itself."""
    layers = {"views", "views.py", "forms", "forms.py"}
    none(
        f"{relative(path)}:{line}: {name}()"
        for path in python_files()
        if len(path.relative_to(APP).parts) > 1 and path.relative_to(APP).parts[1] in layers
        for line, name in _calls(path)
        if name.startswith(("session.", "db.session"))
        or name in ("select", "insert", "update", "delete", "text")
    )


def test_jobs_and_subscribers_act_through_use_cases():
    """They look for what is due, and let a service change it."""
    none(
        f"{relative(path)}:{line}: {name}()"
        for path in python_files()
        if path.name in ("jobs.py", "subscribers.py") and path.parent.name != "core"
        for line, name in _calls(path)
        if name
        in (
            "session.add",
            "session.add_all",
            "session.delete",
            "session.commit",
            "insert",
            "update",
            "delete",
        )
    )


# ── what a process loads ─────────────────────────────────────────────────────

# Parsers of foreign bytes belong into the jail; heavy writers are loaded by the function that needs them.
_NOT_IN_A_PROCESS = (
    "docx", "fontTools", "holidays", "lxml", "openpyxl", "PIL", "pypdf", "pypdfium2", "typst", "xlsxwriter",
)  # fmt: skip


def _loaded_by(module: str) -> list[str]:
    code = (
        f"import sys; import {module}; from app import create_app; create_app()\n"
        f"print([n for n in {_NOT_IN_A_PROCESS!r} if n in sys.modules])"
    )
    environment = {
        "PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nobody@localhost/none", "SECRET_KEY": "x" * 40,
        "STORAGE_DIR": "/nonexistent", "MAIL_DIR": "/nonexistent",
    }  # fmt: skip
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[str] = ast.literal_eval(done.stdout.strip().splitlines()[-1])
    return found


def test_web_processes_load_no_parser():
    none(_loaded_by("app"), "Import it in the function that needs it, or let the jail do it.")


def test_the_worker_loads_no_parser():
    none(_loaded_by("app.worker"), "Import it in the function that needs it, or let the jail do it.")
