"""The dependency graph as a tree, and what one thing touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from waveplan.render.about import recovery
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.servers import server_table
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE

if TYPE_CHECKING:
    from waveplan.dependency_graph import Arc, DependencyGraph, Impact, Reach
    from waveplan.domain.commitments import Contract

COUPLING_NAMES = {"hard": marked("hard"), "soft": marked("soft"), "shared": marked("shared")}
KIND_NAMES = {
    "application": marked("application"),
    "service": marked("service"),
    "server": marked("server"),
    "site": marked("site"),
    "team": marked("team"),
    "link": marked("link"),
    "external milestone": marked("external milestone"),
    "tranche": marked("tranche"),
    "pilot": marked("pilot"),
    "knowledge transfer": marked("knowledge transfer"),
    "contract": marked("contract"),
}
_STAYING = {"retain": marked("retained"), "retire": marked("retired"), "takeover": marked("taken over")}
_COUPLING_STYLES = {"hard": PALETTE["cutover"], "soft": PALETTE["preparation"], "shared": PALETTE["quiet"]}


def dependency_tree(
    graph: DependencyGraph,
    language: Language,
    *,
    around: str | None = None,
    hops: int | None = None,
    signs: Signs = UNICODE,
) -> list[RenderableType]:
    """What depends on what: providers stand below their consumers, each with its own providers only once.

    `around` an item: what it depends on and what depends on it, at most `hops` away. Print without wrapping.
    """
    draw = _Tree(graph, language, signs)
    if around is None:
        return [*draw.everything(), *draw.legend()]
    return [*draw.around(around, hops), *draw.legend()]


class _Tree:
    """Draws trees of one graph; remembers what it has drawn already."""

    def __init__(self, graph: DependencyGraph, language: Language, signs: Signs) -> None:
        self.graph = graph
        self.language = language
        self.signs = signs
        self.drawn: set[str] = set()  # items that stand somewhere
        self.opened: set[str] = set()  # items whose neighbours stand below them
        self.repeated = False

    def everything(self) -> Iterator[Text]:
        """A tree for each item that nothing depends on, then for what is left of cycles, then the lone ones."""
        graph = self.graph
        tops = [item.id for item in graph.items if not graph.direct_consumers[item.id]]
        lone = dict.fromkeys(item for item in tops if not graph.direct_providers[item])
        for root in (item for item in tops if graph.direct_providers[item]):
            yield from self.tree(root, graph.arcs_to_providers, None)
        for item in graph.items:
            if item.id not in self.drawn and item.id not in lone:
                yield from self.tree(item.id, graph.arcs_to_providers, None)
        if lone:
            yield Text("")
            head = Text(self.language.say("Without dependencies:") + " ", style=PALETTE["quiet"])
            yield head.append(Shown(", ".join(safe(item) for item in lone)), style="default")

    def around(self, item: str, hops: int | None) -> Iterator[Text]:
        """Two trees: down to providers, and up to consumers."""
        graph, say = self.graph, self.language.say
        for title, arcs, steps in (
            (say("{item} depends on:", item=item), graph.arcs_to_providers, graph.providers([item])),
            (say("What depends on {item}:", item=item), graph.arcs_to_consumers, graph.consumers([item])),
        ):
            self.drawn, self.opened = set(), set()
            yield Text(title, style=PALETTE["heading"])
            if not arcs[item]:
                yield Text("  " + say("nothing"), style=PALETTE["quiet"])
            else:
                yield from self.tree(item, arcs, _Near(steps, hops))
            yield Text("")

    def tree(self, root: str, arcs: Mapping[str, Sequence[Arc]], reach: _Near | None) -> Iterator[Text]:
        """One tree, without recursion: chains may be thousands long."""
        up = arcs is self.graph.arcs_to_consumers
        yield self._label(Text(), root)
        self.drawn.add(root)
        self.opened.add(root)
        stack = [("", iter(_with_last(arcs[root])))]
        while stack:
            indent, rest = stack[-1]
            entry = next(rest, None)
            if entry is None:
                stack.pop()
                continue
            arc, last = entry
            child = arc.consumer if up else arc.provider
            line = self._label(Text(indent + self.signs.branches[1 if last else 0], style=PALETTE["quiet"]), child)
            self._append_words(line, arc)
            opens = child not in self.opened and (reach is None or reach.opens(child, len(stack)))
            if opens and arcs[child]:
                self.opened.add(child)
                stack.append((indent + self.signs.branches[3 if last else 2], iter(_with_last(arcs[child]))))
            elif arcs[child] and (reach is None or reach.is_opened(child)):
                self.repeated = True
                line.append(f" {self.signs.again}", style=PALETTE["quiet"])
            self.drawn.add(child)
            yield line

    def _label(self, line: Text, item: str) -> Text:
        line.append(safe(item), style="default")
        strategy = self.graph.items[item].strategy
        if strategy in _STAYING:
            line.append(f" ({self.language.say(_STAYING[strategy])})", style=PALETTE["quiet"])
        return line

    def _append_words(self, line: Text, arc: Arc) -> None:
        say, entry = self.language.say, arc.entry
        line.append(f"  {say(COUPLING_NAMES[entry.coupling])}", style=_COUPLING_STYLES[entry.coupling])
        said = []
        if entry.coupling == "soft" and entry.weight != 1:
            said.append(say("weight {weight}", weight=entry.weight))
        if entry.order != "any":
            first = arc.provider if entry.order == "provider_first" else arc.consumer
            said.append(say("{item} first", item=first))
        if entry.min_gap_days:
            said.append(self.language.count("{n} day between them", "{n} days between them", entry.min_gap_days))
        if entry.min_gap_working_days:
            days = entry.min_gap_working_days
            said.append(self.language.count("{n} working day between them", "{n} working days between them", days))
        if entry.max_gap_days is not None:
            said.append(self.language.count("at most {n} day after", "at most {n} days after", entry.max_gap_days))
        if entry.coexist_days_max is not None:
            days = entry.coexist_days_max
            said.append(self.language.count("at most {n} day apart", "at most {n} days apart", days))
        if entry.after_hypercare:
            said.append(say("after its hypercare"))
        if entry.reason:
            said.append(safe(entry.reason))
        if said:
            line.append(Shown(", " + ", ".join(said)), style=PALETTE["quiet"])

    def legend(self) -> Iterator[Text]:
        """What the sign for a repetition means, if there is one."""
        if self.repeated:
            said = self.language.say("{sign} what follows it is shown in its other place", sign=Shown(self.signs.again))
            yield Text("\n" + said, style=PALETTE["quiet"])


@dataclass(frozen=True, slots=True)
class _Near:
    """How far from the root a tree goes: each item opens where it stands nearest to the root."""

    steps: Mapping[str, int]
    hops: int | None

    def opens(self, item: str, depth: int) -> bool:
        """Whether an item at a depth of the tree shows its own neighbours there."""
        return self.steps.get(item, 0) == depth and self.is_opened(item)

    def is_opened(self, item: str) -> bool:
        """Whether an item shows its own neighbours anywhere."""
        return self.hops is None or self.steps.get(item, 0) < self.hops


def _with_last(arcs: Sequence[Arc]) -> Iterator[tuple[Arc, bool]]:
    for number, arc in enumerate(arcs, start=1):
        yield arc, number == len(arcs)


def impact_view(impact: Impact, language: Language) -> list[RenderableType]:
    """What a thing touches itself, through what depends on it, and through what it depends on."""
    kind = language.say(KIND_NAMES[impact.kind])
    title = Text(safe(impact.subject), style=PALETTE["title"]).append(f"  {kind}", style=PALETTE["quiet"])
    waiting, awaited = None if impact.contract else impact.waiting, impact.awaited
    sections: tuple[tuple[Shown, Reach, Mapping[str, int]], ...] = (
        (language.say("Itself"), impact.direct, {}),
        *([] if waiting is None else [(language.say("What waits for it"), waiting, {})]),
        *([] if awaited is None else [(language.say("What its end waits for"), awaited, {})]),
        (language.say("What depends on it"), impact.consumers, impact.consumer_steps),
        (language.say("What it depends on"), impact.providers, impact.provider_steps),
    )
    parts: list[RenderableType] = [title]
    known = server_table(impact.server, impact.sharing, language) if impact.server is not None else None
    parts += [known] if known is not None else []
    parts += [] if impact.contract is None else [Text(_ending(impact.contract, language))]
    for name, reach, steps in sections:
        parts += [Text(""), Text(name, style=PALETTE["heading"])]
        nothing = Text("  " + language.say("nothing"), style=PALETTE["quiet"])
        parts.append(_reach(reach, steps, language) if reach.items else nothing)
    if impact.consumer_steps or impact.provider_steps:
        said = language.say("In parentheses: how many dependencies away.")
        parts += [Text(""), Text(said, style=PALETTE["quiet"])]
    return parts


def _ending(contract: Contract, language: Language) -> Shown:
    """When a contract ends; what it is about waits for nothing, the contract waits for it."""
    day = language.day(contract.ends)
    if contract.notice_days is None:
        return language.say("Ends on {day}: by then all of it is out, its hypercare over.", day=day)
    return language.say(
        "Ends on {day}, with notice by {notice}: by then all of it is out, its hypercare over.",
        day=day,
        notice=language.day(contract.ends - dt.timedelta(days=contract.notice_days)),
    )


def _reach(reach: Reach, steps: Mapping[str, int], language: Language) -> Table:
    say = language.say
    owners = sorted({each.business_owner for each in reach.about if each.business_owner})
    recovered = [each for each in reach.about if (each.rto_hours, each.rpo_hours, each.service_hours) != (None,) * 3]
    users = " " + language.count("({n} user)", "({n} users)", reach.users) if reach.users else ""
    rows = [
        (say("items"), _near_first(reach.items, steps), len(reach.items)),
        (say("lots"), _row(reach.lots), len(reach.lots)),
        (say("servers"), _row(reach.servers), len(reach.servers)),
        (say("sites"), _row(reach.sites), len(reach.sites)),
        (say("user sites"), Shown(_row(reach.user_sites) + users), len(reach.user_sites)),
        (say("teams"), _row(reach.teams), len(reach.teams)),
        (say("processes"), _row(reach.processes), len(reach.processes)),
        (say("organisations"), _row(reach.organisations), len(reach.organisations)),
        (say("business owners"), _row(owners), len(owners)),
        (say("recovery"), Shown("; ".join(recovery(language, each) for each in recovered)), len(recovered)),
    ]
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True)
    drawn.add_column(justify="right", no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, text, number in rows:
        if number:
            drawn.add_row(Text(f"  {name}", style=PALETTE["quiet"]), Text(language.number(number)), Text(text))
    return drawn


def _row(names: Sequence[str]) -> Shown:
    return Shown(", ".join(safe(name) for name in names))


def _near_first(items: Sequence[str], steps: Mapping[str, int]) -> Shown:
    ordered = sorted(items, key=lambda item: (steps.get(item, 0), item))
    return Shown(", ".join(f"{safe(item)} ({steps[item]})" if item in steps else safe(item) for item in ordered))
