"""Truy vấn của tổ chức."""

from app.org.queries.actors import actor_for_post, actor_for_session, posts_of_person
from app.org.queries.people import (
    Choice,
    absence_on,
    agency,
    agency_by_code,
    agency_choices,
    deputy_of,
    heads_of_unit,
    holders_of_principals,
    leaders_of,
    post,
    post_choices,
    posts_with_role,
    unit,
    unit_choices,
)

__all__ = [
    "Choice",
    "absence_on",
    "actor_for_post",
    "actor_for_session",
    "agency",
    "agency_by_code",
    "agency_choices",
    "deputy_of",
    "heads_of_unit",
    "holders_of_principals",
    "leaders_of",
    "post",
    "post_choices",
    "posts_of_person",
    "posts_with_role",
    "unit",
    "unit_choices",
]
