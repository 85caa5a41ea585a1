"""Văn bản trả lời kết thúc nhiệm vụ: the right one is proposed first, and accepted in one click."""

from __future__ import annotations

import random
from datetime import date

from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import ClosingProposal, Directive, DirectivePart
from app.directives.queries.answers import answered_by
from app.documents import service as documents
from app.documents.models import Document
from tests.unit.directives import given

WORK = (
    "Rà soát, lập danh mục các dự án nhà ở xã hội chậm tiến độ", "Kiểm tra an toàn các chung cư cũ cấp D trên địa bàn",
    "Hoàn thành nạo vét kênh Tham Lương đoạn qua ba phường", "Lắp đặt hệ thống chiếu sáng tiết kiệm điện đường Võ Văn Kiệt",
    "Xử lý dứt điểm các điểm ngập khu vực chợ Thủ Đức", "Tham mưu quy chế quản lý vỉa hè, lòng đường trung tâm",
    "Đề xuất phương án di dời nhà trên và ven kênh Đôi", "Tổ chức đấu giá ba khu đất dôi dư sau sắp xếp",
    "Cấp phép xây dựng qua mạng cho nhà ở riêng lẻ", "Sửa chữa cầu Bình Lợi cũ bảo đảm lưu thông đường thủy",
    "Thẩm định giá bồi thường dự án Vành đai 3", "Cắt tỉa, thay thế cây xanh nguy hiểm trước mùa mưa bão",
    "Thống kê trụ sở, nhà đất công bỏ trống", "Xây dựng bãi giữ xe ngầm công viên Lê Văn Tám",
    "Kiểm định thang máy, thiết bị nâng tại các công trình", "Lập quy hoạch phân khu đô thị sân bay",
)  # fmt: skip
LETTERS = ("báo cáo kết quả {}", "báo cáo tình hình thực hiện {}", "hoàn thành việc {}", "trả lời về {}")


def told(part: DirectivePart, number: int) -> DirectivePart:
    """Đầu việc giao tại thông báo số này."""
    from app.directives.service.assigning import words_of

    whole = session.get_one(Directive, part.directive_id)
    whole.source_reference, whole.source_issued_on = f"{number}/TB-VP", date(2026, 11, 20)
    part.words = words_of(part, whole)
    session.flush()
    return part


def letter(world, subject: str) -> Document:
    """Công văn Sở gửi Thành phố, vừa phát hành."""
    document = documents.create_draft(
        world.specialist.actor,
        documents.DraftContent("Công văn", subject, 0, (world.agencies["city"],), (), world.director.post_id),
        None,
    )
    document.state, document.reference, document.registered_at = (
        "issued",
        f"{document.id}/SXD-HTKT",
        clock.now(),
    )
    session.flush()
    return document


def test_the_right_task_stands_first_in_95_of_100(world):
    """Sixteen tasks of four notices; a hundred letters that name a notice, and the work in other and fewer words."""
    dice, parts = random.Random(4), []
    for n, content in enumerate(WORK):
        part = given.assigned(
            world, content=content, product="Báo cáo", supports=[], due_at=due_instant(date(2026, 12, 1 + n))
        )
        parts.append(told(part, 100 + n % 4))
    right = 0
    for _ in range(100):
        part = dice.choice(parts)
        words = part.content.replace(",", "").split()
        start = dice.randrange(0, 3)
        kept = " ".join(words[start : start + dice.randint(5, 8)]).lower()
        notice = session.get_one(Directive, part.directive_id).source_reference
        subject = dice.choice(LETTERS).format(kept) + f" theo Thông báo số {notice}"
        document = letter(world, f"V/v {subject}")
        found = answered_by(document)
        right += bool(found) and found[0].part.id == part.id
    assert right >= 95, right


def test_a_letter_that_cites_nothing_proposes_nothing(world):
    told(given.assigned(world), 100)
    document = letter(world, "V/v mời dự hội nghị tổng kết năm 2026")
    assert service.propose_closing(SYSTEM, document.id) == []


def test_the_code_of_the_task_is_enough_and_it_is_proposed_once(world):
    part, other = told(given.assigned(world), 100), told(given.assigned(world, content="Việc khác"), 100)
    document = letter(world, f"V/v kết quả thực hiện nhiệm vụ {part.directive.code}")
    assert [p.part_id for p in service.propose_closing(SYSTEM, document.id)] == [part.id]
    assert service.propose_closing(SYSTEM, document.id) == []
    assert len(given.notices(part, "trả lời nhiệm vụ")) == 1
    assert given.notices(other, "trả lời nhiệm vụ") == []


def test_another_agencys_letter_does_not_answer_our_task(world):
    told(given.assigned(world, leads=[world.agencies["ward"]], supports=[]), 100)
    document = letter(world, "V/v kết quả theo Thông báo 100/TB-VP")
    assert answered_by(document) == []


def test_the_assigner_accepts_in_one_act_and_the_day_of_issue_decides(world, frozen_monday):
    part = told(given.in_progress(world), 100)
    frozen_monday.move_to(given.local(date(2026, 12, 4), 16))
    document = letter(world, "V/v bàn giao mặt bằng theo Thông báo 100/TB-VP")
    (proposal,) = service.propose_closing(SYSTEM, document.id)
    frozen_monday.move_to(given.local(date(2026, 12, 10), 9))
    (row,) = queries.decisions(world.chairman.actor, limit=4)
    assert (row.proposal_id, row.answer) == (proposal.id, document.reference)
    service.accept_answer(world.chairman.actor, part.id, proposal.id)
    assert part.state == "completed"
    assert part.reported_done_at == document.registered_at < part.due_at
    (report,) = queries.reports(part)
    assert (report.answer_reference, report.judgement) == (document.reference, "accepted")
    assert not queries.decisions(world.chairman.actor, limit=4)


def test_what_is_no_answer_is_put_aside(world):
    part = told(given.in_progress(world), 100)
    document = letter(world, "V/v xin ý kiến theo Thông báo 100/TB-VP")
    (proposal,) = service.propose_closing(SYSTEM, document.id)
    service.dismiss_answer(world.city_specialist.actor, part.id, proposal.id)
    assert part.state == "in_progress"
    assert not queries.proposals(part)
    assert session.scalars(select(ClosingProposal.state)).one() == "dismissed"
