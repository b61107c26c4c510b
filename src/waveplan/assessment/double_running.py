"""What sites cost while the programme runs: sources until their exit, targets from their first arrival.

A month is a twelfth of 365 days; first and last day count. A source without an exit runs to the last hypercare day of
the plan, as targets do. A site that things both leave and reach is a source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.assessment.placement import PlacedPlan
from waveplan.domain.figures import Running
from waveplan.domain.plan import Plan
from waveplan.domain.sites import Site

_MONTHS_A_DAY = Fraction(12, 365)


def running_costs(placement: PlacedPlan, plan: Plan) -> Running | None:
    """Costs of sources, of targets, and what of the latter runs double; None where no site costs each month."""
    sites = {site.id: site for site in placement.inventory.sites if site.costs and site.costs.per_month}
    last = max((wave.hypercare_last_day for wave in plan.waves), default=None)
    if not sites or last is None:
        return None
    moves = [(move, lot.wave.date) for lot in placement.lots for move in lot.moves if move.target is not None]
    ends = {each.subject: each.date for each in plan.milestones if each.kind == "site_exit"}
    left = {move.origin: ends.get(move.origin, last) for move, _ in moves}
    reached: dict[str, dt.date] = {}
    for move, day in moves:
        target = str(move.target)
        if target not in left:
            reached[target] = min(reached.get(target, day), day)
    until = max(left.values(), default=plan.programme.start)
    return Running(
        sources=_sum(sites, {site: (plan.programme.start, end) for site, end in left.items()}),
        targets=_sum(sites, {site: (day, max(day, last)) for site, day in reached.items()}),
        double=_sum(sites, {site: (day, min(max(day, last), until)) for site, day in reached.items()}),
    )


def _sum(sites: Mapping[str, Site], spans: Mapping[str, tuple[dt.date, dt.date]]) -> Decimal:
    total = Fraction(0)
    for name, (first, last) in spans.items():
        costs = sites[name].costs if name in sites else None
        if costs is not None and first <= last:
            total += Fraction(costs.per_month) * ((last - first).days + 1) * _MONTHS_A_DAY
    return Decimal(round(total * 100)) / 100
