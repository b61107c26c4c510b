"""What tests of every kind share."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import settings

from waveplan.domain.inventory import Inventory

settings.register_profile("waveplan", deadline=None)  # machines differ; what takes long is measured in benchmarks/
settings.load_profile("waveplan")

PROGRAMME = {"name": "Test", "start": "2026-01-05", "deadline": "2026-12-18"}


def inventory_from(text: str = "", **sections: Any) -> Inventory:
    """An inventory from a piece of YAML and further sections; header, programme and one application as needed.

    Every scalar arrives as a word, as it does from the loader.
    """
    data: dict[str, Any] = yaml.load(dedent(text), Loader=yaml.CBaseLoader) or {}
    data |= sections
    data.setdefault("waveplan", "1")
    data["programme"] = {**PROGRAMME, **data.get("programme", {})}
    data.setdefault("applications", [{"id": "some-app"}])
    return Inventory.model_validate(data)


@pytest.fixture(scope="session")
def inventory_of() -> Callable[..., Inventory]:
    """Build a small inventory: see `inventory_from`."""
    return inventory_from
