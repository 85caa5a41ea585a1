"""Tài nguyên tĩnh và biểu tượng: addresses with hashes, long caching, one sprite a page, nothing inline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app.web import assets, icons

TEMPLATES = Path(assets.STATIC).parent / "templates"


@pytest.fixture
def app() -> Flask:
    app = Flask("look", static_folder=None)
    assets.init_app(app)
    icons.init_app(app)
    return app


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_request_context():
        yield app.test_client()


def test_an_address_carries_the_hash_of_the_content_and_is_kept_for_a_year(client: FlaskClient):
    url = assets.asset_url("css/app.css")
    answer = client.get(url)
    assert re.fullmatch(r"/static/css/app\.[0-9a-f]{12}\.css", url)
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("url", ["/static/css/app.css", "/static/css/app.000000000000.css"])
def test_a_wrong_or_missing_hash_is_served_but_asked_for_again(client: FlaskClient, url: str):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient):
    tag = client.get("/static/js/app.js").headers["ETag"]
    assert client.get("/static/js/app.js", headers={"If-None-Match": tag}).status_code == 304


def test_text_is_sent_compressed_to_those_who_take_it(client: FlaskClient):
    packed = client.get("/static/css/app.css", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/static/css/app.css")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(plain.data) / 3


@pytest.mark.parametrize("path", ["nothing.css", "../assets.py", "%2e%2e/base.html", "css", ""])
def test_only_the_catalogue_is_served(client: FlaskClient, path: str):
    assert client.get(f"/static/{path}").status_code in (404, 308)


def test_an_unknown_name_fails_where_it_is_written(client: FlaskClient):
    with pytest.raises(LookupError):
        assets.asset_url("css/other.css")


def test_styles_name_the_font_with_its_hash(tmp_path: Path):
    (tmp_path / "css").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "css" / "a.css").write_text('@font-face { src: url("../fonts/f.woff2"); }')
    (tmp_path / "fonts" / "f.woff2").write_bytes(b"font")
    before = assets.Catalogue([tmp_path]).get("css/a.css")
    (tmp_path / "fonts" / "f.woff2").write_bytes(b"another font")
    after = assets.Catalogue([tmp_path]).get("css/a.css")
    assert before
    assert after
    assert re.search(rb'url\("\.\./fonts/f\.[0-9a-f]{12}\.woff2"\)', before.body)
    assert before.digest != after.digest  # a new font changes the address of the style too


def test_the_font_is_small_vietnamese_and_built_once(tmp_path: Path):
    from fontTools.ttLib import TTFont

    target = tmp_path / "inter.woff2"
    assert assets.build_font(target) is True
    assert assets.build_font(target) is False
    font = TTFont(target)
    assert target.stat().st_size < 70_000
    assert {ord(c) for c in "ỄẫđỘửỷ₫–“”↵"} <= set(font.getBestCmap())
    assert "tnum" in {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_script_keeps_its_budget():
    assert (assets.STATIC / "js" / "app.js").stat().st_size <= 15 * 1024


def test_icons_used_on_a_page_come_once_in_one_sprite(app: Flask):
    with app.test_request_context():
        drawn = [icons.icon(name) for name in ("search", "bell", "search")]
        sprite = icons.icon_sprite()
    assert drawn[0] == '<svg class="ic" aria-hidden="true"><use href="#i-search"/></svg>'
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == ["i-bell", "i-search"]


def test_each_request_has_its_own_sprite(app: Flask):
    with app.test_request_context():
        icons.icon("bell")
        assert g.icons == {"bell"}
    with app.test_request_context():
        assert "symbol" not in icons.icon_sprite()


def test_an_unknown_icon_fails_where_it_is_written(app: Flask):
    with app.test_request_context(), pytest.raises(LookupError):
        icons.icon('no-such"><script>')


def _templates() -> list[Path]:
    return sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.parent.glob("*/templates/**/*.html")])


@pytest.mark.parametrize("path", _templates(), ids=lambda p: str(p.relative_to(TEMPLATES.parent)))
def test_templates_hold_no_inline_style_or_script_and_only_known_icons(app: Flask, path: Path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)|\|\s*safe\b", text)
    with app.test_request_context():
        for name in re.findall(r'icon\("([a-z0-9-]+)"\)', text):
            icons.icon(name)
