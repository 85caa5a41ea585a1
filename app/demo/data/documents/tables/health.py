"""Trích yếu lĩnh vực y tế, an toàn thực phẩm."""

SUBJECTS = {
    "Công văn": [
        "tăng cường phòng, chống dịch sốt xuất huyết tại {place}",
        "triển khai chiến dịch tiêm chủng mở rộng {quarter}",
        "bảo đảm thuốc, vật tư y tế phục vụ khám, chữa bệnh những tháng cuối năm {year}",
        "kiểm tra điều kiện hoạt động của phòng khám đa khoa tại {place}",
        "điều động nhân lực hỗ trợ Trạm Y tế {place}",
        "xử lý vụ nghi ngộ độc thực phẩm tại bếp ăn {school}",
        "đề nghị bố trí quỹ đất xây dựng Trung tâm Y tế khu vực tại {place}",
        "báo cáo tình hình bệnh tay chân miệng trong trường học",
        "góp ý dự thảo Đề án phát triển y tế cơ sở giai đoạn {stage}",
        "thực hiện hồ sơ sức khỏe điện tử cho người dân tại {place}",
        "công tác y tế phục vụ các sự kiện lớn của Thành phố",
        "đề nghị thanh toán chi phí khám, chữa bệnh bảo hiểm y tế {quarter}",
    ],
    "Báo cáo": [
        "tình hình dịch bệnh truyền nhiễm {month}",
        "kết quả khám sức khỏe người cao tuổi trên địa bàn {place}",
        "kết quả kiểm tra liên ngành về an toàn thực phẩm {quarter}",
        "tiến độ xây dựng {hospital}",
        "kết quả thực hiện hồ sơ sức khỏe điện tử {period}",
    ],
    "Tờ trình": [
        "ban hành Kế hoạch phòng, chống sốt xuất huyết mùa mưa năm {next_year}",
        "phê duyệt chủ trương đầu tư mua sắm trang thiết bị cho {hospital}",
        "phê duyệt Đề án sắp xếp mạng lưới trạm y tế sau sắp xếp đơn vị hành chính",
        "ban hành giá dịch vụ khám, chữa bệnh tại các cơ sở y tế công lập",
    ],
    "Kế hoạch": [
        "bảo đảm an toàn thực phẩm dịp Tết năm {next_year}",
        "khám sức khỏe định kỳ cho học sinh năm học {school_year}",
        "luân phiên bác sĩ về trạm y tế các xã đảo giai đoạn {stage}",
    ],
    "Thông báo": [
        "kết luận cuộc họp về công tác phòng, chống dịch {month}",
        "thu hồi sản phẩm không bảo đảm an toàn thực phẩm",
    ],
    "Quyết định": [
        "thành lập Đoàn kiểm tra liên ngành về an toàn thực phẩm {quarter}",
        "phê duyệt danh mục mua sắm tập trung thuốc năm {next_year}",
        "cấp giấy phép hoạt động cho cơ sở khám, chữa bệnh tại {place}",
    ],
    "Giấy mời": [
        "họp Ban Chỉ đạo chăm sóc, bảo vệ sức khỏe nhân dân {quarter}",
        "họp rà soát tiến độ xây dựng {hospital}",
    ],
}
