"""Trích yếu của Ủy ban nhân dân cấp xã."""

SUBJECTS = {
    "Công văn": [
        "kiến nghị xử lý ngập tại khu vực {road}",
        "đề nghị hướng dẫn xác nhận nguồn gốc đất khi giải quyết hồ sơ tại Trung tâm Phục vụ hành chính công",
        "đề nghị bổ sung kinh phí duy tu hẻm, thoát nước {quarter}",
        "đề nghị cấp bổ sung trang thiết bị cho Trung tâm Phục vụ hành chính công",
        "báo cáo kết quả vận động các hộ dân bàn giao mặt bằng {project}",
        "đề nghị hỗ trợ xử lý bãi tập kết rác tự phát tại khu vực {road}",
        "xin ý kiến về phương án sắp xếp điểm trường trên địa bàn",
        "đề nghị lắp đặt bổ sung đèn tín hiệu giao thông tại nút giao {road}",
        "phản hồi kiến nghị của cử tri về chiếu sáng công cộng",
        "đề nghị điều chỉnh thời gian thi công {project} để bảo đảm đi lại của người dân",
        "đề nghị cung cấp dữ liệu hộ tịch phục vụ số hóa",
        "phối hợp kiểm tra nhà trọ, nhà cho thuê trên địa bàn",
        "xử lý lấn chiếm vỉa hè, lòng đường trên tuyến {road}",
    ],
    "Báo cáo": [
        "tình hình kinh tế - xã hội {period}",
        "kết quả giải phóng mặt bằng đợt {n} {project}",
        "kết quả giải quyết thủ tục hành chính {month}",
        "kết quả rà soát hộ nghèo, hộ cận nghèo năm {year}",
        "tình hình trật tự xây dựng trên địa bàn {month}",
        "kết quả thực hiện chỉ tiêu thu ngân sách {period}",
        "công tác phòng, chống dịch sốt xuất huyết {month}",
    ],
    "Tờ trình": [
        "phê duyệt kế hoạch sử dụng kinh phí sửa chữa trụ sở các khu phố",
        "phê duyệt danh mục công trình duy tu năm {next_year}",
        "thành lập Ban điều hành khu phố sau sắp xếp",
    ],
    "Kế hoạch": [
        "ra quân lập lại trật tự lòng đường, vỉa hè {quarter}",
        "chăm lo Tết cho gia đình chính sách, hộ khó khăn năm {next_year}",
        "tuyển chọn công dân nhập ngũ năm {next_year}",
        "tuyên truyền, hướng dẫn người dân nộp hồ sơ trực tuyến",
    ],
    "Thông báo": [
        "lịch tiếp công dân của Chủ tịch Ủy ban nhân dân {month}",
        "niêm yết công khai phương án bồi thường {project}",
        "kết luận giao ban Ủy ban nhân dân {month}",
    ],
    "Quyết định": [
        "kiện toàn Ban Chỉ huy phòng thủ dân sự",
        "phê duyệt danh sách hộ nghèo, hộ cận nghèo năm {year}",
        "xử phạt vi phạm hành chính trong lĩnh vực xây dựng",
    ],
    "Giấy mời": ["dự hội nghị đối thoại với hộ dân {project}", "họp giao ban khu phố {month}"],
}
