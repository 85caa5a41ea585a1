"""Chế độ báo cáo: whether an assignment asks for an account to a superior. "Báo cáo" is often only the name of a paper."""

from __future__ import annotations

import re

from app.language.layout.lines import folded
from app.language.tasks.agencies import Sentence, read_names

# "công tác báo cáo", "báo cáo tài chính", "theo báo cáo", "cơ sở dữ liệu báo cáo"
_NOUN_BEFORE = re.compile(
    r"(?:che\s+do|cong\s+tac|noi\s+dung|theo|cac|mau|so\s+lieu|du\s+lieu|he\s+thong|phu\s+trach|tong\s+hop|bieu\s+mau|phuc\s+vu|xay\s+dung|lap|du\s+thao|hoan\s+thien|thong\s+qua|tham\s+dinh|doi\s+voi|trong|cua|tai|mot|nghe|yeu\s+cau)\s*$"
)
_NOUN_AFTER = re.compile(
    r"\s*(?:tai\s+chinh|quyet\s+toan|kiem\s+toan|so\s+\d|nghien\s+cuu|danh\s+gia\s+tac\s+dong|kinh\s+te|chuyen\s+de|thuong\s+xuyen,|vien|thue|giam\s+sat|dau\s+tu|nay|tren|cua)(?!\w)"
)
_SENDS = re.compile(
    r"(?<!\w)(?:gui|co|nop|lap|xay\s+dung|tong\s+hop|tong\s+hop\s+va|va|,)\s*(?:ve\s+)?bao\s+cao(?!\w)"
)
_VERB_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:\w+\s+){0,2}?(?:ve|ket\s+qua|tinh\s+hinh|bang\s+van\s+ban|ngay|cap|thu\s+tuong|chinh\s+phu|bo|ubnd|uy\s+ban|chu\s+tich|tong\s+cuc|cuc|so|tinh\s+uy|thanh\s+uy|ban|quoc\s+hoi|hdnd|hoi\s+dong|cac\s+kho\s+khan|lanh\s+dao|don\s+vi|co\s+quan|viec|tong\s+the|dinh\s+ky|truoc|giai\s+trinh|van\s+phong|theo|hang|tien\s+do|voi|tong\s+lien|len|gui|dang\s+uy|pho|qua|de\s+xuat|ro|day\s+du|kip\s+thoi)(?!\w)"
)
_EXPLAINS = re.compile(r"(?<!\w)giai\s+trinh\s+(?:voi|truoc|ve)(?!\w)|(?<!\w)bao\s+cao\s+giai\s+trinh")


def _names_superior(text: str, position: int) -> bool:
    names = read_names(Sentence(text[position : position + 160].lstrip()), 0)
    return names is not None and names.is_official


def asks_report(text: str) -> bool:
    """Nhiệm vụ có yêu cầu báo cáo cấp trên không."""
    plain = folded(text)
    for match in re.finditer(r"(?<!\w)bao\s+cao(?!\w)", plain):
        before, after = (
            plain[max(0, match.start() - 24) : match.start()],
            plain[match.end() : match.end() + 60],
        )
        if _SENDS.search(plain[max(0, match.start() - 20) : match.end()]) and not _NOUN_AFTER.match(after):
            if not re.search(r"(?:phu\s+trach|xay\s+dung|lap|dau\s+moi)\s+(?:tong\s+hop\s*)?$", before):
                return True
            continue
        if _NOUN_BEFORE.search(before) or _NOUN_AFTER.match(after):
            continue
        if _VERB_AFTER.match(after) or _names_superior(text, match.end()) or not after.strip(" .;/"):
            return True
    return bool(_EXPLAINS.search(plain))
