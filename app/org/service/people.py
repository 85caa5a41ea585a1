"""Quản lý người dùng: an agency's administrator manages its own people and sees none of their documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.permissions import Role
from app.core.records import RecordKind
from app.core.text import fold, name_sort_key
from app.core.use_case import load_for_change, touch, use_case
from app.language.names import sign_in_name, tidy_person_name
from app.org import open_work, queries
from app.org.events import PasswordReset, PersonActivated, PersonChanged, PersonCreated, PersonDeactivated
from app.org.models import Person
from app.org.policy import Permission, by_right, is_own, same_agency
from app.org.service.passwords import draw_one_time
from app.org.service.posts import end_holding, take_post
from app.org.service.sign_in import end_sessions

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?")


@dataclass(frozen=True)
class NewAccount:
    """Tài khoản vừa cấp: its one-time password is shown once and stored nowhere in clear."""

    person: Person
    password: str

    @property
    def record_kind(self) -> RecordKind:
        """Loại hồ sơ mà lần gửi lặp được dẫn về."""
        return RecordKind.PERSON

    @property
    def id(self) -> int:
        """Khóa của người."""
        return self.person.id


@use_case
def add_person(
    actor: Actor,
    *,
    full_name: str,
    username: str = "",
    email: str = "",
    phone: str = "",
    post_id: int | None = None,
) -> NewAccount:
    """Thêm người dùng: an account with a one-time password, and a vacant post if one is named."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    full_name = tidy_person_name(full_name)
    username = username or sign_in_name(full_name, taken=queries.usernames_like(full_name))
    problems = username_problems(username)
    post = queries.post(post_id, actor.agency_id or 0) if post_id is not None else None
    if post is not None and post.person_id is not None:
        problems.append(Violation("post", "Vị trí này vừa có người giữ. Hãy chọn vị trí khác."))
    if problems:
        raise Violations(problems)
    account = create_account(actor, full_name, username, email=email, phone=phone)
    if post is not None:
        take_post(actor, post, account.person)
    return account


def create_account(
    actor: Actor, full_name: str, username: str, *, email: str = "", phone: str = ""
) -> NewAccount:
    """Ghi một tài khoản mới của cơ quan mình; joins the caller's transaction."""
    shown, stored = draw_one_time()
    person = Person(
        agency_id=actor.agency_id,
        full_name=full_name,
        sort_key=name_sort_key(full_name),
        search_key=search_key(full_name, username),
        username=username,
        email=email,
        phone=phone,
        password_hash=stored,
        must_change_password=True,
        settings={},
    )
    session.add(person)
    _flush_username()
    emit(
        actor,
        PersonCreated(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id),
        {"full_name": (None, full_name), "username": (None, username)},
    )
    return NewAccount(person, shown)


@use_case
def edit_person(
    actor: Actor,
    person_id: int,
    *,
    full_name: str,
    username: str,
    email: str,
    phone: str,
    version: int | None = None,
) -> Person:
    """Sửa thông tin người dùng."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    person = _of_my_agency(actor, person_id, version)
    full_name = tidy_person_name(full_name)
    problems = username_problems(username, but=person.id)
    if problems:
        raise Violations(problems)
    changes = {
        "full_name": (person.full_name, full_name),
        "username": (person.username, username),
        "contact_phone": (person.phone, phone),
        "contact_email": (person.email, email),
    }
    person.full_name, person.sort_key = full_name, name_sort_key(full_name)
    person.username, person.search_key = username, search_key(full_name, username)
    person.email, person.phone = email, phone
    touch(person)
    _flush_username()
    emit(
        actor,
        PersonChanged(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id),
        {field: pair for field, pair in changes.items() if pair[0] != pair[1]},
    )
    return person


@use_case
def deactivate_person(actor: Actor, person_id: int, *, version: int | None = None) -> Person:
    """Khóa người dùng: signed out everywhere at once, posts left vacant.

    :raises Violations: a post of the person still holds work, or the agency would have no administrator left.
    :raises WrongState: locked already.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    person = _of_my_agency(actor, person_id, version)
    if is_own(actor, person.id):
        raise NotAllowed(
            "Anh/chị không thể tự khóa tài khoản của mình. Hãy nhờ một quản trị khác của cơ quan."
        )
    if not person.active:
        raise WrongState("Tài khoản này đã bị khóa. Hãy tải lại trang để xem tình trạng mới nhất.")
    problems = leaving_problems(person)
    if problems:
        raise Violations(problems)
    for post in queries.posts_of_person(person.id):
        end_holding(actor, post)
    person.active = False
    touch(person)
    end_sessions(person.id)
    emit(actor, PersonDeactivated(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id))
    return person


