"""Tài liệu đứng cùng mã: the glossary names every table and act, decisions are whole, and what documents point to exists."""

from __future__ import annotations

import inspect
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app import schema, workflow_docs
from app.core.db import Base
from tests.architecture.sources import APP, ROOT, modules_named, none, packages

DOCS = ROOT / "docs"


# ── the glossary ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Term:
    """One row: the names in the code and the Vietnamese words for them."""

    package: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    meaning: str
    source: str


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


@cache
def glossary() -> tuple[Term, ...]:
    """Every row; a section is headed ``## Title (`package`)``."""
    rows, package = [], ""
    for line in (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found = re.search(r"\(`(\w+)`\)\s*$", line)
            package = found[1] if found else ""
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and "`" in cells[0]:
            words = tuple(_plain(w) for w in cells[1].split(";") if w.strip())
            rows.append(Term(package, tuple(re.findall(r"`([^`]+)`", cells[0])), words, cells[2], cells[3]))
    return tuple(rows)


def _named() -> dict[tuple[str, str], object]:
    """What must stand in the glossary, by package and name: model classes and public use cases."""
    schema.load_models()
    found: dict[tuple[str, str], object] = {
        (m.class_.__module__.split(".")[1], m.class_.__name__): m.class_ for m in Base.registry.mappers
    }
    for module in modules_named("service"):
        for name, function in vars(module).items():
            if getattr(function, "is_use_case", False) is True and not name.startswith("_"):
                found[(function.__module__.split(".")[1], name)] = function
    return found


def _rows_of(package: str, name: str) -> list[Term]:
    return [t for t in glossary() if t.package == package and name in t.codes]


def _opening(thing: object) -> str:
    """The docstring up to its first mark: the Vietnamese term."""
    return _plain(re.split(r"[.:;(\n—–]", inspect.getdoc(thing) or "", maxsplit=1)[0])


def _holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def test_every_table_and_act_stands_in_the_glossary():
    none(
        (f"{package}: `{name}` ({_opening(thing)})" for (package, name), thing in _named().items() if not _rows_of(package, name)),
        "Add a row to the package's section of docs/glossary.md.",
    )  # fmt: skip
    assert len(_named()) > 80


def test_their_docstrings_open_with_the_term():
    """A term of the row stands in the opening, and the opening begins with a word of the glossary: it is Vietnamese."""
    vocabulary = {word for term in glossary() for word in re.findall(r"\w+", " ".join(term.words))}
    faults = []
    for (package, name), thing in _named().items():
        opening, terms = _opening(thing), [w for row in _rows_of(package, name) for w in row.words]
        is_vietnamese = (
            opening.split(maxsplit=1)[:1] and opening.split(maxsplit=1)[0].strip(",") in vocabulary
        )
        if terms and not (is_vietnamese and any(_holds(opening, term) for term in terms)):
            faults.append(f"{package}.{name} opens with “{opening}”; its row says {', '.join(terms)}")
    none(faults)


def test_every_name_in_the_glossary_is_in_the_code():
    """A row outlives its thing only by mistake. Common words belong to every package."""
    faults = []
    for package in packages():
        text = "\n".join(p.read_text(encoding="utf-8") for p in (APP / package).rglob("*.py"))
        faults += [
            f"{package}: `{code}`"
            for term in glossary()
            if term.package == package
            for code in term.codes
            if not _holds(text, code)
        ]
    none(faults, "In the glossary, and nowhere in that package.")
    none({t.package for t in glossary()} - {"", *packages()}, "A section for a package that does not exist.")


def test_every_row_has_a_meaning_and_says_where_it_comes_from():
    none(f"`{t.codes[0]}`" for t in glossary() if len(t.meaning) < 5 or not t.source or not t.words)
    none(
        f"{t.package} `{code}`" for t in glossary() for code in t.codes if len(_rows_of(t.package, code)) > 1
    )


# ── workflows ────────────────────────────────────────────────────────────────


def test_the_workflows_are_those_of_the_tables():
    written = (DOCS / "workflows.md").read_text(encoding="utf-8")
    assert written == workflow_docs.render(), "Run python3 manage.py workflow-docs."
    none(
        f"{module.__name__}"
        for module in modules_named("workflow")
        if module.__name__.split(".")[1] not in workflow_docs._PACKAGES
        and any(type(v).__name__ == "Workflow" for v in vars(module).values())
    )


def test_the_workflows_speak_vietnamese():
    """A name of the code that shows through is a word that labels.py lacks."""
    faults = []
    for table in workflow_docs.tables():
        faults += [
            f"{table.name}: state {s.value}" for s in table.states if s.value not in table.labels.states
        ]
        for row in table.rows:
            if row.who.__name__ not in table.labels.who:
                faults.append(f"{table.name}.{row.action}: who {row.who.__name__}")
            faults += [
                f"{table.name}.{row.action}: rule {r.__name__}"
                for r in row.must_hold
                if r.__name__ not in table.labels.rules
            ]
    none(faults)


# ── decisions ────────────────────────────────────────────────────────────────


def _decisions() -> list[Path]:
    return sorted((DOCS / "decisions").glob("*.md"))


def test_decisions_are_numbered_without_a_gap():
    names = [p.name for p in _decisions()]
    none(n for n in names if not re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", n))
    assert [n[:4] for n in names] == [f"{i:04}" for i in range(1, len(names) + 1)]


def test_decisions_tell_context_choice_and_consequence_on_half_a_page():
    faults = []
    for path in _decisions():
        text = path.read_text(encoding="utf-8")
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if not re.match(rf"# {path.name[:4]}\. \S", text) or parts != ["Context", "Choice", "Consequence"]:
            faults.append(f"{path.name}: {parts}")
        if not 60 < len(text.split()) < 450:
            faults.append(f"{path.name}: {len(text.split())} words")
    none(faults)


# ── what documents point to ──────────────────────────────────────────────────


def _documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


# Pictures are drawn by the browser tests, and kept with the manual.
_DRAWN = ("docs/manual/images/",)


def test_links_lead_somewhere():
    faults = []
    for path in _documents():
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            file, _, anchor = target.partition("#")
            aim = (path.parent / file).resolve() if file else path
            if "://" in target:
                continue
            if not aim.exists() and not aim.relative_to(ROOT).as_posix().startswith(_DRAWN):
                faults.append(f"{path.name}: {target}")
            elif anchor and aim.suffix == ".md" and anchor not in _anchors(aim):
                faults.append(f"{path.name}: {target} (no such heading)")
    none(faults)


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", h.lower()).strip()) for h in headings}


def test_files_that_documents_name_exist():
    faults = []
    for path in _documents():
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for name in re.findall(
            r"`((?:app|tests|docs|migrations|bench)/[\w./-]*\w/?|\w+\.(?:py|toml|txt|in))`", text
        ):
            exists = (ROOT / name).exists() or ("/" not in name and any(APP.rglob(name)))
            if not exists and not name.startswith(_DRAWN):
                faults.append(f"{path.relative_to(ROOT)}: {name}")
    none(faults)


def test_modules_that_documents_name_exist():
    """``core.numbering.take`` in a document is a name that somebody will look for."""
    names = re.compile(rf"`(?:app\.)?((?:{'|'.join(packages())})(?:\.\w+)+)`")
    none(
        f"{path.relative_to(ROOT)}: {name}"
        for path in _documents()
        for name in names.findall(path.read_text(encoding="utf-8"))
        if not _found(name.split("."))
    )


def _found(parts: list[str]) -> bool:
    """A module path, perhaps with one name inside it."""
    place = APP.joinpath(*parts)
    if place.is_dir() or place.with_suffix(".py").exists():
        return True
    *above, last = parts
    place = APP.joinpath(*above)
    files = [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.glob("*.py"))
    return any(_holds(f.read_text(encoding="utf-8"), last) for f in files)


def test_the_architecture_names_every_package():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    none(p for p in packages() if f"`{p}`" not in text and f"{p}/" not in text)
