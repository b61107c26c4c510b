"""What has become of a wave or a lot, on the Gantt chart: a sign in front of its row, and the colour of its bars."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.status import PlanStanding, WaveStanding
from waveplan.render.language import Language, Shown, marked
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

STATES = {  # sign → style, name; as the legend tells them
    "done": ("good", marked("done")),
    "partly": ("fair", marked("partly done")),
    "running": ("hypercare", marked("cutting over or in hypercare")),
    "late": ("bad", marked("late: gate or cutover not recorded")),
    "refused": ("bad", marked("no-go or rolled back")),
    "preparing": ("preparation", marked("in preparation")),
    "planned": ("quiet", marked("ahead")),
}
_SIGNS = {
    "done": "done",
    "partial": "partly",
    "rolled_back": "refused",
    "hypercare": "running",
    "cutover": "running",
    "unrecorded": "late",
    "no_go": "refused",
    "preparation": "preparing",
    "ahead": "planned",
}
_AS_PLANNED = frozenset({"preparing", "planned"})  # bars keep the colours of what they are


def state_of(standing: PlanStanding, wave: Wave, lot: PlanLot | None) -> str:
    """The sign of a wave, or of one of its lots."""
    known = standing.waves[wave.id]
    state = known.state if lot is None else standing.lots.get(lot.id, known.state)
    sign = _SIGNS[state]
    if lot is None and sign == "running" and known.rolled_back:
        return "partly"
    return "late" if sign in _AS_PLANNED and wave.id in standing.overdue else sign


def bar_style(state: str) -> str | None:
    """The colour of a row's bars; none where they keep their own."""
    return None if state in _AS_PLANNED else PALETTE[STATES[state][0]]


def state_mark(state: str, signs: Signs) -> tuple[str, str]:
    """The sign before a row, with its style."""
    return getattr(signs, state), PALETTE[STATES[state][0]]


def moved(standing: PlanStanding, wave: Wave) -> WaveStanding | None:
    """What is known of a wave that cut over on another day than the plan has it."""
    known = standing.waves[wave.id]
    return known if known.date != wave.date else None


def state_entries(drawn: Collection[str], signs: Signs, language: Language) -> Iterator[tuple[str, str, Shown]]:
    """The legend of the signs that were drawn."""
    for state, (_, name) in STATES.items():
        if state in drawn:
            yield (*state_mark(state, signs), language.say(name))
