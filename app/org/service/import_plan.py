"""Xét danh sách nhập: what each row would become, and everything doubtful about it, by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.permissions import ROLE_LABELS, Role
from app.core.text import fold
from app.language.names import sign_in_name, split_person_name, tidy_person_name
from app.org.queries.imports import Known
from app.org.service.import_file import PERSON_COLUMNS, UNIT_COLUMNS, RawList, RawRow
from app.org.service.people import USERNAME

_NAME = re.compile(r"[^\W\d_]+(?:[ .'’\-]+[^\W\d_]+)*\.?")
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_PHONE = re.compile(r"[0-9 +().\-/]{3,40}")
_YES, _NO = {"x", "co", "1", "yes", "true"}, {"", "khong", "0", "no", "false"}
_ROLES = {fold(words): role.value for role, words in ROLE_LABELS.items()} | {
    fold(words): role
    for words, role in (
        ("Lãnh đạo", "leader"), ("Chánh văn phòng", "office_chief"), ("Quản trị", "admin"), ("Trưởng phòng", "unit_head"),
    )
}  # fmt: skip


class Level(StrEnum):
    """Mức của một điểm cần lưu ý."""

    MUST_FIX = "must_fix"  # nothing can be imported while it stands
    REVIEW = "review"  # imported only when a person says so


@dataclass(frozen=True)
class Problem:
    """Một điểm cần lưu ý trong tệp."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    level: Level


@dataclass(frozen=True)
class PlannedUnit:
    """Đơn vị sẽ thêm; ``parent`` is the folded name of a unit known or planned."""

    name: str
    abbreviation: str
    parent: str | None


@dataclass(frozen=True)
class PlannedPerson:
    """Người sẽ thêm, với vị trí nếu có chức danh."""

    full_name: str
    username: str
    title: str
    unit: str | None  # folded name
    unit_name: str
    roles: tuple[str, ...]
    is_head: bool
    phone: str
    email: str


@dataclass
class Plan:
    """Kế hoạch nhập."""

    units: list[PlannedUnit] = field(default_factory=list)
    people: list[PlannedPerson] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def must_fix(self) -> int:
        """Số điểm phải sửa trong tệp."""
        return sum(p.level == Level.MUST_FIX for p in self.problems)

    @property
    def to_review(self) -> int:
        """Số điểm cần xem lại."""
        return len(self.problems) - self.must_fix


def names_in(raw: RawList) -> tuple[list[str], list[str]]:
    """Tên đăng nhập ghi trong tệp, và tên riêng của những người chưa ghi."""
    typed = [fold(r.values["username"]) for r in raw.people if r.values.get("username")]
    given = [
        fold(split_person_name(r.values.get("full_name", "")).given)
        for r in raw.people
        if not r.values.get("username")
    ]
    return typed, given


def make_plan(raw: RawList, known: Known) -> Plan:
    """Xét từng dòng, đơn vị trước vì người nằm trong đơn vị."""
    plan = Plan()
    units = _plan_units(raw.units, known, plan)
    _plan_people(raw.people, known, units, plan)
    return plan


class _Row:
    """One row being judged: reads fields, notes problems under the heading of the column."""

    def __init__(self, sheet: str, row: RawRow, columns: dict[str, tuple[str, ...]], plan: Plan) -> None:
        self.sheet, self.row, self.columns, self.plan = sheet, row, columns, plan
        self.fatal = False
        for name, kind in row.odd.items():
            self._odd(name, kind)

    def get(self, name: str) -> str:
        return self.row.values.get(name, "")

    def bad(self, name: str, reason: str) -> None:
        self.fatal = True
        self._note(name, reason, Level.MUST_FIX)

    def doubt(self, name: str, reason: str) -> None:
        self._note(name, reason, Level.REVIEW)

    def _note(self, name: str, reason: str, level: Level) -> None:
        heading = self.columns[name][0] if name in self.columns else ""
        self.plan.problems.append(
            Problem(self.sheet, self.row.number, heading, self.get(name)[:80], reason, level)
        )

    def _odd(self, name: str, kind: str) -> None:
        if name == "extra":
            self.plan.problems.append(
                Problem(
                    self.sheet,
                    self.row.number,
                    "",
                    kind,
                    "Ô nằm ngoài các cột của mẫu, sẽ bỏ qua.",
                    Level.REVIEW,
                )
            )
        elif kind == "formula":
            self.bad(name, "Ô chứa công thức. Hãy dán lại dạng giá trị.")
        elif kind == "error":
            self.bad(name, "Ô báo lỗi của bảng tính. Hãy nhập lại giá trị.")
        elif kind == "number" and name == "phone":
            self.doubt(name, "Số điện thoại lưu dạng số, có thể đã mất số 0 ở đầu.")


