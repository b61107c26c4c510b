"""The tables of a status: what is late, waves, gates, milestones, hard dates, effort."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.made_names import MILESTONE_NAMES
from waveplan.domain.plan import HardDate
from waveplan.domain.status import GateStanding, HardDateStanding, LateItem, NextMilestone, Status, WaveStanding
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestones import verdict
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

_MOST = 8  # so many gates and milestones are shown; the rest are counted
WAVE_STATES = {
    "done": (marked("done"), "good"),
    "partial": (marked("partly done"), "fair"),
    "rolled_back": (marked("rolled back"), "bad"),
    "hypercare": (marked("in hypercare"), "hypercare"),
    "cutover": (marked("cutting over"), "cutover"),
    "unrecorded": (marked("not recorded"), "bad"),
    "no_go": (marked("no-go"), "bad"),
    "preparation": (marked("in preparation"), "preparation"),
    "ahead": (marked("ahead"), "quiet"),
}
GATE_STATES = {
    "open": (marked("to decide"), ""),
    "overdue": (marked("overdue"), "bad"),
    "conditional": (marked("go, on conditions"), "fair"),
}
LATE_KINDS = {
    "wave_unrecorded": marked("cutover not recorded"),
    "to_plan_again": marked("to plan again"),
    "gate_undecided": marked("gate not decided"),
    "milestone_slipped": marked("milestone has moved"),
    "milestone_overdue": marked("milestone overdue"),
    "acceptance_missing": marked("acceptance missing"),
    "acceptance_half_met": marked("acceptance half met"),
    "acceptance_refused": marked("acceptance refused"),
    "incident_open": marked("incident open"),
    "communication_overdue": marked("communication overdue"),
    "survey_below": marked("survey below its threshold"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Language, width and signs of the screen."""

    language: Language
    width: int
    signs: Signs

    def drawn(self, columns: Sequence[Column]) -> RenderableType:
        """A table at most as wide as the screen."""
        return table(columns, self.width, self.language, self.signs)

    def quiet(self, text: Shown) -> Text:
        """A remark below a table."""
        return paragraph([(text, PALETTE["quiet"])], self.width)

    def days(self, given: Sequence[dt.date | None]) -> list[Cell]:
        """Dates in a column."""
        return words([self.language.day(day) if day else BLANK for day in given])


def late(status: Status, frame: Frame) -> list[RenderableType]:
    """What is not as it should be by now."""
    say, rows = frame.language.say, status.late
    if not rows:
        return []
    columns = [
        Column(say("What"), words([say(LATE_KINDS[each.kind]) for each in rows], PALETTE["bad"]), fold=12),
        Column(say("Of"), words([late_subject(each, frame.language) for each in rows], PALETTE["heading"]), fold=12),
        Column(say("Due"), frame.days([each.due for each in rows])),
        Column(
            say("Days late"),
            words([_number(each.days, frame.language) for each in rows]),
            right=True,
            short=say("Days"),
        ),
        Column(say("Expected"), frame.days([each.expected for each in rows]), rank=2),
        Column(say("Why"), words([safe(each.reason or "") for each in rows]), fold=12, rank=1),
    ]
    return [frame.drawn(columns)]


def late_subject(item: LateItem, language: Language) -> Shown:
    """What is late, with the number of items where it stands for several."""
    if item.items is None:
        return safe(item.subject)
    return language.count("{name}: {n} item", "{name}: {n} items", item.items, name=item.subject)


def _number(number: int | None, language: Language) -> Shown:
    return BLANK if number is None else language.number(number)


def waves(status: Status, frame: Frame) -> list[RenderableType]:
    """Waves that need somebody today; those that are over and those ahead are counted."""
    say, language = frame.language.say, frame.language
    done, ahead = status.in_state("done"), status.in_state("ahead")
    rows = [wave for wave in status.waves if wave.state not in {"done", "ahead"}] + ahead[:1]
    columns = [
        Column(say("Wave"), words([safe(each.label) for each in rows], PALETTE["heading"]), fold=12),
        Column(say("Cutover"), frame.days([each.date for each in rows])),
        Column(say("State"), [_state(*WAVE_STATES[each.state], language) for each in rows], fold=12),
        Column(say("Items"), words([language.number(each.items) for each in rows]), right=True, rank=2),
        Column(say("Until"), frame.days([_until(each) for each in rows]), rank=1),
        Column(say("Rolled back"), words([_names(each.rolled_back) for each in rows]), fold=12, rank=1),
    ]
    found: list[RenderableType] = [frame.drawn(columns)] if rows else []
    if done:
        found.append(frame.quiet(say("Done: {names}.", names=_names(each.label for each in done))))
    if ahead[1:]:
        more = len(ahead) - 1
        found.append(frame.quiet(language.count("{n} more wave ahead.", "{n} more waves ahead.", more)))
    return found


