"""The smallest problem there is, to compile parts of the engine on."""

from __future__ import annotations

from waveplan.engine.limits import WindowWork
from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.rhythm import Stage, StreamRules

START = {0: 0, 1: 1}

SMALLEST = PlanningProblem(
    lots=("one", "other"),
    positions=(Position(0, 0, 0, 0, 0, 0), Position(1, 0, 1, 1, 7, 7)),
    streams=(StreamRules("main", (0, 1), (Stage(None, 0, None),), None, False, {}, {}),),
    lot_stream=(0, 0),
    allowed=((0, 1), (0, 1)),
    hypercare=({0: (0, 1), 1: (7, 8)}, {0: (0, 1), 1: (7, 8)}),
    pools=(),
    wave_limits=(),
    union_limits=(),
    budgets=(),
    work=WindowWork({}, {}, {}, {}, (0, 0)),
    window_fits=(),
    downtimes=(),
    precedences=(),
    aparts=(),
    ties=(WeightedTie(0, 1, 1),),
    weight_scale=1,
    peaks=(),
    points=(1, 1),
    baseline_day={},
)
