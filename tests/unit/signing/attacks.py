"""Bộ tệp tấn công: each maker says what it does to a signed file; none of the results may be shown as valid.

USF: the signature loses what it needs. ISA: something is appended. SWA: the byte range is bent around new bytes.
Shadow: what was prepared before signing is brought out afterwards. EAA, SSA: certified files get annotations or signatures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from app.signing import cms
from app.signing.service import authority, pdf
from app.signing.service.keys.port import OpenKey
from tests.unit.signing import making
from tests.unit.signing.making import AT, desk

Update = Callable[[Any], None]


@dataclass(frozen=True)
class Attack:
    """Một tệp tấn công."""

    name: str
    does: str
    make: Callable[[], bytes]


ATTACKS: list[Attack] = []


def attack(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Ghi một tệp tấn công vào bộ; its docstring says what it does."""
    ATTACKS.append(Attack(make.__name__, (make.__doc__ or "").strip(), make))
    return make


# ── tools ────────────────────────────────────────────────────────────────────


def update(data: bytes, change: Update) -> bytes:
    """Ghi thêm một phiên bản."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(data: bytes, change: Update) -> bytes:
    """Viết lại thành một phiên bản, trước khi ký."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def naive(
    data: bytes, key: OpenKey | None = None, *, field: str = "Sig", certify: MDPPerm | None = None,
    box: tuple[int, int, int, int] | None = None, content: Callable[[bytes], bytes] | None = None, at: Any = AT,
) -> bytes:  # fmt: skip
    """Ký mà không soi tệp, as a careless program would."""
    key = key or desk().leader
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    names = [str(f.get_object()["/T"]) for f in _fields(writer)]
    if field not in names:
        append_signature_field(writer, SigFieldSpec(field, box=box, on_page=0))
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    body = SignatureObject(timestamp=at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=8192)
    mdp = SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=certify) if certify else None
    steps.send(SigObjSetup(sig_placeholder=body, mdp_setup=mdp))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256"))
    made = out.getvalue()
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    digest = cms.digest_around(made, start, end)
    build = content or (lambda d: cms.build(d, key.certificate, key.chain, key.sign, None))
    return cms.splice(made, start, end, build(digest))


def _fields(writer: Any) -> Any:
    try:
        return writer.root["/AcroForm"]["/Fields"]
    except KeyError:
        return []


def signature_of(writer: Any, name: str = "ConDau") -> Any:
    """Từ điển chữ ký trong ô."""
    return next(f.get_object() for f in _fields(writer) if f.get_object()["/T"] == name)["/V"]


def field_of(writer: Any, name: str) -> Any:
    """Ô biểu mẫu theo tên."""
    return next(f.get_object() for f in _fields(writer) if f.get_object()["/T"] == name)


def override(key: str, value: Any) -> bytes:
    """Ghi đè một khóa của chữ ký cơ quan bằng phần ghi thêm, cùng lúc đổi nội dung trang."""

    def change(writer: Any) -> None:
        signature = signature_of(writer)
        if value is None:
            del signature[key]
        else:
            signature[pdf_name(key)] = value
        writer.update_container(signature)
        overlay(writer)

    return update(making.sealed(), change)


def overlay(writer: Any, text: bytes = b"BT /F1 20 Tf 100 400 Td (999) Tj ET") -> None:
    """Vẽ đè lên trang một."""
    stream = writer.add_object(generic.StreamObject(stream_data=text))
    writer.add_stream_to_page(0, stream)


def annotation(writer: Any, kind: str, flags: int = 4) -> None:
    """Thêm ghi chú che nội dung trang một."""
    look = writer.add_object(
        generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 200, 60)]),
            },
            stream_data=b"1 1 1 rg 0 0 200 60 re f",
        )
    )
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name(kind),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (90, 380, 290, 440)]),
            pdf_name("/Contents"): pdf_string("x"),
            pdf_name("/F"): generic.NumberObject(flags),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): look}),
        }
    )
    page, _ = writer.find_page_for_modification(0)
    writer.register_annotation(page, writer.add_object(note))


def swap(data: bytes, old: bytes, new: bytes) -> bytes:
    """Đổi byte tại chỗ, giữ độ dài, ở lần xuất hiện cuối."""
    assert len(new) <= len(old)
    place = data.rindex(old)
    return data[:place] + new.ljust(len(old)) + data[place + len(old) :]


