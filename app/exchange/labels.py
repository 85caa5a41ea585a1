"""Từ ngữ của liên thông văn bản."""

from __future__ import annotations

from typing import Any

from app.core.workflow import ActionLabel, Labels

DELIVERY = Labels(
    title="việc gửi đến nơi nhận",
    states={
        "queued": "Chờ gửi",
        "01": "Đã đến",
        "02": "Từ chối tiếp nhận",
        "03": "Đã tiếp nhận",
        "04": "Đã phân công",
        "05": "Đang xử lý",
        "06": "Đã hoàn thành",
        "13": "Đã nhận yêu cầu",
        "15": "Đồng ý yêu cầu",
        "16": "Từ chối yêu cầu",
    },
    tones={
        "queued": "amber",
        "01": "",
        "02": "red",
        "03": "blue",
        "04": "blue",
        "05": "blue",
        "06": "green",
        "13": "amber",
        "15": "green",
        "16": "red",
    },
    actions={
        "arrive": ActionLabel("Đến nơi nhận"),
        "refuse": ActionLabel("Không gửi được"),
        "return": ActionLabel("Từ chối tiếp nhận"),
        "register": ActionLabel("Tiếp nhận"),
        "assign": ActionLabel("Phân công"),
        "progress": ActionLabel("Báo đang xử lý"),
        "finish": ActionLabel("Báo hoàn thành"),
        "ask": ActionLabel("Đến nơi nhận"),
        "agree": ActionLabel("Đồng ý yêu cầu"),
        "decline": ActionLabel("Từ chối yêu cầu"),
        "resend": ActionLabel("Gửi lại", "refresh"),
    },
    who={
        "is_exchange": "hệ thống liên thông",
        "is_receiver": "nơi nhận",
        "is_sender_clerk": "văn thư cơ quan gửi",
    },
)
PAPER = "Gửi giấy"


def state_words(state: Any) -> str:
    """Tên trạng thái của một nơi nhận."""
    return DELIVERY.states.get(str(state), str(state))


EVENTS = {
    "DeliveryArrived": "chuyển đến nơi nhận",
    "DeliveryRefused": "báo không tiếp nhận",
    "DeliveryResent": "gửi lại nơi nhận",
    "DeliveryStateChanged": "báo trạng thái xử lý",
    "LetterConflicted": "phát hiện thư trùng mã khác nội dung",
    "LetterDeclined": "từ chối gói tin đã để riêng",
    "LetterQuarantined": "để riêng gói tin không đọc được",
    "LetterRetried": "thử lại gói tin đã để riêng",
    "PackageSent": "gửi liên thông",
    "PartnerResumed": "liên thông trở lại với đối tác",
    "PartnerSaved": "lưu đối tác liên thông",
    "PartnerSuspended": "tạm dừng liên thông với đối tác",
    "RecallAnswered": "trả lời yêu cầu của nơi gửi",
    "RecallAsked": "nhận yêu cầu của nơi gửi",
    "RecallSent": "gửi yêu cầu đến nơi nhận",
    "SecretLetterRefused": "từ chối gói tin mang dấu độ mật",
}
FIELDS = {"delivery_state": "Trạng thái nơi nhận"}
VALUES = {"delivery_state": state_words}
TONES = {
    "DeliveryRefused": "bad",
    "LetterConflicted": "bad",
    "LetterQuarantined": "bad",
    "PartnerSuspended": "bad",
    "RecallAsked": "bad",
    "SecretLetterRefused": "bad",
}

PURPOSES = {"package": "Ký gói tin", "receipt": "Ký biên nhận"}
REQUESTS = {1: "thu hồi", 2: "cập nhật", 3: "thay thế"}
BUSINESS = {
    0: "Văn bản điện tử mới",
    1: "Thu hồi văn bản điện tử",
    2: "Cập nhật văn bản điện tử",
    3: "Văn bản thay thế",
}
STATUS_NAMES = {
    "01": "Đã đến",
    "02": "Từ chối tiếp nhận",
    "03": "Đã tiếp nhận",
    "04": "Phân công xử lý",
    "05": "Đang xử lý",
    "06": "Hoàn thành",
    "13": "Yêu cầu lấy lại",
    "15": "Đồng ý cập nhật, lấy lại",
    "16": "Từ chối cập nhật, lấy lại",
}
PRIORITIES = {0: "Thường", 1: "Khẩn", 2: "Thượng khẩn", 3: "Hỏa tốc", 4: "Hỏa tốc hẹn giờ"}

