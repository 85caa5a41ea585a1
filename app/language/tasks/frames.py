"""Mẫu câu giao việc: the shapes a sentence has when it gives work to somebody, each a rule with a name.

``order``      "Giao Sở A chủ trì …", "Ủy ban đề nghị các xã báo cáo …": a verb of ordering and whom it orders.
``subject``    "Sở A chủ trì, phối hợp với …", "Các địa phương cần …": the body first, then what it does.
``imperative`` "Tăng cường kiểm tra …": the act alone; whose it is, the list above says.

What looks alike and is none: what somebody has done or received (narration), what is told for information, the wish at
the end of a letter, the offer of help "nếu có vướng mắc", the duty "chịu trách nhiệm thi hành Quyết định này".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.language.tasks import words
from app.language.tasks.agencies import Names, Sentence, read_names

_ORDER = re.compile(
    r"(?<!\w)(?:(?P<give>giao\s+nhiem\s+vu\s+cho|giao\s+trach\s+nhiem\s+cho|giao\s+cho|giao|phan\s+cong|uy\s+quyen(?:\s+cho)?|chi\s+dinh)"
    r"|(?P<ask>yeu\s+cau\s+doi\s+voi|yeu\s+cau|de\s+nghi|de\s+nghj|kien\s+nghi|(?<=chu tich )chi\s+dao|truong\s+cau|quyet\s+dinh\s+giao))\s+"
)
# A noun, not an order: "theo đề nghị của …", "nhiệm vụ được giao", "thực hiện yêu cầu …".
_NOUN_BEFORE = re.compile(
    r"(?<!\w)(?:theo|nhiem\s+vu|duoc|cua|xet|tren\s+co\s+so|noi\s+dung|van\s+ban|phieu|cong\s+van|ve\s+viec|viec|ho\s+so|cac|nhung|dap\s+ung|dung|su|muc\s+dich|to\s+trinh|tu|la|hoac|da|"
    r"thuc\s+hien|lanh\s+dao|tang\s+cuong|tap\s+trung|y\s+kien|hoac\s+kien|quyet\s+dinh|se|tham\s+muu|de\s+xuat|kip\s+thoi|tiep\s+tuc|xem\s+xet|phai|khi|co|bao\s+cao|trinh|ky|thu\s+tuc|quan|va|phu\s+hop\s+voi|so\s+voi|cong\s+tac)\s*$"
)
_NOUN_AFTER = re.compile(r"\s*(?:cua|tai|neu\s+tren|nay|tren|noi\s+tren|so\s+\d)(?!\w)")
_CONDITION = re.compile(r"(?<!\w)(?:neu|truong\s+hop|khi\s+co)(?!\w)|^\W*khi(?!\w)")
_PASSING = re.compile(r"^\W*(?:truong\s+hop|neu|khi\s+co|moi\s+(?:y\s+kien|vuong\s+mac|chi\s+tiet|thong\s+tin)|trong\s+qua\s+trinh|qua\s+trinh|co\s+gi|kho\s+khan|khi\s+phat\s+sinh|ngoai\s+ra,\s+neu|chi\s+tiet)")
_HELP = re.compile(
    r"vuong\s+mac|kho\s+khan|phat\s+sinh|thong\s+tin\s+chi\s+tiet|y\s+kien\s+thac\s+mac|dau\s+moi\s+lien\s+he"
)
_HELP_ACT = re.compile(r"phan\s+anh|bao\s+cao|lien\s+he|trao\s+doi|kip\s+thoi|thong\s+tin|gui|kien\s+nghi|phan\s+hoi|thong\s+bao")
# Words a closing wish is made of; when nothing else is left of a sentence, it gives no work.
_WISH = re.compile(
    r"(?<!\w)(?:khan\s+truong|nghiem\s+tuc|kip\s+thoi|quan\s+tam|to\s+chuc|phoi\s+hop|trien\s+khai|thuc\s+hien|chi\s+dao|quan\s+triet|chap\s+hanh|nghien\s+cuu|can\s+cu|chuc\s+nang|nhiem\s+vu|duoc\s+giao|"
    r"theo|quy\s+dinh|cua|phap\s+luat|tinh\s+than|noi\s+dung|neu\s+tren|y\s+kien|cong\s+van|van\s+ban|thong\s+bao|chi\s+thi|cong\s+dien|ke\s+hoach|ket\s+luan|quyet\s+dinh|day\s+du|co|hieu\s+qua|dam\s+bao|bao\s+dam|"
    r"xem\s+xet|tong\s+hop|giup\s+do|tao\s+dieu\s+kien|hop\s+tac|biet|duoc|dung|nhu|da|de|cung|cac|nhung|tren|nay|va|cho|gia|thuc|su|chat\s+che|tot|dong\s+bo|quyet\s+liet|tu|ngay|ky|ve)(?!\w)"
)
_TO_DO = re.compile(
    r"(?<!\w)(?:chu\s+tri|co\s+trach\s+nhiem|chiu\s+trach\s+nhiem|thuc\s+hien|can|phai|phoi\s+hop\s+(?:chat\s+che\s+)?(?:voi|cung)[^:]{0,300}|tap\s+trung|to\s+chuc|trien\s+khai|cac|mot\s+so|nhiem\s+vu|noi\s+dung|cong\s+viec|giai\s+phap|sau|day|nhu|cu\s+the|va|trong\s+tam|tiep\s+tuc|khan\s+truong|nghiem\s+tuc|tot|chi\s+dao|lanh\s+dao|quan\s+triet)(?!\w)"
)
_ENACTS = re.compile(r"(?:chiu\s+trach\s+nhiem\s+)?thi\s+hanh\s+(?:quyet\s+dinh|nghi\s+quyet|quy\s+dinh|quy\s+che)\s+nay|chiu\s+trach\s+nhiem\s+thi\s+hanh\s*\W*$")
_INFORMS = re.compile(
    r"^\W*(?:thong\s+bao|tra\s+loi|tran\s+trong|rat\s+mong|kinh\s+(?:mong|trinh|de\s+nghi|gui|bao\s+cao)|xin\s+(?:gui|thong|tran|cam)|co\s+y\s+kien|gui\s+kem|de\s+(?:biet|duoc))"
)
_OPENER = re.compile(
    r"^\W*(?:(?:dong\s+thoi|ngoai\s+ra|ben\s+canh\s+do|trong\s+do|mat\s+khac|do\s+do|do\s+vay|vi\s+vay|vi\s+the|theo\s+do|truoc\s+mat|truoc\s+het|thoi\s+gian\s+toi|trong\s+thoi\s+gian\s+toi|tren\s+co\s+so\s+do|cung\s+voi\s+do|tu\s+nay\s+den[^,]{0,40}|dac\s+biet|hang\s+nam|dinh\s+ky[^,]{0,60}|truoc\s+[^,]{0,40}|cham\s+nhat[^,]{0,30}|trong\s+(?:thang|quy|nam)[^,]{0,20})\s*[,:]\s*|(?:dong\s+thoi|ve\s+phia|rieng|doi\s+voi|ve\s+trach\s+nhiem\s+cua|trach\s+nhiem\s+(?:chung\s+)?cua|nhiem\s+vu\s+cua)\s+)+"
)
_SUBORDINATE = re.compile(
    r"^\W*(?:de|dé|khi|tren\s+co\s+so|can\s+cu|trong|thuc\s+hien|tu|qua|sau\s+khi|nham|truoc|voi|theo|tai|cung\s+voi|doi\s+voi|ben\s+canh|nhan|tiep\s+tuc|trien\s+khai|xet|ngay|vi)(?!\w)"
)
_LEADS_IN = re.compile(r"^\W*(?:de|dé|khi|tren\s+co\s+so|can\s+cu|sau\s+khi|nham|truoc|voi|theo|vi|xet|ngay)(?!\w)")
_TELLS = re.compile(r"(?:co\s+y\s+kien|ket\s+luan|chi\s+dao|quyet\s+dinh|yeu\s+cau|de\s+nghi|huong\s+dan|thong\s+bao)\s+(?:\w+\s+){0,6}(?:nhu\s+sau|sau\s+day|sau)?\s*:?\s*$")
_RELATIVE = re.compile(r"(?:\s+\w+){1,9}?\s+(?=(?:phai|can|co\s+trach\s+nhiem|chiu\s+trach\s+nhiem|chu\s+tri)(?!\w))")
_WITH = re.compile(r"phoi\s+hop(?:\s+(?:chat\s+che|thuong\s+xuyen|kip\s+thoi|tot|dong\s+bo))?(?:\s*,)?\s*(?:voi|cung(?:\s+voi)?|cung\s+)\s+|phoi\s+hop\s+(?=cac|so|bo|ubnd|uy\s+ban|cong\s+an)|tham\s+muu,\s+phoi\s+hop\s+voi\s+|^\W*cung\s+voi\s+|(?<=chu\s)tri\s+cung\s+(?:voi\s+)?")
_LIST_NOUN = re.compile(
    r"^\W*(?:noi\s+dung|ket\s+qua|thoi\s+gian|dia\s+diem|thanh\s+phan|doi\s+tuong|so\s+luong|muc\s+tieu|muc\s+dich|ghi\s+chu|luu\s+y|danh\s+gia\s+chung|ton\s+tai|han\s+che|nguyen\s+nhan|kinh\s+phi|yeu\s+cau\s+chung|phuong\s+phap|hinh\s+thuc|so\s+lieu)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Câu giao việc đã hiểu: who, what remains to be done, and the rule that saw it."""

    rule: str
    lead: tuple[str, ...]
    rest: int
    """Where the act begins in the sentence."""
    is_official: bool = True
    is_give: bool = False
    """ "Giao …": an order also where the one addressed could himself be asking others."""
    is_address: bool = False
    """The lead is whoever reads the letter."""
    has_duty: bool = False
    """ "chủ trì", "phải", "có trách nhiệm": an assignment outside any list too."""


