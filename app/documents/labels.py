"""Từ ngữ của văn bản: once, for pages, mails, timeline and documents of the workflow."""

from __future__ import annotations

from app.core.workflow import ActionLabel, Labels
from app.language.document_types import DECREE_TYPES

DOCUMENT_TYPES = tuple(t.name for t in DECREE_TYPES)
# Incoming documents may be legal documents too; the Decree's administrative types come first.
INCOMING_TYPES = (*DOCUMENT_TYPES, "Luật", "Nghị định", "Thông tư", "Lệnh", "Kết luận", "Văn bản khác")
URGENCY = {0: "Thường", 1: "Khẩn", 2: "Thượng khẩn", 3: "Hỏa tốc"}
ROLES = {"lead": "Chủ trì", "support": "Phối hợp", "inform": "Để biết", "opinion": "Cho ý kiến"}
DUTIES = {
    "acknowledge": "chưa xác nhận tiếp nhận trong ngày",
    "register": "chậm vào sổ",
    "present": "chậm trình, chuyển",
    "soon": "sắp đến hạn xử lý",
    "handle": "quá hạn xử lý",
}
SOURCES = {"exchange": "Liên thông", "paper": "Bản giấy", "email": "Thư điện tử", "fax": "Fax"}
BY_HAND = {key: words for key, words in SOURCES.items() if key != "exchange"}
DUPLICATE_ANSWERS = {
    "attach": "Cùng một văn bản: đính kèm vào số đến đã có",
    "different": "Văn bản khác: vẫn vào sổ, nêu lý do",
    "discard": "Cùng một văn bản: bỏ bản này",
}
COMPLAINTS = {
    "complaint": "Khiếu nại",
    "denunciation": "Tố cáo",
    "petition": "Kiến nghị",
    "reflection": "Phản ánh",
}
RELATIONS = {"answer": "trả lời văn bản này", "linked": "liên kết", "twin": "trùng với văn bản này"}
NOTE_KINDS = {"proposal": "Tham mưu", "instruction": "Bút phê", "opinion": "Ý kiến"}

INCOMING = Labels(
    title="văn bản đến",
    states={
        "waiting": "Chờ vào sổ",
        "registered": "Đã vào sổ, chờ trình",
        "to_propose": "Chờ tham mưu",
        "presented": "Chờ ý kiến chỉ đạo",
        "assigned": "Đang xử lý",
        "done": "Đã kết thúc xử lý",
        "returned": "Đã trả lại nơi gửi",
        "merged": "Đã nhập vào số đến khác",
        "withdrawn": "Nơi gửi đã thu hồi",
        "discarded": "Đã bỏ, trùng văn bản",
    },
    tones={
        "waiting": "amber",
        "presented": "amber",
        "to_propose": "amber",
        "assigned": "blue",
        "done": "green",
        "returned": "grey",
        "merged": "grey",
        "withdrawn": "grey",
        "discarded": "grey",
    },
    actions={
        "register": ActionLabel("Vào sổ", "book", primary=True, key="V"),
        "return_to_sender": ActionLabel("Trả lại", "arrow-back-up", key="G"),
        "merge": ActionLabel("Nhập vào số đến đã có", "link"),
        "discard": ActionLabel("Bỏ, trùng văn bản", "trash"),
        "take_copy": ActionLabel("Đính kèm bản cùng nội dung", "paperclip"),
        "keep_paper": ActionLabel("Bản giấy", "archive"),
        "seek_proposal": ActionLabel("Chuyển tham mưu", "message-2-check"),
        "present": ActionLabel("Trình lãnh đạo", "arrow-forward-up", primary=True, key="C"),
        "forward": ActionLabel("Chuyển xử lý", "arrow-forward-up", key="C"),
        "instruct": ActionLabel("Bút phê, phân công", "pencil", primary=True, key="Y"),
        "enter_note": ActionLabel("Nhập bút phê giấy", "writing"),
        "object_to_note": ActionLabel("Không đúng bút phê của tôi", "flag"),
        "transfer": ActionLabel("Chuyển cơ quan khác", "send"),
        "add_handlers": ActionLabel("Thêm người, đơn vị", "users"),
        "change_lead": ActionLabel("Đổi chủ trì", "replace"),
        "ask_opinions": ActionLabel("Lấy ý kiến", "messages"),
        "give_opinion": ActionLabel("Cho ý kiến", "message-2"),
        "pull_back": ActionLabel("Rút lại", "arrow-back"),
        "take_back": ActionLabel("Rút lại bút phê", "arrow-back"),
        "close": ActionLabel("Kết thúc xử lý", "circle-check", confirm="Kết thúc xử lý văn bản này?"),
        "settle": ActionLabel("Kết thúc vì đã trả lời", "circle-check"),
        "withdraw": ActionLabel("Rút theo yêu cầu nơi gửi", "arrow-back-up"),
    },
    who={
        "is_clerk": "văn thư cơ quan",
        "is_clerk_or_office": "văn thư hoặc Chánh Văn phòng",
        "is_presented_leader": "lãnh đạo được trình",
        "is_coordinator": "lãnh đạo được trình, Chánh Văn phòng hoặc văn thư",
        "is_participant": "người tham gia xử lý",
        "is_noted_leader": "lãnh đạo có bút phê được nhập thay",
        "is_closer": "đơn vị, người chủ trì hoặc lãnh đạo được trình",
        "is_of_agency": "người của cơ quan, khi việc văn bản yêu cầu đã làm xong",
    },
    rules={
        "has_file": "đã có tệp văn bản",
        "leads_finished": "phần chủ trì đã hoàn thành",
        "is_untouched": "người nhận chưa xử lý",
        "is_without_instruction": "chưa có bút phê",
    },
)

