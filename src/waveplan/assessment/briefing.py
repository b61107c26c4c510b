"""What a meeting is told about a programme on a day: actions by owner, risks, how each strand of it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from waveplan.assessment.costs import costs_of
from waveplan.assessment.differing import plan_difference
from waveplan.assessment.figures import plan_figures
from waveplan.assessment.lateness import expected_day
from waveplan.assessment.placement import PlacedPlan
from waveplan.assessment.status import status as status_on
from waveplan.change_calendar.spans import ONE_DAY, iso_week, monday_of
from waveplan.domain.actuals import Actuals
from waveplan.domain.briefing import Action, Briefing, Risk, StrandStanding, TeamAhead
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Milestone, Plan, Wave
from waveplan.domain.status import Status

_WEEKS_AHEAD = 4
_CLOSE = 14  # days to spare, and fewer, that a meeting should know of
_FULL = Decimal("0.9")  # of what a team offers
_SIGNED = frozenset({"acceptance", "acknowledgement", "pilot_exit"})  # milestones that end in a signature
_BEHIND = frozenset({"unrecorded", "no_go", "rolled_back", "partial"})


def briefing(
    plan: Plan, inventory: Inventory, as_of: dt.date, *, days: int, actuals: Actuals | None = None,
    since: Plan | None = None,
) -> Briefing:  # fmt: skip
    """What there is to say on a day, looking `days` days ahead; with `since`, what moved from that plan to this one."""
    placement = PlacedPlan(plan, inventory)
    history = History(actuals or Actuals(), plan, as_of)
    status = status_on(actuals or Actuals(), plan, inventory, as_of)
    horizon, monday = as_of + days * ONE_DAY, monday_of(as_of)
    weeks = tuple(monday + 7 * number * ONE_DAY for number in range(_WEEKS_AHEAD))
    actions = _Actions(plan, placement, history, status, horizon)
    return Briefing(
        status=status,
        horizon=horizon,
        actions=tuple(sorted(actions, key=lambda each: (each.owner or "", each.due, each.kind, each.subject))),
        risks=tuple(_risks(plan, history, status, weeks)),
        strands=tuple(_strands(plan, history, status)),
        weeks=weeks,
        teams=tuple(_ahead(plan, weeks)),
        costs=costs_of(placement),
        currency=inventory.programme.currency,
        person_days=plan_figures(plan).person_days_by_organisation,
        difference=None if since is None else plan_difference(since, plan),
    )


class _Actions:
    """What is to be done until a horizon, in no order."""

    def __init__(self, plan: Plan, placement: PlacedPlan, history: History, status: Status, horizon: dt.date) -> None:
        self._plan = plan
        self._items = placement.items
        self._history = history
        self._status = status
        self._horizon = horizon

    def __iter__(self) -> Iterator[Action]:
        yield from self._gates()
        yield from self._waves()
        yield from self._incidents()
        yield from self._purges()
        for milestone in self._plan.milestones:
            yield from self._milestone(milestone)

    def _gates(self) -> Iterator[Action]:
        for gate in self._status.gates:
            if gate.state == "conditional":
                for condition in gate.conditions:
                    yield Action("condition", gate.date, gate.committee, condition, gate.label)
            elif gate.date <= self._horizon and gate.decides:
                yield Action("decide", gate.date, gate.committee, gate.gate, gate.label, gate.criteria)

    def _waves(self) -> Iterator[Action]:
        for late in self._status.late:
            if late.kind == "wave_unrecorded":
                yield Action("record", late.due or self._status.as_of, None, late.subject)
            elif late.kind == "to_plan_again":
                detail = (late.reason,) if late.reason else ()
                yield Action("plan_again", self._status.as_of, None, late.subject, detail=detail)

    def _incidents(self) -> Iterator[Action]:
        for record in self._history.incidents.values():
            if record.resolved is None:
                owner = self._owner(record.item) if record.item else None
                yield Action("incident", self._status.as_of, owner, record.id, detail=(record.summary,))

    def _milestone(self, milestone: Milestone) -> Iterator[Action]:
        day = expected_day(milestone, self._history)
        if day is None or day > self._horizon:
            return
        if milestone.kind in _SIGNED and self._has_gone(milestone.subject):
            detail = tuple(milestone.criteria)
            yield Action("evidence", day, self._owner(milestone.subject), milestone.id, detail=detail)
        elif milestone.kind == "external":
            yield Action("promise", day, None, milestone.id)

    def _purges(self) -> Iterator[Action]:
        """By site and day: servers that nothing stands on any more. What was turned back must not be erased."""
        hosted: dict[str, list[str]] = {}
        for item in self._items:
            for server in item.servers:
                hosted.setdefault(server.id, []).append(str(item.id))
        found: dict[tuple[dt.date, str], list[str]] = {}
        for milestone in self._plan.milestones:
            if milestone.kind != "purge_order" or milestone.site is None:
                continue
            due = self._status.as_of <= milestone.date <= self._horizon
            if due and all(self._has_gone(item) for item in hosted.get(milestone.subject, ())):
                found.setdefault((milestone.date, milestone.site), []).append(milestone.subject)
        for (day, site), servers in sorted(found.items()):
            yield Action("purge", day, site, site, detail=tuple(sorted(servers)))

    def _has_gone(self, subject: str) -> bool:
        """Whether an item has cut over, or is given up; what is no item has nothing to wait for."""
        item = self._items.get(subject)
        return item is None or not item.planned or subject in self._history.done

    def _owner(self, item: str) -> str | None:
        """Whose an item is: who runs it, else who uses it."""
        found = self._items.get(item)
        return None if found is None else found.entry.technical_owner or found.entry.business_owner


def _risks(plan: Plan, history: History, status: Status, weeks: tuple[dt.date, ...]) -> Iterator[Risk]:
    """Dates with few days to spare, promises that would move lots, teams that are nearly full or more than that."""
    for date in status.hard_dates:
        if date.slack is not None and date.slack < _CLOSE:
            yield Risk("hard_date", date.id, date.date, date.slack)
    for milestone in plan.milestones:
        if milestone.kind == "external" and milestone.date_p90 and expected_day(milestone, history) is not None:
            waiting = set(milestone.waiting)
            late_waves = [wave for wave in plan.waves if wave.date < milestone.date_p90]
            moved = sum(len(waiting.intersection(wave.lots)) for wave in late_waves)
            if moved:
                yield Risk("promise", milestone.id, milestone.date_p90, count=moved)
    for team, load in sorted(plan.teams.items()):
        for monday in weeks:
            week = load.weeks.get(iso_week(monday))
            if week is not None and week.offered and week.used / week.offered > _FULL:
                yield Risk("load", team, monday, amount=week.used / week.offered)


def _strands(plan: Plan, history: History, status: Status) -> Iterator[StrandStanding]:
    """By tranche and stream in the order in which they begin; what has no tranche comes last."""
    standing, lots = {wave.id: wave for wave in status.waves}, plan.lots_by_id()
    whole = {wave.id for wave in status.whole}
    found: dict[tuple[str | None, str], list[Wave]] = {}
    for wave in plan.waves_in_order():
        found.setdefault((wave.tranche, wave.stream), []).append(wave)
    for (tranche, stream), waves in sorted(found.items(), key=lambda each: each[0][0] is None):
        items = [item for wave in waves for lot in wave.lots if lot in lots for item in lots[lot].items]
        ahead = [wave.date for wave in waves if standing[wave.id].state in {"preparation", "ahead", "cutover"}]
        yield StrandStanding(
            tranche=tranche,
            stream=stream,
            waves=len(waves),
            done=sum(wave.id in whole for wave in waves),
            items=len(items),
            items_done=sum(item in history.done for item in items),
            next=min(ahead, default=None),
            last=max(wave.date for wave in waves),
            behind=sum(standing[wave.id].state in _BEHIND for wave in waves),
        )


def _ahead(plan: Plan, weeks: tuple[dt.date, ...]) -> Iterator[TeamAhead]:
    for team, load in sorted(plan.teams.items()):
        found = [load.weeks.get(iso_week(monday)) for monday in weeks]
        shares = tuple(week.used / week.offered if week and week.offered and week.used else None for week in found)
        if any(share is not None for share in shares):
            yield TeamAhead(team, shares)
