"""Từ vựng của câu giao việc: who is named, what opens an act, what ends a name. Words of the language, no names.

Heads of names are compared with their marks ("Sở" is not "số"); verbs without, because scanners lose marks and a verb
in small letters after a name is told by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_MOVED: Final = dict(
    [
        *zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True),
        *zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True),
        *zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True),
    ]
)
_OLD_MARK: Final = re.compile(r"(?<!q)(?:" + "|".join(_MOVED) + r")(?!\w)")


def lowered(text: str) -> str:
    """Chữ thường, dấu thanh đặt theo kiểu mới ("Uỷ" → "ủy"), cùng độ dài."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(c.lower()[0] for c in text)
    return _OLD_MARK.sub(lambda m: _MOVED[m[0]], small)


def _any(words: Iterable[str]) -> str:
    """Alternatives, the longest first, blanks elastic."""
    flat = {word.strip() for line in words for word in line.split(",")} - {""}
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(flat, key=lambda w: (-len(w), w)))


def _long(*alternatives: str) -> str:
    """Of several lists the words of two syllables and more, the longest first."""
    every = {word for one in alternatives for word in one.split("|") if r"\s+" in word}
    return "|".join(sorted(every, key=lambda w: (-len(w), w)))


# ── heads of the names of agencies and posts ─────────────────────────────────
# Bodies with a name of their own: written with a capital, or after "các".
BODIES: Final = _any([
    "ủy ban nhân dân, ủy ban mặt trận tổ quốc, ủy ban thường vụ, ủy ban kiểm tra, ủy ban bầu cử, ủy ban, ubnd, ub mttq, ubmttq, ubmttqvn, mttq",
    "hội đồng nhân dân, hđnd, hội đồng, hội liên hiệp, hội nông dân, hội cựu chiến binh, hiệp hội, liên hiệp, liên minh, liên đoàn, hội",
    "bộ tư lệnh, bộ chỉ huy, bộ đội biên phòng, bộ, sở, tổng cục, tổng công ty, tổng liên đoàn, cục, chi cục, vụ, văn phòng, vp, vpcp",
    "thanh tra, công an, công an nhân dân, quân đội, biên phòng, viện kiểm sát, viện, tòa án, trung tâm, trường, học viện, bệnh viện",
    "ngân hàng, kho bạc, bảo hiểm xã hội, bhxh, thuế, hải quan, chi nhánh, đài, báo, thông tấn xã, tập đoàn, công ty, công đoàn, lđlđ",
    "đoàn thanh niên, đoàn đại biểu, tỉnh đoàn, thành đoàn, đoàn, mặt trận, ban quản lý, ban chỉ đạo, ban tổ chức, ban thường vụ, ban thường trực",
    "ban chấp hành, ban cán sự, ban giám đốc, ban giám hiệu, ban, tỉnh ủy, thành ủy, huyện ủy, quận ủy, đảng ủy, đảng đoàn, đảng bộ, chi bộ, thường trực",
    "phòng, đội, tổ công tác, tổ, trạm, quỹ, ban dân tộc, kiểm toán, hạt kiểm lâm, kiểm lâm, quản lý thị trường, bưu điện, điện lực, hợp tác xã, viễn thông, tạp chí, khoa, bộ môn, trạm y tế, ban chỉ huy, đồn biên phòng, nhà xuất bản, nhà văn hóa, thư viện, bảo tàng",
    "chính phủ, quốc hội, mobifone, vnpt, viettel, evn, chi cục thuế, tổ chức đảng, khối đảng, báo chí, thành phố, thị xã, tỉnh, quận, huyện, phường, xã, đặc khu",
])  # fmt: skip
# Persons by their post.
POSTS: Final = _any([
    "phó thủ tướng, thủ tướng, bộ trưởng, thứ trưởng, tổng thanh tra, thống đốc, chủ nhiệm, chánh án, viện trưởng, tổng kiểm toán",
    "phó chủ tịch, chủ tịch, phó giám đốc, giám đốc, tổng giám đốc, tổng cục trưởng, cục trưởng, chi cục trưởng, vụ trưởng, trưởng ban, trưởng phòng, trưởng các",
    "chánh văn phòng, phó chánh văn phòng, chánh thanh tra, thủ trưởng, người đứng đầu, bí thư, phó bí thư, hiệu trưởng, trưởng thôn, trưởng công an, chỉ huy trưởng, tư lệnh, chính ủy",
    "trưởng đoàn, trưởng ngành, tổ trưởng, đội trưởng, kế toán trưởng, lãnh đạo",
])  # fmt: skip
# Classes of bodies: good in small letters too.
CLASSES: Final = _any([
    "cơ quan, đơn vị, địa phương, chủ đầu tư, nhà đầu tư, nhà thầu, bộ phận, ban quản lý, chính quyền, cấp ủy, nhà trường, cơ sở giáo dục, cơ sở y tế, chủ rừng",
    "cơ quan thuế, cơ quan hải quan, cơ quan công an, cơ quan chuyên môn, cơ quan báo chí, các cấp, ban ngành, tổ chức tín dụng, doanh nghiệp, chủ cơ sở, người sử dụng lao động, thành viên",
])  # fmt: skip
# Classes that become bodies only after "các".
_PLURAL: Final = _any([
    "bộ, sở, ban, ngành, cấp, phòng, tổ, đội, xã, phường, huyện, quận, tỉnh, thành phố, thôn, trường, đoàn thể, hội, tổ chức, cục, vụ, chi cục, thành viên, đồng chí, ông, bà, đảng bộ, chi bộ",
    "tỉnh ủy, tỉnh, thành ủy, trung tâm, viện, nhà máy, cơ sở, hộ, chi nhánh, công ty, chủ",
])  # fmt: skip
PRONOUNS: Final = _any(
    [
        "quý cơ quan, quý đơn vị, quý sở, quý ủy ban, quý công ty, quý vị, quý ban, quý bộ, quý cục, quý, các đồng chí, đồng chí"
    ]
)

