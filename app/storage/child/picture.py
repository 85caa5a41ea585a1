"""Ảnh: PNG, JPEG and TIFF by Pillow, sizes checked in the header before a pixel is unpacked."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from app.core import limits
from app.storage.child.findings import Findings, RefusedError
from app.storage.child.source import Source

FORMATS = {
    "png": PngImagePlugin.PngImageFile.format,
    "jpeg": JpegImagePlugin.JpegImageFile.format,
    "tiff": TiffImagePlugin.TiffImageFile.format,
}
WEBP = WebPImagePlugin.WebPImageFile.format
Image.MAX_IMAGE_PIXELS = limits.IMAGE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_MOST_FRAMES = 1_000
_PAGE_BYTES = 2 * limits.MB
_SIDE = 1_600  # longest side of a page image, in pixels: an A4 sheet at 130 dpi


def inspect(source: Source, found: Findings, kind: str) -> None:
    """Kiểm tra ảnh: header, size, and that it can be drawn."""
    image = _open(source, kind)
    found.pages = _frames(image, kind)
    found.facts["width"], found.facts["height"] = image.size
    try:
        _drawn(image)
    except MemoryError:
        raise
    except Exception as problem:
        raise RefusedError("broken") from problem


def page(source: Source, kind: str, number: int) -> bytes | None:
    """Ảnh trang xem trước, WebP; ``None`` past the last page."""
    image = _open(source, kind)
    if number > _frames(image, kind):
        return None
    image.seek(number - 1)
    return encoded(_drawn(image))


def encoded(image: Image.Image) -> bytes:
    """WebP, good enough to read from; a page of noise is made coarser rather than huge."""
    for quality in (80, 30):
        out = io.BytesIO()
        image.save(out, WEBP, quality=quality, method=2)
        if out.tell() <= _PAGE_BYTES:
            break
    return out.getvalue()


def _open(source: Source, kind: str) -> Image.Image:
    try:
        return Image.open(source.stream(), formats=[FORMATS[kind]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise RefusedError("pixels") from problem
    except MemoryError:
        raise
    except Exception as problem:
        raise RefusedError("broken") from problem


def _frames(image: Image.Image, kind: str) -> int:
    frames = getattr(image, "n_frames", 1) if kind == "tiff" else 1
    if frames > _MOST_FRAMES:
        raise RefusedError("too_many_pages", str(_MOST_FRAMES))
    return frames


def _drawn(image: Image.Image) -> Image.Image:
    """Reduced while unpacking where the format can, upright, on white."""
    image.draft("RGB", (_SIDE, _SIDE))
    image.thumbnail((_SIDE, _SIDE))  # before anything that copies: a sheet of 100 megapixels is 300 MB
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        white.alpha_composite(layer)
        upright = white
    return upright.convert("RGB")
