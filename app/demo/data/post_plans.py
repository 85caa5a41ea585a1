"""Khung đơn vị và vị trí của từng loại cơ quan; tên riêng chỉ ghi cho nhân vật của các câu chuyện mẫu."""

from dataclasses import dataclass, replace
from typing import Final

from app.demo.data.communes import WARD
from app.demo.data.person_names import FEMALE, MALE

LEADER: Final = frozenset({"leader"})
OFFICE_CHIEF: Final = frozenset({"office_chief"})
UNIT_HEAD: Final = frozenset({"unit_head"})
SPECIALIST: Final = frozenset({"specialist"})
CLERK: Final = frozenset({"clerk"})
SECRETARY: Final = frozenset({"secretary"})
ADMIN: Final = frozenset({"admin"})

SMALL_DEPARTMENTS: Final = frozenset({"SYT", "SGDĐT", "SNV"})
"""Departments with vacant posts, where the deputy director also heads a division."""
FULL_COMMUNES: Final = ("an-khanh", "thu-duc")
"""Communes whose every post is filled; in the others the vice chairman also heads a division."""


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """Đơn vị trong khung."""

    key: str
    name: str
    abbreviation: str
    kind: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PostPlan:
    """Vị trí trong khung."""

    key: str
    unit: str
    title: str
    roles: frozenset[str]
    signing_title: str = ""
    is_head: bool = False
    deputy: str = ""
    portfolio: str = ""
    person: str = ""
    gender: str = ""
    held_with: str = ""
    """Key of the post whose holder has this one too (kiêm nhiệm)."""
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class Secondment:
    """Biệt phái: vị trí thứ hai ở cơ quan khác."""

    key: str
    agency_key: str
    unit: str
    title: str
    roles: frozenset[str]
    person_key: str


CITY_UNITS: Final = [
    UnitPlan("leadership", "Thường trực UBND Thành phố", "", "leadership"),
    UnitPlan("office", "Văn phòng UBND Thành phố", "VP", "office"),
    UnitPlan("general", "Phòng Tổng hợp", "TH", "division", "office"),
    UnitPlan("urban", "Phòng Đô thị", "ĐT", "division", "office"),
    UnitPlan("economy", "Phòng Kinh tế", "KT", "division", "office"),
    UnitPlan("social", "Phòng Văn xã", "VX", "division", "office"),
    UnitPlan("administration", "Phòng Hành chính - Tổ chức", "HCTC", "division", "office"),
]


def _leader(key: str, title: str, person: str, gender: str, portfolio: str, deputy: str) -> PostPlan:
    return PostPlan(
        key,
        "leadership",
        f"{title} UBND Thành phố",
        LEADER,
        title,
        is_head=title == "Chủ tịch",
        deputy=deputy,
        portfolio=portfolio,
        person=person,
        gender=gender,
    )


def _head(key: str, unit: str, name: str, deputy: str, person: str = "", gender: str = "") -> PostPlan:
    title = f"Trưởng {name[0].lower()}{name[1:]}"
    return PostPlan(
        key, unit, title, UNIT_HEAD, "Trưởng phòng", is_head=True, deputy=deputy, person=person, gender=gender
    )


def _specialist(
    key: str, unit: str, name: str, person: str = "", gender: str = "", *, vacant: bool = False
) -> PostPlan:
    title = f"Chuyên viên {name}"
    return PostPlan(key, unit, title, SPECIALIST, "Chuyên viên", person=person, gender=gender, vacant=vacant)


