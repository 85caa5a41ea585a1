"""Người và vị trí của thành phố mẫu."""

import re

import pytest

from app.demo.data.agencies import staffed_agencies
from app.demo.data.people import gender_balance, holders, staff

STAFF = staff()


def test_the_same_seed_gives_the_same_city():
    staff.cache_clear()
    again = staff()
    assert again == STAFF
    assert staff(7).people != STAFF.people


def test_about_ninety_people_with_unique_names_to_sign_in():
    assert 75 <= len(STAFF.people) <= 95
    for values in (
        [p.key for p in STAFF.people],
        [p.full_name for p in STAFF.people],
        [p.username for p in STAFF.people],
    ):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\d?", p.username) for p in STAFF.people)
    assert all(p.email.endswith(".example") for p in STAFF.people)


def test_women_and_men_are_nearly_as_many():
    women, men = gender_balance(STAFF)
    assert abs(women - men) <= 6


@pytest.mark.parametrize(
    "key",
    [
        "city_chairman",
        "city_vice_chairman_1",
        "office_chief",
        "city_clerk",
        "city_secretary",
        "urban_head",
        "urban_specialist",
        "SXD.director",
        "SXD.deputy",
        "SXD.clerk",
        "SXD.head_of_division",
        "SXD.specialist",
        "an-khanh.chairman",
        "an-khanh.clerk",
        "an-khanh.specialist",
    ],
)
def test_the_people_of_the_stories_have_fixed_keys(key):
    assert STAFF.post(key).person_key == key
    assert STAFF.person(key).full_name


def test_the_characters_of_the_prototype_keep_their_names():
    assert STAFF.person("city_vice_chairman_1").username == "khanh.trinh"
    assert STAFF.person("city_clerk").full_name == "Đặng Thu Ngân"
    assert STAFF.person("office_chief").full_name == "Tạ Đình Quân"


def test_every_staffed_agency_has_the_roles_its_work_needs():
    for spec in staffed_agencies():
        roles = {role for post, _ in holders(STAFF, spec.code) for role in post.roles}
        assert {"leader", "unit_head", "specialist", "clerk", "admin"} <= roles, spec.key
        heads = [post for post, _ in holders(STAFF, spec.code) if post.is_head and "leader" in post.roles]
        assert len(heads) == 1


def test_links_between_units_posts_and_people_hold():
    units = {unit.key: unit for unit in STAFF.units}
    people = {person.key for person in STAFF.people}
    posts = {post.key for post in STAFF.posts}
    assert len(units) == len(STAFF.units)
    assert len(posts) == len(STAFF.posts)
    for unit in STAFF.units:
        assert unit.parent_key is None or units[unit.parent_key].agency_code == unit.agency_code
    for post in STAFF.posts:
        assert units[post.unit_key].agency_code == post.agency_code
        assert post.person_key is None or post.person_key in people
        assert post.deputy_key is None or post.deputy_key in posts
        assert post.deputy_key != post.key


def test_some_hold_two_posts_and_one_of_them_in_two_agencies():
    agencies_of: dict[str, list[str]] = {}
    for post in STAFF.posts:
        if post.person_key:
            agencies_of.setdefault(post.person_key, []).append(post.agency_code)
    assert [len(codes) for codes in agencies_of.values()].count(2) >= 2
    assert {key for key, codes in agencies_of.items() if len(set(codes)) == 2} == {"SXD.specialist_2"}


def test_no_unit_has_two_heads():
    heads = [post.unit_key for post in STAFF.posts if post.is_head]
    assert len(heads) == len(set(heads))
