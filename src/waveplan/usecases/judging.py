"""Many inventories validated, or many plans checked, each by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from waveplan.domain.findings import Finding
from waveplan.errors import UnreadableInputError
from waveplan.executors import in_order

if TYPE_CHECKING:
    from waveplan.loading import LoadedInventory, LoadedPlan


@dataclass(frozen=True, slots=True)
class Judging:
    """How inventories and plans are judged. Files of rules of the house are read where the work is done."""

    ignore: frozenset[str] = frozenset()
    warn_as_error: bool = False
    max_bytes: int | None = None
    allow_unplanned: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of one inventory or plan; `unread` is why there was nothing to read, as a sentence with values."""

    subject: str
    findings: tuple[Finding, ...] = ()
    language: str | None = None
    unread: tuple[str, tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True, slots=True)
class ToJudge:
    """An inventory, or a plan with its inventory: by their files, or as they were read where the files are."""

    inventory: str | LoadedInventory
    plan: str | LoadedPlan | None = None
    subject: str = ""


def judge_all(
    asked: Sequence[ToJudge],
    judging: Judging,
    *,
    executor: Executor | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Judged]:
    """What is said of each, in their order; one that cannot be read does not hide the others.

    Where the executor's workers have no share in this machine's files, they are read here.
    """
    elsewhere = executor is not None and not getattr(executor, "shares_files", False)
    tasks = (_read(each, judging) for each in asked) if elsewhere else iter(asked)
    return in_order(executor, judge, judging, tasks, stop or threading.Event())


def judge(judging: Judging, asked: ToJudge | Judged, stdin: BinaryIO | None = None) -> Judged:
    """Validate an inventory, or check a plan: what an executor runs."""
    if isinstance(asked, Judged):  # it could not be read
        return asked
    try:
        return _validated(judging, asked, stdin) if asked.plan is None else _checked(judging, asked, stdin)
    except UnreadableInputError as error:
        return _unread(asked.subject, error)


def _read(asked: ToJudge, judging: Judging) -> ToJudge | Judged:
    from waveplan.usecases.check import load_plan
    from waveplan.usecases.validate import load

    try:
        inventory, plan = asked.inventory, asked.plan
        if isinstance(inventory, str):
            inventory = load(inventory, max_bytes=judging.max_bytes)
        if isinstance(plan, str):
            plan = load_plan(plan)
        return ToJudge(inventory, plan, asked.subject)
    except UnreadableInputError as error:
        return _unread(asked.subject, error)


def _validated(judging: Judging, asked: ToJudge, stdin: BinaryIO | None) -> Judged:
    from waveplan.usecases.validate import load, validated

    loaded = asked.inventory
    if isinstance(loaded, str):
        loaded = load(loaded, max_bytes=judging.max_bytes, stdin=stdin)
    found = validated(loaded, ignore=judging.ignore, warn_as_error=judging.warn_as_error, foresee=True)
    return Judged(asked.subject, found.findings, _language(loaded))


def _checked(judging: Judging, asked: ToJudge, stdin: BinaryIO | None) -> Judged:
    from waveplan.usecases.check import check_loaded, house_rules, load_plan
    from waveplan.usecases.validate import load

    plan, inventory = asked.plan, asked.inventory
    assert plan is not None
    loaded_plan = load_plan(plan, stdin=stdin) if isinstance(plan, str) else plan
    loaded = load(inventory, max_bytes=judging.max_bytes, stdin=stdin) if isinstance(inventory, str) else inventory
    verdict = check_loaded(
        loaded_plan,
        loaded,
        ignore=judging.ignore,
        warn_as_error=judging.warn_as_error,
        allow_unplanned=judging.allow_unplanned,
        house=house_rules(judging.rules),
    )
    return Judged(asked.subject, verdict.findings, _language(loaded))


def _language(loaded: LoadedInventory) -> str | None:
    return None if loaded.inventory is None else loaded.inventory.programme.language


def _unread(subject: str, error: UnreadableInputError) -> Judged:
    values = tuple((name, str(value)) for name, value in error.values.items())
    return Judged(subject, unread=(error.sentence, values))
