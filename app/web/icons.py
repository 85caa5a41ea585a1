"""Biểu tượng: one inline sprite per page, of the icons that the page used, taken from the installed icon package."""

from __future__ import annotations

import mmap
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from flask import Flask, g
from markupsafe import Markup

_FRAME: Final = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'  # an invisible square in each drawing


@cache
def _package_sprite() -> Path:
    """The package's own sprite of all outlines (2 MB); located without importing the package."""
    spec = find_spec("flask_tabler_icons")
    if spec is None or spec.origin is None:
        raise LookupError("Chưa cài gói flask-tabler-icons.")
    return Path(spec.origin).parent / "static" / "tabler_icons" / "tabler-sprite-nostroke.svg"


@cache
def _symbol(name: str) -> str:
    """One drawing as a ``<symbol>``. Read once per process through a map of the file, so the 2 MB are never held."""
    with _package_sprite().open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as sprite:
        start = sprite.find(f'<symbol id="tabler-{name}"'.encode())
        if start < 0:
            raise LookupError(f"Không có biểu tượng “{name}” trong gói biểu tượng.")
        body = sprite[sprite.find(b">", start) + 1 : sprite.find(b"</symbol>", start)].decode()
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{body.replace(_FRAME, "")}</symbol>'


@cache
def _use(name: str) -> Markup:
    _symbol(name)  # an unknown name fails where it is written, not at the end of the page
    return Markup(f'<svg class="ic" aria-hidden="true"><use href="#i-{name}"/></svg>')  # noqa: S704 - a known name


@cache
def _sprite(names: frozenset[str]) -> Markup:
    symbols = "".join(_symbol(name) for name in sorted(names))
    return Markup(f'<svg class="sprite" aria-hidden="true">{symbols}</svg>')  # noqa: S704 - drawings of the package


def icon(name: str) -> Markup:
    """Biểu tượng ``name`` (decorative: the words beside it speak), noted for this page's sprite."""
    drawn = _use(name)
    used: set[str] | None = g.get("icons")
    if used is None:
        used = g.icons = set()
    used.add(name)
    return drawn


def icon_sprite() -> Markup:
    """Bộ hình của trang: printed once, at the end of the body."""
    return _sprite(frozenset(g.get("icons", ())))


def init_app(app: Flask) -> None:
    """Gắn ``icon`` và ``icon_sprite`` vào Jinja."""
    app.jinja_env.globals.update(icon=icon, icon_sprite=icon_sprite)
