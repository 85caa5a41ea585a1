"""Trình duyệt kiểm thử: every page it opens is checked for what all pages must have."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import Any

from flask import Flask
from lxml import html

from app.core.db import session

# Words of the libraries beneath that must never reach an official.
_ENGLISH = re.compile(
    r"This field is required|Not a valid|Invalid Choice|Bad Request|Not Found|Internal Server Error|Unauthorized|Forbidden|Traceback|CSRF"
)


class Page:
    """Trang đã mở: status, text, title, timeline, forms."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        self.markup: str = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.tree = html.fromstring(self.markup) if self.markup.strip() else None
        self.location: str | None = response.headers.get("Location")

    @property
    def h1(self) -> str:
        """Tiêu đề trang."""
        return self._text("//h1")

    @property
    def text(self) -> str:
        """Chữ của trang, khoảng trắng gộp lại."""
        return _squash(self.tree.text_content()) if self.tree is not None else ""

    def _text(self, path: str) -> str:
        found = self.tree.xpath(path) if self.tree is not None else []
        return _squash(found[0].text_content()) if found else ""

    def texts(self, path: str) -> list[str]:
        """Chữ của mọi nút khớp với một XPath."""
        return [_squash(n.text_content()) for n in self.tree.xpath(path)] if self.tree is not None else []

    def links(self) -> list[str]:
        """Mọi đường dẫn trên trang."""
        return list(self.tree.xpath("//a/@href")) if self.tree is not None else []

    @property
    def errors(self) -> list[str]:
        """Các câu báo lỗi trên biểu mẫu."""
        return self.texts("//*[contains(concat(' ', @class, ' '), ' errsum ')]//li")

    def form(self, action_part: str = "") -> dict[str, Any]:
        """Giá trị đang có của biểu mẫu POST có địa chỉ chứa ``action_part``, như trình duyệt sẽ gửi."""
        for form in (
            self.tree.xpath("//form[translate(@method,'POST','post')='post']")
            if self.tree is not None
            else []
        ):
            if action_part in (form.get("action") or ""):
                return dict(_fields(form))
        raise AssertionError(f"no form towards {action_part!r} on {self.h1!r}")

    def has_form(self, action_part: str) -> bool:
        """Có biểu mẫu như thế không."""
        try:
            self.form(action_part)
        except AssertionError:
            return False
        return True


def _fields(form: Any) -> list[tuple[str, Any]]:
    values: dict[str, Any] = {}
    for node in form.xpath(".//input|.//textarea|.//select"):
        name, kind = node.get("name"), (node.get("type") or "").lower()
        if not name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if node.get("checked") is not None:
                values[name] = node.get("value") or "on"
        elif node.tag == "select":
            chosen = node.xpath(".//option[@selected]/@value")
            values[name] = list(chosen) if node.get("multiple") is not None else (chosen or [""])[0]
        else:
            values[name] = (
                (node.text or "").removeprefix("\n") if node.tag == "textarea" else node.get("value") or ""
            )
    return list(values.items())


