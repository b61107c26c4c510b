"""Stated facts against the inventory's: names, criteria, ties, freezes, organisations, what is left unplanned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from waveplan.change_calendar import instant
from waveplan.checking.comparing import Difference, entries, fields, in_a_row, word
from waveplan.checking.facts import Facts
from waveplan.checking.restating import lots_held, programme_of, stated_freezes
from waveplan.domain.about import about, about_servers, about_sites
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.plan import PlanFreeze, Wave
from waveplan.domain.plan_lots import ItemFacts, ServerFacts, Tie

_PROGRAMME = {"name": "{of} name", "language": "{of} language"}
_TIES = {
    "shared server": "shared server {cause} of {items}",
    "cluster": "cluster {cause} of {items}",
    "shared disk": "shared disk {cause} of {items}",
    "hard dependency": "hard dependency of {items}",
    "together rule": "together rule {cause} of {items}",
    "order circle": "order circle of {items}",
}


def untrue(facts: Facts, *, with_ties: bool = True) -> Iterator[Difference]:
    """Every stated fact that the inventory, or the plan itself, does not bear out, in the plan's order.

    Without ties where lots are not those of the inventory: they differ for that reason alone.
    """
    yield from fields(facts.plan.programme, programme_of(facts.inventory), _PROGRAMME, ("programme",), "programme")
    yield from _criteria(facts)
    if with_ties:
        yield from _ties(facts)
    yield from _about(facts)
    yield from _sites(facts)
    yield from _freezes(facts)
    yield from _organisations(facts)
    yield from _unplanned(facts)


def _criteria(facts: Facts) -> Iterator[Difference]:
    """Gates that are missing, or too many, are figures."""
    for wave in facts.waves:
        derived = {gate.id: "; ".join(gate.criteria) for gate, _ in wave.gates}
        stated = _criteria_of(wave.stated)
        both = stated.keys() & derived.keys()
        yield from entries(
            {gate: stated[gate] for gate in both},
            {gate: derived[gate] for gate in both},
            (*wave.path, "gates"),
            "{of} criteria of {key}",
            wave.id,
        )


def _criteria_of(wave: Wave) -> dict[str, str]:
    return {gate.id: "; ".join(gate.criteria) for gate in wave.gates}


def _ties(facts: Facts) -> Iterator[Difference]:
    for index, derived in facts.ties.items():
        lot, path = facts.plan.lots[index], ("lots", index, "because")
        yield from _of_lists(map(_tie, lot.because), map(_tie, derived), path, Phrase("{of} because", {"of": lot.id}))


def _tie(tie: Tie) -> Phrase:
    causes = [cause for name in ("server", "cluster", "disk", "rule") if (cause := getattr(tie, name))]
    return Phrase(_TIES[tie.tie], {"cause": " ".join(causes), "items": " ".join(sorted(tie.of))})


def _about(facts: Facts) -> Iterator[Difference]:
    """A plan that says nothing of its items shows nothing; one that does says all that there is to say."""
    lots = facts.plan.lots
    items, servers = any(lot.about for lot in lots), any(lot.about_servers for lot in lots)
    for index, held in lots_held(facts).items():
        lot, path = lots[index], ("lots", index)
        figure = Phrase("{of} about", {"of": lot.id})
        if items:
            stated, derived = map(_words, lot.about), map(_words, about(held.items))
            yield from _of_lists(stated, derived, (*path, "about"), figure)
        if servers:
            stated, derived = map(_words, lot.about_servers), map(_words, about_servers(held.servers.values()))
            yield from _of_lists(stated, derived, (*path, "about_servers"), figure)


def _sites(facts: Facts) -> Iterator[Difference]:
    """Names of sites, where the plan states any."""
    stated, derived = facts.plan.sites, about_sites(facts.inventory.sites)
    if stated:
        said, true = ({site: each.name for site, each in sites.items()} for sites in (stated, derived))
        yield from entries(said, true, ("sites",), "{key} name")


def _words(facts: ItemFacts | ServerFacts) -> Phrase:
    said = facts.model_dump(exclude_defaults=True)
    words = {key: " ".join(each) if isinstance(each, list) else str(word(each)) for key, each in said.items()}
    return Phrase("{names}", {"names": ", ".join(f"{key} {each}" for key, each in words.items())})


def _freezes(facts: Facts) -> Iterator[Difference]:
    """A plan without a calendar shows no freeze; one with a calendar shows all of them."""
    if "calendar" in facts.plan.model_fields_set:
        stated, derived = facts.plan.calendar.freezes, stated_freezes(facts)
        yield from _of_lists(
            map(_freeze, stated), map(_freeze, derived), ("calendar", "freezes"), Phrase("a freeze from")
        )


def _freeze(freeze: PlanFreeze) -> Phrase:
    values = {"first": freeze.first.isoformat(), "last": freeze.last.isoformat(), "reason": freeze.reason}
    days = Phrase("{first} to {last} ({reason})" if freeze.reason else "{first} to {last}", values)
    parts = [days]
    if freeze.start is not None and freeze.end is not None:
        hours = {"start": word(instant(freeze.start)), "end": word(instant(freeze.end))}
        parts.append(Phrase("{start} to {end}", hours))
    scope = (
        Phrase("for the whole programme")
        if freeze.scope == "everything"
        else Phrase("for {scope}", {"scope": freeze.scope})
    )
    return in_a_row([*parts, scope])


def _organisations(facts: Facts) -> Iterator[Difference]:
    working = {team for team, _ in facts.workload.stated_weeks} | facts.people.keys()
    for team, load in sorted(facts.plan.teams.items()):
        path: Path = ("teams", team)
        if team not in facts.teams or (team not in working and not (load.weeks or load.crew or load.on_call)):
            yield Difference(path, Phrase("a team called"), team, None)
        elif load.organisation != facts.teams[team].organisation:
            said, true = load.organisation, facts.teams[team].organisation
            yield Difference((*path, "organisation"), Phrase("{of} organisation", {"of": team}), said, true)


def _unplanned(facts: Facts) -> Iterator[Difference]:
    """What is listed as unplanned is a lot of the plan, once, and in no wave."""
    waves = {lot: wave.id for wave in facts.plan.waves for lot in wave.lots}
    seen: set[str] = set()
    for index, each in enumerate(facts.plan.unplanned):
        path: Path = ("unplanned", index)
        if each.lot in waves:
            right = Phrase("planned in {wave}", {"wave": waves[each.lot]})
            yield Difference(path, Phrase("unplanned {of}", {"of": each.lot}), each.reason, right)
        elif each.lot not in facts.reading.lot_index or each.lot in seen:
            yield Difference(path, Phrase("unplanned {of}", {"of": each.lot}), each.reason, None)
        seen.add(each.lot)


def _of_lists(stated: Iterable[Phrase], derived: Iterable[Phrase], path: Path, figure: Phrase) -> Iterator[Difference]:
    """What one list has and the other lacks, in whatever order they stand."""
    said, true = Counter(stated), Counter(derived)
    for words in (said - true).elements():
        yield Difference(path, figure, words, None)
    for words in (true - said).elements():
        yield Difference(path, figure, None, words)
