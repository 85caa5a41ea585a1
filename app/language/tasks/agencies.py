"""Danh sách cơ quan trong câu: reads "Sở Tài chính, Công an tỉnh và các địa phương" as three names and says where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.text import clean_line
from app.language.layout.lines import folded
from app.language.tasks import words

MAX_NAME = 220
MAX_NAMES = 40

_TOKEN = re.compile(r"\s*(?:([^\W_][\w&/.’'-]*)|([,;:().“”\"–-]))")
_AND = re.compile(r"và(?!\w)|cùng(?!\w)(?!\s+với)|hoặc(?!\w)")
_CONTINUES = re.compile(
    r"(?:ban|ngành|địa phương|thành phố|phường|xã(?!\s+hội)|thị trấn|đặc khu|đơn vị|doanh nghiệp|thị xã|quận|huyện|đoàn thể|tổ chức(?: chính trị| xã hội)?|cá nhân|cơ quan|hiệp hội|khu vực|"
    r"xã hội|thôn|bản|tổ dân phố|khu phố|chính quyền|công ty|cán bộ|công chức|viên chức|hội|đoàn|cấp|trung ương|phòng|trung tâm|trường|viện)(?!\w)"
)
# Names with a comma or "và" of their own: fields of state management, joined as the law joins them.
_FIELD = re.compile(
    r"(?:văn hóa|thể thao|lao động|thương binh|nông nghiệp|kế hoạch|khoa học|tài nguyên|thông tin|giáo dục|an toàn|dân tộc|phát thanh|kinh tế|đô thị|hạ tầng|công nghiệp|tư tưởng|tuyên giáo|phòng cháy)"
    r"(?:,\s+(?:thể thao|khoa học|hạ tầng|gia đình|thể dục|công nghệ|môi trường|du lịch|xã hội|thông tin)(?=[,\s]))",
)
_SHARED = re.compile(
    r"(?:các\s+)?(bộ|sở|vụ|cục|ban|phòng|chi cục|xã|phường|huyện|tỉnh|đơn vị|ngân hàng|công ty)(?!\w)"
)
# What enterprises are named after, small letters or not.
_TRADES = re.compile(
    r"(?:tư|vận|thương|dịch|sản|kinh|đầu|chế|kỹ|thiết|xuất|nhập) (?=vấn|tải|mại|vụ|xuất|doanh|tư|biến|thuật|kế|khẩu|nhập)"
)
_TRADING = ("công ty", "doanh nghiệp", "tập đoàn", "hợp tác xã", "tổng công ty", "chi nhánh")
_FIELDS = re.compile(r"[A-ZĐ][^,:;.]{1,45},\s+[A-ZĐ]")
_PERSON = re.compile(r"(?:đồng chí|ông|bà)\s+", re.IGNORECASE)
# One office of two bodies.
_JOINT_OFFICE = re.compile(
    r"(?:văn phòng|vp) (?:hđnd|hội đồng nhân dân|đoàn (?:đại biểu quốc hội|đbqh)) và (?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)(?!\w)"
)
_LED = re.compile(r"\s+(?:[A-ZĐỦ]|các|đơn vị|cơ quan|địa phương|phòng|sở|huyện|xã|tỉnh)")
_LISTED = re.compile(
    r"(?:và\s+)?(?:ban|ngành|địa phương|đơn vị|cơ quan|doanh nghiệp|tổ chức|đoàn thể|cá nhân|phòng|hội|thành phố|phường|đặc khu|thị trấn)(?!\w)"
)
_OPENING = re.compile(r"^(?:đồng\s+chí|ông|bà)\s+", re.IGNORECASE)
_OCR_HEAD = re.compile(
    r"(?:bo|so|cuc|tong cuc|chi cuc|vu|uy ban nhan dan|ubnd|van phong|thanh tra|cong an|lien doan lao dong|bao hiem xa hoi|ban|hoi|chu tich|giam doc|cuc truong)\s+(?=[a-z])"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Các tên đọc được: names in order, where the list ends, and whether it speaks to the readers ("quý cơ quan")."""

    items: tuple[str, ...]
    end: int
    is_official: bool
    """At least one is a body or post of the state, not merely enterprises or persons."""
    is_address: bool = False


