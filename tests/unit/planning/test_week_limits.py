"""Limits of a week: over several nights and streams, where a lot alone exceeds them, and beside what is done."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from

from waveplan.checking import check
from waveplan.planning import SolveOptions, solve

OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)
TEXT = """
    policy: {preparation_days: 0, gates: []}
    sites: [{id: old, target: new}, {id: new}]
    servers: [{id: s1, site: old}, {id: s2, site: old}, {id: s3, site: old}]
    applications: [{id: x, servers: [s1, s2]}, {id: y, servers: [s3], domain: z}]
    streams: [{id: second, match: {domain: z}}]
    calendar: {windows: [{id: night, days: [tue, thu], from: "20:00", hours: 9}]}
    rules: [{id: slowly, max_per_week: {%s}}]
"""


def test_lots_of_two_streams_go_in_two_weeks() -> None:
    outcome = solve(inventory_from(TEXT % "lots: 1"), options=OPTIONS)
    assert outcome.plan is not None
    assert sorted(wave.date.isocalendar().week for wave in outcome.plan.waves) == [2, 3]
    both = solve(inventory_from(TEXT % "lots: 2, servers: 3"), options=OPTIONS)
    assert both.plan is not None
    assert {wave.date.isocalendar().week for wave in both.plan.waves} == {2}


@pytest.mark.parametrize("limit", ["servers: 1", "applications: 0"])
def test_a_lot_larger_than_the_week_is_told_before_any_search(limit: str) -> None:
    outcome = solve(inventory_from(TEXT % limit), options=OPTIONS)
    assert outcome.status == "infeasible"
    assert "of rule slowly" in outcome.findings[0].message
    assert "(WP357, " in outcome.findings[0].message


def test_more_than_the_only_week_takes_is_told_at_the_rules() -> None:
    once = (TEXT % "lots: 1").replace("days: [tue, thu]", "dates: [2026-02-10, 2026-02-12]")
    (found,) = solve(inventory_from(once), options=OPTIONS).findings
    assert (found.code, found.path) == ("WP221", ("rules",))
    assert "lots of rule slowly in 2026-W07 than there is: 2 of 1" in found.message


def test_a_wave_that_takes_nothing_of_what_is_exceeded_is_not_named() -> None:
    text = TEXT.replace("{id: y, servers: [s3], domain: z}", "{id: y, domain: z}, {id: w, servers: [s3]}")
    plan = solve(inventory_from(text % "servers: 3"), options=OPTIONS).plan
    assert plan is not None
    (found,) = check(plan, inventory_from(text % "servers: 2")).findings
    assert found.code == "WP357"
    assert [each for each in found.subjects if each.startswith("second/")] == []
