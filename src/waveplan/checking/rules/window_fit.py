"""WP328: transfer, work, tests and the time kept for a rollback fit the window."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedWave
from waveplan.checking.transfer import Pair, Span
from waveplan.checking.wording import amounts, number, violation
from waveplan.domain.excess import Amount, Excess, Holder, excess, sharing
from waveplan.domain.findings import Finding

_WORK = ("transport_hours", "cutover_hours", "test_hours", "rollback_hours")  # the longest of each counts
_BY_LINK = (
    "{wave}: {used} of {limit} hours: transfer {transfer} ({gigabytes} GB between {one} and {other}), "
    "cutover {cutover}, tests {tests}, rollback {rollback}"
)
_BY_TRANSPORT = (
    "{wave}: {used} of {limit} hours: transport {transfer}, cutover {cutover}, tests {tests}, rollback {rollback}"
)


@hard_rule("WP328", "room")
def check_window_fit(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave whose hours add up to more than its window's."""
    for wave in facts.waves:
        span = max(facts.transfers.spans(wave), key=lambda each: facts.transfers.link_hours(wave, each))
        transfer = max(facts.transfers.link_hours(wave, span), Fraction(wave.transport_hours))
        used = transfer + Fraction(wave.cutover_hours + wave.test_hours + wave.rollback_hours)
        if used > wave.slot.hours:
            over = excess(used, wave.slot.hours, _holders(facts, wave, span))
            yield _finding(wave, facts.transfers.links_used(wave, span), over)


def _holders(facts: Facts, wave: PlacedWave, span: Span) -> Iterator[Holder]:
    """Hours of each lot: its share of the link's, and the longest transport, cutover, test and rollback."""
    held: list[tuple[str, str, dict[Hashable, Amount]]] = []
    hours = facts.transfers.link_hours(wave, span)
    by_link = hours >= wave.transport_hours
    for other, lot, share in facts.transfers.shares(wave, span, hours) if by_link else ():
        held.append((other.id, lot.id, {("transfer", other.id, lot.id): share}))
    for lot in wave.lots:
        work = {kind: getattr(lot, kind) for kind in _WORK if not (by_link and kind == "transport_hours")}
        held.append(
            (wave.id, lot.id, {kind: Fraction(most) for kind, most in work.items() if most == getattr(wave, kind)})
        )
    return sharing(held)


def _finding(wave: PlacedWave, links: Mapping[Pair, tuple[Decimal, Fraction]], over: Excess) -> Finding:
    pair = max(links, key=lambda each: links[each][1], default=None)
    gigabytes, hours = links[pair] if pair else (Decimal(0), Fraction(0))
    by_link = pair is not None and hours >= wave.transport_hours
    return violation(
        _BY_LINK if by_link else _BY_TRANSPORT,
        {
            "wave": wave.name,
            **amounts(over),
            "transfer": number(max(hours, Fraction(wave.transport_hours))),
            "gigabytes": number(gigabytes),
            "one": pair[0] if pair else "",
            "other": pair[1] if pair else "",
            "cutover": number(wave.cutover_hours),
            "tests": number(wave.test_hours),
            "rollback": number(wave.rollback_hours),
        },
        subjects=(wave.id, *(pair or ())),
        path=wave.path,
        hint="move a lot to another wave or a longer window; waves whose windows overlap share their links",
        excess=over,
    )
