"""Nhiệm vụ trong một đoạn: its sentences one after another, each a new assignment, more of the last, or none."""

from __future__ import annotations

import re
from dataclasses import replace

from app.core.text import clean_line
from app.language.layout.labels import Level
from app.language.layout.lines import folded
from app.language.layout.paragraphs import Paragraph
from app.language.tasks import courtesy, frames
from app.language.tasks.agencies import Sentence
from app.language.tasks.deadlines import find_deadlines
from app.language.tasks.frames import Frame
from app.language.tasks.gates import ORDERING_TYPES
from app.language.tasks.leads import is_addressed, is_issuer, named_in_full, same_lead, within
from app.language.tasks.model import ReadTask, Scope, Walk
from app.language.tasks.periods import deadline_in
from app.language.tasks.reports import asks_report
from app.language.tasks.scopes import mark_of
from app.language.tasks.sentences import sentences

_MOST_CONTENT = 4_000
# "Thực hiện Văn bản số … giao Sở …": what another document ordered.
_CITES = re.compile(r"^\W*(?:thuc\s+hien|can\s+cu|theo|tai|trien\s+khai|tiep\s+theo|ngay)(?!\w)")


def read_paragraph(walk: Walk, paragraph: Paragraph, text: str, *, has_list: bool) -> bool:
    """Đọc nhiệm vụ trong các câu của một đoạn."""
    before = len(walk.tasks)
    for start, piece in _clauses(text):
        _read_sentence(
            walk,
            paragraph,
            start,
            piece,
            is_first=len(walk.tasks) == before and not paragraph.text[:start].strip(" -"),
        )
    for task_index in range(before, len(walk.tasks)):
        walk.tasks[task_index] = _finished(walk, walk.tasks[task_index])
    return len(walk.tasks) > before


def _clauses(text: str) -> list[tuple[int, str]]:
    """Sentences, cut again at a semicolon behind which another body is told what to do."""
    found: list[tuple[int, str]] = []
    for start, piece in sentences(text):
        at = 0
        for mark in list(re.finditer(r";\s+", piece))[:40]:
            before, after = piece[at : mark.start()], piece[mark.end() :]
            following = frames.subject(Sentence(after[:600]))
            if (
                following is None
                or following.rule != "subject"
                or not following.is_official
                or following.rest > 200
            ):
                continue
            if frames.order(Sentence(before)) or frames.subject(Sentence(before)):
                found.append((start + at, piece[at : mark.start() + 1]))
                at = mark.end()
        found.append((start + at, piece[at:]))
    return found


def _read_sentence(walk: Walk, paragraph: Paragraph, start: int, piece: str, *, is_first: bool) -> None:
    sentence = Sentence(piece)
    scope = walk.scopes[-1]
    own = [t for t in walk.tasks if t.first_line == paragraph.first_line]
    frame = _explicit(walk, paragraph, scope, sentence)
    if frame and not _adds_nothing(walk, paragraph, sentence, frame):
        lead = walk.addressees if frame.is_address or not frame.lead else frame.lead
        if (
            (own and same_lead(own[-1].lead, lead))
            or (
                own
                and scope.lead
                and not frame.has_duty
                and not frame.is_give
                and not _speaks_itself(walk, sentence, frame)
            )
            or (own and frame.rule == "subject" and not frame.has_duty and not frame.is_official)
        ):
            _extend(walk, piece)
        else:
            rest = frame.rest if frame.rule in ("order", "subject") else 0
            _add(walk, paragraph, lead, sentence, rest, frame.rule)
        return
    if own:
        _extend(walk, piece)
        return
    listed = (
        paragraph.level is not Level.TEXT
        or scope.depth > Level.SECTION
        or (scope.is_body and walk.below_title)
    )
    if is_first and scope.is_ordering and scope.lead and listed and not courtesy.is_passing(piece):
        found = frames.imperative(sentence) or (frames.unlisted(sentence) if scope.is_body else None)
        if found and not (frame and is_issuer(walk, frame.lead)):
            _add(walk, paragraph, scope.lead, sentence, 0, "imperative", scope)


