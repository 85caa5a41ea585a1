"""Đường dẫn: each declares who may open it, speaks Vietnamese, changes only by POST, and is found by clicking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from app.core import permissions
from app.core.db import db
from app.web import navigation, pages
from app.web.guards import PUBLIC, SIGNED_IN, permission_of
from tests.architecture.sources import modules_named, none, packages
from tests.client import Page
from tests.world import Who, World

# Addresses for machines, under the names that machines look for.
_FOR_MACHINES = {"/healthz", "/readyz", "/static/<path:filename>"}
_METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
_SUFFIXES = {"", "ics", "csv", "docx", "pdf", "xlsx", "zip"}

# Pages that no link of the first two clicks leads to, each with the reason. Reviewed: a page that nobody finds is not here.
_NOT_BY_LINK = {
    "directives.happened": "behind the counts of a report of a period, where there are any",
    "exchange.ledger": "asked by partners, with their signature",
    "directives.urge_in_writing": "on a list that holds late work, with the filter of that list",
    "health.alive": "for the supervisor and the proxy",
    "health.ready": "for the supervisor and the proxy",
    "notifications.figures": "asked by the script of every page for fresh counts",
    "org.add_holiday": "on the page of holidays, for the administrator of the highest agency alone",
    "org.change_password": "shown at the first sign-in, and in the menu of the person",
    "org.sign_in": "the door itself",
    "shell.gallery": "for those who build pages",
    "signing.check": "for whoever holds a copy; the QR code and the signature panel lead there",
}

# One syllable as Vietnamese spells it, marks taken off.
_SYLLABLE = re.compile(
    r"(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(ieu|yeu|uyen|uye|uoi|uou|oai|oay|oeo|uay|uya|ia|ie|iu|ua|uo|ue|ui|uu|uy|ya|ye|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|a|e|i|o|u|y)"
    r"(c|ch|m|n|ng|nh|p|t)?"
)


@pytest.fixture
def rules(process_app: Flask) -> list[Rule]:
    return list(process_app.url_map.iter_rules())


def test_every_address_declares_who_may_open_it(process_app, rules):
    none(
        f"{r.rule} ({r.endpoint})"
        for r in rules
        if r.endpoint != "static" and permission_of(process_app, r.endpoint) is None
    )
    assert len(rules) > 50


def test_every_declared_permission_is_one_of_its_package_and_somebody_has_it(process_app, rules):
    known = {
        str(p): module.__name__.split(".")[1]
        for module in modules_named("policy")
        for enum in vars(module).values()
        if isinstance(enum, type) and issubclass(enum, StrEnum) and enum.__name__ == "Permission"
        for p in enum
    }
    granted = {p for held in permissions.all_grants().values() for p in held}
    faults = [f"{p}: no role has it" for p in known if p not in granted]
    for rule in rules:
        needed = permission_of(process_app, rule.endpoint)
        if needed in (None, PUBLIC, SIGNED_IN):
            continue
        if needed not in known:
            faults.append(f"{rule.rule}: {needed} is no permission")
    none(faults)


def test_every_public_address_is_one_of_the_few(process_app, rules):
    found = {r.endpoint for r in rules if permission_of(process_app, r.endpoint) == PUBLIC}
    assert found == {
        "exchange.letter",  # signed by the sending installation
        "exchange.ledger",
        "exchange.linked_file",
        "health.alive",
        "health.ready",
        "meetings.feed",  # read by calendar programs; the address is the key
        "meetings.guest_answer",  # the address itself is the key: one invitation, taken back at will
        "meetings.guest_calendar",
        "meetings.guest_check_in",
        "org.sign_in",
        "signing.check",  # anyone checks a copy; nothing of it is kept
        "signing.checked",  # number, date and issuer of what carries the code, nothing else
    }


def test_what_changes_is_posted(rules):
    none(
        f"{r.rule}: {sorted(r.methods - _METHODS)}" for r in rules if r.methods and not r.methods <= _METHODS
    )


def test_every_endpoint_is_named_by_its_package(rules):
    known = {*packages(), "health"}
    none(r.endpoint for r in rules if r.endpoint != "static" and r.endpoint.partition(".")[0] not in known)
    none(r.endpoint for r in rules if not re.fullmatch(r"[a-z]+(\.[a-z]+(_[a-z]+)*)?", r.endpoint))


def test_addresses_are_vietnamese_words_without_marks(rules):
    faults = []
    for rule in rules:
        if rule.rule in _FOR_MACHINES:
            continue
        fixed = [p for p in re.sub(r"<[^>]+>", "", rule.rule).split("/") if p]
        for part in fixed:
            words, _, suffix = part.partition(".")
            strange = [w for w in words.split("-") if not _SYLLABLE.fullmatch(w)]
            if strange or suffix not in _SUFFIXES or not re.fullmatch(r"[a-z]+(-[a-z]+)*", words):
                faults.append(f"{rule.rule}: {', '.join(strange) or part}")
    none(faults, "Words of an address are Vietnamese, lower case, without marks, joined by hyphens.")


def test_names_in_addresses_say_what_they_hold(rules):
    """``<int:document_id>``, never ``<id>``: a view's argument reads as what it is, and a word is no key."""
    none(
        f"{r.rule}: <{name}>"
        for r in rules
        for name in r.arguments
        if name == "id" or (name.endswith("_id") and f"<int:{name}>" not in r.rule)
    )


