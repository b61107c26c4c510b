"""The smallest problem there is, to compile parts of the engine on."""

from __future__ import annotations

from dataclasses import replace

from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.problem.limits import WaveLimit, WindowWork
from waveplan.engine.problem.rhythm import Stage, StreamRules

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


def row_of(lots: int) -> PlanningProblem:
    """So many lots, an even number, each tied to the next: half of them fill each of the two positions."""
    each = dict.fromkeys(range(lots), 1)
    return replace(
        SMALLEST,
        lots=tuple(map(str, range(lots))),
        lot_stream=(0,) * lots,
        allowed=((0, 1),) * lots,
        hypercare=(SMALLEST.hypercare[0],) * lots,
        wave_limits=(WaveLimit("", "", 0, None, each, lots // 2),),
        ties=tuple(WeightedTie(lot, lot + 1, 1) for lot in range(lots - 1)),
        points=(1,) * lots,
    )
