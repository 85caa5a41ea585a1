"""Từ ngữ của cuộc họp: once, for pages, mails, timeline and the document of the workflow."""

from __future__ import annotations

from app.core.workflow import ActionLabel, Labels

KINDS = {
    "advisory": "Họp tham mưu, tư vấn",
    "work": "Họp giải quyết công việc",
    "professional": "Họp chuyên môn",
    "briefing": "Họp giao ban",
    "review": "Họp sơ kết, tổng kết",
    "other": "Công tác khác",
}
ANSWERS = {"attend": "Tham dự", "substitute": "Cử người dự thay", "absent": "Báo vắng"}
ANSWER_TONES = {"attend": "green", "substitute": "blue", "absent": "", None: "amber"}
ANSWER_ICONS = {"attend": "user-check", "substitute": "users", "absent": "user-x", None: "user-question"}
PAPER_RIGHTS = {"all": "Mọi thành phần", "some": "Một số thành phần", "chair": "Chỉ chủ trì, thư ký"}
OPINIONS = ("Đồng ý", "Không đồng ý", "Ý kiến khác")
ROLES = {"member": "Thành viên", "guest": "Khách mời"}
CONSENTS = {
    "asked": "Chờ chủ trì đồng ý",
    "agreed": "Chủ trì đã đồng ý",
    "refused": "Chủ trì không đồng ý",
}
CONSENT_TONES = {"asked": "amber", "agreed": "green", "refused": "red"}
# why an invitation goes out later than the rule asks (QĐ 45/2018: unplanned meetings)
UNPLANNED = (
    "Thiên tai, dịch bệnh, sự cố khẩn cấp",
    "Cấp trên chỉ đạo đột xuất",
    "Việc phát sinh phải giải quyết ngay",
    "Cơ quan phối hợp đề nghị gấp",
)
AGENCY_KINDS = {
    "city": "Ủy ban nhân dân cấp tỉnh",
    "office": "Văn phòng Ủy ban nhân dân cấp tỉnh",
    "department": "Sở, ban, ngành",
    "district": "Ủy ban nhân dân cấp huyện (trước 01/7/2025)",
    "ward": "Ủy ban nhân dân phường",
    "commune": "Ủy ban nhân dân xã",
    "special_zone": "Ủy ban nhân dân đặc khu",
    "subordinate": "Đơn vị trực thuộc",
}
NO_ANSWER = "Chưa phản hồi"

MEETING = Labels(
    title="cuộc họp",
    states={"draft": "Dự thảo", "called": "Đã mời", "held": "Đã họp", "cancelled": "Đã hủy"},
    tones={"draft": "grey", "called": "blue", "held": "green", "cancelled": "grey"},
    actions={
        "draft_invitation": ActionLabel("Trình giấy mời", "file-pencil", primary=True),
        "call": ActionLabel(
            "Mời họp",
            "send",
            confirm="Gửi lời mời và lịch họp đến mọi thành phần đã chọn, không qua giấy mời?",
        ),
        "answer": ActionLabel("Trả lời giấy mời", "message-2-check", primary=True),
        "remind": ActionLabel("Nhắc nơi chưa phản hồi", "bell", primary=True),
        "decide_substitute": ActionLabel("Cho ý kiến về người dự thay", "user-check"),
        "renew_link": ActionLabel("Cấp đường dẫn mới", "link"),
        "revoke_link": ActionLabel("Thu hồi đường dẫn", "link-off", danger=True),
        "mark_unplanned": ActionLabel("Ghi nhận họp đột xuất", "alert-triangle"),
        "hold": ActionLabel("Xác nhận đã họp", "circle-check", primary=True),
        "open_ballot": ActionLabel("Lấy ý kiến, biểu quyết", "checkbox"),
        "close_ballot": ActionLabel("Đóng biểu quyết", "lock"),
        "replace_paper": ActionLabel("Thay bản mới", "file-import"),
        "take_attendance": ActionLabel("Điểm danh", "clipboard-check"),
        "begin_item": ActionLabel("Bắt đầu nội dung", "player-play"),
        "write_minutes": ActionLabel("Biên bản, kết luận", "notes"),
        "draft_conclusion": ActionLabel("Trình thông báo kết luận", "file-pencil", primary=True),
        "assign_conclusions": ActionLabel("Giao nhiệm vụ theo kết luận", "list-check", primary=True),
        "record_conclusion": ActionLabel("Ghi nhận kết luận đã ban hành", "file-check"),
        "edit": ActionLabel("Sửa", "pencil"),
        "move": ActionLabel("Dời họp, đổi phòng", "calendar-time"),
        "save_site": ActionLabel("Điểm cầu", "device-tv"),
        "repeat_meeting": ActionLabel("Lập họp định kỳ", "repeat"),
        "displace": ActionLabel("Lấy phòng đã có lịch", "door-enter"),
        "add_papers": ActionLabel("Thêm tài liệu", "paperclip"),
        "waive_conclusion": ActionLabel("Không ban hành kết luận", "file-off"),
        "remove_paper": ActionLabel("Bỏ tài liệu", "trash"),
        "cancel": ActionLabel("Hủy cuộc họp", "calendar-x", danger=True),
    },
    who={
        "is_organizer": "thư ký, đầu mối của cuộc họp hoặc văn phòng cơ quan triệu tập",
        "is_organizer_or_chair": "người chủ trì, thư ký cuộc họp hoặc văn phòng cơ quan triệu tập",
        "may_assign_conclusions": "lãnh đạo cơ quan triệu tập hoặc người được ủy quyền giao nhiệm vụ",
        "is_chair": "người chủ trì cuộc họp",
        "may_answer_some": "người được mời, hoặc lãnh đạo, văn thư, thư ký của cơ quan được mời",
    },
    rules={
        "has_invitees": "đã có thành phần mời",
        "has_location": "đã có phòng họp hoặc địa điểm",
        "is_ahead": "giờ họp chưa qua",
        "chaired_by_leader": "cuộc họp do lãnh đạo cơ quan chủ trì",
        "no_invitation_under_way": "giấy mời chưa trình hoặc đã bị trả lại, đã hủy",
        "not_begun": "chưa đến giờ họp",
        "answers_open": "còn trong thời gian trả lời",
        "has_begun": "đã đến giờ họp",
        "door_is_open": "đã đến giờ điểm danh",
        "no_conclusion_under_way": "thông báo kết luận chưa trình hoặc đã bị trả lại",
        "someone_is_silent": "còn nơi chưa phản hồi",
        "owes_conclusion": "còn phải ban hành thông báo kết luận",
    },
)

