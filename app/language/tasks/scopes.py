"""Đề mục và câu dẫn: what a title or lead-in says to the points below it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.language.layout.labels import Level
from app.language.layout.paragraphs import Paragraph
from app.language.tasks import frames
from app.language.tasks.agencies import Sentence
from app.language.tasks.deadlines import Deadline
from app.language.tasks.gates import ORDERING_TYPES
from app.language.tasks.leads import is_issuer
from app.language.tasks.model import Scope, Walk
from app.language.tasks.periods import deadline_in
from app.language.tasks.sentences import sentences

_ORDERS = re.compile(
    r"(?:yeu\s+cau|de\s+nghi|giao|chi\s+dao|quyet\s+dinh|ket\s+luan|nhiem\s+vu|giai\s+phap|noi\s+dung|cong\s+viec|thuc\s+hien|trien\s+khai|bien\s+phap)(?!\w)"
)
_ORDERS_NOBODY = re.compile(
    r"(?:yeu\s+cau|de\s+nghi|chi\s+dao|can\s+(?:thuc\s+hien|tap\s+trung|trien\s+khai)|thuc\s+hien\s+(?:cac|mot\s+so|tot|ngay|dong\s+bo|nghiem)|trien\s+khai\s+(?:cac|mot\s+so|thuc\s+hien)|nhu\s+sau)[^:]{0,120}:?\s*$"
)
_SHARES_OUT = re.compile(
    r"cong\s+tac\s+chuan\s+bi|phan\s+cong|to\s+chuc\s+thuc\s+hien|giao\s+nhiem\s+vu|trach\s+nhiem|phan\s+cong\s+nhiem\s+vu"
)
_NEEDS = re.compile(
    r"(?<!\w)(?:can|phai)\s+(?:thuc\s+hien|tap\s+trung|trien\s+khai|chu\s+trong|lam\s+tot|tiep\s+tuc)(?!\w)"
)
_NEUTRAL = re.compile(
    r"(?:co\s+y\s+kien(?:\s+(?:tham\s+gia|gop\s+y|nhu|tra\s+loi))*\s+nhu\s+sau|huong\s+dan\s+(?:\w+\s+){0,6}nhu\s+sau|tra\s+loi\s+(?:\w+\s+){0,6}nhu\s+sau|bao\s+cao\s+(?:\w+\s+){0,8}nhu\s+sau|quy\s+dinh\s*(?:nhu\s+sau)?|cu\s+the\s*(?:nhu\s+sau)?|thong\s+bao\s+(?:\w+\s*,?\s*){0,10}nhu\s+sau|gom)\s*:?\s*$"
)
_PURPOSE = re.compile(
    r"muc\s+dich|yeu\s+cau|quan\s+diem|danh\s+gia|tinh\s+hinh|ket\s+qua\s+dat|ton\s+tai|han\s+che|nguyen\s+nhan|muc\s+tieu|dinh\s+huong|can\s+cu"
)


def sets_scope(walk: Walk, index: int, paragraph: Paragraph, text: str, below: list[int]) -> bool:
    """Đề mục hoặc câu dẫn: says whose the points below are."""
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
        walk.scopes.append(
            Scope(
                depth,
                lead,
                frames.coordinators(rest),
                deadline_in(walk, text),
                True,
                is_body=True,
                mark=mark_of(paragraph),
            )
        )
        return True
    if (
        current.shares_out
        and paragraph.level is not Level.TEXT
        and _titles_unknown_body(walk, index, paragraph, below)
    ):
        walk.scopes.append(
            Scope(
                depth,
                (
                    re.sub(
                        r"^(?:Đối với|Về phía|Trách nhiệm của|Nhiệm vụ của|Đề nghị|Giao)\s+",
                        "",
                        text.rstrip(" :.;-–"),
                    ),
                ),
                (),
                None,
                True,
                is_body=True,
                mark=mark_of(paragraph),
            )
        )
        return True
    if not are_acts(walk, below):
        if paragraph.ends_open or not _is_short_heading(walk, index, paragraph):
            return False
        walk.scopes.append(
            replace(
                current,
                depth=depth,
                mark=mark_of(paragraph),
                shares_out=bool(_SHARES_OUT.search(paragraph.plain)),
                is_ordering=current.is_ordering and not _PURPOSE.search(paragraph.plain),
            )
        )
        return True
    if paragraph.ends_open or _is_short_heading(walk, index, paragraph):
        walk.scopes.append(_scope_of_lead_in(walk, paragraph, text, depth))
        return True
    if paragraph.level is not Level.TEXT and below:
        walk.scopes.append(replace(current, depth=depth, mark=mark_of(paragraph)))
    return False


def _scope_of_lead_in(walk: Walk, paragraph: Paragraph, text: str, depth: float) -> Scope:
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
            if is_issuer(walk, frame.lead) and frame.rule == "subject":
                continue
            lead = walk.addressees if frame.is_address else frame.lead
            ordering, body = True, frame.is_give or (frame.has_duty and paragraph.level is not Level.TEXT)
            coordinate, deadline = frames.coordinators(sentence), deadline_in(walk, piece)
            break
    plain = paragraph.plain
    if not lead and paragraph.level is Level.TEXT:
        last = sentences(plain)[-1][1] if plain.strip() else ""
        if _NEEDS.search(last):
            ordering, lead = True, walk.pending or current.lead or walk.addressees
        elif _NEUTRAL.search(last) and not re.search(r"chi\s+dao|ket\s+luan|yeu\s+cau|nhiem\s+vu", last):
            ordering = ordering and walk.heading.type in ORDERING_TYPES
        elif re.search(r"ket\s+luan|y\s+kien\s+chi\s+dao|quyet\s+(?:dinh|nghi)", last):
            ordering = True
        elif _ORDERS_NOBODY.search(last) or _ORDERS.search(last):
            ordering, lead = True, walk.pending or current.lead or walk.addressees
    if _SHARES_OUT.search(plain) and len(plain) < 160:
        ordering = True
    if not lead:
        lead, body, coordinate = current.lead, current.is_body, ()
        if _PURPOSE.search(plain) and len(plain) < 120:
            ordering, lead = False, ()
    shares = bool(_SHARES_OUT.search(plain)) and len(plain) < 160 and not lead
    return Scope(
        depth,
        lead,
        coordinate,
        deadline or (current.deadline if body else None),
        ordering,
        body,
        mark_of(paragraph),
        shares,
    )


def below_of(walk: Walk, index: int) -> list[int]:
    """Các đoạn nằm dưới một đoạn."""
    paragraph = walk.paragraphs[index]
    found: list[int] = []
    own = paragraph.level
    first: Level | None = None
    for i in range(index + 1, min(len(walk.paragraphs), index + 200)):
        level = walk.paragraphs[i].level
        if own is Level.TEXT:
            if level is Level.TEXT and (
                first is not None or not paragraph.ends_open or not _starts_act(walk.paragraphs[i])
            ):
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


def are_acts(walk: Walk, below: list[int]) -> bool:
    """Các ý là việc phải làm, not things told."""
    top = min((walk.paragraphs[i].level for i in below), default=Level.TEXT)
    points = [walk.paragraphs[i] for i in below if walk.paragraphs[i].level == top][:12]
    acts = sum(_starts_act(p) or _names_body(p) for p in points)
    return acts * 2 >= len(points)


def _titles_unknown_body(walk: Walk, index: int, paragraph: Paragraph, below: list[int]) -> bool:
    """Under "Tổ chức thực hiện" a short title without an act is the name of whoever does what stands below it."""
    return (
        len(paragraph.text) < 90
        and _is_short_heading(walk, index, paragraph)
        and not _starts_act(paragraph)
        and not re.match(
            r"(?:kinh\s+phi|thoi\s+gian|che\s+do|ve\s|cong\s+tac|nhiem\s+vu|giai\s+phap|noi\s+dung|tien\s+do|phan\s+cong|nguon)",
            paragraph.plain,
        )
    )


def _is_short_heading(walk: Walk, index: int, paragraph: Paragraph) -> bool:
    """A title over points: no full stop, not long, or in capitals."""
    text = paragraph.text.rstrip()
    if text.endswith((".", ";")) and not text.isupper():
        return False
    if below_of(walk, index):
        return len(text) < 220 or text.isupper()
    return len(text) < 120 and _has_titled_siblings(walk, index, paragraph)


def _has_titled_siblings(walk: Walk, index: int, paragraph: Paragraph) -> bool:
    """A numbered line over plain paragraphs is a title where its fellows have points below them."""
    if paragraph.level > Level.SUBSECTION or index + 1 >= len(walk.paragraphs):
        return False
    if walk.paragraphs[index + 1].level is not Level.TEXT:
        return False
    fellows = [i for i, p in enumerate(walk.paragraphs) if p.level is paragraph.level and i != index]
    return any(below_of(walk, i) and not walk.paragraphs[i].text.rstrip().endswith(".") for i in fellows[:30])


def _depth(walk: Walk, paragraph: Paragraph, below: list[int]) -> float:
    if paragraph.level is not Level.TEXT:
        return float(paragraph.level)
    top = min(walk.paragraphs[i].level for i in below)
    while len(walk.scopes) > 1 and walk.scopes[-1].depth >= top - 0.5:
        walk.scopes.pop()
    return top - 0.5


def mark_of(paragraph: Paragraph) -> str:
    """Số, chữ đầu đoạn ("2.1", "đ"); a dash is none."""
    mark = paragraph.label.mark if paragraph.label else ""
    return mark if mark[:1].isalnum() else ""
