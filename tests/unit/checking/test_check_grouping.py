"""Groups of tied items, against a plain closure of all ties."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.inventories import inventory_from

from waveplan.checking.grouping import Groups
from waveplan.domain.items import Items

APPS = [f"app-{n}" for n in range(7)]
SERVERS = [f"server-{n}" for n in range(4)]


@st.composite
def applications(draw: st.DrawFn) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for app in APPS:
        others = [other for other in APPS if other != app]
        found.append(
            {
                "id": app,
                "strategy": draw(st.sampled_from(["rehost", "rehost", "takeover", "retain"])),
                "servers": draw(st.lists(st.sampled_from(SERVERS), max_size=2, unique=True)),
                "domain": draw(st.sampled_from(["one", "two", "three"])),
                "depends_on": [
                    {"app": provider, "coupling": draw(st.sampled_from(["hard", "soft"]))}
                    for provider in draw(st.lists(st.sampled_from(others), max_size=1))
                ],
            }
        )
    return found


def closure(items: Items) -> set[frozenset[str]]:
    """Sets of tied items, by joining whatever touches until nothing does."""
    held = [{str(item.id)} for item in items.planned]
    ties: list[set[str]] = [{item.id for item in items.planned if item.entry.domain == "one"}]
    for item in items.planned:
        for server in item.servers:
            ties.append({other.id for other in items.planned if server in other.servers})
            if server.cluster:
                clustered = {other.id for other in items.planned for own in other.servers if own.cluster}
                ties.append(clustered)
        hard = {each.provider for each in item.entry.depends_on if each.coupling == "hard"}
        ties.append({item.id} | {provider for provider in hard if items[provider].planned})
    for tie in ties:
        touched = [group for group in held if group & tie]
        held = [group for group in held if not group & tie]
        if touched:
            held.append(set().union(*touched))
    return {frozenset(group) for group in held}


@settings(max_examples=60, deadline=None)
@given(applications(), st.sets(st.sampled_from(SERVERS), max_size=2))
def test_groups_are_the_closure_of_all_ties(apps: list[dict[str, object]], clustered: set[str]) -> None:
    servers = [
        {"id": name, "site": "old", "target": "new", **({"cluster": "c"} if name in clustered else {})}
        for name in SERVERS
    ]
    inventory = inventory_from(
        applications=apps,
        servers=servers,
        sites=[{"id": "old"}, {"id": "new"}],
        rules=[{"id": "ones", "together": {"domain": "one"}}],
    )
    items = Items(inventory)
    groups = Groups(items)
    assert {frozenset(str(item.id) for item in members) for members in groups.members.values()} == closure(items)
    assert all(groups.of(item.id) == name for name, members in groups.members.items() for item in members)


def test_a_group_goes_by_its_smallest_item_and_each_bond_says_why() -> None:
    inventory = inventory_from(
        """
        sites: [{id: old}, {id: new}]
        servers: [{id: db, site: old, target: new}]
        applications:
          - {id: web, depends_on: [{app: erp, coupling: hard}]}
          - {id: erp, servers: [db]}
          - {id: reports, servers: [db]}
          - {id: archive, servers: [db], strategy: retain}
        """
    )
    groups = Groups(Items(inventory))
    assert {name: [item.id for item in members] for name, members in groups.members.items()} == {
        "erp": ["erp", "reports", "web"]
    }
    assert {(bond.kind, bond.cause) for bond in groups.bonds} == {("server", "db"), ("hard dependency", "")}
