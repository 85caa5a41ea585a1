"""Hình chữ ký và con dấu hư cấu: a stroke that follows from the name, a ring that says it is only a demonstration."""

from __future__ import annotations

import io
import math
import random
from typing import Any, Final

from PIL import Image, ImageDraw

_BLUE: Final = (31, 58, 147, 255)
_RED: Final = (200, 16, 46, 255)
_SCALE: Final = 3


def stroke(name: str) -> bytes:
    """Chữ ký tay, nền trong suốt; the same name always signs alike."""
    rng = random.Random(name)
    image = Image.new("RGBA", (360 * _SCALE, 200 * _SCALE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    points: list[tuple[float, float]] = []
    loops = rng.randint(3, 5)
    for step in range(240):
        at = step / 239
        x = 40 + 260 * at + 26 * math.sin(at * loops * 2 * math.pi + rng.random() * 0.05)
        y = 100 + (52 - 30 * at) * math.cos(at * loops * 2 * math.pi) + 14 * math.sin(at * 5)
        points.append((x * _SCALE, y * _SCALE))
    draw.line(points, fill=_BLUE, width=4 * _SCALE, joint="curve")
    draw.line(
        [(60 * _SCALE, 165 * _SCALE), (310 * _SCALE, (150 + rng.randint(-8, 8)) * _SCALE)],
        fill=_BLUE,
        width=3 * _SCALE,
    )
    return _png(image.resize((360, 200), Image.Resampling.LANCZOS))


def ring(words: str) -> bytes:
    """Con dấu, nền trong suốt: two rings, a star and the agency's short name around it."""
    side = 460 * _SCALE
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for inset, width in ((6, 6), (20, 2), (120, 2)):
        draw.ellipse(
            [inset * _SCALE, inset * _SCALE, side - inset * _SCALE, side - inset * _SCALE],
            outline=_RED,
            width=width * _SCALE,
        )
    draw.polygon(_star(side / 2, side / 2, 80 * _SCALE), fill=_RED)
    _around(image, f"{words.upper()} • TRÌNH DIỄN • ", side / 2, 178 * _SCALE)
    return _png(image.resize((460, 460), Image.Resampling.LANCZOS))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [
        (
            x + (radius if n % 2 == 0 else radius * 0.4) * math.sin(n * math.pi / 5),
            y - (radius if n % 2 == 0 else radius * 0.4) * math.cos(n * math.pi / 5),
        )
        for n in range(10)
    ]


def _around(image: Image.Image, words: str, middle: float, radius: float) -> None:
    from fontpkg_inter import ROOT
    from PIL import ImageFont

    font: Any = ImageFont.truetype(str(ROOT / "files" / "Inter[opsz,wght].ttf"), size=40 * _SCALE)
    step = min(2 * math.pi / len(words), 0.24)
    begin = -step * (len(words) - 1) / 2
    for place, letter in enumerate(words):
        angle = begin + place * step
        tile = Image.new("RGBA", (60 * _SCALE, 60 * _SCALE), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((30 * _SCALE, 30 * _SCALE), letter, font=font, fill=_RED, anchor="mm")
        turned = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
        image.alpha_composite(turned, (int(x - 30 * _SCALE), int(y - 30 * _SCALE)))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
