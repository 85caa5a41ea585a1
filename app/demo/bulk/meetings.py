"""Cuộc họp nạp thử: a busy agency's years of meetings, each with thirty invitations, written by the database itself."""

from __future__ import annotations

from typing import Any, Final

import psycopg

MEETINGS: Final = 2_000
_INVITED: Final = 30

_MAKE = """
WITH host AS (
    SELECT (SELECT id FROM post WHERE agency_id = %(agency)s AND active AND 'leader' = ANY(roles) ORDER BY sort, id LIMIT 1) AS chair,
           (SELECT id FROM post WHERE agency_id = %(agency)s AND active AND 'secretary' = ANY(roles) ORDER BY sort, id LIMIT 1) AS keeper
)
INSERT INTO meeting (agency_id, state, kind, title, starts_at, ends_at, place, chair_post_id, secretary_post_id,
                     contact_post_id, uid, created_at, called_at)
SELECT %(agency)s, 'called', 'work', 'Rà soát tiến độ giải ngân, đợt ' || n, at, at + interval '90 minutes', 'Hội trường',
       chair, keeper, keeper, 'nap-thu-' || %(mark)s || '-' || n, at - interval '10 days', at - interval '9 days'
FROM host, generate_series(1, %(count)s) AS n,
     LATERAL (SELECT date_trunc('week', CAST(%(now)s AS timestamptz)) + (n / 20 - %(count)s / 40) * interval '7 days'
              + (n %% 5) * interval '1 day' + (n %% 9) * interval '1 hour' + interval '1 hour' AS at) hours
WHERE chair IS NOT NULL AND keeper IS NOT NULL
RETURNING id, starts_at, chair_post_id, secretary_post_id
"""
_INVITE = """
INSERT INTO meeting_invitee (meeting_id, agency_id, seats, position, invited_at, answer, answered_at)
SELECT m.id, a.id, 2, a.place, m.called_at,
       CASE WHEN (m.id + a.place) %% 4 > 0 THEN 'attend' END, CASE WHEN (m.id + a.place) %% 4 > 0 THEN m.called_at END
FROM meeting m,
     (SELECT id, row_number() OVER (ORDER BY sort, id) AS place FROM agency
      WHERE id <> %(agency)s AND valid_to IS NULL ORDER BY sort, id LIMIT %(invited)s) a
WHERE m.uid LIKE 'nap-thu-' || %(mark)s || '-%%'
"""
_SHOW = """
INSERT INTO record_access (principal_id, kind, record_id, sort_at, open, reason)
SELECT p.id, 4, m.id, m.starts_at, false, p.reason
FROM meeting m, LATERAL (VALUES (m.chair_post_id * 8, 'chair'), (m.secretary_post_id * 8, 'secretary'),
                                (m.agency_id * 8 + 4, 'office'), (m.agency_id * 8 + 3, 'leadership')) AS p(id, reason)
WHERE m.uid LIKE 'nap-thu-' || %(mark)s || '-%%'
UNION ALL
SELECT i.agency_id * 8 + code, 4, m.id, m.starts_at, i.answer IS NULL AND m.starts_at > CAST(%(now)s AS timestamptz), 'agency'
FROM meeting m JOIN meeting_invitee i ON i.meeting_id = m.id, (VALUES (2), (3), (4)) AS side(code)
WHERE m.uid LIKE 'nap-thu-' || %(mark)s || '-%%'
"""
_PARTIES = """
INSERT INTO meeting_party (meeting_id, agency_id, role)
SELECT m.id, m.agency_id, 'host' FROM meeting m WHERE m.uid LIKE 'nap-thu-' || %(mark)s || '-%%'
UNION ALL
SELECT i.meeting_id, i.agency_id, 'invited' FROM meeting_invitee i JOIN meeting m ON m.id = i.meeting_id
WHERE m.uid LIKE 'nap-thu-' || %(mark)s || '-%%'
"""


def fill(
    connection: psycopg.Connection[Any], agency_id: int, *, now: str, mark: str, count: int = MEETINGS
) -> dict[str, int]:
    """Nạp các cuộc họp của một cơ quan; gives how many rows of each table."""
    values = {"agency": agency_id, "now": now, "mark": mark, "count": count, "invited": _INVITED}
    made = {}
    for table, statement in (
        ("meeting", _MAKE),
        ("meeting_invitee", _INVITE),
        ("meeting_party", _PARTIES),
        ("record_access", _SHOW),
    ):
        made[table] = connection.execute(statement, values).rowcount
    return made
