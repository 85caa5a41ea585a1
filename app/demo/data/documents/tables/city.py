"""Trích yếu của Ủy ban nhân dân Thành phố và Văn phòng."""

SUBJECTS = {
    "Công văn": [
        "đôn đốc tiến độ thực hiện nhiệm vụ được giao {period}",
        "triển khai ý kiến chỉ đạo của Thủ tướng Chính phủ về giải ngân vốn đầu tư công",
        "chấp thuận phương án tổ chức giao thông phục vụ thi công {project}",
        "giao nhiệm vụ xử lý kiến nghị của cử tri trước kỳ họp Hội đồng nhân dân Thành phố",
        "tháo gỡ vướng mắc {project}",
        "góp ý dự thảo Nghị định về quản lý không gian ngầm đô thị",
        "xử lý kiến nghị của {enterprise}",
        "chuẩn bị nội dung làm việc với đoàn công tác của Chính phủ",
        "tăng cường kỷ luật, kỷ cương trong xử lý văn bản và nhiệm vụ được giao",
        "kiểm kê nhà, đất công chưa sử dụng sau sắp xếp đơn vị hành chính",
        "báo cáo kết quả khắc phục sau kiểm tra tại {place}",
        "bảo đảm an ninh trật tự, an toàn giao thông dịp lễ năm {year}",
    ],
    "Chỉ thị": [
        "tăng cường kỷ luật, kỷ cương hành chính, nâng cao hiệu quả phục vụ người dân, doanh nghiệp",
        "đẩy mạnh giải ngân vốn đầu tư công những tháng cuối năm {year}",
        "tổ chức đón Tết năm {next_year} vui tươi, an toàn, tiết kiệm",
    ],
    "Công điện": [
        "chủ động ứng phó mưa lớn kết hợp triều cường trên địa bàn Thành phố",
        "tập trung khắc phục hậu quả mưa lớn, ngập nước tại {place}",
        "tăng cường phòng cháy, chữa cháy tại khu dân cư, chung cư, chợ",
    ],
    "Báo cáo": [
        "tình hình kinh tế - xã hội {period} và nhiệm vụ trọng tâm thời gian tới",
        "công tác chỉ đạo, điều hành của Ủy ban nhân dân Thành phố {month}",
        "kết quả thực hiện nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao {quarter}",
        "kết quả xử lý kiến nghị của doanh nghiệp {quarter}",
    ],
    "Tờ trình": [
        "chủ trương đầu tư {project} trình Hội đồng nhân dân Thành phố",
        "ban hành Nghị quyết về chính sách hỗ trợ người dân di dời, tái định cư",
        "phân bổ kế hoạch vốn đầu tư công năm {next_year}",
    ],
    "Kế hoạch": [
        "tổ chức thực hiện Nghị quyết phát triển kinh tế - xã hội năm {next_year}",
        "chuyển đổi số Thành phố năm {next_year}",
        "kiểm tra việc thực hiện nhiệm vụ do Ủy ban nhân dân Thành phố giao năm {year}",
        "tổ chức các ngày lễ lớn năm {next_year}",
    ],
    "Chương trình": [
        "công tác của Ủy ban nhân dân Thành phố năm {next_year}",
        "công tác trọng tâm {quarter}",
    ],
    "Thông báo": [
        "kết luận của Chủ tịch Ủy ban nhân dân Thành phố tại phiên họp tình hình kinh tế - xã hội {month}",
        "kết luận của Phó Chủ tịch Ủy ban nhân dân Thành phố về tiến độ {project}",
        "phân công công tác của Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân Thành phố",
        "lịch nghỉ Tết năm {next_year} đối với cán bộ, công chức, viên chức",
    ],
    "Quyết định": [
        "phê duyệt điều chỉnh chủ trương đầu tư {project}",
        "ban hành Quy chế làm việc của Ủy ban nhân dân Thành phố nhiệm kỳ {stage}",
        "thành lập Ban Chỉ đạo triển khai {project}",
        "giao chỉ tiêu kế hoạch phát triển kinh tế - xã hội năm {next_year}",
    ],
    "Giấy mời": [
        "họp Thường trực Ủy ban nhân dân Thành phố {month}",
        "họp giao ban tình hình kinh tế - xã hội {month}",
        "họp rà soát tiến độ {project}",
    ],
}
