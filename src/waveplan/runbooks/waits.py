"""Which task waits for which: references of templates, followed from what one task is about to what the other is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waveplan.domain.items import Items
from waveplan.domain.nights import TaskWait
from waveplan.domain.runbooks import UNDONE, RunbookTask, TaskAfter
from waveplan.runbooks.subjects import TaskSubject


@dataclass(frozen=True, eq=False)
class Instance:
    """A template for one subject, and the id of the task that it becomes."""

    template: RunbookTask
    subject: TaskSubject
    id: str


@dataclass(slots=True)
class _Index:
    """Tasks of one template by what they concern; those of the wave concern everything."""

    everywhere: list[Instance] = field(default_factory=list)
    of_lot: dict[str, list[Instance]] = field(default_factory=lambda: defaultdict(list))
    of_item: dict[str, list[Instance]] = field(default_factory=lambda: defaultdict(list))
    of_server: dict[str, list[Instance]] = field(default_factory=lambda: defaultdict(list))
    of_wave: list[Instance] = field(default_factory=list)


class TaskWaits:
    """All tasks of a night, and what each of them waits for."""

    def __init__(self, templates: Iterable[RunbookTask], instances: Iterable[Instance], items: Items) -> None:
        self._templates: Mapping[str, RunbookTask] = {template.id: template for template in templates}
        self._items = items
        self._found: dict[str, _Index] = defaultdict(_Index)
        for each in instances:
            self._enter(self._found[each.template.id], each)

    @staticmethod
    def _enter(index: _Index, each: Instance) -> None:
        subject = each.subject
        index.everywhere.append(each)
        if subject.lot is None:
            index.of_wave.append(each)
            return
        index.of_lot[subject.lot.id].append(each)
        for item in subject.items:
            index.of_item[item.id].append(each)
        for server in subject.servers:
            index.of_server[server.id].append(each)

    def of(self, each: Instance) -> tuple[TaskWait, ...]:
        """What a task waits for, each task once with the longest time after it; in order of the templates' words."""
        found: dict[str, int] = {}
        for after in each.template.after:
            if after.task == UNDONE:
                found[UNDONE] = after.lag_minutes
            for other in self._meant(after, each.subject, frozenset()):
                if other.id != each.id:
                    found[other.id] = max(after.lag_minutes, found.get(other.id, 0))
        return tuple(TaskWait(name, lag) for name, lag in found.items())

    def _meant(self, after: TaskAfter, subject: TaskSubject, seen: frozenset[str]) -> Iterator[Instance]:
        """Tasks that a reference means. Where there is none, what it would have waited for counts in its place."""
        known = self._templates.get(after.task)
        if known is None or after.task in seen:
            return
        found = list(self._related(after, subject))
        if found or after.of == "providers" or after.item is not None:
            yield from found
            return
        for before in known.after:
            yield from self._meant(before, subject, seen | {after.task})

    def _related(self, after: TaskAfter, subject: TaskSubject) -> Iterable[Instance]:
        index = self._found[after.task]
        if after.item is not None:
            return [
                *index.of_wave,
                *(each for item in self._items.named(after.item) for each in index.of_item[item.id]),
            ]
        if after.of == "providers":
            return [each for item in self._providers(subject) for each in index.of_item[item] if _is_of(each, item)]
        if after.of == "wave" or subject.lot is None:
            return index.everywhere
        if after.of == "lot" or subject.scope == "lot":
            return [*index.of_wave, *index.of_lot[subject.lot.id]]
        return [*index.of_wave, *self._own(index, subject)]

    @staticmethod
    def _own(index: _Index, subject: TaskSubject) -> Iterator[Instance]:
        """Tasks about the item or server of a subject; a server's task and another server's have nothing in common."""
        seen: set[str] = set()
        if subject.server is not None:
            alike = index.of_server[subject.server.id]
        else:
            alike = [each for item in subject.items for each in index.of_item[item.id]]
        for each in alike:
            if each.id not in seen:
                seen.add(each.id)
                yield each

    def _providers(self, subject: TaskSubject) -> list[str]:
        """Items that those of a subject depend on."""
        found: dict[str, None] = {}
        for item in subject.items:
            for dependency in item.entry.depends_on:
                for provider in self._items.providers(item, dependency):
                    if all(provider is not item for item in subject.items):
                        found[provider.id] = None
        return list(found)


def _is_of(each: Instance, item: str) -> bool:
    """Whether a task is about an item itself, not about all of its lot."""
    return each.subject.scope in {"item", "server"} and any(other.id == item for other in each.subject.items)
