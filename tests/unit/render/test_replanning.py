"""What a plan made anew says of the fewest lots that must move: no more than is proven."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from waveplan.domain.differences import Replanning
from waveplan.domain.solve_record import GoalRecord
from waveplan.render.console import make_console, signs_for
from waveplan.render.language import translator
from waveplan.render.replanning import replanning_view

NOTHING = Replanning(dt.date(2027, 1, 4), 14, 0, 0, (), (), unlocked=False)


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ({"value": 3, "bound": 3, "gap": 0, "status": "optimal"}, "Proven: no fewer lots can move."),
        ({"value": 3, "bound": 2, "gap": "0.3334", "status": "feasible"}, "Proven: at least 2 lots must move."),
        ({"value": 3, "bound": 1, "gap": "0.6667", "status": "feasible"}, "Proven: at least 1 lot must move."),
        ({"value": 3, "status": "unknown"}, "How few lots could move is not known."),
        ({"value": 0, "bound": 0, "gap": 0, "status": "optimal"}, None),
        (None, None),
    ],
)
def test_the_fewest_that_must_move(proof: dict[str, object] | None, said: str | None) -> None:
    record = None if proof is None else GoalRecord.model_validate({"goal": "moved_lots", **proof})
    stream = io.StringIO()
    console = make_console(stream, width=80)
    console.print(*replanning_view(NOTHING, (), translator("en"), 80, signs_for(console), record), sep="\n")
    lines = stream.getvalue().splitlines()
    assert (said in lines) if said else not any("Proven" in line or "How few" in line for line in lines)
