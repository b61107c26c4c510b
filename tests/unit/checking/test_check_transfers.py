"""Hours on shared links, for windows that meet and windows that don't."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.checking.facts import Facts
from waveplan.domain.inventory import Inventory

SITES = """
    policy: {preparation_days: 0, gates: []}
    sites:
      - {id: paris, timezone: Europe/Paris, target: hub}
      - {id: tokyo, timezone: Asia/Tokyo, target: hub}
      - {id: lyon, target: hub}
      - {id: hub}
    links:
      - {between: [paris, hub], gbps: 1, efficiency: 0.5}
      - {between: [hub, paris], gbps: 0.6, efficiency: 0.5}
      - {between: [tokyo, hub], gbps: 0.8, efficiency: 0.5}
    servers:
      - {id: p-1, site: paris, disk_gb: 360}
      - {id: p-2, site: paris, disk_gb: 36}
      - {id: t-1, site: tokyo, disk_gb: 180}
      - {id: l-1, site: lyon, disk_gb: 9999}
    applications:
      - {id: p-app, servers: [p-1]}
      - {id: q-app, servers: [p-2], domain: web}
      - {id: t-app, servers: [t-1]}
      - {id: l-app, servers: [l-1]}
"""


def hours(inventory: Inventory, waves: dict[str, list[str]]) -> dict[str, list[dict[tuple[str, str], Fraction]]]:
    facts = Facts(plan_of_waves(inventory, waves), inventory)
    found = {}
    for wave in facts.waves:
        used = [facts.transfers.links_used(wave, span) for span in facts.transfers.spans(wave)]
        found[wave.id] = [{pair: link[1] for pair, link in links.items()} for links in used]
    return found


def test_parallel_links_add_up_and_no_link_is_no_limit() -> None:
    inventory = inventory_from(SITES)
    found = hours(inventory, {"2026-01-10-weekend": ["p-app", "q-app", "t-app", "l-app"]})
    # 396 GB at 0.8 Gbit/s, which is 360 GB an hour; 180 GB at half of that
    assert found == {"2026-01-10-weekend": [{("hub", "paris"): Fraction(11, 10), ("hub", "tokyo"): Fraction(1)}]}


def test_only_links_that_the_wave_uses_itself_count_for_it() -> None:
    inventory = inventory_from(SITES, streams=[{"id": "web", "match": {"domain": "web"}}])
    found = hours(inventory, {"2026-01-10-weekend": ["p-app", "q-app", "t-app"]})
    assert found["web/2026-01-10-weekend"] == [{("hub", "paris"): Fraction(11, 10)}]
    assert set(found["main/2026-01-10-weekend"][0]) == {("hub", "paris"), ("hub", "tokyo")}


def test_lots_that_keep_their_own_hours_meet_others_in_their_own_hours() -> None:
    windows = [
        {"id": "local", "days": ["sat"], "from": "08:00", "hours": 8, "timezone": "site"},
        {"id": "noon", "days": ["sat"], "from": "12:00", "hours": 2},
    ]
    inventory = inventory_from(
        SITES, calendar={"windows": windows}, streams=[{"id": "web", "match": {"domain": "web"}}]
    )
    waves = {"2026-01-10-local": ["p-app", "t-app"], "2026-01-10-noon": ["q-app"]}
    found = hours(inventory, waves)
    # in UTC: Tokyo Friday 23:00 to Saturday 07:00, Paris 07:00 to 15:00, noon 12:00 to 14:00
    tokyo, paris = found["main/2026-01-10-local"]
    assert tokyo[("hub", "paris")] == 1  # what its own wave sends always counts
    assert paris[("hub", "paris")] == Fraction(11, 10)  # and what meets it
    assert found["web/2026-01-10-noon"] == [{("hub", "paris"): Fraction(11, 10)}]


def test_what_does_not_move_sends_nothing() -> None:
    inventory = inventory_from(
        """
        sites: [{id: old, target: new}, {id: new}]
        links: [{between: [old, new], gbps: 1}]
        servers: [{id: a, site: old, disk_gb: 10}, {id: b, site: old, target: old, disk_gb: 10}]
        applications: [{id: kept, servers: [a], strategy: takeover}, {id: inside, servers: [b]}]
        """
    )
    assert hours(inventory, {"2026-02-14-weekend": ["kept", "inside"]}) == {"2026-02-14-weekend": [{}]}
    facts = Facts(plan_of_waves(inventory, {"2026-02-14-weekend": ["kept", "inside"]}), inventory)
    assert facts.waves[0].transfer_gb == Decimal(10)
