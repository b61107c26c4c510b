"""Suggested cuts of lots, laid out for people and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from waveplan.cli.inventories import ReadInventory
from waveplan.cli.options import ViewFormat
from waveplan.domain.findings import Path
from waveplan.export.json_text import document

if TYPE_CHECKING:
    from rich.text import Text

    from waveplan.cli.session import Page
    from waveplan.loading import SourceMap
    from waveplan.lot_cuts import Cut, LotCuts, OverLimit


def show_cuts(found: Sequence[LotCuts], read: ReadInventory, output_format: ViewFormat) -> None:
    """Show them on standard output."""
    sources = read.validation.loaded.sources
    if output_format == "json":
        read.session.result(document("cuts", {"lots": [_data(each, sources) for each in found]}))
        return
    from waveplan.render.cuts import cuts_text

    def view(page: Page) -> list[Text]:
        return cuts_text(found, *page[:2], lambda path: str(sources.locate(path)))

    read.session.show_as(output_format, view)


def _data(found: LotCuts, sources: SourceMap) -> dict[str, Any]:
    return {
        "lot": found.lot.id,
        "over": [_excess(each) for each in found.over],
        "cost": found.cost,
        "cuts": [_cut(cut, sources) for cut in found.cuts],
        "parts": [
            {
                "id": part.id,
                "items": [item.id for item in part.items],
                "servers": [server.id for server in part.servers],
            }
            for part in found.parts
        ],
        "too_large": found.too_large,
        "complete": found.complete,
    }


def _excess(excess: OverLimit) -> dict[str, Any]:
    data = {
        "limit": excess.limit,
        "key": excess.key,
        "amount": float(excess.amount),
        "most": float(excess.most),
    }
    return {**data, "rule": excess.rule} if excess.rule else data


def _cut(cut: Cut, sources: SourceMap) -> dict[str, Any]:
    return {
        **cut.tie.model_dump(exclude_none=True),
        "cost": cut.cost,
        "coexistence_per_day": float(cut.weight),
        "places": [_place(path, sources) for path in cut.paths],
    }


def _place(path: Path, sources: SourceMap) -> dict[str, Any]:
    return {"path": path, **sources.locate(path).entry}
