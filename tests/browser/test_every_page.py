"""Mọi trang của mọi vai trò, tìm bằng cách bấm: it opens, complains of nothing, fits a phone, and can be used by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.exceptions import HTTPException

from tests.browser.office import Office, Seat

# One person of each role, and the leader of the city, who gives what the others receive.
PEOPLE = (
    "director", "chairman", "office_chief", "head", "specialist", "clerk", "secretary", "admin",
)  # fmt: skip
WIDTHS = (1440, 390)

# Addresses that only lead on, to a page the walk finds by itself.
_LEADS_ON = {"notifications.open_notice"}
_RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
}
_AXE = Axe().axe_script
# What two people see alike is examined once in a process: the page without its words and numbers.
_SKELETON = "document.querySelector('main').outerHTML.replace(/>[^<]+</g, '><').replace(/\\d+/g, '')"
_examined: set[str] = set()
_MENU = ".sidenav a, .menu__list a, a.tool, .tabbar a"


@dataclass
class Walk:
    """Một người bấm những gì mình thấy: each kind of page once, told apart by its endpoint and filters.

    Not ``deep``: only what the frame of the home page leads to.
    """

    office: Office
    seat: Seat
    deep: bool
    seen: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def __iter__(self) -> Iterator[str]:
        waiting = ["/"]
        while waiting:
            link = waiting.pop(0)
            kind = self._kind(link)
            if kind is None or kind in self.seen:
                continue
            self.seen.add(kind)
            if not self._is_page(link):
                continue
            self.seat.open(link)
            yield link
            if self.deep or link == "/":
                waiting += self._links("a[href]" if self.deep else _MENU)

    def _is_page(self, link: str) -> bool:
        """Bytes for the reader's own programs are fetched, so that a dead link is told, and not looked at."""
        answer = self.seat.page.request.get(self.office.url + link)
        assert answer.ok, f"{self.seat.name} fetched {link}: {answer.status}"
        return answer.headers["content-type"].startswith("text/html")

    def _links(self, css: str) -> list[str]:
        found = self.seat.page.locator(css).evaluate_all(
            "all => all.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
        )
        return list(found)

    def _kind(self, link: str) -> tuple[str, frozenset[str]] | None:
        parts = urlsplit(link)
        try:
            endpoint, _ = self.office.app.url_map.bind("localhost").match(parts.path, method="GET")
        except HTTPException:
            return (link, frozenset())  # opened, so that a dead link is told
        if endpoint in _LEADS_ON:
            return None
        return endpoint, frozenset(parse_qs(parts.query))


@pytest.mark.parametrize("key", PEOPLE)
def test_the_pages_of_the_menu_can_be_used_by_everybody(office: Office, key: str) -> None:
    """axe-core, WCAG 2.2 A, AA và thông lệ tốt: không một lỗi; điện thoại không phải cuộn ngang."""
    _examine(office, key, deep=False)


@pytest.mark.long
@pytest.mark.parametrize("key", PEOPLE)
def test_every_page_can_be_used_by_everybody(office: Office, key: str) -> None:
    """Như trên, với mọi trang bấm tới được."""
    _examine(office, key, deep=True)


def _examine(office: Office, key: str, *, deep: bool) -> None:
    seat = office.seat(office.world.people[key])
    faults: list[str] = []
    for link in Walk(office, seat, deep):
        skeleton = seat.page.evaluate(_SKELETON)
        if skeleton in _examined and link != "/":
            continue
        _examined.add(skeleton)
        seat.page.evaluate(_AXE)
        for width in WIDTHS:
            seat.resize(width)
            if seat.is_sideways():
                faults.append(f"{link} at {width}: scrolls sideways")
            faults += [f"{link} at {width}: {finding}" for finding in _findings(seat)]
        seat.resize(WIDTHS[0])
    assert not faults, "\n".join(faults)


def _findings(seat: Seat) -> list[str]:
    found = seat.page.evaluate("options => axe.run(document, options)", _RULES)["violations"]
    return [f"{f['id']} ({f['help']}) " + "; ".join(n["html"][:160] for n in f["nodes"][:3]) for f in found]
