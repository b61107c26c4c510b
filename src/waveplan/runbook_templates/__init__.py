"""Templates of runbooks: those that ship, and how those of people are laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from waveplan.domain.runbooks import RunbookFile, RunbookTask

SHIPPED = Path(__file__).with_name("shipped")


@cache
def shipped_templates() -> tuple[RunbookTask, ...]:
    """The templates that ship, in the order in which a night reads."""
    import yaml  # only where a runbook is asked for

    tasks: list[RunbookTask] = []
    for file in sorted(SHIPPED.glob("*.yaml")):
        read = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # all words
        tasks += RunbookFile.model_validate(read).tasks
    return tuple(tasks)


def all_templates(*layers: Sequence[RunbookTask], shipped: bool = True) -> tuple[RunbookTask, ...]:
    """Templates laid over each other, and over those that ship unless these are not wanted.

    One with the id of an earlier one stands in its place and takes from it what it leaves out; others come after.
    Those that are `off` are in it too: what waits for one of them waits for what it would have waited for.
    """
    found = {task.id: task for task in (shipped_templates() if shipped else ())}
    for layer in layers:
        for task in layer:
            found[task.id] = _in_place(task, found.get(task.id))
    return tuple(found.values())


def _in_place(own: RunbookTask, before: RunbookTask | None) -> RunbookTask:
    if before is None:
        return own
    return before.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})
