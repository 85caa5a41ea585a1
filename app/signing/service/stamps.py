"""Hình ảnh chữ ký, con dấu, số và ngày (Phụ lục I Nghị định 30/2020/NĐ-CP), each as a one-page PDF for its field."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

MM = 72 / 25.4
BLUE, RED, BLACK = "#1f3a93", "#c8102e", "#000000"
MARK_SIZE = (170.0, 42.0)  # text of a signature on an attachment, in points
SEAL_TEXT_HEIGHT = 36.0
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_TEMPLATE = Path(__file__).with_name("stamps.typ")
_lock = threading.Lock()


def signature(image: bytes | None, name: str, width: float, height: float) -> bytes:
    """Hình ảnh chữ ký của người có thẩm quyền: blue, no text; without an image the name stands for it."""
    if image is None:
        return _name(name, round(width), round(height))
    return _image(image, round(width), round(height))


def seal(image: bytes | None, agency: str, at: str, width: float, height: float) -> bytes:
    """Hình ảnh con dấu: red, real size, with the agency's name and the time below."""
    lines = [agency, at]
    if image is None:
        return _draw(
            "seal",
            width,
            height,
            lines=lines,
            size=9,
            color=RED,
            image=None,
            text_height=SEAL_TEXT_HEIGHT - 2,
        )
    return _draw(
        "seal", width, height, lines=lines, size=9, image=image,
        diameter=height - SEAL_TEXT_HEIGHT, text_height=SEAL_TEXT_HEIGHT - 2,
    )  # fmt: skip


def line(text: str, *, italic: bool = False) -> bytes:
    """Số hoặc ngày, tháng điền vào ô: size 13 as the line it stands in."""
    return _line(text, italic)


def mark(lines: Sequence[str]) -> bytes:
    """Thông tin chữ ký cơ quan trên tệp kèm theo: size 10, black, no image."""
    return _draw("text", *MARK_SIZE, lines=list(lines))


@lru_cache(maxsize=256)
def _line(text: str, italic: bool) -> bytes:
    return _draw(
        "line", 7.2 * len(text) + 3, 16, lines=[text], size=13, style="italic" if italic else "normal"
    )


@lru_cache(maxsize=64)
def _image(image: bytes, width: int, height: int) -> bytes:
    return _draw("image", width, height, image=image)


@lru_cache(maxsize=64)
def _name(name: str, width: int, height: int) -> bytes:
    return _draw("name", width, height, lines=[name], size=16, color=BLUE)


def _draw(
    kind: str, width: float, height: float, *, lines: Sequence[str] = (), size: float = 10, color: str = BLACK,
    image: bytes | None = None, **more: Any,
) -> bytes:  # fmt: skip
    import typst

    with _lock, tempfile.TemporaryDirectory(prefix="stamp-") as folder:
        root = Path(folder)
        fonts, names = _fonts()
        data = {
            "kind": kind,
            "width": width,
            "height": height,
            "lines": list(lines),
            "size": size,
            "color": color,
            "fonts": names,
        } | more
        if image is not None:
            (root / "image.png").write_bytes(image)
            data["image"] = "image.png"
        template = root / "stamp.typ"
        template.write_bytes(_TEMPLATE.read_bytes())
        made = typst.compile(
            template,
            format="pdf",
            root=root,
            font_paths=fonts,
            sys_inputs={"stamp": json.dumps(data, ensure_ascii=False)},
        )
        return bytes(made)


@lru_cache(maxsize=1)
def _fonts() -> tuple[Any, list[str]]:
    import typst

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return fonts, [name for name in _FONTS if name in present]
