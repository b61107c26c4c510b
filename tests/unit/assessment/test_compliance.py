"""Compliance of a plan: where data stand, what is purged, what runs out of support until when."""

from __future__ import annotations

import datetime as dt

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.domain.compliance import Compliance, DataPlace

HEAD = """
    sites:
      - {id: old, country: FR, target: new, decommission_days: 5}
      - {id: new, country: DE, target: cloud}
      - {id: cloud, country: US}
      - {id: desk-site, country: FR}
    links: [{between: [old, new], gbps: 1}, {between: [new, cloud], gbps: 1}]
"""
FIRST, LATER = "2026-03-07-weekend", "2026-05-30-weekend"


def _found(text: str, **waves: str) -> Compliance:
    inventory = inventory_from(HEAD + text)
    return api.compliance(
        inventory, state_plan(inventory, {name.replace("__", "/"): day for name, day in waves.items()})
    )


def test_the_register_holds_every_item_with_personal_data_and_no_other() -> None:
    found = _found(
        """
    servers: [{id: a, site: old}, {id: b, site: old}, {id: c, site: old}, {id: d, site: old}]
    applications:
      - {id: moves, servers: [a], data_classes: [public, personal], allowed_countries: [DE]}
      - {id: stays, servers: [b], strategy: retain, data_classes: [health]}
      - {id: kept, servers: [c], strategy: takeover, data_classes: [hr], allowed_countries: [FR]}
      - {id: dull, servers: [d], data_classes: [public]}
      - {id: bought, strategy: repurchase, data_classes: [personal]}
      - {id: bare, data_classes: [personal], allowed_countries: [FR]}
    services: [{id: desk, sites: [desk-site], data_classes: [employee], allowed_countries: [FR]}]
    """,
        moves=FIRST,
        kept=FIRST,
        dull=FIRST,
        bought=LATER,
        bare=LATER,
    )
    register = {each.item: each for each in found.personal_data}
    assert list(register) == ["bare", "bought", "desk@desk-site", "kept", "moves", "stays"]
    moves = register["moves"]
    assert (moves.classes, moves.allowed, moves.residency) == (("personal",), ("DE",), "allowed")
    assert (moves.before, moves.after) == ((DataPlace("old", "FR"),), (DataPlace("new", "DE"),))
    assert (moves.moves_on, moves.wave.label if moves.wave else None) == (dt.date(2026, 3, 7), "W01")
    assert (moves.purge_orders, moves.acknowledged_by) == (("purge a",), dt.date(2026, 3, 17))
    assert {name: each.residency for name, each in register.items()} == {
        "bare": "not known",
        "bought": "with its provider",
        "desk@desk-site": "allowed",
        "kept": "allowed",
        "moves": "allowed",
        "stays": "not said",
    }
    assert register["stays"].after == register["stays"].before == (DataPlace("old", "FR"),)
    assert register["stays"].moves_on is None
    assert register["kept"].acknowledged_by is None


def test_data_may_end_outside_the_allowed_countries_at_a_later_step() -> None:
    found = _found(
        """
    servers: [{id: a, site: old}]
    applications:
      - id: erp
        servers: [a]
        data_classes: [personal]
        allowed_countries: [FR, DE]
        steps: [{id: lift, target: new}, {id: transform, strategy: replatform, target: cloud}]
    """,
        erp__lift=FIRST,
        erp__transform=LATER,
    )
    assert [(each.item, each.residency) for each in found.personal_data] == [
        ("erp/lift", "allowed"),
        ("erp/transform", "outside"),
    ]
    assert [order.id for order in found.purge_orders] == ["purge a at old", "purge a at new"]
    assert [order.personal for order in found.purge_orders] == [("erp/lift",), ("erp/transform",)]


OBSOLETE = """
    servers: [{id: a, site: old, os: Windows Server 2012, end_of_support: 2026-03-01}]
    applications: [%s]
"""


@pytest.mark.parametrize(
    ("applications", "waves", "ended_on", "days", "because"),
    [
        ("{id: x, servers: [a]}", {"x": FIRST}, dt.date(2026, 3, 7), 6, None),
        ("{id: x, servers: [a]}", {}, None, None, "not planned"),
        ("{id: x, servers: [a], strategy: retain}", {}, None, None, "retained"),
        ("{id: x, servers: [a], strategy: takeover}", {"x": FIRST}, None, None, "taken over"),
        ("{id: x}", {"x": FIRST}, None, None, "hosts nothing"),
        (
            "{id: x, servers: [a], strategy: repurchase}, {id: y, servers: [a], strategy: retain}",
            {"x": FIRST},
            None,
            None,
            "retained",
        ),
        ("{id: x, servers: [a], strategy: repurchase}", {"x": LATER}, dt.date(2026, 5, 30), 90, None),
    ],
)
def test_what_ends_the_risk_of_an_unsupported_system(
    applications: str, waves: dict[str, str], ended_on: dt.date | None, days: int | None, because: str | None
) -> None:
    (system,) = _found(OBSOLETE % applications, **waves).obsolescence
    assert (system.ended_on, system.exposed_days, system.open_because) == (ended_on, days, because)
    assert (system.wave is None) == (ended_on is None)
    assert system.system == "Windows Server 2012"


def test_a_retirement_ends_a_risk_too_and_the_last_item_counts() -> None:
    found = _found(
        """
    servers:
      - {id: a, site: old, end_of_support: 2026-01-04}
      - {id: b, site: old, end_of_support: 2027-01-01}
    applications:
      - {id: x, servers: [a]}
      - {id: y, servers: [a], strategy: retire, depends_on: []}
      - {id: z, servers: [b], depends_on: [{app: y}]}
    """,
        x=FIRST,
        z=LATER,
    )
    first, second = found.obsolescence
    assert (first.server, first.already, first.retired, first.wave) == ("a", True, "y", None)
    assert first.ended_on == dt.date(2026, 6, 3)
    assert (second.server, second.already, second.exposed_days) == ("b", False, 0)