QUANTIFIER: Final = r"(?:tất\s+cả\s+)?(?:toàn\s+bộ\s+|toàn\s+thể\s+)?(?:các|những|mỗi|từng|một\s+số)\s+"
# What turns a head into an ordinary word: "ban hành", "tổ chức", "bộ phận" …
_NOT_AFTER: Final = (
    r"(?!,\s+(?:chống|ngừa))(?!\s+(?:hành|chức|phận|hợp|ngừa|chống|cáo|đảm|vệ|việc|hữu|dẫn|bộ\b(?!\s+(?:phận|trưởng))|"
    r"quyết|suất|tập|đề|cứu|bị|đất|quỹ|tiền|bạc|thu|phí|khoản|chữa|dịch|nhân\s+cách|trí|lượng|viên\s+chức|nghị|thảo|họp|điểm|thẻ|giác|sung|vận|viện|ca|nước)\b)"
)
HEAD: Final = re.compile(
    rf"(?P<many>{QUANTIFIER})?(?P<comrade>(?:đồng\s+chí|ông|bà)\s+)?"
    rf"(?:(?P<post>{POSTS})|(?P<class>{CLASSES})|(?P<body>(?:{BODIES})(?!\w){_NOT_AFTER})|(?P<plural>{_PLURAL}))(?![\w])"
)
PRONOUN: Final = re.compile(rf"(?:{PRONOUNS})(?!\w)")

