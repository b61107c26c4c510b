"""Where lots that are too large are cut: every part fits, and no cheaper cuts do."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Tie
from waveplan.lot_cuts import LotCuts, cutting, suggest_cuts
from waveplan.lot_cuts.flow import connected_parts, two_parts
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
