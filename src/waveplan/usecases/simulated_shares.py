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
    from waveplan.simulation.repair.batches import PlayedRepair
    from waveplan.usecases.simulate import SimulateOptions

_ARRAYS = ("places", "no_goes", "backs", "pushers", "causes", "over", "lacking")
_OF_REPAIRS = ("lots", "slips", "short", "lost", "unproven")
_FLAGS = frozenset({"short", "lost", "unproven"})
_REPAIR = "repair"  # where a repeat has its scene: what was replanned has one alone
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


def packed(repeats: Iterable[PlayedRepeat | PlayedRepair]) -> tuple[PackedRepeat, ...]:
    """Repeats as a share has them."""
    return tuple(_repeat_packed(each) for each in repeats)


def _repeat_packed(played: PlayedRepeat | PlayedRepair) -> PackedRepeat:
    from waveplan.simulation.repair.batches import PlayedRepair

    if isinstance(played, PlayedRepair):
        arrays = {name: getattr(played.result.waves, name) for name in _ARRAYS}
        arrays |= {name: getattr(played.result, name) for name in _OF_REPAIRS}
        scene = _REPAIR
    else:
        arrays, scene = {name: getattr(played.result, name) for name in _ARRAYS}, played.scene
    return PackedRepeat(scene, astuple(played.task), {name: _packed(each) for name, each in arrays.items()})


def unpacked(results: Iterable[PackedRepeat]) -> tuple[PlayedRepeat | PlayedRepair, ...]:
    """Repeats again. Raises ValueError, KeyError, TypeError or zlib.error for what `packed` has not made."""
    return tuple(_repeat_unpacked(each) for each in results)


def _repeat_unpacked(packed: PackedRepeat) -> PlayedRepeat | PlayedRepair:
    from waveplan.simulation.batches import BatchResult, BatchTask
    from waveplan.simulation.players import PlayedRepeat
    from waveplan.simulation.repair.batches import PlayedRepair, RepairResult, RepairTask

    arrays = {name: _unpacked(packed.arrays[name]) for name in _ARRAYS}
    if packed.scene != _REPAIR:
        task = BatchTask(*packed.task)
        return PlayedRepeat(packed.scene, task, BatchResult(task.repeat, **arrays))
    replanned = RepairTask(*packed.task)
    more = {name: _unpacked(packed.arrays[name]) for name in _OF_REPAIRS}
    more |= {name: more[name] != 0 for name in _FLAGS}
    return PlayedRepair(replanned, RepairResult(BatchResult(replanned.repeat, **arrays), **more))


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
        "policy": options.policy,
        "versions": versions_here(),
    }


def options_of(work: Mapping[str, Any], known: Iterable[PackedRepeat]) -> SimulateOptions:
    """How it is simulated, when so much of it is known. Raises UsageError for what no share has."""
    from waveplan.simulation.simulating import SampleSize
    from waveplan.usecases.simulate import SimulateOptions

    try:
        runs, seed, sampling, precision = work["size"]
        size = SampleSize(runs, seed, sampling, None if precision is None else float(precision))
        asked = bool(work["assume"]), bool(work["compare"]), work["policy"]
        return SimulateOptions(size, *asked, known=unpacked(known))
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        raise UsageError("a share of a simulation is not as it was written: make all shares again") from None
