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
_TO_DO = re.compile(
    r"(?<!\w)(?:chu\s+tri|co\s+trach\s+nhiem|chiu\s+trach\s+nhiem|thuc\s+hien|can|phai|phoi\s+hop\s+(?:chat\s+che\s+)?(?:voi|cung)[^:]{0,300}|tap\s+trung|to\s+chuc|trien\s+khai|cac|mot\s+so|nhiem\s+vu|noi\s+dung|cong\s+viec|giai\s+phap|sau|day|nhu|cu\s+the|va|trong\s+tam|tiep\s+tuc|khan\s+truong|nghiem\s+tuc|tot|chi\s+dao|lanh\s+dao|quan\s+triet)(?!\w)"
)
_OPENER = re.compile(
    r"^\W*(?:(?:dong\s+thoi|ngoai\s+ra|ben\s+canh\s+do|trong\s+do|mat\s+khac|do\s+do|do\s+vay|vi\s+vay|vi\s+the|theo\s+do|truoc\s+mat|truoc\s+het|thoi\s+gian\s+toi|trong\s+thoi\s+gian\s+toi|tren\s+co\s+so\s+do|cung\s+voi\s+do|tu\s+nay\s+den[^,]{0,40}|dac\s+biet|hang\s+nam|dinh\s+ky[^,]{0,60}|truoc\s+[^,]{0,40}|cham\s+nhat[^,]{0,30}|trong\s+(?:thang|quy|nam)[^,]{0,20})\s*[,:]\s*|(?:dong\s+thoi|ve\s+phia|rieng|doi\s+voi|ve\s+trach\s+nhiem\s+cua|trach\s+nhiem\s+(?:chung\s+)?cua|nhiem\s+vu\s+cua)\s+)+"
)
_SUBORDINATE = re.compile(
    r"^\W*(?:de|dé|khi|tren\s+co\s+so|can\s+cu|trong|thuc\s+hien|tu|qua|sau\s+khi|nham|truoc|voi|theo|tai|cung\s+voi|doi\s+voi|ben\s+canh|nhan|tiep\s+tuc|trien\s+khai|xet|ngay|vi)(?!\w)"
)
_TOPIC = re.compile(
    r"^\W*(?:ve|doi\s+voi|cong\s+tac|linh\s+vuc|lien\s+quan|trong\s+linh\s+vuc)\s[^:.;]{3,140}:\s+(?=\w)"
)
_THROUGH = re.compile(r"^\W*(?:thong\s+qua|can\s+cu|tren\s+co\s+so|dua\s+tren)(?!\w)")
_LEADS_IN = re.compile(
    r"^\W*(?:de|dé|khi|tren\s+co\s+so|can\s+cu|sau\s+khi|nham|truoc|voi|theo|vi|xet|ngay)(?!\w)"
)
_TELLS = re.compile(
    r"chu\s+tri\s+(?:cuoc\s+hop|hoi\s+nghi|phien\s+hop|buoi|hop(?!\w)|lam\s+viec)|(?:co\s+y\s+kien|ket\s+luan|chi\s+dao|quyet\s+dinh|yeu\s+cau|de\s+nghi|huong\s+dan|thong\s+bao)\s+(?:\w+\s+){0,6}(?:nhu\s+sau|sau\s+day|sau)?\s*:?\s*$"
)
_DESCRIBED = re.compile(
    r"\s+(?:sản\s+xuất|kinh\s+doanh|hoạt\s+động|chưa|đã|đang|được|còn|vi\s+phạm|chậm|nhập\s+khẩu|xuất\s+khẩu|có\s+(?!trách|nhiệm|kế|văn|ý))(?!\w)"
)
_TRIGGER = re.compile(
    r"(?<!\w)(?:khẩn\s+trương|nghiêm\s+túc|phải|cần(?!\s+cứ)|có\s+trách\s+nhiệm|chủ\s+động|tiếp\s+tục|tập\s+trung|thực\s+hiện\s+nghiêm|chịu\s+trách\s+nhiệm|chủ\s+trì|kịp\s+thời)(?!\w)"
)
_UNKNOWN = re.compile(
    r"\W*(?P<name>[^\W\d_][^:;.,]{2,70}?)\s*:?\s+(?=(?:chủ trì|có trách nhiệm|chịu trách nhiệm)(?!\w))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:\s+\w+){1,9}?\s+(?=(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì)(?!\w))"
)
_WHEN = re.compile(
    r",?\s*(?:khi|nếu|trong\s+quá\s+trình|trường\s+hợp|sau\s+khi)\s[^.;:]{3,220}?,?\s+(?:thì\s+)?(?=(?:phải|cần|có\s+trách\s+nhiệm)(?!\w))"
)
_WITH = re.compile(
    r"phoi\s+hop(?:\s+(?:chat\s+che|thuong\s+xuyen|kip\s+thoi|tot|dong\s+bo))?(?:\s*,)?\s*(?:voi|cung(?:\s+voi)?|cung\s+)\s+|phoi\s+hop\s+(?=(?:cac|so|bo|vu|cuc|ubnd|uy\s+ban|cong\s+an|van\s+phong|thanh\s+tra|chi\s+cuc|ban)\s)|tham\s+muu,\s+phoi\s+hop\s+voi\s+|^\W*cung\s+voi\s+|(?<=chu\s)tri\s+cung\s+(?:voi\s+)?"
)
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
    """Câu giao: "Giao/Yêu cầu/Đề nghị <cơ quan> <việc>"."""
    for match in _ORDER.finditer(sentence.plain):
        if match.start() > 1500 or (not anywhere and match.start() > 3):
            break
        before = sentence.plain[max(0, match.start() - 24) : match.start()]
        if _NOUN_BEFORE.search(before) or _NOUN_AFTER.match(sentence.plain, match.end() - 1):
            continue
        if _CONDITION.search(sentence.plain[: match.start()]):
            continue
        names = read_names(sentence, match.end())
        if names is None:
            continue
        names = _with_relative(sentence, names)
        if not _asks_something(sentence, names):
            continue
        return Frame(
            "order",
            names.items,
            names.end,
            names.is_official,
            bool(match["give"]),
            names.is_address,
            _has_duty(sentence, names.end),
        )
    return None


