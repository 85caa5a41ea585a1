"""Bảng quy trình văn bản, đối chiếu với lưới đã duyệt: state × action × who, read straight from the tables."""

from __future__ import annotations

from app.documents.workflow import HANDLING, INCOMING, OUTGOING

GRID = """
INCOMING
waiting     register           registered  is_clerk
waiting     return_to_sender   returned    is_clerk
waiting     merge              merged      is_clerk
waiting     discard            discarded   is_clerk
registered  take_copy          -           is_clerk
to_propose  take_copy          -           is_clerk
presented   take_copy          -           is_clerk
assigned    take_copy          -           is_clerk
done        take_copy          -           is_clerk
registered  keep_paper         -           is_clerk
to_propose  keep_paper         -           is_clerk
presented   keep_paper         -           is_clerk
assigned    keep_paper         -           is_clerk
done        keep_paper         -           is_clerk
registered  seek_proposal      to_propose  is_clerk
registered  present            presented   is_clerk_or_office
to_propose  present            presented   is_clerk_or_office
registered  forward            assigned    is_clerk_or_office
to_propose  forward            assigned    is_clerk_or_office
presented   instruct           assigned    is_presented_leader
registered  enter_note         assigned    is_clerk_or_office
to_propose  enter_note         assigned    is_clerk_or_office
presented   enter_note         assigned    is_clerk_or_office
assigned    object_to_note     -           is_noted_leader
done        object_to_note     -           is_noted_leader
registered  transfer           -           is_clerk_or_office
to_propose  transfer           -           is_clerk_or_office
presented   transfer           -           is_clerk_or_office
assigned    transfer           -           is_clerk_or_office
to_propose  pull_back          registered  is_clerk_or_office
presented   pull_back          registered  is_clerk_or_office
assigned    pull_back          registered  is_clerk_or_office
assigned    take_back          presented   is_presented_leader
assigned    change_lead        -           is_coordinator
assigned    ask_opinions       -           is_participant
assigned    add_handlers       -           is_coordinator
assigned    give_opinion       -           is_participant
presented   give_opinion       -           is_participant
registered  give_opinion       -           is_participant
to_propose  give_opinion       -           is_participant
assigned    close              done        is_closer
registered  settle             done        is_of_agency
to_propose  settle             done        is_of_agency
presented   settle             done        is_of_agency
assigned    settle             done        is_of_agency
waiting     withdraw           withdrawn   is_of_agency
registered  withdraw           withdrawn   is_of_agency
to_propose  withdraw           withdrawn   is_of_agency
presented   withdraw           withdrawn   is_of_agency
assigned    withdraw           withdrawn   is_of_agency
done        withdraw           withdrawn   is_of_agency
HANDLING
new         see                in_progress is_holder
new         clear              done        is_holder
new         pass_on            in_progress is_unit_holder
in_progress pass_on            in_progress is_unit_holder
new         progress           in_progress is_holder
in_progress progress           in_progress is_holder
new         complete           done        is_holder
in_progress complete           done        is_holder
new         withdraw           withdrawn   is_assigner
in_progress withdraw           withdrawn   is_assigner
new         set_due            -           is_assigner
in_progress set_due            -           is_assigner
new         return             returned    is_holder
in_progress return             returned    is_holder
OUTGOING
draft       edit               -           is_drafter
draft       submit             in_review   is_drafter
in_review   endorse            endorsed    is_endorser
endorsed    approve            approved    is_approver
in_review   return             draft       is_reviewer
endorsed    return             draft       is_reviewer
approved    sign               signed      is_approver
approved    issue              issued      is_outgoing_clerk
signed      seal               issued      is_outgoing_clerk
draft       discard            discarded   is_drafter
issued      add_recipients     -           is_outgoing_clerk
in_review   take_back          draft       is_drafter
endorsed    take_back          draft       is_drafter
approved    take_back          draft       is_drafter
"""


def test_the_tables_are_the_reviewed_grid() -> None:
    """Bảng trong mã đúng như lưới đã duyệt, không thừa không thiếu."""
    expected: dict[str, set[tuple[str, ...]]] = {}
    for line in GRID.strip().splitlines():
        words = line.split()
        if len(words) == 1:
            rows = expected.setdefault(words[0], set())
        else:
            rows.add(tuple(words))
    for table in (INCOMING, HANDLING, OUTGOING):
        found = {
            (state, row.action, row.to or "-", row.who.__name__) for row in table.rows for state in row.from_
        }
        assert found == expected[table.name], table.name


def test_every_state_and_action_has_words() -> None:
    """Mọi trạng thái, thao tác, người làm đều có lời."""
    for table in (INCOMING, HANDLING, OUTGOING):
        assert {s.value for s in table.states} == set(table.labels.states)
        assert {r.action for r in table.rows} == set(table.labels.actions)
        assert {r.who.__name__ for r in table.rows} <= set(table.labels.who)
        assert {rule.__name__ for r in table.rows for rule in r.must_hold} <= set(table.labels.rules)
