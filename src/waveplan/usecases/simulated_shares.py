"""What a share of a simulation holds: repeats that were played, as text, and what was simulated, for whoever merges."""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from waveplan.errors import UsageError
from waveplan.executors import versions_here

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.simulation.players import PlayedRepeat
    from waveplan.usecases.simulate import SimulateOptions

_ARRAYS = ("places", "no_goes", "backs", "pushers", "causes", "over", "lacking")
_WIDTH = 8  # bytes of a number


@dataclass(frozen=True, slots=True)
class PackedArray:
    """An array of whole numbers: its shape, and its numbers packed into letters."""

    shape: tuple[int, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class PackedRepeat:
    """A repeat of a scene: its task (`sampling`, `runs`, `seed`, `repeat`), and its arrays by name."""

    scene: str
    task: tuple[Any, ...]
    arrays: Mapping[str, PackedArray]


def packed(repeats: Iterable[PlayedRepeat]) -> tuple[PackedRepeat, ...]:
    """Repeats as a share has them."""
    return tuple(
        PackedRepeat(each.scene, astuple(each.task), {name: _packed(getattr(each.result, name)) for name in _ARRAYS})
        for each in repeats
    )


def unpacked(results: Iterable[PackedRepeat]) -> tuple[PlayedRepeat, ...]:
    """Repeats again. Raises ValueError, KeyError, TypeError or zlib.error for what `packed` has not made."""
    from waveplan.simulation.batches import BatchResult, BatchTask
    from waveplan.simulation.players import PlayedRepeat

    found = []
    for each in results:
        task = BatchTask(*each.task)
        arrays = {name: _unpacked(each.arrays[name]) for name in _ARRAYS}
        found.append(PlayedRepeat(each.scene, task, BatchResult(task.repeat, **arrays)))
    return tuple(found)


def _packed(array: Any) -> PackedArray:
    data = array.astype("<i8").tobytes()
    return PackedArray(tuple(array.shape), base64.b85encode(zlib.compress(data, 6)).decode())


def _unpacked(held: PackedArray) -> Any:
    import numpy as np

    size = _WIDTH
    for length in held.shape:
        size *= length
    opened = zlib.decompressobj()
    data = opened.decompress(base64.b85decode(held.letters), size + 1) if held.letters else b""
    if len(data) != size:
        raise ValueError("an array of another size")
    return np.frombuffer(data, "<i8").astype(np.int64).reshape(held.shape)


def work_of(
    inventory: Inventory, plan: Plan, actuals: Actuals | None, as_of: dt.date | None, options: SimulateOptions
) -> dict[str, Any]:
    """What is simulated and how: what all shares must have in common, and all that is needed to go on from them."""
    size = options.size
    return {
        "inventory": inventory,
        "plan": plan,
        "actuals": actuals,
        "as_of": as_of,
        "size": (size.runs, size.seed, size.sampling, None if size.precision is None else str(size.precision)),
        "assume": options.assume,
        "compare": options.compare,
        "versions": versions_here(),
    }


def options_of(work: Mapping[str, Any], known: Iterable[PackedRepeat]) -> SimulateOptions:
    """How it is simulated, when so much of it is known. Raises UsageError for what no share has."""
    from waveplan.simulation.simulating import SampleSize
    from waveplan.usecases.simulate import SimulateOptions

    try:
        runs, seed, sampling, precision = work["size"]
        size = SampleSize(runs, seed, sampling, None if precision is None else float(precision))
        return SimulateOptions(size, bool(work["assume"]), bool(work["compare"]), known=unpacked(known))
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        raise UsageError("a share of a simulation is not as it was written: make all shares again") from None
