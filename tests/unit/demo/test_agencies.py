"""Cây cơ quan của thành phố mẫu."""

import re
from collections import Counter

from app.demo.data.agencies import (
    COMMUNES_BEGAN_ON,
    DISTRICTS_ENDED_ON,
    STAFFED_COMMUNES,
    STAFFED_DEPARTMENTS,
    agencies,
    agency,
    staffed_agencies,
)
from app.demo.data.communes import COMMUNE, SPECIAL_ZONE, WARD, communes, successors_of


def test_the_city_has_168_communes():
    assert Counter(commune.kind for commune in communes()) == {WARD: 113, COMMUNE: 54, SPECIAL_ZONE: 1}
    assert len({commune.title for commune in communes()}) == 168
    assert [c.name for c in successors_of("Quận 1")] == ["Sài Gòn", "Tân Định", "Bến Thành", "Cầu Ông Lãnh"]


def test_every_identifier_belongs_to_one_agency_and_has_the_form_of_its_scheme():
    specs = agencies()
    for values in ([s.key for s in specs], [s.code for s in specs], [s.legacy_code for s in specs]):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"H29(\.[A-Z0-9]+)*", s.code) and len(s.code) <= 35 for s in specs)
    assert all(re.fullmatch(r"\d{3}\.\d{2}\.\d{2}\.H29", s.legacy_code) for s in specs)


def test_a_parent_stands_before_its_children():
    seen = set()
    for spec in agencies():
        assert spec.parent_code is None or spec.parent_code in seen
        seen.add(spec.code)


def test_six_departments_six_communes_and_the_city_are_staffed():
    keys = {spec.key for spec in staffed_agencies()}
    assert keys == {"city", *STAFFED_DEPARTMENTS, *STAFFED_COMMUNES}
    assert len(keys) == 13


def test_a_dissolved_district_names_living_successors():
    district = agency("former-quan-1")
    assert district.valid_to == DISTRICTS_ENDED_ON
    by_code = {spec.code: spec for spec in agencies()}
    successors = [by_code[code] for code in district.successor_codes]
    assert agency("ben-thanh") in successors
    assert all(spec.valid_from == COMMUNES_BEGAN_ON and spec.valid_to is None for spec in successors)


def test_whoever_has_ended_has_a_successor_and_nobody_else_has():
    for spec in agencies():
        assert bool(spec.valid_to) == bool(spec.successor_codes), spec.key
        assert not (spec.valid_to and spec.staffed)


def test_names_and_notations_are_those_of_letters():
    assert agency("ben-thanh").name == "Ủy ban nhân dân phường Bến Thành"
    assert agency("ben-thanh").short_name == "UBND phường Bến Thành"
    assert agency("con-dao").short_name == "UBND đặc khu Côn Đảo"
    assert {agency(key).abbreviation for key in ("city", "ben-thanh", "can-gio")} == {"UBND"}
    assert agency("SXD").abbreviation == "SXD"
    assert agency("thanh-an").name != agency("thanh-an-dau-tieng").name
