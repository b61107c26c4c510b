"""The Gantt chart: every sign in its place."""

from __future__ import annotations

import datetime as dt

from golden.sample import printed, sample_data, sample_plan

from waveplan.domain.plan import Plan
from waveplan.render.gantt import gantt
from waveplan.render.grid import grid_over
from waveplan.render.language import translator
from waveplan.render.page import Page, narrowed

EN = translator("en")
PLAN = sample_plan()


def _rows(plan: Plan, width: int, *, lots: bool = False, wave: str | None = None) -> dict[str, str]:
    """Rows by the first word of their label."""
    page = narrowed(Page(plan, EN, width), wave=wave, team=None)
    lines = printed([gantt(page, lots=lots)], width).split("\n\n")[0].splitlines()
    return {line.split()[1 if lots and line[:4] in {"main", "desk"} else 0]: line for line in lines if line[0] != " "}


def _signs(line: str, gutter: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, sign in enumerate(line[gutter:]):
        found.setdefault(sign, []).append(place)
    return found


def test_signs_stand_in_the_cells_of_their_days() -> None:
    """At a day a character each date of the second wave can be read off."""
    width = 250
    rows = _rows(PLAN, width)
    gutter = len("main/W01 Sat 14 Feb ")
    grid = grid_over(dt.date(2026, 1, 5), dt.date(2026, 7, 3), width - gutter)
    assert grid.weekly == 7
    wave = PLAN.waves_in_order()[2]
    signs = _signs(rows["main/W02"], gutter)
    cells = {"◇": [dt.date(2026, 2, 14)], "◆": [dt.date(2026, 3, 11)], "○": [dt.date(2026, 2, 28)]}
    cells["█"] = [dt.date(2026, 3, 14) + n * dt.timedelta(days=1) for n in range(3)]  # Sat 20:00 to Mon 02:00
    cells["▒"] = [dt.date(2026, 3, 17)]
    for sign, days in cells.items():
        assert signs[sign] == [grid.cell(day) for day in days], sign
    assert len(signs["░"]) == 28 - 3
    assert signs["┃"] == [grid.cell(PLAN.programme.deadline)]
    assert wave.label(True) == "main/W02"


def test_freezes_of_everything_shade_all_rows_and_scoped_ones_their_own() -> None:
    """A freeze of one domain does not look as if it held for all."""
    rows = _rows(PLAN, 80)
    assert rows["quarter"].count("×") == 3
    assert rows["spring"].count("×") == 6
    assert rows["main/W01"].count("×") == 6 + 3  # spring and the days before the deadline
    assert rows["main/W06"].count("×") == 3  # its own preparation stands on the spring freeze


def test_gate_and_cutover_in_one_cell_have_a_sign_of_their_own() -> None:
    """At a week a character both are still told."""
    assert "◈" in _rows(PLAN, 50)["main/W03"]
    assert "GO/NO-GO and cutover" in printed([gantt(Page(PLAN, EN, 50))], 50)


def test_lots_keep_their_own_hypercare() -> None:
    """In a row a lot, one with shorter hypercare is watched for a shorter time, and rehearsals are its own."""
    data = sample_data()
    lots = {lot["id"]: lot for lot in data["lots"]}
    lots["warehouse-aa10"]["hypercare_hours"] = 0
    rows = _rows(Plan.model_validate(data), 250, lots=True)
    assert rows["erp-7f3a"].count("▒") == 2
    assert rows["warehouse-aa10"].count("▒") == 0
    assert (rows["erp-7f3a"].count("○"), rows["warehouse-aa10"].count("○")) == (1, 0)


def test_one_wave_fills_the_chart() -> None:
    """Asked for one wave, the chart zooms in on it and says where the deadline is."""
    page = narrowed(Page(PLAN, EN, 80), wave="main/W02", team=None)
    text = printed([gantt(page)])
    assert "main/W01" not in text
    assert "one character is a day" in text
    assert "▶ deadline Fri 3 Jul 2026, to the right of the chart" in text


def test_a_far_deadline_does_not_squeeze_the_waves() -> None:
    """Years of slack are told in words."""
    data = sample_data()
    data["programme"]["deadline"] = dt.date(2029, 12, 31)
    text = printed([gantt(Page(Plan.model_validate(data), EN, 80))])
    assert "deadline Mon 31 Dec 2029, to the right of the chart" in text
    assert "2 characters are a week" in text


def test_many_freezes_share_a_row() -> None:
    """A calendar with dozens of freezes does not bury the waves."""
    data = sample_data()
    start = dt.date(2026, 2, 1)
    data["calendar"]["freezes"] = [
        {"from": start + dt.timedelta(days=9 * n), "to": start + dt.timedelta(days=9 * n + 1), "scope": "site: a"}
        for n in range(12)
    ]
    rows = _rows(Plan.model_validate(data), 160)
    assert "freezes" in rows
    assert rows["freezes"].count("×") >= 12


def test_what_recurs_has_one_row() -> None:
    data = sample_data()
    start = dt.date(2026, 2, 1)
    data["calendar"]["freezes"] = [
        {"from": start + dt.timedelta(days=9 * n), "to": start + dt.timedelta(days=9 * n + 1), "reason": "closing"}
        for n in range(12)
    ]
    assert _rows(Plan.model_validate(data), 160)["closing"].count("×") >= 12


def test_tall_charts_repeat_their_ruler() -> None:
    """Whoever has scrolled down still sees the weeks."""
    data = sample_data()
    wave = next(wave for wave in data["waves"] if wave["stream"] == "main")
    data["waves"] = [{**wave, "id": f"2026-02-14-{n}", "number": n + 1} for n in range(30)]
    text = printed([gantt(Page(Plan.model_validate(data), EN, 80))])
    assert text.count("ISO week") == 2


def test_no_waves() -> None:
    """An empty plan is said to be empty."""
    assert printed([gantt(Page(sample_plan(waves=[]), EN, 80))]) == "No waves to draw.\n"