def byte_range(data: bytes) -> tuple[int, int, re.Match[bytes]]:
    """Chỗ trống của chữ ký cuối cùng."""
    match = list(re.finditer(rb"/ByteRange\s*\[\s*0 +(\d+) +(\d+) +(\d+)\s*\]", data))[-1]
    return int(match[1]), int(match[2]), match


# ── USF ──────────────────────────────────────────────────────────────────────


@attack
def usf_no_byte_range() -> bytes:
    """/ByteRange is taken away from the signature by an update."""
    return override("/ByteRange", None)


@attack
def usf_byte_range_null() -> bytes:
    """/ByteRange becomes null."""
    return override("/ByteRange", generic.NullObject())


@attack
def usf_byte_range_zero() -> bytes:
    """/ByteRange becomes four zeros."""
    return override("/ByteRange", generic.ArrayObject([generic.NumberObject(0)] * 4))


@attack
def usf_byte_range_negative() -> bytes:
    """/ByteRange has negative numbers."""
    return override("/ByteRange", generic.ArrayObject([generic.NumberObject(n) for n in (0, -1, -1, -1)]))


@attack
def usf_byte_range_beyond() -> bytes:
    """/ByteRange reaches past the end of the file."""
    return override("/ByteRange", generic.ArrayObject([generic.NumberObject(n) for n in (0, 10, 20, 10**9)]))


@attack
def usf_byte_range_of_three() -> bytes:
    """/ByteRange has three numbers."""
    return override("/ByteRange", generic.ArrayObject([generic.NumberObject(n) for n in (0, 10, 20)]))


@attack
def usf_byte_range_of_texts() -> bytes:
    """/ByteRange holds strings instead of numbers."""
    return override("/ByteRange", generic.ArrayObject([pdf_string("0")] * 4))


@attack
def usf_no_contents() -> bytes:
    """/Contents is taken away."""
    return override("/Contents", None)


@attack
def usf_contents_null() -> bytes:
    """/Contents becomes null."""
    return override("/Contents", generic.NullObject())


@attack
def usf_contents_empty() -> bytes:
    """/Contents becomes an empty string."""
    return override("/Contents", generic.ByteStringObject(b""))


@attack
def usf_contents_zero() -> bytes:
    """/Contents becomes one zero byte."""
    return override("/Contents", generic.ByteStringObject(b"\x00"))


@attack
def usf_subfilter_unknown() -> bytes:
    """/SubFilter names a format nobody knows."""
    return override("/SubFilter", pdf_name("/unknown.detached"))


@attack
def usf_no_subfilter() -> bytes:
    """/SubFilter is taken away."""
    return override("/SubFilter", None)


@attack
def usf_wrong_type() -> bytes:
    """/Type says that the signature is something else."""
    return override("/Type", pdf_name("/Font"))


@attack
def usf_value_is_text() -> bytes:
    """The signature field's value becomes a text."""

    def change(writer: Any) -> None:
        field = field_of(writer, "ConDau")
        field[pdf_name("/V")] = pdf_string("đã ký")
        writer.update_container(field)

    return update(making.sealed(), change)


@attack
def usf_contents_garbage_in_place() -> bytes:
    """The first digits of the signature in the hole are overwritten."""
    data = making.sealed()
    start, _end, _ = byte_range(data)
    return data[: start + 1] + b"FF" * 8 + data[start + 17 :]


@attack
def usf_byte_range_renamed_in_place() -> bytes:
    """The key /ByteRange is misspelt in the signed bytes."""
    return swap(making.sealed(), b"/ByteRange", b"/ByteRangX")


# ── ISA ──────────────────────────────────────────────────────────────────────


@attack
def isa_page_content() -> bytes:
    """An update draws over page one."""
    return update(making.sealed(), overlay)


