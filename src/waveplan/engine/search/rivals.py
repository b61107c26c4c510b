"""Who must leave so that one more lot may stand in a position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.engine.search import layout as at
from waveplan.engine.search.interpreted import LOOSE, InterpretedGround, Move, in_order
from waveplan.engine.search.kernel.booking import UNPLACED

_LOOKED_AT = 24  # lots at most of which it is tried what their leaving gives


class Rivals:
    """Looks for few lots to eject; those refused least often first."""

    def __init__(self, ground: InterpretedGround, refused: Sequence[int]) -> None:
        self._ground = ground
        self._refused = refused
        self._rows: dict[tuple[int, int], frozenset[int]] = {}  # budgets that a lot in a position takes from

    def of(self, state: list[int], lot: int, place: int, most: int | None = None) -> tuple[int, ...] | None:
        """Lots after whose leaving a lot may stand in a position; None when none that may leave are enough.

        With `most`, only lots that have been refused less often than that, taken together.
        The plan under way is afterwards as it was.
        """
        before = self._by_order(state, lot, place)
        if not self._may_leave(before, most):
            return None
        for more in self._by_shape(state, lot, place):
            ejected = tuple(dict.fromkeys((*before, *more)))
            if not self._may_leave(ejected, most):
                continue
            found = self._with_room(state, lot, place, ejected)
            if found is not None and self._may_leave(found, most):
                return found
        return None

    def _may_leave(self, lots: Sequence[int], most: int | None) -> bool:
        cheap = most is None or sum(self._refused[lot] for lot in lots) < most
        return cheap and not any(lot in self._ground.problem.done for lot in lots)

    # --- orders ----------------------------------------------------------------------------------------------------

    def _by_order(self, state: list[int], lot: int, place: int) -> list[int]:
        """Lots that stand too early or too late, or too near, for a lot in a position."""
        a, pos, found = self._ground.a, state[at.POS], list[int]()
        for pointer, table, is_second in ((at.BEFORE_PTR, at.BEFORE, True), (at.AFTER_PTR, at.AFTER, False)):
            for index in range(a[a[pointer] + lot], a[a[pointer] + lot + 1]):
                entry = a[table] + 5 * index
                its = state[pos + a[entry]]
                if its >= 0 and not in_order(a, entry + 1, *((its, place) if is_second else (place, its))):
                    found.append(a[entry])
        for index in range(a[a[at.APART_PTR] + lot], a[a[at.APART_PTR] + lot + 1]):
            if state[pos + a[a[at.APART] + index]] == place:
                found.append(a[a[at.APART] + index])
        return list(dict.fromkeys((*found, *self._by_groups(state, lot, place))))

    def _by_groups(self, state: list[int], lot: int, place: int) -> Iterator[int]:
        pos = state[at.POS]
        for order in self._ground.problem.group_orders:
            for mine, theirs, sign in ((order.firsts, order.seconds, 1), (order.seconds, order.firsts, -1)):
                if lot in mine:
                    level = sign * mine[lot][place]
                    for other, levels in theirs.items():
                        its = state[pos + other]
                        if its >= 0 and sign * levels[its] < level:
                            yield other

    # --- waves and their surroundings -------------------------------------------------------------------------------

    def _by_shape(self, state: list[int], lot: int, place: int) -> Iterator[Sequence[int]]:
        """Whom to eject for the sake of what is looked at wave by wave: nobody, one of the wave, waves about it."""
        yield ()
        members = sorted(self._members(state, place), key=lambda each: (self._refused[each], each))
        for member in members[:_LOOKED_AT]:
            yield (member,)
        around = [wave for wave in self._around(state, place) if wave]
        yield from around
        if len(around) > 1:
            yield (*around[0], *around[1])
        if members:
            yield members
            for wave in around:
                yield (*members, *wave)

    def _members(self, state: list[int], place: int) -> list[int]:
        row = state[at.MEMBERS] + place * self._ground.a[at.LOTS]
        return state[row : row + state[state[at.HELD] + place]]

    def _around(self, state: list[int], place: int) -> Iterator[list[int]]:
        """The lots of the stream's wave before a position, and of the one after it."""
        positions = self._ground.problem.streams[self._ground.problem.positions[place].stream].positions
        here, held = positions.index(place), state[at.HELD]
        for beside in (reversed(positions[:here]), iter(positions[here + 1 :])):
            near = next((each for each in beside if state[held + each] > 0), None)
            yield [] if near is None else self._members(state, near)

    # --- amounts ---------------------------------------------------------------------------------------------------

    def _with_room(self, state: list[int], lot: int, place: int, ejected: tuple[int, ...]) -> tuple[int, ...] | None:
        """Those to be ejected, and more of them until no limit is exceeded; None when there is no way."""
        ground, before = self._ground, self._exceeded(state)
        moves: list[Move] = [(lot, place), *((each, at.NOWHERE) for each in ejected)]
        homes = [(each, state[state[at.POS] + each]) for each, _ in moves]
        if not ground.moved(state, moves, LOOSE):
            return None
        more: list[int] = []
        while self._exceeded(state) > before:
            least = self._best_relief(state, lot, place)
            if least is None:
                break
            homes.append((least, state[state[at.POS] + least]))
            if not ground.moved(state, [(least, at.NOWHERE)], LOOSE):
                homes.pop()
                break
            more.append(least)
        fits = self._exceeded(state) <= before
        back = ground.moved(state, homes[::-1], LOOSE)
        assert back  # the plan was there before, and kept its rules
        return (*ejected, *more) if fits else None

    def _exceeded(self, state: list[int]) -> int:
        """The penalty for limits alone, without what lots that wait cost."""
        waiting = self._ground.a[at.LOTS] - state[at.PLACED]
        return state[at.PENALTY] - UNPLACED * waiting

    def _best_relief(self, state: list[int], lot: int, place: int) -> int | None:
        """The lot whose leaving takes most off the limits that are exceeded, for what it has been refused so far."""
        best, found, now = 0.0, None, self._exceeded(state)
        for other in self._users(state, lot, place):
            home = state[state[at.POS] + other]
            if not self._ground.moved(state, [(other, at.NOWHERE)], LOOSE):
                continue
            relief = (now - self._exceeded(state)) / self._refused[other]
            self._ground.moved(state, [(other, home)], LOOSE)
            if relief > best:
                best, found = relief, other
        return found

    def _users(self, state: list[int], lot: int, place: int) -> list[int]:
        """Lots that take of what a lot takes too much of: in its wave, its window, or of its budgets."""
        near = dict.fromkeys(self._members(state, place))
        slot = self._ground.problem.positions[place].slot
        for row in self._over_budget(state):
            near.update(dict.fromkeys(self._takers(state, row)))
        if self._ground.problem.slot_unions:
            beside = (each.index for each in self._ground.problem.positions if each.slot == slot)
            near.update(dict.fromkeys(other for each in beside for other in self._members(state, each)))
        done = self._ground.problem.done
        free = [each for each in near if each != lot and each not in done]
        return sorted(free, key=lambda each: (self._refused[each], each))[:_LOOKED_AT]

    def _over_budget(self, state: list[int]) -> list[int]:
        used, awake, limit = state[at.USED], state[at.AWAKE], self._ground.a[at.LIMIT]
        rows = range(self._ground.a[at.LIMIT_DIVISOR] - limit)
        return [row for row in rows if state[used + row] > self._ground.a[limit + row] and state[awake + row] > 0]

    def _takers(self, state: list[int], row: int) -> list[int]:
        first = state[at.POS]
        standing = enumerate(state[first : first + self._ground.a[at.LOTS]])
        return [lot for lot, place in standing if place >= 0 and row in self._rows_of(lot, place)]

    def _rows_of(self, lot: int, place: int) -> frozenset[int]:
        key = (lot, place)
        if key not in self._rows:
            self._rows[key] = frozenset(self._charged(lot, place))
        return self._rows[key]

    def _charged(self, owner: int, place: int) -> Iterator[int]:
        a = self._ground.a
        for index in range(a[a[at.POOL_PTR] + owner], a[a[at.POOL_PTR] + owner + 1]):
            cell = a[at.CHARGE_PTR] + a[a[at.POOL] + 2 * index] * a[at.POSITIONS] + place
            for entry in range(a[cell], a[cell + 1]):
                yield a[a[at.CHARGE] + 2 * entry]
