"""Đọc, chuẩn hóa và lập số, ký hiệu văn bản."""

import pytest

from app.language.document_types import DECREE_TYPES, type_abbreviated, type_named
from app.language.errors import NotUnderstood
from app.language.references import (
    Reference,
    build_notation,
    find_references,
    format_reference,
    read_notation,
    read_reference,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("05/QĐ-UBND", "05/QĐ-UBND"),
        ("5/QĐ-UBND", "05/QĐ-UBND"),
        ("005 / qd - ubnd", "05/QĐ-UBND"),
        ("Số: 05/QĐ-UBND", "05/QĐ-UBND"),
        ("số 05/QĐ-UBND.", "05/QĐ-UBND"),
        ("Số ký hiệu: 05/QĐ-UBND", "05/QĐ-UBND"),
        ("05/QĐ UBND", "05/QĐ-UBND"),
        ("05/QĐ–UBND", "05/QĐ-UBND"),
        ("15/ubnd-vp", "15/UBND-VP"),
        ("123-CV/TU", "123-CV/TU"),
        ("123 - cv / tu", "123-CV/TU"),
        ("41/2023/nd-cp", "41/2023/NĐ-CP"),
        ("1685/NQ-UBTVQH15", "1685/NQ-UBTVQH15"),
        ("42/2024/QH15", "42/2024/QH15"),
        ("787/C06-P3", "787/C06-P3"),
        ("253/ttr-snv", "253/TTr-SNV"),
        ("08/qyđ-ubnd", "08/QyĐ-UBND"),
        ("119/cd-ttg", "119/CĐ-TTg"),
        ("77/tb-hdnd", "77/TB-HĐND"),
        ("2098/SGDDT-VP", "2098/SGDĐT-VP"),
        ("12a/KH-UBND", "12a/KH-UBND"),
        ("388/CN-KT", "388/CN-KT"),
        ("45/HD-SXD", "45/HD-SXD"),
        ("45/hđ-sxd", "45/HĐ-SXD"),
        ("902/SXD-QLĐTh", "902/SXD-QLĐTh"),
        ("3312/UBND-KT(ĐT)", "3312/UBND-KT(ĐT)"),
        ("12/TTr-UBND&MTTQ", "12/TTr-UBND&MTTQ"),
        ("18453", "18453"),
    ],
)
def test_a_reference_is_read_and_written_as_the_decree_writes_it(typed, text):
    assert read_reference(typed).text == text
    assert read_reference(read_reference(typed).text) == read_reference(typed)


def test_the_parts_are_those_of_the_exchange_standard():
    decree = read_reference("41/2023/nđ-cp")
    assert decree == Reference(41, year=2023, notation="NĐ-CP")
    assert (decree.code_number, decree.code_notation) == ("41", "2023/NĐ-CP")
    party = read_reference("77-KL/TW")
    assert (party.number, party.notation, party.separator) == (77, "KL/TW", "-")
    alone = read_reference("7")
    assert (alone.text, alone.notation) == ("07", "")


def test_every_spelling_has_one_key():
    keys = {read_reference(t).key for t in ["05/QĐ-UBND", "5/qd-ubnd", "Số: 005/QĐ – UBND", "05 / QĐ UBND"]}
    assert keys == {"5/qd-ubnd"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Chưa ghi số, ký hiệu"),
        (" \u200b", "Chưa ghi số, ký hiệu"),
        ("QĐ-UBND", "Không đọc được"),
        ("không số", "Không đọc được"),
        ("05/", "Không đọc được"),
        ("05//QĐ-UBND", "không dùng trong ký hiệu"),
        ("05/QĐ-", "không dùng trong ký hiệu"),
        ("05/<script>", "không dùng trong ký hiệu"),
        ("٥/QĐ-UBND", "Không đọc được"),
        ("00/QĐ-UBND", "bắt đầu từ 01"),
        ("123456789012/QĐ-UBND", "nhiều nhất 11 chữ số"),
        ("05/" + "A" * 31, "nhiều nhất 30 ký tự"),
        ("05/" + "A" * 1_000_000, "quá dài"),
    ],
)
def test_what_is_no_reference_is_explained(typed, words):
    with pytest.raises(NotUnderstood) as refused:
        read_reference(typed)
    assert words in refused.value.sentence
    assert len(refused.value.sentence) < 250


def test_a_notation_is_read_alone():
    assert read_notation(" qd - ubnd ") == "QĐ-UBND"
    with pytest.raises(NotUnderstood):
        read_notation("QĐ_UBND")


def test_a_notation_is_built_from_its_parts():
    assert build_notation("QĐ", "UBND") == "QĐ-UBND"
    assert build_notation("", "UBND", "VP") == "UBND-VP"
    assert build_notation("", "SXD") == "SXD"
    assert build_notation("BC", "SXD", "QLN") == "BC-SXD"
    assert format_reference(5, build_notation("QĐ", "UBND")) == "05/QĐ-UBND"
    assert format_reference(150, "UBND-VP", suffix="a") == "150a/UBND-VP"


def test_references_are_found_in_a_text():
    text = (
        "Căn cứ Nghị định số 41/2023/NĐ-CP ngày 28/6/2023; thực hiện Thông báo số 330/TB-VPCP, Quy chế 08-QC/TW và "
        "Văn bản số 787/C06-P3 ngày 29/01/2026, đã có 28/32 cơ quan (đạt 5/6 chỉ tiêu, tăng 3-5 %), tiêu chuẩn TCVN 5574-2018."
    )
    found = list(find_references(text))
    assert [r.text for _, r in found] == ["41/2023/NĐ-CP", "330/TB-VPCP", "08-QC/TW", "787/C06-P3"]
    assert all(text[at:].startswith(r.text) for at, r in found)


def test_the_decree_has_twenty_nine_types():
    assert len(DECREE_TYPES) == 29
    assert [t.ordinal for t in DECREE_TYPES] == list(range(1, 30))
    assert type_named("Tờ trình").abbreviation == "TTr"
    assert type_abbreviated("QyĐ") == type_named("Quy định")
    assert type_abbreviated("XYZ") is None
    assert {t.name for t in DECREE_TYPES if not t.abbreviation} == {"Công văn", "Thư công"}