# Why a package cannot be read. Each sentence: what is wrong, what to do.
PACKAGE_REFUSALS = {
    "empty": "Tệp rỗng, không có gói tin nào. Hãy lấy lại gói tin từ nơi gửi.",
    "too_large": "Gói tin quá lớn. Hãy gửi các phụ lục lớn bằng liên kết thay vì đặt trong gói tin.",
    "not_xml": "Không phải gói tin edXML: nội dung không phải XML đúng khuôn dạng ({detail}). Hãy yêu cầu nơi gửi tạo lại gói tin.",
    "package_cut": "Gói tin bị cắt: XML chưa kết thúc ({detail}). Hãy tải lại gói tin từ nơi gửi.",
    "not_package": "Không phải gói tin edXML: không có phần đầu gói tin (MessageHeader). Hãy kiểm tra lại tệp.",
    "doctype": "Gói tin có khai báo DOCTYPE, chỉ dùng để tấn công, nên bị từ chối. Hãy báo đơn vị vận hành của nơi gửi.",
    "encoding": "Sai bảng mã: gói tin không phải UTF-8 và không khai báo đúng bảng mã. Hãy yêu cầu nơi gửi tạo lại gói tin bằng UTF-8.",
    "base64": "Tệp đính kèm “{detail}” hỏng: nội dung không phải base64. Hãy yêu cầu nơi gửi gửi lại.",
    "business_type": "Loại nghiệp vụ “{detail}” không có trong QCVN 102. Hãy yêu cầu nơi gửi tạo lại gói tin.",
    "too_many_files": "Gói tin có quá nhiều tệp đính kèm (tối đa {detail}). Hãy yêu cầu nơi gửi chia thành nhiều văn bản.",
    "too_complex": "Gói tin quá phức tạp (quá nhiều lớp, phần tử hoặc chữ) nên bị từ chối. Hãy yêu cầu nơi gửi tạo lại.",
    "bomb": "Tệp nén trong gói tin giải nén ra quá lớn nên bị từ chối.",
    "too_many_entries": "Tệp nén trong gói tin có quá nhiều mục nên bị từ chối.",
    "bad_entry_name": "Tệp nén trong gói tin chứa đường dẫn nguy hiểm ({detail}) nên bị từ chối.",
    "symlink": "Tệp nén trong gói tin chứa liên kết ({detail}) thay cho tệp thật nên bị từ chối.",
    "inconsistent": "Tệp nén trong gói tin không nhất quán: mục lục không khớp nội dung. Hãy yêu cầu nơi gửi gửi lại.",
    "nested": "Tệp nén trong gói tin lồng quá nhiều lớp nên bị từ chối.",
    "broken": "Vỏ bọc của gói tin (tệp nén hoặc MIME) bị hỏng. Hãy lấy lại gói tin từ nơi gửi.",
    "password": "Gói tin nằm trong tệp nén có mật khẩu nên không đọc được.",
    "other_archive": "Gói tin nằm trong loại tệp nén không đọc được. Hãy dùng ZIP thông thường.",
    "time": "Đọc gói tin quá thời gian cho phép nên dừng lại. Hãy yêu cầu nơi gửi tạo lại gói tin nhỏ hơn.",
    "memory": "Đọc gói tin cần quá nhiều bộ nhớ nên dừng lại. Hãy yêu cầu nơi gửi tạo lại gói tin nhỏ hơn.",
    "crash": "Gói tin hỏng ở bên trong nên không đọc được. Hãy yêu cầu nơi gửi tạo lại gói tin.",
}  # fmt: skip
# What was read though it is not as the standard has it.
PACKAGE_NOTES = {
    "bom": "Có dấu thứ tự byte (BOM) ở đầu tệp",
    "junk_before": "Có {detail} byte lạ trước phần XML",
    "space_before": "Có khoảng trắng trước khai báo XML",
    "junk_after": "Có nội dung lạ sau phần XML",
    "carrier_zip": "Gói tin nằm trong tệp nén ZIP ({detail})",
    "carrier_gzip": "Gói tin được nén gzip",
    "carrier_mime": "Gói tin nằm trong thông điệp MIME",
    "carrier_base64": "Cả gói tin được mã hóa base64",
    "carrier_json": "Gói tin nằm trong câu trả lời JSON",
    "carrier_embedded": "Gói tin nằm trong phần tử {detail} của một XML khác",
    "encoding_declared": "Khai báo sai bảng mã: {detail}",
    "encoding_converted": "Gói tin dùng bảng mã {detail}, đã chuyển sang UTF-8",
    "broken_characters": "{detail} ký tự hỏng, đã thay bằng ký tự thay thế",
    "control_characters": "Có ký tự điều khiển không được phép trong XML, đã bỏ",
    "bare_ampersand": "Dấu & hoặc < viết trần trong chữ, đã sửa",
    "unbound_prefix": "Tiền tố {detail} không được khai báo không gian tên",
    "namespace_missing": "Không khai báo không gian tên của QCVN 102",
    "namespace_other": "Không gian tên khác QCVN 102:2016: {detail}",
    "root_named": "Phần tử gốc là {detail} thay cho edXML",
    "header_named": "Phần đầu gói tin là {detail} thay cho MessageHeader",
    "element_order": "Thứ tự phần tử khác thứ tự tham chiếu",
    "missing": "Thiếu phần {detail}",
    "names_2012": "Dùng tên phần tử của bản trước năm 2016",
    "business_spelled": "Phần nghiệp vụ viết là Business",
    "business_assumed": "Loại nghiệp vụ không đọc được ({detail}), coi là văn bản mới",
    "status_one_digit": "Mã trạng thái một chữ số ({detail})",
    "trace_many": "Có {detail} dấu vết chuyển tiếp",
    "trace_without_organ": "Dấu vết chuyển tiếp thiếu mã cơ quan",
    "date_day_first": "Ngày viết ngày trước năm sau ({detail})",
    "date_unreadable": "Ngày không đọc được ({detail})",
    "urgency_words": "Độ khẩn viết bằng chữ ({detail})",
    "base64_lines": "Base64 có xuống dòng hoặc khoảng trắng ({detail})",
    "base64_padding": "Base64 thiếu ký tự đệm ({detail})",
    "base64_address": "Nội dung tệp viết dạng địa chỉ data: ({detail})",
    "declared_zip": "Khai là application/zip nhưng không nén ({detail})",
    "zip_undeclared": "Đã nén ZIP nhưng khai loại khác ({detail})",
    "entry_ending": "Tên trong tệp nén có đuôi khác tên khai ({detail})",
    "zip_of_many": "Tệp nén nhiều mục dưới tên tệp thường, giữ nguyên ({detail})",
    "zip_kept": "Tệp nén không mở được, giữ nguyên ({detail})",
    "zip_table_broken": "Tệp nén hỏng mục lục, đọc được thành phần duy nhất ({detail})",
    "reference_without_file": "Khai tệp nhưng không kèm nội dung ({detail})",
}  # fmt: skip
