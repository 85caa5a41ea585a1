"""Trích yếu lĩnh vực nội vụ, cải cách hành chính, chuyển đổi số, tư pháp, thanh tra."""

SUBJECTS = {
    "Công văn": [
        "cử công chức tham gia đoàn kiểm tra cải cách hành chính {quarter}",
        "rà soát biên chế, vị trí việc làm sau sắp xếp đơn vị hành chính",
        "triển khai ký số và gửi, nhận văn bản điện tử tại {place}",
        "đề nghị hướng dẫn bố trí cán bộ không chuyên trách ở {place}",
        "lập Danh mục hồ sơ năm {next_year} và nộp lưu hồ sơ vào Lưu trữ cơ quan",
        "chấn chỉnh kỷ luật, kỷ cương hành chính, nâng cao chất lượng phục vụ người dân",
        "giải quyết chế độ đối với cán bộ nghỉ việc do sắp xếp tổ chức bộ máy",
        "cử cán bộ tham gia lớp bồi dưỡng kỹ năng số cho công chức cấp xã",
        "rà soát văn bản quy phạm pháp luật do cấp huyện ban hành trước ngày 01/7/2025",
        "trả lời đơn kiến nghị của công dân tại {place}",
        "báo cáo kết quả kết nối trục liên thông văn bản {quarter}",
        "hướng dẫn tổ chức hoạt động của khu phố, ấp",
        "phối hợp xác minh nội dung tố cáo tại {place}",
    ],
    "Báo cáo": [
        "kết quả công tác cải cách hành chính {period}",
        "kết quả giải quyết thủ tục hành chính {month}",
        "tình hình sử dụng biên chế {period}",
        "kết quả tiếp công dân, giải quyết khiếu nại, tố cáo {quarter}",
        "mức độ chuyển đổi số của các phường, xã {period}",
        "kết quả đánh giá, xếp loại cán bộ, công chức năm {year}",
    ],
    "Tờ trình": [
        "phê duyệt Đề án vị trí việc làm của các cơ quan chuyên môn",
        "giao biên chế công chức năm {next_year}",
        "khen thưởng tập thể, cá nhân có thành tích trong công tác cải cách hành chính",
        "ban hành Quy chế phối hợp giữa các sở và Ủy ban nhân dân cấp xã",
    ],
    "Kế hoạch": [
        "kiểm tra cải cách hành chính năm {next_year}",
        "tuyển dụng công chức năm {next_year}",
        "chuyển đổi số trong các cơ quan hành chính giai đoạn {stage}",
    ],
    "Thông báo": [
        "kế hoạch thanh tra công vụ năm {next_year}",
        "lịch tiếp công dân định kỳ {month}",
        "kết luận cuộc họp về sắp xếp tổ chức bộ máy cấp xã",
    ],
    "Quyết định": [
        "giao chỉ tiêu biên chế công chức năm {next_year}",
        "công bố danh mục thủ tục hành chính thuộc phạm vi giải quyết của Ủy ban nhân dân cấp xã",
        "khen thưởng các tập thể hoàn thành xuất sắc nhiệm vụ năm {year}",
        "cử công chức đi bồi dưỡng kiến thức quản lý nhà nước",
    ],
    "Hướng dẫn": [
        "đánh giá, xếp loại chất lượng cán bộ, công chức năm {year}",
        "lập hồ sơ công việc trên môi trường điện tử",
    ],
    "Giấy mời": [
        "dự hội nghị sơ kết công tác cải cách hành chính {period}",
        "họp Ban Chỉ đạo chuyển đổi số {quarter}",
    ],
}