def order(sentence: Sentence, *, anywhere: bool = True) -> Frame | None:
    """ "Giao/Yêu cầu/Đề nghị <cơ quan> <việc>"."""
    for match in _ORDER.finditer(sentence.plain):
        if match.start() > 1500 or (not anywhere and match.start() > 3):
            break
        before = sentence.plain[max(0, match.start() - 24) : match.start()]
        if _NOUN_BEFORE.search(before) or _NOUN_AFTER.match(sentence.plain, match.end() - 1):
            continue
        if _CONDITION.search(sentence.plain[: match.start()]):
            continue
        names = read_names(sentence, match.end())
        if names is None or not _asks_something(sentence, names):
            continue
        return Frame(
            "order", names.items, names.end, names.is_official, bool(match["give"]), names.is_address, _has_duty(sentence, names.end)
        )
    return None


def subject(sentence: Sentence) -> Frame | None:
    """ "<cơ quan> [chủ trì | cần | phải | có trách nhiệm] <việc>"."""
    for index, start in enumerate(_starts(sentence)):
        names = read_names(sentence, start)
        if names is None or names.is_address or not names.items:
            continue
        names = _with_relative(sentence, names)
        after = _behind(sentence, names.end)
        if index and not (words.DUTY.match(sentence.plain, after) or (names.is_official and _LEADS_IN.match(sentence.plain))):
            continue
        if _TELLS.match(sentence.plain, after):
            continue
        if words.NARRATIVE.match(sentence.plain, after) and not words.DUTY.match(sentence.plain, after):
            continue
        if not words.acts(sentence.small, sentence.plain, after) and not _names_list(sentence, after):
            continue
        return Frame("subject", names.items, names.end, names.is_official, has_duty=_has_duty(sentence, names.end))
    return None