def leaving_problems(person: Person) -> list[str]:
    """Vì sao chưa khóa được: open work of each post, and the last administrator."""
    problems = []
    for post in queries.posts_of_person(person.id):
        work = open_work.open_work([post.id])
        if work:
            problems.append(
                f"Vị trí “{post.title}” còn {open_work.in_words(work)}. "
                "Hãy bàn giao công việc hoặc thay người giữ vị trí trước khi khóa."
            )
        if Role.ADMIN in post.roles and not queries.other_admins(post.agency_id, but_person=person.id):
            problems.append(
                "Đây là quản trị duy nhất của cơ quan. Hãy giao vai trò quản trị cho người khác trước khi khóa."
            )
    return problems


@use_case
def activate_person(actor: Actor, person_id: int, *, version: int | None = None) -> Person:
    """Mở khóa người dùng; posts are given back by hand.

    :raises WrongState: not locked.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    person = _of_my_agency(actor, person_id, version)
    if person.active:
        raise WrongState("Tài khoản này đang hoạt động. Hãy tải lại trang để xem tình trạng mới nhất.")
    person.active = True
    touch(person)
    emit(actor, PersonActivated(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id))
    return person


@use_case
def reset_password(actor: Actor, person_id: int, *, version: int | None = None) -> NewAccount:
    """Đặt lại mật khẩu: a one-time password in place of the old one; every session of the person ends.

    :raises WrongState: the account is locked.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    person = _of_my_agency(actor, person_id, version)
    if not person.active:
        raise WrongState("Tài khoản này đang bị khóa. Hãy mở khóa trước khi đặt lại mật khẩu.")
    if is_own(actor, person.id):
        raise NotAllowed("Mật khẩu của chính mình thì đổi ở trang “Đổi mật khẩu”.")
    shown, person.password_hash = draw_one_time()
    person.must_change_password = True
    touch(person)
    end_sessions(person.id)
    emit(actor, PasswordReset(kind=RecordKind.PERSON, record_id=person.id, agency_id=person.agency_id))
    return NewAccount(person, shown)


def _of_my_agency(actor: Actor, person_id: int, version: int | None) -> Person:
    person = load_for_change(Person, person_id, version)
    if not same_agency(actor, person.agency_id):
        raise NotFound
    return person


def username_problems(username: str, *, but: int | None = None) -> list[Violation]:
    """Tên đăng nhập có dùng được không."""
    if not USERNAME.fullmatch(username):
        return [
            Violation(
                "username",
                "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch nối; ví dụ “ngoc.tran”.",
            )
        ]
    taken = session.scalar(select(Person.id).where(Person.username == username))
    if taken is not None and taken != but:
        return [
            Violation("username", f"Tên đăng nhập “{username}” đã có người dùng. Hãy thêm chữ số vào cuối.")
        ]
    return []


def search_key(full_name: str, username: str) -> str:
    """Khóa tìm người không dấu."""
    return f"{fold(full_name)} {username}"


def _flush_username() -> None:
    """Two administrators may take one name at the same instant: the unique index decides."""
    try:
        session.flush()
    except IntegrityError as clash:
        if "uq_person_username" not in str(clash.orig):
            raise
        raise Violations(
            [Violation("username", "Tên đăng nhập vừa có người dùng. Hãy thêm chữ số vào cuối.")]
        ) from clash
