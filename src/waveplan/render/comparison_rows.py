"""What plans are compared by, row by row; a plan that does not say something has a dash there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from waveplan.domain.figures import (
    COSTED,
    Compared,
    InventoryFigures,
    LinkUse,
    Money,
)
from waveplan.render.columns import Cell
from waveplan.render.comparison_cells import ComparedRow, RowMaker, in_lines_of_words
from waveplan.render.goals import gap_words, goal_name
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.made_ids import made_name
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

STATUS_WORDS = {
    "planned": (marked("found, checked"), "good"),
    "infeasible": (marked("proven impossible"), "bad"),
    "unknown": (marked("none found in time"), "bad"),
    "findings": (marked("inventory has errors"), "bad"),
    "interrupted": (marked("interrupted"), "fair"),
}
COST_NAMES = {
    "sites": marked("sites"),
    "links": marked("links"),
    "servers": marked("servers"),
    "applications": marked("applications"),
    "services": marked("services"),
    "people": marked("people"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading."""

    title: Shown
    rows: Sequence[ComparedRow]


def sections_of(columns: Sequence[Compared], language: Language, signs: Signs) -> list[Section]:
    """All groups that have something to show."""
    maker = _Maker(columns, language, signs)
    return [section for section in maker.sections() if section.rows]