# ── what a body may be told to do (without marks) ────────────────────────────
MODALS: Final = _any([
    "can, phai, co trach nhiem, chiu trach nhiem, chu tri, co nhiem vu, duoc giao nhiem vu, lam dau moi, la dau moi, la co quan chu tri, phoi hop, chi dao, hoan toan chiu trach nhiem",
])  # fmt: skip
ADVERBS: Final = _any([
    "khan truong, tiep tuc, chu dong, thuong xuyen, som, kip thoi, nghiem tuc, tich cuc, tap trung, dinh ky, can cu, tren co so, theo chuc nang, theo tham quyen, theo nhiem vu, truc tiep",
    "kien quyet, tuyet doi, chu trong, quan tam, dong thoi, truoc mat, hang nam, hang nam, hang quy, hang thang, hang tuan, hang ngay, ngay lap tuc, khong, nghien cuu, cung, cung voi, nhanh chong, quyet liet, phan dau, bam sat, thuc hien nghiem, ngay sau, sau khi, trong thang, trong quy, truoc ngay, cham nhat, trong thoi han, khong de, sau hon, manh me, don doc, uu tien, day manh, day nhanh, co gang, can",
])  # fmt: skip
VERBS: Final = _any([
    "to chuc, trien khai, thuc hien, xay dung, ban hanh, ra soat, kiem tra, giam sat, thanh tra, huong dan, tham muu, trinh, bao cao, tong hop, danh gia, phan loai, theo doi, cap nhat",
    "lap, bo tri, bao dam, dam bao, tang cuong, nang cao, day manh, day nhanh, thuc day, hoan thanh, hoan thien, giai quyet, xu ly, khac phuc, chan chinh, quan triet, pho bien, tuyen truyen, dua tin, thong tin",
    "cung cap, chuan bi, gui, co y kien, cho y kien, tham gia, de xuat, kien nghi, xac minh, xac dinh, xem xet, phe duyet, tham dinh, cong bo, cong khai, quan ly, su dung, khai thac, van hanh, duy tri, ket noi",
    "chia se, dong bo, tich hop, nang cap, so hoa, chuyen, ban giao, tiep nhan, thu hoi, thu thap, thu nop, don doc, phan cong, giao, cu, dieu chinh, sua doi, bo sung, thay the, bai bo, cai cach, doi moi, ung dung",
    "phat hien, ngan chan, dau tranh, phong chong, phong ngua, ung pho, khoanh vung, cuu tro, ho tro, tao dieu kien, thao go, lam viec, lam ro, lam tot, giai trinh, doi chieu, ra soat, ap dung, mo, dong, khoi cong, thi cong, giai ngan",
    "phan bo, lua chon, ky, dang ky, ke khai, nop, tra, tra loi, phuc vu, tiep, ghi nhan, niem yet, phat dong, phat huy, phat trien, dao tao, boi duong, tap huan, tuyen dung, sap xep, kien toan, thanh lap, giai the",
    "de cao, gan, lay, len, dua, dat, dam nhan, dam nhiem, thong ke, kiem ke, kiem soat, kiem diem, kiem nghiem, giam, han che, cham dut, dinh chi, tam dung, tam dinh chi, bao ve, giu vung, gioi thieu, moi, lam, thuc thi",
    "lanh dao, chi dao, van dong, keu goi, khuyen khich, dong vien, khen thuong, xu phat, truy thu, cuong che, di doi, so tan, truc, ung truc, thuong truc, sap xep, du phong, du bao, canh bao, phat song, dang tai, hoan tat, ket thuc, tong ket, so ket, nghiem thu, quyet toan, thanh toan, cap, cap phep, thu, chi, mua, dau tu, dau thau, xuc tien, quang ba, trung bay, gop y, tham van, lay y kien, tra cuu, luu tru, so sanh, phan tich, nhan dien, trao doi, hop, tham gia, du hop, ton trong, chap hanh, tuan thu, co ke hoach, co giai phap, co bien phap, co phuong an, co van ban, nghien cuu, tiep thu, hoan tra, hop nhat, cong nhan, khao sat, do dac, quan trac, lay mau, xet nghiem, tiem, dieu tri, kham, dieu tra, khoi to, truy to, xet xu, lap dat, sua chua, duy tu, cai tao, nao vet, trong, cham soc, khoi phuc, phuc hoi, san xuat, tieu thu, nhap, xuat, mo rong, keo dai, gia han, rut ngan, cat giam, don gian hoa, phan cap, uy quyen, quy dinh, quy hoach, co cau, dieu hanh, dieu phoi, dieu tiet, chi tra, dam phan, hop tac, dien tap, lien he, nhac nho, phe binh, xac nhan, chung thuc, cho phep, dinh huong, chu tri, phoi hop, giup, ren luyen, quan tam, cham lo, rut kinh nghiem, nam bat, nam chac, thong nhat, xoa, huy, di chuyen, danh, huy dong, han che, chuyen doi, phan dau, bam, bam sat, lua chon, tao lap, thiet lap, hinh thanh, cung co, lam giau, tiet kiem, lap lai, mo cac, thao go, du thao, du tru, cap phat, keu goi, san sang, dat muc tieu, ra quan, nhan rong, len phuong an, tra ket qua, cu can bo, khoanh dinh, giai toa, phan luong, cam bien, treo bien, thay the, ve sinh, don dep, trang tri, lap cam, thong nhat, chuyen giao, can doi, tham tra, soan thao, xac lap, bao tri, cam moc, hoa giai, tiep cong dan, thu don, khuyen cao, tiep te, cuu nan, cuu ho, dau gia, dau noi, pho cap, tuyen sinh, tuyen chon, dieu dong, luan chuyen, bo nhiem, phong toa, khu khuan, quyen gop, ung ho, tham hoi, tang qua, treo co, ky ket, binh on, kich cau, tu van, giai dap, tap hop, theo sat, hien ke, den bu, boi thuong, giai phong mat bang, thu hut, doi thoai, tham van, tang cuong, uu tien, nhan dan, phat quang, nao vet, gia co, thay moi, van chuyen, thu gom, phan loai, xa lu, tich nuoc, dieu tiet, tiem phong, giam dinh, kiem dinh, hieu chuan, chan nuoi, gieo trong, thu hoach, khoanh nuoi, tro giup, bao tro, dieu duong, xac nhan, cap doi, chinh ly, do ve, so hoa",
])  # fmt: skip
_NARRATIVE: Final = _any([
    "da, se, dang, nhan duoc, co y kien nhu sau, co y kien tham gia, thong bao, tra loi, duoc, bi, la, xin, kinh, tran trong, ghi nhan, danh gia cao, hoan nghenh, bieu duong, cho rang, nhan thay, thay rang, chua, vua, da co, co cong van, co to trinh, ban hanh cong van, thong nhat voi, co ban thong nhat, co ban nhat tri, de nghi, yeu cau, kinh de nghi, kinh trinh, kinh gui, gui kem, gui den, nhat tri, cam on, rat mong, co mot so y kien, co van ban so, ban hanh van ban so, duoc biet, biet",
])  # fmt: skip
_LINKS: Final = _any([
    "trong, de, truoc, sau, theo, nham, khi, voi, ve, doi voi, tu, neu, ma, nhu, thi, qua, thong qua, dua tren, vi, do, bang, vao, nao, nay, tren co so, can cu, truong hop, tren tinh than, ke tu, tuy, cham nhat",
])  # fmt: skip
# Of one syllable, and so easily the half of another word ("đầu tư" is not "từ"): compared with their marks.
_SHORT: Final = _any([
    "để, dé, đê, trong, trước, sau, theo, nhằm, khi, với, về, từ, nếu, mà, như, thì, qua, vì, do, bằng, vào, nào, này, ngay, sớm, cùng, không, cần, phải, can, phai, đã, sẽ, đang, được, bị, là, xin, kính, chưa, vừa, biết",
    "lập, giao, cử, gửi, nộp, trả, tiếp, ký, mở, đóng, gắn, lấy, đưa, đặt, giảm, trình, làm, thu, chi, mua, họp, khám, trồng, nhập, xuất, mời, tiêm, giúp, xóa, hủy, tự, cấp, tăng, phát, soạn, treo, nhắc, hỗ trợ, căn cứ",
])  # fmt: skip
_STOP_SHORT: Final = re.compile(rf"(?:{_SHORT})(?!\w)")
# Nouns of two syllables, one of which alone would be an act or a link.
_COMPOUND: Final = re.compile(
    r"(?<!\w)(?:công|chương|quá|tờ|lộ|quy|giáo|tiến)\s+trình(?!\w)|(?<!\w)(?:độc|công|tư|dân|thiết|đối)\s+lập(?!\w)|(?<!\w)(?:trung|cao|sơ|nâng|phân)\s+cấp(?!\w)|(?<!\w)cấp\s+(?:nước|cứu|thoát|xã|tỉnh|huyện|cơ|trên|dưới|ủy)|"
    r"(?<!\w)(?:giao\s+(?:thông|dịch)|thu\s+(?:hoạch|ngân)|mua\s+(?:bán|sắm)|(?:chữ|nhật|đăng)\s+ký|tự\s+(?:động|nhiên|trị|quản)|phát\s+(?:thanh|triển|điện)|tiếp\s+(?:dân|thị)|trước\s+bạ|tăng\s+trưởng|không\s+(?:quân|khí|gian))(?!\w)"
)
_STOP_LONG: Final = re.compile(rf"(?:{_long(MODALS, ADVERBS, VERBS, _NARRATIVE, _LINKS)})(?!\w)")
_SHORT_ACTS: Final = re.compile(
    "(?:" + _any([
        "lập, giao, cử, gửi, nộp, trả, tiếp, mở, đóng, gắn, lấy, đưa, đặt, giảm, trình, làm, thu, mua, họp, khám, trồng, mời, giúp, xóa, hủy, cần, phải, sớm, không, cùng, chuyển, dừng, coi, chọn, tự, can, phai, tăng, phát, soạn, treo, nhắc, cấp, cập, vẽ, in, dọn, thay",
    ]) + r")(?!\w)"
)  # fmt: skip
_LONG_ACTS: Final = re.compile(rf"(?:{_long(MODALS, ADVERBS, VERBS)})(?!\w)")
_DUTY: Final = r"chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|cần(?!\s+cứ)|phải|có\s+nhiệm\s+vụ|(?:làm|là)\s+đầu\s+mối|hoàn\s+toàn\s+chịu\s+trách\s+nhiệm|can(?=\s+(?:tập|thực|phải|chủ))|phai|chu\s+tri|co\s+trach\s+nhiem"
DUTY: Final = re.compile(rf"(?:{_DUTY})(?!\w)")
NARRATIVE: Final = re.compile(rf"(?:{_NARRATIVE})(?!\w)")
# Relative clauses inside a name: "đơn vị được giao …", "cơ quan có liên quan".
INSIDE: Final = re.compile(
    r"(?:co\s+lien\s+quan|lien\s+quan|truc\s+thuoc|thuoc|tren\s+dia\s+ban|duoc\s+(?:giao|phan\s+cong|uy\s+quyen)(?:\s+nhiem\s+vu|\s+quan\s+ly)?|"
    r"co\s+(?:tham\s+quyen|chuc\s+nang|du\s+an|cong\s+trinh)|dang\s+(?:hoat\s+dong|quan\s+ly|thi\s+cong)|tai\s+dia\s+phuong|phu\s+trach|"
    r"trung\s+uong|nhan\s+dan|quan\s+ly\s+nha\s+nuoc|chuc\s+nang|cap\s+tren\s+truc\s+tiep(?:\s+co\s+so)?|cap\s+(?:tinh|huyen|xa|co\s+so|tren|duoi)|cac\s+cap|va\s+tuong\s+duong|"
    r"quan\s+ly\s+(?:thi\s+truong|du\s+an|khu)|quan\s+ly\s+truc\s+tiep|khac|su\s+nghiep|ngang\s+bo|doan\s+the|phuong\s+tien\s+thong\s+tin)(?!\w)"
)


def stops(small: str, plain: str, at: int) -> bool:
    """Tên cơ quan kết thúc ở đây: an act, a duty, a link or a narrative word begins at ``at``."""
    if _STOP_SHORT.match(small, at) and not _COMPOUND.search(small, max(0, at - 8), at + 12):
        return True
    return _STOP_LONG.match(plain, at) is not None


def acts(small: str, plain: str, at: int) -> bool:
    """Một việc phải làm bắt đầu ở đây; words of one syllable are compared with their marks."""
    if _SHORT_ACTS.match(small, at):
        return True
    return _LONG_ACTS.match(plain, at) is not None
