"""Whether templates make sense: owners, what they wait for, circles, keys that do nothing, texts that can be filled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.domain.findings import Finding, Path
from waveplan.domain.runbooks import ROLES, UNDONE, RunbookTask
from waveplan.domain.wording import finding, names

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
NAME_PLACEHOLDERS = frozenset({"subject", "wave", "origin", "target", "method"})
PLACEHOLDERS = NAME_PLACEHOLDERS | {"date", "start", "end", "at", "no_return", "systems", "users", "sites", "teams"}


@dataclass(frozen=True, slots=True)
class TemplateLayer:
    """Templates that people wrote, what they are laid over, and where they stand in their document."""

    own: Sequence[RunbookTask]
    whole: Sequence[RunbookTask]  # with these laid over what was before
    path: Path = ("runbooks",)


def judge_templates(layer: TemplateLayer, teams: Collection[str]) -> Iterator[Finding]:
    """Everything that is wrong with a layer of templates, each finding at the one that makes it."""
    whole = {task.id: task for task in layer.whole}
    yield from _twice(layer)
    for number, own in enumerate(layer.own):
        task, path = whole[own.id], (*layer.path, number)
        if not task.off:
            yield from _owner(task, path, teams)
            yield from _before(task, path, whole)
            yield from _idle_keys(task, path)
            yield from _texts(task, path)
    yield from _circle(layer, whole)


def _twice(layer: TemplateLayer) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, task in enumerate(layer.own):
        if task.id in seen:
            template = "there already is a task {task} in this list"
            hint = "give one of the two another id; what is left out is taken from the shipped task of that id"
            yield finding("WP570", template, {"task": task.id}, (*layer.path, number, "id"), (task.id,), hint)
        seen.add(task.id)


def _owner(task: RunbookTask, path: Path, teams: Collection[str]) -> Iterator[Finding]:
    if not task.team and not task.raci.responsible:
        template = "nobody does the task {task}: it has no team"
        hint = (
            "name a team or a role, or several, of which the first that there is does it: team: [crew, technical_owner]"
        )
        yield finding("WP571", template, {"task": task.id}, path, (task.id,), hint)
    choices = [("team", word) for word in task.team]
    choices += [("undo", word) for word in (task.undo.team if task.undo else ())]
    for key, word in choices:
        if word not in teams and word not in ROLES:
            template = "the task {task} names {word}, which is no team and no role"
            yield finding(
                "WP573",
                template,
                {"task": task.id, "word": word},
                (*path, key) if key in task.model_fields_set else path,
                (task.id, word),
                "name a team of the inventory, or one of the roles {roles}",
                {"roles": ", ".join(ROLES)},
            )


def _before(task: RunbookTask, path: Path, whole: Mapping[str, RunbookTask]) -> Iterator[Finding]:
    for number, after in enumerate(task.after):
        place = (*path, "after", number)
        other = whole.get(after.task)
        if other is None and not (after.task == UNDONE and task.phase == "rollback"):
            values = {"task": task.id, "other": after.task}
            yield finding(
                "WP572",
                "the task {task} waits for {other}, which is no task",
                values,
                place,
                (task.id, after.task),
                "write the id of a task, or add one of that id",
            )
        elif other is not None and _side(other) != _side(task) and _side(task) != "dated":
            yield finding(
                "WP572",
                "the task {task} waits for {other}, which is not done in the same part of the runbook",
                {"task": task.id, "other": after.task},
                place,
                (task.id, after.task),
                "wait for a task of the window, or in a rollback for another one of the rollback",
            )


def _side(task: RunbookTask) -> str:
    return "window" if task.in_window else "rollback" if task.phase == "rollback" else "dated"


def _idle_keys(task: RunbookTask, path: Path) -> Iterator[Finding]:
    """Keys that a task of this phase, scope or kind makes no use of: they would be read and do nothing."""
    idle = sorted(set(_unused(task)) & task.model_fields_set)
    if idle:
        values = {"task": task.id, "keys": names(idle), "phase": task.phase, "scope": task.scope, "kind": task.kind}
        template = "the task {task} ({kind}, {phase}, of {scope}) makes no use of {keys}"
        hint = "leave them out, or give the task the phase, scope or kind that they are for"
        yield finding("WP574", template, values, (*path, idle[0]), (task.id,), hint)


def _unused(task: RunbookTask) -> Iterator[str]:
    side = _side(task)
    if side == "dated":
        yield from ("after", "minutes", "people", "fixed_at", "not_before", "undo", "at_once", "no_return")
    else:
        yield from ("at", "days_before", "days_after")
    if side == "rollback":
        yield from ("fixed_at", "not_before", "undo", "at_once", "no_return")
    if task.fixed_at is None and task.not_before is None:
        yield "on"
    if task.fixed_at is not None:
        yield "not_before"
    if task.scope != "server":
        if task.minutes.link:
            yield "minutes"
        if {"source", "target", "link"} & set(task.at_once):
            yield "at_once"
    if task.kind == "transfer" and task.scope != "server":
        yield "kind"
    if side == "dated" and task.at in {"rehearsal", "purge"} and task.scope == "wave":
        yield "at"
    if task.days_before and task.days_after:
        yield "days_after"


def _texts(task: RunbookTask, path: Path) -> Iterator[Finding]:
    if task.kind == "message" and (task.message is None or not task.message.to or not task.message.text):
        template = "the task {task} tells people something, and does not say whom or what"
        hint = "write message: {{to: [business_owner], text: …}}"
        yield finding("WP575", template, {"task": task.id}, path, (task.id,), hint)
    texts = [("name", task.name, NAME_PLACEHOLDERS), ("evidence", task.evidence, NAME_PLACEHOLDERS)]
    texts += [("criteria", each, NAME_PLACEHOLDERS) for each in task.criteria]
    if task.undo is not None:
        texts.append(("undo", task.undo.name, NAME_PLACEHOLDERS))
    if task.message is not None:
        texts += [("message", each, PLACEHOLDERS) for each in (task.message.subject, task.message.text)]
    for key, spoken, known in texts:
        strange = sorted({word for text in spoken.values() for word in _PLACEHOLDER.findall(text)} - known)
        if strange and key in task.model_fields_set:
            values = {"task": task.id, "key": key, "words": names(strange)}
            template = "{key} of the task {task} has placeholders that stand for nothing: {words}"
            yield finding(
                "WP575",
                template,
                values,
                (*path, key),
                (task.id,),
                "there are {known}",
                {"known": names(sorted(known), 20)},
            )


def _circle(layer: TemplateLayer, whole: Mapping[str, RunbookTask]) -> Iterator[Finding]:
    """One finding for the first circle that there is, at a task of this layer in it if it has one."""
    circle = circle_among(
        {
            task.id: [after.task for after in task.after if after.of != "providers" and after.item is None]
            for task in whole.values()
            if not task.off
        }
    )
    place = next((number for number, task in enumerate(layer.own) if task.id in circle), None)
    if circle and place is not None:
        template = "tasks wait for each other in a circle: {tasks}"
        hint = "take one of their 'after' away"
        shown = " → ".join((*circle, circle[0]))
        yield finding("WP576", template, {"tasks": shown}, (*layer.path, place), circle, hint)


def circle_among(waits: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Names that wait for each other in a circle, each before the one that waits for it; none where there is none."""
    state: dict[str, int] = {}  # 1: on the way, 2: done
    for start in waits:
        trail = [(start, iter(waits[start]))] if start not in state else []
        state.setdefault(start, 1)
        while trail:
            name, rest = trail[-1]
            after = next((each for each in rest if each in waits and state.get(each) != 2), None)
            if after is None:
                state[name] = 2
                trail.pop()
            elif state.get(after) == 1:
                on_the_way = [each for each, _ in trail]
                return tuple(reversed(on_the_way[on_the_way.index(after) :]))
            else:
                state[after] = 1
                trail.append((after, iter(waits[after])))
    return ()
