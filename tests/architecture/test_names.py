"""Tên gọi: one name for one kind of thing in every package, and nothing of a workplace in the files."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from app import schema
from app.core import jobs
from app.core.db import Base
from app.core.records import RecordKind
from app.web import records
from tests.architecture.sources import (
    APP,
    ROOT,
    modules_named,
    none,
    packages,
    parsed,
    python_files,
    relative,
    repository_files,
    text_of,
)

# ── files ────────────────────────────────────────────────────────────────────

_KINDS = {
    "__init__", "cli", "counts", "events", "forms", "home", "jobs", "labels", "models", "policy", "queries", "service",
    "subscribers", "templates", "views", "wiring", "workflow",
}  # fmt: skip
# Ground, glue and the demo city are no officials' packages: their files are named by what is in them.
_FREE = {"core", "language", "storage", "web", "demo", "bench"}
# Further files of a package, each with what it is. Reviewed: a new kind of file is agreed before it is made.
_OF_THEIR_OWN = {
    "documents/format": "the rules of the Decree on the form of a document",
    "directives/reading": "what was read out of a text, matched to the tree and waiting to be confirmed",
    "notifications/compose.py": "a mail as bytes",
    "notifications/delivery.py": "carriers of mail",
    "notifications/letters.py": "the text of mails",
    "notifications/timetable.py": "slots of cron lines",
    "org/open_work.py": "the registry that tells what a post has in hand",
    "search/words.py": "how texts become lexemes",
    "signing/child": "what runs in the jail",
    "signing/cms.py": "a signature as bytes",
}
_LONGEST = 400
_LONG = {
    "app/demo/play/meetings.py": "a programme of invented meetings, one after the other",
    "app/web/forms.py": "every kind of field, one after the other",
}


def test_every_package_names_its_files_alike():
    found = {
        f"{p.relative_to(APP).parts[0]}/{p.relative_to(APP).parts[1]}"
        for p in repository_files()
        if p.is_relative_to(APP)
        and len(p.relative_to(APP).parts) > 1
        and p.relative_to(APP).parts[0] in set(packages()) - _FREE
    }
    strange = {f for f in found if Path(f).stem not in _KINDS}
    none(strange - _OF_THEIR_OWN.keys(), f"Known kinds: {', '.join(sorted(_KINDS))}.")
    none(_OF_THEIR_OWN.keys() - strange, "Listed, and gone.")


def test_a_file_fits_in_the_head():
    long = {
        relative(p): n for p in python_files() if (n := p.read_text(encoding="utf-8").count("\n")) > _LONGEST
    }
    none(
        (f"{name}: {n} lines" for name, n in long.items() if name not in _LONG),
        "Make it a folder of the same name, split by noun.",
    )
    none(_LONG.keys() - long.keys(), "Listed as long, and short.")


def test_templates_lie_in_a_folder_named_by_their_package():
    none(
        relative(p)
        for p in repository_files()
        if p.suffix == ".html" and p.is_relative_to(APP) and (parts := p.relative_to(APP).parts)[0] in packages()
        and parts[1:3] != ("templates", parts[0])
    )  # fmt: skip


# ── words in the code ────────────────────────────────────────────────────────


def _public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def test_every_public_function_says_what_it_is():
    none(
        f"{relative(path)}:{node.lineno}: {node.name}"
        for path in python_files()
        for node in _public_functions(path)
        if not ast.get_docstring(node)
    )


def test_every_module_says_what_it_holds():
    none(relative(p) for p in python_files() if p.stat().st_size and not ast.get_docstring(parsed(p)))


def test_use_cases_take_the_actor_first():
    schema.load_models()
    none(
        f"{module.__name__}.{name}"
        for module in modules_named("service")
        for name, function in vars(module).items()
        if getattr(function, "is_use_case", False) is True
        and next(iter(inspect.signature(function).parameters), None) != "actor"
    )


def test_permissions_are_named_by_package_thing_and_verb():
    faults = []
    for module in modules_named("policy"):
        enum = getattr(module, "Permission", None)
        if not (isinstance(enum, type) and issubclass(enum, StrEnum)):
            continue
        package = module.__name__.split(".")[1]
        for item in enum:
            _, thing, verb = [*str(item).split(":"), "", ""][:3]
            names = {f"{thing}_{verb}".upper(), verb.upper()}
            if not re.fullmatch(rf"{package}:[a-z_]+:[a-z_]+", item) or item.name not in names:
                faults.append(f"{item.name} = {item}")
        if [i.name for i in enum] != sorted(i.name for i in enum):
            faults.append(f"{module.__name__}: not in the order of the alphabet")
    none(faults)


def test_jobs_are_named_by_their_package_and_say_what_they_do(process_app):
    none(
        name
        for name, job in jobs.registry.items()
        if not re.fullmatch(r"[a-z]+\.[a-z_]+", name)
        or job.function.__module__.split(".")[1] != name.split(".")[0]
        or not job.title.strip()
    )


def test_tables_and_columns_are_english_snake_case():
    schema.load_models()
    none(
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", f"{table.name}_{column.name}")
    )


# ── addresses of records ──────────────────────────────────────────────────────


def test_every_kind_of_record_with_a_timeline_has_a_page(process_app):
    told = {RecordKind.INCOMING, RecordKind.OUTGOING, RecordKind.DIRECTIVE, RecordKind.MEETING}
    none(k.name for k in told if int(k) not in records._endpoints)


# ── nothing of a workplace ───────────────────────────────────────────────────

# Written so that this file does not match itself.
_OUTSIDE = {
    "path of somebody's machine": re.compile(r"(?<![\w./~>*-])/(?:home|root|Users|mnt|workspace|wor[k])/"),
    "path out of the repository": re.compile(r"(?<![\w.])\.\./(?:\.\./)*[a-z]+[d]?/[\w.-]+\.md|\bshare[d]/[a-z]"),
    "number of a ticket": re.compile(
        r"(?:\b(?:issu[e]s?|ticket|bug|PR|pull request)\s+#?\d+\b|(?<![\w&/#])#\d{1,4}\b(?![\w;]))", re.IGNORECASE
    ),
    "register of packages": re.compile(r"\b(?:pyp[i]|npmj[s]|pythonhoste[d]|artifactor[y]|index-ur[l]\s+http)\b", re.IGNORECASE),
    "note to oneself": re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b"),
    "tool of the workplace": re.compile(r"\bbare-machin[e]\b|\bCONTRAC[T]\.md\b|\bissue[s] show\b", re.IGNORECASE),
}  # fmt: skip
# Hosts that may be written: ours, examples, and names of formats that only look like addresses.
_HOSTS = re.compile(
    r"^(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|10\.|192\.168\.|www\.w3\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com"
    r"|www\.mic\.gov\.vn|([a-z0-9-]+\.)*example(\.[a-z.]+)?|vanphong\.[a-z.]+|[a-z]\.vn|t$|x$|\{|…|tên-máy)"
)


def _texts() -> Iterator[tuple[str, str]]:
    for path in repository_files():
        content = text_of(path)
        if content is not None and not path.name.startswith("requirements"):
            yield relative(path), content


def test_no_file_speaks_of_the_workplace():
    none(
        f"{where}:{content.count(chr(10), 0, found.start()) + 1}: {kind}: {found[0].strip()}"
        for where, content in _texts()
        for kind, pattern in _OUTSIDE.items()
        for found in pattern.finditer(content)
        if not (kind == "number of a ticket" and where.endswith((".css", ".svg", ".js")))
    )


def test_no_file_names_another_host():
    none(
        f"{where}: {host}"
        for where, content in _texts()
        for host in re.findall(r"https?://([^\s/\"'`)<>,;?#|\\]+)", content)
        if not _HOSTS.match(host.rpartition("@")[2])
    )


def test_pins_name_no_place():
    """Packages come from wherever the machine gets its packages."""
    none(
        f"{path.name}: {line}"
        for path in ROOT.glob("requirements*")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "://" in line or re.match(r"\s*-(?!-hash=|[rc] requirements)", line)
    )
