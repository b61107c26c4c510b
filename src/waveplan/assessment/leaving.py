"""Which servers an item gives up, and where."""

from __future__ import annotations

from waveplan.domain.items import Item

_GIVEN_UP = frozenset({"repurchase", "retire"})


def left_by(item: Item) -> dict[str, str]:
    """Servers that an item leaves, each with the site at which it stood; none for what stays or is taken over."""
    if item.moves_servers:
        return {move.server.id: move.origin for move in item.moves if move.origin != move.target}
    return dict(item.stands) if item.strategy in _GIVEN_UP else {}
