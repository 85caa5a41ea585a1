"""Trích yếu lĩnh vực tài chính, đầu tư, công thương."""

SUBJECTS = {
    "Công văn": [
        "đẩy nhanh tiến độ giải ngân vốn đầu tư công năm {year}",
        "rà soát các dự án có tỷ lệ giải ngân dưới 50% đến hết {month}",
        "hướng dẫn xây dựng dự toán ngân sách năm {next_year}",
        "đề nghị bổ sung kinh phí sửa chữa trụ sở làm việc sau sắp xếp đơn vị hành chính",
        "xử lý nhà, đất dôi dư sau sắp xếp đơn vị hành chính tại {place}",
        "thẩm định nguồn vốn và khả năng cân đối vốn {project}",
        "góp ý dự thảo Nghị quyết về chính sách hỗ trợ lãi suất cho doanh nghiệp nhỏ và vừa",
        "báo cáo tình hình mua sắm tập trung {period}",
        "tạm ứng kinh phí bồi thường, hỗ trợ tái định cư {project}",
        "kiểm tra việc niêm yết giá, bình ổn thị trường dịp cuối năm {year}",
        "trả lời kiến nghị của {enterprise} về thủ tục hoàn trả tiền ký quỹ",
        "quyết toán kinh phí tổ chức các lễ hội năm {year}",
        "chuyển nguồn kinh phí chưa sử dụng hết sang năm {next_year}",
    ],
    "Báo cáo": [
        "giải ngân vốn đầu tư công {period} và đề xuất điều chuyển kế hoạch vốn",
        "tình hình thu, chi ngân sách {period}",
        "kết quả kiểm kê tài sản công năm {year}",
        "kết quả sắp xếp, xử lý nhà, đất công chưa sử dụng",
        "tình hình thu hút vốn đầu tư nước ngoài {period}",
        "kết quả thực hiện chương trình bình ổn thị trường {period}",
    ],
    "Tờ trình": [
        "phê duyệt kế hoạch đầu tư công trung hạn giai đoạn {stage}",
        "điều chỉnh dự toán chi ngân sách năm {year}",
        "ban hành định mức kinh tế - kỹ thuật dịch vụ sự nghiệp công trong lĩnh vực {service}",
        "phê duyệt kết quả đấu giá quyền sử dụng khu đất tại {place}",
    ],
    "Kế hoạch": [
        "kiểm tra công tác quản lý, sử dụng tài sản công năm {next_year}",
        "phát triển hệ thống logistics Thành phố giai đoạn {stage}",
        "bảo đảm nguồn cung hàng hóa thiết yếu dịp Tết năm {next_year}",
    ],
    "Thông báo": [
        "kết luận cuộc họp rà soát tiến độ giải ngân vốn đầu tư công {period}",
        "thời hạn khóa sổ kế toán và quyết toán ngân sách năm {year}",
        "hạn mức chi thường xuyên {quarter}",
    ],
    "Quyết định": [
        "giao chỉ tiêu kế hoạch đầu tư công năm {next_year}",
        "điều chuyển tài sản công giữa các cơ quan, đơn vị",
        "phê duyệt quyết toán vốn đầu tư {project}",
    ],
    "Giấy mời": [
        "họp rà soát tiến độ giải ngân vốn đầu tư công {period}",
        "họp thẩm định giá khởi điểm khu đất tại {place}",
    ],
}
