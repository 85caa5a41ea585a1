"""Từ ngữ của chỉ đạo: once, for pages, mails, timeline and documents of the workflow."""

from __future__ import annotations

from app.core.workflow import ActionLabel, Labels

ORIGINS = {
    "document": "Giao tại văn bản",
    "direct": "Chỉ đạo trực tiếp",
    "above": "Cấp trên giao",
    "cooperation": "Đề nghị phối hợp",
}
URGENCY = {0: "Thường", 1: "Khẩn", 2: "Thượng khẩn", 3: "Hỏa tốc"}
JUDGEMENTS = {"accepted": "Đã xác nhận", "returned": "Yêu cầu bổ sung, thực hiện lại"}
PROPOSALS = {"accepted": "đề xuất xác nhận hoàn thành", "returned": "đề xuất yêu cầu bổ sung, thực hiện lại"}

DIRECTIVE = Labels(
    title="nhiệm vụ",
    states={
        "assigned": "Chưa tiếp nhận",
        "received": "Đã tiếp nhận",
        "in_progress": "Đang thực hiện",
        "reported_done": "Chờ xác nhận",
        "paused": "Tạm dừng",
        "completed": "Hoàn thành",
        "withdrawn": "Đã thu hồi",
        "cancelled": "Đã hủy",
    },
    tones={
        "assigned": "amber",
        "received": "blue",
        "in_progress": "blue",
        "reported_done": "amber",
        "completed": "green",
        "paused": "",
        "withdrawn": "",
        "cancelled": "",
    },
    actions={
        "receive": ActionLabel("Tiếp nhận", "inbox", primary=True),
        "pass_on": ActionLabel("Phân công", "users", key="C"),
        "report": ActionLabel("Báo cáo tiến độ", "progress", primary=True),
        "report_done": ActionLabel("Báo cáo hoàn thành", "circle-check"),
        "accept_answer": ActionLabel("Nhận văn bản, xác nhận hoàn thành", "circle-check", primary=True),
        "dismiss_answer": ActionLabel("Chưa phải kết quả", "x"),
        "propose": ActionLabel("Đề xuất xử lý", "message-2-check", primary=True),
        "confirm": ActionLabel("Xác nhận hoàn thành", "circle-check", primary=True),
        "send_back": ActionLabel("Yêu cầu bổ sung, thực hiện lại", "arrow-back-up", key="G"),
        "request_extension": ActionLabel("Đề nghị gia hạn", "calendar-plus", key="H"),
        "request_lead_change": ActionLabel("Đề nghị điều chỉnh chủ trì", "arrows-exchange"),
        "ask_above": ActionLabel("Đề nghị cấp trên gia hạn", "file-arrow-right"),
        "record_above": ActionLabel("Ghi nhận hạn mới của cấp trên", "calendar-check"),
        "urge": ActionLabel("Đôn đốc", "speakerphone"),
        "change_lead": ActionLabel("Đổi cơ quan chủ trì", "arrows-exchange"),
        "resume": ActionLabel("Tiếp tục thực hiện", "player-play", primary=True),
        "pause": ActionLabel("Tạm dừng", "player-pause", danger=True),
        "withdraw": ActionLabel("Thu hồi nhiệm vụ", "circle-x", danger=True),
        "cancel": ActionLabel("Hủy nhiệm vụ", "ban", danger=True),
    },
    who={
        "is_assigner": "người chỉ đạo",
        "is_the_system": "hệ thống",
        "is_follower": "chuyên viên theo dõi",
        "is_receiver": "lãnh đạo, Văn phòng hoặc văn thư cơ quan chủ trì",
        "is_lead_desk": "lãnh đạo hoặc Văn phòng cơ quan chủ trì",
        "is_reporter": "người được phân công, lãnh đạo hoặc Văn phòng cơ quan chủ trì",
        "judges_answer": "người chỉ đạo hoặc chuyên viên theo dõi",
        "may_pass_on": "lãnh đạo, Văn phòng cơ quan chủ trì hoặc trưởng đơn vị được phân công",
        "answers_above": "người chỉ đạo, chuyên viên theo dõi, lãnh đạo hoặc Văn phòng cơ quan giao",
        "may_urge": "người chỉ đạo, chuyên viên theo dõi, lãnh đạo hoặc Văn phòng cơ quan giao",
    },
    rules={
        "has_deadline_from_above": "nhiệm vụ cấp trên giao có thời hạn",
        "has_deadline": "nhiệm vụ có thời hạn",
        "no_request_pending": "không còn đề nghị gia hạn chờ quyết định",
        "no_lead_change_pending": "không còn đề nghị điều chỉnh chủ trì chờ quyết định",
        "in_days_of_lead_change": "còn trong 2 ngày làm việc kể từ khi được giao",
        "is_across_agencies": "nhiệm vụ do cơ quan khác giao",
    },
)

