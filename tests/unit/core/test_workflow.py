"""Quy trình: one table draws the buttons, guards the server and moves the state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import NotAllowed, Violations, WrongState
from app.core.records import RecordKind
from app.core.workflow import ActionLabel, Labels, Workflow, row
from tests.unit.core.facts import NumberTaken
from tests.world import World


class State(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    RECALLED = "recalled"


@dataclass
class Paper:
    state: str = "draft"
    version: int = 1
    id: int = 5
    agency_id: int | None = None
    record_kind: RecordKind = RecordKind.OUTGOING
    files: int = 1
    recipients: int = 1


def anybody(_actor: Actor, _paper: Paper) -> bool:
    return True


def is_clerk(actor: Actor, _paper: Paper) -> bool:
    return actor.person_name == "Ngô Thị Hạnh"


def has_file(paper: Paper) -> str | None:
    return None if paper.files else "Chưa có tệp chính."


def has_recipient(paper: Paper) -> str | None:
    return None if paper.recipients else "Chưa có nơi nhận."


FLOW = Workflow(
    "papers",
    State,
    [
        row("issue", {State.DRAFT}, State.ISSUED, is_clerk, [has_file, has_recipient], NumberTaken),
        row("recall", {State.ISSUED}, State.RECALLED, is_clerk, [], NumberTaken),
        row("note", {State.DRAFT, State.ISSUED}, None, anybody, [], NumberTaken),
    ],
    Labels(
        title="giấy",
        states={"draft": "Dự thảo", "issued": "Đã phát hành", "recalled": "Đã thu hồi"},
        actions={
            "issue": ActionLabel("Phát hành", primary=True),
            "recall": ActionLabel("Thu hồi", danger=True),
            "note": ActionLabel("Ghi chú"),
        },
        who={"is_clerk": "văn thư", "anybody": "mọi người"},
    ),
)


@pytest.fixture
def clerk(world: World) -> Actor:
    return world.clerk.actor


def test_buttons_follow_state_person_and_conditions(clerk: Actor) -> None:
    assert [a.action for a in FLOW.available(clerk, Paper())] == ["issue", "note"]
    assert [a.action for a in FLOW.available(SYSTEM, Paper())] == ["note"]
    assert [a.action for a in FLOW.available(clerk, Paper(state="issued"))] == ["recall", "note"]
    assert FLOW.available(clerk, Paper(state="recalled")) == []
    issue = FLOW.available(clerk, Paper(files=0, recipients=0))[0]
    assert issue.refusals == ("Chưa có tệp chính.", "Chưa có nơi nhận.")


@pytest.mark.parametrize("action", ["issue", "recall", "note"])
@pytest.mark.parametrize("state", list(State))
def test_the_server_allows_exactly_the_buttons_it_draws(world: World, state: State, action: str) -> None:
    for actor in (world.clerk.actor, SYSTEM):
        paper = Paper(state=state)
        drawn = action in [a.action for a in FLOW.available(actor, paper)]
        try:
            FLOW.check(actor, paper, action)
        except (WrongState, NotAllowed):
            assert not drawn
        else:
            assert drawn


def test_a_wrong_state_is_told_in_words(clerk: Actor) -> None:
    with pytest.raises(WrongState, match=r"Không thể “Phát hành” khi giấy ở trạng thái “Đã thu hồi”"):
        FLOW.check(clerk, Paper(state="recalled"), "issue")


def test_a_wrong_person_is_told_who_may() -> None:
    with pytest.raises(NotAllowed, match=r"Chỉ văn thư được “Phát hành”"):
        FLOW.check(SYSTEM, Paper(), "issue")


def test_all_missing_conditions_are_told_together(clerk: Actor) -> None:
    with pytest.raises(Violations) as refusal:
        FLOW.check(clerk, Paper(files=0, recipients=0), "issue")
    assert [v.sentence for v in refusal.value.items] == ["Chưa có tệp chính.", "Chưa có nơi nhận."]


def test_moving_changes_state_and_version_and_records_both(clerk: Actor) -> None:
    paper = FLOW.move(clerk, Paper(), "issue", number=12, changes={"number": (None, 12)})
    session.flush()
    assert (paper.state, paper.version) == ("issued", 2)
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.changes == {"state": ["draft", "issued"], "number": [None, 12]}
    assert (entry.event, entry.record_id, entry.data) == ("NumberTaken", 5, {"number": 12})


def test_an_act_that_moves_nothing_still_raises_the_version(clerk: Actor) -> None:
    paper = FLOW.move(clerk, Paper(), "note", number=0)
    session.flush()
    assert (paper.state, paper.version) == ("draft", 2)
    assert session.scalars(select(AuditEntry)).one().changes == {}


def test_of_two_rows_the_one_for_this_actor_moves(world: World) -> None:
    flow = Workflow(
        "papers",
        State,
        [
            row("settle", {State.DRAFT}, State.ISSUED, is_clerk, [], NumberTaken),
            row("settle", {State.DRAFT}, State.RECALLED, anybody, [], NumberTaken),
        ],
        FLOW.labels,
    )
    for actor, reached in ((world.clerk.actor, State.ISSUED), (world.director.actor, State.RECALLED)):
        paper = Paper()
        assert flow.check(actor, paper, "settle").to == reached
        flow.move(actor, paper, "settle", number=1)
        assert paper.state == reached
