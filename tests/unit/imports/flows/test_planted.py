"""What is planted in a capture is found under its noise."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow_instances import inventory_yaml, planted_estate, write_capture
from flows import proposed_dependencies, score, server_pairs
from support.captures import loaded

from waveplan import api


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_dependencies_and_applications_are_found(seed: int, tmp_path: Path) -> None:
    estate = planted_estate(120, seed)
    write_capture(tmp_path / "capture.csv", estate, 1, seed)
    harvest = api.gather("flows", [str(tmp_path / "capture.csv")], "", {})
    inventory = loaded(tmp_path, inventory_yaml(estate))
    found = api.propose_flows(inventory, [harvest], api.flow_rules(None)).review

    true = {*estate.dependencies, *((each, name) for name, users in estate.common.items() for each in users)}
    sure, all_found = (score(proposed_dependencies(found, estate, least), true) for least in (80, 0))
    assert sure[0] >= 0.95
    assert min(all_found) >= 0.85
    groups = server_pairs(each.entry.servers for each in found.sections["applications"])
    unknown = server_pairs(each.servers for each in estate.applications if not each.known)
    assert min(score(groups, unknown)) >= 0.85
