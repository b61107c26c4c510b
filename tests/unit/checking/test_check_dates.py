"""Retirements, site exits and contracts, day by day."""

from __future__ import annotations

from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.checking import milestones as dated
from waveplan.checking.facts import Facts

HEAD = "policy: {preparation_days: 0, gates: []}\n"


def milestones(text: str, waves: dict[str, list[str]]) -> dict[str, str]:
    inventory = inventory_from(text)
    facts = Facts(plan_of_waves(inventory, waves), inventory)
    return {
        each.id: str(each.date)
        for each in dated.milestones(facts)
        if each.kind not in {"purge_order", "acknowledgement"}
    }


def test_retirements_follow_their_consumers_through_chains_and_circles() -> None:
    found = milestones(
        """
        policy: {preparation_days: 0, gates: []}
        applications:
          - {id: base, strategy: retire}
          - {id: layer, strategy: retire, depends_on: [{app: base}]}
          - {id: cache, strategy: retire, depends_on: [{app: base}, {app: layer}]}
          - {id: early, depends_on: [{app: base, coupling: shared}]}
          - {id: late, depends_on: [{app: cache}]}
          - {id: ping, strategy: retire, depends_on: [{app: pong}]}
          - {id: pong, strategy: retire, depends_on: [{app: ping}]}
          - {id: alone, strategy: retire}
          - {id: held, strategy: retire}
          - {id: keeper, strategy: retain, depends_on: [{app: held}]}
        """,
        {"2026-01-10-weekend": ["early"], "2026-01-31-weekend": ["late"]},
    )
    assert found == {
        "retire cache": "2026-02-04",  # hypercare until Tuesday 2026-02-03
        "retire layer": "2026-02-05",
        "retire base": "2026-02-06",
        "retire ping": "2026-01-06",  # a circle awaits only what is outside it
        "retire pong": "2026-01-06",
        "retire alone": "2026-01-06",  # nothing moves: the first working day after the start
        "retire held": "2026-01-06",
    }


def test_without_consumers_a_retirement_follows_what_stood_on_its_site() -> None:
    found = milestones(
        """
        policy: {preparation_days: 0, gates: []}
        sites:
          - {id: dc, country: FR, target: host}
          - {id: host}
          - {id: lab, country: FR, decommission_days: 1}
        servers: [{id: s-1, site: dc}, {id: s-2, site: dc}, {id: s-3, site: lab}, {id: s-4, site: dc}]
        applications:
          - {id: web, servers: [s-1]}
          - {id: crm, servers: [s-4], strategy: repurchase}
          - {id: old-web, servers: [s-2], strategy: retire}
          - {id: old-lab, servers: [s-3], strategy: retire}
        """,
        {"2026-05-09-weekend": ["web"], "2026-05-16-weekend": ["crm"]},
    )
    assert found == {
        "retire old-web": "2026-05-20",  # what is repurchased leaves too: its hypercare ends on Tuesday 19th
        "exit dc": "2026-05-20",
        "retire old-lab": "2026-01-06",
        "exit lab": "2026-01-07",
    }


def test_a_site_is_empty_after_its_working_days_of_decommissioning() -> None:
    found = milestones(
        """
        policy: {preparation_days: 0, gates: []}
        sites:
          - {id: dc, country: FR, target: host, decommission_days: 3}
          - {id: host, country: FR, exit_by: 2026-12-01}
          - {id: branch, target: host}
        servers: [{id: s-1, site: dc}, {id: s-2, site: branch}]
        applications: [{id: web, servers: [s-1]}, {id: till, servers: [s-2], strategy: takeover}]
        """,
        {"2026-05-09-weekend": ["web", "till"]},
    )
    assert found == {"exit dc": "2026-05-18"}  # until Tuesday 12th; then 13th, 15th (14th: Ascension), 18th


def test_contracts_have_an_end_and_a_notice() -> None:
    found = milestones(
        HEAD
        + """
contracts:
  - {id: lease, ends: 2026-12-31, notice_days: 90, match: {app: web}}
  - {id: support, ends: 2026-11-30, match: {app: web}}
applications: [{id: web}]
""",
        {"2026-05-09-weekend": ["web"]},
    )
    assert found == {"notice lease": "2026-10-02", "end support": "2026-11-30", "end lease": "2026-12-31"}
