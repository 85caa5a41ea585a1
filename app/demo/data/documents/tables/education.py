"""Trích yếu lĩnh vực giáo dục, văn hóa, thể thao, du lịch."""

SUBJECTS = {
    "Công văn": [
        "chuẩn bị cơ sở vật chất cho năm học {school_year}",
        "bảo đảm an toàn trường học trong mùa mưa, bão",
        "điều tra nhu cầu chỗ học tại {place}",
        "đề nghị bàn giao mặt bằng xây dựng {school}",
        "tăng cường quản lý dạy thêm, học thêm trên địa bàn {place}",
        "tuyển dụng, bố trí giáo viên còn thiếu năm học {school_year}",
        "cho học sinh nghỉ học do ảnh hưởng của mưa lớn, triều cường",
        "thẩm định hồ sơ công nhận trường đạt chuẩn quốc gia đối với {school}",
        "góp ý dự thảo Nghị quyết về chính sách hỗ trợ học phí",
        "tu bổ di tích lịch sử - văn hóa tại {place}",
        "cho phép tổ chức lễ hội, sự kiện văn hóa tại {place}",
        "phối hợp tổ chức Tuần lễ Du lịch Thành phố năm {year}",
    ],
    "Báo cáo": [
        "tình hình chuẩn bị năm học {school_year}",
        "kết quả công tác tuyển sinh đầu cấp tại {place}",
        "tiến độ thực hiện Đề án 300 phòng học trên một vạn dân",
        "kết quả kiểm tra bếp ăn bán trú {period}",
        "lượng khách và doanh thu du lịch {period}",
    ],
    "Tờ trình": [
        "ban hành Kế hoạch xây dựng trường học giai đoạn {stage}",
        "phê duyệt chủ trương đầu tư xây dựng mới {school}",
        "ban hành mức thu dịch vụ phục vụ hoạt động giáo dục năm học {school_year}",
        "xếp hạng di tích cấp thành phố đối với đình thần tại {place}",
    ],
    "Kế hoạch": [
        "tổ chức kỳ thi tuyển sinh vào lớp 10 năm học {school_year}",
        "phổ cập giáo dục, xóa mù chữ năm {next_year}",
        "tổ chức các hoạt động mừng Đảng, mừng Xuân năm {next_year}",
    ],
    "Thông báo": [
        "lịch nghỉ Tết của học sinh năm học {school_year}",
        "kết luận cuộc họp về bố trí quỹ đất xây dựng trường học",
        "kết quả xét công nhận trường tiên tiến, hội nhập",
    ],
    "Quyết định": [
        "công nhận {school} đạt chuẩn quốc gia mức độ 1",
        "ban hành khung kế hoạch thời gian năm học {school_year}",
        "thành lập Hội đồng thẩm định hồ sơ xếp hạng di tích",
    ],
    "Giấy mời": ["họp Ban Chỉ đạo kỳ thi tốt nghiệp trung học phổ thông", "dự lễ khánh thành {school}"],
}