def subject(sentence: Sentence) -> Frame | None:
    """Câu có chủ thể: "<cơ quan> [chủ trì | cần | phải | có trách nhiệm] <việc>"."""
    own = 2 if _TOPIC.match(sentence.plain) else 1
    for index, start in enumerate(_starts(sentence)):
        is_behind_clause = index >= own
        names = read_names(sentence, start)
        if names is None or names.is_address or not names.items:
            continue
        names = _with_relative(sentence, names)
        after = _behind(sentence, names.end)
        when = _WHEN.match(sentence.small, names.end)
        if when and not is_behind_clause:
            return Frame("subject", names.items, names.end, names.is_official, has_duty=True)
        if is_behind_clause and re.search(r"(?<!\w)(?:đã|sẽ)(?!\w)", sentence.small[:start]):
            continue
        if is_behind_clause and not (
            words.DUTY.match(sentence.small, after)
            or (names.items[0][0].isupper() and names.is_official and _LEADS_IN.match(sentence.plain))
        ):
            continue
        if _TELLS.match(sentence.plain, after):
            continue
        if words.NARRATIVE.match(sentence.plain, after) and not words.DUTY.match(sentence.small, after):
            continue
        if not words.acts(sentence.small, sentence.plain, after) and not _names_list(sentence, after):
            continue
        return Frame(
            "subject", names.items, names.end, names.is_official, has_duty=_has_duty(sentence, names.end)
        )
    unknown = _UNKNOWN.match(sentence.text)
    if (
        unknown
        and unknown["name"][0].isupper()
        and not words.acts(sentence.small, sentence.plain, unknown.start("name"))
        and not _SUBORDINATE.match(sentence.plain)
    ):
        return Frame("subject", (unknown["name"].strip(),), unknown.end(), has_duty=True)
    return None


def imperative(sentence: Sentence) -> Frame | None:
    """Câu chỉ có việc: "Tăng cường …", "Chủ trì, phối hợp với …", "Trên cơ sở …, tiến hành …"."""
    opener = _OPENER.match(sentence.plain)
    at = opener.end() if opener else re.match(r"\W*", sentence.plain).end()  # type: ignore[union-attr]
    if _LIST_NOUN.match(sentence.plain[at:]):
        return None
    if words.acts(sentence.small, sentence.plain, at):
        return Frame("imperative", (), at)
    through = _THROUGH.match(sentence.plain)
    if through and any(
        words.acts(sentence.small, sentence.plain, m.end())
        for m in re.finditer(r"(?<=\w)\s+", sentence.plain[:240])
    ):
        return Frame("imperative", (), 0)
    if _SUBORDINATE.match(sentence.plain):
        for comma in re.finditer(r",\s+", sentence.plain[:600]):
            if words.acts(sentence.small, sentence.plain, comma.end()) and not words.NARRATIVE.match(
                sentence.plain, comma.end()
            ):
                return Frame("imperative", (), 0)
    return None


