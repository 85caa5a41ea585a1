"""Không có JavaScript: mọi thao tác vẫn là liên kết và biểu mẫu thật."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.office import Office, Seat
from tests.browser.work import PRESENTED, WAITING
from tests.world import Who

(SUBJECT, _), (OTHER, _) = PRESENTED
DRAFT = "Báo cáo kết quả kiểm tra công trình ngầm"


def plain(office: Office, who: Who) -> Seat:
    """Chỗ ngồi với trình duyệt tắt kịch bản."""
    return office.seat(who, java_script_enabled=False)


def test_the_clerk_registers_and_forwards(office: Office) -> None:
    """Vào sổ và chuyển bằng biểu mẫu thường."""
    seat = plain(office, office.world.clerk)
    page = seat.open("/van-ban/den/cho-vao-so")
    page.get_by_label("Trình, chuyển đến").select_option(label="Phòng Quy hoạch")
    page.get_by_label("Hạn xử lý").fill("+3")
    page.get_by_role("button", name="Vào sổ và chuyển").click()
    expect(page.get_by_text("Đã vào sổ số đến 4, đã chuyển xử lý.")).to_be_visible()
    document = office.document(WAITING[0][0])
    assert (document.state, document.handlings[0].unit_id) == ("assigned", office.world.units["dept_plan"])


def test_the_leader_instructs_agrees_and_approves(office: Office) -> None:
    """Bút phê bằng trang biểu mẫu, đồng ý và phê duyệt bằng nút."""
    seat = plain(office, office.world.director)
    page = seat.open("/")
    page.locator(".task").filter(has_text=SUBJECT).get_by_role("link", name="Ý kiến khác").click()
    page.get_by_label("Ý kiến chỉ đạo").fill("Phòng Quy hoạch chủ trì, Văn phòng phối hợp.")
    page.get_by_label("Chủ trì").select_option(label="Phòng Quy hoạch")
    page.get_by_label("Phối hợp").select_option(label=["Văn phòng Sở", "Trần Bảo Ngọc"])
    page.get_by_role("button", name="Bút phê, phân công").click()
    expect(page.get_by_text("Đã phân công xử lý 1204/UBND-ĐT.")).to_be_visible()
    assert [h.role for h in office.document(SUBJECT).handlings] == ["lead", "support", "support"]

    seat.open("/")
    page.locator(".task").filter(has_text=OTHER).get_by_role("button", name="Đồng ý").click()
    expect(page.get_by_text("Đã đồng ý tham mưu")).to_be_visible()
    page.locator(".task").filter(has_text=DRAFT).get_by_role("button", name="Phê duyệt").click()
    expect(page.get_by_text(f"Đã phê duyệt: {DRAFT}.")).to_be_visible()


def test_no_control_that_needs_a_script_is_shown(office: Office) -> None:
    """Nút chỉ chạy bằng kịch bản thì không hiện."""
    seat = plain(office, office.world.clerk)
    for path in ("/", "/van-ban/den/cho-vao-so", "/van-ban/den", "/tro-giup"):
        page = seat.open(path)
        dead = page.locator(
            "button[type=button]:visible, [data-dialog]:visible, [data-print]:visible, kbd:visible"
        )
        assert dead.all_inner_texts() == [], path
