"""Work that cannot be done in some slots: too long, or with nobody there to do it; and where data may not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from waveplan.domain.policy import Rehearsal
from waveplan.lots.lot import Lot
from waveplan.planning.facts.adopting import LotAdoption
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.figures import told_apart
from waveplan.planning.facts.obstacles.obstacle import SlotObstacle
from waveplan.planning.facts.obstacles.slot_sets import SlotSets
from waveplan.planning.facts.rehearsing import rehearsal_effort
from waveplan.planning.facts.working_hours import downtime, work_by_the_hour


class WorkAndPlaces:
    """Finds where a lot may not stay, and when what it asks for cannot be done."""

    def __init__(self, facts: PlanningFacts, sets: SlotSets) -> None:
        self._facts, self._sets = facts, sets
        self._index = {lot.id: index for index, lot in enumerate(facts.lots)}
        self._lengths = sorted({slot.hours for slot in facts.slots})

    def residency(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP339: where the data of its items may not reside."""
        for item in lot.items:
            allowed = item.entry.allowed_countries
            if allowed is None:
                continue
            places = item.source_sites if item.strategy == "takeover" else item.target_sites
            for site in places:
                country = self._facts.items.sites[site].country
                if country not in allowed:
                    everywhere = self._sets.everywhere
                    values = {"item": item.id, "site": site, "country": country or "no country"}
                    yield SlotObstacle("WP339", everywhere, "{item} may not reside at {site} ({country})", values)

    def idle_effort(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP325: effort that would have no working day to fall on."""
        calendar, days = self._facts.calendar, self._facts.policy(lot).preparation_days
        limited = {team.id for team in self._facts.inventory.teams if team.person_days_per_week is not None}
        for team in sorted(limited.intersection(lot.effort)):

            def idle(date: dt.date, team: str = team) -> bool:
                return not calendar.effort_weeks(team, calendar.preparation_days(days, date))

            slots = self._sets.on_dates(("idle", team, days), idle)
            yield SlotObstacle("WP325", slots, "no working day of {team} in the preparation", {"team": team})
        for rehearsal in self._facts.policy(lot).rehearsals:
            for team in sorted(limited.intersection(rehearsal.effort)):

                def alone(date: dt.date, rehearsal: Rehearsal = rehearsal, team: str = team) -> bool:
                    return calendar.rehearsal_day(rehearsal, date, team) is None

                if rehearsal_effort(self._facts, rehearsal, lot, team):
                    slots = self._sets.on_dates(("alone", team, rehearsal.days_before), alone)
                    values = {"team": team, "rehearsal": rehearsal.id}
                    yield SlotObstacle("WP325", slots, "nobody of {team} is there for {rehearsal}", values)

    def adoption(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP358, WP325: what people are to be told or taught before the start, or with nobody there to do it."""
        facts = self._facts
        limited = {team.id for team in facts.inventory.teams if team.person_days_per_week is not None}
        for held in facts.adoption.of(lot):

            def too_early(date: dt.date, held: LotAdoption = held) -> bool:
                return facts.adoption.days(held, date).first < facts.start

            def alone(date: dt.date, held: LotAdoption = held) -> bool:
                return not facts.adoption.shares(held, date)

            key, values = (held.entry.id, held.places), {"entry": held.entry.id, "team": held.team}
            if held.entry.is_before:
                slots = self._sets.until(("adoption", *key), too_early)
                yield SlotObstacle("WP358", slots, "{entry} before the programme's start", values)
            if held.team in limited:
                slots = self._sets.on_dates(("adoption alone", *key), alone)
                yield SlotObstacle("WP325", slots, "nobody of {team} is there for {entry}", values)

    def work(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP328, WP329: what of the work fits no window, or keeps an item down too long, even without other lots."""
        loads = {pair: Fraction(gb) for pair, gb in self._facts.transfers[self._index[lot.id]].items()}
        steady = self._facts.links.steady
        link = max((gb / steady[pair] for pair, gb in loads.items() if pair in steady), default=Fraction(0))
        if any(pair not in steady for pair in loads if pair in self._facts.links.pairs):
            yield from (SlotObstacle(*found) for found in work_by_the_hour(self._facts, lot, loads))
            return
        hours = max(link, Fraction(lot.transport_hours))
        hours += Fraction(lot.cutover_hours + lot.test_hours + lot.rollback_hours)
        short = frozenset(length for length in self._lengths if length < hours)
        if short:
            slots = self._sets.blocked(("work", short), lambda slot: slot.hours in short)
            needed, most = told_apart(hours, max(short))
            values = {"hours": needed, "most": most}
            yield SlotObstacle("WP328", slots, "{hours} h of work, in windows of at most {most} h", values)
        for item in lot.items:
            limit = item.entry.max_downtime_hours
            down = downtime(item, lot, link) if limit is not None else Fraction(0)
            if limit is not None and down > limit:
                everywhere = self._sets.everywhere
                needed, most = told_apart(down, limit)
                template, figures = "{item} would be down {hours} of {limit} h", {"hours": needed, "limit": most}
                where = item.where("max_downtime_hours")
                yield SlotObstacle("WP329", everywhere, template, {"item": item.id, **figures}, where)
