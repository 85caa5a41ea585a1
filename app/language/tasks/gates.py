"""Văn bản không giao việc, nơi nhận việc mặc định, năm của văn bản: what is asked of the whole text before its sentences are read."""

from __future__ import annotations

import re
from collections import Counter

from app.core.text import clean_line
from app.language.heading.reader import Heading
from app.language.heading.zones import Zones
from app.language.layout.lines import folded

_NO_TASKS = frozenset(
    {
        "Tờ trình",
        "Báo cáo",
        "Biên bản",
        "Giấy giới thiệu",
        "Giấy nghỉ phép",
        "Phiếu gửi",
        "Đơn",
        "Hợp đồng",
        "Thư công",
        "Bản ghi nhớ",
    }
)
ORDERING_TYPES = frozenset(
    {
        "Chỉ thị",
        "Công điện",
        "Kết luận",
        "Thông báo",
        "Kế hoạch",
        "Quyết định",
        "Nghị quyết",
        "Chương trình",
        "Hướng dẫn",
        "Đề án",
        "Phương án",
    }
)
_OPINION = re.compile(
    r"^(?:\W*(?:v/v|ve viec)\s+)?(?:tham gia|gop y|co y kien|y kien|phuc dap|tra loi|tham dinh|cho y kien|phan bien|thong nhat)\b"
)
_ASKS_OPINION = re.compile(r"(?:de nghi|xin|lay|yeu cau|don doc|moi)\b")


def has_no_tasks(heading: Heading, zones: Zones) -> bool:
    """Văn bản không giao việc: a paper that proposes, tells or opines."""
    if heading.type in _NO_TASKS:
        return True
    subject = folded(heading.subject or "")
    if heading.type in (None, "Công văn") and _OPINION.match(subject) and not _ASKS_OPINION.search(subject):
        opening = " ".join(p.plain for p in zones.body[:6])
        asked = re.search(r"de\s+nghi[^.]{0,200}(?:tham\s+gia|cho|gop|co)\s+y\s+kien", opening)
        return not asked and bool(
            re.search(r"y\s+kien[^.]{0,80}nhu\s+sau|nhat\s+tri|thong\s+nhat|tra\s+loi|phuc\s+dap", opening)
        )
    return False


def year_in(zones: Zones) -> int | None:
    """Năm được nhắc nhiều nhất, for a text without its date line."""
    years = Counter(y for p in zones.body for y in re.findall(r"(?:\d[/.]|nam\s+)(20\d{2})", p.plain))
    return int(years.most_common(1)[0][0]) if years else None


def addressees_of(zones: Zones) -> tuple[str, ...]:
    """Nơi kính gửi, each by itself."""
    names: list[str] = []
    for paragraph in zones.addressees:
        if re.search(r"\bdien\s*:\s*$", paragraph.plain):
            continue
        text = re.sub(
            r"^\W*[Kk][ií]nh\s*(?:gửi|gui|trình)\s*:?\s*[-–+*]?\s*|^\W*gửi\s*:\s*", "", paragraph.text
        )
        for part in re.split(r";\s*[-–+*]?\s*", text):
            name = clean_line(
                re.sub(r"^(?:[Cc]ác\s+)?(?:đồng chí|Đồng chí|Ông|Bà)\s+", "", part.strip(" .;:,-–+*"))
            ).strip()
            name = re.sub(r"\s*\([^)]{0,80}\)$", "", name)
            if name and not paragraph.label and names and name[0].islower():
                names[-1] = f"{names[-1]} {name}"
            elif name:
                names.append(name)
    return tuple(names)
