"""Từ ngữ của chỉ đạo: once, for pages, mails, timeline and documents of the workflow."""

from __future__ import annotations

from app.core.workflow import ActionLabel, Labels

ORIGINS = {
    "document": "Giao tại văn bản",
    "direct": "Chỉ đạo trực tiếp",
    "above": "Cấp trên giao",
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
        "completed": "Hoàn thành",
        "withdrawn": "Đã thu hồi",
    },
    tones={
        "assigned": "amber",
        "received": "blue",
        "in_progress": "blue",
        "reported_done": "amber",
        "completed": "green",
        "withdrawn": "",
    },
    actions={
        "receive": ActionLabel("Tiếp nhận", "inbox", primary=True),
        "pass_on": ActionLabel("Phân công", "users", key="C"),
        "report": ActionLabel("Báo cáo tiến độ", "progress", primary=True),
        "report_done": ActionLabel("Báo cáo hoàn thành", "circle-check"),
        "propose": ActionLabel("Đề xuất xử lý", "message-2-check", primary=True),
        "confirm": ActionLabel("Xác nhận hoàn thành", "circle-check", primary=True),
        "send_back": ActionLabel("Yêu cầu bổ sung, thực hiện lại", "arrow-back-up", key="G"),
        "request_extension": ActionLabel("Đề nghị gia hạn", "calendar-plus", key="H"),
        "urge": ActionLabel("Đôn đốc", "speakerphone"),
        "withdraw": ActionLabel("Thu hồi nhiệm vụ", "circle-x", danger=True),
    },
    who={
        "is_assigner": "người chỉ đạo",
        "is_follower": "chuyên viên theo dõi",
        "is_receiver": "lãnh đạo, Văn phòng hoặc văn thư cơ quan chủ trì",
        "is_reporter": "người được phân công, lãnh đạo hoặc Văn phòng cơ quan chủ trì",
        "may_pass_on": "lãnh đạo, Văn phòng cơ quan chủ trì hoặc trưởng đơn vị được phân công",
        "may_urge": "người chỉ đạo, chuyên viên theo dõi, lãnh đạo hoặc Văn phòng cơ quan giao",
    },
    rules={
        "has_deadline": "nhiệm vụ có thời hạn",
        "no_request_pending": "không còn đề nghị gia hạn chờ quyết định",
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

EVENTS = {
    "CompletionProposed": "đề xuất xử lý báo cáo hoàn thành",
    "DirectiveAssigned": "giao nhiệm vụ",
    "DirectiveCompleted": "xác nhận hoàn thành",
    "DirectiveDueSoon": "nhắc sắp đến hạn",
    "DirectiveHandedOver": "bàn giao nhiệm vụ",
    "DirectiveOverdue": "nhắc quá hạn",
    "DirectivePassedOn": "phân công thực hiện",
    "DirectiveProgressReported": "báo cáo tiến độ",
    "DirectiveReceived": "tiếp nhận nhiệm vụ",
    "DirectiveReportedDone": "báo cáo hoàn thành",
    "DirectiveReturned": "yêu cầu bổ sung, thực hiện lại",
    "DirectiveUrged": "đôn đốc",
    "DirectiveWithdrawn": "thu hồi nhiệm vụ",
    "ExtensionAgreed": "đồng ý gia hạn",
    "ExtensionLapsed": "đề nghị gia hạn không còn cần",
    "ExtensionRefused": "không đồng ý gia hạn",
    "ExtensionRequested": "đề nghị gia hạn",
}
FIELDS = {
    "percent": "Tiến độ",
    "due_at": "Thời hạn",
    "assignee": "Người thực hiện",
    "unit": "Đơn vị thực hiện",
}
TONES = {
    "DirectiveOverdue": "bad",
    "DirectiveReturned": "bad",
    "DirectiveWithdrawn": "bad",
    "ExtensionRefused": "bad",
}
