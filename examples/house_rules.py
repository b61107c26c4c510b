"""Rules that our own house asks of every plan, beside those of the format."""

from collections.abc import Iterator

from waveplan.house import Breach, Facts, breach, rule

_SEATS = 3


@rule("HR001", hint="move the lots of one site to another wave")
def one_source_site(facts: Facts) -> Iterator[Breach]:
    """Our movers come to one site a wave."""
    for wave in facts.waves:
        if len(wave.source_sites) > 1:
            yield breach(wave, "{wave} takes servers from {sites}", wave=wave.name, sites=", ".join(wave.source_sites))


@rule("HR002", severity="warning")
def few_owners(facts: Facts) -> Iterator[Breach]:
    """No more business owners than our war room has seats for."""
    for wave in facts.waves:
        owners = {item.entry.business_owner for item in wave.items} - {None}
        if len(owners) > _SEATS:
            yield breach(wave, "{wave} has {n} business owners, of {most}", wave=wave.name, n=len(owners), most=_SEATS)


@rule("HR003", hint="move {lot} to a wave in the first days of a month")
def critical_early_in_the_month(facts: Facts) -> Iterator[Breach]:
    """What is critical moves before the 10th: after it accounts are closed."""
    for wave in facts.waves:
        for lot in wave.lots:
            if lot.criticality == "critical" and wave.date.day >= 10:
                yield breach(lot, "{lot} is critical and moves on {day}", lot=lot.id, day=wave.date)
