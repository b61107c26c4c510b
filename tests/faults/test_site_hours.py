"""Windows in which each lot keeps the hours of its sites: what plans state and views show."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from rich.console import Console
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.change_calendar import instant
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.planning import SolveOptions, solve
from waveplan.render.calendar import calendar_view
from waveplan.render.gantt import gantt
from waveplan.render.language import translator
from waveplan.render.page import Page, narrowed
from waveplan.render.wave import wave_detail
from waveplan.render.waves import window_words

SITES = """
programme: {start: 2027-02-01, deadline: 2027-04-30, timezone: Europe/Paris}
sites:
  - {id: akl, roles: [source], country: NZ, timezone: Pacific/Auckland, target: cloud}
  - {id: hnl, roles: [source], country: US, subdivision: HI, timezone: Pacific/Honolulu, target: cloud}
  - {id: par, roles: [source], country: FR, timezone: Europe/Paris, target: cloud}
  - {id: cloud, roles: [target]}
servers: [{id: s-akl, site: akl}, {id: s-hnl, site: hnl}, {id: s-par, site: par}]
applications:
  - {id: a-akl, servers: [s-akl], rollback_hours: 2}
  - {id: a-hnl, servers: [s-hnl], rollback_hours: 4}
  - {id: a-par, servers: [s-par]}
policy: {preparation_days: 7, gates: [], hypercare: {hours: 24}}
calendar: {windows: [{id: sat, days: [sat], from: "00:30", hours: 6, timezone: site}]}
"""


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return inventory_from(SITES)


@pytest.fixture(scope="module")
def plan(inventory: Inventory) -> Plan:
    return state_plan(inventory, dict.fromkeys(("a-akl", "a-hnl", "a-par"), "2027-02-13-sat"))


def shown(parts: object) -> str:
    console = Console(file=StringIO(), width=160, color_system=None)
    for part in parts if isinstance(parts, list) else [parts]:
        console.print(part)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def page(plan: Plan) -> Page:
    return Page(plan, translator("en"), 160)


def test_the_plan_states_the_hours_of_each_zone(plan: Plan) -> None:
    paris = dt.timezone(dt.timedelta(hours=1))
    stated = [
        (each.sites[0], *(f"{moment.astimezone(paris):%a %H:%M}" for moment in (each.start, each.end)))
        for each in plan.waves[0].site_hours
    ]
    assert stated == [
        ("akl", "Fri 12:30", "Fri 18:30"),
        ("par", "Sat 00:30", "Sat 06:30"),
        ("hnl", "Sat 11:30", "Sat 17:30"),
    ]
    points = {each.sites[0]: f"{each.point_of_no_return:%H:%M}" for each in plan.waves[0].site_hours}
    assert points == {"akl": "04:30", "par": "06:30", "hnl": "02:30"}  # each by its own clock


def test_the_solver_states_what_the_check_works_out(inventory: Inventory, plan: Plan) -> None:
    solved = solve(inventory, options=SolveOptions(deterministic_limit=5.0, workers=1)).plan
    assert solved is not None
    assert not check(solved, inventory).findings
    hours = [[(each.zone, instant(each.end)) for each in wave.site_hours] for wave in (solved.waves[0], plan.waves[0])]
    assert hours[0] == hours[1]


@pytest.mark.parametrize("change", [{"end": "2027-02-13T07:30:00+13:00"}, {"sites": ["par"]}, {"lots": []}])
def test_false_hours_are_told(inventory: Inventory, plan: Plan, change: dict[str, object]) -> None:
    data = plan.model_dump(mode="json")
    data["waves"][0]["site_hours"][0] |= change
    findings = check(Plan.model_validate(data), inventory).findings
    assert [finding.code for finding in findings] == ["WP390"]
    assert "hours of Pacific/Auckland" in findings[0].message


def test_the_calendar_has_each_start_in_programme_time_and_in_order(plan: Plan) -> None:
    text = shown(calendar_view(page(plan)))
    places = [text.index(words) for words in ("Fri 12 Feb  12:30", "00:30  █  cutover", "11:30  █  cutover")]
    assert places == sorted(places)
    assert "akl, 6 h from Sat 13 Feb 00:30 there (UTC+13:00)" in text
    assert "17:30  ▒  hypercare ends" in text


def test_tables_say_the_earliest_and_the_latest_hour(plan: Plan) -> None:
    assert window_words(page(plan), plan.waves[0]) == "Fri 12 Feb 12:30 to Sat 13 Feb 17:30, by site"
    text = shown(wave_detail(narrowed(page(plan), wave="W01", team=None)))
    assert "Sat 13 Feb 00:30 to 06:30 (UTC-10:00), in programme time Sat 13 Feb 11:30 to 17:30" in text
    assert "Sun 14 Feb 2027 17:30 (UTC+01:00)" in text


def test_gantt_draws_from_the_first_start_to_the_last_end(plan: Plan) -> None:
    row = next(line for line in shown(gantt(page(plan))).splitlines() if line.startswith("W01"))
    assert row.rstrip().endswith("░██▒")  # Friday and Saturday, then hypercare on Sunday


def test_a_plan_of_a_zone_that_does_not_exist_is_shown_all_the_same(plan: Plan) -> None:
    programme = plan.programme.model_copy(update={"timezone": "Europe/Nowhere"})
    assert "11:30" in shown(calendar_view(page(plan.model_copy(update={"programme": programme}))))


def test_a_wave_is_not_over_before_its_last_site(plan: Plan) -> None:
    """Saturday evening in Honolulu is Sunday in Paris."""
    wave = plan.waves[0]
    late = wave.site_hours[2].model_copy(update={"end": wave.site_hours[2].end + dt.timedelta(hours=10)})
    assert wave.last_day == dt.date(2027, 2, 13)
    assert wave.model_copy(update={"site_hours": [*wave.site_hours[:2], late]}).last_day == dt.date(2027, 2, 14)
