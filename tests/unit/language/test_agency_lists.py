"""Danh sách cơ quan trong câu: names with commas and verbs of their own, classes, posts, persons; and words that only look like names."""

import pytest

from app.language.tasks.agencies import Sentence, read_names


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("Sở Tài chính, Công an tỉnh và các địa phương rà soát", ("Sở Tài chính", "Công an tỉnh", "các địa phương"), "rà soát"),
        ("các Bộ: Tài chính, Công Thương khẩn trương", ("Bộ Tài chính", "Bộ Công Thương"), "khẩn trương"),
        ("Sở Tài chính, Xây dựng, Y tế theo dõi", ("Sở Tài chính", "Sở Xây dựng", "Sở Y tế"), "theo dõi"),
        ("Sở Văn hóa, Thể thao và Du lịch; UBND các xã, phường chủ động", ("Sở Văn hóa, Thể thao và Du lịch", "UBND các xã, phường"), "chủ động"),
        ("các sở, ban, ngành và địa phương thực hiện", ("các sở, ban, ngành và địa phương",), "thực hiện"),
        ("Văn phòng HĐND và UBND xã tham mưu", ("Văn phòng HĐND và UBND xã",), "tham mưu"),
        ("Công ty Cổ phần thương mại vận tải và tư vấn kỹ thuật chuẩn bị", ("Công ty Cổ phần thương mại vận tải và tư vấn kỹ thuật",), "chuẩn bị"),
        ("Công ty TNHH MTV Khai thác công trình thủy lợi vận hành", ("Công ty TNHH MTV Khai thác công trình thủy lợi",), "vận hành"),
        ("đồng chí Lê Hoài Nam, Phó Chủ tịch UBND phường trực tiếp", ("Lê Hoài Nam, Phó Chủ tịch UBND phường",), "trực tiếp"),
        ("Uỷ ban nhân dân các xã triển khai", ("Uỷ ban nhân dân các xã",), "triển khai"),
        ("Liên đoàn Lao động tỉnh; Công đoàn ngành tổ chức", ("Liên đoàn Lao động tỉnh", "Công đoàn ngành"), "tổ chức"),
    ],
)  # fmt: skip
def test_names_are_read_to_where_the_act_begins(text: str, names: tuple[str, ...], rest: str):
    found = read_names(Sentence(text), 0)
    assert found is not None
    assert found.items == names
    assert text[found.end :].strip() == rest


@pytest.mark.parametrize(
    "text", ["Ban hành văn bản", "Tổ chức quán triệt", "Báo cáo kết quả", "Phòng, chống dịch", "Lãnh đạo, chỉ đạo", "Số lượng", "sở hữu trí tuệ"]
)  # fmt: skip
def test_words_that_look_like_names_are_none(text: str):
    assert read_names(Sentence(text), 0) is None
