"""Clashes: facts that no plan keeps together. Those that are plain are found one by one where they are, in a moment.

Each fact is in one clash only: what was found is set aside, and it is looked again at what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.lots import Lots, form_lots
from waveplan.planning.diagnosis.edits import Edit, edited
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.grounds import WHOLE, Ground
from waveplan.planning.diagnosis.trials import PlanTrials

MOST_CLASHES = 40  # that are told apart
_MOST_FINDINGS = 120  # that are looked at one by one
_MANY = 60  # facts, beyond which whole kinds of them are tried first
_TO_SETTLE = 0.5  # of the time that is left: for what was not found out in less


@dataclass(frozen=True)
class FactClash:
    """Facts that clash, and what of the inventory shows it."""

    facts: tuple[Fact, ...]
    ground: Ground = WHOLE
    proven: bool = False
    minimal: bool = False

    @property
    def relaxed(self) -> tuple[Edit, ...]:
        """Edits that set all its facts aside."""
        return tuple(edit for fact in self.facts for edit in fact.relaxed)


@dataclass
class Finder:
    """Finds clashes of an inventory's facts; `possible` remembers facts that a plan was found to keep together."""

    inventory: Inventory
    facts: Sequence[Fact]
    trials: PlanTrials
    possible: list[set[int]] = field(default_factory=list)

    @cached_property
    def _lots(self) -> Lots:
        return form_lots(Items(self.inventory))

    # --- plain ones ------------------------------------------------------------------------------------------------

    def plain(self) -> list[FactClash]:
        """Clashes that show without any search, in the lots that findings name."""
        findings = self.trials.plain(self.inventory).findings[:_MOST_FINDINGS]
        grounds = [ground for ground in map(self._ground_of, findings) if ground is not None]
        clashes = list(self._told(findings))
        for ground in dict.fromkeys(grounds):
            while len(clashes) < MOST_CLASHES and not self.trials.over:
                core = self._plain_core(ground, clashes)
                if core is None:
                    break
                clashes.append(self.judged(core, ground))
        place = {id(fact): number for number, fact in enumerate(self.facts)}
        clashes.sort(key=lambda clash: place[id(clash.facts[0])])
        return self._widened(clashes, grounds)

    def _told(self, findings: Iterable[Finding]) -> Iterator[FactClash]:
        """Clashes that findings tell outright: a circle of orders is made of these orders, each of which is needed."""
        used: set[int] = set()
        for finding in findings:
            paths = set(finding.about)
            core = [fact for fact in self.facts if fact.path in paths and id(fact) not in used]
            ground = self._ground_of(finding)
            if ground is None or len(core) < len(paths) or not core:
                continue
            used.update(map(id, core))
            yield FactClash(
                tuple(core), ground, proven=self.trials.confirmed(ground.of(self._only(core))), minimal=True
            )

    def _ground_of(self, finding: Finding) -> Ground | None:
        """The lots that a finding names; none when it is about no lot."""
        named = set(finding.subjects)
        items = [item for lot in self._lots for item in lot.items if lot.id in named or item.id in named]
        return Ground.of_items(items) if items else None

    def _plain_core(self, ground: Ground, others: Sequence[FactClash]) -> list[Fact] | None:
        left = self._left(others)

        def plainly(kept: Sequence[Fact]) -> bool:
            return not self.trials.over and self.trials.refuted(ground.of(self._only(kept)))

        def alone(kept: Sequence[Fact]) -> bool:
            return not self.trials.over and self.trials.homeless(ground.of(self._only(kept)))

        if left and alone(left) and not alone(()):  # what one lot alone tells needs no problem to be built
            return clashing(left, alone)
        if not left or not plainly(left) or plainly(()):
            return None
        return clashing(left, plainly)

    def _widened(self, clashes: list[FactClash], grounds: Iterable[Ground]) -> list[FactClash]:
        """Each clash with everything that its facts rule out, not only where it was seen first."""
        found = []
        for clash in clashes:
            others = [edit for each in clashes if each is not clash for edit in each.relaxed]
            touched = clash.ground
            for ground in dict.fromkeys(grounds):
                if len(clashes) > 1 and self.trials.refuted(ground.of(edited(self.inventory, others))):
                    touched = touched.with_(ground)
            found.append(replace(clash, ground=touched))
        return found

    # --- any -------------------------------------------------------------------------------------------------------

    def hidden(self, others: Sequence[FactClash]) -> list[Fact] | None:
        """Facts that clash when those of some clashes are set aside; None when there is no plan without any fact."""
        relaxed = [edit for clash in others for edit in clash.relaxed]

        def plainly(kept: Sequence[Fact]) -> bool:
            return not self.trials.over and self.trials.refuted(self._only(kept))

        def provenly(kept: Sequence[Fact]) -> bool:
            verdict = "unknown" if self.trials.over else self.trials.run(self._only(kept)).verdict
            if verdict == "possible":
                self.possible.append({id(fact) for fact in kept})
            return verdict == "impossible"

        facts = self._left(others)
        if not facts or plainly(()):
            return None
        if self.trials.refuted(edited(self.inventory, relaxed)):
            facts = clashing(of_needed_kinds(facts, plainly), plainly)
        return clashing(facts, provenly)

    def _left(self, others: Sequence[FactClash]) -> list[Fact]:
        used = {id(fact) for clash in others for fact in clash.facts}
        return [fact for fact in self.facts if id(fact) not in used]

    def _only(self, kept: Sequence[Fact]) -> Inventory:
        """The inventory in which all facts but some are set aside."""
        names = {id(fact) for fact in kept}
        return edited(self.inventory, (edit for fact in self.facts if id(fact) not in names for edit in fact.relaxed))

    # --- how certain -----------------------------------------------------------------------------------------------

    def judged(self, core: Sequence[Fact], ground: Ground = WHOLE) -> FactClash:
        """A clash with what is certain about it."""
        proven = self.trials.confirmed(ground.of(self._only(core)))
        minimal = proven and all(self._needed(core, fact, ground) for fact in core)
        return FactClash(tuple(core), ground, proven, minimal)

    def _needed(self, core: Sequence[Fact], fact: Fact, ground: Ground) -> bool:
        """Whether there is a plan without it: there is when a plan that keeps even more was found."""
        rest = [each for each in core if each is not fact]
        if any(known.issuperset(id(each) for each in rest) for known in self.possible):
            return True
        return self.trials.run(ground.of(self._only(rest)), share=_TO_SETTLE).verdict == "possible"


