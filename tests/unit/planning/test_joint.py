"""Waves and retirements in one model: where it is too large, or there is no time to build it, nothing is proven."""

from __future__ import annotations

import pytest

from waveplan.domain.inventory import Inventory
from waveplan.planning import SolveOptions, solve
from waveplan.planning.retirements import joint

# The retirement needs the only person on the only working day before its latest, on which a window runs as well:
# the wave has to take the other window.
INVENTORY = {
    "waveplan": "1",
    "programme": {"name": "x", "start": "2026-01-05", "deadline": "2026-01-16"},
    "teams": [{"id": "ops", "crew": 1}],
    "calendar": {"windows": [{"id": "night", "days": ["mon", "tue"], "from": "20:00", "hours": 3}]},
    "policy": {"preparation_days": 0, "gates": [], "hypercare": {"hours": 0}},
    "applications": [
        {"id": "a", "crew": {"ops": 1}, "not_before": "2026-01-12", "not_after": "2026-01-13"},
        {"id": "old", "strategy": "retire", "crew": {"ops": 1}, "not_before": "2026-01-12", "not_after": "2026-01-12"},
    ],
}
OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)


def test_the_wave_makes_room_for_what_is_retired() -> None:
    plan = solve(Inventory.model_validate(INVENTORY), options=OPTIONS).plan
    assert plan is not None
    assert [wave.id for wave in plan.waves] == ["2026-01-13-night"]


@pytest.mark.parametrize("cap", ["_MOST_TERMS", "_MOST_PLACES"])
def test_what_is_too_large_is_unknown(cap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint, cap, 0)
    outcome = solve(Inventory.model_validate(INVENTORY), options=OPTIONS)
    assert (outcome.status, outcome.plan) == ("unknown", None)
