"""What stays on a site in the end: servers are followed from place to place, and with all that is on them."""

from __future__ import annotations

from support.inventories import inventory_from

from waveplan.checking.dates import Remains, what_remains
from waveplan.domain.items import Items

SITES = """
    programme: {name: Remains, start: 2026-01-05, deadline: 2026-12-18}
    sites: [{id: old, target: new}, {id: new}, {id: cloud}]
    links: [{between: [old, new], gbps: 1}, {between: [new, cloud], gbps: 1}]
"""


def _remains(text: str) -> dict[str, Remains]:
    return dict(what_remains(Items(inventory_from(SITES + text))))


def test_what_stays_on_a_server_that_another_item_moves_goes_with_it() -> None:
    found = _remains("""
    servers: [{id: s, site: old}, {id: bare, site: old}, {id: gone, site: old, retire: true}]
    applications: [{id: web, servers: [s]}, {id: desk, servers: [s], strategy: retain}]
    """)
    assert found == {"new": Remains(("web",), ()), "old": Remains((), ("bare",))}


def test_what_stays_on_a_server_that_nobody_moves_keeps_it() -> None:
    found = _remains("""
    servers: [{id: s, site: old}, {id: other, site: old}]
    applications:
      - {id: web, servers: [other]}
      - {id: desk, servers: [s], strategy: retain}
      - {id: off, servers: [s], strategy: retire}
      - {id: bought, servers: [s], strategy: repurchase}
    """)
    assert found["old"] == Remains(("desk",), ())
