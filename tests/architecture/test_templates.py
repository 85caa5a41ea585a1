"""Mẫu trang: every template compiles, and holds nothing that the content security policy would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, TemplateError, nodes

from app.core.workflow import ActionLabel
from app.web import navigation
from app.web.icons import icon
from app.workflow_docs import tables
from tests.architecture.sources import APP, none, python_files, relative, repository_files

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_REFUSED = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "event attribute": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(
        r"""\s(?:src|href|action|formaction)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE
    ),
}


@cache
def templates() -> tuple[Path, ...]:
    """Every template of the product."""
    return tuple(
        p
        for p in repository_files()
        if p.suffix == ".html" and p.is_relative_to(APP) and "templates" in p.parts
    )


def name_of(path: Path) -> str:
    """The name by which it is rendered."""
    return path.as_posix().rpartition("/templates/")[2]


@cache
def source(path: Path) -> str:
    """The template without its comments, every line where it was."""
    return _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text(encoding="utf-8"))


@pytest.fixture
def jinja(process_app: Flask) -> Environment:
    return process_app.jinja_env


def _trees(jinja: Environment) -> Iterator[tuple[str, nodes.Template]]:
    for path in templates():
        yield relative(path), jinja.parse(source(path))


def test_every_template_compiles(jinja):
    broken = []
    for path in templates():
        try:
            jinja.get_template(name_of(path))
        except TemplateError as problem:
            broken.append(f"{relative(path)}: {problem}")
    none(broken)
    assert len(templates()) > 40


def test_every_template_is_shown_by_a_view_or_by_another_template():
    written = "\n".join([*map(source, templates()), *(p.read_text(encoding="utf-8") for p in python_files())])
    names = "\n".join(name_of(p) for p in templates())
    shown = {n for n in names.splitlines() if f'"{n}"' in written}
    for pattern in re.findall(r'f"([a-z_/]*\{[^"]*\.html)"', written):  # names put together in a view
        shown |= set(re.findall("^" + re.sub(r"\{[^}]*\}", "[a-z_]+", pattern) + "$", names, re.MULTILINE))
    none(set(names.splitlines()) - shown, "Show them or remove them.")


@pytest.mark.parametrize("kind", sorted(_REFUSED))
def test_no_template_holds_what_the_policy_refuses(kind):
    none(
        f"{relative(path)}:{source(path).count(chr(10), 0, found.start()) + 1}: {found[0].strip()[:100]}"
        for path in templates()
        for found in _REFUSED[kind].finditer(source(path))
    )


def test_no_template_switches_escaping_off(jinja):
    found = []
    for where, tree in _trees(jinja):
        found += [f"{where}:{n.lineno}: |{n.name}" for n in tree.find_all(nodes.Filter) if n.name == "safe"]
        found += [f"{where}:{n.lineno}: autoescape" for n in tree.find_all(nodes.ScopedEvalContextModifier)]
    none(found)


def test_no_template_is_written_in_a_string():
    bare = (
        APP / "bench" / "bare.py"
    )  # the page that speed is measured beside has nothing of ours, components included
    none(
        relative(p)
        for p in python_files()
        if p != bare and "render_template_string" in p.read_text(encoding="utf-8")
    )


def test_every_macro_that_is_imported_exists_and_is_used(jinja):
    faults = []
    for where, tree in _trees(jinja):
        used = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"}
        for statement in tree.find_all(nodes.FromImport):
            assert isinstance(statement.template, nodes.Const), where
            defined = vars(jinja.get_template(statement.template.value).module)
            for item in statement.names:
                name, alias = item if isinstance(item, tuple) else (item, item)
                if name not in defined:
                    faults.append(f"{where}: {statement.template.value} has no macro {name}")
                if alias not in used:
                    faults.append(f"{where}: {alias} is imported and not used")
        faults += [
            f"{where}: {s.target} is imported and not used"
            for s in tree.find_all(nodes.Import)
            if s.target not in used
        ]
    none(faults)


# ── icons ────────────────────────────────────────────────────────────────────


@cache
def _macros(jinja: Environment) -> dict[str, nodes.Macro]:
    """Every public macro of the components."""
    return {
        macro.name: macro
        for where, tree in _trees(jinja)
        if "/components/" in where
        for macro in tree.find_all(nodes.Macro)
        if not macro.name.startswith("_")
    }


def _strings(node: nodes.Node) -> Iterator[str]:
    """The words an expression can end in: constants, but not the keys by which it chooses."""
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, nodes.Dict):
        for pair in node.items:
            yield from _strings(pair.value)
    elif isinstance(node, nodes.CondExpr):
        yield from _strings(node.expr1)
        if node.expr2 is not None:
            yield from _strings(node.expr2)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "get":
        yield from _strings(node.node.node)
        for argument in node.args[1:]:
            yield from _strings(argument)
    elif isinstance(node, (nodes.Or, nodes.And)):
        yield from _strings(node.left)
        yield from _strings(node.right)


def _icon_arguments(
    call: nodes.Call, macros: dict[str, nodes.Macro], local: dict[str, str]
) -> list[nodes.Node]:
    """What is given as an icon's name, to ``icon`` itself or to a component that takes one."""
    name = local.get(call.node.name, call.node.name) if isinstance(call.node, nodes.Name) else ""
    if name == "icon":
        return list(call.args)
    macro = macros.get(name)
    if macro is None:
        return []
    places = {a.name: i for i, a in enumerate(macro.args)}
    given = [call.args[places["icon_name"]]] if places.get("icon_name", 99) < len(call.args) else []
    return given + [k.value for k in call.kwargs if k.key == "icon_name"]


def _icon_defaults(macro: nodes.Macro) -> Iterator[nodes.Node]:
    for argument, default in zip(reversed(macro.args), reversed(macro.defaults), strict=False):
        if argument.name == "icon_name":
            yield default


def _icons_in_templates(jinja: Environment) -> Iterator[tuple[str, str]]:
    macros = _macros(jinja)
    for where, tree in _trees(jinja):
        local = {i[1]: i[0] for s in tree.find_all(nodes.FromImport) for i in s.names if isinstance(i, tuple)}
        for call in tree.find_all(nodes.Call):
            for argument in _icon_arguments(call, macros, local):
                yield from ((f"{where}:{call.lineno}", word) for word in _strings(argument))
        for macro in tree.find_all(nodes.Macro):
            for default in _icon_defaults(macro):
                yield from ((f"{where}:{macro.lineno}", word) for word in _strings(default))


def _icons_in_registries() -> Iterator[tuple[str, str]]:
    yield from ((f"menu item {i.label}", i.icon) for i in navigation._items)
    for table in tables():
        actions: dict[str, ActionLabel] = dict(table.labels.actions)
        yield from ((f"action {table.name}.{key}", label.icon) for key, label in actions.items())


def _is_drawn(name: str) -> bool:
    try:
        icon(name)
    except LookupError:
        return False
    return True


def test_every_icon_exists(jinja, process_app):
    named = [*_icons_in_templates(jinja), *_icons_in_registries()]
    assert len(named) > 100
    with process_app.test_request_context():
        none(f"{where}: {name}" for where, name in named if not _is_drawn(name))
