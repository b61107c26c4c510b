"""Crews and people on call where windows, rest and zones meet."""

from __future__ import annotations

from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.checking import check
from waveplan.checking.facts import Facts
from waveplan.checking.people import crew_crowds, on_call_crowds


def facts_of(text: str, waves: dict[str, list[str]]) -> Facts:
    inventory = inventory_from(text)
    return Facts(plan_of_waves(inventory, waves), inventory)


def test_rest_counts_on_every_day_on_which_any_window_runs_whoever_works_in_it() -> None:
    facts = facts_of(
        """
        policy: {preparation_days: 0, gates: []}
        teams: [{id: ops, crew: 2, rest_days: 3, absences: [{from: 2026-01-13, to: 2026-01-14}]}, {id: dba, crew: 1}]
        calendar: {windows: [{id: night, days: [sat, tue, wed], from: "01:00", hours: 5}]}
        applications: [{id: erp, crew: {ops: 2}}, {id: db, crew: {dba: 1}}]
        """,
        {"2026-01-10-night": ["erp"], "2026-01-13-night": ["db"]},
    )
    (crowd,) = crew_crowds(facts, facts.retiring)
    assert (crowd.team, str(crowd.day), crowd.needed, crowd.present, len(crowd.days)) == ("ops", "2026-01-13", 2, 0, 1)


def test_one_crowd_is_told_once_however_many_days_it_lasts() -> None:
    facts = facts_of(
        """
        policy: {preparation_days: 0, gates: [], hypercare: {hours: 96}}
        teams: [{id: ops, on_call: 2, absences: [{from: 2026-01-14, to: 2026-01-14, capacity: 0.5}]}]
        applications: [{id: erp, on_call: {ops: 2}}, {id: crm, on_call: {ops: 1}}]
        """,
        {"2026-01-10-weekend": ["erp", "crm"]},
    )
    (crowd,) = on_call_crowds(facts)
    assert (str(crowd.day), crowd.needed, crowd.present, len(crowd.days)) == ("2026-01-14", 3, 1, 5)
    assert [lot.id for lot in crowd.lots] == ["crm-lot", "erp-lot"]


def test_a_team_without_numbers_is_missing_only_when_it_is_never_there() -> None:
    facts = facts_of(
        """
        policy: {preparation_days: 7, gates: []}
        teams: [{id: vendor, available: {to: 2026-01-16}}]
        applications: [{id: erp, crew: {vendor: 9}, effort: {vendor: 99}}, {id: crm, crew: {vendor: 1}}]
        """,
        {"2026-01-17-weekend": ["erp"], "2026-01-10-weekend": ["crm"]},
    )
    (crowd,) = crew_crowds(facts, facts.retiring)
    assert (str(crowd.day), crowd.needed, crowd.present) == ("2026-01-17", 9, 0)
    assert set(facts.workload.offers.values()) == {None}


def test_references_that_dangle_are_left_to_validation() -> None:
    facts = facts_of(
        """
        policy: {preparation_days: 7, gates: [], rehearsals: [{id: r, days_before: 1, effort: {ghosts: 1}}]}
        applications:
          - id: erp
            servers: [gone]
            user_sites: [nowhere]
            crew: {ghosts: 1}
            effort: {ghosts: 1}
            on_call: {ghosts: 1}
        """,
        {"2026-01-17-weekend": ["erp"]},
    )
    assert (list(crew_crowds(facts, facts.retiring)), list(on_call_crowds(facts)), dict(facts.workload.weeks)) == (
        [],
        [],
        {},
    )


def test_a_century_of_hypercare_is_watched_only_until_the_deadline() -> None:
    facts = facts_of(
        """
        policy: {preparation_days: 7, gates: [], hypercare: {max_waves_at_once: 1}}
        teams: [{id: ops, on_call: 1}]
        applications:
          - {id: erp, hypercare_hours: 876600, on_call: {ops: 1}}
          - {id: crm, hypercare_hours: 876600, on_call: {ops: 1}}
        """,
        {"2026-12-05-weekend": ["erp"], "2026-12-12-weekend": ["crm"]},
    )
    (crowd,) = on_call_crowds(facts)
    assert (str(crowd.day), crowd.needed, len(crowd.days)) == ("2026-12-14", 2, 5)
    assert [finding.code for finding in check(facts.plan, facts.inventory).findings] == [
        "WP327",
        "WP331",
        "WP337",
        "WP337",
    ]
