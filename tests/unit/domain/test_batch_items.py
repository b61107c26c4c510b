"""Batches as items: which servers each has, and what share of the effort."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.inventories import inventory_from

from waveplan.domain.items import Items
from waveplan.lots import form_lots

TEXT = """
sites: [{id: s, target: t}, {id: t}]
servers:
- {id: n1, site: s, cluster: k}
- {id: n2, site: s, cluster: k}
- {id: n3, site: s}
- {id: n4, site: s}
- {id: x, site: s, cluster: k}
applications:
- {id: k8s, servers: [n4, n3, n2, n1], effort: {ops: {each: 10, per_server: 1}}, %s}
- {id: other, servers: [x, %s]}
"""


def batches(given: str, shared: str = "x") -> Items:
    return Items(inventory_from(TEXT % (given, shared)))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("batches: 3", {"k8s/b1": "n1 n2", "k8s/b2": "n3", "k8s/b3": "n4"}),
        ("batch: {servers: 3}", {"k8s/b1": "n1 n2 n3", "k8s/b2": "n4"}),
        ("batches: 1", {"k8s/b1": "n1 n2 n3 n4"}),
    ],
)
def test_servers_are_shared_out_in_order_of_id(given: str, expected: dict[str, str]) -> None:
    items = batches(given)
    found = {str(item.id): " ".join(server.id for server in item.servers) for item in items if item.batch}
    assert found == expected


def test_shares_of_effort_add_up_to_the_whole() -> None:
    items = batches("batches: 3")
    shares = [item.effort["ops"] for item in items if item.batch]
    assert shares == [Decimal(7), Decimal("3.5"), Decimal("3.5")]
    uneven = Items(inventory_from(TEXT.replace("each: 10", "each: 0.000001") % ("batches: 3", "x")))
    assert sum(item.effort["ops"] for item in uneven if item.batch) == Decimal("4.000001")


def test_a_cluster_joins_no_batches_and_a_shared_server_does() -> None:
    apart = form_lots(batches("batches: 4"))
    assert sorted([item.id for item in lot.items] for lot in apart) == [
        ["k8s/b1"],
        ["k8s/b2"],
        ["k8s/b3"],
        ["k8s/b4"],
        ["other"],
    ]
    joined = form_lots(batches("batches: 4", "x, n3"))
    assert ["k8s/b3", "other"] in [[item.id for item in lot.items] for lot in joined]
