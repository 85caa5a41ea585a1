"""Câu dẫn, câu xã giao, câu kết: what sounds like an order and gives no work.

What is told for information, the wish at the end of a letter, the offer of help "nếu có vướng mắc", the duty "chịu trách
nhiệm thi hành Quyết định này".
"""

from __future__ import annotations

import re

from app.language.tasks.agencies import Sentence

_PASSING = re.compile(
    r"^\W*(?:truong\s+hop|neu|khi\s+co|moi\s+(?:y\s+kien|vuong\s+mac|chi\s+tiet|thong\s+tin)|trong\s+qua\s+trinh|qua\s+trinh|co\s+gi|kho\s+khan|khi\s+phat\s+sinh|ngoai\s+ra,\s+neu|chi\s+tiet)"
)
_HELP = re.compile(
    r"vuong\s+mac|kho\s+khan|phat\s+sinh|thong\s+tin\s+chi\s+tiet|y\s+kien\s+thac\s+mac|dau\s+moi\s+lien\s+he"
)
_HELP_ACT = re.compile(
    r"phan\s+anh|bao\s+cao|lien\s+he|trao\s+doi|kip\s+thoi|thong\s+tin|gui|kien\s+nghi|phan\s+hoi|thong\s+bao"
)
# Words a closing wish is made of; when nothing else is left of a sentence, it gives no work.
_WISH = re.compile(
    r"(?<!\w)(?:khan\s+truong|nghiem\s+tuc|kip\s+thoi|quan\s+tam|to\s+chuc|phoi\s+hop|trien\s+khai|thuc\s+hien|chi\s+dao|quan\s+triet|chap\s+hanh|nghien\s+cuu|can\s+cu|chuc\s+nang|nhiem\s+vu|duoc\s+giao|"
    r"theo|quy\s+dinh|cua|phap\s+luat|tinh\s+than|noi\s+dung|neu\s+tren|y\s+kien|cong\s+van|van\s+ban|thong\s+bao|chi\s+thi|cong\s+dien|ke\s+hoach|ket\s+luan|quyet\s+dinh|day\s+du|co|hieu\s+qua|dam\s+bao|bao\s+dam|"
    r"xem\s+xet|tong\s+hop|giup\s+do|tao\s+dieu\s+kien|hop\s+tac|biet|duoc|dung|nhu|da|de|cung|cac|nhung|tren|nay|va|cho|gia|thuc|su|chat\s+che|tot|dong\s+bo|quyet\s+liet|tu|ngay|ky|ve)(?!\w)"
)
_ENACTS = re.compile(
    r"(?:chiu\s+trach\s+nhiem\s+)?thi\s+hanh\s+(?:quyet\s+dinh|nghi\s+quyet|quy\s+dinh|quy\s+che)\s+nay|chiu\s+trach\s+nhiem\s+thi\s+hanh\s*\W*$"
)
_INFORMS = re.compile(
    r"^\W*(?:thong\s+bao|tra\s+loi|tran\s+trong|rat\s+mong|kinh\s+(?:mong|trinh|de\s+nghi|gui|bao\s+cao)|xin\s+(?:gui|thong|tran|cam)|co\s+y\s+kien|gui\s+kem|de\s+(?:biet|duoc))"
)


def is_passing(text: str) -> bool:
    """Câu xã giao, câu dẫn, câu kết: told or wished, not assigned."""
    sentence = Sentence(text)
    plain = sentence.plain
    if _ENACTS.search(plain):
        return True
    if _PASSING.match(plain) and _HELP.search(plain) and _HELP_ACT.search(plain):
        return True
    if (
        re.search(r"(?:neu\s+(?:co|phat\s+sinh|gap)|co)\s+(?:\w+\s+){0,3}(?:vuong\s+mac|kho\s+khan)", plain)
        and _HELP_ACT.search(plain)
        and len(plain) < 420
    ):
        return True
    return bool(
        re.search(
            r"(?:thong\s+bao|tra\s+loi|gui)\s+(?:de\s+|dé\s+|cho\s+)?.{0,160}(?:duoc\s+)?biet(?:\s*,?\s*(?:va\s+)?(?:thuc\s+hien|trien\s+khai|to\s+chuc|phoi\s+hop|lien\s+he|nghiem\s+tuc|chi\s+dao).{0,60})?\W*$",
            plain,
        )
    ) or bool(_INFORMS.match(plain))


def is_formula(rest: str) -> bool:
    """Phần việc chỉ là lời nhắc chung: "nghiêm túc triển khai thực hiện./."."""
    closed = re.sub(
        r"[./]+\s*\S{1,6}\W*$", "", rest
    )  # a scan leaves scraps of the stamp behind the full stop
    return len(rest) < 260 and not re.search(r"[a-z]", _WISH.sub(" ", Sentence(closed).plain))


def is_by_the_book(rest: str) -> bool:
    """Câu kết của công văn trả lời: "căn cứ hồ sơ cụ thể … thực hiện theo đúng quy định" asks for nothing but the law."""
    plain = Sentence(rest).plain.strip(" ./,;:")
    return len(plain) < 360 and bool(
        re.match(r"(?:can\s+cu|doi\s+chieu|nghien\s+cuu)\s", plain)
        and re.search(
            r"(?:thuc\s+hien|ap\s+dung|huong\s+dan|xu\s+ly|giai\s+quyet)[^.;]{0,80}(?:quy\s+dinh|phap\s+luat|neu\s+tren)\W*$",
            plain,
        )
    )
