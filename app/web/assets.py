"""Tài nguyên tĩnh: style, script, pictures and the font, under addresses that carry the hash of their content.

``python -m app.web.assets`` runs once at set-up and writes the font into ``build/``; everything else is served as it
stands in ``app/static``. All of it is small (about 200 KB) and is held in memory, compressed once.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, abort, current_app, has_request_context, request

ROOT: Final = Path(__file__).resolve().parents[2]
STATIC: Final = ROOT / "app" / "static"
BUILD: Final = ROOT / "build" / "static"
FONT: Final = "fonts/inter.woff2"

_HASHED: Final = re.compile(r"^(?P<stem>.+)\.(?P<digest>[0-9a-f]{12})(?P<suffix>\.[a-z0-9]+)$")
_CSS_URL: Final = re.compile(rb'url\("\.\./(?P<name>[^"]+)"\)')
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_TEXT: Final = {".js", ".css", ".svg"}
_YEAR: Final = 31_536_000


@dataclass(frozen=True)
class Asset:
    """Một tệp tĩnh: its name below /static, its bytes and their hash."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:12]

    @cached_property
    def hashed_name(self) -> str:
        stem, dot, suffix = self.name.rpartition(".")
        return f"{stem}.{self.digest}{dot}{suffix}"

    @cached_property
    def mimetype(self) -> str:
        suffix = Path(self.name).suffix
        return _TYPES.get(suffix) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def gzipped(self) -> bytes | None:
        return gzip.compress(self.body, 9, mtime=0) if Path(self.name).suffix in _TEXT else None


class Catalogue:
    """Danh mục tài nguyên: read once; while developing, again whenever a file changed."""

    def __init__(self, roots: Iterable[Path] = (STATIC, BUILD), *, watch: bool = False) -> None:
        self.roots, self.watch = tuple(roots), watch
        self._stamp = self._newest()
        self._assets = self._read()

    def get(self, name: str) -> Asset | None:
        """Tài nguyên theo tên, hoặc không có."""
        if self.watch and (stamp := self._newest()) != self._stamp:
            self._stamp, self._assets = stamp, self._read()
        return self._assets.get(name)

    def _files(self) -> list[tuple[str, Path]]:
        return [
            (path.relative_to(root).as_posix(), path)
            for root in self.roots
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".stamp"
        ]

    def _newest(self) -> int:
        return max((path.stat().st_mtime_ns for _, path in self._files()), default=0) if self.watch else 0

    def _read(self) -> dict[str, Asset]:
        """Styles last: their ``url()`` take the hashed names of what they use."""
        assets: dict[str, Asset] = {}
        for name, path in sorted(self._files(), key=lambda item: item[0].endswith(".css")):
            body = path.read_bytes()
            if name.endswith(".css"):
                body = _CSS_URL.sub(lambda match: _rewritten(match, assets), body)
            assets[name] = Asset(name, body)
        return assets


def _rewritten(match: re.Match[bytes], assets: dict[str, Asset]) -> bytes:
    used = assets.get(match["name"].decode())
    return match[0] if used is None else f'url("../{used.hashed_name}")'.encode()


def _catalogue() -> Catalogue:
    found: Catalogue = current_app.extensions["assets"]
    return found


def has_asset(name: str) -> bool:
    """Có tài nguyên này không (the font is absent until set-up has built it)."""
    return _catalogue().get(name) is not None


def asset_url(name: str) -> str:
    """Địa chỉ của tài nguyên, mang mã băm nội dung: ``/static/css/app.<hash>.css``."""
    found = _catalogue().get(name)
    if found is None:
        raise LookupError(f"Không có tài nguyên tĩnh “{name}”.")
    prefix = request.script_root if has_request_context() else ""
    return f"{prefix}/static/{found.hashed_name}"


