"""`waveplan record`: an entry of the actuals, written without touching what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from waveplan.cli.options import MaxSizeOption, OpenSession
from waveplan.errors import UsageError


def _text(help_text: str, metavar: str) -> Any:
    return typer.Option(metavar=metavar, help=help_text, show_default=False)


_OF_ENTRIES = ("date", "by", "reason", "lot", "condition", "rolled_back", "severity", "item", "incident_id", "resolved")


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What was asked for on the command line."""

    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file of actuals; made if it is not there.", show_default=False)
    ]
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="gate|cutover|incident|accept|milestone|effort ...", help="What happened.", show_default=False
        ),
    ] = None
    plan: Annotated[
        str | None,
        typer.Option("--plan", metavar="PLAN", help="The plan in force.", show_default="plan.yaml beside FILE"),
    ] = None
    inventory: Annotated[
        str | None,
        typer.Option("--inventory", metavar="INVENTORY", help="To know teams and items by name.", show_default=False),
    ] = None
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="When it happened.", show_default="today; of a cutover, its wave's"
        ),
    ] = None
    by: Annotated[str | None, _text("Who decided, or says so.", "WHO")] = None
    reason: Annotated[str | None, _text("Why.", "TEXT")] = None
    lot: Annotated[list[str] | None, _text("Gate: only these lots.", "LOT")] = None
    condition: Annotated[list[str] | None, _text("Gate: what a conditional go asks for.", "TEXT")] = None
    rolled_back: Annotated[list[str] | None, _text("Cutover: lots or items of a partial one.", "LOT")] = None
    severity: Annotated[str | None, _text("Incident: critical, major or minor.", "WORD")] = None
    item: Annotated[str | None, _text("Incident: what it hit.", "ITEM")] = None
    incident_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Incident: its id.", show_default="the next number")
    ] = None
    resolved: Annotated[str | None, _text("Incident: when it was resolved.", "DATE")] = None
    reached: Annotated[str | None, _text("Milestone: when it was reached.", "DATE")] = None
    expected: Annotated[str | None, _text("Milestone: when it is expected now.", "DATE")] = None
    force: Annotated[
        bool,
        typer.Option("--force", help="Record it though it looks wrong."),
    ] = False
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last entry out again; name its kind where there are several.")
    ] = False
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day it is.", show_default="today")
    ] = None
    max_size: MaxSizeOption = None

    @property
    def given(self) -> dict[str, str | list[str]]:
        """What was said of the entry, by option."""
        values = {name: getattr(self, name) for name in (*_OF_ENTRIES, "reached", "expected")}
        return {name.removeprefix("incident_"): value for name, value in values.items() if value}


def record(request: RecordRequest, session: OpenSession) -> int:
    """Record what happened: a decision, a cutover, an incident, an acceptance, a milestone, effort.

    record FILE gate WAVE GATE go|no-go|conditional; cutover WAVE done|rolled-back|partial; incident WAVE "SUMMARY";
    accept MILESTONE signed|half-met|refused; milestone ID --reached|--expected DATE; effort TEAM WEEK PERSON-DAYS. A
    wave is its id, W04 or desk/W04. Options that may be given several times take lists with commas too.

    What looks wrong (a cutover ahead of its wave's day or away from its window, a team without work) is asked about,
    and is written with --force only where nobody can answer. --undo takes the last entry out again.

    One entry is added; comments, order and all else in the file stay. The exit code is 1, and the file is left alone,
    when the entry would be wrong: see the findings WP401 to WP408.
    """
    from waveplan.cli.record_runs import run
    from waveplan.cli.undoing import undo_last

    if request.undo:
        return undo_last(request.file, request.words or [], session)
    if not request.words:
        raise UsageError("say what happened: gate, cutover, incident, accept, milestone or effort")
    return run(request, session)
