"""Chất liệu văn bản: every pattern fills, nothing is left blank, one seed tells one story."""

import random
import re
from datetime import date

import pytest

from app.demo.data.agencies import agencies
from app.demo.data.documents import directives, issuers, meetings, phrases, slots
from app.demo.data.documents.paragraphs import bases, paragraphs
from app.demo.data.documents.subjects import PATTERNS, Subject, headline, subject
from app.demo.data.documents.types import EXPRESS, document_type, urgency
from app.language.document_types import DECREE_TYPES
from app.language.references import read_reference
from app.language.secrecy import find_secrecy_mark

NOVEMBER = date(2026, 11, 20)
NEW_YEAR = date(2026, 1, 4)


def every_pattern():
    for field, types in PATTERNS.items():
        for type_name, patterns in types.items():
            for pattern in patterns:
                yield field, type_name, pattern


def test_there_are_about_three_hundred_patterns_of_real_types():
    rows = list(every_pattern())
    assert len(rows) >= 250
    assert len({pattern for *_, pattern in rows}) > 300
    assert {type_name for _, type_name, _ in rows} <= {kind.name for kind in DECREE_TYPES}


@pytest.mark.parametrize("when", [NOVEMBER, NEW_YEAR])
def test_every_pattern_fills_to_a_subject_within_the_limit(when):
    rng = random.Random(1)
    for _, _, pattern in every_pattern():
        text = slots.fill(rng, pattern, when)
        assert "{" not in text
        assert len(text) <= 250
        assert not text.endswith((".", " "))
        assert "  " not in text
        assert not re.search(r"\b(\w+ \w+) \1\b", text), text


def test_every_agency_has_a_field_with_subjects():
    assert {spec.field for spec in agencies() if spec.valid_to is None} <= set(PATTERNS)


def test_no_text_carries_a_mark_of_secrecy():
    assert find_secrecy_mark([pattern for *_, pattern in every_pattern()], head_lines=1000) is None
    rng = random.Random(1)
    for field in PATTERNS:
        body = paragraphs(rng, subject(rng, field, NOVEMBER), "Sở Xây dựng", "UBND Thành phố", NOVEMBER)
        assert find_secrecy_mark(body) is None


def test_the_same_seed_tells_the_same_story():
    def story(seed):
        rng = random.Random(seed)
        return [
            subject(rng, "city", NOVEMBER),
            directives.directive(rng, "finance", NOVEMBER),
            issuers.external_document(rng, NOVEMBER),
        ]

    assert story(3) == story(3)
    assert story(3) != story(4)


def test_a_subject_begins_with_a_capital_and_its_headline_with_the_type():
    report = Subject("Báo cáo", "Tiến độ thực hiện dự án", "construction")
    assert report.headline == "Báo cáo tiến độ thực hiện dự án"
    assert headline("Công văn", "Tháo gỡ vướng mắc") == "Tháo gỡ vướng mắc"
    assert subject(random.Random(1), "health", NOVEMBER, type_name="Tờ trình").type_name == "Tờ trình"


def test_a_commune_writes_of_itself():
    rng = random.Random(2)
    texts = [subject(rng, "construction", NOVEMBER, place="phường An Khánh").text for _ in range(200)]
    assert any("phường An Khánh" in text for text in texts)
    assert not any(re.search("tại (phường|xã) (?!An Khánh)", text) for text in texts)


def test_periods_look_back_from_the_day_of_the_document():
    rng = random.Random(1)
    assert slots.slot(rng, "quarter", NOVEMBER) == "Quý III/2026"
    assert slots.slot(rng, "quarter", NEW_YEAR) == "Quý IV/2025"
    assert slots.slot(rng, "month", NOVEMBER) == "tháng 11/2026"
    assert slots.slot(rng, "month", NEW_YEAR) == "tháng 12/2025"
    assert slots.slot(rng, "school_year", NEW_YEAR) == "2025-2026"
    with pytest.raises(KeyError):
        slots.slot(rng, "nothing", NOVEMBER)


def test_types_and_urgency_come_in_the_shares_of_an_office():
    rng = random.Random(1)
    drawn = [document_type(rng, list(PATTERNS["city"])) for _ in range(2000)]
    assert drawn.count("Công văn") > 800
    marks = [urgency(rng, "Công văn") for _ in range(2000)]
    assert 1600 < marks.count("Thường") < 1900
    assert urgency(rng, "Công điện") == EXPRESS


def test_an_instruction_names_lead_support_and_deadline():
    rng = random.Random(1)
    due = date(2026, 12, 2)
    texts = [
        phrases.instruction(rng, "Sở Xây dựng", supporting=["UBND phường An Khánh"], due=due)
        for _ in range(60)
    ]
    assert all("Sở Xây dựng" in text and "{" not in text for text in texts)
    assert sum("UBND phường An Khánh" in text for text in texts) > 30
    assert sum("02/12/2026" in text for text in texts) > 30
    assert "phối hợp" not in phrases.instruction(rng, "Sở Xây dựng", is_urgent=True)


def test_progress_never_goes_back():
    rng = random.Random(1)
    percent = 0
    for _ in range(12):
        step, text = phrases.progress(rng, percent)
        assert step >= percent
        assert text
        percent = step
    assert percent == 90
    later = phrases.extension_date(rng, date(2026, 11, 27))
    assert later > date(2026, 11, 27)
    assert later.weekday() < 5


def test_documents_from_outside_have_readable_references():
    rng = random.Random(1)
    for _ in range(200):
        document = issuers.external_document(rng, NOVEMBER)
        assert read_reference(document.reference).text == document.reference
        assert document.issued_on < NOVEMBER
        assert document.signer_name


def test_directives_fit_every_field_and_come_from_above_too():
    rng = random.Random(1)
    for field in PATTERNS.keys() - {"national", "private"}:
        task = directives.directive(rng, field, NOVEMBER)
        assert task.content
        assert task.product
    assert directives.directive_from_above(rng, NOVEMBER).field == "national"


def test_meetings_have_rooms_an_agenda_and_conclusions():
    rng = random.Random(1)
    plan = meetings.meeting(rng, NOVEMBER, "Sở Xây dựng", field="construction")
    assert plan.minutes == sum(item.minutes for item in plan.agenda) >= 60
    assert "Sở Xây dựng" in {item.speaker for item in plan.agenda}
    assert len(meetings.ROOMS) == 8
    assert len({room.key for room in meetings.ROOMS}) == 8
    assert all("{" not in text for text in meetings.conclusions(rng, "Sở Xây dựng", 4))
    assert len(meetings.materials(rng, NOVEMBER)) >= 2


def test_every_type_has_a_body():
    rng = random.Random(1)
    for field, types in PATTERNS.items():
        for type_name in types:
            about = subject(rng, field, NOVEMBER, type_name=type_name)
            body = paragraphs(rng, about, "Sở Xây dựng", "UBND Thành phố", NOVEMBER)
            assert len(body) >= 4
            assert body[-1].endswith("./.")
            assert all("{" not in text for text in body)
    reply = Subject("Công văn", "Tháo gỡ vướng mắc", "city")
    assert (
        "742/TB-VP"
        in paragraphs(rng, reply, "Sở Xây dựng", "UBND", NOVEMBER, reply_to="742/TB-VP ngày 09/11/2026")[0]
    )
    assert bases(rng, "Giám đốc Sở Nội vụ")[-1] == "Xét đề nghị của Giám đốc Sở Nội vụ."
