"""How the review words amounts, ties and lists of names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from waveplan.domain.plan_lots import Tie
from waveplan.domain.wording import finding, names

__all__ = ["chain_text", "finding", "listed", "plain", "tie_name"]
_LINKS_SHOWN = 6


listed = partial(names, most=5)


def plain(amount: Decimal | int) -> str:
    """An amount without trailing zeros and never in powers of ten."""
    return str(amount) if isinstance(amount, int) else format(amount.normalize(), "f")


def tie_name(tie: Tie) -> str:
    """A tie in a few words: `server erp-db-1`, `hard dependency erp → crm`."""
    if tie.tie == "shared server":
        return f"server {tie.server}"
    if tie.tie == "cluster":
        return f"cluster {tie.cluster}"
    if tie.tie == "shared disk":
        return f"shared disk {tie.disk}"
    if tie.tie == "order circle":
        return f"circle of orders {listed(tie.of)}"
    if tie.tie == "together rule":
        return f"rule {tie.rule}"
    return f"hard dependency {tie.of[0]} → {tie.of[1]}"


def chain_text(chain: Sequence[tuple[str, Tie, str]] | None) -> str:
    """A chain of ties as one line: `erp –[server erp-db-1]– reports –[cluster c]– portal`."""
    if not chain:
        return "-"
    steps = [f" –[{tie_name(tie)}]– {after}" for _, tie, after in chain]
    if len(steps) > _LINKS_SHOWN:
        left_out = len(steps) - _LINKS_SHOWN
        steps = [*steps[: _LINKS_SHOWN // 2], f" … (+{left_out})", *steps[-(_LINKS_SHOWN // 2) :]]
    return chain[0][0] + "".join(steps)
