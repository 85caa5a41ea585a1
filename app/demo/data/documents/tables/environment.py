"""Trích yếu lĩnh vực nông nghiệp, môi trường, đất đai, phòng, chống thiên tai."""

SUBJECTS = {
    "Công văn": [
        "chủ động ứng phó đợt triều cường cao từ {day}",
        "đề nghị cung cấp hồ sơ địa chính khu đất tại {place}",
        "xử lý phản ánh ô nhiễm môi trường tại {canal}",
        "rà soát các cơ sở gây ô nhiễm phải di dời khỏi khu dân cư {place}",
        "xác định ranh mốc hành lang bảo vệ {canal}",
        "đẩy nhanh tiến độ số hóa hồ sơ đất đai của các phường, xã",
        "phòng, chống cháy rừng phòng hộ Cần Giờ mùa khô năm {next_year}",
        "kiểm tra nguồn gốc đất phục vụ bồi thường {project}",
        "tăng cường kiểm soát giết mổ và vận chuyển gia súc, gia cầm",
        "đề nghị thỏa thuận giấy phép môi trường của {enterprise}",
        "thu gom, vận chuyển chất thải rắn sinh hoạt trên địa bàn {place}",
        "cung cấp dữ liệu quan trắc chất lượng không khí {month}",
        "góp ý dự thảo Quy định về phân loại chất thải rắn tại nguồn",
    ],
    "Công điện": [
        "chủ động ứng phó mưa lớn kết hợp triều cường trên địa bàn Thành phố",
        "ứng phó áp thấp nhiệt đới có khả năng mạnh lên thành bão trên Biển Đông",
    ],
    "Báo cáo": [
        "tình hình thiệt hại do mưa lớn, triều cường {month}",
        "kết quả quan trắc môi trường {quarter}",
        "tiến độ cấp giấy chứng nhận quyền sử dụng đất {period}",
        "kết quả xử lý {n} kiến nghị của cử tri về môi trường",
        "tình hình dịch bệnh trên đàn vật nuôi {month}",
        "kết quả thực hiện Chương trình xây dựng nông thôn mới {period}",
    ],
    "Tờ trình": [
        "phê duyệt giá đất cụ thể để tính tiền bồi thường {project}",
        "ban hành Bảng giá đất áp dụng từ năm {next_year}",
        "công bố danh mục cơ sở phải di dời khỏi khu dân cư giai đoạn {stage}",
        "phê duyệt kế hoạch sử dụng đất năm {next_year}",
    ],
    "Kế hoạch": [
        "phòng, chống thiên tai và tìm kiếm cứu nạn năm {next_year}",
        "trồng mới, chăm sóc cây xanh đô thị {quarter}",
        "thực hiện phân loại chất thải rắn sinh hoạt tại nguồn giai đoạn {stage}",
    ],
    "Thông báo": [
        "lịch vận hành các cống kiểm soát triều {month}",
        "kết luận cuộc họp về tiến độ di dời các cơ sở gây ô nhiễm",
        "thu hồi đất để thực hiện {project}",
    ],
    "Quyết định": [
        "thu hồi đất của hộ gia đình, cá nhân để thực hiện {project}",
        "phê duyệt phương án bồi thường, hỗ trợ, tái định cư {project} đợt {n}",
        "cấp giấy phép môi trường cho dự án của {enterprise}",
    ],
    "Giấy mời": [
        "họp Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn",
        "kiểm tra thực địa tuyến {canal}",
    ],
}