@attack
def isa_page_replaced() -> bytes:
    """An update replaces the content of page one."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 m"))
        writer.update_container(page)

    return update(making.sealed(), change)


@attack
def isa_objects_without_table() -> bytes:
    """Objects follow the end of the file, without cross-references or trailer."""
    return making.sealed() + b"\n4 0 obj\n<</Length 5>>stream\n0 0 m\nendstream\nendobj\n"


@attack
def isa_objects_without_trailer() -> bytes:
    """Objects and an end marker follow, without cross-references."""
    return making.sealed() + b"\n4 0 obj\n<</Length 5>>stream\n0 0 m\nendstream\nendobj\n%%EOF\n"


@attack
def isa_empty_update() -> bytes:
    """An update that changes nothing yet: a table of no objects."""
    data = making.sealed()
    previous = re.findall(rb"startxref\s+(\d+)", data)[-1]
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    table = b"xref\n0 0\ntrailer\n<</Size 200/Root %s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        previous,
        len(data),
    )
    return data + table


@attack
def isa_trailing_bytes() -> bytes:
    """Bytes follow the end of the file."""
    return making.sealed() + b"%% nothing to see"


@attack
def isa_title_changed() -> bytes:
    """An update changes the title in the document information."""
    return update(
        making.sealed(),
        lambda w: w.set_info(generic.DictionaryObject({pdf_name("/Title"): pdf_string("Khác")})),
    )


@attack
def isa_new_page() -> bytes:
    """An update adds a page."""

    def change(writer: Any) -> None:
        pages = writer.root["/Pages"]
        page = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): generic.IndirectObject(*_ref(writer.root.raw_get("/Pages")), writer),
                pdf_name("/MediaBox"): generic.ArrayObject(
                    [generic.NumberObject(n) for n in (0, 0, 595, 842)]
                ),
            }
        )
        pages["/Kids"].append(writer.add_object(page))
        pages[pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
        writer.update_container(pages)
        writer.update_container(pages["/Kids"])

    return update(making.sealed(), change)


def _ref(value: Any) -> tuple[int, int]:
    return value.idnum, value.generation


@attack
def isa_catalogue_replaced() -> bytes:
    """An update gives the file another catalogue without form."""

    def change(writer: Any) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return update(making.sealed(), change)


@attack
def isa_fields_emptied() -> bytes:
    """An update empties the list of form fields, so that the signatures seem never to have been."""

    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name("/Fields")] = generic.ArrayObject()
        writer.update_container(form)

    return update(making.sealed(), change)


@attack
def isa_signature_copied() -> bytes:
    """An update draws over the page and brings a copy of the agency's signature with it."""

    def change(writer: Any) -> None:
        overlay(writer)
        copy = generic.DictionaryObject(dict(signature_of(writer)))
        field = field_of(writer, "ConDau")
        field[pdf_name("/V")] = writer.add_object(copy)
        writer.update_container(field)

    return update(making.sealed(), change)


@attack
def isa_signature_transplanted() -> bytes:
    """The signature of one file stands in the hole of another."""
    other = naive(making.letter(paragraphs=3))
    start, end, _ = byte_range(other)

    def given(_digest: bytes) -> bytes:
        raw = bytes.fromhex(other[start + 1 : end - 1].decode())
        length = 4 + int.from_bytes(raw[2:4], "big")
        return raw[:length]

    return naive(making.letter(), content=given)


