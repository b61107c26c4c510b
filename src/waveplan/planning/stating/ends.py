"""What a plan leads to: milestones, hard dates and team loads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import iso_week
from waveplan.domain.items import Item
from waveplan.domain.people import Team
from waveplan.domain.plan import HardDate, Milestone, PlanCalendar, PlanFreeze, PlanStay
from waveplan.domain.plan_loads import TeamLoad, WeekLoad
from waveplan.domain.selectors import scope_in_words
from waveplan.domain.sites import Site
from waveplan.domain.staying import NOTHING, Stays
from waveplan.engine.problem import Position
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.rehearsing import rehearsal_effort
from waveplan.planning.stating.peopling import crews_of, on_calls_of
from waveplan.planning.stating.purging import Purges

Placed = Mapping[str, Position]  # lot id → where it starts


class Ends:
    """Last days of hypercare, retirements and site exits of a plan."""

    def __init__(self, facts: PlanningFacts, placed: Placed, retired: Mapping[str, dt.date]) -> None:
        self._facts = facts
        self._placed = placed
        self._chosen = retired
        self.retirements = facts.retirements

    def last_day(self, item: Item) -> dt.date | None:
        lot = self._facts.grouped.of(item.id)
        if lot is None or lot.id not in self._placed:
            return None
        return self._facts.hypercare_days(self._placed[lot.id].slot, lot).last

    def last_of(self, items: Iterable[Item]) -> dt.date | None:
        """Last hypercare day of some items; None when none of them is placed."""
        return max((day for item in items if (day := self.last_day(item)) is not None), default=None)

    def cutover(self, item: Item) -> dt.date | None:
        """Cutover date of an item."""
        lot = self._facts.grouped.of(item.id)
        return self._facts.slots[self._placed[lot.id].slot].date if lot and lot.id in self._placed else None

    @cached_property
    def left(self) -> Mapping[str, dt.date]:
        """Last hypercare day of what moves off each site."""
        latest: dict[str, dt.date] = {}
        for item in self._facts.items.planned:
            day = self.last_day(item)
            if day is not None:
                for site in item.source_sites:
                    latest[site] = max(latest.get(site, day), day)
        return latest

    @cached_property
    def retired(self) -> Mapping[str, dt.date]:
        """When each retired item, or server, goes."""
        return self.retirements.days(self.last_day, self.left.get, self._chosen)

    @cached_property
    def last_uses(self) -> Mapping[str, dt.date]:
        """Last day on which each source site is in use: by what moves off it, or by what is retired there."""
        latest = dict(self.left)
        for name, day in self.retired.items():
            for site in self.retirements.all[name].sites:
                latest[site] = max(latest.get(site, day), day)
        return latest

    def out(self, items: Iterable[Item]) -> dt.date | None:
        """When the last of some items is over, those retired too; None when none of them is placed."""
        days = (self.retired.get(item.id) or self.last_day(item) for item in items)
        return max((day for day in days if day is not None), default=None)

    def ended(self, item: Item) -> dt.date | None:
        """Last hypercare day of a planned item, the day on which a retired one goes; None for others."""
        return self.retired.get(item.id) or self.last_day(item)

    def exit_day(self, site: Site) -> dt.date | None:
        """When a site that something leaves is empty; None for a site that nothing leaves."""
        last = self.last_uses.get(site.id)
        return self._facts.calendar.exit_day(site, last) if last is not None else None


def milestones_of(facts: PlanningFacts, ends: Ends) -> list[Milestone]:
    """Retirements, site exits, purge orders, acknowledgements, notices and ends of contracts, in order of date."""
    return sorted(_milestones(facts, ends), key=lambda milestone: (milestone.date, milestone.id))


def _milestones(facts: PlanningFacts, ends: Ends) -> Iterator[Milestone]:
    yield from _of_transfers(facts, ends)
    yield from _of_stages(facts, ends)
    for name, day in ends.retired.items():
        yield Milestone(
            id=f"retire {name}",
            date=day,
            kind="retire",
            subject=name,
            effort=dict(facts.retirement_work.effort(ends.retirements.all[name])),
            crew=dict(facts.retirement_work.crew(ends.retirements.all[name])),
        )
    stays = Stays(facts.items)
    for site in _emptied(facts):
        last = ends.exit_day(site)
        if last is not None and stays.at(site.id) == NOTHING:
            yield Milestone(id=f"exit {site.id}", date=last, kind="site_exit", subject=site.id)
    yield from Purges(facts.items, facts.calendar, ends.ended, ends.retired).milestones()
    for contract in facts.inventory.contracts:
        if contract.notice_days is not None:
            notice = contract.ends - dt.timedelta(days=contract.notice_days)
            yield Milestone(id=f"notice {contract.id}", date=notice, kind="contract_notice", subject=contract.id)
        yield Milestone(id=f"end {contract.id}", date=contract.ends, kind="contract_end", subject=contract.id)


def _emptied(facts: PlanningFacts) -> Iterator[Site]:
    """Sites that something leaves and that have no services, or that must close."""
    left = {facts.items.servers[name].site for name in facts.items.moving_servers}  # where they stood at first
    left -= {str(item.service_site) for item in facts.items if item.service_site}  # people stay there
    for site in facts.inventory.sites:
        if site.exit_by or site.decommission_days or site.id in left:
            yield site


def stays_of(facts: PlanningFacts) -> list[PlanStay]:
    """What stays on sites that would otherwise be empty one day, by site."""
    stays = Stays(facts.items)
    found = ((site.id, stays.at(site.id)) for site in _emptied(facts))
    return [
        PlanStay(site=site, items=list(stay.items), servers=list(stay.servers))
        for site, stay in sorted(found, key=lambda each: each[0])
        if stay != NOTHING
    ]


def _of_transfers(facts: PlanningFacts, ends: Ends) -> Iterator[Milestone]:
    """The stages of each knowledge transfer, and the acceptance that each of them ends with."""
    for scope in facts.knowledge.scopes:
        first = min((day for item in scope.items if (day := ends.cutover(item))), default=None)
        if first is None:
            continue
        for stage, days in zip(scope.transfer.stages, facts.knowledge.stages(scope, first), strict=True):
            name = f"{scope.name} {stage.name}"
            yield Milestone(id=name, start=days.first, date=days.last, kind="knowledge_stage", subject=scope.name)
            yield Milestone(id=f"accept {name}", date=days.last, kind="acceptance", subject=scope.name)


def _of_stages(facts: PlanningFacts, ends: Ends) -> Iterator[Milestone]:
    """External milestones, the ends of tranches, and the gates by which pilots let others go on."""
    for promised in facts.inventory.external_milestones:
        waiting = [lot.id for lot in facts.lots if promised.id in facts.awaited_by(lot)]
        yield Milestone(
            id=promised.id,
            date=promised.date,
            date_p90=promised.date_p90,
            kind="external",
            subject=promised.id,
            waiting=sorted(waiting),
        )
    for tranche in facts.inventory.tranches:
        last = ends.last_of(item for item in facts.items.planned if item.tranche == tranche.id)
        if last is not None:
            yield Milestone(id=f"end {tranche.id}", date=last, kind="tranche_end", subject=tranche.id)
    for pilot in facts.inventory.pilots:
        last = ends.last_of(facts.items.select(pilot.items))
        if last is not None:
            day = last + dt.timedelta(days=pilot.soak_days)
            yield Milestone(
                id=f"pass {pilot.id}", date=day, kind="pilot_exit", subject=pilot.id, criteria=list(pilot.criteria)
            )


def calendar_of(facts: PlanningFacts, ends: Ends, milestones: list[Milestone]) -> PlanCalendar:
    """Freezes and hard dates, each with the day on which the plan meets it."""
    return PlanCalendar(freezes=list(_freezes(facts)), hard_dates=list(_hard_dates(facts, ends, milestones)))


def _freezes(facts: PlanningFacts) -> Iterator[PlanFreeze]:
    """Freezes as they are given; each occurrence of those that recur within the programme."""
    for freeze in facts.inventory.calendar.freezes:
        found = facts.calendar.closures(freeze)
        scope = scope_in_words(freeze.match, freeze.excepted)
        for each in found.between(facts.start, facts.calendar.deadline) if freeze.is_recurrent else found:
            yield PlanFreeze(
                first=each.first, last=each.last, start=each.start, end=each.end, reason=freeze.reason, scope=scope
            )


def _hard_dates(facts: PlanningFacts, ends: Ends, milestones: list[Milestone]) -> Iterator[HardDate]:
    exits = {milestone.subject: milestone.date for milestone in milestones if milestone.kind == "site_exit"}
    everything = [day for item in facts.items.planned if (day := ends.last_day(item)) is not None]
    yield HardDate(id="deadline", date=facts.inventory.programme.deadline, reached=max(everything, default=None))
    for site in facts.inventory.sites:
        if site.exit_by is not None:
            yield HardDate(id=f"exit {site.id}", date=site.exit_by, reached=exits.get(site.id))
    for contract in facts.inventory.contracts:
        out = ends.out(facts.items.select(contract.match))
        yield HardDate(id=f"end {contract.id}", date=contract.ends, reached=out)
    for tranche in facts.inventory.tranches:
        if tranche.finish_by is not None:
            over = ends.last_of(item for item in facts.items.planned if item.tranche == tranche.id)
            yield HardDate(id=f"finish {tranche.id}", date=tranche.finish_by, reached=over)


def weeks_used(facts: PlanningFacts, placed: Placed) -> dict[tuple[str, dt.date], Fraction]:
    """Person-days by team and Monday of lots and of knowledge transfer."""
    used: dict[tuple[str, dt.date], Fraction] = defaultdict(Fraction)
    for lot in facts.lots:
        if lot.id in placed:
            for team, monday, amount in _work_weeks(facts, lot, placed[lot.id]):
                used[team, monday] += amount
    for team, day, amount in _knowledge_days(facts, placed):
        used[team, facts.calendar.monday_of(day)] += amount
    return used


def loads_of(
    facts: PlanningFacts, placed: Placed, retired: Mapping[tuple[str, dt.date], Fraction], ends: Ends
) -> dict[str, TeamLoad]:
    """Person-days by team and ISO week, used and offered, rounded to 4 places; crews and people on call by day.

    Only teams with work. Weeks without work are there too, in the months in which any team works: what is offered in
    them counts.
    """
    crews, on_calls = crews_of(facts, placed, ends.retired), on_calls_of(facts, placed)
    used: dict[str, dict[dt.date, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for (name, monday), amount in (*weeks_used(facts, placed).items(), *retired.items()):
        used[name][monday] += amount
    adopted = _adopted(facts, placed)
    weeks = facts.calendar.weeks_of_months(m for team in used.values() for m, amount in team.items() if amount)
    found: dict[str, TeamLoad] = {}
    for team in facts.inventory.teams:
        busy = team.id in used and any(used[team.id].values())
        if busy or team.id in crews or team.id in on_calls:
            load = _team_load(facts, team, used[team.id], weeks) if busy else TeamLoad(organisation=team.organisation)
            load.crew, load.on_call = crews.get(team.id, []), on_calls.get(team.id, [])
            load.adoption = adopted.get(team.id, {})
            found[team.id] = load
    return found


def _adopted(facts: PlanningFacts, placed: Placed) -> dict[str, dict[str, dict[str, Decimal]]]:
    """Person-days by team, entry of adoption and week."""
    spent: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for lot in facts.lots if facts.inventory.adoption else ():
        if lot.id in placed:
            date = facts.slots[placed[lot.id].slot].date
            for held in facts.adoption.of(lot):
                for day, share in facts.adoption.shares(held, date).items() if held.team else ():
                    week = iso_week(facts.calendar.monday_of(day))
                    spent[held.team, held.entry.id][week] += Fraction(held.effort) * share
    found: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(dict)
    for (team, entry), weeks in sorted(spent.items()):
        found[team][entry] = {week: _four(amount) for week, amount in sorted(weeks.items())}
    return found


def _work_weeks(facts: PlanningFacts, lot: Lot, position: Position) -> Iterator[tuple[str, dt.date, Fraction]]:
    """Work for a lot by team and Monday; some weeks come several times."""
    calendar, policy = facts.calendar, facts.policy(lot)
    date = facts.slots[position.slot].date
    span = calendar.preparation_days(policy.preparation_days, date)
    for team, effort in lot.effort.items():
        days = Fraction(effort)
        for monday, share in calendar.effort_weeks(team, span).items():
            yield team, monday, days * share
    for rehearsal in policy.rehearsals:
        for team in sorted(rehearsal.effort):
            effort = rehearsal_effort(facts, rehearsal, lot, team)
            held = calendar.rehearsal_day(rehearsal, date, team) if effort else None
            if held is not None:
                yield team, calendar.monday_of(held), Fraction(effort)
    for entry in facts.adoption.of(lot):
        for day, share in facts.adoption.shares(entry, date).items() if entry.team else ():
            yield entry.team, calendar.monday_of(day), Fraction(entry.effort) * share


def _knowledge_days(facts: PlanningFacts, placed: Placed) -> Iterator[tuple[str, dt.date, Fraction]]:
    ends = Ends(facts, placed, {})
    for scope in facts.knowledge.scopes:
        first = min((day for item in scope.items if (day := ends.cutover(item))), default=None)
        if first is not None:
            yield from facts.knowledge.work_days(scope, first)


def _team_load(facts: PlanningFacts, team: Team, used: Mapping[dt.date, Fraction], weeks: list[dt.date]) -> TeamLoad:
    found: dict[str, WeekLoad] = {}
    for monday in sorted({*used, *weeks}):
        offer, work = facts.calendar.team_offer(team.id, monday), used.get(monday, Fraction(0))
        if work or offer:
            found[iso_week(monday)] = WeekLoad(used=_four(work), offered=None if offer is None else _four(offer))
    return TeamLoad(organisation=team.organisation, weeks=found)


def _four(value: Fraction) -> Decimal:
    return Decimal(round(value * 10_000)) / 10_000
