"""The head of a page: the plan in a few sentences, key figures, goals with what is proven, costs, accepted findings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from waveplan.assessment.costs import costs_of
from waveplan.assessment.figures import plan_figures
from waveplan.domain.figures import NO_ORGANISATION
from waveplan.domain.made_names import MILESTONE_NAMES
from waveplan.domain.plan import Wave
from waveplan.domain.solve_record import gap_in
from waveplan.pages.context import Context
from waveplan.pages.facts import state_words
from waveplan.pages.tables import PageCell, PageTable, columns, date, number, word
from waveplan.render.comparison_rows import COST_NAMES
from waveplan.render.goals import STATUS_NAMES, gap_words, goal_name, goal_value, reached
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestone_lines import milestone_lines
from waveplan.render.milestones import verdict
from waveplan.render.page import share_words, wave_load
from waveplan.render.styles import PALETTE
from waveplan.render.summary import is_missed, statements

_STYLES = {PALETTE["good"]: "good", PALETTE["fair"]: "fair", PALETTE["bad"]: "bad", PALETTE["warning"]: "fair"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its verdict: `good`, `fair`, `bad`, or none."""

    words: Shown
    style: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with what it counts, and a remark."""

    number: Shown
    what: Shown
    remark: Shown = BLANK


def said(words: str, style: str) -> Said:
    """A sentence of a terminal's view, with the verdict that its colour stands for."""
    return Said(safe(words[:1].upper() + words[1:]) if words else BLANK, _STYLES.get(style, ""))


def summary(context: Context) -> list[Said]:
    """What `show` says first, a line each."""
    return [said(words, style) for words, style in statements(context.plan, context.language)]


def key_figures(context: Context) -> list[Figure]:
    """What a board asks first."""
    language, say, plan = context.language, context.language.say, context.plan
    figures = plan_figures(plan)
    first, last = figures.first_cutover, figures.last_hypercare
    span = language.days(first, last) if first and last else BLANK
    applications, services = (_entries(context, kind) for kind in ("application", "service"))
    days = sum(figures.person_days_by_organisation.values())
    by = [
        Shown(f"{safe(name)} {language.number(amount, 0)}")
        for name, amount in figures.person_days_by_organisation.items()
        if amount and name != NO_ORGANISATION
    ]
    found = [
        Figure(language.number(figures.waves), say("waves"), span),
        Figure(language.number(figures.lots), say("lots")),
        Figure(language.number(figures.servers), say("servers")) if figures.servers else None,
        Figure(language.number(applications), say("applications")) if applications else None,
        Figure(language.number(services), say("services")) if services else None,
        Figure(
            goal_value(language, "finish", Decimal(plan.metrics.finish)), say("from the start to the last hypercare")
        ),
        Figure(language.percent(figures.peak_load), say("highest load of a team in a week")),
        Figure(goal_value(language, "coexistence", figures.coexistence), say("coexistence (weight × days)")),
        Figure(language.number(days, 0), say("person-days"), language.listing(by) if len(by) > 1 else BLANK)
        if days
        else None,
    ]
    return [each for each in found if each is not None]


def _entries(context: Context, kind: str) -> int:
    """Applications or services that the plan moves, whatever number of steps, batches or sites they have."""
    placed = {name for lot in context.plan.lots if lot.id in context.page.wave_of for name in lot.items}
    items = context.placement.items
    return len({items[name].entry.id for name in placed if name in items and items[name].kind == kind})


def goals(context: Context) -> PageTable:
    """Each goal's value, its proven bound, and the gap."""
    language, say = context.language, context.language.say
    rows = [
        (
            word(goal_name(language, each.goal)),
            PageCell(goal_value(language, each.goal, each.value), str(each.value), right=True),
            PageCell(goal_value(language, each.goal, reached(context.plan.metrics, each.goal)), right=True),
            PageCell(goal_value(language, each.goal, each.bound), str(each.bound), right=True),
            PageCell(gap_words(language, gap_in(each)), str(gap_in(each)), right=True),
            PageCell(say(STATUS_NAMES[each.status]), style="good" if each.status == "optimal" else "fair"),
        )
        for each in context.plan.solve.goals
    ]
    names = columns(
        say("Goal"), (say("Value"), True), (say("In the plan"), True), (say("Proven bound"), True), (say("Gap"), True),
        say("Status"),
    )  # fmt: skip
    return PageTable(say("Goals"), names, tuple(rows), say("This plan names no goals."))


def waves(context: Context) -> PageTable:
    """One row a wave, for sorting; columns in which no wave has anything are left out."""
    say = context.language.say
    rows = [_wave_row(context, place, wave) for place, wave in enumerate(context.waves, 1)]
    names: list[Shown | tuple[Shown, bool]] = [
        say("Wave"), say("Cutover"), say("State"), say("Window"), say("GO/NO-GO"), (say("Lots"), True),
        (say("Applications"), True), (say("Servers"), True), (say("Sites"), True), (say("Users"), True),
        (say("GB"), True), (say("Load"), True), say("Hypercare until"),
    ]  # fmt: skip
    used = [number for number in range(len(names)) if any(row[number].key not in {"", "0"} for row in rows)]
    kept = tuple(tuple(row[number] for number in used) for row in rows)
    places = tuple((place,) for place in range(1, len(rows) + 1))
    return PageTable(say("Waves"), columns(*(names[number] for number in used)), kept, say("No waves"), BLANK, places)


