"""Tên cơ quan, họ tên người."""

import pytest

from app.core.text import name_sort_key
from app.language.names import (
    PersonName,
    agency_key,
    agency_variants,
    full_agency_name,
    initials,
    letterhead,
    same_agency,
    short_agency_name,
    sign_in_name,
    split_person_name,
    tidy_person_name,
)


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("UBND phường Bến Thành", "Ủy ban nhân dân phường Bến Thành"),
        ("UBND P. Bến Thành, TP.HCM", "Ủy ban nhân dân phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Uỷ ban nhân dân TP. Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UBND TPHCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("VP UBND Thành phố", "Văn phòng Ủy ban nhân dân Thành phố"),
        ("Sở NN&MT", "Sở Nông nghiệp và Môi trường"),
        ("Sở GD & ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở KHCN", "Sở Khoa học và Công nghệ"),
        ("BQL An toàn thực phẩm", "Ban Quản lý An toàn thực phẩm"),
        ("UBMTTQ VN TP.HCM", "Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố Hồ Chí Minh"),
        ("Sở Xây dựng", "Sở Xây dựng"),
    ],
)
def test_the_full_name_of_an_agency(written, full):
    assert full_agency_name(written) == full
    assert full_agency_name(full) == full


def test_the_short_name_of_an_agency():
    assert short_agency_name("Ủy ban nhân dân phường Bến Thành") == "UBND phường Bến Thành"
    assert short_agency_name("Văn phòng HĐND và UBND") == "Văn phòng HĐND và UBND"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND phường Bến Thành", "Uỷ ban nhân dân Phường Bến Thành"),
        ("ủy ban nhân dân phường hoà hưng", "UBND P. Hòa Hưng"),
        ("Sở Nông nghiệp & Môi trường", "SỞ NN&MT"),
        ("UBND TP. Hồ Chí Minh", "UBND TP.HCM"),
    ],
)
def test_spellings_of_one_agency_have_one_key(one, other):
    assert same_agency(one, other)
    assert agency_key(one) == agency_key(other)


def test_two_agencies_are_not_taken_for_one():
    assert not same_agency("UBND phường Tân Sơn", "UBND phường Tân Sơn Nhì")
    assert not same_agency("HĐND phường Tân Sơn", "UBND phường Tân Sơn")


def test_variants_begin_with_the_name_in_use_and_do_not_repeat():
    variants = agency_variants("UBND Thành phố Hồ Chí Minh")
    assert variants[0] == "UBND Thành phố Hồ Chí Minh"
    assert {"Ủy ban nhân dân Thành phố Hồ Chí Minh", "UBND TP.HCM", "UBND TP. Hồ Chí Minh"} <= set(variants)
    assert len(variants) == len(set(variants))
    assert agency_variants("Sở Xây dựng") == ("Sở Xây dựng",)


def test_a_letterhead_breaks_after_the_name_of_the_body():
    assert letterhead("UBND phường Bến Thành") == ("ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN THÀNH")
    assert letterhead("Sở Xây dựng") == ("SỞ XÂY DỰNG",)


def test_a_persons_name_and_its_parts():
    assert split_person_name("Nguyễn Thị Minh Khai") == PersonName("Nguyễn", "Thị Minh", "Khai")
    assert split_person_name("Lê Lợi") == PersonName("Lê", "", "Lợi")
    assert split_person_name("Khánh") == PersonName("", "", "Khánh")
    assert tidy_person_name("  NGUYỄN  thị") == "NGUYỄN thị"
    assert tidy_person_name("NGUYỄN THỊ HÒA") == "Nguyễn Thị Hòa"
    assert tidy_person_name("đặng thu ngân") == "Đặng Thu Ngân"
    assert initials("Trịnh Gia Khánh") == "GK"
    assert initials("Đặng Thu Ngân") == "TN"


def test_sign_in_names_are_unique_and_without_marks():
    assert sign_in_name("Trần Bích Ngọc") == "ngoc.tran"
    assert sign_in_name("Đỗ Đình Đức") == "duc.do"
    assert sign_in_name("Trần Thị Ngọc", {"ngoc.tran", "ngoc.tran2"}) == "ngoc.tran3"
    assert sign_in_name("Khánh") == "khanh"
    assert sign_in_name("???") == "nguoidung"


def test_people_are_sorted_by_given_name_then_family_name():
    people = ["Vũ Thị Ân", "Đỗ Văn An", "Lê Văn An", "Trần Ánh", "Đặng Văn An", "Nguyễn Bình"]
    assert sorted(people, key=name_sort_key) == [
        "Đặng Văn An",
        "Đỗ Văn An",
        "Lê Văn An",
        "Trần Ánh",
        "Vũ Thị Ân",
        "Nguyễn Bình",
    ]
