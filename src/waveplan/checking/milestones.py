"""The dated results that a plan states: milestones, and the hard dates with the day on which each is met."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.purging import Erasures
from waveplan.domain.plan import HardDate, Milestone, PlanStay


def milestones(facts: Facts) -> list[Milestone]:
    """All milestones of the plan, by date, then id."""
    found = [*_retirements_and_exits(facts), *_contracts(facts), *_knowledge(facts), *_stages_of_the_programme(facts)]
    found += Erasures(facts).milestones()
    return sorted(found, key=lambda each: (each.date, each.id))


def _retirements_and_exits(facts: Facts) -> Iterator[Milestone]:
    for item, day in facts.retiring.days.items():
        work = facts.retiring.all[item]
        yield Milestone(
            id=f"retire {item}",
            date=day,
            kind="retire",
            subject=item,
            effort={team: days for team, days in work.effort.items() if team in facts.teams},
            crew={team: people for team, people in work.crew.items() if team in facts.teams},
        )
    for site, day in facts.dates.exits.items():
        yield Milestone(id=f"exit {site}", date=day, kind="site_exit", subject=site)


def _contracts(facts: Facts) -> Iterator[Milestone]:
    for contract in facts.inventory.contracts:
        name = contract.id
        yield Milestone(id=f"end {name}", date=contract.ends, kind="contract_end", subject=name)
        if contract.notice_days is not None:
            day = contract.ends - dt.timedelta(days=contract.notice_days)
            yield Milestone(id=f"notice {name}", date=day, kind="contract_notice", subject=name)


def _knowledge(facts: Facts) -> Iterator[Milestone]:
    """Each stage, and the acceptance record in which it ends."""
    for held in facts.knowledge:
        for stage in held.stages:
            first, last = stage.days.first, stage.days.last
            yield Milestone(id=stage.name, date=last, kind="knowledge_stage", subject=held.name, start=first)
            yield Milestone(id=f"accept {stage.name}", date=last, kind="acceptance", subject=held.name)


def _stages_of_the_programme(facts: Facts) -> Iterator[Milestone]:
    for held in facts.pilots:
        name, criteria = held.pilot.id, list(held.pilot.criteria)
        yield Milestone(id=f"pass {name}", date=held.exit, kind="pilot_exit", subject=name, criteria=criteria)
    for tranche in facts.inventory.tranches:
        end = facts.tranches.end(tranche.id)
        if end is not None:
            yield Milestone(id=f"end {tranche.id}", date=end, kind="tranche_end", subject=tranche.id)
    waiting: dict[str, set[str]] = defaultdict(set)
    for each_waiting in facts.tranches.waiting:
        waiting[each_waiting.awaited].update(facts.lot_of[item.id].id for item in each_waiting.items)
    for each in facts.inventory.external_milestones:
        lots = sorted(waiting[each.id])
        yield Milestone(
            id=each.id, date=each.date, kind="external", subject=each.id, date_p90=each.date_p90, waiting=lots
        )


def hard_dates(facts: Facts) -> list[HardDate]:
    """The deadline, exits, contract ends and tranches' dates that bind the plan, and when each is met."""
    dates = facts.dates
    everything = max(facts.last_day_of.values(), default=None)
    found = [HardDate(id="deadline", date=facts.calendar.deadline, reached=everything)]
    found += [
        HardDate(id=f"exit {site.id}", date=site.exit_by, reached=dates.exits.get(site.id))
        for site in facts.inventory.sites
        if site.exit_by is not None
    ]
    for contract, days in dates.contract_days():
        out = max(days.values(), default=None)
        found.append(HardDate(id=f"end {contract.id}", date=contract.ends, reached=out))
    found += [
        HardDate(id=f"finish {tranche.id}", date=tranche.finish_by, reached=facts.tranches.end(tranche.id))
        for tranche in facts.inventory.tranches
        if tranche.finish_by is not None
    ]
    return found


def stays(facts: Facts) -> list[PlanStay]:
    """What stays on sites that would otherwise be empty one day, by site."""
    return [
        PlanStay(site=site, items=list(remains.items), servers=list(remains.servers))
        for site, remains in facts.dates.stays.items()
    ]