EVENTS = {
    "BallotClosed": "đóng biểu quyết, chốt kết quả",
    "BallotOpened": "mở biểu quyết, lấy ý kiến",
    "PaperCommented": "góp ý tài liệu họp",
    "PaperReplaced": "thay tài liệu họp bằng bản mới",
    "VoteCast": "biểu quyết, cho ý kiến",
    "CalendarFeedChanged": "mở, đóng lịch theo dõi từ ngoài",
    "AgendaItemBegun": "bắt đầu một nội dung chương trình",
    "AttendanceTaken": "điểm danh",
    "ConclusionDrafted": "trình thông báo kết luận",
    "ConclusionsAssigned": "giao nhiệm vụ theo kết luận cuộc họp",
    "MinutesWritten": "ghi biên bản, kết luận",
    "InvitationDrafted": "trình giấy mời",
    "ConclusionRecorded": "ghi nhận thông báo kết luận đã ban hành",
    "ConclusionWaived": "ghi nhận không ban hành thông báo kết luận",
    "InvitationAnswered": "trả lời giấy mời",
    "LinkRenewed": "cấp đường dẫn trả lời mới",
    "LinkRevoked": "thu hồi đường dẫn trả lời",
    "MeetingMarkedUnplanned": "ghi nhận họp đột xuất",
    "MeetingRuleSaved": "lưu quy định về họp",
    "SubstituteDecided": "cho ý kiến về người dự thay",
    "InviteesReminded": "nhắc nơi chưa phản hồi",
    "MeetingCalled": "mời họp",
    "MeetingCancelled": "hủy cuộc họp",
    "MeetingChanged": "sửa nội dung cuộc họp",
    "MeetingDrafted": "soạn cuộc họp",
    "MeetingHeld": "xác nhận đã họp",
    "MeetingMoved": "dời họp, đổi phòng",
    "MeetingOfficerChanged": "nhận bàn giao cuộc họp",
    "PaperRemoved": "bỏ tài liệu họp",
    "PapersAdded": "thêm tài liệu họp",
    "RoomBlocked": "khóa, bỏ khóa phòng họp",
    "RoomTakenOver": "lấy phòng cho cuộc họp của lãnh đạo",
    "WeekPublished": "công bố lịch công tác tuần",
    "MeetingRepeated": "lập họp định kỳ theo cuộc họp này",
    "SiteSaved": "lập, sửa điểm cầu",
    "RoomSaved": "lưu phòng họp",
}
FIELDS = {
    "meeting_agenda": "Chương trình",
    "meeting_answer_by": "Hạn phản hồi",
    "meeting_answers_close_at": "Giờ khóa trả lời",
    "meeting_online_link": "Đường dẫn họp trực tuyến",
    "meeting_chair": "Chủ trì cuộc họp",
    "meeting_contact": "Đầu mối liên hệ",
    "meeting_ends_at": "Kết thúc",
    "meeting_invitees": "Thành phần mời",
    "meeting_kind": "Loại cuộc họp",
    "meeting_location": "Địa điểm",
    "meeting_papers_due_at": "Hạn gửi tài liệu",
    "meeting_requirements": "Yêu cầu chuẩn bị",
    "meeting_secretary": "Thư ký cuộc họp",
    "meeting_starts_at": "Bắt đầu",
    "meeting_title": "Nội dung cuộc họp",
}
TONES = {"MeetingCancelled": "bad"}