EXTENSION = Labels(
    title="đề nghị gia hạn",
    states={
        "requested": "Chờ quyết định",
        "agreed": "Đã đồng ý",
        "refused": "Không đồng ý",
        "lapsed": "Không còn cần",
    },
    tones={"requested": "amber", "agreed": "green", "refused": "", "lapsed": ""},
    actions={
        "agree": ActionLabel("Đồng ý gia hạn", "check", primary=True),
        "refuse": ActionLabel("Không đồng ý", "x"),
        "take_back": ActionLabel("Rút đề nghị", "arrow-back-up"),
    },
    who={
        "decides_extension": "người chỉ đạo",
        "takes_back_extension": "cơ quan chủ trì đã đề nghị",
    },
)

LEAD_CHANGE = Labels(
    title="đề nghị điều chỉnh cơ quan chủ trì",
    states=EXTENSION.states,
    tones=EXTENSION.tones,
    actions={
        "agree": ActionLabel("Đồng ý điều chỉnh", "check", primary=True),
        "refuse": ActionLabel("Không điều chỉnh", "x"),
        "take_back": ActionLabel("Rút đề nghị", "arrow-back-up"),
    },
    who={
        "decides_lead_change": "người chỉ đạo",
        "takes_back_lead_change": "cơ quan chủ trì đã đề nghị",
    },
)

EVENTS = {
    "AnswerDismissed": "ghi nhận văn bản chưa kết thúc nhiệm vụ",
    "CompletionProposed": "đề xuất xử lý báo cáo hoàn thành",
    "DirectiveAssigned": "giao nhiệm vụ",
    "DirectiveCancelled": "hủy nhiệm vụ",
    "DirectiveCompleted": "xác nhận hoàn thành",
    "DirectiveDueSoon": "nhắc sắp đến hạn",
    "DirectiveDueToday": "nhắc đến hạn hôm nay",
    "DirectiveHandedOver": "bàn giao nhiệm vụ",
    "DirectiveOverdue": "nhắc quá hạn",
    "DirectivePassedOn": "phân công thực hiện",
    "DirectivePaused": "tạm dừng nhiệm vụ",
    "DirectiveProgressReported": "báo cáo tiến độ",
    "DirectiveReceived": "tiếp nhận nhiệm vụ",
    "DirectiveReportedDone": "báo cáo hoàn thành",
    "DirectiveResumed": "cho tiếp tục thực hiện",
    "DirectiveReturned": "yêu cầu bổ sung, thực hiện lại",
    "DirectiveStillOverdue": "báo người chỉ đạo: vẫn quá hạn",
    "DirectiveTakenSilently": "ghi nhận: quá 2 ngày làm việc, coi như đã nhận",
    "DirectiveUrged": "đôn đốc",
    "DirectiveWithdrawn": "thu hồi nhiệm vụ",
    "ExtensionAgreed": "đồng ý gia hạn",
    "ExtensionAskedAbove": "dự thảo văn bản đề nghị cấp trên gia hạn",
    "ExtensionGrantedAbove": "ghi nhận hạn mới của cấp trên",
    "ExtensionLapsed": "đề nghị gia hạn không còn cần",
    "ExtensionRefused": "không đồng ý gia hạn",
    "ExtensionRequested": "đề nghị gia hạn",
    "LeadChangeAgreed": "đồng ý điều chỉnh cơ quan chủ trì",
    "LeadChangeLapsed": "đề nghị điều chỉnh cơ quan chủ trì không còn cần",
    "LeadChangeRefused": "không điều chỉnh cơ quan chủ trì",
    "LeadChangeRequested": "đề nghị điều chỉnh cơ quan chủ trì",
    "LeadChanged": "đổi cơ quan chủ trì",
}
FIELDS = {
    "percent": "Tiến độ",
    "due_at": "Thời hạn",
    "external_due_at": "Hạn cấp trên giao",
    "lead": "Cơ quan chủ trì",
    "assignee": "Người thực hiện",
    "unit": "Đơn vị thực hiện",
}
TONES = {
    "DirectiveCancelled": "bad",
    "DirectiveOverdue": "bad",
    "DirectiveReturned": "bad",
    "DirectiveStillOverdue": "bad",
    "DirectiveWithdrawn": "bad",
    "ExtensionRefused": "bad",
}
