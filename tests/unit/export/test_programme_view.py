"""The neutral view of a plan: who does what, what is collected, what is taken for granted, and parts of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from support.exports import PLANS, Case, planned, view_of
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.export.programme.events import events_of
from waveplan.export.programme.words import plain
from waveplan.export.tables import tables
from waveplan.render.language import translator

STORY = """
programme: {name: Story, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris}
sites:
  - {id: old, roles: [source], target: new}
  - {id: new, roles: [target]}
  - {id: lyon, roles: [user], users: 10}
links: [{between: [old, new], gbps: 2, efficiency: 0.5}]
teams:
  - id: ops
    person_days_per_week: 10
    absences: [{from: 2026-02-02, to: 2026-02-03}, {from: 2026-02-05, to: 2026-02-05, capacity: 0.5}]
committees: [{id: board, name: The board, every: week, day: wed}]
policy: {gates: [{id: go, days_before: 3, decides: true, committee: board, criteria: [tested, rehearsed]}]}
external_milestones: [{id: line, name: New line, date: 2026-03-01, date_p90: 2026-04-01}]
servers: [{id: s1, site: old, disk_gb: 10}, {id: s2, site: old, disk_gb: 10}]
ignore: [{code: WP215, reason: small tools}]
applications:
  - {id: crm, name: Customers, servers: [s1], technical_owner: Ada, business_owner: Bo, user_sites: [lyon],
     effort: {ops: 2}, crew: {ops: 1}, depends_on: [{app: sso, order: provider_first, min_gap_days: 7}]}
  - {id: sso, servers: [s2], business_owner: Bo, effort: {ops: 1}}
  - {id: fax, strategy: retire}
"""


@pytest.fixture(scope="module")
def story() -> Case:
    """Two applications, one a week after the other, and one that is retired."""
    inventory = inventory_from(STORY)
    return state_plan(inventory, {"sso": "2026-03-07-weekend", "crm": "2026-03-14-weekend"}), inventory


def test_duties_come_from_efforts_crews_owners_and_committees(story: Case) -> None:
    duties = {(each.lot, each.activity): each for each in view_of(story).raci if each.wave_label == "W02"}
    gate = duties["", "GO/NO-GO go"]
    assert (gate.accountable, gate.responsible, gate.consulted) == (("The board",), ("Ada",), ("Bo",))
    cutover = duties["crm-lot", "cutover"]
    assert (cutover.responsible, cutover.accountable) == (("ops",), ("Ada",))
    assert (cutover.consulted, cutover.informed) == (("Bo",), ("lyon",))
    assert {activity for lot, activity in duties if lot} == {"preparation", "cutover", "hypercare"}


def test_evidence_comes_by_its_day(story: Case) -> None:
    evidence = view_of(story).evidence
    assert [each.due for each in evidence] == sorted(each.due for each in evidence)
    of_gates = [(each.wave_label, each.what, each.where) for each in evidence if each.of == "go"]
    assert of_gates == [(wave, what, "The board") for wave in ("W01", "W02") for what in ("rehearsed", "tested")]
    purges = [each for each in evidence if each.what == "purge order"]
    assert {(each.of, each.where) for each in purges} == {("purge s1", "old"), ("purge s2", "old")}


def test_assumptions_say_what_is_taken_for_granted(story: Case) -> None:
    told = {each.source: (each.kind, each.what) for each in view_of(story).assumptions}
    assert told["line"] == ("promised by others", "New line, at the worst on Wed 1 Apr 2026")
    assert told["old-new"] == ("link", "2 Gbit/s between old and new, of which 50 % is usable")
    assert told["ignore"] == ("finding accepted", "WP215: small tools")
    french = {each.source: each.what for each in view_of(story, "fr").assumptions}
    assert french["line"] == "New line, au pire le mer. 1er avr. 2026"


def test_what_others_promised_has_their_name(story: Case) -> None:
    (promised,) = (each for each in view_of(story, "fr").milestones if each.kind == "external")
    assert (promised.id, promised.name, promised.what) == ("line", "New line", "promis par d’autres")


def test_teams_have_their_days_off_and_days_in_part(story: Case) -> None:
    team = view_of(story).teams[0]
    assert {dt.date(2026, 2, 2), dt.date(2026, 2, 3)} <= set(team.days_off)
    assert team.share == {dt.date(2026, 2, 5): Decimal("0.5")}


def test_servers_items_and_dependencies_know_their_wave(story: Case) -> None:
    view = view_of(story)
    servers = {server.id: (server.site, server.target, server.wave_label) for server in view.servers}
    assert servers == {"s1": ("old", "new", "W02"), "s2": ("old", "new", "W01")}
    (dependency,) = view.dependencies
    assert dependency.lots_in_order == ("sso-lot", "crm-lot")
    assert dependency.gap_days == 7
    assert [item.id for item in view.other_items] == ["fax"]


def test_a_team_a_site_or_a_wave_leaves_what_it_is_about(story: Case) -> None:
    lyon = view_of(story, site="lyon")
    assert [lot.id for lot in lyon.lots] == ["crm-lot"]
    assert {each.subject for each in lyon.milestones if each.kind == "purge_order"} == {"s1"}
    assert [wave.label for wave in lyon.waves] == ["W02"]
    alone = view_of(story, wave="2026-03-07-weekend")
    assert ([wave.label for wave in alone.waves], alone.milestones, alone.hard_dates) == (["W01"], (), ())
    assert {each.lot for each in alone.raci} == {"", "sso-lot"}
    assert not list(view_of(story, team="nobody").lots)
    assert {lot.id for lot in view_of(story, team="ops").lots} == {"crm-lot", "sso-lot"}


@pytest.mark.parametrize("name", PLANS)
def test_events_are_in_order_and_tables_are_square(name: str) -> None:
    view, words = view_of(planned(name), "fr"), translator("fr")
    events = events_of(view, words)
    assert [event.day for event in events] == sorted(event.day for event in events)
    assert all((event.first is None) == (event.start is not None) for event in events)
    for table in tables(view, words).values():
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len({column.key for column in table.columns}) == len(table.columns)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("two\nlines\tand more", "two lines and more"),
        ("\u202eevil", "\\u202eevil"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\U0001f469\u200d\U0001f4bb à l\u00a0’école", "\U0001f469\u200d\U0001f4bb à l\u00a0’école"),
    ],
)
def test_texts_of_files_become_one_line(given: str, shown: str) -> None:
    assert plain(given) == shown
