"""Vẽ sẵn: options escaped and chosen, bars in whole pixels, and a cell drawn once still brings its icons to each page."""

from __future__ import annotations

from datetime import date

from flask import Flask, g, render_template_string

from app.org.queries import Choice
from app.web.drawing import option_list, plan_bar

DAYS = {n: date(2026, 11, n) for n in range(1, 31)}
_CELL = '{% from "components/status.html" import state_tag %}{{ drawn(state_tag, "Xong", "green", "check") }}'


def test_options_are_escaped_and_the_chosen_one_is_marked() -> None:
    html = option_list([Choice("1", "Sở A & B", '"x"'), Choice("2", "Sở C", "", "Vắng")], {"2"})
    assert html == (
        '<option value="1" data-detail="&#34;x&#34;">Sở A &amp; B</option>'
        '<option value="2" selected data-warning="Vắng">Sở C</option>'
    )


def test_a_bar_runs_from_the_first_day_to_the_due_day() -> None:
    bar = plan_bar(DAYS[1], DAYS[10], DAYS[5], DAYS[1], DAYS[18], None)
    assert (bar.start, bar.width, bar.mark, bar.is_late) == (0, 100, 40, False)


def test_a_late_bar_goes_on_to_today_and_stops_where_the_work_was_done() -> None:
    late = plan_bar(DAYS[1], DAYS[5], DAYS[15], DAYS[1], DAYS[18], None)
    assert (late.is_late, late.late_start, late.late_width) == (True, 50, 90)
    done = plan_bar(DAYS[1], DAYS[5], DAYS[15], DAYS[1], DAYS[18], DAYS[8])
    assert (done.is_late, done.late_width) == (True, 20)


def test_bars_stay_inside_their_drawing() -> None:
    bar = plan_bar(DAYS[1], DAYS[30], DAYS[29], DAYS[10], DAYS[20], None)
    assert 0 <= bar.start < bar.start + bar.width <= 170
    assert bar.mark <= 170
    assert bar.start_label + 66 <= bar.due_label <= 170


def test_a_cell_drawn_once_brings_its_icon_to_every_page(app: Flask) -> None:
    first = []
    for _ in range(2):
        with app.test_request_context("/"):
            first.append(render_template_string(_CELL))
            assert g.icons == {"check"}
    assert first[0] == first[1]
