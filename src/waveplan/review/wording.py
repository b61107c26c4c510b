"""How findings of the review are put together: severity from the catalogue, lists cut short, amounts plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding, Path
from waveplan.domain.plan import Tie

_SHOWN = 5
_LINKS_SHOWN = 6


def finding(
    code: str,
    template: str,
    values: Mapping[str, Any],
    path: Path,
    subjects: Iterable[str] = (),
    hint: str = "",
    hint_values: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding in the inventory with its severity from the catalogue."""
    return Finding(
        code=code,
        template=template,
        values=values,
        severity=CATALOGUE[code].severity,
        subjects=tuple(dict.fromkeys(subjects)),
        path=path,
        hint=hint,
        hint_values=hint_values or {},
    )


def listed(names: Sequence[str], most: int = _SHOWN) -> str:
    """The first few names and how many more there are: `a, b, c … (+7)`."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} … (+{len(names) - most})"


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
