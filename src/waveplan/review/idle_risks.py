"""Risks whose own numbers say that nothing happens (WP603): chances of 0, shares of 1, people who all stay.

An entry of gates, cutovers, effort or work that stands before others of its kind says something all the same: what it
is about is kept from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.risks import EventEffect, RiskEvent, Risks, Spread
from waveplan.review.wording import finding


def nothing_new(stated: Risks) -> Iterator[Finding]:
    """The last entry of each kind, and every event."""
    if stated.gates and not stated.gates[-1].probability:
        yield _never("gates", len(stated.gates) - 1)
    if stated.cutovers and not stated.cutovers[-1].probability:
        yield _never("cutovers", len(stated.cutovers) - 1)
    if stated.effort and _is_just(stated.effort[-1], least=1):
        template = "a spread of effort changes nothing until actuals say otherwise: it is always as planned"
        yield _idle(template, ("risks", "effort", len(stated.effort) - 1), "give it a spread, or drop the entry")
    if stated.work and _is_just(stated.work[-1], least=0):
        template = "a spread of hours changes nothing until actuals say otherwise: it is never more than planned"
        yield _idle(template, ("risks", "work", len(stated.work) - 1), "give it a high above 1, or drop the entry")
    for number, event in enumerate(stated.events):
        yield from _event(event, ("risks", "register", number))


def _never(name: str, number: int) -> Finding:
    template = "a probability of 0 changes nothing until actuals say otherwise"
    return _idle(template, ("risks", name, number, "probability"), "give it a probability above 0, or drop the entry")


def _is_just(spread: Spread, least: int) -> bool:
    """Whether all that may be drawn lies from `least` to 1."""
    if spread.shape == "lognormal":
        return spread.p50 == spread.p90 and least <= (spread.p50 or 0) <= 1
    return (spread.low or 0) >= least and (spread.high or 0) <= 1


def _event(event: RiskEvent, path: Path) -> Iterator[Finding]:
    chance = event.per_month if event.probability is None else event.probability
    if not chance:
        key = "per_month" if event.probability is None else "probability"
        template = "{of} changes nothing: it never strikes"
        yield _idle(template, (*path, key), "give it a probability above 0, or drop the event", event.id)
    for number, effect in enumerate(event.effects):
        if _takes_nobody(effect):
            template = "{of}: {team} at its full capacity changes nothing"
            values = {"of": event.id, "team": effect.team or ""}
            place = (*path, "effects", number, "capacity")
            yield finding("WP603", template, values, place, (event.id,), "give it a capacity below 1")


def _takes_nobody(effect: EventEffect) -> bool:
    return effect.team is not None and effect.capacity == 1


def _idle(template: str, path: Path, hint: str, event: str | None = None) -> Finding:
    return finding(
        "WP603", template, {} if event is None else {"of": event}, path, () if event is None else (event,), hint
    )