def _plan_units(rows: Iterable[RawRow], known: Known, plan: Plan) -> set[str]:
    """Returns the folded names of all units there will be."""
    seen: dict[str, int] = {}
    parents: list[tuple[_Row, str, str]] = []
    for raw in rows:
        row = _Row("Đơn vị", raw, UNIT_COLUMNS, plan)
        name, key = row.get("name"), fold(row.get("name"))
        if not name:
            row.bad("name", "Thiếu tên đơn vị.")
        elif len(name) > 150:
            row.bad("name", "Tên đơn vị dài quá 150 ký tự.")
        elif key in seen:
            row.bad("name", f"Trùng với dòng {seen[key]} trong tệp.")
        elif key in known.units:
            row.doubt("name", "Cơ quan đã có đơn vị này, dòng này sẽ bỏ qua.")
            row.fatal = True
        if key:
            seen.setdefault(key, raw.number)
        parent = fold(row.get("parent")) or None
        if parent:
            parents.append((row, key, parent))
        if not row.fatal:
            abbreviation = row.get("abbreviation")[:20] or _abbreviate(name)
            plan.units.append(PlannedUnit(name, abbreviation, parent))
    everywhere = set(seen) | set(known.units)
    for row, key, parent in parents:
        if parent not in everywhere:
            row.bad("parent", "Không có đơn vị này trong cơ quan hay trong tệp.")
        elif parent == key:
            row.bad("parent", "Đơn vị không thể nằm dưới chính nó.")
    _refuse_circles(plan, known)
    return everywhere


def _abbreviate(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"\w+", name)).upper()[:20]


def _refuse_circles(plan: Plan, known: Known) -> None:
    above = {fold(u.name): u.parent for u in plan.units}
    for unit in plan.units:
        key: str | None = fold(unit.name)
        path: set[str] = set()
        while key is not None and key not in path and key not in known.units:
            path.add(key)
            key = above.get(key)
        if key is not None and key in path:
            plan.problems.append(
                Problem(
                    "Đơn vị",
                    0,
                    "Thuộc đơn vị",
                    unit.name,
                    "Các đơn vị nằm vòng tròn dưới nhau.",
                    Level.MUST_FIX,
                )
            )
            return


def _plan_people(rows: Iterable[RawRow], known: Known, units: set[str], plan: Plan) -> None:
    taken, names, heads, mails = set(known.usernames), {}, {}, {}  # type: ignore[var-annotated]
    typed = {fold(r.values["username"]) for r in rows if r.values.get("username")}
    used: dict[str, int] = {}
    for raw in rows:
        row = _Row("Người dùng", raw, PERSON_COLUMNS, plan)
        full_name = _full_name(row, known, names)
        username = _username(row, full_name, taken, typed, used)
        title, unit = _post(row, units)
        person = PlannedPerson(
            full_name, username, title, unit, row.get("unit"), _roles(row, title), _is_head(row, unit, title, known, heads),
            _phone(row), _mail(row, known, mails),
        )  # fmt: skip
        if not row.fatal:
            plan.people.append(person)


