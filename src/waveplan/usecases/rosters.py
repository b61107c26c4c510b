"""Who is on duty in a night and its hypercare: assigned, held against the roster by other code, judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from waveplan.errors import InternalError, UsageError

if TYPE_CHECKING:
    from waveplan.domain.findings import Finding
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.nights import ScheduledNight
    from waveplan.domain.roster import Rostered, WaveRoster
    from waveplan.domain.wave_runbooks import RotaSpan


def refuse_unknown(people: Rostered) -> None:
    """Raise UsageError for somebody who falls out and is not in the roster."""
    names = {person.name for person in people.roster.people}
    for name in people.out:
        if name not in names:
            raise UsageError("nobody in the roster is called {name}", name=name)


def on_duty(night: ScheduledNight, rota: Sequence[RotaSpan], people: Rostered) -> WaveRoster:
    """Who is on duty. Raises InternalError for an assignment that its own check refuses: it is never shown."""
    from waveplan.checking.manning import roster_faults
    from waveplan.runbooks.rostering import rostered

    found = rostered(night, rota, people.roster, people.out)
    if faults := roster_faults(found, people.roster, people.out):
        raise InternalError(f"the roster of {found.label} contradicts itself: {faults[0]}")
    return found


def what_is_unmanned(
    rosters: Iterable[WaveRoster | None], people: Rostered, inventory: Inventory
) -> tuple[Finding, ...]:
    """Teams of people that are not there, then duties without anybody."""
    from waveplan.runbooks.roster_judging import judge_roster, judge_rostered

    found = list(judge_roster(people.roster, inventory))
    for each in rosters:
        found += judge_rostered(each, people.roster) if each is not None else ()
    return tuple(found)
