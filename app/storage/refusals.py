"""Câu từ chối tệp: what is wrong, why it matters, what to do next."""

from __future__ import annotations

from app.core import limits
from app.core.errors import InputRejected
from app.storage.kinds import Kind, names_of

_SENTENCES = {
    "empty": "Tệp rỗng, không có nội dung. Hãy kiểm tra lại tệp gốc trên máy rồi tải lên lại.",
    "unknown_type": "Không nhận ra loại tệp. Hãy lưu tệp dưới dạng PDF hoặc DOCX rồi tải lên lại.",
    "markup": "Tệp chứa mã HTML, SVG hoặc XML có thể chạy trong trình duyệt nên không được nhận. "
    "Hãy in ra PDF hoặc xuất thành ảnh PNG rồi tải lên lại.",
    "program": "Đây là chương trình, không phải tài liệu, nên không được nhận. Hãy chọn lại tệp tài liệu.",
    "old_office": "Tệp Office kiểu cũ (DOC, XLS, PPT, RTF) không được nhận vì có thể chứa mã ẩn. "
    "Hãy mở tệp, chọn Lưu thành DOCX, XLSX, PPTX hoặc PDF rồi tải lên lại.",
    "other_image": "Loại ảnh này không được nhận. Hãy lưu ảnh thành JPEG hoặc PNG rồi tải lên lại.",
    "other_archive": "Loại tệp nén này không được nhận. Hãy nén lại bằng ZIP thông thường rồi tải lên lại.",
    "encoding": "Sai bảng mã: tệp văn bản không phải UTF-8. Hãy lưu lại với bảng mã UTF-8 rồi tải lên lại.",
    "password": "Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong phần mềm soạn thảo rồi tải lên lại.",
    "broken": "Tệp bị hỏng hoặc chưa tải đủ nên không mở được. Hãy mở thử trên máy, lưu lại rồi tải lên lại.",
    "macro": "Tệp chứa macro (mã chạy được) nên không được nhận. Hãy lưu lại dưới dạng DOCX hoặc XLSX không macro rồi tải lên lại.",
    "external_template": "Tệp gắn với mẫu hoặc nội dung nằm ở địa chỉ bên ngoài ({detail}) và sẽ tải về khi mở, nên không được nhận. "
    "Hãy gỡ mẫu đính kèm, hoặc lưu thành PDF rồi tải lên lại.",
    "ole": "Tệp nhúng đối tượng OLE có thể chạy mã nên không được nhận. Hãy đổi đối tượng đó thành ảnh, hoặc lưu thành PDF rồi tải lên lại.",
    "dde": "Tệp chứa trường DDE có thể chạy lệnh trên máy người đọc nên không được nhận. Hãy xóa trường đó, hoặc lưu thành PDF rồi tải lên lại.",
    "active_content": "Tệp chứa thành phần ActiveX hoặc chương trình nên không được nhận. Hãy xóa thành phần đó, hoặc lưu thành PDF rồi tải lên lại.",
    "alt_chunk": "Tệp chèn nguyên một tệp khác loại (altChunk) không kiểm tra được nên không được nhận. "
    "Hãy mở bằng Word, lưu lại dưới dạng DOCX rồi tải lên lại.",
    "bomb": "Tệp giải nén ra quá lớn so với kích thước thật nên không được nhận. Hãy kiểm tra lại tệp gốc, chia nhỏ rồi tải lên lại.",
    "too_many_entries": "Tệp nén chứa quá nhiều mục (tối đa {detail}). Hãy chia thành nhiều tệp nén nhỏ hơn rồi tải lên lại.",
    "bad_entry_name": "Tệp nén chứa đường dẫn không hợp lệ ({detail}) có thể ghi đè tệp khác khi giải nén. Hãy nén lại từ thư mục gốc rồi tải lên lại.",
    "symlink": "Tệp nén chứa liên kết ({detail}) thay cho tệp thật nên không được nhận. Hãy nén lại các tệp thật rồi tải lên lại.",
    "inconsistent": "Tệp nén không nhất quán: mục lục không khớp nội dung. Hãy nén lại rồi tải lên lại.",
    "nested": "Tệp nén lồng quá nhiều lớp nên không kiểm tra được. Hãy giải nén ra rồi nén lại một lớp và tải lên lại.",
    "program_inside": "Bên trong có chương trình hoặc tệp lệnh ({detail}) nên không được nhận. Hãy bỏ tệp đó ra rồi tải lên lại.",
    "member_too_large": "Bên trong có tệp quá lớn để kiểm tra ({detail}). Hãy tải riêng tệp đó lên, hoặc chia nhỏ rồi nén lại.",
    "too_many_pages": "Tệp có quá nhiều trang (tối đa {detail}). Hãy chia thành nhiều tệp rồi tải lên lại.",
    "pixels": "Ảnh trong tệp có kích thước quá lớn. Hãy giảm độ phân giải (300 dpi là đủ) rồi tải lên lại.",
    "too_complex": "Tệp quá phức tạp, không kiểm tra xong trong thời gian cho phép. Hãy lưu lại đơn giản hơn hoặc chia nhỏ rồi tải lên lại.",
    "time": "Tệp quá phức tạp, không kiểm tra xong trong thời gian cho phép. Hãy lưu lại đơn giản hơn hoặc chia nhỏ rồi tải lên lại.",
    "memory": "Tệp giải nén ra quá lớn nên không kiểm tra được. Hãy giảm kích thước hoặc chia nhỏ rồi tải lên lại.",
    "crash": "Tệp bị hỏng ở bên trong nên không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên lại.",
}
CODES = frozenset(_SENTENCES)


class FileRefused(InputRejected):
    """Tệp bị từ chối. ``code`` is for the log and for tests; the content was not kept."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class TooLarge(FileRefused):
    """One byte over the limit or more."""

    status = 413

    def __init__(self, limit: int) -> None:
        size = f"{limit / limits.MB:.0f} MB" if limit >= limits.MB else f"{limit / limits.KB:.0f} KB"
        super().__init__(
            "too_large",
            f"Tệp vượt quá dung lượng tối đa {size}. Hãy nén ảnh trong tệp hoặc chia thành nhiều tệp rồi tải lên lại.",
        )


def because(code: str, detail: str = "") -> FileRefused:
    """Từ chối theo mã lý do; a code the parsers should not know counts as broken."""
    sentence = _SENTENCES.get(code, _SENTENCES["crash"])
    return FileRefused(
        code if code in _SENTENCES else "crash", sentence.replace("{detail}", detail or "không rõ")
    )


def mismatch(ending: str) -> FileRefused:
    """Tên một đằng, nội dung một nẻo."""
    return FileRefused(
        "mismatch",
        f"Nội dung không đúng loại tệp: tên có đuôi .{ending} nhưng bên trong không phải vậy. "
        "Hãy mở tệp bằng đúng phần mềm, lưu lại rồi tải lên lại.",
    )


def wrong_kind(kinds: frozenset[Kind], ending: str = "") -> FileRefused:
    """Không thuộc các loại nhận ở ô này."""
    found = f" .{ending}" if ending else ""
    return FileRefused(
        "wrong_kind",
        f"Ô này không nhận loại tệp{found}. Các loại được nhận: {names_of(kinds)}. Hãy chọn hoặc chuyển sang loại phù hợp.",
    )
