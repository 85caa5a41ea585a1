"""Đăng nhập: throttling per account and address, sessions kept by the server."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from app.core import clock, limits
from app.core.actor import SYSTEM, Actor
from app.core.db import session, writing
from app.core.errors import DomainError, NotAllowed, NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.text import clean_line, fold
from app.core.use_case import use_case
from app.org.events import PasswordChanged, PostSwitched, SessionsRevoked, SignedIn, SignedOut
from app.org.models import LoginAttempt, Person, Post, UserSession
from app.org.queries.actors import posts_of_person, token_hash
from app.org.service.passwords import hash_password, password_problems, verify

log = logging.getLogger("office.security")

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại, hoặc liên hệ quản trị cơ quan để đặt lại mật khẩu."


class TooManyAttempts(DomainError):
    """Quá nhiều lần thử: the account or the address must wait."""

    status = 429


def sign_in(username: str, password: str, *, ip: str, user_agent: str, request_id: str | None = None) -> str:
    """Đăng nhập.

    :returns: the session token to put into the cookie.
    :raises TooManyAttempts: ten failures of the account, or a hundred of the address, within fifteen minutes.
    :raises Violations: wrong name or password, told without saying which.
    """
    key = fold(clean_line(username))[:100]
    _throttle(key, ip)
    person = session.scalar(select(Person).where(Person.username == key, Person.active))
    stored = person.password_hash if person else None
    if not verify(stored, password[: limits.PASSWORD_MAX_CHARS]) or person is None:
        log.warning("sign-in refused", extra={"ip": ip, "known": person is not None})
        session.add(LoginAttempt(username_key=key, ip=ip, at=clock.now()))
        session.commit()
        raise Violations([Violation(None, WRONG)])
    posts = posts_of_person(person.id)
    if not posts:
        raise Violations(["Tài khoản chưa được gán vị trí việc làm nào. Hãy liên hệ quản trị cơ quan."])
    actor = replace(
        SYSTEM,
        person_id=person.id,
        post_id=posts[0].id,
        agency_id=posts[0].agency_id,
        person_name=person.full_name,
        ip=ip,
        request_id=request_id,
    )
    return _open_session(actor, user_agent)


def _throttle(key: str, ip: str) -> None:
    since = clock.now() - timedelta(minutes=limits.LOGIN_WINDOW_MINUTES)
    for column, value, limit in (
        (LoginAttempt.username_key, key, limits.LOGIN_FAILURES),
        (LoginAttempt.ip, ip, limits.LOGIN_FAILURES_PER_ADDRESS),
    ):
        recent = session.scalar(
            select(func.count()).select_from(
                select(1).where(column == value, LoginAttempt.at > since).limit(limit).subquery()
            )
        )
        if (recent or 0) >= limit:
            log.warning("sign-in throttled", extra={"ip": ip, "by": column.key})
            raise TooManyAttempts(
                f"Đã nhập sai quá nhiều lần. Hãy thử lại sau {limits.LOGIN_WINDOW_MINUTES} phút hoặc liên hệ quản trị cơ quan."
            )


@use_case
def _open_session(actor: Actor, user_agent: str) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        UserSession(
            token_hash=token_hash(token),
            person_id=actor.person_id,
            post_id=actor.post_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=limits.SESSION_IDLE_HOURS),
            ip=actor.ip or "",
            user_agent=clean_line(user_agent)[:200],
        )
    )
    emit(actor, SignedIn(kind=RecordKind.PERSON, record_id=actor.person_id or 0, agency_id=actor.agency_id))
    return token


def keep_alive(session_id: int, created_before: datetime) -> None:
    """Gia hạn phiên đang dùng; written at most every few minutes, by the web layer."""
    with writing():
        session.execute(
            update(UserSession)
            .where(UserSession.id == session_id)
            .values(
                last_seen_at=created_before,
                expires_at=func.least(
                    created_before + timedelta(hours=limits.SESSION_IDLE_HOURS),
                    UserSession.created_at + timedelta(days=limits.SESSION_DAYS),
                ),
            )
        )
        session.commit()


@use_case
def sign_out(actor: Actor, token: str) -> None:
    """Đăng xuất: the session is dead at once, copied cookies included."""
    session.execute(
        update(UserSession).where(UserSession.token_hash == token_hash(token)).values(revoked_at=clock.now())
    )
    emit(actor, SignedOut(kind=RecordKind.PERSON, record_id=actor.person_id or 0, agency_id=actor.agency_id))


@use_case
def switch_post(actor: Actor, post_id: int, token: str) -> str:
    """Chuyển vị trí làm việc: only to a post the person holds; the session gets a new token, as after any change of rights.

    :returns: the new session token.
    """
    target = session.scalar(
        select(Post).where(Post.id == post_id, Post.person_id == actor.person_id, Post.active)
    )
    if target is None:
        raise NotFound
    fresh = secrets.token_urlsafe(32)
    session.execute(
        update(UserSession)
        .where(UserSession.token_hash == token_hash(token))
        .values(post_id=target.id, token_hash=token_hash(fresh))
    )
    emit(
        actor,
        PostSwitched(
            kind=RecordKind.PERSON,
            record_id=actor.person_id or 0,
            agency_id=target.agency_id,
            post_id=target.id,
        ),
    )
    return fresh


@use_case
def revoke_session(actor: Actor, session_id: int) -> None:
    """Thu hồi một phiên đăng nhập của chính mình."""
    row = session.get(UserSession, session_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFound
    if row.revoked_at is not None:
        raise WrongState(
            "Thiết bị này đã được đăng xuất trước đó. Hãy tải lại trang để xem danh sách mới nhất."
        )
    row.revoked_at = clock.now()
    emit(
        actor,
        SessionsRevoked(
            kind=RecordKind.PERSON, record_id=actor.person_id or 0, agency_id=actor.agency_id, count=1
        ),
    )


@use_case
def revoke_other_sessions(actor: Actor, token: str) -> int:
    """Đăng xuất mọi thiết bị khác.

    :returns: how many sessions ended.
    """
    count = end_sessions(actor.person_id or 0, keep=token)
    emit(
        actor,
        SessionsRevoked(
            kind=RecordKind.PERSON, record_id=actor.person_id or 0, agency_id=actor.agency_id, count=count
        ),
    )
    return count


def end_sessions(person_id: int, *, keep: str | None = None) -> int:
    """Chấm dứt các phiên đăng nhập của một người, trừ phiên ``keep``; joins the caller's transaction."""
    result = session.execute(
        update(UserSession)
        .where(
            UserSession.person_id == person_id,
            UserSession.token_hash != (token_hash(keep) if keep else ""),
            UserSession.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
        .returning(UserSession.id)
    )
    return len(result.all())


@use_case
def change_password(actor: Actor, current: str, fresh: str, token: str) -> None:
    """Đổi mật khẩu: every other session of the person ends.

    :raises Violations: the current password is wrong, or the new one too short or the same.
    """
    person = session.get(Person, actor.person_id, with_for_update=True)
    if person is None:
        raise NotAllowed("Tài khoản không còn hiệu lực.")
    problems = []
    if not verify(person.password_hash, current):
        problems.append(Violation("current", "Mật khẩu hiện tại không đúng. Hãy nhập lại."))
    problems += [Violation("fresh", s) for s in password_problems(fresh, person.username)]
    if current == fresh:
        problems.append(Violation("fresh", "Mật khẩu mới phải khác mật khẩu hiện tại."))
    if problems:
        raise Violations(problems)
    person.password_hash, person.must_change_password = hash_password(fresh), False
    end_sessions(person.id, keep=token)
    emit(actor, PasswordChanged(kind=RecordKind.PERSON, record_id=person.id, agency_id=actor.agency_id))
