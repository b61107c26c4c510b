"""Where lots that are too large are cut: every part fits, and no cheaper cuts do."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan_lots import Tie
from waveplan.lot_cuts import LotCuts, cutting, suggest_cuts
from waveplan.lot_cuts.flow import connected_parts, effort_of, two_parts
from waveplan.lot_cuts.ties import Cuttable, cuttable
from waveplan.lots import form_lots


def _inventory(applications: list[dict[str, Any]], **sections: Any) -> Inventory:
    return Inventory.model_validate(
        {
            "waveplan": "1",
            "programme": {"name": "Cuts", "start": "2026-01-05", "deadline": "2026-12-18"},
            "sites": [{"id": "old", "target": "new"}, {"id": "new"}],
            "applications": applications,
            **sections,
        }
    )


def _cuts(inventory: Inventory) -> list[LotCuts]:
    return suggest_cuts(form_lots(Items(inventory)))


def _hard(app: str, weight: int = 1) -> dict[str, Any]:
    return {"app": app, "coupling": "hard", "weight": str(weight)}


def _server(name: str, **more: str) -> dict[str, Any]:
    return {"id": name, "site": "old", "disk_gb": "10", **more}


def test_the_cheapest_tie_that_is_enough() -> None:
    chain = [
        {"id": "a", "depends_on": [_hard("b", 3)]},
        {"id": "b", "depends_on": [_hard("c", 2)]},
        {"id": "c", "depends_on": [_hard("d", 5)]},
        {"id": "d"},
    ]
    (found,) = _cuts(_inventory(chain, policy={"lot_limits": {"applications": "3"}}))
    assert [cut.tie.of for cut in found.cuts] == [["b", "c"]]
    assert [[item.id for item in part.items] for part in found.parts] == [["a", "b"], ["c", "d"]]
    assert found.cuts[0].paths == (("applications", 1, "depends_on", 0, "coupling"),)


def test_ties_of_applications_are_cut_rather_than_servers_and_clusters() -> None:
    applications = [
        {"id": "a", "servers": ["s1"], "depends_on": [_hard("b", 80)]},
        {"id": "b", "servers": ["s2"]},
        {"id": "c", "servers": ["s2", "s3"]},
        {"id": "d", "servers": ["s4"]},
    ]
    servers = [_server("s1"), _server("s2"), _server("s3", cluster="ha"), _server("s4", cluster="ha")]
    three = _inventory(applications, servers=servers, policy={"lot_limits": {"applications": "3"}})
    assert [cut.tie.tie for cut in _cuts(three)[0].cuts] == ["hard dependency"]
    two = _inventory(applications, servers=servers, policy={"lot_limits": {"applications": "2"}})
    assert [cut.tie.tie for cut in _cuts(two)[0].cuts] == ["shared server"]


def test_limits_of_waves_count_where_no_stage_is_wide_enough() -> None:
    pair = [{"id": "a", "servers": ["s1"], "depends_on": [_hard("b")]}, {"id": "b", "servers": ["s2"]}]
    servers = [_server("s1"), _server("s2")]
    narrow = {"cadence": [{"waves": "1", "limits": {"servers": "1"}}, {"limits": {"servers": "2"}}]}
    assert _cuts(_inventory(pair, servers=servers, policy=narrow)) == []
    narrow["cadence"][1]["limits"] = {"servers": "1"}
    (found,) = _cuts(_inventory(pair, servers=servers, policy=narrow))
    assert [(each.limit, each.key) for each in found.over] == [("wave_limits", "servers")]


def test_an_item_that_alone_is_too_large_is_named() -> None:
    pair = [{"id": "a", "servers": ["s1", "s2"], "depends_on": [_hard("b")]}, {"id": "b"}]
    inventory = _inventory(pair, servers=[_server("s1"), _server("s2")], policy={"lot_limits": {"servers": "1"}})
    (found,) = _cuts(inventory)
    assert found.too_large == ("a",)


@pytest.mark.parametrize("seed", range(30))
def test_no_set_of_ties_is_cheaper(seed: int) -> None:
    """Held against every set of ties; cutting step by step may miss the best by a little, never by much."""
    rng = random.Random(seed)
    count, most = rng.randint(4, 7), rng.randint(2, 3)
    applications = [
        {"id": f"a{n}", "depends_on": [_hard(f"a{rng.randrange(n)}", rng.randint(1, 9))] if n else []}
        for n in range(count)
    ]
    applications[-1]["depends_on"].append(_hard("a0", rng.randint(1, 9)))
    inventory = _inventory(applications, policy={"lot_limits": {"applications": str(most)}})
    (found,) = _cuts(inventory)
    assert all(len(part.items) <= most for part in found.parts)
    assert found.cost <= 1.35 * _least(inventory, most)


def _least(inventory: Inventory, most: int) -> int:
    items = Items(inventory)
    (lot,) = form_lots(items)
    whole, ties = frozenset(str(item.id) for item in lot.items), cuttable(lot, items)
    every = (kept for number in range(len(ties) + 1) for kept in combinations(ties, number))
    return min(
        sum(tie.cost for tie in ties) - sum(tie.cost for tie in kept)
        for kept in every
        if all(len(part) <= most for part in connected_parts(whole, kept))
    )


def test_a_large_lot_is_cut_within_bounds_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MOST_EFFORT", 20_000)
    near = {n: sorted({n - 1, n // 2} - {n, -1}) for n in range(80)}
    apps = [{"id": f"a{n:03}", "depends_on": [_hard(f"a{other:03}", 1 + other % 7) for other in near[n]]} for n in near]
    (found,) = _cuts(_inventory(apps, policy={"lot_limits": {"applications": "10"}}))
    assert not found.complete
    assert all(len(part.items) <= 10 for part in found.parts)
    assert sum(len(part.items) for part in found.parts) == 80


@pytest.mark.parametrize("seed", range(12))
def test_a_tie_of_many_is_cut_once_however_its_items_part(seed: int) -> None:
    """The cheapest of all ways to part few items in two, tried one by one; ties of two, three and four among them."""
    rng = random.Random(seed)
    names = [f"a{number}" for number in range(rng.randint(3, 6))]
    found = [rng.sample(names, rng.randint(2, min(4, len(names)))) for _ in range(rng.randint(4, 8))]
    ties = [
        Cuttable(Tie.model_validate({"tie": "cluster", "of": of}), rng.randint(1, 9), Decimal(0), ()) for of in found
    ]
    items = frozenset(names)

    def cost(one: frozenset[str]) -> int:
        return sum(each.cost for each in ties if 0 < len(one.intersection(each.tie.of)) < len(each.tie.of))

    ways = list(two_parts(items, ties))
    assert all(one | other == items and one and other and stated == cost(one) for stated, one, other in ways)
    every = (frozenset(one) for size in range(1, len(names)) for one in combinations(names, size))
    assert min(stated for stated, _, _ in ways) == min(map(cost, every))


def test_items_outside_a_part_hold_nothing_in_it() -> None:
    """Of a tie of three, two are in the part: for it, it is a tie of these two."""
    ties = [
        Cuttable(Tie.model_validate({"tie": "cluster", "of": of}), cost, Decimal(0), ())
        for of, cost in ((["a", "b", "x"], 5), (["a", "c"], 3))
    ]
    ways = {(cost, one, other) for cost, one, other in two_parts(frozenset("abc"), ties)}
    assert {(cost, frozenset({one, other})) for cost, one, other in ways} == {
        (3, frozenset({frozenset("ab"), frozenset("c")})),
        (5, frozenset({frozenset("ac"), frozenset("b")})),
    }


def _cut_cost(weights: list[tuple[str, str, int]], most: int) -> int:
    """Of a lot of applications with these hard ties, by the weight of each: what its cuts cost besides 1 for each."""
    names = sorted({name for one, other, _ in weights for name in (one, other)})
    ties = {name: [_hard(other, weight) for one, other, weight in weights if one == name] for name in names}
    applications = [{"id": name, "depends_on": ties[name]} for name in names]
    (found,) = _cuts(_inventory(applications, policy={"lot_limits": {"applications": str(most)}}))
    assert found.complete
    assert all(len(part.items) <= most for part in found.parts)
    assert found.cost == sum(cut.cost for cut in found.cuts)
    return found.cost - len(found.cuts)


def test_parting_finds_what_joining_by_the_dearest_tie_does_not() -> None:
    """Two chains, each best cut in its dearest tie, which joining takes first in at least one of them."""
    chains = [(f"{side}{n}", f"{side}{n + 1}", weight) for side in "ab" for n, weight in enumerate([5, 6, 5])]
    assert _cut_cost([*chains, ("a0", "b0", 1)], 2) == 6 + 6 + 1


def test_what_a_part_becomes_keeps_only_its_own_ties() -> None:
    chain = [{"id": "a", "depends_on": [_hard("b", 3)]}, {"id": "b", "depends_on": [_hard("c", 2)]}, {"id": "c"}]
    (found,) = _cuts(_inventory(chain, policy={"lot_limits": {"applications": "2"}}))
    assert [[tie.of for tie in part.ties] for part in found.parts] == [[["a", "b"]], []]


@pytest.mark.parametrize(
    ("limits", "key", "amount"),
    [
        ({"servers": "1"}, "servers", 2),
        ({"applications": "1"}, "applications", 2),
        ({"sites": "1"}, "sites", 2),
        ({"users": "20"}, "users", 30),
        ({"data_tb": "0.1"}, "data_tb", Decimal("0.15")),
        ({"effort": {"ops": "4"}}, "effort of ops", 5),
    ],
)
def test_every_limit_of_a_wave_counts_and_is_kept_to_the_last_unit(
    limits: dict[str, Any], key: str, amount: int | Decimal
) -> None:
    def over(most: dict[str, Any]) -> list[tuple[str, str, Decimal, Decimal]]:
        found = _cuts(
            _inventory(
                [
                    {
                        "id": "a",
                        "servers": ["s1"],
                        "user_sites": ["old"],
                        "effort": {"ops": "2"},
                        "depends_on": [_hard("b")],
                    },
                    {"id": "b", "servers": ["s2"], "user_sites": ["desk"], "effort": {"ops": "3"}},
                ],
                sites=[
                    {"id": "old", "target": "new", "users": 10},
                    {"id": "desk", "target": "new", "users": 20},
                    {"id": "new"},
                ],
                teams=[{"id": "ops"}],
                servers=[_server("s1", disk_gb="50"), {**_server("s2"), "site": "desk", "disk_gb": "100"}],
                policy={"wave_limits": most},
            )
        )
        return [(each.limit, each.key, each.amount, each.most) for cuts in found for each in cuts.over]

    ((limit, name, found, _),) = over(limits)
    assert (limit, name, found) == ("wave_limits", key, amount)
    enough: dict[str, Any] = {"effort": {"ops": str(amount)}} if key.startswith("effort") else {key: str(amount)}
    assert over(enough) == []


@pytest.mark.parametrize(
    ("match", "most", "over"),
    [
        ({"technology": "as400"}, {"servers": "1"}, [("max_per_wave", "servers", 2, "r")]),
        ({"technology": "as400"}, {"servers": "2"}, []),
        ({"domain": "x"}, {"servers": "2"}, [("max_per_wave", "servers", 3, "r")]),
        ({"domain": "x"}, {"applications": "1"}, [("max_per_wave", "applications", 2, "r")]),
        ({"app": "a"}, {"applications": "1"}, []),
    ],
)
def test_a_rule_counts_what_it_matches(
    match: dict[str, str], most: dict[str, str], over: list[tuple[str, str, int, str]]
) -> None:
    applications = [
        {"id": "a", "domain": "x", "servers": ["s1", "s2"], "depends_on": [_hard("b")]},
        {"id": "b", "domain": "x", "servers": ["s3"], "depends_on": [_hard("c")]},
        {"id": "c", "domain": "y"},
    ]
    servers = [_server("s1", technology="as400"), _server("s2"), _server("s3", technology="as400")]
    rules = [{"id": "r", "match": match, "max_per_wave": most}]
    found = _cuts(_inventory(applications, servers=servers, rules=rules))
    assert [(each.limit, each.key, each.amount, each.rule) for cuts in found for each in cuts.over] == over


def test_what_may_be_cut_says_what_it_costs_and_where_it_stands() -> None:
    """A dependency by its weight, of several entries together, never more than 99; rules, servers and clusters."""
    applications = [
        {"id": "a", "servers": ["s1"], "depends_on": [_hard("b", 3), _hard("b", 4), {"app": "b", "weight": "9"}]},
        {"id": "b", "servers": ["s1", "s2"], "depends_on": [_hard("c", 500)]},
        {"id": "c", "servers": ["s3"]},
        {"id": "d", "domain": "x"},
        {"id": "e", "domain": "x", "servers": ["s3"]},
    ]
    inventory = _inventory(
        applications,
        servers=[_server("s1"), _server("s2", cluster="ha"), _server("s3", cluster="ha")],
        rules=[{"id": "other", "apart": [{"app": "a"}, {"app": "d"}]}, {"id": "r", "together": {"domain": "x"}}],
    )
    items = Items(inventory)
    (lot,) = form_lots(items)
    found = {(each.tie.tie, *each.tie.of): (each.cost, each.weight, each.paths) for each in cuttable(lot, items)}
    assert found["hard dependency", "a", "b"] == (
        8,
        7,
        (("applications", 0, "depends_on", 0, "coupling"), ("applications", 0, "depends_on", 1, "coupling")),
    )
    assert found["hard dependency", "b", "c"] == (100, 500, (("applications", 1, "depends_on", 0, "coupling"),))
    assert found["together rule", "d", "e"] == (50, 0, (("rules", 1),))
    assert found["shared server", "a", "b"] == (200, 0, ())
    assert {cost for (kind, *_), (cost, _, _) in found.items() if kind == "cluster"} == {1000}


@pytest.mark.parametrize("key", ["servers", "applications"])
def test_limits_of_lots_are_told_as_such(key: str) -> None:
    pair = [{"id": "a", "servers": ["s1"], "depends_on": [_hard("b")]}, {"id": "b", "servers": ["s2"]}]
    servers = [_server("s1"), _server("s2")]
    (found,) = _cuts(_inventory(pair, servers=servers, policy={"lot_limits": {key: "1"}}))
    assert [(each.limit, each.key, each.amount, each.most) for each in found.over] == [("lot_limits", key, 2, 1)]
    assert _cuts(_inventory(pair, servers=servers, policy={"lot_limits": {key: "2"}})) == []


def test_a_tie_to_a_service_at_several_sites_has_its_weight_for_each_of_them() -> None:
    inventory = _inventory(
        [{"id": "a", "depends_on": [{"service": "net", "all_sites": "true", "coupling": "hard", "weight": "6"}]}],
        services=[{"id": "net", "sites": ["old", "new"]}],
    )
    items = Items(inventory)
    (lot,) = form_lots(items)
    assert {(*each.tie.of, each.cost) for each in cuttable(lot, items)} == {("a", "net@old", 7), ("a", "net@new", 7)}


def _star(weights: dict[str, int]) -> list[Cuttable]:
    """Leaves, each bound to a centre by a tie of its weight."""
    return [
        Cuttable(Tie.model_validate({"tie": "cluster", "of": ["centre", leaf]}), weight, Decimal(0), ())
        for leaf, weight in weights.items()
    ]


def test_in_large_sets_cuts_are_looked_for_between_those_that_are_bound_most() -> None:
    leaves = {f"leaf{number}": 5 + number for number in range(10)} | {"light": 1}
    found = {cost for cost, _, _ in two_parts(frozenset({"centre", *leaves}), _star(leaves))}
    assert found == {8 + number for number in range(7)}, "the centre and seven of its leaves"


def test_what_looking_takes_grows_with_pairs_and_with_the_network() -> None:
    three = {"a": 1, "b": 1}
    assert effort_of(frozenset({"centre", *three}), _star(three)) == 3 * (3 + 2 * 2)
    many = {f"leaf{number}": 1 for number in range(11)}
    assert effort_of(frozenset({"centre", *many}), _star(many)) == 28 * (12 + 11 * 2)