_F = TypeVar("_F")


def clashing(facts: Sequence[_F], impossible: Callable[[Sequence[_F]], bool]) -> list[_F]:
    """Facts of which none can be missed, in their order. All together must be impossible, none at all possible.

    QuickXplain (Junker 2004): a half of the facts that is not needed falls away at once. "Not proven impossible" counts
    as possible, so that too many facts may be named, never too few.

    `impossible` tells whether it is proven of some facts that no plan keeps them. Of several clashes the one is named
    whose last fact stands first.
    """
    if len(facts) <= 1:
        return list(facts)
    needed = _needed([], False, list(facts), impossible)
    return [fact for fact in facts if any(fact is each for each in needed)]


def of_needed_kinds(facts: Sequence[Fact], impossible: Callable[[Sequence[Fact]], bool]) -> list[Fact]:
    """Many facts less those of kinds that are not needed: of hundreds of dates and ties, few kinds clash.

    A trial of a large inventory takes long, and a kind that falls away as a whole takes one.
    """
    if len(facts) <= _MANY:
        return list(facts)
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    needed = clashing(list(kinds.values()), lambda some: impossible([fact for kind in some for fact in kind]))
    names = {id(fact) for kind in needed for fact in kind}
    return [fact for fact in facts if id(fact) in names]


def _needed(kept: list[_F], fresh: bool, facts: list[_F], impossible: Callable[[Sequence[_F]], bool]) -> list[_F]:
    """What is needed of some facts beside those that are kept; `fresh` when something new is kept."""
    if fresh and impossible(kept):
        return []
    if len(facts) == 1:
        return facts
    first, second = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    of_second = _needed([*kept, *first], True, second, impossible)
    of_first = _needed([*kept, *of_second], bool(of_second), first, impossible)
    return [*of_first, *of_second]