class Sentence:
    """Một câu ba cách viết: as written, in small letters, and without marks; positions are the same in all."""

    __slots__ = ("plain", "small", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.small = words.lowered(text)
        self.plain = folded(text)


def read_names(sentence: Sentence, start: int) -> Names | None:
    """Đọc danh sách cơ quan bắt đầu tại ``start``; none when no name begins there."""
    position = _skip_blank(sentence.text, start)
    person = _person(sentence, position)
    if person:
        return person
    address = words.PRONOUN.match(sentence.small, position)
    if address and not words.HEAD.match(sentence.small, address.end() + 1):
        return Names((), address.end(), is_official=True, is_address=True)
    items: list[str] = []
    official, shared, is_spread = False, "", False
    while len(items) < MAX_NAMES:
        head = _head(sentence, position)
        if head is None and not (shared and _begins_capital(sentence.text, position)):
            break
        end = _end_of_name(sentence, position, head.end() if head else position, bool(items))
        name = _tidy(sentence.text[position:end])
        if not name:
            break
        if head is None:
            name = f"{shared} {name}"
        else:
            official |= not (head["class"] or "").endswith(("nghiệp", "thầu", "đầu tư", "lao động"))
            spread = _spread(sentence, position, end)
            if spread is not None:
                shared, position = spread
                is_spread = True
                continue
            if is_spread and shared == "Bộ" and head["body"] == "công an" and name == "Công an":
                name = "Bộ Công an"
            if not is_spread:
                shared = _capital_word(head) if head["many"] is None or items else ""
        items.append(name)
        following = _after_separator(sentence, end)
        if following is None or not (
            _head(sentence, following) or (shared and _begins_capital(sentence.text, following))
        ):
            return Names(tuple(items), end, official)
        position = following
    return Names(tuple(items), position, official) if items else None


def _person(sentence: Sentence, position: int) -> Names | None:
    """ "đồng chí Lê Hoài Nam, Phó Chủ tịch …": a person by name, with the post that follows."""
    match = _PERSON.match(sentence.text, position)
    if match is None or words.HEAD.match(sentence.small, match.end()):
        return None
    end, count = match.end(), 0
    for word in re.compile(r"([^\W\d_]+)(?:\s+|(?=\W|$))").finditer(sentence.text, match.end()):
        if word.start() != end or not (word[1][0].isupper() and word[1][1:].islower()) or count == 4:
            break
        end, count = word.end(), count + 1
    if count < 2:
        return None
    end = match.end() + len(sentence.text[match.end() : end].rstrip())
    comma = re.compile(r"\s*[,-]\s*").match(sentence.text, end)
    head = _head(sentence, comma.end()) if comma else None
    if comma and head and head["post"]:
        end = _end_of_name(sentence, comma.end(), head.end(), later=False)
    return Names((clean_line(sentence.text[match.end() : end]).strip(" ,"),), end, is_official=True)


def _head(sentence: Sentence, position: int) -> re.Match[str] | None:
    match = words.HEAD.match(sentence.small, position)
    if match is None:
        return None
    first = sentence.text[position : position + 1]
    if match["plural"] and not match["many"]:
        return None
    if match["body"] and not match["many"] and not _is_proper(sentence, match):
        return None
    if match["post"] and not match["many"] and not match["comrade"] and not first.isupper():
        return None
    if match["post"] == "lãnh đạo" and not _LED.match(sentence.text, match.end()):
        return None
    return match


def _is_proper(sentence: Sentence, match: re.Match[str]) -> bool:
    """A body without "các" is written with a capital, and its name goes on with a capital or a level ("tỉnh")."""
    at = match.start("body")
    if not sentence.text[at].isupper():
        return False
    rest = sentence.text[match.end() :].lstrip()
    if not rest:
        return len(match["body"]) > 3
    before = sentence.text[:at].rstrip(' \t“"(')
    if before and before[-1] not in ".:-–+*" and len(match["body"]) > 3:
        return True
    if rest[0].isupper() or rest[0] in "-–:,;.(":
        return True
    return bool(
        re.match(
            r"(?:tỉnh|thành|xã|phường|huyện|quận|thị|đặc|nhân|nhà|các|cấp|quân|trung|khu|cơ|chức|chi|quản|kinh|chuyên|chỉ|dân|phụ|nông|cựu|thanh|thuế|hải|cạnh|chủ|trì|phối|có|cần|phải|là|hóa|văn|giáo|y\s|tài|công|an\s|thường|tiếp|khẩn|tổ|xây|rà|thực|triển|hướng|kiểm|theo|tăng|đẩy)\b|\d|&",
            rest.lower(),
        )
    )


def _end_of_name(sentence: Sentence, start: int, position: int, later: bool) -> int:
    """Where the name that begins at ``start`` ends: at an act, a link, or a mark that no name has."""
    text, small, plain = sentence.text, sentence.small, sentence.plain
    limit = min(len(text), start + MAX_NAME)
    is_trading = small.startswith(_TRADING, start)
    is_class = bool(re.match(words.QUANTIFIER, small[start:]))
    while position < limit:
        token = _TOKEN.match(text, position)
        if token is None:
            return position
        if is_class and _lists_classes(sentence, token):
            position = _LISTED.match(
                small, _skip_blank(text, token.end() if token[2] else token.start(1))
            ).end()  # type: ignore[union-attr]
            continue
        if token[2]:
            ahead = _past_mark(sentence, token, start)
            if ahead is None:
                return position
            position = ahead
            continue
        at = token.start(1)
        if text[at].islower():
            if is_trading and _TRADES.match(small, at):
                position = token.end()
                continue
            inside = words.INSIDE.match(plain, at)
            if inside:
                position = inside.end()
                continue
            if _AND.match(small, at):
                after = _skip_blank(text, token.end())
                if _JOINT_OFFICE.match(small, start):
                    position = _JOINT_OFFICE.match(small, start).end()  # type: ignore[union-attr]
                    continue
                trade = is_trading and (
                    _TRADES.match(small, after) is not None or not words.stops(small, plain, after)
                )
                if _head(sentence, after) or not (_goes_on(sentence, after) or trade):
                    return position
            elif words.stops(small, plain, at):
                return position
        position = token.end()
    return position


def _lists_classes(sentence: Sentence, token: re.Match[str]) -> bool:
    """ "các sở, ban, ngành và địa phương" is one name of a class, though each word could begin one."""
    at = _skip_blank(sentence.text, token.end()) if token[2] == "," else token.start(1) if token[1] else -1
    if at < 0 or (token[1] and token[1] != "và"):
        return False
    return bool(_LISTED.match(sentence.small, at)) and not sentence.small.startswith("các", at)


def _past_mark(sentence: Sentence, token: re.Match[str], start: int) -> int | None:
    """Behind a comma, hyphen or bracket that belongs to the name; none where the name ends."""
    text, mark = sentence.text, token[2]
    after = _skip_blank(text, token.end())
    if mark == "(":
        close = text.find(")", after, after + 120)
        return close + 1 if close >= 0 and close + 1 < len(text) else None
    if mark in "-–":
        return (
            after if after < len(text) and text[after].isupper() and token.end() > token.start() + 1 else None
        )
    if mark == ",":
        if re.match(r"(?:co\s+)?lien\s+quan(?!\w)", sentence.plain[after:]):
            return after
        if _head(sentence, after):
            return None
        field = _FIELD.search(sentence.small, start, after + 30)
        if field and field.start() < token.start(2) < field.end():
            return after
        return after if _CONTINUES.match(sentence.small, after) and not text[after].isupper() else None
    return None


def _goes_on(sentence: Sentence, position: int) -> bool:
    """What stands behind "và" is still the name: "và Đầu tư", "và tương đương"."""
    if position >= len(sentence.text):
        return False
    return (
        sentence.text[position].isupper()
        or bool(_CONTINUES.match(sentence.small, position))
        or bool(words.INSIDE.match(sentence.plain, position))
        or sentence.plain.startswith("tuong duong", position)
    )


def _spread(sentence: Sentence, start: int, end: int) -> tuple[str, int] | None:
    """ "các Bộ: Tài chính, Công Thương": the word shared by the names that follow, and where they begin."""
    match = _SHARED.fullmatch(_tidy(sentence.small[start:end]))
    colon = re.compile(r"\s*:?\s*").match(sentence.text, end)
    if match is None or colon is None or ":" not in colon[0]:
        return None
    if colon.end() >= len(sentence.text) or not sentence.text[colon.end()].isupper():
        return None
    if _head(sentence, colon.end()):
        return None
    if words.acts(sentence.small, sentence.plain, colon.end()) and not _FIELDS.match(
        sentence.text, colon.end()
    ):
        return None
    return match[1].capitalize(), colon.end()


def _capital_word(head: re.Match[str]) -> str:
    shared = _SHARED.fullmatch(head["body"] or "")
    return shared[1].capitalize() if shared and len(shared[1]) < 4 else ""


def _after_separator(sentence: Sentence, position: int) -> int | None:
    match = re.compile(r"\s*(?:[,;](?:\s*và(?!\w))?|và(?!\w)|cùng(?!\w))\s*").match(sentence.small, position)
    return match.end() if match and match.end() > position else None


def _begins_capital(text: str, position: int) -> bool:
    return position < len(text) and text[position].isupper()


def _skip_blank(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t":
        position += 1
    return position


def _tidy(name: str) -> str:
    name = _OPENING.sub("", clean_line(name).strip(" ,;:.-–"))
    return re.sub(r"\s*\([^)]*\)$", "", name).strip()
