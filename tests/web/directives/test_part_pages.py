"""Một đầu việc: its page, each act on it, with access, without, and in the wrong state."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.core.db import session
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import DirectivePart, ProgressReport, ProgressReportFile
from tests.paper import docx, pdf, upload
from tests.unit.directives import given
from tests.web.directives.test_lists import statements

BUTTON = "//div[contains(@class,'actionbar')]//a|//div[contains(@class,'actionbar')]//button"


def url_of(part: DirectivePart, act: str = "") -> str:
    return f"/chi-dao/{part.id}/{act}" if act else f"/chi-dao/{part.id}"


def buttons(page) -> set[str]:
    return {b.split(" Ctrl")[0].rstrip(" CGHY").strip() for b in page.texts(BUTTON)}


def test_the_page_tells_facts_state_and_course(world):
    part = given.in_progress(world)
    service.report(world.specialist.actor, part.id, situation="Đã chi trả 125/136 hộ.", percent=70)
    page = world.chairman.client.get(url_of(part))
    assert page.h1 == "Hoàn thành bàn giao mặt bằng đường Vành đai 3"
    for words in (
        "NV-2026-0001.1", "Lê Minh Quang", "UBND Thành phố", "Sở Xây dựng", "Sở Tài chính", "Biên bản bàn giao mặt bằng",
        "Hồ Nhật Vy", "Phòng Hạ tầng kỹ thuật, Trần Bảo Ngọc", "hạn 04/12/2026", "Đang thực hiện", "70%",
        "Đã chi trả 125/136 hộ.", "giao nhiệm vụ", "tiếp nhận nhiệm vụ", "báo cáo tiến độ",
    ):  # fmt: skip
        assert words in page.text, words
    assert buttons(page) == {
        "Đôn đốc",
        "Đổi cơ quan chủ trì",
        "Tạm dừng",
        "Thu hồi nhiệm vụ",
        "Hủy nhiệm vụ",
    }
    assert buttons(world.specialist.client.get(url_of(part))) == {
        "Báo cáo tiến độ",
        "Báo cáo hoàn thành",
        "Đề nghị gia hạn",
    }
    assert len(statements(world.chairman.client, url_of(part))) <= 12


@pytest.mark.parametrize("who", ["head2", "specialist2", "ward_chairman", "specialist_b", "city_specialist"])
def test_who_has_no_part_in_it_learns_nothing(world, who):
    part = given.in_progress(world, follower_post_id=None)
    client = getattr(world, who).client
    page = client.get(url_of(part), expect=404)
    missing = client.get("/chi-dao/999999", expect=404)
    assert page.text.split("Mã yêu cầu")[0] == missing.text.split("Mã yêu cầu")[0]


@pytest.mark.parametrize(
    "path", ["/chi-dao/99999999999999999999", "/chi-dao/-1", "/chi-dao/1.0", "/chi-dao/٣"]
)
def test_odd_ids_are_not_found(world, path):
    world.chairman.client.get(path, expect=404)


def test_siblings_show_only_those_the_reader_may_see(world):
    part = given.assigned(world, leads=[world.agencies["dept"], world.agencies["ward"]], supports=[])
    assert "NV-2026-0001.2" in world.chairman.client.get(url_of(part)).text
    page = world.director.client.get(url_of(part))
    assert "NV-2026-0001.2" not in page.text
    assert "UBND phường Bến Thành" not in page.text


# ── one click ────────────────────────────────────────────────────────────────


def test_receiving_is_one_click(world):
    part = given.assigned(world)
    page = world.clerk.client.post(url_of(part, "tiep-nhan"), form_at=url_of(part))
    assert page.location == url_of(part)
    assert part.state == "received"
    assert given.events(part)[-1] == "DirectiveReceived"
    assert "Đã tiếp nhận NV-2026-0001.1" in world.clerk.client.follow(page).text


def test_receiving_twice_is_told(world):
    part = given.received(world)
    page = world.clerk.client.submit(url_of(part, "tiep-nhan"), {"version": str(part.version)})
    assert "Không thể “Tiếp nhận”" in world.clerk.client.follow(page).text
    assert given.events(part).count("DirectiveReceived") == 1


def test_a_replayed_click_acts_once(world):
    part = given.reported_done(world)
    client, values = world.chairman.client, {"version": str(part.version), "request_key": "a" * 32}
    client.submit(url_of(part, "xac-nhan"), values)
    again = client.submit(url_of(part, "xac-nhan"), values)
    assert again.location == url_of(part)
    assert "không lặp lại" in client.follow(again).text
    assert given.events(part).count("DirectiveCompleted") == 1


def test_confirming_an_older_version_is_refused(world):
    part = given.reported_done(world)
    page = world.chairman.client.submit(url_of(part, "xac-nhan"), {"version": str(part.version - 1)})
    assert "vừa được người khác thay đổi" in world.chairman.client.follow(page).text
    assert part.state == "reported_done"


def test_a_report_of_completion_is_confirmed_from_the_page(world):
    part = given.reported_done(world)
    page = world.chairman.client.get(url_of(part))
    assert "Sở Xây dựng báo cáo hoàn thành ngày 23/11/2026, đúng hạn" in page.text
    world.chairman.client.post(url_of(part, "xac-nhan"), form_at=url_of(part))
    assert part.state == "completed"
    assert given.events(part)[-1] == "DirectiveCompleted"
    assert not world.director.client.get(url_of(part)).has_form("xac-nhan")


def test_an_extension_is_agreed_in_one_click_and_taken_back_by_the_lead(world):
    part, request = given.asked_for_more_time(world, date(2026, 12, 18))
    page = world.chairman.client.get(url_of(part))
    assert "Sở Xây dựng đề nghị gia hạn đến 18/12/2026" in page.text
    act = f"gia-han/{request.id}/dong-y"
    world.chairman.client.post(url_of(part, act), form_at=url_of(part), form_action=act)
    assert part.due_at == due_instant(date(2026, 12, 18))
    shown = world.director.client.get(url_of(part)).text
    assert "Hạn ban đầu04/12/2026" in shown.replace("đầu 04", "đầu04")
    assert "Đã đồng ý" in shown

    other, second = given.asked_for_more_time(world, date(2026, 12, 21))
    act = f"gia-han/{second.id}/rut"
    world.specialist.client.post(url_of(other, act), form_at=url_of(other), form_action=act)
    assert second.state == "lapsed"


def test_an_extension_may_be_granted_to_another_day_or_refused(world):
    part, request = given.asked_for_more_time(world, date(2026, 12, 18))
    client = world.chairman.client
    act = f"gia-han/{request.id}/ngay-khac"
    assert "18/12/2026" in client.get(url_of(part, act)).markup
    page = client.post(url_of(part, act), {"due": "01/12/2026", "note": "Giữ câu này"}, expect=422)
    assert "phải sau hạn hiện tại" in page.text
    assert "Giữ câu này" in page.markup
    client.post(url_of(part, act), {"due": "11/12/2026"})
    assert part.due_at == due_instant(date(2026, 12, 11))
    client.get(url_of(part, act), expect=409)

    other, second = given.asked_for_more_time(world, date(2026, 12, 21))
    act = f"gia-han/{second.id}/khong-dong-y"
    client.post(url_of(other, act), {"reason": ""}, expect=422)
    client.post(url_of(other, act), {"reason": "Đã gia hạn một lần."})
    assert (second.state, other.is_extension_pending) == ("refused", False)
    assert given.events(other)[-1] == "ExtensionRefused"


def test_a_request_of_another_part_is_not_found(world):
    part, _request = given.asked_for_more_time(world, date(2026, 12, 18))
    _other, foreign = given.asked_for_more_time(world, date(2026, 12, 18))
    for act in ("dong-y", "ngay-khac", "khong-dong-y"):
        world.chairman.client.submit(url_of(part, f"gia-han/{foreign.id}/{act}"), {}, expect=404)
    world.specialist.client.submit(url_of(part, f"gia-han/{foreign.id}/rut"), {}, expect=404)


# ── forms ────────────────────────────────────────────────────────────────────


def test_the_director_passes_on_and_the_head_names_his_specialist(world):
    part = given.received(world)
    page = world.director.client.post(url_of(part, "phan-cong"), {"unit": str(world.units["dept_infra"])})
    assert "Đã phân công" in world.director.client.follow(page).text
    world.head.client.post(
        url_of(part, "phan-cong"), {"post": str(world.specialist.post_id), "note": "Làm ngay"}
    )
    assert part.assignee_post_id == world.specialist.post_id
    assert given.events(part)[-1] == "DirectivePassedOn"
    stranger = world.head.client.post(
        url_of(part, "phan-cong"), {"post": str(world.specialist2.post_id)}, expect=422
    )
    assert stranger.errors
    assert part.assignee_post_id == world.specialist.post_id


def test_progress_is_reported_with_files_that_only_the_sides_may_open(world):
    part = given.in_progress(world)
    world.specialist.client.post(
        url_of(part, "bao-cao"),
        {
            "situation": "Đã vận động 125/136 hộ.", "percent": "92", "difficulty": "11 hộ chưa đồng thuận",
            "expected_on": "03/12/2026", "files": [upload(pdf(), "bien-ban.pdf"), upload(docx(), "danh-sach.docx")],
        },
    )  # fmt: skip
    report = session.scalars(select(ProgressReport)).one()
    assert (part.percent, report.difficulty, report.expected_on) == (
        92,
        "11 hộ chưa đồng thuận",
        date(2026, 12, 3),
    )
    assert given.events(part)[-1] == "DirectiveProgressReported"
    names = session.scalars(select(ProgressReportFile.name).order_by(ProgressReportFile.position)).all()
    assert names == ["bien-ban.pdf", "danh-sach.docx"]

    file_id = session.scalars(select(ProgressReportFile.id).order_by(ProgressReportFile.id)).first()
    path = url_of(part, f"tep/{file_id}")
    served = world.chairman.client.raw.get(path, buffered=True)
    assert served.status_code == 200
    assert served.data == pdf()
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert world.director2.client.raw.get(path, buffered=True).status_code == 200  # helps, and so sees
    for who in ("head2", "ward_chairman", "specialist_b"):
        getattr(world, who).client.get(path, expect=404)
    other = given.in_progress(world)
    world.chairman.client.get(url_of(other, f"tep/{file_id}"), expect=404)
    world.chairman.client.get(url_of(part, f"tep/{10**20}"), expect=404)


def test_a_refused_file_keeps_the_typed_text_and_changes_nothing(world):
    part = given.in_progress(world)
    version = part.version
    page = world.specialist.client.post(
        url_of(part, "bao-cao"),
        {"situation": "Đã vận động 125/136 hộ.", "files": [upload(b"", "rong.pdf")]},
        expect=422,
    )
    assert "rong.pdf" in " ".join(page.errors)
    assert "Đã vận động 125/136 hộ." in page.markup
    assert (part.version, given.rows(ProgressReport)) == (version, 0)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"situation": " "}, "Hãy nêu tình hình"),
        ({"percent": "101"}, "0 đến 100"),
        ({"percent": "nhiều"}, "số nguyên"),
        ({"expected_on": "30/02/2026"}, "30/02"),
        ({"situation": "TUYỆT MẬT"}, "MẬT"),
        ({"situation": "x" * 4001}, "4000"),
    ],
)
def test_a_faulty_report_is_told_by_field(world, values, sentence):
    part = given.in_progress(world)
    page = world.specialist.client.post(
        url_of(part, "bao-cao"), {"situation": "Đang làm", "percent": "10", **values}, expect=422
    )
    assert sentence in " ".join(page.errors)
    assert given.rows(ProgressReport) == 0


def test_a_stale_report_keeps_the_text_and_goes_through_again(world):
    part = given.in_progress(world)
    client = world.specialist.client
    shown = client.get(url_of(part, "bao-cao")).form("bao-cao")
    service.urge(world.chairman.actor, [part.id])
    page = client.submit(url_of(part, "bao-cao"), {**shown, "situation": "Câu đã gõ dài"}, expect=409)
    assert "Câu đã gõ dài" in page.markup
    assert "vừa được người khác thay đổi" in page.text
    assert given.rows(ProgressReport) == 0
    client.submit(url_of(part, "bao-cao"), {**page.form("bao-cao"), "request_key": "b" * 32})
    assert given.rows(ProgressReport) == 1


def test_completion_is_reported_with_the_answering_document(world):
    from app.core import clock
    from app.core.records import RecordKind, grant_access, post_principal
    from app.documents.models import Document

    part = given.in_progress(world)
    now = clock.now()
    answer = Document(
        agency_id=world.agencies["dept"], direction="outgoing", state="issued", document_type="Báo cáo", reference="3987/BC-SXD",
        reference_key="3987/bc-sxd", subject="Kết quả bàn giao mặt bằng", issuer_name="Sở Xây dựng", recipients_text="",
        state_since=now, created_at=now, sort_at=now,
    )  # fmt: skip
    session.add(answer)
    session.flush()
    grant_access(
        RecordKind.OUTGOING, answer.id, [post_principal(world.specialist.post_id)], reason="test", sort_at=now
    )
    assert "3987/BC-SXD" in world.specialist.client.get(url_of(part, "bao-cao-hoan-thanh")).text
    world.specialist.client.post(
        url_of(part, "bao-cao-hoan-thanh"), {"situation": "Đã bàn giao.", "answer": str(answer.id)}
    )
    assert (part.state, part.percent) == ("reported_done", 100)
    assert queries.reports(part)[0].answer_reference == "3987/BC-SXD"
    assert "3987/BC-SXD" in world.chairman.client.get(url_of(part)).text
    assert given.events(part)[-1] == "DirectiveReportedDone"


def test_the_follower_proposes_and_the_leader_sees_it_beside_the_answers(world):
    part = given.reported_done(world)
    world.city_specialist.client.post(
        url_of(part, "de-xuat"), {"verdict": "accepted", "note": "Đủ biên bản của 136 hộ."}
    )
    page = world.chairman.client.get(url_of(part))
    assert "Hồ Nhật Vy đề xuất xác nhận hoàn thành: Đủ biên bản của 136 hộ." in page.text
    assert given.events(part)[-1] == "CompletionProposed"
    world.city_specialist.client.post(
        url_of(part, "de-xuat"), {"verdict": "returned", "note": ""}, expect=422
    )


def test_work_is_sent_back_with_a_reason(world):
    part = given.reported_done(world)
    world.chairman.client.post(url_of(part, "thuc-hien-lai"), {"reason": " "}, expect=422)
    world.chairman.client.post(url_of(part, "thuc-hien-lai"), {"reason": "Thiếu biên bản của phường."})
    assert part.state == "in_progress"
    assert "Thiếu biên bản của phường." in world.specialist.client.get(url_of(part)).text
    assert given.events(part)[-1] == "DirectiveReturned"


def test_an_extension_is_asked_with_date_and_reason(world):
    part = given.in_progress(world)
    page = world.specialist.client.post(
        url_of(part, "gia-han"), {"due": "03/12/2026", "reason": "Còn 11 hộ"}, expect=422
    )
    assert "phải sau hạn hiện tại 04/12/2026" in " ".join(page.errors)
    world.specialist.client.post(url_of(part, "gia-han"), {"due": "18/12/2026", "reason": "Còn 11 hộ"})
    assert part.is_extension_pending
    assert given.events(part)[-1] == "ExtensionRequested"
    refused = world.specialist.client.get(url_of(part, "gia-han"), expect=422)
    assert "Đang có một đề nghị gia hạn" in refused.text
    assert "Chưa thể đề nghị gia hạn" in world.specialist.client.get(url_of(part)).text


def test_one_part_is_urged_with_words(world):
    part = given.in_progress(world)
    world.city_specialist.client.post(url_of(part, "don-doc"), {"text": "Báo cáo rõ nguyên nhân."})
    assert part.urging_count == 1
    assert "Lần 1. Báo cáo rõ nguyên nhân." in world.director.client.get(url_of(part)).text
    assert given.notices(part, "Đôn đốc lần 1")


def test_a_directive_is_withdrawn_with_a_reason(world):
    part = given.in_progress(world)
    world.chairman.client.post(url_of(part, "thu-hoi"), {"reason": "Chuyển sang năm sau."})
    assert part.state == "withdrawn"
    page = world.specialist.client.get(url_of(part))
    assert "Chuyển sang năm sau." in page.text
    assert buttons(page) == set()


FORMS = {
    "phan-cong": ("pass_on", {"unit": ""}),
    "bao-cao": ("report", {"situation": "x"}),
    "bao-cao-hoan-thanh": ("report_done", {"situation": "x"}),
    "gia-han": ("request_extension", {"due": "18/12/2026", "reason": "x"}),
    "thuc-hien-lai": ("send_back", {"reason": "x"}),
    "de-xuat": ("propose", {"verdict": "accepted"}),
    "don-doc": ("urge", {"text": "x"}),
    "thu-hoi": ("withdraw", {"reason": "x"}),
}


@pytest.mark.parametrize("act", list(FORMS))
def test_a_form_that_cannot_be_done_now_is_not_drawn_and_not_taken(world, act):
    part = given.completed(world)
    who = {
        "de-xuat": "city_specialist",
        "thuc-hien-lai": "chairman",
        "don-doc": "chairman",
        "thu-hoi": "chairman",
    }
    client = getattr(world, who.get(act, "director")).client
    page = client.get(url_of(part, act), expect=409)
    assert "Hoàn thành" in page.text
    values = dict(FORMS[act][1])
    if act == "phan-cong":
        values["unit"] = str(world.units["dept_infra"])
    version = part.version
    client.submit(url_of(part, act), {**values, "version": str(version)}, expect=409)
    assert (part.state, part.version) == ("completed", version)


@pytest.mark.parametrize("act", [*FORMS, "tiep-nhan", "xac-nhan"])
def test_an_act_of_another_side_is_forbidden_and_of_a_stranger_not_found(world, act):
    state = given.reported_done if act in ("xac-nhan", "thuc-hien-lai", "de-xuat") else given.in_progress
    part = (
        given.assigned(world)
        if act == "tiep-nhan"
        else state(world, follower_post_id=None if act != "de-xuat" else world.city_specialist.post_id)
    )
    version = part.version
    wrong_side = (
        "chairman"
        if act in ("phan-cong", "bao-cao", "bao-cao-hoan-thanh", "gia-han", "tiep-nhan")
        else "director"
    )
    values = FORMS.get(act, ("", {}))[1] | {"version": str(version)}
    if act == "phan-cong":
        values["unit"] = str(world.units["dept_infra"])
    answer = getattr(world, wrong_side).client.raw.post(
        url_of(part, act),
        data={**values, "csrf_token": getattr(world, wrong_side).client.csrf(), "request_key": "c" * 32},
    )
    assert answer.status_code in (403, 422)
    stranger = {"director": "ward_chairman", "chairman": "ward_chairman"}[wrong_side]
    if act != "de-xuat":  # a leader has no such right at all
        getattr(world, stranger).client.submit(url_of(part, act), values, expect=404)
    assert part.version == version
