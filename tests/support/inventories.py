"""Small inventories for tests, written as YAML or given section by section."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import yaml

from waveplan.domain.inventory import Inventory

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