CITY_POSTS: Final = [
    _leader("city_chairman", "Chủ tịch", "Lương Hoài Bảo", MALE, "Phụ trách chung", "city_vice_chairman_1"),
    _leader(
        "city_vice_chairman_1", "Phó Chủ tịch", "Trịnh Gia Khánh", MALE, "Đô thị", "city_vice_chairman_2"
    ),
    _leader(
        "city_vice_chairman_2", "Phó Chủ tịch", "Châu Ngọc Diệp", FEMALE, "Văn xã", "city_vice_chairman_3"
    ),
    _leader(
        "city_vice_chairman_3", "Phó Chủ tịch", "Quách Trọng Nghĩa", MALE, "Kinh tế", "city_vice_chairman_1"
    ),
    PostPlan(
        "office_chief",
        "office",
        "Chánh Văn phòng UBND Thành phố",
        OFFICE_CHIEF,
        "Chánh Văn phòng",
        is_head=True,
        deputy="office_deputy_1",
        person="Tạ Đình Quân",
        gender=MALE,
    ),
    PostPlan(
        "office_deputy_1",
        "office",
        "Phó Chánh Văn phòng UBND Thành phố",
        OFFICE_CHIEF,
        "Phó Chánh Văn phòng",
        deputy="office_deputy_2",
        portfolio="Đô thị, Kinh tế",
        person="Nghiêm Thúy Hằng",
        gender=FEMALE,
    ),
    PostPlan(
        "office_deputy_2",
        "office",
        "Phó Chánh Văn phòng UBND Thành phố",
        OFFICE_CHIEF,
        "Phó Chánh Văn phòng",
        deputy="office_deputy_1",
        portfolio="Văn xã, Hành chính",
        person="Cao Thế Vinh",
        gender=MALE,
    ),
    _head("general_head", "general", "Phòng Tổng hợp", "general_specialist"),
    _specialist("general_specialist", "general", "Phòng Tổng hợp"),
    PostPlan(
        "city_secretary",
        "general",
        "Thư ký, Phòng Tổng hợp",
        SECRETARY,
        "Thư ký",
        person="Mai Tố Uyên",
        gender=FEMALE,
    ),
    _head("urban_head", "urban", "Phòng Đô thị", "urban_specialist", "Lâm Chí Hiếu", MALE),
    _specialist("urban_specialist", "urban", "Phòng Đô thị", "Hồ Nhật Vy", FEMALE),
    _head("economy_head", "economy", "Phòng Kinh tế", "economy_specialist"),
    _specialist("economy_specialist", "economy", "Phòng Kinh tế", "Vũ Trọng Hiếu", MALE),
    _head("social_head", "social", "Phòng Văn xã", "social_specialist"),
    _specialist("social_specialist", "social", "Phòng Văn xã"),
    _head("administration_head", "administration", "Phòng Hành chính - Tổ chức", "city_clerk"),
    PostPlan(
        "city_clerk",
        "administration",
        "Văn thư UBND Thành phố",
        CLERK,
        "Văn thư",
        deputy="city_clerk_2",
        person="Đặng Thu Ngân",
        gender=FEMALE,
    ),
    PostPlan(
        "city_clerk_2", "administration", "Văn thư UBND Thành phố", CLERK, "Văn thư", deputy="city_clerk"
    ),
    PostPlan("city_admin", "administration", "Quản trị hệ thống UBND Thành phố", ADMIN, "Chuyên viên"),
]

# Chuyên viên Sở Xây dựng biệt phái về Phòng Đô thị: she switches between two agencies.
SECONDMENTS: Final = [
    Secondment(
        "urban_seconded",
        "city",
        "urban",
        "Chuyên viên biệt phái Phòng Đô thị",
        SPECIALIST,
        "SXD.specialist_2",
    )
]

# Divisions of each staffed department: name and abbreviation; the first is the one the stories visit.
_DIVISIONS: Final = {
    "SXD": [
        ("Phòng Hạ tầng kỹ thuật", "HTKT"),
        ("Phòng Quản lý nhà và Thị trường bất động sản", "QLN"),
        ("Phòng Quản lý chất lượng công trình", "QLCL"),
    ],
    "STC": [("Phòng Đầu tư", "ĐT"), ("Phòng Ngân sách", "NS")],
    "SNNMT": [("Phòng Môi trường", "MT"), ("Phòng Quản lý đất đai", "QLĐĐ")],
    "SYT": [("Phòng Nghiệp vụ Y", "NVY"), ("Phòng Kế hoạch - Tài chính", "KHTC")],
    "SGDĐT": [("Phòng Giáo dục phổ thông", "GDPT"), ("Phòng Kế hoạch - Tài chính", "KHTC")],
    "SNV": [("Phòng Cải cách hành chính", "CCHC"), ("Phòng Tổ chức, biên chế", "TCBC")],
}
_STORY_PEOPLE: Final = {
    "SXD.deputy": ("Võ Ngọc Lam", FEMALE),
    "STC.head_of_division": ("Phạm Quốc Trường", MALE),
}


