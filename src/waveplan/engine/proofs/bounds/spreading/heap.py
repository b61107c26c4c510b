"""A heap of lots by distance, for compiled searches of shortest paths."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner


@inner
def sift_down(heap, lots, size, value, lot):  # type: ignore[no-untyped-def]
    """Put an entry in at the top of a heap."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[place] = heap[child]
        lots[place] = lots[child]
        place = child
    heap[place] = value
    lots[place] = lot


@inner
def sift_up(heap, lots, place, value, lot):  # type: ignore[no-untyped-def]
    """Put an entry in at the bottom of a heap."""
    while place > 0 and heap[(place - 1) // 2] > value:
        heap[place] = heap[(place - 1) // 2]
        lots[place] = lots[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = value
    lots[place] = lot
