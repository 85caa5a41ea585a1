"""Từ ngữ của ký số: verdicts, and the sentence behind each finding of a verification."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Kết luận xác minh."""

    VALID = "valid"
    INVALID = "invalid"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


VERDICTS = {
    Verdict.VALID: "Hợp lệ",
    Verdict.INVALID: "Không hợp lệ",
    Verdict.CHANGED: "Đã bị sửa sau khi ký",
    Verdict.UNKNOWN: "Chưa đủ căn cứ",
    Verdict.UNSIGNED: "Không có chữ ký số",
    Verdict.UNREADABLE: "Không đọc được",
}
TONES = {
    Verdict.VALID: "green",
    Verdict.INVALID: "red",
    Verdict.CHANGED: "red",
    Verdict.UNKNOWN: "amber",
    Verdict.UNSIGNED: "",
    Verdict.UNREADABLE: "amber",
}
# from the mildest to the gravest: a file is no better than its worst part
GRAVITY = (Verdict.VALID, Verdict.UNKNOWN, Verdict.INVALID, Verdict.CHANGED)

_V, _I, _C, _U = Verdict.VALID, Verdict.INVALID, Verdict.CHANGED, Verdict.UNKNOWN

# code of a finding → what it makes of the signature or of the file, and why, in words
FINDINGS: dict[str, tuple[Verdict, str]] = {
    # the signature dictionary
    "wrong_type": (_I, "Đối tượng chữ ký không đúng loại."),
    "wrong_subfilter": (
        _I,
        "Định dạng chữ ký không được chấp nhận (chỉ nhận PAdES, PKCS#7 tách rời hoặc dấu thời gian RFC 3161).",
    ),
    "wrong_filter": (_I, "Chữ ký không khai báo bộ xử lý."),
    "bad_byte_range": (_I, "Phạm vi ký (ByteRange) thiếu hoặc không hợp lệ."),
    "hole_mismatch": (_I, "Vùng chừa cho chữ ký chứa nội dung khác ngoài chữ ký."),
    "hole_not_hex": (_I, "Vùng chừa cho chữ ký chứa ký tự lạ."),
    "hole_padding": (_I, "Phần đệm sau chữ ký bị thay đổi."),
    "not_der": (_I, "Dữ liệu chữ ký không đúng chuẩn mã hóa."),
    "bad_signature": (_I, "Chữ ký hỏng, không kiểm tra được."),
    "content_inside": (_I, "Chữ ký mang nội dung riêng, không gắn với nội dung tệp."),
    "shared_value": (_I, "Một chữ ký được gán cho nhiều ô ký."),
    "signature_value": (_I, "Giá trị chữ ký không khớp với chứng thư của người ký."),
    "bad_timestamp": (_I, "Dấu thời gian không hợp lệ."),
    "seed_values": (_I, "Chữ ký không theo ràng buộc của ô ký."),
    # the file around them
    "signature_removed": (_C, "Tệp từng có chữ ký nhưng chữ ký đã bị gỡ khỏi biểu mẫu."),
    "signature_outside_form": (_I, "Có dữ liệu chữ ký nằm ngoài các ô ký."),
    "certified_late": (_I, "Chữ ký chứng nhận không phải chữ ký đầu tiên."),
    "certification_unnamed": (_I, "Chữ ký chứng nhận không khớp với khai báo của tài liệu."),
    "before_header": (_U, "Có dữ liệu lạ trước phần đầu tệp PDF."),
    "hybrid": (_U, "Tệp có hai bảng tra cứu song song, mỗi phần mềm có thể hiển thị một khác."),
    "hidden_objects": (_U, "Tệp chứa đối tượng bị che, có thể bị hiển thị khác đi."),
    "too_many": (_U, "Tệp có quá nhiều chữ ký để kiểm tra hết."),
    "too_complex": (_U, "Tệp quá phức tạp, chưa kiểm tra hết nội dung."),
    # changes
    "digest": (_C, "Nội dung trong phạm vi ký đã khác lúc ký."),
    "not_covered": (_C, "Chữ ký không bao trùm toàn bộ phiên bản tài liệu lúc ký."),
    "changed": (_C, "Nội dung bị sửa bằng phần ghi thêm sau khi ký."),
    "not_permitted": (_C, "Thay đổi sau khi ký vượt quá mức chữ ký chứng nhận cho phép."),
    "appended": (_C, "Có dữ liệu ghi thêm sau chữ ký cuối cùng."),
    "form_after_last": (_C, "Ô biểu mẫu bị điền sau chữ ký cuối cùng."),
    "field_added": (_C, "Ô biểu mẫu được thêm sau khi ký."),
    "field_removed": (_C, "Ô biểu mẫu bị xóa sau khi ký."),
    "field_refilled": (_C, "Ô đã điền bị sửa lại sau khi ký."),
    "field_too_large": (_C, "Ô điền sau khi ký lớn tới mức có thể che nội dung đã ký."),
    "form_changed": (_C, "Biểu mẫu bị thay đổi ngoài việc điền số, ngày."),
    "signature_field_changed": (_C, "Hình thức của ô ký bị thay đổi sau khi ký."),
    # the certificate and the time
    "untrusted": (_U, "Chứng thư không thuộc hệ thống chứng thực tin cậy của cơ quan."),
    "expired": (_U, "Chứng thư đã hết hạn và chữ ký không có dấu thời gian tin cậy."),
    "not_yet_valid": (_I, "Chứng thư chưa có hiệu lực."),
    "outside_validity": (_I, "Thời điểm ký nằm ngoài thời hạn của chứng thư."),
    "revoked": (_I, "Chứng thư của người ký đã bị thu hồi."),
    "revoked_issuer": (_I, "Chứng thư của nơi cấp đã bị thu hồi."),
    "revocation_unknown": (_U, "Chưa biết chứng thư có bị thu hồi hay không."),
    "weak_algorithm": (_U, "Thuật toán ký không còn an toàn."),
    "wrong_purpose": (_I, "Chứng thư không được cấp để ký văn bản."),
    "no_time": (_U, "Không có thời điểm ký."),
    "future": (_U, "Thời điểm ký ghi trong tệp ở tương lai."),
    "untrusted_timestamp": (_U, "Dấu thời gian không thuộc dịch vụ tin cậy."),
    # what may look different tomorrow
    "javascript": (_U, "Tệp chứa mã JavaScript có thể đổi nội dung hiển thị."),
    "launch": (_U, "Tệp chứa lệnh mở chương trình khác."),
    "form_action": (_U, "Tệp chứa lệnh gửi, nhập hoặc ẩn biểu mẫu."),
    "layers": (_U, "Tệp có các lớp nội dung bật tắt được."),
    "media": (_U, "Tệp nhúng phim, âm thanh hoặc mô hình 3D."),
    "xfa": (_U, "Tệp dùng biểu mẫu XFA, hiển thị tùy phần mềm."),
    "outside": (_U, "Tệp lấy nội dung từ bên ngoài."),
    "too_deep": (_U, "Cấu trúc tệp lồng quá sâu."),
}
# found, and no reason for doubt by itself
HARMLESS = {"embedded": "Tệp có tệp đính kèm bên trong."}
PROBLEMS = {
    "empty": "Tệp rỗng.",
    "not_pdf": "Không phải tệp PDF.",
    "broken": "Tệp bị hỏng hoặc không đúng chuẩn PDF nên không xác minh được.",
    "encrypted": "Tệp có mật khẩu hoặc bị mã hóa nên không xác minh được.",
    "too_large": "Tệp lớn hơn mức xác minh được.",
    "missing": "Không mở được tệp.",
    "time": "Tệp quá phức tạp, không xác minh xong trong thời gian cho phép.",
    "memory": "Tệp cần quá nhiều bộ nhớ nên không xác minh được.",
    "crash": "Tệp bị hỏng ở bên trong nên không xác minh được.",
}
CERTIFICATION = {
    1: "Chứng nhận: không cho phép thay đổi",
    2: "Chứng nhận: chỉ cho phép điền ô và ký tiếp",
    3: "Chứng nhận: cho phép điền ô, ký tiếp và ghi chú",
}
KINDS = {"signature": "Chữ ký số", "timestamp": "Dấu thời gian của tài liệu"}

PURPOSES = {"person": "Chữ ký số", "seal": "Con dấu cơ quan"}
REQUEST_STATES = {"reserved": "Đang ký", "attached": "Đã ký", "failed": "Chưa ký được", "released": "Đã nhả"}
REQUEST_TONES = {"reserved": "amber", "attached": "green", "failed": "red", "released": "grey"}
PROVIDERS = {"software": "Khóa phần mềm", "device": "Thiết bị PKCS#11", "remote": "Ký số từ xa"}
EVENTS = {
    "KeyIssued": "được cấp khóa ký số",
    "KeyLocked": "khóa ký số bị khóa",
    "KeyReleased": "mở lại khóa ký số",
    "SignatureFailed": "chưa ký được",
    "SignatureReserved": "yêu cầu ký số",
}
EVENT_TONES = {"SignatureFailed": "bad", "KeyLocked": "bad"}
