"""Replication before the window over links that do not say what they carry for it (WP149)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar.link_weeks import gigabytes_a_week, mean_gbps
from waveplan.domain.findings import Finding
from waveplan.domain.sites import Link
from waveplan.lots.lot import Lot, SitePair, site_pair
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, plain

_GB_A_DAY = 24 * 450  # at one Gbit/s


def untold_replication(context: ReviewContext) -> Iterator[Finding]:
    """Pairs of sites on which a lot's replication would take a day or more though the link did nothing else."""
    links: dict[SitePair, list[Link]] = defaultdict(list)
    for link in context.inventory.links:
        links[site_pair(*link.between)].append(link)
    for pair, lots in sorted(_seeds(context.lots).items()):
        parallel = links.get(pair, [])
        speed = sum((mean_gbps(each) for each in parallel), Fraction(0))
        if not parallel or any(gigabytes_a_week(each) is not None for each in parallel):
            continue
        name, most = max(lots.items(), key=lambda entry: (entry[1], entry[0]))
        days = most / (speed * _GB_A_DAY)
        if days >= 1:
            yield _untold(context, pair, name, (most, days, sum(lots.values()) / (speed * _GB_A_DAY)))


def _seeds(lots: Iterable[Lot]) -> dict[SitePair, dict[str, Fraction]]:
    """By pair of sites and lot: GB that are sent before its cutover."""
    found: dict[SitePair, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for lot in lots:
        for move in lot.moves:
            if move.target and move.target != move.origin and move.server.method == "replicate":
                found[site_pair(move.origin, move.target)][lot.id] += Fraction(move.server.seed_gigabytes)
    return found


def _untold(context: ReviewContext, pair: SitePair, name: str, figures: tuple[Fraction, Fraction, Fraction]) -> Finding:
    lot = next(each for each in context.lots if each.id == name)
    most, days, total = figures
    values = {
        "one": pair[0],
        "other": pair[1],
        "lot": name,
        "gb": _shown(most),
        "days": _shown(days),
        "total": _shown(total),
        "preparation": context.items.policies[lot.stream].preparation_days,
    }
    template = (
        "nothing says what the link between {one} and {other} carries for replication: at its `gbps` that of {lot} "
        "({gb} GB) would take {days} days of the {preparation} of its preparation, and all of it {total} days"
    )
    hint = "give the link background_gbps, or background with hours, so that plans keep to it"
    return finding("WP149", template, values, ("links",), (*pair, name), hint)


def _shown(amount: Fraction) -> str:
    """To one decimal place."""
    return plain(Decimal(round(amount * 10)) / 10)