def imperative(sentence: Sentence) -> Frame | None:
    """ "Tăng cường …", "Chủ trì, phối hợp với …", "Trên cơ sở …, tiến hành …"."""
    opener = _OPENER.match(sentence.plain)
    at = opener.end() if opener else re.match(r"\W*", sentence.plain).end()  # type: ignore[union-attr]
    if _LIST_NOUN.match(sentence.plain[at:]):
        return None
    if words.acts(sentence.small, sentence.plain, at):
        return Frame("imperative", (), at)
    if _SUBORDINATE.match(sentence.plain):
        for comma in re.finditer(r",\s+", sentence.plain[:600]):
            if words.acts(sentence.small, sentence.plain, comma.end()) and not words.NARRATIVE.match(sentence.plain, comma.end()):
                return Frame("imperative", (), 0)
    return None


def heading(text: str) -> Names | None:
    """Đề mục chỉ gồm tên cơ quan: "3. Sở A", "Trách nhiệm của các phòng", "Sở A chủ trì, phối hợp với Sở B:"."""
    sentence = Sentence(text.rstrip(" :.;-–/"))
    opener = _OPENER.match(sentence.plain)
    start = opener.end() if opener else 0
    given = re.match(r"(?:giao|de\s+nghi|yeu\s+cau|phan\s+cong)\s+", sentence.plain[start:])
    names = read_names(sentence, start + (given.end() if given else 0))
    if names is None or not names.items:
        return None
    rest = sentence.plain[names.end :].strip(" ,.;:-")
    if rest and re.search(r"\w", _TO_DO.sub(" ", rest)):
        return None
    return names


