"""A plan and what may go wrong with it → integers that histories are played on, with the names of all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.domain.item import Item
from waveplan.domain.risks import Risks
from waveplan.domain.standing import NOTHING_DONE, Standing
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit
from waveplan.planning.building.homes import homes_in
from waveplan.planning.building.past import of_the_past
from waveplan.planning.building.problem_builder import Built, build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.simulation.chances import ON_TIME, ChanceBuilder, SpreadTables, chance, first_about
from waveplan.simulation.crossings import UnitCrossings, millionths
from waveplan.simulation.efforts import UnitEfforts
from waveplan.simulation.followers import followers
from waveplan.simulation.loads import UnitLoads
from waveplan.simulation.relaxing import HORIZON, relaxed

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class UnitRisks:
    """Which entries of `risks` are about a unit, by number; None where none is."""

    gate: int | None
    cutover: int | None
    work: int | None
    efforts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Held:
    """What has been decided of a wave that has not cut over: it may go, or has to move; its rollbacks so far."""

    goes: bool = False
    not_before: dt.date | None = None  # it has to move: to this day at the soonest
    rollbacks: int = 0


@dataclass(frozen=True)
class KnownSoFar:
    """What is known on a day: what is done, what is decided, and how often promises were kept."""

    standing: Standing | None = None
    held: Mapping[str, Held] = field(default_factory=dict)  # by wave of the plan
    on_time: Decimal = ON_TIME
    mixed: str = ""  # a wave of which only a part is done
    split: str = ""  # a wave of which a gate has refused a part


@dataclass(frozen=True)
class Staging:
    """A plan ready to be simulated. Units are the plan's waves, in its order."""

    plan: Plan
    facts: PlanningFacts
    problem: RiskProblem
    waves: tuple[str, ...]
    lots: tuple[tuple[int, ...], ...]  # by unit
    entries: tuple[UnitRisks, ...]
    event_ids: tuple[str, ...]  # by occurrence
    milestone_ids: tuple[str, ...]
    week_names: tuple[tuple[str, dt.date], ...]
    risks: Risks
    effort_dimensions: Mapping[int, int | None]  # dimension → entry of risks.effort


def staged(plan: Plan, inventory: Inventory, known: KnownSoFar = KnownSoFar(), horizon: int = HORIZON) -> Staging:
    """Make a checked plan ready. Raises KeyError when the plan has lots that the inventory has not."""
    return Stager(plan, inventory, known, horizon).staging()


@dataclass(frozen=True)
class StagingBase:
    """What all plans of one inventory have in common: its facts and its problem, last dates relaxed."""

    facts: PlanningFacts
    built: Built
    tables: SpreadTables = field(default_factory=SpreadTables)

    @classmethod
    def of(cls, inventory: Inventory, known: KnownSoFar | None = None, horizon: int = HORIZON) -> StagingBase:
        """Work them out."""
        standing = None if known is None else known.standing
        done = standing.done if standing is not None else NOTHING_DONE
        facts = PlanningFacts(relaxed(inventory, horizon), done=done)
        return cls(facts, build_problem(facts))