# ── pages are found by clicking ──────────────────────────────────────────────


def _people(world: World) -> dict[str, Who]:
    """One person of each role, so that every menu is opened."""
    keys = ("director", "office_chief", "head", "specialist", "clerk", "secretary", "admin")
    return {key: getattr(world, key) for key in keys}


def _plain_pages(app: Flask) -> Iterator[Rule]:
    """Pages that an address alone opens."""
    for rule in app.url_map.iter_rules():
        if not rule.arguments and "GET" in (rule.methods or set()):
            yield rule


def _endpoint_of(app: Flask, link: str) -> str | None:
    path = urlsplit(link).path
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method="GET")
    except Exception:  # noqa: BLE001 - a link to a POST address or to another host is no page
        return None
    return str(endpoint)


def _menu(app: Flask) -> set[str]:
    return {i.endpoint for i in navigation._items} | set(pages._links.values())


def _open(who: Who, address: str) -> Page:
    """The page with the menus of its person, wherever a redirect leads."""
    return Page(who.client._open("get", address, follow_redirects=True))


def test_every_page_is_found_from_the_menu(app, world):
    """By the menu, or by a link on a page of the menu, opened by somebody of any role."""
    wanted = {r.endpoint: r.rule for r in _plain_pages(app)}
    found = _menu(app) & wanted.keys()
    for who in _people(world).values():
        for endpoint in sorted(_menu(app) & wanted.keys()):
            if _may_open(app, who, endpoint):
                links = _open(who, wanted[endpoint]).links()
                found |= {e for link in links if (e := _endpoint_of(app, link))}
    none(
        (f"{wanted[e]} ({e})" for e in wanted.keys() - found - _NOT_BY_LINK.keys()),
        "Put it into a menu, link it from a page of the menu, or list it in _NOT_BY_LINK with the reason.",
    )
    none(_NOT_BY_LINK.keys() - wanted.keys(), "Listed, and gone.")


def _may_open(app: Flask, who: Who, endpoint: str) -> bool:
    needed = permission_of(app, endpoint)
    return needed in (PUBLIC, SIGNED_IN) or who.actor.can(str(needed))


def test_every_menu_item_opens_for_those_who_see_it(app, world):
    faults = []
    for role, who in _people(world).items():
        page = _open(who, "/")
        for link in sorted({link for link in page.links() if _endpoint_of(app, link) in _menu(app)}):
            answer = _open(who, link)
            if answer.status != 200:
                faults.append(f"{role}: {link} answers {answer.status}")
    none(faults)


# ── reading changes nothing ──────────────────────────────────────────────────


@contextmanager
def _writes(app: Flask) -> Iterator[list[str]]:
    """Statements that change rows, as the database gets them."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b", statement, re.IGNORECASE):
            seen.append(" ".join(statement.split())[:120])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_opening_a_page_changes_no_row(app, world):
    """A GET may be repeated by a browser, a proxy or a mail scanner."""
    people = _people(world)
    for who in people.values():
        who.client.get("/")  # signs in and out of the way
    faults = []
    for rule in _plain_pages(app):
        who = next((w for w in people.values() if _may_open(app, w, rule.endpoint)), None)
        if who is None:
            continue
        with _writes(app) as seen:
            _open(who, rule.rule)
        faults += [f"{rule.rule}: {statement}" for statement in seen]
    none(faults)
