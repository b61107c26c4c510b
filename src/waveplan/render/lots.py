"""Lots: the table of a plan's lots, that of an inventory's, and why an item is where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.domain.about import about
from waveplan.domain.parts import Criticality
from waveplan.domain.plan_lots import PlanLot, Tie
from waveplan.render.about import ServerRow, named, names_of, server_table
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.page import Page
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.ties import chain_words, tie_counts, tie_words

if TYPE_CHECKING:
    from waveplan.lots.chains import Chains
    from waveplan.lots.lot import Lot

CRITICALITY_NAMES: dict[Criticality, str] = {
    "critical": marked("critical"),
    "high": marked("high"),
    "medium": marked("medium"),
    "low": marked("low"),
}
_CRITICALITY_STYLES = {"critical": PALETTE["bad"], "high": PALETTE["fair"]}
_WIDE = 120
_FEW = 3


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot as the tables show it, from a plan or from an inventory."""

    id: str
    items: Sequence[str]
    servers: Sequence[str]
    criticality: Criticality
    transfer_gb: Decimal
    hypercare_hours: Decimal
    ties: Sequence[Tie]
    stream: str
    wave: Shown | None = None


def row_of(lot: Lot, *, names: bool = False) -> LotRow:
    """A lot of an inventory as a row."""
    items = [str(item.id) for item in lot.items]
    return LotRow(
        lot.id,
        named(items, names_of(about(lot.items))) if names else items,
        [server.id for server in lot.servers],
        lot.criticality,
        lot.transfer_gb,
        lot.hypercare_hours,
        lot.ties,
        lot.stream,
    )


def _plan_row(page: Page, lot: PlanLot) -> LotRow:
    wave = page.wave_of.get(lot.id)
    label = page.label(wave) if wave else page.language.say("none")
    if page.wave is not None:
        label = BLANK
    return LotRow(
        lot.id,
        named(lot.items, names_of(lot.about)) if page.names else lot.items,
        lot.servers,
        lot.criticality,
        lot.transfer_gb,
        lot.hypercare_hours,
        lot.because,
        lot.stream,
        label,
    )


def plan_lot_table(page: Page) -> RenderableType:
    """Lots of a plan in order of their waves."""
    return lot_table([_plan_row(page, lot) for lot in page.lots], page.language, page.width, page.signs)


def plan_server_rows(page: Page, *, all_of_them: bool = True) -> list[ServerRow]:
    """Servers of the lots to show, in order of their waves; or those alone of which the plan says something."""
    found = []
    for lot in page.lots:
        told = {each.id: each for each in lot.about_servers}
        wave = page.wave_of.get(lot.id)
        label = BLANK if wave is None or page.wave is not None else page.label(wave)
        found += [
            ServerRow(server, told.get(server), lot.id, label)
            for server in lot.servers
            if all_of_them or server in told
        ]
    return found


def plan_server_view(page: Page) -> list[RenderableType]:
    """All servers of a plan, or of one of its waves."""
    rows = plan_server_rows(page)
    if not rows:
        return [Text(page.language.say("No servers."), style=PALETTE["quiet"])]
    return [server_table(rows, page.language, page.width, page.signs, names=page.names)]


def lot_table(rows: Sequence[LotRow], language: Language, width: int, signs: Signs = UNICODE) -> RenderableType:
    """One row a lot: its items, its size and what ties it."""
    if not rows:
        return Text(language.say("No lots."), style=PALETTE["quiet"])
    say, number = language.say, language.number
    listed = [_listed(row.items) for row in rows]
    columns = [
        Column(say("Lot"), words([safe(row.id) for row in rows], PALETTE["heading"]), fold=18),
        Column(say("Wave"), words([row.wave or BLANK for row in rows], PALETTE["cutover"])),
        Column(
            say("Criticality"),
            [criticality_cell(language, row.criticality) for row in rows],
            rank=1,
            short=say("Crit."),
        ),
        Column(say("Items"), words(listed), fold=16),
        Column(say("Servers"), words([number(len(row.servers)) for row in rows]), right=True),
        Column(say("GB"), words([number(row.transfer_gb, 0) for row in rows]), right=True, rank=3),
        Column(
            say("Hypercare"),
            words([say("{hours} h", hours=row.hypercare_hours) for row in rows]),
            right=True,
            rank=4,
        ),
        Column(say("Tied by"), words([_tied(language, row.ties, width) for row in rows]), rank=2, fold=16),
    ]
    return table(columns, width, language, signs)


def _listed(items: Sequence[str]) -> Shown:
    """One item a line while they are few, then in running text."""
    return Shown(("\n" if len(items) <= _FEW else ", ").join(safe(item) for item in items))


def _tied(language: Language, ties: Sequence[Tie], width: int) -> Shown:
    """Each tie in words where there is room, else how many there are of each kind."""
    if width < _WIDE or len(ties) > _FEW:
        return tie_counts(language, ties)
    return Shown("\n".join(tie_words(language, tie) for tie in ties))


def criticality_cell(language: Language, criticality: Criticality) -> Cell:
    """A criticality in words; the higher ones stand out."""
    return Cell(language.say(CRITICALITY_NAMES[criticality]), _CRITICALITY_STYLES.get(criticality, ""))


_FURTHER = "… and {n} further away; name one to see its chain: --why {item} --why {other}"
_MOST_CHAINS = 20  # a lot of hundreds would fill pages, nearly all of it said again and again


Steps = Sequence[tuple[str, Tie, str]]
Reason = Callable[[Tie], "str | None"]


def why(item: str, lot: LotRow, chains: Chains, language: Language, reason: Reason) -> RenderableType:
    """Why an item is in its lot: for each other member, the shortest chain of ties that leads to it."""
    return why_chained(item, lot.id, lot.items, chains, language, reason)


def why_chained(
    item: str, lot: str, items: Iterable[str], chains: Chains, language: Language, reason: Reason = lambda _: None
) -> RenderableType:
    """The same of a lot of which only its id and its items are known."""
    others = [member for member in items if member != item]
    if not others:
        alone = language.say("{item} is alone in its lot {lot}: nothing ties it.", item=item, lot=lot)
        return Text(alone)
    head = language.count(
        "{item} is in the lot {lot} with {n} other item, by the shortest chain of ties:",
        "{item} is in the lot {lot} with {n} other items, each by the shortest chain of ties:",
        len(others),
        item=item,
        lot=lot,
    )
    nearest = sorted(chains.shown, key=len)  # stable: members at one distance keep their order
    shown = [_chain(language, chain, reason) for chain in nearest[:_MOST_CHAINS]]
    further = len(nearest) - len(shown) + chains.further
    if further:
        other = chains.furthest or nearest[-1][-1][2]
        shown.append(Text("\n" + language.say(_FURTHER, n=further, item=item, other=other)))
    return Group(Text(head), *shown)


def _chain(language: Language, chain: Steps, reason: Reason) -> Text:
    text = Text("\n")
    text.append(safe(chain[-1][2]) if chain else "", style=PALETTE["heading"])
    for number, (said, (_, tie, _)) in enumerate(zip(chain_words(language, chain), chain, strict=True), start=1):
        text.append(f"\n  {number}. {said}")
        told = reason(tie)
        if told:
            text.append(f" ({safe(told)})", style=PALETTE["quiet"])
    return text
