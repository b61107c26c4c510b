"""Pairing heaps of nodes, by the most valuable: a node's heap is in two columns of its own row."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.packing.kernel import layout as at


@inner
def meld(nodes, one, other):  # type: ignore[no-untyped-def]
    """Join two pairing heaps; the more valuable node is on top, of equals the older."""
    if one < 0:
        return other
    if other < 0:
        return one
    mine, its = nodes[one, at.VALUE], nodes[other, at.VALUE]
    if its > mine or (its == mine and other < one):
        one, other = other, one
    nodes[other, at.NEXT] = nodes[one, at.CHILD]
    nodes[one, at.CHILD] = other
    return one


@inner
def pop(nodes, top):  # type: ignore[no-untyped-def]
    """What is left of a heap without its top."""
    pairs = -1
    node = nodes[top, at.CHILD]
    while node >= 0:
        second = nodes[node, at.NEXT]
        if second < 0:
            nodes[node, at.NEXT] = pairs
            pairs = node
            break
        after = nodes[second, at.NEXT]
        nodes[node, at.NEXT] = -1
        nodes[second, at.NEXT] = -1
        joined = meld(nodes, node, second)
        nodes[joined, at.NEXT] = pairs
        pairs = joined
        node = after
    rest = -1
    while pairs >= 0:
        after = nodes[pairs, at.NEXT]
        nodes[pairs, at.NEXT] = -1
        rest = meld(nodes, rest, pairs)
        pairs = after
    return rest