class _Maker(RowMaker):
    """Groups of rows, made of the plans' figures."""

    def sections(self) -> Iterator[Section]:
        """Groups of rows in the order of the table."""
        say = self._language.say
        yield Section(say("Result"), list(self._outcome()))
        yield Section(say("Dates"), list(self._dates()))
        yield Section(say("Days to spare"), list(self._hard_dates()))
        yield Section(say("Waves"), list(self._waves()))
        yield Section(say("Course"), list(self._course()))
        yield Section(say("Gap to what is proven"), list(self._gaps()))
        yield Section(say("Outage by organisation (hours)"), self._by_organisation(self._outage()))
        yield Section(say("Person-days by organisation"), self._by_organisation(self._days("organisation")))
        yield Section(say("Person-days by team"), self._by_key(self._days("team"), safe))
        yield Section(say("Data between sites (TB, busiest window)"), list(self._links()))
        yield Section(self._priced(say("Costs of running until all is done")), list(self._running()))
        yield Section(self._priced(say("Costs, once")), list(self._costs(attrgetter("once"))))
        yield Section(
            self._priced(say("Costs, each month when all is done")), list(self._costs(attrgetter("per_month")))
        )

    # --- groups ----------------------------------------------------------------------------------------------------

    def _outcome(self) -> Iterator[ComparedRow]:
        if any(column.status != "planned" for column in self._columns):
            words = [STATUS_WORDS[column.status] for column in self._columns]
            cells = [Cell(self._language.say(word), PALETTE[style]) for word, style in words]
            yield ComparedRow(self._language.say("Plan"), cells, [in_lines_of_words(cell) for cell in cells])

    def _dates(self) -> Iterator[ComparedRow]:
        say = self._language.say
        yield self._days_row(say("First cutover"), lambda plan: plan.first_cutover)
        yield self._days_row(say("Last cutover"), lambda plan: plan.last_cutover)
        yield self._days_row(say("Last hypercare day"), lambda plan: plan.last_hypercare)
        yield self._plan_row("finish", say("Days from the start"))

    def _hard_dates(self) -> Iterator[ComparedRow]:
        slacks = [None if plan is None else {each.id: each.slack for each in plan.hard_dates} for plan in self._plans]
        for name in dict.fromkeys(name for slack in slacks if slack for name in slack):
            cells = [self._spare(slack.get(name) if slack else None) for slack in slacks]
            yield ComparedRow(made_name(self._language, name), cells, cells)

    def _spare(self, days: int | None) -> Cell:
        if days is None:
            return self._none
        return Cell(self._language.number(days), PALETTE["bad"] if days < 0 else "")

    def _waves(self) -> Iterator[ComparedRow]:
        say = self._language.say
        yield self._plan_row("waves", say("Waves"))
        streams = [plan.waves_by_stream if plan else None for plan in self._plans]
        if len({stream for each in streams if each for stream in each}) > 1:
            yield from self._by_key(streams, lambda stream: say("stream {stream}", stream=stream))
        yield self._plan_row("lots", say("Lots"))
        yield self._plan_row("servers", say("Servers in lots"))

    def _course(self) -> Iterator[ComparedRow]:
        say, language = self._language.say, self._language
        yield self._plan_row("coexistence", say("Coexistence"))
        yield self._plan_row("peak_load", say("Peak load"), language.percent)
        yield self._plan_row("criticality_risk", say("Criticality risk"))

    def _gaps(self) -> Iterator[ComparedRow]:
        gaps = [plan.gaps if plan else None for plan in self._plans]
        for goal in dict.fromkeys(goal for each in gaps if each for goal in each):
            cells = [self._gap(each[goal]) if each and goal in each else self._none for each in gaps]
            yield ComparedRow(goal_name(self._language, goal), cells, cells)

    def _gap(self, gap: Decimal | None) -> Cell:
        return Cell(self._language.say("unknown") if gap is None else gap_words(self._language, gap))

    def _outage(self) -> list[Mapping[str, Decimal] | None]:
        return [figures.outage_hours if figures else None for figures in self._inventories]

    def _days(self, by: str) -> list[Mapping[str, Decimal] | None]:
        return [getattr(plan, f"person_days_by_{by}") if plan else None for plan in self._plans]

    def _links(self) -> Iterator[ComparedRow]:
        uses = [{use.between: use for use in each.links} if each else None for each in self._inventories]
        for pair in sorted({pair for each in uses if each for pair in each}):
            found = [each.get(pair) if each else None for each in uses]
            label = Shown(f"{safe(pair[0])} {self._none.text} {safe(pair[1])}")
            cells = [self._none if use is None else self._link(use) for use in found]
            yield ComparedRow(label, cells, [in_lines_of_words(cell) for cell in cells])

    def _link(self, use: LinkUse) -> Cell:
        terabytes = self._language.number(use.terabytes, 1)
        if use.busiest_hours is None:
            return Cell(self._language.say("{tb} TB, no link", tb=terabytes), PALETTE["bad"])
        hours = self._language.number(use.busiest_hours, 1)
        return Cell(self._language.say("{tb} TB, {hours} h", tb=terabytes, hours=hours))

    def _costs(self, part: Callable[[Money], Decimal]) -> Iterator[ComparedRow]:
        say = self._language.say
        kinds = [kind for kind in COSTED if any(each and kind in each.costs for each in self._inventories)]
        for kind in kinds if len(kinds) > 1 else ():
            yield self._row(say(COST_NAMES[kind]), [_of_kind(each, kind, part) for each in self._inventories])
        if kinds:
            yield self._row(say("total"), [_in_all(each, part) for each in self._inventories])

    def _running(self) -> Iterator[ComparedRow]:
        """What sites cost while the programme runs; nothing where none costs each month."""
        say = self._language.say
        found = [each.running if each else None for each in self._inventories]
        if any(found):
            yield self._row(say("sources, to their exit"), [each.sources if each else None for each in found])
            yield self._row(
                say("targets, from their first arrival"), [each.targets if each else None for each in found]
            )
            yield self._row(say("of which double running"), [each.double if each else None for each in found])

    def _priced(self, title: Shown) -> Shown:
        currency = next((each.currency for each in self._inventories if each and each.currency), None)
        return title if currency is None else self._language.say("{title} ({currency})", title=title, currency=currency)


def _of_kind(figures: InventoryFigures | None, kind: str, part: Callable[[Money], Decimal]) -> Decimal | None:
    return part(figures.costs[kind]) if figures is not None and kind in figures.costs else None


def _in_all(figures: InventoryFigures | None, part: Callable[[Money], Decimal]) -> Decimal | None:
    return part(figures.total_costs) if figures is not None and figures.costs else None
