"""By how much a lot is over what lots and waves may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.parts import Limits
from waveplan.domain.policy import Policy
from waveplan.domain.rules import Rule
from waveplan.domain.subjects import ServerSubject
from waveplan.lots.lot import Lot

_UNLIMITED = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class OverLimit:
    """One limit that a lot exceeds: of lots or of waves (`limit`), in what, and by which rule if by one."""

    limit: str  # "lot_limits", "wave_limits" or "max_per_wave"
    key: str
    amount: Decimal
    most: Decimal
    rule: str | None = None


class LotLimitsOf:
    """What the lots of an inventory may hold; of waves, the most that any stage of the cadence allows."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._inventory: Inventory = items.inventory

    def excesses(self, lot: Lot) -> list[OverLimit]:
        """Every limit that a lot, or a part of one, exceeds."""
        policy = self._items.policies[lot.stream]
        return [each for each in (*_of_lots(policy, lot), *self._of_waves(policy, lot)) if each.amount > each.most]

    def _of_waves(self, policy: Policy, lot: Lot) -> Iterator[OverLimit]:
        for key, amount in self._amounts(lot).items():
            yield OverLimit("wave_limits", key, amount, _widest(policy, key))
        for rule in self._inventory.rules:
            yield from _of_rule(rule, lot)

    def _amounts(self, lot: Lot) -> dict[str, Decimal]:
        users = sum(self._items.sites[site].total_users for site in lot.user_sites)
        amounts = {
            "servers": Decimal(len(lot.servers)),
            "applications": Decimal(_applications(lot)),
            "sites": Decimal(len(lot.counted_sites)),
            "users": Decimal(users),
            "data_tb": lot.transfer_gb / 1000,
        }
        return {**amounts, **{f"effort of {team}": days for team, days in lot.effort.items()}}


def _of_lots(policy: Policy, lot: Lot) -> Iterator[OverLimit]:
    limits = policy.lot_limits
    if limits.servers is not None:
        yield OverLimit("lot_limits", "servers", Decimal(len(lot.servers)), Decimal(limits.servers))
    if limits.applications is not None:
        yield OverLimit("lot_limits", "applications", Decimal(_applications(lot)), Decimal(limits.applications))


def _applications(lot: Lot) -> int:
    return sum(item.kind == "application" for item in lot.items)


def _widest(policy: Policy, key: str) -> Decimal:
    """The most of a key that one wave may hold, in the stage that allows most."""
    own = _limit(policy.wave_limits, key)
    return min(own, max((_limit(stage.limits, key) for stage in policy.cadence), default=_UNLIMITED))


def _limit(limits: Limits, key: str) -> Decimal:
    team = key.removeprefix("effort of ")
    most = getattr(limits, key) if team == key else limits.effort.get(team)
    return _UNLIMITED if most is None else Decimal(most)


def _of_rule(rule: Rule, lot: Lot) -> Iterator[OverLimit]:
    """Servers and applications of what the rule matches."""
    if rule.max_per_wave is None or rule.match is None:
        return
    matched = [item for item in lot.items if rule.match.matches(item)]
    if rule.max_per_wave.servers is not None:
        servers = {
            server.id
            for item in matched
            for server in item.servers
            if not rule.match.names_servers or rule.match.matches(ServerSubject(server, item.sites))
        }
        yield OverLimit("max_per_wave", "servers", Decimal(len(servers)), Decimal(rule.max_per_wave.servers), rule.id)
    if rule.max_per_wave.applications is not None:
        count = sum(item.kind == "application" for item in matched)
        yield OverLimit(
            "max_per_wave", "applications", Decimal(count), Decimal(rule.max_per_wave.applications), rule.id
        )
