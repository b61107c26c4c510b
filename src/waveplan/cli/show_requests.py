"""What `waveplan show` is asked: each field is an argument or an option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from waveplan.cli import options
from waveplan.cli.options import option

if TYPE_CHECKING:
    from waveplan.rosters import Duty
    from waveplan.workload import By, Per


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Show a plan as tables and charts."""

    plan: options.PlanArgument
    waves: Annotated[bool, typer.Option("--waves", help="The wave table.")] = False
    gantt: Annotated[bool, typer.Option("--gantt", help="A Gantt chart; with --lots, a row for each lot.")] = False
    lots: Annotated[bool, typer.Option("--lots", help="The lots, their items and what ties them.")] = False
    servers: Annotated[bool, typer.Option("--servers", help="The servers: names, host names, addresses, power.")] = (
        False
    )
    load: Annotated[bool, typer.Option("--load", help="Load of teams or organisations.")] = False
    crew: Annotated[bool, typer.Option("--crew", help="Crews in windows, needed and there.")] = False
    on_call: Annotated[bool, typer.Option("--on-call", help="People on call in hypercare, needed and there.")] = False
    calendar: Annotated[bool, typer.Option("--calendar", help="Every dated event, day by day.")] = False
    milestones: Annotated[bool, typer.Option("--milestones", help="Site exits, retirements, hard dates.")] = False
    goals: Annotated[bool, typer.Option("--goals", help="Each goal's value and what is proven of it.")] = False
    wave: options.WaveOption = None
    team: options.TeamOption = None
    by: Annotated[Literal["team", "organisation"], typer.Option("--by", help="Whose load.")] = "team"
    per: Annotated[
        Literal["week", "month"] | None,
        typer.Option(
            "--per",
            help="Load by week or by month; of crews and people on call the fullest days.",
            show_default="week; month for organisations; days for crews and people on call",
        ),
    ] = None
    actuals: Annotated[str | None, option("With --gantt: what has become of each wave.", "FILE")] = None
    as_of: options.AsOfOption = None
    names: options.NamesOption = False
    as_json: options.JsonOption = False

    @property
    def views(self) -> list[str]:
        """The tables and charts that are asked for, by name."""
        wanted = {
            "waves": self.waves,
            "gantt": self.gantt,
            "lots": self.lots and not self.gantt,
            "load": self.load,
            "crew": self.crew,
            "on_call": self.on_call,
            "servers": self.servers,
            "calendar": self.calendar,
            "milestones": self.milestones,
            "goals": self.goals,
        }
        return [name for name, asked in wanted.items() if asked]

    @property
    def duties(self) -> list[Duty]:
        """Of which people in windows it is asked."""
        wanted: dict[Duty, bool] = {"crew": self.crew, "on_call": self.on_call}
        return [duty for duty, asked in wanted.items() if asked]

    @property
    def loads(self) -> tuple[By, Per | None] | None:
        """Whose load is asked for, and by which time; None when none is."""
        return (self.by, self.per) if self.load or self.per else None