class Stager:
    """Makes one plan ready; what many plans share may be given."""

    def __init__(
        self,
        plan: Plan,
        inventory: Inventory,
        known: KnownSoFar | None = None,
        horizon: int = HORIZON,
        base: StagingBase | None = None,
        homes: Mapping[int, int] | None = None,
    ) -> None:
        """With `homes`, the place of every lot in the base's problem, waves are what these make; nothing is done."""
        known = known or KnownSoFar()
        self._plan, self._known = plan, known
        standing = known.standing
        self._as_of = standing.as_of if standing is not None else None
        base = base or StagingBase.of(inventory, known, horizon)
        self._facts, self._built = base.facts, base.built
        self._home = dict(homes_in(self._built, plan) if homes is None else homes)
        self._problem = self._with_past(self._built)
        self._waves, self._units = self._grouped() if homes is None else self._made()
        self._items: list[list[Item]] = [
            [item for lot in lots for item in self._facts.lots[lot].items] for lots in self._units
        ]
        self._tables = base.tables
        deadline = inventory.programme.deadline
        self._chances = ChanceBuilder(self._facts, self._tables, self._as_of, deadline)
        self._risks = inventory.risks

    def _with_past(self, built: Built) -> PlanningProblem:
        gone = self._facts.done
        done = [n for n, lot in enumerate(self._facts.lots) if any(item.id in gone for item in lot.items)]
        places = {number: self._home[number] for number in done if number in self._home}
        return of_the_past(built.problem, places) if places else built.problem

    def _grouped(self) -> tuple[tuple[str, ...], list[tuple[int, ...]]]:
        """The plan's waves, and the lots of each."""
        number = {lot: index for index, lot in enumerate(self._problem.lots)}
        waves = [wave for wave in self._plan.waves_in_order() if wave.lots]
        units = [tuple(sorted(number[lot] for lot in wave.lots)) for wave in waves]
        return tuple(wave.id for wave in waves), units

    def _made(self) -> tuple[tuple[str, ...], list[tuple[int, ...]]]:
        """The waves that homes make, as plans have them in order, and the lots of each."""
        held: dict[int, list[int]] = defaultdict(list)
        for lot, place in sorted(self._home.items()):
            held[place].append(lot)
        places = sorted((self._problem.positions[place] for place in held), key=lambda each: (each.rank, each.index))
        names = tuple(self._facts.wave_id(self._facts.positions[place.index]) for place in places)
        return names, [tuple(held[place.index]) for place in places]

    def staging(self) -> Staging:
        """All that histories need."""
        uncertain = self._chances.uncertain()
        events = self._chances.events(self._items)
        teams = frozenset(e.team for each in self._risks.events for e in each.effects if e.team is not None)
        loads = UnitLoads(self._facts, self._problem, self._units)
        loads.add_weeks(self._home)
        loads.add_people(teams)
        follows = followers(self._problem, self._units)
        windows = UnitCrossings(self._facts, self._problem, self._home)
        crossings = [windows.crossing(lots) for lots in self._units]
        self._efforts = UnitEfforts(self._facts, self._units, self._risks.effort, self._tables)
        entries = [self._entries(n) for n in range(len(self._units))]
        units = []
        for number in range(len(self._units)):
            awaited = self._awaited(number)
            unit = self._unit(number, entries[number])
            units.append(
                replace(
                    unit,
                    follows=tuple(sorted(follows[number])),
                    crossing=crossings[number],
                    milestones=tuple(n for n, each in enumerate(uncertain) if each.id in awaited),
                    efforts=self._efforts.shares(number),
                    charges=loads.charges[number],
                    crews=loads.crews[number],
                )
            )
        days = max((place.day for place in self._problem.positions), default=0) + 60
        problem = RiskProblem(
            planning=self._problem,
            units=tuple(units),
            hours=tuple(int(self._facts.slots[p.slot].hours * by.WHOLE) for p in self._problem.positions),
            spreads=(),
            weeks=tuple(loads.weeks),
            offers=tuple(loads.offers(days)),
            crew_days=tuple(loads.crew_days),
            pairs=len(self._facts.links.pairs),
            near=windows.near() if any(crossings) else {},
            milestones=tuple(self._chances.milestone(each, self._known.on_time) for each in uncertain),
            events=tuple(event for event, _ in events),
            efforts=len(self._efforts.entries),
            today=by.LONG_AGO if self._as_of is None else self._facts.day(self._as_of),
        )
        return Staging(
            plan=self._plan,
            facts=self._facts,
            problem=replace(problem, spreads=tuple(self._tables.tables)),
            waves=self._waves,
            lots=tuple(self._units),
            entries=tuple(entries),
            event_ids=tuple(name for _, name in events),
            milestone_ids=tuple(each.id for each in uncertain),
            week_names=tuple(loads.week_names),
            risks=self._risks,
            effort_dimensions=dict(enumerate(self._efforts.entries)),
        )

    # --- a unit ----------------------------------------------------------------------------------------------------

    def _entries(self, number: int) -> UnitRisks:
        items = self._items[number]
        return UnitRisks(
            _number_of(self._risks.gates, first_about(self._risks.gates, items)),
            _number_of(self._risks.cutovers, first_about(self._risks.cutovers, items)),
            _number_of(self._risks.work, first_about(self._risks.work, items)),
            self._efforts.about(number),
        )

    def _unit(self, number: int, entries: UnitRisks) -> RiskUnit:
        lots = [self._facts.lots[lot] for lot in self._units[number]]
        home = self._home[self._units[number][0]]
        gate = None if entries.gate is None else self._risks.gates[entries.gate]
        cutover = None if entries.cutover is None else self._risks.cutovers[entries.cutover]
        work = None if entries.work is None else self._risks.work[entries.work]
        held = self._known.held.get(self._waves[number], Held())
        policy = self._facts.policy(lots[0])
        decided = any(each.decides for each in policy.gates)
        is_done = any(lot in self._problem.done for lot in self._units[number])
        return RiskUnit(
            lots=self._units[number],
            home=home,
            gate_days=self._gate_days(number),
            last_days=self._last_days(number),
            preparation=policy.preparation_days,
            begins_as=by.DONE if is_done else by.START if held.goes else by.GATE,
            held_until=by.LONG_AGO if held.not_before is None or is_done else self._facts.day(held.not_before),
            no_chance=chance(gate.probability) if gate is not None and decided else 0,
            notice=gate.notice_days if gate is not None else 0,
            back_chance=chance(cutover.probability) if cutover is not None else 0,
            back_next=chance(cutover.next_probability) if cutover is not None else 0,
            again=cutover.again_days if cutover is not None else 0,
            attempts=held.rollbacks,
            work_spread=self._tables.spread(work) if work is not None else by.NOTHING,
            work=millionths(max(lot.cutover_hours for lot in lots) + max(lot.test_hours for lot in lots)),
            rollback=millionths(max(lot.rollback_hours for lot in lots)),
            transport=millionths(max(lot.transport_hours for lot in lots)),
        )

    def _places(self, number: int) -> range:
        stream = self._problem.streams[self._problem.lot_stream[self._units[number][0]]]
        return range(stream.positions[0], stream.positions[-1] + 1)

    def _gate_days(self, number: int) -> dict[int, int]:
        """The day of the last gate that decides; the cutover date without any."""
        lots = [self._facts.lots[lot] for lot in self._units[number]]
        gates = [gate for gate in self._facts.policy(lots[0]).gates if gate.decides]
        sites = sorted({place for lot in lots for place in lot.places})
        found = {}
        for place in self._places(number):
            date = self._facts.slots[self._problem.positions[place].slot].date
            days = [self._facts.calendar.gate_date(gate, date, sites) for gate in gates]
            found[place] = self._facts.day(max(days, default=date))
        return found

    def _last_days(self, number: int) -> dict[int, int]:
        zones = sorted({self._facts.zone(self._facts.lots[lot]) or "" for lot in self._units[number]})
        found = {}
        for place in self._places(number):
            slot = self._facts.slots[self._problem.positions[place].slot]
            lasts = (self._facts.calendar.run_days(slot, zone or None).last for zone in zones)
            found[place] = self._facts.day(max(lasts))
        return found

    def _awaited(self, number: int) -> frozenset[str]:
        return frozenset().union(*(self._facts.awaited_by(self._facts.lots[lot]) for lot in self._units[number]))


def _number_of(entries: Sequence[object], entry: object) -> int | None:
    return next((number for number, each in enumerate(entries) if each is entry), None)
