"""The lots of an inventory, laid out for people and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from waveplan.cli.session import Session
from waveplan.domain.about import about, about_servers
from waveplan.domain.naming import item_meant
from waveplan.domain.plan_lots import Tie
from waveplan.domain.plan_names import refuse_unknown_item
from waveplan.errors import UsageError
from waveplan.export.json_text import document
from waveplan.lots import Lots
from waveplan.lots.chains import Chains, chains_from
from waveplan.lots.lot import Lot

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.cli.session import Page


def tables(
    lots: Lots, why: Sequence[str], session: Session, page: Page, *, names: bool = False
) -> list[RenderableType]:
    """The lot table; or, for one or two items, the chains of ties."""
    from rich.text import Text

    from waveplan.render.lots import lot_table, row_of
    from waveplan.render.lots import why as why_view

    if not why:
        rows = [row_of(lot, names=names) for lot in lots]
        said = _about(lots, page)
        return [lot_table(rows, *page), *([Text(""), *said] if said else [])]
    why = [item_meant(lots.items, word) for word in why]
    lot, chains = _reasons(lots, why, session)
    return [why_view(why[0], row_of(lot), chains, page[0], lots.reason), *_about([lot], page)]


def server_tables(
    lots: Lots, _: Sequence[str], session: Session, page: Page, *, names: bool = False
) -> list[RenderableType]:
    """The servers of all lots, with what is said of them for people."""
    from waveplan.render.about import ServerRow, server_table

    del session
    rows = []
    for lot in lots:
        told = {each.id: each for each in about_servers(lot.servers)}
        rows += [ServerRow(server.id, told.get(server.id), lot.id) for server in lot.servers]
    return [server_table(rows, *page, names=names)]


def _about(lots: Iterable[Lot], page: Page) -> list[RenderableType]:
    """What is said of the items for people: owners, recovery objectives, hours of service."""
    from waveplan.render.about import about_table

    facts = [each for lot in lots for each in about(lot.items)]
    return about_table(facts, *page)


def as_json(lots: Lots, why: Sequence[str], session: Session) -> str:
    """The same as data."""
    if not why:
        return document("lots", {"lots": [_data(lot) for lot in lots]})
    why = [item_meant(lots.items, word) for word in why]
    lot, chains = _reasons(lots, why, session)
    steps = [[_step(lots, *step) for step in chain] for chain in chains.shown]
    further = {"chains_left_out": chains.further} if chains.further else {}
    return document("chains", {"item": why[0], "lot": _data(lot), "chains": steps, **further})


def _step(lots: Lots, one: str, tie: Tie, other: str) -> dict[str, Any]:
    reason = lots.reason(tie)
    return {"from": one, "to": other, **tie.model_dump(exclude_none=True), **({"reason": reason} if reason else {})}


def _reasons(lots: Lots, why: Sequence[str], session: Session) -> tuple[Lot, Chains]:
    """The lot of the first item, and the chains that lead from it to the second one, or to all others."""
    if len(why) > 2:
        raise UsageError(session.say("--why takes one item, or two that are in one lot."))
    lot = _lot_of(lots, why[0], session)
    if len(why) == 2:
        other = _lot_of(lots, why[1], session)
        if other is not lot:
            apart = "{one} is in the lot {lot}, {other} in {second}: nothing ties them."
            raise UsageError(session.say(apart, one=why[0], lot=lot.id, other=why[1], second=other.id))
    members = why[1:] or [str(item.id) for item in lot.items]
    return lot, chains_from(lot.ties, why[0], [member for member in members if member != why[0]])


def _lot_of(lots: Lots, item: str, session: Session) -> Lot:
    refuse_unknown_item(item, (each.id for each in lots.items))
    lot = lots.of(item)
    if lot is None:
        raise UsageError(session.say("{item} is in no lot: it is retained or retired.", item=item))
    return lot


def _data(lot: Lot) -> dict[str, Any]:
    return {
        "id": lot.id,
        "stream": lot.stream,
        "items": [item.id for item in lot.items],
        "servers": [server.id for server in lot.servers],
        "criticality": lot.criticality,
        "transfer_gb": float(lot.transfer_gb),
        "hypercare_hours": float(lot.hypercare_hours),
        "effort": {team: float(days) for team, days in lot.effort.items()},
        "because": [tie.model_dump(exclude_none=True) for tie in lot.ties],
        "about": [each.model_dump(mode="json", exclude_none=True) for each in about(lot.items)],
        "about_servers": [each.model_dump(mode="json", exclude_defaults=True) for each in about_servers(lot.servers)],
    }