@attack
def isa_byte_flipped() -> bytes:
    """One byte of the first revision is changed."""
    data = bytearray(making.sealed())
    data[len(making.letter()) // 2] ^= 1
    return bytes(data)


@attack
def isa_cut_short() -> bytes:
    """The last 200 bytes are missing."""
    return making.sealed()[:-200]


# ── SWA ──────────────────────────────────────────────────────────────────────


@attack
def swa_second_part_moved() -> bytes:
    """The second part is moved on and new objects fill the gap between hole and signed bytes."""
    data = making.sealed()
    _start, end, match = byte_range(data)
    new = b"\n4 0 obj\n<</Length 5>>stream\n0 0 m\nendstream\nendobj\n".ljust(200)
    moved = data[:end] + new + data[end:]
    changed = match[0].replace(b" %d " % end, b" %d " % (end + len(new)))
    return swap(moved, match[0], changed) if len(changed) <= len(match[0]) else moved


@attack
def swa_gap_inside_hole() -> bytes:
    """The hole is closed early and objects stand in what was its padding."""
    data = making.sealed()
    start, end, _ = byte_range(data)
    used = len(data[start:end].rstrip(b"0>"))
    place = start + used + 20
    new = b">\n4 0 obj\n<</Length 5>>stream\n0 0 m\nendstream\nendobj\n<"
    return data[:place] + new + data[place + len(new) :]


@attack
def swa_padding_not_zero() -> bytes:
    """The zero padding in the hole carries data."""
    data = making.sealed()
    _start, end, _ = byte_range(data)
    return data[: end - 41] + b"AB" * 20 + data[end - 1 :]


@attack
def swa_blanks_in_hole() -> bytes:
    """The padding in the hole is made of blanks."""
    data = making.sealed()
    _start, end, _ = byte_range(data)
    return data[: end - 41] + b" " * 40 + data[end - 1 :]


@attack
def swa_case_of_digits() -> bytes:
    """Some hexadecimal digits of the signature change to lower case: another file with the same signature."""
    data = making.sealed()
    start, _end, _ = byte_range(data)
    return data[: start + 1] + data[start + 1 : start + 41].lower() + data[start + 41 :]


@attack
def swa_unsigned_attribute() -> bytes:
    """One byte of a certificate that travels with the signature is changed."""
    data = making.sealed()
    start, end, _ = byte_range(data)
    raw = bytearray(bytes.fromhex(data[start + 1 : end - 1].decode()))
    place = raw.index(desk().agency.certificate.dump()) + 60
    raw[place] ^= 1
    return data[: start + 1] + raw.hex().upper().encode() + data[end - 1 :]


@attack
def swa_hole_widened() -> bytes:
    """The byte range leaves out more than the hole."""
    data = making.sealed()
    start, _end, match = byte_range(data)
    return swap(data, match[0], match[0].replace(b"0 %d" % start, b"0 %d" % (start - 30)))


# ── shadow ───────────────────────────────────────────────────────────────────


def _with_overlay(kind: bytes) -> bytes:
    """A letter whose page shows an extra form object that can be taken away or exchanged later."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        shown = writer.add_object(
            generic.StreamObject(
                {
                    pdf_name("/Type"): pdf_name("/XObject"),
                    pdf_name("/Subtype"): pdf_name("/Form"),
                    pdf_name("/BBox"): generic.ArrayObject(
                        [generic.NumberObject(n) for n in (0, 0, 300, 80)]
                    ),
                },
                stream_data=kind,
            )
        )
        page["/Resources"][pdf_name("/XObject")] = generic.DictionaryObject({pdf_name("/Shadow"): shown})
        draw = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 1 90 380 cm /Shadow Do Q"))
        old = page.raw_get("/Contents")
        page[pdf_name("/Contents")] = generic.ArrayObject(
            [*(old if isinstance(old, generic.ArrayObject) else [old]), draw]
        )

    return rewritten(making.letter(), change)


def _shadow_object(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()["/Resources"]["/XObject"]


@attack
def shadow_hide() -> bytes:
    """A cover prepared before signing is taken away afterwards."""

    def change(writer: Any) -> None:
        found = _shadow_object(writer)["/Shadow"]
        found._data = b""  # the prepared cover becomes empty
        found._encoded_data = None
        writer.update_container(found)

    return update(naive(_with_overlay(b"1 1 1 rg 0 0 300 80 re f")), change)


@attack
def shadow_replace_object() -> bytes:
    """The reference to a harmless picture is turned to another one afterwards."""

    def change(writer: Any) -> None:
        resources = _shadow_object(writer)
        resources[pdf_name("/Shadow")] = writer.add_object(
            generic.StreamObject(
                {
                    pdf_name("/Type"): pdf_name("/XObject"),
                    pdf_name("/Subtype"): pdf_name("/Form"),
                    pdf_name("/BBox"): generic.ArrayObject(
                        [generic.NumberObject(n) for n in (0, 0, 300, 80)]
                    ),
                },
                stream_data=b"1 0 0 rg 0 0 300 80 re f",
            )
        )
        writer.update_container(resources)

    return update(naive(_with_overlay(b"0 0 m")), change)


def _with_field(width: int = 120, value: str = "") -> bytes:
    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        field = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string("O"),
                pdf_name("/F"): generic.NumberObject(4),
                pdf_name("/DA"): pdf_string("/Helv 12 Tf 0 g"),
                pdf_name("/Rect"): generic.ArrayObject(
                    [generic.NumberObject(n) for n in (90, 380, 90 + width, 400 if width < 300 else 700)]
                ),
            }
        )
        if value:
            field[pdf_name("/V")] = pdf_string(value)
        ref = writer.add_object(field)
        writer.root[pdf_name("/AcroForm")] = generic.DictionaryObject(
            {pdf_name("/Fields"): generic.ArrayObject([ref])}
        )
        page.get_object()[pdf_name("/Annots")] = generic.ArrayObject([ref])

    return rewritten(making.letter(), change)


def fill(name: str, text: str) -> Update:
    """Điền một ô, with an appearance of its own."""

    def change(writer: Any) -> None:
        field = field_of(writer, name)
        field[pdf_name("/V")] = pdf_string(text)
        look = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 120, 20)]),
            },
            stream_data=b"0 g 0 0 100 10 re f",
        )
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.update_container(field)

    return change


@attack
def shadow_replace_value() -> bytes:
    """A form field shows another value after signing."""
    return update(naive(_with_field(value="100")), fill("O", "900"))


@attack
def shadow_replace_look() -> bytes:
    """A form field keeps its value and gets another appearance after signing."""
    return update(naive(_with_field(value="100")), fill("O", "100"))


@attack
def shadow_replace_then_resign() -> bytes:
    """A filled field is changed, then a second person signs: the first signature saw another value."""
    changed = update(naive(_with_field(value="100"), field="A"), fill("O", "900"))
    return naive(changed, desk().agency, field="B")


@attack
def shadow_large_field() -> bytes:
    """An empty field as large as the page is filled between two signatures."""
    changed = update(naive(_with_field(width=420), field="A"), fill("O", "x"))
    return naive(changed, desk().agency, field="B")


@attack
def shadow_font_replaced() -> bytes:
    """An update replaces a font of the page: the same codes show other letters."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        fonts = page["/Resources"]["/Font"]
        name = next(iter(fonts))
        fonts[pdf_name(name)] = writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Font"),
                    pdf_name("/Subtype"): pdf_name("/Type1"),
                    pdf_name("/BaseFont"): pdf_name("/Helvetica"),
                }
            )
        )
        writer.update_container(fonts)

    return update(making.sealed(), change)


