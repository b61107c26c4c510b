"""Services at their sites and steps of either, as items."""

from __future__ import annotations

from decimal import Decimal

from support.inventories import inventory_from

from waveplan.domain.items import Items

TEXT = """
sites:
  - {id: old, target: host, country: FR}
  - {id: host}
  - {id: cloud}
  - {id: plant, type: plant, region: west, users: 250}
  - {id: shop, region: west, users: {office: 40, sales: 10}}
servers:
  - {id: s1, site: old}
  - {id: s2, site: old, target: cloud}
applications:
  - id: erp
    servers: [s1, s2]
    effort: {ops: 3}
    cutover_hours: 2
    depends_on: [{service: desk}, {app: hr/transform}]
    steps:
      - {id: lift, strategy: rehost, target: host}
      - {id: transform, strategy: replatform, target: cloud, min_gap_days: 60, effort: {ops: 7}}
      - {id: tune, strategy: refactor}
  - {id: hr, steps: [{id: lift}, {id: transform, strategy: takeover}]}
services:
  - id: desk
    kind: service_desk
    sites: {region: west}
    effort: {desk: {each: 1, per_100_users: 2}}
    crew: {desk: 2}
    cutover_hours: 3
    steps: [{id: onsite, location: onsite}, {id: nearshore, location: nearshore, crew: {desk: 1}}]
    depends_on: [{service: net}, {service: net, all_sites: true}]
  - {id: net, kind: local_infrastructure, sites: [plant, old]}
streams: [{id: desk-work, match: {kind: service_desk}}]
tranches: [{id: t1, match: {site: plant}}, {id: t2, match: {any: [{site.region: west}, {site: plant}]}}]
"""


def items() -> Items:
    return Items(inventory_from(TEXT))


def test_every_step_and_every_site_is_an_item() -> None:
    assert [item.id for item in items()] == [
        "erp/lift", "erp/transform", "erp/tune", "hr/lift", "hr/transform",
        "desk@plant/onsite", "desk@plant/nearshore", "desk@shop/onsite", "desk@shop/nearshore",
        "net@plant", "net@old",
    ]  # fmt: skip


def test_a_later_step_starts_from_where_the_one_before_has_put_the_servers() -> None:
    found = items()
    moves = {item: [(m.server.id, m.origin, m.target) for m in found[item].moves] for item in ("erp/lift", "erp/tune")}
    assert moves["erp/lift"] == [("s1", "old", "host"), ("s2", "old", "host")]
    assert [(m.origin, m.target) for m in found["erp/transform"].moves] == [("host", "cloud"), ("host", "cloud")]
    # without a target of its own a step goes where the servers go: s1 back to its site's target, s2 is there already
    assert moves["erp/tune"] == [("s1", "cloud", "host")]
    assert found["erp/transform"].source_sites == ("host",)


def test_steps_inherit_what_they_do_not_set() -> None:
    found = items()
    assert (found["erp/lift"].effort, found["erp/transform"].effort) == ({"ops": 3}, {"ops": 7})
    assert found["erp/transform"].entry.cutover_hours == 2
    assert found["erp/transform"].step.previous == "erp/lift"
    assert found["erp/transform"].step.min_gap_days == 60
    assert found["hr/transform"].strategy == "takeover"


def test_later_steps_of_a_service_have_no_work_in_the_window_unless_they_give_some() -> None:
    found = items()
    assert (found["desk@shop/onsite"].entry.cutover_hours, found["desk@shop/onsite"].entry.crew) == (3, {"desk": 2})
    later = found["desk@shop/nearshore"]
    assert (later.entry.cutover_hours, later.entry.crew) == (0, {"desk": 1})
    assert later.values("location") == {"nearshore"}


def test_effort_of_a_service_counts_the_users_of_its_site() -> None:
    found = items()
    assert found["desk@plant/onsite"].effort == {"desk": Decimal(6)}
    assert found["desk@shop/onsite"].effort == {"desk": Decimal(2)}


def test_names_stand_for_first_steps_in_dependencies_and_every_step_in_selectors() -> None:
    found = items()
    erp, desk = found["erp/lift"], found["desk@plant/onsite"]
    desks, hr = (found.providers(erp, each) for each in erp.entry.depends_on)
    assert [item.id for item in desks] == []  # no desk at the site of its servers
    assert [item.id for item in hr] == ["hr/transform"]
    same, every = (found.providers(desk, each) for each in desk.entry.depends_on)
    assert [item.id for item in same] == ["net@plant"]
    assert [item.id for item in every] == ["net@plant", "net@old"]
    assert [item.id for item in found.named("desk@plant")] == ["desk@plant/onsite", "desk@plant/nearshore"]
    assert found["erp/transform"].entry.depends_on == []


def test_an_item_belongs_to_the_first_stream_and_tranche_that_match() -> None:
    found = items()
    assert (found["desk@plant/onsite"].stream, found["net@plant"].stream) == ("desk-work", "main")
    assert (found["net@plant"].tranche, found["desk@shop/onsite"].tranche) == ("t1", "t2")
    assert found["net@old"].tranche is None
