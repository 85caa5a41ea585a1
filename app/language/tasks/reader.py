"""Đọc nhiệm vụ: walks the paragraphs of a document with what the paragraphs above them have said.

A heading that names a body leads every point under it; a lead-in that ends with a colon leads the list; a deadline said
once for a list holds for each of its points. A text that only explains, answers or gives an opinion has no lead-in that
orders, and nothing is made of its verbs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.core.text import clean_line
from app.language.heading.reader import Heading, heading_of
from app.language.heading.zones import Zones, read_zones
from app.language.layout.labels import Level
from app.language.layout.lines import folded
from app.language.layout.paragraphs import Paragraph
from app.language.names import agency_key
from app.language.tasks import frames
from app.language.tasks.agencies import Sentence, read_names
from app.language.tasks.deadlines import Deadline, DeadlineContext, choose, find_deadlines
from app.language.tasks.frames import Frame
from app.language.tasks.reports import asks_report
from app.language.tasks.sentences import sentences, without_quotations

MOST_TASKS = 500
_MOST_CONTENT = 4_000


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Một nhiệm vụ đọc được."""

    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    content: str
    deadline: Deadline | None
    report: bool
    rule: str
    first_line: int
    last_line: int
    point: str = ""
    """The mark of its paragraph with those above it: "2.a"."""

    def as_value(self) -> dict[str, Any]:
        """Dạng trao đổi."""
        return {
            "lead": list(self.lead),
            "coordinate": list(self.coordinate),
            "content": self.content,
            "deadline_text": self.deadline.text if self.deadline else None,
            "deadline": self.deadline.day.isoformat() if self.deadline and self.deadline.day else None,
            "report": self.report,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Kết quả đọc một văn bản: its heading and the work it gives."""

    heading: Heading
    tasks: tuple[ReadTask, ...]


@dataclass(slots=True)
class _Scope:
    """What a heading or lead-in says to the paragraphs below it."""

    depth: float
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline | None = None
    is_ordering: bool = True
    is_body: bool = False
    """Led by a heading that names a body: orders in its points are that body's own acts."""
    mark: str = ""


@dataclass(slots=True)
class _Walk:
    """One walk through the body of one document."""

    zones: Zones
    heading: Heading
    addressees: tuple[str, ...]
    context: DeadlineContext
    paragraphs: tuple[Paragraph, ...]
    scopes: list[_Scope] = field(default_factory=list)
    tasks: list[ReadTask] = field(default_factory=list)
    pending: tuple[str, ...] = ()
    """Whom the last order before a list named."""
    list_start: int = 0


_NO_TASKS = frozenset({"Tờ trình", "Báo cáo", "Biên bản", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Đơn", "Hợp đồng", "Thư công", "Bản ghi nhớ"})
_ORDERING_TYPES = frozenset({"Chỉ thị", "Công điện", "Kết luận", "Thông báo", "Kế hoạch", "Quyết định", "Nghị quyết", "Chương trình", "Hướng dẫn", "Đề án", "Phương án"})
_OPINION = re.compile(r"^(?:\W*(?:v/v|ve viec)\s+)?(?:tham gia|gop y|co y kien|y kien|phuc dap|tra loi|tham dinh|cho y kien|phan bien|thong nhat)\b")
_ASKS_OPINION = re.compile(r"(?:de nghi|xin|lay|yeu cau|don doc|moi)\b")
_ORDERS = re.compile(
    r"(?:yeu\s+cau|de\s+nghi|giao|chi\s+dao|quyet\s+dinh|ket\s+luan|nhiem\s+vu|giai\s+phap|noi\s+dung|cong\s+viec|thuc\s+hien|trien\s+khai|bien\s+phap)(?!\w)"
)
_ORDERS_NOBODY = re.compile(r"(?:yeu\s+cau|de\s+nghi|chi\s+dao|can\s+(?:thuc\s+hien|tap\s+trung|trien\s+khai)|thuc\s+hien\s+(?:cac|mot\s+so|tot|ngay|dong\s+bo|nghiem)|trien\s+khai\s+(?:cac|mot\s+so|thuc\s+hien)|nhu\s+sau)[^:]{0,120}:?\s*$")
_NEEDS = re.compile(r"(?<!\w)(?:can|phai)\s+(?:thuc\s+hien|tap\s+trung|trien\s+khai|chu\s+trong|lam\s+tot|tiep\s+tuc)(?!\w)")
_NEUTRAL = re.compile(
    r"(?:co\s+y\s+kien(?:\s+(?:tham\s+gia|gop\s+y|nhu|tra\s+loi))*\s+nhu\s+sau|huong\s+dan\s+(?:\w+\s+){0,6}nhu\s+sau|tra\s+loi\s+(?:\w+\s+){0,6}nhu\s+sau|bao\s+cao\s+(?:\w+\s+){0,8}nhu\s+sau|quy\s+dinh\s*(?:nhu\s+sau)?|cu\s+the\s*(?:nhu\s+sau)?|thong\s+bao\s+(?:\w+\s*,?\s*){0,10}nhu\s+sau|gom)\s*:?\s*$"
)
_FOR_ALL = re.compile(
    r"^\W*(?:(?:cac|nhung)\s+(?:noi\s+dung|nhiem\s+vu|cong\s+viec)(?:\s+(?:neu\s+)?tren)?.{0,60}?(?:hoan\s+thanh|xong|thuc\s+hien)|(?:thoi\s+(?:gian|han)|han)\s+(?:hoan\s+thanh|thuc\s+hien|bao\s+cao)|hoan\s+thanh|yeu\s+cau\s+hoan\s+thanh|tat\s+ca\s+.{0,50}hoan\s+thanh)"
)
_PURPOSE = re.compile(r"muc\s+dich|yeu\s+cau|quan\s+diem|danh\s+gia|tinh\s+hinh|ket\s+qua\s+dat|ton\s+tai|han\s+che|nguyen\s+nhan|muc\s+tieu|dinh\s+huong|can\s+cu")


def read_tasks(text: str, *, is_working: Callable[[date], bool] | None = None, today: date | None = None) -> Reading:
    """Đọc các nhiệm vụ mà văn bản giao.

    :param is_working: the office's calendar, for deadlines counted in working days; Monday to Friday without it.
    :param today: stands in where the text has no date (a pasted passage), so that "15/6" has a year.
    """
    zones = read_zones(text)
    heading = heading_of(zones)
    if _has_no_tasks(heading, zones):
        return Reading(heading, ())
    context = DeadlineContext(
        heading.issued_on, heading.year or (today.year if today else _year_in(zones)), {}, None
    )
    if is_working:
        context = replace(context, is_working=is_working)
    walk = _Walk(zones, heading, _addressees(zones), context, zones.body)
    walk.scopes.append(_root(walk))
    _visit_all(walk)
    return Reading(heading, tuple(walk.tasks[:MOST_TASKS]))


def _has_no_tasks(heading: Heading, zones: Zones) -> bool:
    """A paper that proposes, tells or opines gives no work."""
    if heading.type in _NO_TASKS:
        return True
    subject = folded(heading.subject or "")
    if heading.type in (None, "Công văn") and _OPINION.match(subject) and not _ASKS_OPINION.search(subject):
        opening = " ".join(p.plain for p in zones.body[:4])
        return bool(re.search(r"y\s+kien|tra\s+loi|phuc\s+dap", opening))
    return False


def _year_in(zones: Zones) -> int | None:
    """Without a date line: the latest year the text names in a date."""
    years = [int(y) for p in zones.body for y in re.findall(r"\d[/.](20\d{2})|nam\s+(20\d{2})", p.plain) for y in y if y]
    return max(years) if years else None


def _addressees(zones: Zones) -> tuple[str, ...]:
    names: list[str] = []
    for paragraph in zones.addressees:
        text = re.sub(r"^\W*[Kk][ií]nh\s*(?:gửi|gui|trình)\s*:?\s*[-–+*]?\s*|^\W*gửi\s*:\s*", "", paragraph.text)
        for part in re.split(r";\s*[-–+*]?\s*", text):
            name = clean_line(re.sub(r"^(?:[Cc]ác\s+)?(?:đồng chí|Đồng chí|Ông|Bà)\s+", "", part.strip(" .;:,-–+*"))).strip()
            name = re.sub(r"\s*\([^)]{0,80}\)$", "", name)
            if name and not paragraph.label and names and name[0].islower():
                names[-1] = f"{names[-1]} {name}"
            elif name:
                names.append(name)
    return tuple(names)


def _root(walk: _Walk) -> _Scope:
    return _Scope(-1, is_ordering=walk.heading.type in _ORDERING_TYPES)


def _visit_all(walk: _Walk) -> None:
    skip = -1
    for index, paragraph in enumerate(walk.paragraphs):
        if index <= skip or len(walk.tasks) >= MOST_TASKS:
            continue
        skip = _visit(walk, index, paragraph)


def _visit(walk: _Walk, index: int, paragraph: Paragraph) -> int:
    """Read one paragraph; answers the index of the last one read with it (details below an assignment)."""
    _leave(walk, paragraph)
    text = without_quotations(paragraph.text)
    below = _below(walk, index)
    _remember_day(walk, paragraph, text)
    if _sets_scope(walk, index, paragraph, text, below):
        return index
    if paragraph.level is Level.TEXT and _deadline_of_list(walk, text):
        return index
    made = _read_paragraph(walk, paragraph, text, has_list=bool(below))
    if made and below and not _are_acts(walk, below):
        return below[-1]
    return index


def _leave(walk: _Walk, paragraph: Paragraph) -> None:
    """Scopes at the paragraph's depth or deeper are over; a plain paragraph is below every mark but a list's end."""
    if paragraph.level is Level.TEXT:
        return
    while len(walk.scopes) > 1 and walk.scopes[-1].depth >= paragraph.level:
        walk.scopes.pop()


def _below(walk: _Walk, index: int) -> list[int]:
    """The paragraphs that stand under this one."""
    paragraph = walk.paragraphs[index]
    found: list[int] = []
    own = paragraph.level
    first: Level | None = None
    for i in range(index + 1, min(len(walk.paragraphs), index + 200)):
        level = walk.paragraphs[i].level
        if own is Level.TEXT:
            if level is Level.TEXT and (first is not None or not paragraph.ends_open or not _starts_act(walk.paragraphs[i])):
                break
            if first is None:
                if not paragraph.ends_open:
                    break
                first = level
            elif level < first:
                break
        elif level is Level.TEXT or level <= own:
            break
        found.append(i)
    return found


def _starts_act(paragraph: Paragraph) -> bool:
    sentence = Sentence(paragraph.text[:600])
    if frames.imperative(sentence) or frames.order(sentence, anywhere=False):
        return True
    found = frames.subject(sentence)
    return found is not None and (found.is_official or found.has_duty)


def _names_body(paragraph: Paragraph) -> bool:
    names = frames.heading(paragraph.text[:600])
    return names is not None and names.is_official


def _are_acts(walk: _Walk, below: list[int]) -> bool:
    """Points that are things to do, not things told."""
    top = min((walk.paragraphs[i].level for i in below), default=Level.TEXT)
    points = [walk.paragraphs[i] for i in below if walk.paragraphs[i].level == top][:12]
    acts = sum(_starts_act(p) or _names_body(p) for p in points)
    return acts * 2 >= len(points)


def _sets_scope(walk: _Walk, index: int, paragraph: Paragraph, text: str, below: list[int]) -> bool:
    """A heading or a lead-in: says whose the points below are."""
    if not below and not (paragraph.level is not Level.TEXT and _is_short_heading(walk, index, paragraph)):
        return False
    depth = _depth(walk, paragraph, below)
    names = frames.heading(text) if len(text) < 600 else None
    current = walk.scopes[-1]
    if names and (names.is_official or paragraph.ends_open):
        lead = names.items
        if re.search(r"trach\s+nhiem\s+chung", paragraph.plain) and walk.addressees:
            lead = walk.addressees
        rest = Sentence(text)
        walk.scopes.append(_Scope(depth, lead, frames.coordinators(rest), _deadline(walk, text), True, is_body=True, mark=_mark(paragraph)))
        return True
    if not _are_acts(walk, below):
        if paragraph.ends_open or not _is_short_heading(walk, index, paragraph):
            return False
        walk.scopes.append(replace(current, depth=depth, mark=_mark(paragraph), is_ordering=current.is_ordering and not _PURPOSE.search(paragraph.plain)))
        return True
    if paragraph.ends_open or _is_short_heading(walk, index, paragraph):
        walk.scopes.append(_scope_of_lead_in(walk, paragraph, text, depth))
        return True
    if paragraph.level is not Level.TEXT and below:
        walk.scopes.append(replace(current, depth=depth, mark=_mark(paragraph)))
    return False


def _is_short_heading(walk: _Walk, index: int, paragraph: Paragraph) -> bool:
    """A title over points: no full stop, not long, or in capitals."""
    text = paragraph.text.rstrip()
    if text.endswith((".", ";")) and not text.isupper():
        return False
    if _below(walk, index):
        return len(text) < 220 or text.isupper()
    return len(text) < 120 and _has_titled_siblings(walk, index, paragraph)


def _has_titled_siblings(walk: _Walk, index: int, paragraph: Paragraph) -> bool:
    """A numbered line over plain paragraphs is a title where its fellows have points below them."""
    if paragraph.level > Level.SUBSECTION or index + 1 >= len(walk.paragraphs):
        return False
    if walk.paragraphs[index + 1].level is not Level.TEXT:
        return False
    fellows = [i for i, p in enumerate(walk.paragraphs) if p.level is paragraph.level and i != index]
    return any(_below(walk, i) and not walk.paragraphs[i].text.rstrip().endswith(".") for i in fellows[:30])


def _depth(walk: _Walk, paragraph: Paragraph, below: list[int]) -> float:
    if paragraph.level is not Level.TEXT:
        return float(paragraph.level)
    top = min(walk.paragraphs[i].level for i in below)
    while len(walk.scopes) > 1 and walk.scopes[-1].depth >= top - 0.5:
        walk.scopes.pop()
    return top - 0.5


def _scope_of_lead_in(walk: _Walk, paragraph: Paragraph, text: str, depth: float) -> _Scope:
    """Whose the points are, by the last sentence before the colon; else whose they were."""
    current = walk.scopes[-1]
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline | None = None
    ordering, body = current.is_ordering, False
    for _, piece in reversed(sentences(text)[-3:]):
        sentence = Sentence(piece)
        frame = frames.order(sentence) or frames.subject(sentence)
        if frame and (frame.lead or frame.is_address) and (frame.is_official or not lead):
            if _is_issuer(walk, frame.lead) and frame.rule == "subject":
                continue
            lead = walk.addressees if frame.is_address else frame.lead
            ordering, body = True, frame.is_give or (frame.has_duty and paragraph.level is not Level.TEXT)
            coordinate, deadline = frames.coordinators(sentence), _deadline(walk, piece)
            break
    plain = paragraph.plain
    if not lead and paragraph.level is Level.TEXT:
        last = sentences(plain)[-1][1] if plain.strip() else ""
        if _NEEDS.search(last):
            ordering, lead = True, walk.pending or current.lead or walk.addressees
        elif _NEUTRAL.search(last) and not re.search(r"chi\s+dao|ket\s+luan|yeu\s+cau|nhiem\s+vu", last):
            ordering = ordering and walk.heading.type in _ORDERING_TYPES
        elif re.search(r"ket\s+luan|y\s+kien\s+chi\s+dao|quyet\s+(?:dinh|nghi)", last):
            ordering = True
        elif _ORDERS_NOBODY.search(last) or _ORDERS.search(last):
            ordering, lead = True, walk.pending or current.lead or walk.addressees
    if not lead:
        lead, body, coordinate = current.lead, current.is_body, ()
        if _PURPOSE.search(plain) and len(plain) < 120:
            ordering, lead = False, ()
    return _Scope(depth, lead, coordinate, deadline or (current.deadline if body else None), ordering, body, _mark(paragraph))


def _read_paragraph(walk: _Walk, paragraph: Paragraph, text: str, *, has_list: bool) -> bool:
    """Assignments in the sentences of one paragraph."""
    before = len(walk.tasks)
    for start, piece in sentences(text):
        _read_sentence(walk, paragraph, start, piece, is_first=len(walk.tasks) == before and not paragraph.text[:start].strip(" -"))
    for task_index in range(before, len(walk.tasks)):
        walk.tasks[task_index] = _finished(walk, walk.tasks[task_index])
    return len(walk.tasks) > before


def _read_sentence(walk: _Walk, paragraph: Paragraph, start: int, piece: str, *, is_first: bool) -> None:
    sentence = Sentence(piece)
    scope = walk.scopes[-1]
    own = [t for t in walk.tasks if t.first_line == paragraph.first_line]
    frame = _explicit(walk, paragraph, scope, sentence)
    if frame and not _adds_nothing(walk, paragraph, sentence, frame):
        lead = walk.addressees if frame.is_address or not frame.lead else frame.lead
        if own and _same(own[-1].lead, lead):
            _extend(walk, piece)
        elif own and scope.lead and not frame.has_duty and not frame.is_give and not _speaks_itself(walk, sentence, frame):
            _extend(walk, piece)
        elif own and frame.rule == "subject" and not frame.has_duty and not frame.is_official:
            _extend(walk, piece)
        else:
            rest = frame.rest if frame.rule in ("order", "subject") else 0
            _add(walk, paragraph, lead, sentence, rest, frame.rule)
        return
    if own:
        _extend(walk, piece)
        return
    listed = paragraph.level is not Level.TEXT or scope.depth > Level.SECTION
    if is_first and scope.is_ordering and scope.lead and listed and not frames.is_passing(piece):
        found = frames.imperative(sentence)
        if found and not (frame and _is_issuer(walk, frame.lead)):
            _add(walk, paragraph, scope.lead, sentence, 0, "imperative", scope)


def _explicit(walk: _Walk, paragraph: Paragraph, scope: _Scope, sentence: Sentence) -> Frame | None:
    """A body named in the sentence itself."""
    if frames.is_passing(sentence.text):
        return None
    ordered = frames.order(sentence)
    if ordered and scope.is_body and not ordered.is_give:
        ordered = None
    if ordered and scope.lead and not ordered.is_official and not _speaks_itself(walk, sentence, ordered):
        ordered = None
    if ordered:
        return ordered
    found = frames.subject(sentence)
    if found is None:
        return None
    if scope.lead and (_within(found.lead, scope.lead) if scope.is_body else _same(scope.lead, found.lead)):
        return replace(found, lead=scope.lead) if scope.is_ordering else None
    if _is_issuer(walk, found.lead) and not (scope.is_ordering and found.has_duty and paragraph.level is not Level.TEXT):
        return None
    if not found.is_official and not found.has_duty and scope.lead:
        return None
    if scope.is_ordering or found.has_duty and walk.heading.type in _ORDERING_TYPES:
        return found
    return found if found.has_duty and found.is_official and _is_addressed(walk, found.lead) else None


def _adds_nothing(walk: _Walk, paragraph: Paragraph, sentence: Sentence, frame: Frame) -> bool:
    """The wish that closes a letter: everything it asks is "thực hiện"."""
    return frames.is_formula(sentence.text[frame.rest :]) and not find_deadlines(sentence.text, walk.context)


def _speaks_itself(walk: _Walk, sentence: Sentence, frame: Frame) -> bool:
    """The issuer's own voice: "Tổng cục Thuế đề nghị …", "… quyết định giao …"."""
    before = sentence.plain[: frame.rest]
    issuer = folded(walk.heading.issuer or "")
    return bool(issuer and issuer in before) or frame.is_address


def _add(walk: _Walk, paragraph: Paragraph, lead: tuple[str, ...], sentence: Sentence, rest: int, rule: str, scope: _Scope | None = None) -> None:
    if not lead:
        return
    text = sentence.text[rest:].strip(" ,.:;–-") if rest else sentence.text
    content = clean_line(text)
    if len(content) < 8:
        return
    coordinate = frames.coordinators(sentence) or (scope.coordinate if scope else ())
    marks = [s.mark for s in walk.scopes[1:] if s.mark] + ([paragraph.label.mark] if paragraph.label and paragraph.label.mark.isalnum() else [])
    walk.tasks.append(
        ReadTask(tuple(lead), coordinate, content, None, report=False, rule=rule, first_line=paragraph.first_line, last_line=paragraph.last_line, point=".".join(dict.fromkeys(marks)))
    )


def _extend(walk: _Walk, piece: str) -> None:
    task = walk.tasks[-1]
    if frames.is_passing(piece) or len(task.content) > _MOST_CONTENT:
        return
    coordinate = [*task.coordinate, *(n for n in frames.coordinators(Sentence(piece)) if n not in task.coordinate)]
    walk.tasks[-1] = replace(task, content=f"{task.content} {clean_line(piece)}", coordinate=tuple(coordinate))


def _finished(walk: _Walk, task: ReadTask) -> ReadTask:
    """Deadline and duty to report, when the whole of it is known."""
    deadline = _deadline(walk, task.content) or next((s.deadline for s in reversed(walk.scopes) if s.deadline), None)
    if deadline and deadline.day:
        walk.context = replace(walk.context, last=deadline.day)
    return replace(task, deadline=deadline, report=asks_report(task.content), content=task.content[:_MOST_CONTENT])


def _deadline(walk: _Walk, text: str) -> Deadline | None:
    return choose(find_deadlines(text, walk.context))


def _deadline_of_list(walk: _Walk, text: str) -> bool:
    """ "Các nội dung trên hoàn thành trước ngày 30/6": for every point of the list that has none."""
    if not _FOR_ALL.match(folded(text)) or len(text) > 300:
        return False
    deadline = _deadline(walk, text)
    if deadline is None or not walk.tasks:
        return False
    for index in range(walk.list_start, len(walk.tasks)):
        if walk.tasks[index].deadline is None:
            walk.tasks[index] = replace(walk.tasks[index], deadline=deadline)
    walk.list_start = len(walk.tasks)
    return True


def _remember_day(walk: _Walk, paragraph: Paragraph, text: str) -> None:
    """The day under each numbered point, for "thời gian tại khoản 1"; and whom an order before a list names."""
    found = _deadline(walk, text)
    day = found.day if found else None
    if paragraph.label and day:
        walk.context = replace(walk.context, points={**walk.context.points, paragraph.label.mark: day})
    if paragraph.level is Level.TEXT:
        for _, piece in sentences(text):
            frame = frames.order(Sentence(piece))
            if frame and frame.is_official and frame.lead:
                walk.pending = frame.lead


def _mark(paragraph: Paragraph) -> str:
    return paragraph.label.mark if paragraph.label and paragraph.label.mark.isalnum() else ""


def _is_issuer(walk: _Walk, lead: tuple[str, ...]) -> bool:
    issuer = agency_key(walk.heading.issuer or "")
    return bool(issuer) and len(lead) == 1 and (agency_key(lead[0]) == issuer or agency_key(lead[0]).startswith(issuer))


def _is_addressed(walk: _Walk, lead: tuple[str, ...]) -> bool:
    keys = [agency_key(a) for a in walk.addressees]
    return any(any(agency_key(name) in k or k in agency_key(name) for k in keys) for name in lead)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same lead, or a shorter name of it: "Cục Thuế" for "Cục Thuế các tỉnh"."""
    a, b = {_key(n) for n in one}, {_key(n) for n in other}
    return a == b or all(any(x.startswith(y) or y.startswith(x) for x in a) for y in b)


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """ "Chủ tịch UBND các xã" under the heading "UBND các xã" is that body's own head."""
    return all(any(_key(o) in _key(i) or _key(i) in _key(o) for o in outer) for i in inner)


def _key(name: str) -> str:
    return re.sub(r"^(?:cac|nhung|lanh dao|dong chi)\s+", "", agency_key(name))
