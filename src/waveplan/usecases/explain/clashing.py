"""What clashes with a wish: the smallest sets of facts that forbid it, with their places in the inventory's files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.domain.diagnosis import Clash
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.usecases.explain.subjects import ExplainedItem
from waveplan.usecases.validate import errors_of

if TYPE_CHECKING:
    from waveplan.loading import SourceMap
    from waveplan.planning.options import SolveOptions, Watching


def clashes_of(
    subject: ExplainedItem,
    slots: Collection[str],
    options: SolveOptions,
    watching: Watching,
    sources: SourceMap | None,
) -> tuple[Clash, ...]:
    """Sets of facts that keep a lot out of some slots; without `sources` they have no places."""
    from waveplan.planning.diagnosis.trials import Judges
    from waveplan.planning.diagnosis.wishes import clashes_with

    judges = Judges(errors_of, _broken_by)
    found = clashes_with(subject.inventory, subject.item, slots, judges, options=options, watching=watching)
    return found if sources is None else tuple(_placed(clash, sources) for clash in found)


def _broken_by(plan: Plan, inventory: Inventory) -> tuple[Finding, ...]:
    from waveplan.checking import check

    return check(plan, inventory).findings


def _placed(clash: Clash, sources: SourceMap) -> Clash:
    return replace(clash, facts=tuple(replace(fact, location=sources.locate(fact.path)) for fact in clash.facts))
