"""Đặt chữ ký vào PDF: fields, appearances and the empty hole. The digest is signed outside, where the key is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from app.signing.child import layout, linting, packing
from app.storage.child.findings import RefusedError

_FORM = {"Ngay", "Thang", "Nam", "NgayDayDu", "SoVanBan", "SoVanBanDayDu"}


def lint(file: int) -> tuple[Any, list[bytes]]:
    """Soi tệp sẽ ký và tìm bố trí: value ``{"objections", "printed", "guessed", "fields", "pages"}``."""
    head, parts = packing.unpack(file)
    data = parts[-1]
    _reader, objections = linting.open_plain(data)
    if objections:
        return {"objections": objections}, []
    document = pypdfium2.PdfDocument(data)
    return {"objections": [], "pages": len(document), **_as_value(layout.find(document, head))}, []


def begin(file: int) -> tuple[Any, list[bytes]]:
    """Chữ ký của người có thẩm quyền: looked through, all fields prepared, then the first hole, in one revision.

    ``head``: ``signer``, ``seal_mm``, ``at``, ``size``, ``name``. Parts: stamp, PDF.
    """
    head, (stamp, data) = packing.unpack(file)
    _reader, objections = linting.open_plain(data)
    if objections:
        raise RefusedError("objections", ",".join(objections))
    found = layout.find(pypdfium2.PdfDocument(data), head)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for name, (page, box) in found.fields.items():
        if name in _FORM:
            _add_text_field(writer, name, page, box)
    for name in ("ChuKy", "ConDau"):
        page, box = found.fields[name]
        append_signature_field(writer, SigFieldSpec(name, on_page=page, box=_whole(box)))
    value, payloads = _hole(writer, "ChuKy", stamp, head | {"certify": True})
    return value | _as_value(found), payloads


def _whole(box: layout.Box) -> tuple[int, int, int, int]:
    return round(box[0]), round(box[1]), round(box[2]), round(box[3])


def _as_value(found: layout.Layout) -> dict[str, Any]:
    return {
        "printed": found.printed,
        "guessed": found.guessed,
        "fields": {name: [page, *box] for name, (page, box) in found.fields.items()},
    }


def fill(file: int) -> tuple[Any, list[bytes]]:
    """Điền số, ngày và đặt chữ ký cơ quan: an allowed form-filling revision, then the second hole.

    ``head``: ``values`` (field → text), ``at``, ``size``, ``name``. Parts: a stamp for each value in order, the seal, the PDF.
    """
    head, parts = packing.unpack(file)
    *stamps, seal, data = parts
    if head["values"]:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        present = {str(f.get_object()["/T"]): f.get_object() for f in writer.root["/AcroForm"]["/Fields"]}
        for (name, text), stamp in zip(head["values"].items(), stamps, strict=True):
            if name not in present or "/V" in present[name]:
                raise RefusedError("field_filled", name)
            _fill_field(writer, present[name], text, stamp)
        out = io.BytesIO()
        writer.write(out)
        data = out.getvalue()
    return _hole(IncrementalPdfFileWriter(io.BytesIO(data)), "ConDau", seal, head)


def mark(file: int) -> tuple[Any, list[bytes]]:
    """Chữ ký cơ quan trên tệp kèm theo hoặc bản sao: top right of page one, text only.

    ``head``: ``at``, ``size``, ``name``, ``width``, ``height``. Parts: stamp, PDF.
    """
    head, (stamp, data) = packing.unpack(file)
    _reader, objections = linting.open_plain(data)
    if objections:
        raise RefusedError("objections", ",".join(objections))
    width, height = pypdfium2.PdfDocument(data)[0].get_size()
    right, top = width - 10 * layout.MM, height - 8 * layout.MM
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    box = (round(right - head["width"]), round(top - head["height"]), round(right), round(top))
    append_signature_field(writer, SigFieldSpec("CoQuan", on_page=0, box=box))
    return _hole(writer, "CoQuan", stamp, head)


# ── fields ───────────────────────────────────────────────────────────────────


def _add_text_field(writer: IncrementalPdfFileWriter, name: str, page: int, box: Sequence[float]) -> None:
    page_ref, _resources = writer.find_page_for_modification(page)
    form = _form(writer)
    widget = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/DA"): pdf_string("/Helv 12 Tf 0 g"),
            pdf_name("/Rect"): generic.ArrayObject([generic.FloatObject(f"{n:.2f}") for n in box]),
            pdf_name("/P"): generic.IndirectObject(page_ref.idnum, page_ref.generation, writer),
        }
    )
    reference = writer.add_object(widget)
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])
    writer.register_annotation(page_ref, reference)


def _form(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    root = writer.root
    try:
        form = root["/AcroForm"]
    except KeyError:
        form = generic.DictionaryObject()
        root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
    if "/Fields" not in form:
        form[pdf_name("/Fields")] = generic.ArrayObject()
        writer.update_container(form)
    return form


def _fill_field(
    writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject, text: str, stamp: bytes
) -> None:
    widget[pdf_name("/V")] = pdf_string(text)
    widget[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): _look(writer, widget, stamp)})
    widget[pdf_name("/Ff")] = generic.NumberObject(1)  # read only from now on
    writer.update_container(widget)


def _look(writer: IncrementalPdfFileWriter, widget: generic.DictionaryObject, stamp: bytes) -> Any:
    """The stamp's page as the appearance, in its own size where it fits, smaller where it must, never larger."""
    x1, y1, x2, y2 = (float(n) for n in widget["/Rect"])
    width, height = x2 - x1, y2 - y1
    body = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(stamp)))
    bounds = [float(n) for n in body.get_object()["/BBox"]]
    native = (bounds[2] - bounds[0], bounds[3] - bounds[1])
    scale = min(1.0, width / native[0], height / native[1])
    left, bottom = (width - native[0] * scale) / 2, (height - native[1] * scale) / 2
    command = b"q %g 0 0 %g %g %g cm /Stamp Do Q" % (scale, scale, left, bottom)
    return writer.add_object(
        generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(
                    [generic.FloatObject(n) for n in ("0", "0", f"{width:.2f}", f"{height:.2f}")]
                ),
                pdf_name("/Resources"): generic.DictionaryObject(
                    {pdf_name("/XObject"): generic.DictionaryObject({pdf_name("/Stamp"): body})}
                ),
            },
            stream_data=command,
        )
    )


# ── the hole ─────────────────────────────────────────────────────────────────


def _hole(
    writer: IncrementalPdfFileWriter, name: str, stamp: bytes, head: dict[str, Any]
) -> tuple[Any, list[bytes]]:
    """Write the empty signature: where the hole is, and everything around it."""
    steps = PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
    field = next(steps).get_object()
    if stamp:
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): _look(writer, field, stamp)})
    body = SignatureObject(
        timestamp=datetime.fromisoformat(head["at"]),
        subfilter=SigSeedSubFilter.PADES,
        name=head.get("name"),
        bytes_reserved=int(head["size"]),
    )
    certify = SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    steps.send(SigObjSetup(sig_placeholder=body, mdp_setup=certify if head.get("certify") else None))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256"))
    return {
        "start": prepared.reserved_region_start,
        "end": prepared.reserved_region_end,
    }, [out.getvalue()]
