"""All that the rules ask about, put together of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from waveplan.checking.adopting import HeldAdoption, held_adoption
from waveplan.checking.dates import ResultDates
from waveplan.checking.goals import GoalValues
from waveplan.checking.knowledge import HeldTransfer, held_transfers
from waveplan.checking.people import crew_roster, on_call_roster, people_needed
from waveplan.checking.pilots import HeldPilot, held_pilots
from waveplan.checking.placement import Placement
from waveplan.checking.replication import Replication
from waveplan.checking.retiring import Retiring
from waveplan.checking.tranches import Tranches
from waveplan.checking.transfer import Transfers
from waveplan.checking.tying import ties_by_lot
from waveplan.checking.workload import TeamWorkload
from waveplan.domain.plan_loads import PeopleNeed
from waveplan.domain.plan_lots import Tie


class Facts(Placement):
    """A plan placed on its inventory, with the parts of the check; each is worked out when it is first asked for."""

    def wave_awaited_by(self, retired: str) -> tuple[str, ...]:
        """The wave of which the hypercare is what something retired awaits longest; none when it awaits no wave."""
        last = self.retiring.last_use(retired)
        return (self.wave_of[last].id,) if last in self.wave_of else ()

    @cached_property
    def workload(self) -> TeamWorkload:
        """Person-days of all teams by week."""
        return TeamWorkload(self, self.knowledge, self.retiring, self.adoption)

    @cached_property
    def people(self) -> Mapping[str, tuple[Sequence[PeopleNeed], Sequence[PeopleNeed]]]:
        """Crews and people on call of each team that has any."""
        crews, on_calls = (
            people_needed(self, crew_roster(self, self.retiring)),
            people_needed(self, on_call_roster(self)),
        )
        return {team: (crews.get(team, []), on_calls.get(team, [])) for team in sorted({*crews, *on_calls})}

    @cached_property
    def ties(self) -> Mapping[int, list[Tie]]:
        """For each lot of the plan, by index, the ties among its items."""
        return ties_by_lot(self)

    @cached_property
    def replication(self) -> Replication:
        """What is replicated before cutovers."""
        return Replication(self)

    @cached_property
    def transfers(self) -> Transfers:
        """Hours on the links."""
        return Transfers(self)

    @cached_property
    def retiring(self) -> Retiring:
        """What is retired, and when."""
        return Retiring(self, self.tranches)

    @cached_property
    def dates(self) -> ResultDates:
        """Site exits and contracts."""
        return ResultDates(self, self.retiring)

    @cached_property
    def adoption(self) -> tuple[HeldAdoption, ...]:
        """Communication and adoption, by wave and lot."""
        return tuple(held_adoption(self))

    @cached_property
    def knowledge(self) -> tuple[HeldTransfer, ...]:
        """Knowledge transfers that come before some wave."""
        return tuple(held_transfers(self))

    @cached_property
    def pilots(self) -> tuple[HeldPilot, ...]:
        """Pilots of which something is placed."""
        return tuple(held_pilots(self))

    @cached_property
    def tranches(self) -> Tranches:
        """Tranches, and what waits for them and for milestones."""
        return Tranches(self)

    @cached_property
    def goals(self) -> GoalValues:
        """The goals' values."""
        return GoalValues(self, self.workload)
