"""Số trong địa chỉ: what no table can hold is an address that does not exist, on every page with an id."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.world import World

WRONG = (str(2**63), "9" * 40, "-1", "1.0", "١", "1%20OR%201=1", "0x1", "1e3", "+1")


def _pages_with_an_id(app: Flask) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "<int:" in rule.rule and len(rule.arguments) == 1
    )


@pytest.mark.parametrize("wrong", WRONG)
def test_an_impossible_id_is_not_found(world: World, wrong: str) -> None:
    app = world.app
    assert app is not None
    pages = _pages_with_an_id(app)
    assert len(pages) > 10
    for rule in pages:
        before, _, rest = rule.partition("<")
        answer = world.clerk.client.raw.get(before + wrong + rest.partition(">")[2])
        assert answer.status_code == 404, (rule, answer.status_code)


def test_the_biggest_id_is_merely_missing(world: World) -> None:
    assert world.clerk.client.raw.get(f"/thong-bao/{2**63 - 1}").status_code == 404