def _wave_row(context: Context, place: int, wave: Wave) -> tuple[PageCell, ...]:
    language, totals = context.language, wave.totals
    load = wave_load(context.plan, wave)
    deciding = [gate.date for gate in wave.gates if gate.decides]
    state = state_words(context, wave)
    return (
        PageCell(context.label(wave), f"{place:05d}", f"#w-{place}"),
        date(language, wave.date),
        PageCell(state, state),
        PageCell(safe(wave.slot.window), wave.slot.window),
        date(language, max(deciding, default=None)),
        number(language, len(wave.lots)),
        number(language, totals.applications),
        number(language, totals.servers),
        number(language, totals.sites),
        number(language, totals.users),
        number(language, totals.transfer_gb, 0),
        PageCell(share_words(language, load), str(load), right=True)
        if load is not None
        else PageCell(BLANK, right=True),
        date(language, wave.hypercare_last_day),
    )


def hard_dates(context: Context) -> PageTable:
    """Dates that must be met, with the days to spare."""
    language, say = context.language, context.language.say
    rows = []
    for each in sorted(context.plan.calendar.hard_dates, key=lambda each: (each.date, each.id)):
        told = verdict(language, each)
        style = "bad" if is_missed(each) else _STYLES.get(told.style, "")
        rows.append(
            (
                word(made_name(language, each.id)),
                date(language, each.date),
                date(language, each.reached),
                PageCell(told.text, style=style),
            )
        )
    names = columns(say("Hard date"), say("On or before"), say("Reached"), say("Verdict"))
    return PageTable(say("Hard dates"), names, tuple(rows), say("No hard dates."))


def milestones(context: Context) -> PageTable:
    """Dated results, and evidence to collect."""
    language, say = context.language, context.language.say
    rows = [
        (date(language, line.date), word(say(MILESTONE_NAMES[line.kind])), PageCell(line.name), PageCell(line.detail))
        for line in milestone_lines(context.plan, language)
    ]
    names = columns(say("Date"), say("Kind"), say("Milestone"), say("Of"))
    return PageTable(say("Milestones and evidence to collect"), names, tuple(rows), say("No milestones."))


def freezes(context: Context) -> PageTable:
    """Periods in which nothing may cut over."""
    language, say = context.language, context.language.say
    rows = []
    for each in sorted(context.plan.calendar.freezes, key=lambda each: (each.first, each.last)):
        scope = say("everything") if each.scope == "everything" else safe(each.scope)
        rows.append((date(language, each.first), date(language, each.last), word(each.reason or ""), PageCell(scope)))
    return PageTable(say("Freezes"), columns(say("From"), say("To"), say("Reason"), say("Of")), tuple(rows), BLANK)


def stays(context: Context) -> PageTable:
    """Sites that never become empty."""
    say = context.language.say
    rows = [
        (word(each.site), PageCell(Shown(", ".join(safe(name) for name in [*each.items, *each.servers]))))
        for each in sorted(context.plan.stays, key=lambda each: each.site)
    ]
    return PageTable(say("Sites that are never empty"), columns(say("Site"), say("What stays")), tuple(rows))


def costs(context: Context) -> PageTable:
    """Money, where the inventory gives any: once, and each month when all is done."""
    language, say = context.language, context.language.say
    found, currency = costs_of(context.placement), context.source.inventory.programme.currency
    rows = [
        (word(say(COST_NAMES[kind])), number(language, money.once, 0), number(language, money.per_month, 0))
        for kind, money in found.items()
    ]
    if len(rows) > 1:
        once, monthly = (sum(getattr(each, part) for each in found.values()) for part in ("once", "per_month"))
        rows.append((word(say("total"), style="sum"), number(language, once, 0), number(language, monthly, 0)))
    title = say("Costs in {currency}", currency=currency) if currency else say("Costs")
    return PageTable(title, columns(say("Of"), (say("Once"), True), (say("Each month after"), True)), tuple(rows))


def accepted(context: Context) -> PageTable:
    """Findings that the programme has decided to live with, and why."""
    language, say = context.language, context.language.say
    rows = []
    for entry, found in context.source.accepted:
        told = language.listing(language.message(each) for each in found)
        rows.append((word(entry.code), word(entry.where or ""), PageCell(told), word(entry.reason)))
    names = columns(say("Code"), say("About"), say("What it says"), say("Why it is accepted"))
    return PageTable(say("Accepted findings"), names, tuple(rows), say("None is accepted: every finding still counts."))