def _twice_defined() -> tuple[bytes, int]:
    """A signed letter that holds a second, hidden definition of the page's content in its first revision."""
    data = rewritten(making.letter(), lambda w: None)
    number = (
        PdfFileReader(io.BytesIO(data)).root["/Pages"]["/Kids"][0].get_object().raw_get("/Contents").idnum
    )
    place = data.index(b"%d 0 obj" % number)
    hidden = b"%d 0 obj\n<</Length 6>>\nstream\n0 0 m \nendstream\nendobj\n" % number
    return _moved(data, place, hidden), place


def _moved(data: bytes, place: int, new: bytes) -> bytes:
    table = data.rindex(b"xref", 0, data.rindex(b"startxref"))

    def later(match: re.Match[bytes]) -> bytes:
        at = int(match[1])
        return b"%010d" % (at + len(new) if at >= place else at) + match[2]

    body = data[:place] + new + data[place:table]
    rest = re.sub(rb"(\d{10})( \d{5} n)", later, data[table:])
    return body + re.sub(rb"(startxref\s+)\d+", lambda m: m[1] + b"%d" % (table + len(new)), rest)


@attack
def shadow_two_definitions_asleep() -> bytes:
    """The signed revision holds a second, hidden definition of the page: not yet used, and no file to be trusted."""
    return naive(_twice_defined()[0])


@attack
def shadow_two_definitions_turned() -> bytes:
    """After signing, a new table alone turns the page to its hidden second definition."""
    plain, place = _twice_defined()
    data = naive(plain)
    number = int(re.match(rb"(\d+) 0 obj", data[place:])[1])  # type: ignore[index]
    previous = re.findall(rb"startxref\s+(\d+)", data)[-1]
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", data, re.DOTALL)[-1]
    trailer = re.sub(rb"/Prev \d+", b"", trailer)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, place, trailer, previous, len(data),
    )  # fmt: skip
    return data + table


def _with_layers(*, shown: bool) -> Update:
    def change(writer: Any) -> None:
        group = writer.add_object(
            generic.DictionaryObject(
                {pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): pdf_string("L")}
            )
        )
        state = pdf_name("/ON" if shown else "/OFF")
        writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject(
            {
                pdf_name("/OCGs"): generic.ArrayObject([group]),
                pdf_name("/D"): generic.DictionaryObject({state: generic.ArrayObject([group])}),
            }
        )
        writer.update_root()

    return change


@attack
def shadow_layer_asleep() -> bytes:
    """The signed file has layers that can be switched: what is seen is not all there is."""
    return naive(rewritten(making.letter(), _with_layers(shown=True)))


