"""Vị trí việc làm: titles, roles, and who holds them from when to when."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations, WrongState
from app.core.events import Changes, Event, emit
from app.core.permissions import Role
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.org import open_work, queries
from app.org.events import HolderChanged, PostClosed, PostReopened, PostSaved
from app.org.models import Person, Post, PostHolding, Unit
from app.org.policy import Permission, by_right, is_own, same_agency
from app.org.service.delegation import end_delegations_of


@use_case
def add_post(
    actor: Actor,
    *,
    title: str,
    unit_id: int | None,
    roles: Sequence[str],
    is_head: bool,
    sort: int,
    person_id: int | None = None,
) -> Post:
    """Thêm vị trí việc làm, có thể kèm người giữ."""
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    unit = _unit(actor, unit_id)
    person = _person(actor, person_id)
    problems = _head_problems(actor, unit, is_head=is_head, but=None)
    if problems:
        raise Violations(problems)
    post = Post(
        agency_id=actor.agency_id,
        unit_id=unit.id if unit else None,
        title=title,
        roles=_clean(roles),
        is_head=is_head,
        sort=sort,
    )
    session.add(post)
    session.flush()
    _tell(
        actor,
        post,
        PostSaved,
        {
            "post_title": (None, title),
            "post_roles": ([], post.roles),
            "post_unit": (None, unit.name if unit else None),
        },
    )
    if person is not None:
        take_post(actor, post, person)
    return post


@use_case
def edit_post(
    actor: Actor,
    post_id: int,
    *,
    title: str,
    unit_id: int | None,
    roles: Sequence[str],
    is_head: bool,
    sort: int,
    version: int | None = None,
) -> Post:
    """Sửa vị trí việc làm.

    :raises NotAllowed: the administrator changes the roles of a post he holds himself.
    :raises Violations: a second head of the unit, or no administrator would be left.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    post = _of_my_agency(actor, post_id, version)
    unit, fresh = _unit(actor, unit_id), _clean(roles)
    if is_own(actor, post.person_id) and set(fresh) != set(post.roles):
        raise NotAllowed(
            "Không ai tự đổi vai trò của mình. Hãy nhờ một quản trị khác của cơ quan sửa vai trò của vị trí này."
        )
    problems = [
        *_head_problems(actor, unit, is_head=is_head, but=post.id),
        *_admin_problems(post, fresh, post.person_id),
    ]
    if problems:
        raise Violations(problems)
    changes = {
        "post_title": (post.title, title),
        "post_unit": (post.unit.name if post.unit else None, unit.name if unit else None),
        "post_roles": (sorted(post.roles), fresh),
        "post_head": (post.is_head, is_head),
        "post_sort": (post.sort, sort),
    }
    post.title, post.unit_id, post.roles = title, unit.id if unit else None, fresh
    post.is_head, post.sort = is_head, sort
    touch(post)
    _tell(actor, post, PostSaved, {f: pair for f, pair in changes.items() if pair[0] != pair[1]})
    return post


@use_case
def change_holder(actor: Actor, post_id: int, *, person_id: int | None, version: int | None = None) -> Post:
    """Thay người giữ vị trí: the post's work stays with the post; nobody may hold it for a while.

    :raises Violations: the same person, or no administrator would be left.
    :raises NotAllowed: the administrator gives the post to himself.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    post = _of_my_agency(actor, post_id, version)
    person = _person(actor, person_id)
    _check_open(post)
    if post.person_id == person_id:
        words = "đang trống" if person is None else f"đang do {person.full_name} giữ"
        raise Violations([Violation("person", f"Vị trí này {words}. Hãy chọn người khác.")])
    problems = _admin_problems(post, post.roles, person_id)
    if problems:
        raise Violations(problems)
    if post.person_id is not None:
        end_holding(actor, post, tell=person is None)
    if person is not None:
        take_post(actor, post, person)
    touch(post)
    return post


def take_post(actor: Actor, post: Post, person: Person) -> None:
    """Giao vị trí cho một người, ghi vào quá trình; joins the caller's transaction."""
    before = session.scalar(
        select(PostHolding.person_id)
        .where(PostHolding.post_id == post.id)
        .order_by(PostHolding.id.desc())
        .limit(1)
    )
    post.person_id = person.id
    session.add(PostHolding(post_id=post.id, person_id=person.id, since=clock.today()))
    session.flush()
    earlier = session.get(Person, before) if before is not None else None
    emit(
        actor,
        HolderChanged(
            kind=RecordKind.PERSON,
            record_id=person.id,
            agency_id=post.agency_id,
            post_id=post.id,
            before_person_id=before,
            after_person_id=person.id,
        ),
        {
            "post": (None, post.title),
            "post_holder": (earlier.full_name if earlier else None, person.full_name),
        },
    )