def _squash(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


class Client:
    """Trình duyệt của một người."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.app, self.token = app, token
        self.raw = app.test_client()
        if token:
            with self.raw.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True

    def _open(self, method: str, url: str, **kwargs: Any) -> Any:
        # A context of its own for each request, as in the server: ``g`` and the session must not leak from one to the next.
        # What the test holds is committed first, so that it reads anew what the request changed.
        session.commit()
        with self.app.app_context():
            response = getattr(self.raw, method)(url, **kwargs)
            response.direct_passthrough = False
            response.get_data()
            response.close()
            return response

    def get(self, url: str, *, expect: int = 200, **kwargs: Any) -> Page:
        """Mở một trang và kiểm tra nó."""
        page = Page(self._open("get", url, **kwargs))
        assert page.status == expect, f"GET {url}: {page.status}, expected {expect}. {page.text[:600]}"
        return self._checked(page, url)

    def post(
        self,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        expect: int = 302,
        form_at: str | None = None,
        form_action: str = "",
        **kwargs: Any,
    ) -> Page:
        """Gửi biểu mẫu: fresh token, request key and version come from the page at ``form_at`` (default: the same address).

        ``form_action`` picks the form on that page. Fields not given keep the page's values.
        """
        values: dict[str, Any] = {}
        source = self._open("get", form_at or url)
        if source.mimetype == "text/html" and source.status_code < 400:
            shown = Page(source)
            if form_action and shown.has_form(form_action):
                values = shown.form(form_action)
            elif shown.has_form(url):
                values = shown.form(url)
        values.setdefault("csrf_token", self.csrf())
        values.setdefault("request_key", uuid.uuid4().hex)
        values |= data or {}
        page = Page(self._open("post", url, data=values, **kwargs))
        assert page.status == expect or (expect == 302 and page.status == 303), (
            f"POST {url}: {page.status}, expected {expect}. {page.errors or page.text[:900]}"
        )
        return self._checked(page, url) if page.markup and not 300 <= page.status < 400 else page

    def submit(self, url: str, values: dict[str, Any], *, expect: int = 302, **kwargs: Any) -> Page:
        """Gửi đúng những giá trị này, chỉ thêm mã chống giả mạo."""
        values = {"csrf_token": self.csrf(), "request_key": uuid.uuid4().hex, **values}
        page = Page(self._open("post", url, data=values, **kwargs))
        assert page.status == expect or (expect == 302 and page.status == 303), (
            f"POST {url}: {page.status}, expected {expect}. {page.errors or page.text[:900]}"
        )
        return page

    def follow(self, page: Page, *, expect: int = 200) -> Page:
        """Theo chuyển hướng."""
        assert page.location, f"no redirect: {page.status}"
        return self.get(page.location, expect=expect)

    def csrf(self) -> str:
        """Mã chống giả mạo hợp lệ của phiên này."""
        page = Page(self._open("get", "/dang-nhap" if not self.token else "/tro-giup"))
        return str(page.form("")["csrf_token"])

    def _checked(self, page: Page, url: str) -> Page:
        if page.tree is None or "X-Fragment" in (page.response.request.headers or {}):
            return page
        where = f"{url} ({page.status})"
        assert page.tree.xpath("string(/html/@lang)") == "vi", f"{where}: lang"
        assert len(page.tree.xpath("//h1")) == 1, f"{where}: one h1"
        assert page.tree.xpath("string(//title)").strip(), f"{where}: title"
        doubled = [i for i, n in Counter(page.tree.xpath("//@id")).items() if n > 1]
        assert not doubled, f"{where}: duplicate ids {doubled}"
        for form in page.tree.xpath("//form[translate(@method,'POST','post')='post']"):
            assert form.xpath(".//input[@name='csrf_token']"), (
                f"{where}: form without CSRF token: {form.get('action')}"
            )
            assert form.xpath(".//input[@name='request_key']"), (
                f"{where}: form without request key: {form.get('action')}"
            )
        self._labelled(page, where)
        assert not page.tree.xpath("//@style"), f"{where}: inline style"
        assert not page.tree.xpath("//script[not(@src)]"), f"{where}: inline script"
        found = _ENGLISH.search(page.text)
        assert not found, f"{where}: English leftover {found.group(0) if found else ''}"
        return page

    @staticmethod
    def _labelled(page: Page, where: str) -> None:
        labels = set(page.tree.xpath("//label/@for"))
        for node in page.tree.xpath(
            "//input[not(@type='hidden') and not(@type='submit')]|//select|//textarea"
        ):
            named = (
                node.get("aria-label")
                or node.get("aria-labelledby")
                or node.get("id") in labels
                or node.xpath("ancestor::label")
            )
            assert named, f"{where}: unlabelled control {node.get('name')}"
