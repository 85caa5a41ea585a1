"""Trích yếu của cơ quan trung ương và của doanh nghiệp, tổ chức gửi đến thành phố."""

NATIONAL = {
    "Công văn": [
        "đề nghị báo cáo tiến độ thực hiện {project}",
        "truyền đạt ý kiến chỉ đạo của Thủ tướng Chính phủ về {project}",
        "góp ý hồ sơ dự án Luật sửa đổi, bổ sung một số điều của Luật Đất đai",
        "đôn đốc thực hiện nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao {quarter}",
        "cung cấp số liệu phục vụ xây dựng báo cáo của Chính phủ trình Quốc hội",
        "hướng dẫn thực hiện mô hình chính quyền địa phương hai cấp",
        "đề nghị phối hợp tổ chức hội nghị trực tuyến toàn quốc về {service}",
        "trả lời kiến nghị của cử tri Thành phố Hồ Chí Minh gửi tới kỳ họp Quốc hội",
        "tăng cường bảo đảm an toàn thông tin cho hệ thống quản lý văn bản",
        "lấy ý kiến dự thảo Thông tư quy định định mức trong lĩnh vực {service}",
    ],
    "Công điện": [
        "ứng phó đợt triều cường và mưa lớn khu vực Nam Bộ từ {day}",
        "đẩy mạnh giải ngân vốn đầu tư công những tháng cuối năm {year}",
    ],
    "Thông báo": [
        "kết luận của Phó Thủ tướng Chính phủ tại cuộc họp về tiến độ {project}",
        "kết luận cuộc họp trực tuyến với các địa phương về {service}",
    ],
    "Quyết định": [
        "phê duyệt Chương trình hành động quốc gia về {service} giai đoạn {stage}",
        "công bố thủ tục hành chính được sửa đổi, bổ sung trong lĩnh vực {service}",
    ],
    "Kế hoạch": ["kiểm tra tình hình thực hiện chính sách, pháp luật về {service} năm {next_year}"],
    "Giấy mời": ["dự Hội nghị trực tuyến toàn quốc về {service}", "họp Hội đồng thẩm định {project}"],
}

PRIVATE = {
    "Công văn": [
        "xin ý kiến lắp đặt tuyến ống cấp nước D600 trên {road}",
        "đề nghị tháo gỡ vướng mắc về thủ tục giao đất tại {place}",
        "kiến nghị gia hạn thời gian thực hiện dự án tại {place}",
        "báo cáo tiến độ di dời lưới điện phục vụ {project}",
        "đề nghị chấp thuận tổ chức sự kiện tại {place}",
        "đăng ký làm việc với lãnh đạo Thành phố về đề xuất đầu tư tại {place}",
        "đề nghị thanh toán khối lượng hoàn thành đợt {n} {project}",
        "phản ánh tình trạng xe quá tải lưu thông trên {road}",
        "cảm ơn và báo cáo kết quả tài trợ xây dựng nhà tình thương tại {place}",
    ],
    "Báo cáo": [
        "tiến độ thi công gói thầu số {n} {project}",
        "kết quả hoạt động sản xuất kinh doanh {period}",
    ],
    "Tờ trình": ["phê duyệt thiết kế bản vẽ thi công gói thầu số {n} {project}"],
    "Giấy mời": ["dự lễ khởi công {project}", "dự Diễn đàn doanh nghiệp Thành phố năm {year}"],
}
