"""That a stream's lots do not fit into so many waves: a tree of cases, each of which windows refute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waveplan.certificates.loads import StreamLoads, WaveSum, by_name
from waveplan.certificates.reading import CertificateError, Mapped, entry, items, mapping, text, whole
from waveplan.certificates.windows import LotWindows, WaveBoard

MOST_CASES = 20_000


def verify_tree(loads: StreamLoads, waves: int, proof: Mapped, names: tuple[str, ...]) -> None:
    """Raise CertificateError unless the proof shows that so many waves are too few.

    `cuts` are sums and sizes below which amounts count for nothing; `tree` is None where nothing need be told apart,
    else a lot, a wave, and the two trees for the lot in that wave or before it, and after it. `names` are lots' names.
    """
    place = {names[lot]: number for number, lot in enumerate(loads.lots)}
    board = WaveBoard(loads, (*loads.sums, *_cuts(loads, proof)), waves)
    cases: list[tuple[Any, LotWindows]] = [(entry(proof, "tree"), board.start())]
    count = 0
    while cases:
        tree, windows = cases.pop()
        count += 1
        if count > MOST_CASES:
            raise CertificateError("there are too many cases")
        refuted = board.refutes(windows)
        if tree is None:
            if not refuted:
                raise CertificateError(f"a case of {waves} waves is not refuted")
        else:
            cases += _split(mapping(tree, "'tree'"), windows, place)


def _cuts(loads: StreamLoads, proof: Mapped) -> Iterator[WaveSum]:
    known = by_name(loads)
    for pair in items(proof, "cuts"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise CertificateError("a cut is no pair")
        name, small = text(pair[0], "a cut's sum"), whole(pair[1], "a cut", 1)
        if name not in known or 2 * small > max(known[name].limits):
            raise CertificateError(f"{name} cannot be cut at {small}")
        yield known[name].cut(small)


def _split(tree: Mapped, windows: LotWindows, place: dict[str, int]) -> Iterator[tuple[Any, LotWindows]]:
    name, until = text(entry(tree, "lot"), "a case's lot"), whole(entry(tree, "until"), "a case's wave", 1)
    if name not in place:
        raise CertificateError(f"there is no lot {name} in the stream")
    lot = place[name]
    early = LotWindows(list(windows.first), list(windows.last))
    late = LotWindows(list(windows.first), list(windows.last))
    early.last[lot] = min(early.last[lot], until)
    late.first[lot] = max(late.first[lot], until + 1)
    yield entry(tree, "early"), early
    yield entry(tree, "late"), late
