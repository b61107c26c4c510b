"""Plans that are near another one and keep every rule: a lot or a wave elsewhere, some lots out and put back anew."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from waveplan.simulation.robust.ground import Homes, RobustGround

_TRIES = 400  # until a change is found that keeps every rule
_MOST_OUT = 8  # lots that are put back anew


class Changes:
    """Draws changes of plans; the same seed draws the same."""

    def __init__(self, ground: RobustGround, seed: int, reserved: frozenset[int] = frozenset()) -> None:
        """Places that are `reserved` stay free."""
        self._ground, self._random, self._reserved = ground, Random(seed), reserved
        self._allowed = [
            [place for place in places if place not in reserved] for places in ground.built.problem.allowed
        ]
        self._kinds: tuple[tuple[float, Callable[[Homes], Homes | None]], ...] = (
            (0.25, self._lot_elsewhere),
            (0.2, self._lots_exchanged),
            (0.25, self._wave_elsewhere),
            (0.1, self._waves_exchanged),
            (0.2, self._put_back),
        )

    def near(self, homes: Homes) -> Homes | None:
        """One change away; None when none is found that keeps every rule."""
        return self.better(homes, lambda changed: True)

    def better(self, homes: Homes, wanted: Callable[[Homes], bool]) -> Homes | None:
        """One change away, and as it is wanted; None when none such is found that keeps every rule."""
        for _ in range(_TRIES):
            changed = self._kind()(homes)
            if changed is None or changed == homes or not self._reserved.isdisjoint(changed.values()):
                continue
            if self._ground.keeps_every_rule(changed) and wanted(changed):
                return changed
        return None

    def _kind(self) -> Callable[[Homes], Homes | None]:
        drawn = self._random.random()
        for share, kind in self._kinds:
            drawn -= share
            if drawn < 0:
                return kind
        return self._kinds[-1][1]

    def _lot(self, homes: Homes) -> int:
        return self._random.choice(sorted(homes))

    def _lot_elsewhere(self, homes: Homes) -> Homes | None:
        lot = self._lot(homes)
        return {**homes, lot: self._random.choice(self._allowed[lot])}

    def _lots_exchanged(self, homes: Homes) -> Homes | None:
        one, other = self._lot(homes), self._lot(homes)
        return {**homes, one: homes[other], other: homes[one]}

    def _wave_elsewhere(self, homes: Homes) -> Homes | None:
        """A whole wave to another place, or into another wave."""
        lot = self._lot(homes)
        here, to = homes[lot], self._random.choice(self._allowed[lot])
        return {each: to if at == here else at for each, at in homes.items()}

    def _waves_exchanged(self, homes: Homes) -> Homes | None:
        one, other = homes[self._lot(homes)], homes[self._lot(homes)]
        return {each: other if at == one else one if at == other else at for each, at in homes.items()}

    def _put_back(self, homes: Homes) -> Homes | None:
        """Some lots, or a wave as a whole, taken out and put back into waves that there are, or into any place."""
        if self._random.random() < 0.5:
            here = homes[self._lot(homes)]
            out = [lot for lot, at in sorted(homes.items()) if at == here]
        else:
            out = self._random.sample(sorted(homes), min(len(homes), self._random.randint(2, _MOST_OUT)))
        left = {lot: at for lot, at in homes.items() if lot not in set(out)}
        places = sorted(set(left.values())) if self._random.random() < 0.7 else self._places()
        self._random.shuffle(places)
        self._random.shuffle(out)
        return self._ground.rules.filled(left, places, out)

    def _places(self) -> list[int]:
        return sorted({place for places in self._allowed for place in places})
