"""What never comes: gates whose sessions are never on working days (WP140), windows that never open (WP142)."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import Days
from waveplan.domain.findings import Finding, Path
from waveplan.domain.policy import Gate
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding


def occurrences(context: ReviewContext) -> Iterator[Finding]:
    """One finding for each gate of a stream that some lot could never pass, one for each window without a day."""
    for policy, path, items in context.policies:
        for number, gate in enumerate(policy.gates):
            if gate.at_session and gate.working_day:
                yield from _sessions(context, gate, (*path, "gates", number), items[0].stream)
    opened = {slot.window for slot in context.calendar.slots}
    for number, window in enumerate(context.inventory.calendar.windows):
        if opened and window.id not in opened:  # that there is no slot at all is told as such
            programme = context.inventory.programme
            values = {
                "window": window.id,
                "start": programme.start.isoformat(),
                "deadline": programme.deadline.isoformat(),
            }
            template = "window {window} never opens between the programme's start ({start}) and deadline ({deadline})"
            hint = "correct the days on which it opens, or take it out"
            yield finding("WP142", template, values, ("calendar", "windows", number), (window.id,), hint)


def _sessions(context: ReviewContext, gate: Gate, path: Path, stream: str) -> Iterator[Finding]:
    """A gate that keeps to sessions and working days, where no session is on a working day of some lot's sites."""
    programme, sits = context.inventory.programme, context.calendar.sittings(gate)
    sessions = [day for day in Days(programme.start, programme.deadline) if sits is not None and sits(day)]
    seen: set[tuple[str, ...]] = set()
    for lot in context.lots:
        places = tuple(lot.places)
        if lot.stream != stream or places in seen:
            continue
        seen.add(places)
        if not any(context.calendar.is_working_day(places, day) for day in sessions):
            values = {"gate": gate.id, "committee": gate.committee, "item": lot.items[0].id}
            template = "gate {gate} can never be held for {item}: {committee} never sits on a working day of its sites"
            hint = "let {committee} sit on another day, or drop working_day or at_session"
            yield finding("WP140", template, values, path, (gate.id, lot.items[0].id), hint)
            return
