"""Three scenarios with figures that are made up: several streams, organisations, a missing link, one without a plan."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from waveplan.domain.figures import (
    Compared,
    Comparison,
    DateKept,
    InventoryFigures,
    LinkUse,
    Money,
    PlanFigures,
)


def _plan(last: dt.date, waves: int, coexistence: int, load: str, sysadmin: str) -> PlanFigures:
    hypercare = last + dt.timedelta(days=2)
    return PlanFigures(
        first_cutover=dt.date(2026, 3, 14),
        last_cutover=last,
        last_hypercare=hypercare,
        finish=(hypercare - dt.date(2026, 1, 5)).days,
        waves=waves,
        waves_by_stream={"desk": 2, "main": waves - 2},
        lots=41,
        servers=118,
        coexistence=Decimal(coexistence),
        peak_load=Decimal(load),
        criticality_risk=Decimal("31.4159"),
        person_days_by_team={"consultants": Decimal(4), "sysadmin": Decimal(sysadmin)},
        person_days_by_organisation={"-": Decimal(4), "Hospital A": Decimal(sysadmin)},
        hard_dates=(
            DateKept("deadline", dt.date(2026, 12, 18), hypercare),
            DateKept("exit dc-a", dt.date(2026, 9, 1), hypercare),
            DateKept("end outgoing", dt.date(2026, 12, 31), None),
        ),
        gaps={"finish": Decimal(0), "coexistence": Decimal("0.1234"), "peak_load": None},
    )


def sample_comparison() -> Comparison:
    """The comparison that goldens show."""
    own = InventoryFigures(
        outage_hours={"-": Decimal("12.04"), "Hospital A": Decimal("118.5"), "Hospital B": Decimal(96)},
        links=(LinkUse(("dc-a", "own"), ("a-own",), Decimal("12.41"), Decimal("6.25")),),
        costs={"sites": Money(Decimal(250000), Decimal(18500)), "links": Money(Decimal(4000), Decimal("1200.5"))},
        currency="EUR",
    )
    provider = InventoryFigures(
        outage_hours={"Hospital A": Decimal(74), "Hospital B": Decimal("80.25")},
        links=(
            LinkUse(("dc-a", "provider-north"), (), Decimal("12.41"), None),
            LinkUse(("dc-b", "provider-north"), ("b-n",), Decimal("0.02"), Decimal("0.01")),
        ),
        costs={"sites": Money(Decimal(40000), Decimal(31000)), "services": Money(Decimal(0), Decimal(900))},
        currency="EUR",
    )
    return Comparison(
        (
            Compared(
                "own-site",
                "Everything on our own site",
                "planned",
                _plan(dt.date(2026, 8, 29), 14, 3120, "0.97", "131.25"),
                own,
            ),
            Compared(
                "everything-at-the-platform-provider",
                "Everything at a platform provider, with its people",
                "planned",
                _plan(dt.date(2026, 10, 3), 9, 0, "1", "88"),
                provider,
            ),
            Compared("hybrid", None, "infeasible"),
        )
    )
