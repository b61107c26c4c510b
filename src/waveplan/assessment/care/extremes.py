"""Missing facts of one class, put at what they may plausibly be: as little and as much as others in the inventory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from waveplan.assessment.care.fields import is_known
from waveplan.domain.care import CareKind
from waveplan.domain.inventory import Inventory
from waveplan.domain.parts import Effort
from waveplan.domain.work import Application, Service

_MOST = Decimal("0.9")  # of those that are known, one in ten is larger
_HOURS_IF_NONE = {"cutover_hours": Decimal(8), "test_hours": Decimal(4), "rollback_hours": Decimal(4)}
_GB_IF_NONE = Decimal(2000)
_Entry = TypeVar("_Entry", Application, Service)


@dataclass(frozen=True, slots=True)
class FactClass:
    """Facts of one field that are missing of several entries; two inventories in which they are at their extremes.

    `assumed` tells the two values as people read them.
    """

    kind: CareKind
    field: str
    missing: tuple[str, ...]
    assumed: tuple[str, str]
    low: Inventory
    high: Inventory


def fact_classes(inventory: Inventory) -> list[FactClass]:
    """Each class of facts that a plan depends on and of which some are missing."""
    made = (
        _effort(inventory),
        *(_hours(inventory, field) for field in _HOURS_IF_NONE),
        _downtime(inventory),
        _criticality(inventory),
        _sizes(inventory),
        _weeks(inventory),
    )
    return [each for each in made if each is not None]


def _missing(entries: Iterable[Application | Service], field: str) -> list[str]:
    return [each.id for each in entries if not is_known(each, field)]


def _works(inventory: Inventory) -> list[Application | Service]:
    return [*inventory.applications, *inventory.services]


def _most_of(amounts: Iterable[Decimal], otherwise: Decimal) -> Decimal:
    """What nine in ten of the known amounts stay below; something large where too few are known to tell."""
    ordered = sorted(amounts)
    return ordered[int(_MOST * (len(ordered) - 1))] if ordered else otherwise


def _with(inventory: Inventory, changed: Callable[[Application | Service], Mapping[str, object]]) -> Inventory:
    """The inventory with some values of its applications and services changed."""

    def new(entries: Sequence[_Entry]) -> list[_Entry]:
        return [each.model_copy(update=dict(update)) if (update := changed(each)) else each for each in entries]

    update = {"applications": new(inventory.applications), "services": new(inventory.services)}
    return inventory.model_copy(update=update)


def _of_work(inventory: Inventory, field: str, low: object, high: object, assumed: tuple[str, str]) -> FactClass | None:
    missing = frozenset(_missing(_works(inventory), field))
    if not missing:
        return None

    def put(value: object) -> Inventory:
        return _with(inventory, lambda each: {field: value} if each.id in missing else {})

    kind: CareKind = "application" if any(not is_known(each, field) for each in inventory.applications) else "service"
    return FactClass(kind, field, tuple(sorted(missing)), assumed, put(low), put(high))


def _effort(inventory: Inventory) -> FactClass | None:
    """Person-days of each team: none, or as many as nine in ten of the known ones; of none known, a tenth of a week."""
    known: dict[str, list[Decimal]] = defaultdict(list)
    for each in _works(inventory):
        for team, effort in each.effort.items():
            known[team].append(effort.each)
    offered = {team.id: team.person_days_per_week for team in inventory.teams if team.person_days_per_week}
    most = {team: _most_of(known[team], week / 10) for team, week in offered.items()}
    if not most:
        return None
    low: dict[str, Effort] = {}
    high = {team: Effort(each=days) for team, days in most.items()}
    return _of_work(inventory, "effort", low, high, ("0", f"{sum(most.values()):f}"))


def _hours(inventory: Inventory, field: str) -> FactClass | None:
    known = [getattr(each, field) for each in _works(inventory) if is_known(each, field)]
    most = _most_of(known, _HOURS_IF_NONE[field])
    return _of_work(inventory, field, Decimal(0), most, ("0", f"{most:f}"))


def _downtime(inventory: Inventory) -> FactClass | None:
    """As short as the shortest that is known, or no limit: how it is planned now."""
    known = [each.max_downtime_hours for each in _works(inventory) if each.max_downtime_hours is not None]
    if not known:
        return None
    return _of_work(inventory, "max_downtime_hours", None, min(known), ("–", f"{min(known):f}"))


def _criticality(inventory: Inventory) -> FactClass | None:
    return _of_work(inventory, "criticality", "low", "critical", ("low", "critical"))


def _sizes(inventory: Inventory) -> FactClass | None:
    missing = frozenset(each.id for each in inventory.servers if not is_known(each, "disk_gb"))
    if not missing:
        return None
    most = _most_of((each.disk_gb for each in inventory.servers if each.disk_gb is not None), _GB_IF_NONE)

    def put(size: Decimal) -> Inventory:
        servers = [
            each.model_copy(update={"disk_gb": size}) if each.id in missing else each for each in inventory.servers
        ]
        return inventory.model_copy(update={"servers": servers})

    return FactClass("server", "disk_gb", tuple(sorted(missing)), ("0", f"{most:f}"), put(Decimal(0)), put(most))


def _weeks(inventory: Inventory) -> FactClass | None:
    """What a team can give: without limit, as it is planned now, or as little as the least that another one gives."""
    missing = frozenset(each.id for each in inventory.teams if not is_known(each, "person_days_per_week"))
    known = [each.person_days_per_week for each in inventory.teams if each.person_days_per_week is not None]
    if not missing or not known:
        return None

    def put(days: Decimal | None) -> Inventory:
        teams = [
            each.model_copy(update={"person_days_per_week": days}) if each.id in missing else each
            for each in inventory.teams
        ]
        return inventory.model_copy(update={"teams": teams})

    ids = tuple(sorted(missing))
    return FactClass("team", "person_days_per_week", ids, ("–", f"{min(known):f}"), put(None), put(min(known)))