def coordinators(sentence: Sentence) -> tuple[str, ...]:
    """Cơ quan phối hợp: whoever stands behind "phối hợp với"."""
    found: list[str] = []
    for match in _WITH.finditer(sentence.plain):
        names = read_names(sentence, match.end())
        if names:
            found.extend(n for n in names.items if n.lower() not in {f.lower() for f in found})
    return tuple(found)


def is_passing(text: str) -> bool:
    """Câu xã giao, câu dẫn, câu kết: told or wished, not assigned."""
    sentence = Sentence(text)
    plain = sentence.plain
    if _ENACTS.search(plain):
        return True
    if _PASSING.match(plain) and _HELP.search(plain) and _HELP_ACT.search(plain):
        return True
    if re.search(r"(?:neu\s+(?:co|phat\s+sinh|gap)|co)\s+(?:\w+\s+){0,3}(?:vuong\s+mac|kho\s+khan)", plain) and _HELP_ACT.search(plain) and len(plain) < 420:
        return True
    return bool(re.search(r"(?:thong\s+bao|tra\s+loi|gui)\s+(?:de\s+|dé\s+|cho\s+)?.{0,160}(?:duoc\s+)?biet(?:\s*,?\s*(?:va\s+)?(?:thuc\s+hien|trien\s+khai|to\s+chuc|phoi\s+hop|lien\s+he|nghiem\s+tuc|chi\s+dao).{0,60})?\W*$", plain)) or bool(
        _INFORMS.match(plain)
    )


def is_formula(rest: str) -> bool:
    """Phần việc chỉ là lời nhắc chung: "nghiêm túc triển khai thực hiện./."."""
    closed = re.sub(r"[./]+\s*\S{1,6}\W*$", "", rest)  # a scan leaves scraps of the stamp behind the full stop
    return len(rest) < 260 and not re.search(r"[a-z]", _WISH.sub(" ", Sentence(closed).plain))


def _asks_something(sentence: Sentence, names: Names) -> bool:
    after = _behind(sentence, names.end)
    if sentence.plain[names.end : after].strip().startswith(":"):
        return True
    rest = sentence.plain[after:].strip(" .;/,")
    if not rest:
        return False
    return words.acts(sentence.small, sentence.plain, after) or words.stops(sentence.small, sentence.plain, after)


def _with_relative(sentence: Sentence, names: Names) -> Names:
    """ "cơ quan thuế quản lý doanh nghiệp phải …": what a class of bodies is told by belongs to its name."""
    last = names.items[-1]
    relative = _RELATIVE.match(sentence.plain, names.end) if last[0].islower() or last.startswith(("Cơ quan", "Đơn vị", "Các ")) else None
    if relative is None or words.DUTY.match(sentence.plain, _behind(sentence, names.end)):
        return names
    whole = f"{last}{sentence.text[names.end : relative.end()]}".strip()
    return Names((*names.items[:-1], whole), relative.end(), names.is_official)


def _behind(sentence: Sentence, position: int) -> int:
    match = re.compile(r"(?:\s*\([^)]{0,160}\))?[\s,:–-]*").match(sentence.text, position)
    return match.end() if match else position


def _has_duty(sentence: Sentence, position: int) -> bool:
    return bool(words.DUTY.match(sentence.plain, _behind(sentence, position)))


def _names_list(sentence: Sentence, position: int) -> bool:
    """ "Sở A: Rà soát …": a colon, then the act with a capital."""
    return sentence.text[max(0, position - 2) : position].strip() == ":" and words.acts(sentence.small, sentence.plain, position)


def _starts(sentence: Sentence) -> list[int]:
    """Where the subject may begin: at the opening, behind the opener, and behind the commas of a clause that leads in."""
    opener = _OPENER.match(sentence.plain)
    first = opener.end() if opener else len(sentence.plain) - len(sentence.plain.lstrip(" -–.,:"))
    starts = [first]
    if _SUBORDINATE.match(sentence.plain):
        starts += [m.end() for m in re.finditer(r"[,)]\s+", sentence.plain[:900])][:25]
    return starts
