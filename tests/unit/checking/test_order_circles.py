"""Which orders make a circle that may be one lot: those that one wave keeps."""

from __future__ import annotations

from typing import Any

import pytest

from waveplan.checking.order_circles import order_circles
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items


def _circles(there: dict[str, Any], back: dict[str, Any], cycles: str = "join") -> list[list[str]]:
    applications = [
        {"id": "a", "depends_on": [{"app": "b", **there}]},
        {"id": "b", "depends_on": [{"app": "a", **back}]},
        {"id": "c", "depends_on": [{"app": "a", "order": "provider_first"}]},
    ]
    inventory = Inventory.model_validate(
        {
            "waveplan": "1",
            "programme": {"name": "Circles", "start": "2026-01-05", "deadline": "2026-12-18"},
            "dependencies": {"cycles": cycles},
            "applications": applications,
        }
    )
    return order_circles(Items(inventory), lambda name: name)


PROVIDER, CONSUMER = {"order": "provider_first"}, {"order": "consumer_first"}


@pytest.mark.parametrize("order", [PROVIDER, CONSUMER])
def test_two_that_each_go_no_later_than_the_other(order: dict[str, Any]) -> None:
    assert _circles(order, order) == [["a", "b"]]
    assert _circles(order, order, cycles="error") == []


@pytest.mark.parametrize(
    "back",
    [
        CONSUMER,  # both say that b goes first
        {"order": "any"},
        {**PROVIDER, "min_gap_days": 1},
        {**PROVIDER, "min_gap_working_days": 1},
        {**PROVIDER, "after_hypercare": "true"},
    ],
)
def test_orders_of_one_direction_and_those_that_no_single_wave_keeps_make_none(back: dict[str, Any]) -> None:
    assert _circles(PROVIDER, back) == []
