"""What is learnt from rehearsals and nights: how long tasks really took, by template, and the minutes to plan with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

from waveplan.domain.actuals import TaskRecord
from waveplan.domain.learnt import FEW, Learnt, TaskObservation
from waveplan.domain.night_log import log_of, rehearsals
from waveplan.domain.nights import ScheduledNight
from waveplan.domain.runbooks import RunbookTask, TaskMinutes
from waveplan.runbooks.scheduling import minutes_between

_ALWAYS = dt.datetime.max.replace(tzinfo=dt.UTC)
_CLOSE = Fraction(1, 20)  # a median that near to what was planned changes nothing
_STEP = Decimal("0.01")
_PARTS = ("each", "per_server", "per_gb", "per_100_users", "of_cutover", "of_tests", "of_rollback")


def observations_of(planned: ScheduledNight, records: Sequence[TaskRecord]) -> Iterator[TaskObservation]:
    """What was seen of one wave's tasks: in rehearsals, and in the night."""
    night = planned.night
    for run in (*rehearsals(records, night.wave), None):
        log = log_of(night, records, run, _ALWAYS)
        for each in planned.tasks:
            known = log.run(each.task.id)
            minutes = minutes_between(each.start, each.end)
            if known.state == "done" and known.started is not None and known.ended is not None and minutes:
                taken = max(0, minutes_between(known.started, known.ended))
                yield TaskObservation(night.wave, each.task.template, each.task.id, each.task.kind, run, minutes, taken)


def learnt(seen: Iterable[TaskObservation], templates: Sequence[RunbookTask]) -> tuple[Learnt, ...]:
    """By template, in their order, what was seen and the minutes to plan with."""
    by_template: dict[str, list[TaskObservation]] = defaultdict(list)
    for each in seen:
        by_template[each.template].append(each)
    return tuple(_of(each, tuple(by_template[each.id])) for each in templates if each.id in by_template)


def _of(template: RunbookTask, seen: tuple[TaskObservation, ...]) -> Learnt:
    ratios = sorted(Fraction(each.taken, each.planned) for each in seen)
    middle = Fraction(median(ratios))
    enough = len(seen) >= FEW and abs(middle - 1) > _CLOSE
    minutes = _stretched(template.minutes, middle) if enough else None
    return Learnt(template, seen, middle, _quartile(ratios, 1), _quartile(ratios, 3), minutes)


def _quartile(ratios: Sequence[Fraction], number: int) -> Fraction:
    """The least of the ratios at or below which a quarter, or three quarters, of all are."""
    return ratios[-(-len(ratios) * number // 4) - 1]


def _stretched(minutes: TaskMinutes, ratio: Fraction) -> TaskMinutes | None:
    """All parts that are numbers times the ratio; None where what a link takes is all there is."""
    changed = {part: _rounded(getattr(minutes, part), ratio) for part in _PARTS if getattr(minutes, part)}
    return minutes.model_copy(update=changed) if changed else None


def _rounded(amount: Decimal, ratio: Fraction) -> Decimal:
    exact = amount * Decimal(ratio.numerator) / Decimal(ratio.denominator)
    step = Decimal(1) if amount >= 5 else _STEP
    return max(step, exact.quantize(step, ROUND_HALF_UP))