HANDLING = Labels(
    title="phần việc được giao",
    states={
        "new": "Chưa xem",
        "in_progress": "Đang thực hiện",
        "done": "Đã xong",
        "returned": "Đã trả lại",
        "withdrawn": "Đã rút lại",
    },
    tones={"new": "grey", "in_progress": "blue", "done": "green", "returned": "amber", "withdrawn": "grey"},
    actions={
        "see": ActionLabel("Đã xem", "eye"),
        "clear": ActionLabel("Đã biết", "check"),
        "pass_on": ActionLabel("Chuyển xử lý", "arrow-forward-up", primary=True, key="C"),
        "progress": ActionLabel("Cập nhật tình hình", "progress"),
        "complete": ActionLabel("Kết thúc xử lý", "circle-check"),
        "return": ActionLabel("Trả lại", "arrow-back-up", key="G"),
        "withdraw": ActionLabel("Rút lại", "arrow-back"),
        "set_due": ActionLabel("Đổi hạn", "calendar-due"),
    },
    who={
        "is_holder": "đơn vị, người được giao",
        "is_unit_holder": "trưởng đơn vị được giao",
        "is_assigner": "người giao phần việc",
    },
    rules={"parts_finished": "các phần đã chuyển tiếp đều xong", "is_untouched": "người nhận chưa xử lý"},
)

CHANGE_KINDS = {"replace": "Thay thế", "amend": "Sửa đổi, bổ sung", "correct": "Đính chính"}
CAPACITIES = {"": "", "TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q."}
LEDGER = {"reserved": "Đang giữ", "void": "Đã hủy", "used": "Đã dùng"}

OUTGOING = Labels(
    title="văn bản đi",
    states={
        "draft": "Dự thảo",
        "in_review": "Chờ trưởng đơn vị duyệt",
        "endorsed": "Chờ lãnh đạo duyệt",
        "approved": "Chờ phát hành",
        "signed": "Đã ký số, chờ đóng dấu",
        "issued": "Đã phát hành",
        "discarded": "Đã hủy dự thảo",
    },
    tones={
        "draft": "grey",
        "in_review": "amber",
        "endorsed": "amber",
        "approved": "blue",
        "signed": "blue",
        "issued": "green",
        "discarded": "grey",
    },
    actions={
        "edit": ActionLabel("Sửa dự thảo", "pencil"),
        "submit": ActionLabel("Trình duyệt", "arrow-forward-up", primary=True),
        "endorse": ActionLabel("Đồng ý, trình lãnh đạo", "check", primary=True),
        "approve": ActionLabel("Phê duyệt", "check", primary=True),
        "return": ActionLabel("Trả lại", "arrow-back-up", key="G"),
        "sign": ActionLabel("Ký số", "writing-sign", primary=True, key="K"),
        "seal": ActionLabel("Cấp số, đóng dấu, phát hành", "rubber-stamp", primary=True),
        "issue": ActionLabel(
            "Phát hành", "send", primary=True, confirm="Cấp số và phát hành văn bản này đến mọi nơi nhận?"
        ),
        "add_recipients": ActionLabel("Gửi bổ sung nơi nhận", "send"),
        "take_back": ActionLabel("Rút lại để sửa", "arrow-back-up"),
        "discard": ActionLabel("Hủy dự thảo", "trash", danger=True),
    },
    who={
        "is_drafter": "người soạn thảo",
        "is_endorser": "trưởng đơn vị soạn thảo",
        "is_approver": "lãnh đạo phê duyệt",
        "is_reviewer": "người đang duyệt",
        "is_outgoing_clerk": "văn thư cơ quan",
    },
    rules={
        "has_main_file": "đã có tệp văn bản chính",
        "has_recipients": "đã có nơi nhận",
        "is_signed_where_required": "đã ký số, nếu cơ quan quy định phải ký số",
        "main_file_is_pdf": "tệp văn bản chính là PDF",
    },
)

