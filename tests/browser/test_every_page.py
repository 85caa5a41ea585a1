"""Mọi trang của mọi vai trò, tìm bằng cách bấm: it opens, complains of nothing, fits a phone, and can be used by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.exceptions import HTTPException

from tests.browser.office import DESK, Office, Seat

# One person of each role, and the leader of the city, who gives what the others receive.
PEOPLE = (
    "director", "chairman", "office_chief", "head", "specialist", "clerk", "secretary", "admin",
)  # fmt: skip
WIDTHS = (1440, 390)

# No pages: bytes for the reader's own programs, and an address that only leads on.
_NOT_PAGES = {
    "directives.report_file",
    "documents.file",
    "documents.file_page",
    "meetings.calendar_file",
    "meetings.paper",
    "notifications.open_notice",
}
_RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
}
_axe = Axe()


@dataclass
class Walk:
    """Một người bấm hết những gì mình thấy: each kind of page once, told apart by its endpoint and filters."""

    office: Office
    seat: Seat
    seen: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def __iter__(self) -> Iterator[str]:
        waiting = ["/"]
        while waiting:
            link = waiting.pop(0)
            kind = self._kind(link)
            if kind is None or kind in self.seen:
                continue
            self.seen.add(kind)
            self.seat.open(link)
            yield link
            waiting += self.seat.page.locator("a[href]").evaluate_all(
                "all => all.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
            )

    def _kind(self, link: str) -> tuple[str, frozenset[str]] | None:
        parts = urlsplit(link)
        try:
            endpoint, _ = self.office.app.url_map.bind("localhost").match(parts.path, method="GET")
        except HTTPException:
            return (link, frozenset())  # opened, so that a dead link is told
        if endpoint in _NOT_PAGES:
            return None
        return endpoint, frozenset(parse_qs(parts.query))


@pytest.mark.long
@pytest.mark.parametrize("key", PEOPLE)
def test_every_page_is_accessible_at_both_widths(office: Office, key: str) -> None:
    """axe-core, WCAG 2.2 A, AA và thông lệ tốt: không một lỗi; không trang nào phải cuộn ngang trên điện thoại."""
    seat = office.seat(office.world.people[key])
    faults: list[str] = []
    for link in Walk(office, seat):
        for width in WIDTHS:
            seat.page.set_viewport_size({"width": width, "height": DESK[1]})
            seat.width = width
            if seat.is_sideways():
                faults.append(f"{link} at {width}: scrolls sideways")
            for finding in _axe.run(seat.page, options=_RULES).response["violations"]:
                where = "; ".join(n["html"][:160] for n in finding["nodes"][:3])
                faults.append(f"{link} at {width}: {finding['id']} ({finding['help']}) {where}")
    assert not faults, "\n".join(faults)
