"""How likely a wave is to slip, lot by lot, and where it may still go then: what the solver needs to spread risk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import log

from waveplan.domain.policy import Gate
from waveplan.domain.risks import Matched
from waveplan.engine.model.bearing import SURE_WEIGHT, SlipEntry, SlipKind
from waveplan.lots.lot import Lot
from waveplan.simulation.robust.ground import RobustGround

_Bears = Callable[[Sequence[int], int], frozenset[int]]  # lots with calendars of their own, place → reserved places
_LEAST_LEFT = 1e-3  # a chance that leaves less weighs as much: nothing is surer than sure


class Slipping:
    """No-gos and rollbacks of one ground as weights of lots; what else may go wrong hits plans much alike."""

    def __init__(self, ground: RobustGround) -> None:
        self._facts, self._problem = ground.built.facts, ground.built.problem
        self._risks = ground.inventory.risks
        self._days = {place.index: place.day for place in self._problem.positions}
        self._gate, self._last = cache(self._gate_day), cache(self._last_day)

    def kinds(self, reserved: Iterable[int]) -> list[SlipKind]:
        """Chances of no-gos, then of rollbacks, each with the reserved places that are late enough for the next try."""
        to = sorted(reserved)
        decided = frozenset(number for number, lot in enumerate(self._facts.lots) if self._gates_of(lot))
        no_goes = [
            self._entry(float(each.probability), self._about(each) & decided, self._after_gate(to, each.notice_days))
            for each in self._risks.gates
        ]
        backs = [
            self._entry(float(each.probability), self._about(each), self._after_window(to, each.again_days))
            for each in self._risks.cutovers
        ]
        return [no_goes, backs]

    def _about(self, risk: Matched) -> frozenset[int]:
        lots = enumerate(self._facts.lots)
        return frozenset(number for number, lot in lots if any(risk.is_about(item) for item in lot.items))

    def _entry(self, chance: float, lots: frozenset[int], bears: _Bears) -> SlipEntry:
        weight = round(-SURE_WEIGHT * log(max(_LEAST_LEFT, 1.0 - chance)))
        places = sorted({place for lot in lots for place in self._problem.allowed[lot]})
        alike = self._alike(lots)
        return SlipEntry(weight, lots, {place: bears(alike, place) for place in places})

    def _after_gate(self, to: Sequence[int], pause: int) -> _Bears:
        """Where a no-go may go: so many days after its gate, to a place whose own gate is still to come."""

        def bears(alike: Sequence[int], place: int) -> frozenset[int]:
            known = max(self._gate(lot, place) for lot in alike)
            return self._open(to, alike, known, known + pause)

        return bears

    def _after_window(self, to: Sequence[int], pause: int) -> _Bears:
        """Where a wave may go that was rolled back: so many days after its cutover."""

        def bears(alike: Sequence[int], place: int) -> frozenset[int]:
            known = max(self._last(lot, place) for lot in alike)
            return self._open(to, alike, known, self._days[place] + pause)

        return bears

    def _open(self, to: Sequence[int], alike: Sequence[int], known: int, least: int) -> frozenset[int]:
        gates = ((each, min(self._gate(lot, each) for lot in alike)) for each in to)
        return frozenset(each for each, gate in gates if gate > known and self._days[each] >= least)

    def _alike(self, lots: frozenset[int]) -> list[int]:
        """Of lots with the same calendars one each."""
        found: dict[object, int] = {}
        for lot in sorted(lots):
            entry = self._facts.lots[lot]
            found.setdefault((entry.stream, tuple(entry.places), self._facts.zone(entry)), lot)
        return list(found.values())

    def _gates_of(self, lot: Lot) -> list[Gate]:
        return [gate for gate in self._facts.policy(lot).gates if gate.decides]

    def _gate_day(self, lot: int, place: int) -> int:
        """The last deciding gate of a lot in a place; the day of its cutover without any."""
        entry, slot = self._facts.lots[lot], self._facts.slots[self._problem.positions[place].slot]
        dates = self._facts.calendar.gate_date
        days = [dates(gate, slot.date, sorted(entry.places)) for gate in self._gates_of(entry)]
        return self._facts.day(max(days, default=slot.date))

    def _last_day(self, lot: int, place: int) -> int:
        slot = self._facts.slots[self._problem.positions[place].slot]
        return self._facts.day(self._facts.calendar.run_days(slot, self._facts.zone(self._facts.lots[lot])).last)
