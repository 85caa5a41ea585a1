"""Thông báo: stored once per fact, expanded to people by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.events import queue
from app.core.text import clean_line
from app.core.use_case import use_case
from app.notifications import letters, queries
from app.notifications.events import NoticeRaised
from app.notifications.models import Notice, NoticePerson
from app.notifications.service.mails import mail as queue_mail


def notice(
    *,
    kind: int,
    record_id: int,
    words: str,
    principals: Iterable[int],
    urgent: bool = False,
    key: str | None = None,
    mail: bool = True,
) -> None:
    """Báo một việc cho những danh nghĩa này; joins the caller's transaction.

    :param words: one sentence with the title of the record; never its content.
    :param urgent: hỏa tốc: mailed at once, not with the morning's digest.
    :param key: whoever comes with the same key again is not heard: once only.
    :param mail: ``False`` for what the bell alone should tell.
    """
    wanted = sorted(set(principals))
    if not wanted:
        return
    made = session.execute(
        insert(Notice)
        .values(
            kind=int(kind),
            record_id=record_id,
            words=clean_line(words)[: limits.SUBJECT_CHARS * 2],
            urgent=urgent,
            mail=mail,
            key=key,
            principals=wanted,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Notice.id)
    ).scalar()
    if made is not None:
        queue(NoticeRaised(kind=int(kind), record_id=record_id, notice_id=made))


@use_case
def expand(actor: Actor, notice_id: int) -> int:
    """Phát thông báo đến từng người, and to the deputies of those who are away. May run any number of times.

    :returns: how many people got it now.
    """
    found = session.get(Notice, notice_id)
    if found is None:
        return 0
    readers = queries.readers_of(found.principals, clock.today())
    if not readers:
        return 0
    added = session.scalars(
        insert(NoticePerson)
        .values([{"notice_id": found.id, "person_id": r.person_id, "post_id": r.post_id} for r in readers])
        .on_conflict_do_nothing()
        .returning(NoticePerson.person_id)
    ).all()
    if found.urgent and found.mail:
        _mail_at_once(found, [r for r in readers if r.person_id in set(added) and r.email])
    return len(added)


def _mail_at_once(found: Notice, readers: Sequence[queries.Reader]) -> None:
    for reader in readers:
        letter = letters.urgent_notice(found, reader.name)
        queue_mail(
            to=reader.email,
            subject=letter.subject,
            body=letter.body,
            key=f"notice:{found.id}:{reader.person_id}",
            urgent=True,
        )
    session.execute(
        update(NoticePerson)
        .where(
            NoticePerson.notice_id == found.id,
            NoticePerson.person_id.in_([r.person_id for r in readers]),
        )
        .values(mailed_at=clock.now())
    )


@use_case
def mark_read(actor: Actor, notice_id: int) -> Notice:
    """Đã đọc một thông báo của mình.

    :raises NotFound: it is not the reader's.
    """
    found = session.scalar(
        select(Notice)
        .join(NoticePerson)
        .where(NoticePerson.notice_id == notice_id, NoticePerson.person_id == actor.person_id)
    )
    if found is None:
        raise NotFound
    session.execute(
        update(NoticePerson)
        .where(
            NoticePerson.notice_id == notice_id,
            NoticePerson.person_id == actor.person_id,
            NoticePerson.read_at.is_(None),
        )
        .values(read_at=clock.now())
    )
    return found


@use_case
def mark_all_read(actor: Actor, up_to: int) -> int:
    """Đã đọc tất cả: those the reader has seen listed, not what came in since.

    :param up_to: the newest notice that stood on the page.
    :returns: how many were unread.
    """
    done = session.scalars(
        update(NoticePerson)
        .where(
            NoticePerson.person_id == actor.person_id,
            NoticePerson.read_at.is_(None),
            NoticePerson.notice_id <= min(up_to, 2**62),
        )
        .values(read_at=clock.now())
        .returning(NoticePerson.notice_id)
    ).all()
    return len(done)