def send_asset(filename: str) -> Response:
    """Gửi tài nguyên: for a year when the hash in the address is right, otherwise to be asked for again."""
    match = _HASHED.match(filename)
    found = _catalogue().get(match["stem"] + match["suffix"] if match else filename)
    if found is None:
        abort(404)
    packed = found.gzipped if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or found.body, mimetype=found.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if found.gzipped:
        response.headers["Vary"] = "Accept-Encoding"
    if match and match["digest"] == found.digest:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    else:  # an old page after an upgrade, or a name without its hash
        response.headers["Cache-Control"] = "no-cache"
    response.set_etag(found.digest + ("-gz" if packed else ""))
    response.make_conditional(request)
    return response


def init_app(app: Flask) -> None:
    """Gắn đường dẫn ``/static/…`` và hàm ``asset`` vào ứng dụng (made with ``static_folder=None``)."""
    app.extensions["assets"] = Catalogue(watch=app.debug)
    app.add_url_rule("/static/<path:filename>", "static", send_asset)
    app.jinja_env.globals.update(asset=asset_url, has_asset=has_asset)


# ── dựng phông chữ khi cài đặt ───────────────────────────────────────────────

# Latin for digits, punctuation and names; Vietnamese letters; arrows of the key caps; combining marks as typed by some
# input methods.
_UNICODES: Final = (
    *range(0x0020, 0x007F), *range(0x00A0, 0x0100), *range(0x0102, 0x0104), *range(0x0110, 0x0112),
    *range(0x0128, 0x012A), 0x0131, *range(0x0152, 0x0154), *range(0x0168, 0x016A), *range(0x01A0, 0x01A2),
    *range(0x01AF, 0x01B1), 0x02C6, 0x02DA, 0x02DC, 0x0300, 0x0301, 0x0303, 0x0306, 0x0309, 0x0323, 0x031B,
    *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2022, 0x2026, 0x2030, 0x2032, 0x2033,
    0x2039, 0x203A, 0x20AB, 0x20AC, *range(0x2190, 0x2194), 0x21B5, 0x2212, 0x2264, 0x2265,
)  # fmt: skip
_FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum")
_WEIGHTS: Final = (400, 700)


def build_font(target: Path = BUILD / FONT) -> bool:
    """Dựng phông chữ: subset Inter variable to what the pages show. Returns whether anything had to be done."""
    recipe = (_UNICODES, _FEATURES, _WEIGHTS, version("fontpkg-inter"), version("fonttools"), "1")
    stamp = hashlib.sha256(repr(recipe).encode()).hexdigest()
    mark = target.with_suffix(".stamp")
    if target.exists() and mark.exists() and mark.read_text() == stamp:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    _write_subset(fresh)
    fresh.replace(target)
    mark.write_text(stamp)
    return True


def _write_subset(target: Path) -> None:
    """Heavy tools are imported here only: web processes never load them."""
    from fontpkg_inter import ROOT as SOURCE
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(SOURCE / "files" / "Inter[opsz,wght].ttf")
    _keep_tabular_digits_only(font)
    options = Options(
        layout_features=list(_FEATURES), hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_UNICODES)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"opsz": 14, "wght": _WEIGHTS})
    font.flavor = "woff2"
    font.save(target)


def _keep_tabular_digits_only(font: Any) -> None:
    """Inter makes hyphens and slashes tabular too, which tears UBND-KT apart: figures alone keep one width."""
    digits = {font.getBestCmap()[code] for code in range(ord("0"), ord("9") + 1)}
    table = font["GSUB"].table
    wanted = {
        i
        for r in table.FeatureList.FeatureRecord
        if r.FeatureTag == "tnum"
        for i in r.Feature.LookupListIndex
    }
    for index in wanted:
        for part in table.LookupList.Lookup[index].SubTable:
            single = getattr(part, "ExtSubTable", part)
            single.mapping = {glyph: to for glyph, to in single.mapping.items() if glyph in digits}


def main() -> None:
    """Dựng tài nguyên khi cài đặt: ``python -m app.web.assets``."""
    done = build_font()
    size = (BUILD / FONT).stat().st_size
    sys.stdout.write(f"{'Đã dựng' if done else 'Đã có'} phông chữ {FONT}, {size / 1024:.0f} KB.\n")


if __name__ == "__main__":
    main()
