"""Gates that can never be held, windows that never open."""

from __future__ import annotations

from support.inventories import inventory_from

from waveplan.review import review


def codes(text: str) -> list[str]:
    return [finding.code for finding in review(inventory_from(text)) if finding.code in {"WP140", "WP142"}]


GATE = """
committees: [{id: board, every: week, day: %s}]
policy: {gates: [{id: go, days_before: 3, committee: board, at_session: true, working_day: true}]}
sites: [{id: riyadh, country: SA, target: riyadh}]
servers: [{id: s, site: riyadh}]
applications: [{id: a, servers: [s]}]
"""


def test_a_committee_that_sits_on_days_off_never_decides() -> None:
    assert codes(GATE % "fri") == ["WP140"]  # the weekend is Friday and Saturday there
    assert codes(GATE % "sun") == []


def test_a_window_that_never_opens_is_told_unless_none_does() -> None:
    windows = "calendar: {windows: [{id: w, days: [sat], from: '20:00', hours: 5}, %s]}"
    late = "{id: late, every: month, day: first sun, starting: 2030-01-01, from: '20:00', hours: 5}"
    assert codes(windows % late) == ["WP142"]
    assert codes(f"calendar: {{windows: [{late}]}}") == []