def department_plan(key: str, name: str) -> tuple[list[UnitPlan], list[PostPlan]]:
    """Khung của một sở: ban giám đốc, văn phòng, hai hoặc ba phòng."""
    large = key == "SXD"
    divisions = _DIVISIONS[key]
    units = [
        UnitPlan("leadership", f"Ban Giám đốc {name}", "", "leadership"),
        UnitPlan("office", "Văn phòng Sở", "VP", "office"),
        *(
            UnitPlan(f"division_{n}", title, short, "division")
            for n, (title, short) in enumerate(divisions, start=1)
        ),
    ]
    deputy = _STORY_PEOPLE.get(f"{key}.deputy", ("", ""))
    posts = [
        PostPlan(
            "director", "leadership", f"Giám đốc {name}", LEADER, "Giám đốc", is_head=True, deputy="deputy",
            portfolio="Phụ trách chung",
        ),
        PostPlan(
            "deputy", "leadership", f"Phó Giám đốc {name}", LEADER, "Phó Giám đốc", deputy="director",
            portfolio=divisions[0][0].removeprefix("Phòng "), person=deputy[0], gender=deputy[1],
        ),
        *([_second_deputy(name, divisions[1][0])] if large else []),
        PostPlan(
            "chief", "office", f"Chánh Văn phòng {name}", OFFICE_CHIEF, "Chánh Văn phòng", is_head=True, deputy="clerk",
            vacant=key in SMALL_DEPARTMENTS,
        ),
        PostPlan("clerk", "office", f"Văn thư {name}", CLERK if large else CLERK | ADMIN, "Văn thư"),
        *([PostPlan("admin", "office", f"Quản trị hệ thống {name}", ADMIN, "Chuyên viên")] if large else []),
    ]  # fmt: skip
    for n, (title, _) in enumerate(divisions, start=1):
        posts += _division_posts(key, n, title)
    return units, posts


def commune_plan(key: str, kind: str, name: str) -> tuple[list[UnitPlan], list[PostPlan]]:
    """Khung của UBND cấp xã: lãnh đạo, Văn phòng HĐND và UBND, hai phòng chuyên môn."""
    full = key in FULL_COMMUNES
    economy = ("Phòng Kinh tế, Hạ tầng và Đô thị", "KTHTĐT") if kind == WARD else ("Phòng Kinh tế", "KT")
    units = [
        UnitPlan("leadership", f"Lãnh đạo {name}", "", "leadership"),
        UnitPlan("office", "Văn phòng HĐND và UBND", "VP", "office"),
        UnitPlan("division_1", *economy, "division"),
        UnitPlan("division_2", "Phòng Văn hóa - Xã hội", "VHXH", "division"),
    ]
    posts = [
        PostPlan(
            "chairman", "leadership", f"Chủ tịch {name}", LEADER, "Chủ tịch", is_head=True, deputy="vice_chairman",
            portfolio="Phụ trách chung",
        ),
        PostPlan(
            "vice_chairman", "leadership", f"Phó Chủ tịch {name}", LEADER, "Phó Chủ tịch", deputy="chairman",
            portfolio="Kinh tế, đô thị",
        ),
        PostPlan(
            "office_chief", "office", "Chánh Văn phòng HĐND và UBND", OFFICE_CHIEF, "Chánh Văn phòng", is_head=True,
            deputy="clerk", vacant=not full,
        ),
        PostPlan("clerk", "office", f"Văn thư {name}", CLERK | ADMIN, "Văn thư"),
        PostPlan(
            "head_of_division", "division_1", f"Trưởng {economy[0].replace('Phòng', 'phòng')}", UNIT_HEAD, "Trưởng phòng",
            is_head=True, deputy="specialist", held_with="" if full else "vice_chairman",
        ),
        _specialist("specialist", "division_1", economy[0]),
        PostPlan(
            "head_of_division_2", "division_2", "Trưởng phòng Văn hóa - Xã hội", UNIT_HEAD, "Trưởng phòng", is_head=True,
            vacant=not full,
        ),
    ]  # fmt: skip
    return units, posts


def _second_deputy(name: str, division: str) -> PostPlan:
    portfolio = division.removeprefix("Phòng ")
    return PostPlan(
        "deputy_2",
        "leadership",
        f"Phó Giám đốc {name}",
        LEADER,
        "Phó Giám đốc",
        deputy="deputy",
        portfolio=portfolio,
    )


def _division_posts(key: str, n: int, title: str) -> list[PostPlan]:
    mark = "" if n == 1 else f"_{n}"
    small = key in SMALL_DEPARTMENTS and n > 1
    person, gender = _STORY_PEOPLE.get(f"{key}.head_of_division{mark}", ("", ""))
    head = _head(f"head_of_division{mark}", f"division_{n}", title, f"specialist{mark}", person, gender)
    specialist = _specialist(f"specialist{mark}", f"division_{n}", title, vacant=small or n > 2)
    return [replace(head, held_with="deputy" if small else ""), specialist]
