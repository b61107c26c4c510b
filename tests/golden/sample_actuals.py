"""What happened to the sample plan: a wave in each state there is."""

from __future__ import annotations

import datetime as dt

from golden.sample import sample_plan

from waveplan.assessment.standing_waves import standing
from waveplan.domain.status import PlanStanding
from waveplan.usecases.record import actuals_of

AS_OF = dt.date(2026, 4, 23)
ACTUALS = """\
waveplan_actuals: 1
gates:
  - {wave: main/2026-02-14-weekend, gate: go-no-go, date: 2026-02-11, decision: go}
  - {wave: main/2026-03-14-weekend, gate: go-no-go, date: 2026-03-11, decision: no_go, reason: storage}
  - {wave: main/2026-04-21-weeknight, gate: go-no-go, date: 2026-04-17, decision: go}
cutovers:
  - {wave: main/2026-02-14-weekend, date: 2026-02-14, result: partial, rolled_back: [intranet-5b1e], reason: tests}
  - {wave: desk/2026-03-02-go-live, date: 2026-03-04, result: done}
  - {wave: desk/2026-03-30-go-live, date: 2026-03-30, result: rolled_back, reason: telephones}
  - {wave: main/2026-04-21-weeknight, date: 2026-04-21, result: done}
  - {wave: main/2026-01-17-weekend, date: 2026-01-17, result: done}
"""


def sample_standing(as_of: dt.date = AS_OF) -> PlanStanding:
    """How its waves stand on a day."""
    loaded = actuals_of(ACTUALS, "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return standing(loaded.actuals, sample_plan(), as_of)
