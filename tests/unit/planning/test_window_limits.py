"""Limits of windows, where a lot alone exceeds them, and over several streams."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from

from waveplan.planning import SolveOptions, solve

OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)
TEXT = """
    policy: {preparation_days: 0, gates: []}
    sites: [{id: a, target: t, users: 20}, {id: b, target: t, users: 30}, {id: t}]
    servers: [{id: s1, site: a}, {id: s2, site: b}]
    applications: [{id: x, servers: [s1, s2], user_sites: [a, b]}]
    calendar: {windows: [{id: w, days: [sat], from: "20:00", hours: 9, limits: {%s}}]}
"""


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("sites: 1", "sites in window w: 2 needed, at most 1 there (WP352"),
        ("users: 49", "users in window w: 50 needed, at most 49 there (WP352"),
        ("servers: 1", "servers in window w: 2 needed, at most 1 there (WP352"),
    ],
)
def test_a_lot_larger_than_the_window_is_told_before_any_search(limits: str, said: str) -> None:
    outcome = solve(inventory_from(TEXT % limits), options=OPTIONS)
    assert outcome.status == "infeasible"
    assert said in outcome.findings[0].message


def test_what_fits_just_so_is_planned() -> None:
    outcome = solve(inventory_from(TEXT % "sites: 2, users: 50, servers: 2"), options=OPTIONS)
    assert outcome.status == "planned"
