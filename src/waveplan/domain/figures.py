"""What plans are compared by: figures of one plan, from its file alone or from its inventory too. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from waveplan.domain.findings import Finding

PlanStatus = Literal["planned", "infeasible", "unknown", "findings", "interrupted"]
NO_ORGANISATION = "-"  # stands for what belongs to none
COSTED = ("sites", "links", "servers", "applications", "services", "people")


@dataclass(frozen=True, slots=True)
class DateKept:
    """A hard date, the day on which the plan meets it, and the days to spare."""

    id: str
    date: dt.date
    reached: dt.date | None

    @property
    def slack(self) -> int | None:
        """Days from the day reached to the date."""
        return None if self.reached is None else (self.date - self.reached).days


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What a plan file says of itself. Person-days hold preparation and rehearsals, as its teams' loads state them."""

    first_cutover: dt.date | None
    last_cutover: dt.date | None
    last_hypercare: dt.date | None
    finish: int
    waves: int
    waves_by_stream: Mapping[str, int]
    lots: int
    servers: int
    coexistence: Decimal
    peak_load: Decimal
    criticality_risk: Decimal
    gaps: Mapping[str, Decimal | None] = field(default_factory=dict, kw_only=True)  # (value − proven bound) ÷ value
    person_days_by_team: Mapping[str, Decimal]
    person_days_by_organisation: Mapping[str, Decimal]
    hard_dates: tuple[DateKept, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkUse:
    """What is sent between two sites. `busiest_hours` is of the fullest window; none without a link."""

    between: tuple[str, str]
    links: tuple[str, ...]
    terabytes: Decimal
    busiest_hours: Decimal | None

    @property
    def missing(self) -> bool:
        """Whether a link is needed that the inventory does not have."""
        return self.busiest_hours is None


@dataclass(frozen=True, slots=True)
class Money:
    """Costs in the programme's currency: once, and each month when all is done."""

    once: Decimal = Decimal(0)
    per_month: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Running:
    """What sites cost by the month while the programme runs; `double` is the part of targets beside a source."""

    sources: Decimal
    targets: Decimal
    double: Decimal


@dataclass(frozen=True, slots=True)
class InventoryFigures:
    """What a plan means for its inventory. Outage is in hours of items, by organisation; costs by kind of thing."""

    outage_hours: Mapping[str, Decimal]
    links: tuple[LinkUse, ...]
    costs: Mapping[str, Money]
    currency: str | None = None
    running: Running | None = None

    @property
    def total_costs(self) -> Money:
        """All costs."""
        money = self.costs.values()
        return Money(
            sum((each.once for each in money), Decimal(0)), sum((each.per_month for each in money), Decimal(0))
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """One column of a comparison: a plan's figures, or why there is none."""

    id: str
    name: str | None
    status: PlanStatus
    plan: PlanFigures | None = None
    inventory: InventoryFigures | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side."""

    columns: tuple[Compared, ...] = field(default=())