EVENTS = {
    "DocumentsLinked": "liên kết văn bản",
    "DocumentPulledBack": "rút lại, chuyển lại sau",
    "DutyReportedLate": "hệ thống nhắc",
    "HandlingDueSet": "đổi hạn phần việc",
    "HandlingWithdrawn": "rút lại phần việc",
    "InstructionTakenBack": "rút lại bút phê",
    "HandlingLeadChanged": "đổi đơn vị, người chủ trì",
    "OpinionsAsked": "lấy ý kiến",
    "ArrivalDiscarded": "bỏ văn bản trùng",
    "ArrivalMerged": "nhập vào số đến đã có",
    "CopyTaken": "đính kèm bản cùng nội dung",
    "PaperKept": "ghi nơi giữ bản giấy",
    "ScansQueued": "đưa vào hàng chờ vào sổ",
    "ArrivalReturned": "trả lại nơi gửi",
    "DocumentArrived": "văn bản đến qua liên thông",
    "DocumentTransferred": "chuyển cơ quan khác giải quyết",
    "InformedCleared": "đã biết",
    "NoteObjected": "không đồng ý với bút phê nhập thay",
    "PaperNoteEntered": "nhập bút phê giấy",
    "ArrivalAmended": "cập nhật văn bản theo nơi gửi",
    "DocumentWithdrawn": "rút văn bản theo yêu cầu của nơi gửi",
    "DocumentClosed": "kết thúc xử lý",
    "DocumentForwarded": "chuyển xử lý",
    "DocumentInstructed": "bút phê, phân công",
    "DocumentIssued": "cấp số, phát hành",
    "DocumentPresented": "trình lãnh đạo",
    "DocumentRegistered": "vào sổ",
    "DocumentSigned": "ký số",
    "DraftApproved": "phê duyệt",
    "DraftChanged": "sửa dự thảo",
    "DraftCreated": "soạn thảo",
    "DraftDiscarded": "hủy dự thảo",
    "DraftEndorsed": "đồng ý, trình lãnh đạo",
    "DraftReturned": "trả lại dự thảo",
    "DraftSubmitted": "trình duyệt",
    "DraftTakenBack": "rút lại dự thảo để sửa",
    "NumberRenewed": "gia hạn giữ số",
    "NumberReserved": "giữ số",
    "NumberVoided": "hủy số đã giữ",
    "HandlersAdded": "thêm người, đơn vị xử lý",
    "HandlingCompleted": "báo kết quả xử lý",
    "HandlingPassedOn": "chuyển tiếp trong đơn vị",
    "HandlingProgressed": "cập nhật tình hình",
    "HandlingReturned": "trả lại phần việc",
    "HandlingSeen": "đã xem",
    "OpinionGiven": "cho ý kiến",
    "ProposalSought": "chuyển tham mưu",
    "RecipientGroupRemoved": "bỏ nhóm nơi nhận",
    "RecipientsAdded": "gửi bổ sung nơi nhận",
    "RecipientGroupSaved": "lưu nhóm nơi nhận",
}
FIELDS = {
    "handling_lead": "Chủ trì",
    "paper_place": "Nơi giữ bản giấy",
    "subject": "Trích yếu",
    "due_at": "Hạn xử lý",
    "reference": "Số, ký hiệu",
    "document_type": "Loại văn bản",
    "urgency": "Độ khẩn",
    "recipients": "Nơi nhận",
    "files": "Tệp",
    "number": "Số",
}
TONES = {
    "NoteObjected": "bad",
    "DocumentWithdrawn": "bad",
    "DutyReportedLate": "bad",
    "DraftReturned": "bad",
    "ArrivalReturned": "bad",
    "HandlingReturned": "bad",
}
