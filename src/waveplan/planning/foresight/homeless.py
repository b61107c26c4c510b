"""Lots that have no slot left (WP222), and what takes the slots away: lots that lack them alike are told together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from waveplan.domain.findings import Finding, Path, Phrase, Phrases
from waveplan.domain.wording import names
from waveplan.lots.lot import Lot
from waveplan.planning.building.problem_builder import Built
from waveplan.planning.facts.obstacles import SlotObstacle

_SHOWN = 5  # lots of one finding
_HINT = "loosen one of these rules, or add windows"

_Taken = tuple[SlotObstacle, ...]  # obstacles that together empty the calendar


def homeless_lots(built: Built, but: Collection[str]) -> Iterator[Finding]:
    """One finding for all lots that the same obstacles keep out of every slot; lots of `but` are left out."""
    slots = len(built.facts.slots)
    alike: dict[str, tuple[_Taken, list[Lot]]] = {}
    for lot, positions, obstacles in zip(built.facts.lots, built.problem.allowed, built.obstacles, strict=True):
        if not positions and lot.id not in but:
            taken = _emptying(obstacles, slots)
            alike.setdefault(str(_reasons(taken, slots)), (taken, []))[1].append(lot)
    for taken, lots in alike.values():
        yield _finding(lots, taken, _reasons(taken, slots))


def _emptying(obstacles: Sequence[SlotObstacle], slots: int) -> _Taken:
    """Obstacles that together empty the calendar, those that block most first."""
    left, taken = frozenset(range(slots)), []
    for obstacle in sorted(obstacles, key=lambda each: (-len(each.slots), each.code)):
        if left & obstacle.slots:
            left -= obstacle.slots
            taken.append(obstacle)
    return tuple(taken)


def _reasons(taken: _Taken, slots: int) -> Phrases:
    """What they are, each with its share."""
    told = []
    for obstacle in taken:
        said = Phrase(obstacle.template, obstacle.values)
        values = {"reason": said, "code": obstacle.code, "blocked": len(obstacle.slots), "slots": slots}
        told.append(Phrase("{reason} ({code}, {blocked} of {slots} slots)", values))
    return Phrases(tuple(told))


def _finding(lots: Sequence[Lot], taken: _Taken, reasons: Phrases) -> Finding:
    ids = [lot.id for lot in lots]
    values: dict[str, object] = {"lot": ids[0], "reasons": reasons}
    template = "no slot is left for lot {lot}: {reasons}"
    if len(ids) > 1:
        values = {"count": len(ids), "lots": names(ids, _SHOWN), "reasons": reasons}
        template = "no slot is left for {count} lots: {reasons}: {lots}"
    return Finding(
        "WP222",
        template,
        values,
        subjects=(*ids, *(item.id for lot in lots for item in lot.items)),
        path=_path(lots[0], taken),
        hint="loosen this rule; about it: waveplan rule {code}" if len(taken) == 1 else _HINT,
        hint_values={"code": taken[0].code},
    )


def _path(lot: Lot, taken: _Taken) -> Path:
    """What one key of one entry says is told there, else at the first item."""
    return taken[0].path if len(taken) == 1 and taken[0].path else lot.items[0].path