@attack
def shadow_layer_switched() -> bytes:
    """After signing, an update switches layers."""
    return update(naive(rewritten(making.letter(), _with_layers(shown=True))), _with_layers(shown=False))


@attack
def shadow_script_asleep() -> bytes:
    """The signed file runs a script when it is opened."""

    def change(writer: Any) -> None:
        writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
            {
                pdf_name("/S"): pdf_name("/JavaScript"),
                pdf_name("/JS"): pdf_string("this.getField('O').value=9"),
            }
        )

    return naive(rewritten(making.letter(), change))


@attack
def shadow_content_from_outside() -> bytes:
    """A stream of the signed file takes its bytes from another file."""

    def change(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        stream = generic.StreamObject({pdf_name("/F"): pdf_string("other.bin")}, stream_data=b"0 0 m")
        page[pdf_name("/Contents")] = generic.ArrayObject(
            [page.raw_get("/Contents"), writer.add_object(stream)]
        )

    return naive(rewritten(making.letter(), change))


# ── EAA, SSA, certification ──────────────────────────────────────────────────


@attack
def eaa_free_text_on_p2() -> bytes:
    """A certified file (form filling allowed) gets a free text that covers content."""
    return update(naive(making.letter(), certify=MDPPerm.FILL_FORMS), lambda w: annotation(w, "/FreeText"))


@attack
def eaa_stamp_on_p3() -> bytes:
    """A certified file (annotations allowed) gets a stamp that covers content."""
    return update(naive(making.letter(), certify=MDPPerm.ANNOTATE), lambda w: annotation(w, "/Stamp"))


@attack
def eaa_redaction_on_p3() -> bytes:
    """A certified file (annotations allowed) gets a redaction."""
    return update(naive(making.letter(), certify=MDPPerm.ANNOTATE), lambda w: annotation(w, "/Redact"))


@attack
def eaa_on_sealed() -> bytes:
    """Our own sealed document gets an annotation."""
    return update(making.sealed(), lambda w: annotation(w, "/Square"))


@attack
def eaa_hidden_on_p1() -> bytes:
    """A certified file (no changes allowed) gets an invisible annotation."""
    return update(naive(making.letter(), certify=MDPPerm.NO_CHANGES), lambda w: annotation(w, "/Square", 2))


@attack
def ssa_visible_signature_of_a_stranger() -> bytes:
    """A certified file gets a new visible signature that covers content, by an untrusted key."""
    return naive(making.signed_by_leader(), stranger(), field="X", box=(80, 380, 400, 500))


@attack
def ssa_visible_signature_of_an_insider() -> bytes:
    """A certified file gets a new visible signature that covers content, by a trusted key."""
    return naive(making.signed_by_leader(), desk().agency, field="X", box=(80, 380, 400, 500))


@attack
def ssa_unsigned_field_with_look() -> bytes:
    """A certified file gets a signature field without signature, only with a picture."""

    def change(writer: Any) -> None:
        field = field_of(writer, "ConDau")
        field[pdf_name("/AP")] = generic.DictionaryObject(
            {
                pdf_name("/N"): writer.add_object(
                    generic.StreamObject({pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=b"0 0 m")
                )
            }
        )
        writer.update_container(field)

    return update(making.signed_by_leader(), change)


@attack
def certified_p1_then_signed() -> bytes:
    """A file certified against all changes is signed again."""
    return naive(naive(making.letter(), certify=MDPPerm.NO_CHANGES), desk().agency, field="B")


@attack
def certified_twice() -> bytes:
    """A second certification follows the first."""
    return naive(
        naive(making.letter(), certify=MDPPerm.FILL_FORMS, field="A"),
        desk().agency,
        field="B",
        certify=MDPPerm.FILL_FORMS,
    )


@attack
def certified_after_approval() -> bytes:
    """A certification comes after an ordinary signature."""
    return naive(naive(making.letter(), field="A"), desk().agency, field="B", certify=MDPPerm.FILL_FORMS)


@attack
def certification_forgotten() -> bytes:
    """An update takes the certification out of the catalogue."""

    def change(writer: Any) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    return update(making.sealed(), change)


@attack
def certification_loosened() -> bytes:
    """An update raises the permissions in the certifying signature."""

    def change(writer: Any) -> None:
        params = signature_of(writer, "ChuKy")["/Reference"][0]["/TransformParams"]
        params[pdf_name("/P")] = generic.NumberObject(3)
        writer.update_container(params)

    return update(making.sealed(), change)


# ── our own fields ───────────────────────────────────────────────────────────


@attack
def number_changed_after_seal() -> bytes:
    """The number is changed after the agency signed."""

    def change(writer: Any) -> None:
        fill("SoVanBan", "99")(writer)

    return update(making.sealed(), change)


@attack
def number_filled_without_seal() -> bytes:
    """The number is filled by anybody, and nobody signs it."""
    return update(making.signed_by_leader(), fill("SoVanBan", "99"))


@attack
def number_refilled_then_sealed() -> bytes:
    """The number is filled twice before the agency signs."""
    once = update(making.signed_by_leader(), fill("SoVanBan", "98"))
    return naive(update(once, fill("SoVanBan", "99")), desk().agency, field="ConDau")


@attack
def sealed_by_a_stranger() -> bytes:
    """The leader's file is numbered and sealed with a key from nowhere."""
    plan = making.begun()[1]
    return pdf.seal(
        making.signed_by_leader(),
        plan,
        stranger(),
        agency="UBND thành phố",
        image=None,
        values={"SoVanBan": "05"},
        at=AT,
    )


@attack
def two_fields_one_signature() -> bytes:
    """A second field claims the same signature."""

    def change(writer: Any) -> None:
        field = field_of(writer, "ChuKy")
        twin = generic.DictionaryObject(
            {
                pdf_name("/FT"): pdf_name("/Sig"),
                pdf_name("/T"): pdf_string("Twin"),
                pdf_name("/V"): field.raw_get("/V"),
            }
        )
        fields = writer.root["/AcroForm"]["/Fields"]
        fields.append(writer.add_object(twin))
        writer.update_container(fields)

    return update(making.sealed(), change)


# ── keys and certificates ────────────────────────────────────────────────────


def stranger() -> OpenKey:
    """Khóa của nơi cấp không ai tin, dưới cùng tên."""
    return making.make_key(authority.make("Nơi cấp chứng thư kiểm thử", AT), "UBND thành phố")


@attack
def key_of_a_stranger() -> bytes:
    """Signed by an authority of the same name that nobody trusts."""
    return naive(making.letter(), stranger())


@attack
def key_expired() -> bytes:
    """The certificate had expired when the file was signed."""
    return naive(making.letter(), desk().key(now=AT - timedelta(days=400), days=10))


@attack
def key_not_yet_valid() -> bytes:
    """The certificate begins only next year."""
    return naive(making.letter(), desk().key(now=AT + timedelta(days=400)))


@attack
def key_of_another() -> bytes:
    """The signature value was made by another key than the certificate's."""
    leader, other = desk().leader, desk().agency
    return naive(making.letter(), OpenKey(leader.certificate, leader.chain, other.sign))


@attack
def time_before_certificate() -> bytes:
    """The file claims to have been signed before the certificate existed."""
    return naive(making.letter(), at=AT - timedelta(days=30))


@attack
def time_in_the_future() -> bytes:
    """The file claims to have been signed next month."""
    return naive(making.letter(), at=AT + timedelta(days=30))


@attack
def attributes_of_another_digest() -> bytes:
    """The signed digest is another file's."""
    leader = desk().leader
    return naive(
        making.letter(),
        content=lambda d: cms.build(bytes(32), leader.certificate, leader.chain, leader.sign, None),
    )


@attack
def content_inside_signature() -> bytes:
    """The CMS carries content of its own, which is what it signs."""
    from asn1crypto import cms as asn1

    leader = desk().leader

    def build(digest: bytes) -> bytes:
        made = asn1.ContentInfo.load(cms.build(digest, leader.certificate, leader.chain, leader.sign, None))
        made["content"]["encap_content_info"] = {"content_type": "data", "content": b"x"}
        return bytes(made.dump(force=True))

    return naive(making.letter(), content=build)


@attack
def junk_before_header() -> bytes:
    """Bytes stand before the header, and every number counts from them."""
    return b"junk\n" + making.sealed()


def revocation_list() -> bytes:
    """Danh sách thu hồi của nơi cấp, which names the key of the leader."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    by, serial = desk().authority, desk().leader.certificate.serial_number
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(serial)
        .revocation_date(AT - timedelta(minutes=2))
        .build()
    )
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(AT)
        .next_update(AT + timedelta(days=9))
    )
    return made.add_revoked_certificate(entry).sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)
