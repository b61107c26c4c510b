"""What commands about nights read: plan, inventory, templates of runbooks, and a roster where one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from waveplan import api
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import refuse_unwritable
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.roster import DutyRoster
    from waveplan.domain.runbooks import RunbookTask
    from waveplan.loading import LoadedPlan
    from waveplan.loading.single_documents import LoadedDocument


class AsksForNights(Protocol):
    """The files that each of these commands is given."""

    @property
    def plan(self) -> str:
        """A plan."""

    @property
    def inventory(self) -> str:
        """Its inventory."""

    @property
    def template(self) -> str | None:
        """Templates over those of the inventory."""

    @property
    def output(self) -> str | None:
        """Where the result goes."""

    @property
    def max_size(self) -> int | None:
        """How many MB an inventory may have."""


@dataclass(frozen=True, slots=True)
class NightInputs:
    """All of it, read; `session` speaks the language of the programme, `exit_code` is that of the inventory."""

    plan: Plan
    inventory: Inventory
    templates: tuple[RunbookTask, ...]
    session: Session
    exit_code: int
    plan_file: LoadedPlan


def refuse_what_cannot_be(ask: AsksForNights, *others: str | None) -> None:
    """Raise UsageError where two files are standard input, or the result cannot be written."""
    if [ask.plan, ask.inventory, ask.template, *others].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.output is not None:
        refuse_unwritable(ask.output)


def read_night_inputs(ask: AsksForNights, session: Session) -> NightInputs | None:
    """Read them; None where one cannot be used, which is told."""
    loaded = read_plan(ask.plan)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    strange = api.foreign(loaded, read.inventory)
    show_beside(read.session, strange)
    if loaded.plan is None or read.inventory is None or strange:
        return None
    templates = api.runbook_templates(read.inventory, ask.template)
    show_beside(read.session, templates.findings if ask.template is not None else ())
    if has_errors(templates.findings):
        return None
    return NightInputs(loaded.plan, read.inventory, templates.tasks, read.session, read.exit_code, loaded)


def read_roster(source: str, session: Session) -> LoadedDocument[DutyRoster]:
    """Read a roster; what is wrong with it is told."""
    from waveplan.usecases.nights import load_roster

    loaded = load_roster(source)
    show_beside(session, loaded.findings)
    return loaded


def tell_of_roster(found: Sequence[Finding], loaded: LoadedDocument[DutyRoster], session: Session) -> None:
    """Show findings of a roster with their places in its file."""
    show_beside(session, [each.at(loaded.sources.locate(each.path)) for each in found])
