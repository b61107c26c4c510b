"""What tests of every kind share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from support.inventories import inventory_from

from waveplan.domain.inventory import Inventory

settings.register_profile("waveplan", deadline=None)  # machines differ; what takes long is measured in benchmarks/
settings.load_profile("waveplan")


@pytest.fixture(scope="session")
def inventory_of() -> Callable[..., Inventory]:
    """Build a small inventory: see `inventory_from`."""
    return inventory_from