def unlisted(sentence: Sentence) -> Frame | None:
    """Việc mở đầu bằng từ không có trong từ vựng, dưới đề mục là tên cơ quan: no name, no figure, no title."""
    if len(sentence.text.split()) < 5 or not sentence.text[:1].isupper() or _LIST_NOUN.match(sentence.plain):
        return None
    if read_names(sentence, 0) or re.match(
        r"\W*(?:\d|dai dien|thanh vien|ong|ba|dong chi|tong so|co|la|do|cac|nhung|mot|so|muc|ty le|tai|ngay|luc)(?!\w)",
        sentence.plain,
    ):
        return None
    if words.NARRATIVE.match(sentence.plain) or sentence.text.split()[1][:1].isupper():
        return None
    return Frame("unlisted", (), 0)


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


def _asks_something(sentence: Sentence, names: Names) -> bool:
    after = _behind(sentence, names.end)
    if sentence.plain[names.end : after].strip().startswith(":"):
        return True
    rest = sentence.plain[after:].strip(" .;/,")
    if not rest:
        return False
    return words.acts(sentence.small, sentence.plain, after) or words.stops(
        sentence.small, sentence.plain, after
    )


def _with_relative(sentence: Sentence, names: Names) -> Names:
    """ "cơ quan thuế quản lý doanh nghiệp phải …": what a class of bodies is told by belongs to its name."""
    if not names.items:
        return names
    last = names.items[-1]
    described = (
        _DESCRIBED.match(sentence.small, names.end) if words.HEAD.match(Sentence(last).small) else None
    )
    if described and last.lower().startswith(
        ("các ", "những ", "cơ quan", "đơn vị", "tổ chức", "doanh nghiệp")
    ):
        trigger = _TRIGGER.search(sentence.small, names.end, names.end + 320)
        if trigger and not re.search(r"[.;:]\s", sentence.plain[names.end : trigger.start()]):
            whole = f"{last}{sentence.text[names.end : trigger.start()]}".strip(" ,")
            return Names((*names.items[:-1], whole), trigger.start(), names.is_official)
    relative = (
        _RELATIVE.match(sentence.small, names.end)
        if last[0].islower() or last.startswith(("Cơ quan", "Đơn vị", "Các "))
        else None
    )
    if relative is None or words.DUTY.match(sentence.small, _behind(sentence, names.end)):
        return names
    whole = f"{last}{sentence.text[names.end : relative.end()]}".strip()
    return Names((*names.items[:-1], whole), relative.end(), names.is_official)


def _behind(sentence: Sentence, position: int) -> int:
    match = re.compile(r"(?:\s*\([^)]{0,160}\))?[\s,:–-]*").match(sentence.text, position)
    return match.end() if match else position


def _has_duty(sentence: Sentence, position: int) -> bool:
    return bool(words.DUTY.match(sentence.small, _behind(sentence, position)))


def _names_list(sentence: Sentence, position: int) -> bool:
    """ "Sở A: Rà soát …": a colon, then the act with a capital."""
    return sentence.text[max(0, position - 2) : position].strip() == ":" and words.acts(
        sentence.small, sentence.plain, position
    )


def _starts(sentence: Sentence) -> list[int]:
    """Where the subject may begin: at the opening, behind the opener, and behind the commas of a clause that leads in."""
    opener = _OPENER.match(sentence.plain)
    first = opener.end() if opener else len(sentence.plain) - len(sentence.plain.lstrip(" -–.,:"))
    starts = [first]
    topic = _TOPIC.match(sentence.plain)
    if topic:
        starts.insert(0, topic.end())
    if _SUBORDINATE.match(sentence.plain):
        starts += [m.end() for m in re.finditer(r"[,)]\s+", sentence.plain[:900])][:25]
    return starts
