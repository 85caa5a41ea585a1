"""Văn phòng điện tử: inter-agency documents, meetings and directives for Vietnamese state agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Dựng ứng dụng web.

    :param settings: read from the environment when not given.
    """
    from app.wiring import build

    return build(settings)
