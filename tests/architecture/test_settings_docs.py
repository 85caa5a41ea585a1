"""Tài liệu vận hành nói đúng chương trình: settings, accounts and commands of the README are those of the code."""

from __future__ import annotations

import re

import pytest

import manage
from app import cli
from app.demo import accounts
from app.demo.data.people import staff
from app.settings import Settings, env_example, table
from tests.architecture.sources import ROOT, none, python_files

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_file_is_the_class():
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_the_table_of_the_readme_is_the_class():
    assert table() in README, "Put the output of `python -m app.settings --table` into README.md."


def test_every_variable_the_code_reads_is_in_the_class():
    """What is not in the table does not exist for an operator; the system's own variables stay the system's."""
    systems = {"PATH", "XDG_RUNTIME_DIR"}
    told_by_its_parent = {"BENCH_BARE_URL"}  # the bare page beside which speed is measured
    known = set(re.findall(r"^#([A-Z][A-Z0-9_]+)=", env_example(), re.MULTILINE))
    none(
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files()
        for name in re.findall(
            r"""os\.(?:environ(?:\.get\(|\[)|getenv\()["'](\w+)""", path.read_text(encoding="utf-8")
        )
        if name not in known | systems | told_by_its_parent
    )


def test_no_document_names_a_setting_that_does_not_exist():
    known = set(re.findall(r"^#([A-Z][A-Z0-9_]+)=", env_example(), re.MULTILINE))
    assert len(known) == len(Settings.__dataclass_fields__)
    named = {
        name
        for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for name in re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`", path.read_text(encoding="utf-8"))
    }
    none(named - known - {"MAX_CONTENT_LENGTH", "SKIP_LOCKED"})


@pytest.mark.parametrize("shown", accounts.SHOWN, ids=lambda shown: shown[1])
def test_the_readme_names_the_demo_accounts(shown):
    role, key = shown
    people = staff()
    person = people.person(people.post(key).person_key or key)
    row = re.search(rf"^\|[^|\n]*\| *{re.escape(person.full_name)} *\| *`{re.escape(person.username)}` *\|", README, re.MULTILINE)  # fmt: skip
    assert row, f"{role}: {person.full_name}, {person.username}"


def test_the_readme_names_their_password():
    assert f"`{accounts.PASSWORD}`" in README


def test_every_command_in_the_documents_exists():
    known = {*manage.COMMANDS, *cli.main.list_commands(None), "help"}  # type: ignore[arg-type]
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    none(
        f"{path.name}: manage.py {name}"
        for path in documents
        for name in re.findall(r"manage\.py ([a-z][a-z-]*)", path.read_text(encoding="utf-8"))
        if name not in known
    )


def test_the_readme_opens_with_both_commands_and_the_picture():
    first = README[:2500]
    for wanted in ("python3 manage.py run", "python3 manage.py test", "docs/manual/images/home-leader.png"):
        assert wanted in first, wanted
