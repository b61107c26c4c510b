"""Hypercare and gates, flattened."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.rhythm import GateRule
from waveplan.engine.search import layout as at
from waveplan.engine.search.tables import Ints, Tables

_CALENDARS = 62  # as many as there are bits in a mask


def add_care(tables: Tables, problem: PlanningProblem) -> bool:
    """Write hypercare and gates; returns whether any of their rules can bind."""
    _add_hypercare(tables, problem)
    masks = np.zeros(len(problem.lots), np.int64)
    deciding: list[list[int]] = [[] for _ in problem.positions]
    early: list[list[int]] = [[] for _ in problem.positions]
    records: list[int] = []
    for rules in problem.streams:
        for lot, groups in rules.gate_groups.items():
            masks[lot] = _mask(groups)
        for position in rules.positions if rules.before_next_gate else ():
            deciding[position] = [_record(gate, records) for gate in rules.deciding_gates.get(position, ())]
        for position, gates in rules.gates.items():
            early[position] = [_record(gate, records) for gate in gates]
    tables.table(at.GROUPS, masks)
    tables.table(at.GATE, records or [0])
    tables.ragged(at.DECIDING_PTR, at.DECIDING, deciding)
    tables.ragged(at.EARLY_PTR, at.EARLY, early)
    at_once = [at.NO_LIMIT if rules.max_waves_at_once is None else rules.max_waves_at_once for rules in problem.streams]
    tables.table(at.AT_ONCE, at_once)
    tables.table(at.NEXT_GATE, [rules.before_next_gate and bool(rules.deciding_gates) for rules in problem.streams])
    limited = any(rules.max_waves_at_once is not None or rules.before_next_gate for rules in problem.streams)
    return limited or any(early)


def _record(gate: GateRule, records: list[int]) -> int:
    """Add what is to be known of a gate; returns where it begins."""
    begins = len(records)
    records += [gate.base, gate.needed, len(gate.days)]
    for day in gate.days:
        records += [_mask(day.off), at.NEVER if day.barred is None else _mask(day.barred)]
    return begins


def _mask(groups: Iterable[int]) -> int:
    """Calendars as bits. Where there are more than bits, some share one: then a day off for one is off for all.

    That moves gates to earlier days than they have, never to later ones, so no plan is thought valid that is not.
    """
    mask = 0
    for group in groups:
        mask |= 1 << group % _CALENDARS
    return mask


def _add_hypercare(tables: Tables, problem: PlanningProblem) -> None:
    """One profile for all lots that share their hypercare."""
    profiles: dict[int, int] = {}
    first: list[Ints] = []
    last: list[Ints] = []
    which = []
    for care in problem.hypercare:
        row = profiles.setdefault(id(care), len(first))
        if row == len(first):
            first.append(np.zeros(len(problem.positions), np.int64))
            last.append(np.zeros(len(problem.positions), np.int64))
            for position, days in care.items():
                first[row][position], last[row][position] = days
        which.append(row)
    tables.table(at.CARE, which)
    tables.table(at.CARE_FIRST, first or [0])
    tables.table(at.CARE_LAST, last or [0])