def _full_name(row: _Row, known: Known, names: dict[str, int]) -> str:
    full_name = tidy_person_name(row.get("full_name"))
    key = fold(full_name)
    if not full_name:
        row.bad("full_name", "Thiếu họ và tên.")
    elif len(full_name) > 100 or not _NAME.fullmatch(full_name):
        row.bad("full_name", "Họ và tên chỉ gồm chữ cái, nhiều nhất 100 ký tự.")
    elif len(full_name.split()) < 2:
        row.doubt("full_name", "Chỉ có một chữ, có thể thiếu họ.")
    if key and key in names:
        row.doubt("full_name", f"Cùng họ tên với dòng {names[key]}; nếu là một người thì xóa bớt.")
    elif key in known.people:
        row.doubt("full_name", f"Cơ quan đã có người cùng họ tên ({known.people[key]}).")
    names.setdefault(key, row.row.number)
    return full_name


def _username(row: _Row, full_name: str, taken: set[str], typed: set[str], used: dict[str, int]) -> str:
    username = row.get("username")
    if not username:
        username = sign_in_name(full_name, taken=taken | typed)
    elif not USERNAME.fullmatch(username):
        row.bad("username", "Chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch nối; ví dụ ngoc.tran.")
    elif username in used:
        row.bad("username", f"Trùng với dòng {used[username]} trong tệp.")
    elif username in taken:
        row.bad("username", "Đã có người dùng tên đăng nhập này.")
    used.setdefault(username, row.row.number)
    taken.add(username)
    return username


def _post(row: _Row, units: set[str]) -> tuple[str, str | None]:
    title, unit = row.get("title"), fold(row.get("unit")) or None
    if len(title) > 150:
        row.bad("title", "Chức danh dài quá 150 ký tự.")
    if unit is not None and unit not in units:
        row.bad("unit", "Không có đơn vị này trong cơ quan hay trong tệp.")
    if not title:
        row.doubt("title", "Chưa có chức danh: tài khoản được tạo nhưng chưa giữ vị trí nào.")
    return title, unit


def _roles(row: _Row, title: str) -> tuple[str, ...]:
    found = []
    for words in re.split(r"[,;]", row.get("roles")):
        key = fold(words).strip()
        if key and key not in _ROLES:
            row.bad(
                "roles",
                f"Không có vai trò “{words.strip()}”. Các vai trò: {', '.join(ROLE_LABELS.values())}.",
            )
        elif key:
            found.append(_ROLES[key])
    if Role.ADMIN in found:
        row.doubt("roles", "Người này sẽ có quyền quản trị cơ quan.")
    return tuple(dict.fromkeys(found)) or ((Role.SPECIALIST.value,) if title else ())


def _is_head(row: _Row, unit: str | None, title: str, known: Known, heads: dict[str | None, int]) -> bool:
    words = fold(row.get("is_head"))
    if words not in _YES | _NO:
        row.bad("is_head", "Ghi “x” nếu đứng đầu đơn vị, để trống nếu không.")
    if words not in _YES:
        return False
    if not title:
        row.bad("is_head", "Người đứng đầu đơn vị phải có chức danh.")
    stored = known.units.get(unit) if unit is not None else None
    if unit in heads:
        row.bad("is_head", f"Dòng {heads[unit]} cũng đứng đầu đơn vị này.")
    elif (stored.id if stored else None) in known.headed_units and (stored is not None or unit is None):
        row.bad("is_head", "Đơn vị này đã có người đứng đầu.")
    heads.setdefault(unit, row.row.number)
    return True


def _phone(row: _Row) -> str:
    phone = row.get("phone")
    if phone and not _PHONE.fullmatch(phone):
        row.bad("phone", "Số điện thoại chỉ gồm chữ số, khoảng trắng và các dấu + ( ) . - /.")
    return phone


def _mail(row: _Row, known: Known, mails: dict[str, int]) -> str:
    mail = row.get("email")
    if mail and not _MAIL.fullmatch(mail):
        row.bad("email", "Địa chỉ thư điện tử không đúng.")
    elif mail and mail.lower() in mails:
        row.doubt("email", f"Cùng địa chỉ thư với dòng {mails[mail.lower()]}.")
    elif mail and mail.lower() in known.emails:
        row.doubt("email", "Địa chỉ thư này đã có người trong cơ quan dùng.")
    if mail:
        mails.setdefault(mail.lower(), row.row.number)
    return mail