def end_holding(actor: Actor, post: Post, *, tell: bool = True) -> None:
    """Thôi giữ vị trí: the history is closed, delegations of the post end; joins the caller's transaction."""
    leaver = session.get_one(Person, post.person_id)
    session.execute(
        update(PostHolding)
        .where(PostHolding.post_id == post.id, PostHolding.until.is_(None))
        .values(until=clock.today())
    )
    end_delegations_of(actor, post)
    post.person_id = None
    session.flush()
    if tell:
        emit(
            actor,
            HolderChanged(
                kind=RecordKind.PERSON,
                record_id=leaver.id,
                agency_id=post.agency_id,
                post_id=post.id,
                before_person_id=leaver.id,
                after_person_id=None,
            ),
            {"post": (post.title, None), "post_holder": (leaver.full_name, None)},
        )


@use_case
def close_post(actor: Actor, post_id: int, *, version: int | None = None) -> Post:
    """Đóng vị trí việc làm.

    :raises Violations: somebody holds it, or it still holds work.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    post = _of_my_agency(actor, post_id, version)
    _check_open(post)
    problems = []
    if post.person is not None:
        problems.append(f"Vị trí đang do {post.person.full_name} giữ. Hãy để trống vị trí trước khi đóng.")
    work = open_work.open_work([post.id])
    if work:
        problems.append(f"Vị trí còn {open_work.in_words(work)}. Hãy bàn giao công việc trước khi đóng.")
    if problems:
        raise Violations(problems)
    post.active = False
    touch(post)
    _tell(actor, post, PostClosed, {})
    return post


@use_case
def reopen_post(actor: Actor, post_id: int, *, version: int | None = None) -> Post:
    """Mở lại vị trí việc làm.

    :raises WrongState: it is open.
    """
    actor = by_right(actor, Permission.PEOPLE_MANAGE)
    post = _of_my_agency(actor, post_id, version)
    if post.active:
        raise WrongState("Vị trí này đang mở. Hãy tải lại trang để xem tình trạng mới nhất.")
    if post.unit is not None and not post.unit.active:
        raise WrongState(f"Đơn vị {post.unit.name} đã ngừng. Hãy mở lại đơn vị trước.")
    post.active = True
    touch(post)
    _tell(actor, post, PostReopened, {})
    return post


def _tell(actor: Actor, post: Post, event: type[Event], changes: Changes) -> None:
    """Vacant posts have no person: the event stands on the agency then."""
    record = (
        (RecordKind.PERSON, post.person_id)
        if post.person_id is not None
        else (RecordKind.AGENCY, post.agency_id)
    )
    shown = {"post": (None, post.title), **changes} if "post_title" not in changes else changes
    emit(
        actor,
        event(kind=record[0], record_id=record[1], agency_id=post.agency_id, post_id=post.id),  # type: ignore[call-arg]
        shown,
    )


def _of_my_agency(actor: Actor, post_id: int, version: int | None) -> Post:
    post = load_for_change(Post, post_id, version)
    if not same_agency(actor, post.agency_id):
        raise NotFound
    return post


def _check_open(post: Post) -> None:
    if not post.active:
        raise WrongState("Vị trí này đã đóng. Hãy mở lại vị trí trước.")


def _unit(actor: Actor, unit_id: int | None) -> Unit | None:
    return queries.unit(unit_id, actor.agency_id or 0) if unit_id is not None else None


def _person(actor: Actor, person_id: int | None) -> Person | None:
    if person_id is None:
        return None
    if is_own(actor, person_id):
        raise NotAllowed(
            "Không ai tự nhận thêm vị trí. Hãy nhờ một quản trị khác của cơ quan giao vị trí này."
        )
    person = session.get(Person, person_id)
    if person is None or not person.active or not same_agency(actor, person.agency_id):
        raise NotFound
    return person


def _clean(roles: Sequence[str]) -> list[str]:
    known = {str(r) for r in Role}
    return sorted({r for r in roles if r in known})


def _head_problems(actor: Actor, unit: Unit | None, *, is_head: bool, but: int | None) -> list[Violation]:
    if not is_head:
        return []
    head = queries.head_post(actor.agency_id or 0, unit.id if unit else None)
    if head is None or head.id == but:
        return []
    where = unit.name if unit else "cơ quan"
    return [
        Violation("is_head", f"Vị trí “{head.title}” đang đứng đầu {where}. Hãy bỏ dấu ở vị trí đó trước.")
    ]


def _admin_problems(post: Post, roles: Sequence[str], person_id: int | None) -> list[Violation]:
    """The agency keeps at least one administrator who can sign in."""
    was = Role.ADMIN in post.roles and post.person_id is not None
    still = Role.ADMIN in roles and person_id is not None
    if not was or still or queries.other_admins(post.agency_id, but_post=post.id):
        return []
    return [
        Violation(
            "roles", "Cơ quan phải còn ít nhất một quản trị. Hãy giao vai trò quản trị cho người khác trước."
        )
    ]
