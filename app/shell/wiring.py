"""Lắp khung trang."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask, current_app, url_for

from app.core.actor import Actor
from app.core.records import RecordKind
from app.shell import home
from app.shell.views import bp
from app.web.navigation import Item, add_item
from app.web.pages import add_shell_link
from app.web.records import add_panel

_LAST = 90
_CHAINS = (
    (RecordKind.DIRECTIVE, "shell.chain_of_part", "part_id"),
    (RecordKind.INCOMING, "shell.chain_of_document", "document_id"),
    (RecordKind.OUTGOING, "shell.chain_of_document", "document_id"),
    (RecordKind.MEETING, "shell.chain_of_meeting", "meeting_id"),
)


@cache
def _chain_link(endpoint: str, argument: str) -> Callable[[Actor, Any], str | None]:
    """One link on a record's page; kept, so that a second application registers the same function."""

    def link(_actor: Actor, record: Any) -> str | None:
        page = current_app.jinja_env.get_template("shell/chain_link.html")
        return page.render(url=url_for(endpoint, **{argument: record.id}))

    return link


def register(app: Flask) -> None:
    """Đăng ký gói."""
    add_item(Item("Điều hành", "Bàn làm việc", "shell.home", "home", 0, tab="Bàn làm việc"))
    add_shell_link("help_url", "shell.help_page")
    for kind, endpoint, argument in _CHAINS:
        add_panel(kind, _LAST, _chain_link(endpoint, argument))
    home.register()
    app.register_blueprint(bp)