def _until(wave: WaveStanding) -> dt.date | None:
    """Until when a wave keeps people busy in what it does now."""
    if wave.state == "hypercare":
        return wave.hypercare_last_day
    return wave.date if wave.state == "preparation" else None


def _state(name: str, style: str, language: Language) -> Cell:
    return Cell(language.say(name), PALETTE.get(style, ""))


def _names(given: Iterable[str]) -> Shown:
    return Shown(", ".join(safe(each) for each in given))


def gates(status: Status, frame: Frame) -> list[RenderableType]:
    """The next gates and what they need."""
    say, rows = frame.language.say, status.gates[:_MOST]
    if not rows:
        return []
    columns = [
        Column(say("Date"), frame.days([each.date for each in rows])),
        Column(say("Wave"), words([safe(each.label) for each in rows], PALETTE["heading"])),
        Column(say("Gate"), words([safe(each.gate) for each in rows]), fold=8),
        Column(say("State"), [_state(*gate_state(each), frame.language) for each in rows], fold=9),
        Column(say("Committee"), words([safe(each.committee or "") for each in rows]), fold=9, rank=2),
        Column(say("Needs"), words([gate_needs(each, frame.language) for each in rows]), fold=16, rank=1),
    ]
    return [frame.drawn(columns), *_more(len(status.gates), frame)]


def gate_state(gate: GateStanding) -> tuple[str, str]:
    """The name and the style of a gate's state."""
    if gate.state == "open" and not gate.decides:
        return marked("notice"), "quiet"
    return GATE_STATES[gate.state]


def gate_needs(gate: GateStanding, language: Language) -> Shown:
    """What is asked of a gate: its open conditions, else its criteria."""
    return language.listing(safe(each) for each in gate.conditions or gate.criteria)


def _more(number: int, frame: Frame) -> list[RenderableType]:
    if number <= _MOST:
        return []
    return [frame.quiet(frame.language.say("{n} more later; --json has them all.", n=number - _MOST))]


def _made_names(rows: Sequence[NextMilestone] | Sequence[HardDateStanding], frame: Frame) -> list[Cell]:
    return words([made_name(frame.language, each.id) for each in rows], PALETTE["heading"])


def milestones(status: Status, frame: Frame) -> list[RenderableType]:
    """What ends in a record next."""
    say, rows = frame.language.say, status.milestones[:_MOST]
    if not rows:
        return []
    columns = [
        Column(say("Date"), frame.days([each.date for each in rows])),
        Column(say("Milestone"), _made_names(rows, frame), fold=16),
        Column(say("Kind"), words([say(MILESTONE_NAMES[each.kind]) for each in rows], PALETTE["milestone"]), fold=12),
        Column(
            say("Needs"), words([frame.language.listing(map(safe, each.criteria)) for each in rows]), fold=16, rank=1
        ),
    ]
    return [frame.drawn(columns), *_more(len(status.milestones), frame)]


def hard_dates(status: Status, frame: Frame) -> list[RenderableType]:
    """Dates that must be met, with the days to spare in the plan and the days left until them."""
    language, say, rows = frame.language, frame.language.say, status.hard_dates
    if not rows:
        return []
    verdicts = [verdict(language, HardDate(id=each.id, date=each.date, reached=each.reached)) for each in rows]
    columns = [
        Column(say("Hard date"), _made_names(rows, frame), fold=16),
        Column(say("On or before"), frame.days([each.date for each in rows])),
        Column(say("Days left"), words([language.number(each.days_left) for each in rows]), right=True, rank=1),
        Column(say("Reached in the plan"), frame.days([each.reached for each in rows]), rank=2, short=say("Reached")),
        Column(say("Verdict"), verdicts, fold=12),
    ]
    return [frame.drawn(columns)]


def effort(status: Status, frame: Frame) -> list[RenderableType]:
    """Person-days spent beside those planned, for teams and weeks with records."""
    language, say, rows = frame.language, frame.language.say, status.effort
    if not rows:
        return []
    columns = [
        Column(say("Team"), words([safe(each.team) for each in rows], PALETTE["heading"]), fold=12),
        Column(
            say("Weeks recorded"), words([language.number(each.weeks) for each in rows]), right=True, short=say("Weeks")
        ),
        Column(say("Spent"), words([language.number(each.spent, 1) for each in rows]), right=True),
        Column(say("Planned in them"), words([language.number(each.planned, 1) for each in rows]), right=True),
        Column(say("Planned in all"), words([language.number(each.planned_in_all, 1) for each in rows]), right=True),
    ]
    return [frame.drawn(columns)]