def _explicit(walk: Walk, paragraph: Paragraph, scope: Scope, sentence: Sentence) -> Frame | None:
    """A body named in the sentence itself."""
    if courtesy.is_passing(sentence.text):
        return None
    ordered = frames.order(sentence)
    if ordered and scope.is_body and not ordered.is_give:
        ordered = None
    if ordered and scope.lead and not ordered.is_official and not _speaks_itself(walk, sentence, ordered):
        ordered = None
    if ordered and not (is_issuer(walk, ordered.lead) and _CITES.match(sentence.plain)):
        return ordered
    found = frames.subject(sentence)
    if found is None:
        return None
    if scope.lead and (
        within(found.lead, scope.lead) if scope.is_body else same_lead(scope.lead, found.lead)
    ):
        if not scope.is_ordering:
            return None
        return (
            replace(found, lead=scope.lead) if scope.is_body or len(scope.lead) == len(found.lead) else found
        )
    if is_issuer(walk, found.lead) and not (
        scope.is_ordering and found.has_duty and paragraph.level is not Level.TEXT
    ):
        return None
    if not found.is_official and not found.has_duty and scope.lead:
        return None
    if scope.is_ordering or (found.has_duty and walk.heading.type in ORDERING_TYPES):
        return found
    return found if found.has_duty and found.is_official and is_addressed(walk, found.lead) else None


def _adds_nothing(walk: Walk, paragraph: Paragraph, sentence: Sentence, frame: Frame) -> bool:
    """The wish that closes a letter: everything it asks is "thực hiện"."""
    rest = sentence.text[frame.rest :]
    if walk.heading.type == "Công văn" and not frame.is_give and courtesy.is_by_the_book(rest):
        return True
    return courtesy.is_formula(rest) and not find_deadlines(sentence.text, walk.context)


def _speaks_itself(walk: Walk, sentence: Sentence, frame: Frame) -> bool:
    """The issuer's own voice: "Tổng cục Thuế đề nghị …", "… quyết định giao …"."""
    before = sentence.plain[: frame.rest]
    issuer = folded(walk.heading.issuer or "")
    return bool(issuer and issuer in before) or frame.is_address


def _add(
    walk: Walk,
    paragraph: Paragraph,
    lead: tuple[str, ...],
    sentence: Sentence,
    rest: int,
    rule: str,
    scope: Scope | None = None,
) -> None:
    lead = named_in_full(walk, lead)
    if not lead:
        return
    text = sentence.text[rest:].strip(" ,.:;–-") if rest else sentence.text
    content = clean_line(text).strip(" ;,")
    if len(content) < 8:
        return
    coordinate = frames.coordinators(sentence) or (scope.coordinate if scope else ())
    marks = [mark for mark in (*(s.mark for s in walk.scopes[1:]), mark_of(paragraph)) if mark]
    marks = [m for m, below in zip(marks, [*marks[1:], ""], strict=False) if not below.startswith(f"{m}.")]
    walk.tasks.append(
        ReadTask(
            tuple(lead),
            coordinate,
            content,
            None,
            report=False,
            rule=rule,
            first_line=paragraph.first_line,
            last_line=paragraph.last_line,
            point=".".join(marks),
        )
    )


def _extend(walk: Walk, piece: str) -> None:
    task = walk.tasks[-1]
    if courtesy.is_passing(piece) or len(task.content) > _MOST_CONTENT:
        return
    coordinate = [
        *task.coordinate,
        *(n for n in frames.coordinators(Sentence(piece)) if n not in task.coordinate),
    ]
    walk.tasks[-1] = replace(
        task, content=f"{task.content} {clean_line(piece)}", coordinate=tuple(coordinate)
    )


def _finished(walk: Walk, task: ReadTask) -> ReadTask:
    """Deadline and duty to report, when the whole of it is known."""
    deadline = deadline_in(walk, task.content) or next(
        (s.deadline for s in reversed(walk.scopes) if s.deadline), None
    )
    if deadline and deadline.day:
        walk.context = replace(walk.context, last=deadline.day)
    return replace(
        task, deadline=deadline, report=asks_report(task.content), content=task.content[:_MOST_CONTENT]
    )
