"""Trích yếu lĩnh vực xây dựng, giao thông, quy hoạch."""

SUBJECTS = {
    "Công văn": [
        "phương án tổ chức giao thông phục vụ thi công {project}",
        "đẩy nhanh tiến độ bàn giao mặt bằng {project} đoạn qua {place}",
        "khắc phục tình trạng ngập cục bộ tại khu vực {road}, {place}",
        "đề nghị chấp thuận chủ trương điều chỉnh thiết kế hạng mục thoát nước {project}",
        "góp ý dự thảo Quy định về quản lý vỉa hè, lòng đường trên địa bàn Thành phố",
        "báo cáo giá thuê nhà lưu trú công nhân tại các khu chế xuất, khu công nghiệp",
        "cung cấp số liệu nhà ở xã hội hoàn thành năm {year}",
        "xử lý công trình vi phạm trật tự xây dựng tại {place}",
        "kiểm tra an toàn các chung cư cũ cấp C, cấp D tại {place}",
        "di dời hệ thống hạ tầng kỹ thuật phục vụ thi công {project}",
        "rà soát hồ sơ quyết toán các dự án do Ban Quản lý dự án làm chủ đầu tư",
        "thỏa thuận vị trí trạm biến áp và tuyến cáp ngầm dọc {road}",
        "cấp phép đào đường, tái lập mặt đường trên tuyến {road}",
        "sửa chữa khẩn cấp hố sụt trên {road}, {place}",
    ],
    "Báo cáo": [
        "tiến độ thực hiện {project} đến hết {month}",
        "kết quả công tác quản lý trật tự xây dựng {quarter}",
        "kết quả giải phóng mặt bằng đợt {n} {project}",
        "tình hình thực hiện Chương trình phát triển nhà ở {quarter}",
        "kết quả xử lý {n} điểm ngập phát sinh trên địa bàn Thành phố",
        "kết quả kiểm định an toàn chịu lực các chung cư cũ",
    ],
    "Tờ trình": [
        "phê duyệt nhiệm vụ quy hoạch phân khu khu vực {place}",
        "phê duyệt điều chỉnh chủ trương đầu tư {project}",
        "ban hành Quy định phân cấp quản lý hạ tầng giao thông cho Ủy ban nhân dân cấp xã",
        "phê duyệt phương án xử lý {n} điểm ngập phát sinh sau các trận mưa lớn",
    ],
    "Kế hoạch": [
        "kiểm tra công tác bảo đảm an toàn lao động tại các công trình trọng điểm năm {year}",
        "phát triển nhà ở xã hội trên địa bàn Thành phố năm {next_year}",
        "duy tu, bảo dưỡng hệ thống cầu, đường bộ {quarter}",
    ],
    "Thông báo": [
        "kết luận cuộc họp về tiến độ {project}",
        "kế hoạch rào chắn phục vụ thi công {project}",
        "tạm ngưng lưu thông một đoạn {road} để sửa chữa mặt đường",
    ],
    "Quyết định": [
        "phê duyệt kế hoạch lựa chọn nhà thầu {project}",
        "thành lập Tổ công tác tháo gỡ vướng mắc {project}",
        "phê duyệt báo cáo nghiên cứu khả thi {project}",
    ],
    "Giấy mời": [
        "họp nghe báo cáo phương án tổ chức giao thông phục vụ thi công {project}",
        "khảo sát thực địa {project}",
    ],
}
