"""Cuts of lots that are too large: which ties to relax, what that means, and what becomes of the lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from waveplan.domain.findings import Path
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.styles import PALETTE
from waveplan.render.text import hanging, paragraph
from waveplan.render.ties import cause_of

if TYPE_CHECKING:
    from waveplan.lot_cuts import Cut, LotCuts, OverLimit

Where = Callable[[Path], str]  # file:line:column of a path

_MEANINGS = {
    "shared server": marked("double or split the server {cause}: {items} no longer share it"),
    "cluster": marked("split the cluster {cause}: the servers of {items} no longer move together"),
    "shared disk": marked("split the disk {cause}: the servers of {items} no longer share it"),
    "order circle": marked("drop one of the orders that go round in a circle: {items} need no longer move together"),
    "together rule": marked("drop or narrow the rule {cause}: {items} need no longer move together"),
}
_KEYS = {
    "servers": marked("servers"),
    "applications": marked("applications"),
    "sites": marked("sites"),
    "users": marked("users"),
}


def cuts_text(found: Sequence[LotCuts], language: Language, width: int, where: Where) -> list[Text]:
    """Each lot that is too large with its cuts and its parts."""
    if not found:
        return [Text(language.say("Every lot fits its limits and those of waves: nothing needs to be cut."))]
    return [part for each in found for part in (*_lot(each, language, width, where), Text(""))][:-1]


def _lot(found: LotCuts, language: Language, width: int, where: Where) -> Iterator[Text]:
    excesses = language.listing(_excess(each, language) for each in found.over)
    head = language.say("Lot {lot} is too large: {excesses}.", lot=found.lot.id, excesses=excesses)
    yield paragraph([(head, PALETTE["title"])], width)
    if found.cuts:
        yield Text("")
        said = language.count(
            "The cheapest cut that was found:", "The cheapest cuts that were found:", len(found.cuts), n=len(found.cuts)
        )
        yield Text(said)
        for cut in found.cuts:
            yield from _cut(cut, language, width, where)
        yield Text("")
        yield from _parts(found, language, width)
    if not found.complete:
        said = language.say("The lot is large: parts of it were only put together tie by tie; cheaper cuts may exist.")
        yield paragraph([(said, PALETTE["quiet"])], width)
    for item in found.too_large:
        said = language.say("{item} alone is over a limit: raise it, or split {item} itself.", item=item)
        yield paragraph([(said, PALETTE["warning"])], width)


def _excess(excess: OverLimit, language: Language) -> Shown:
    key = language.say(_KEYS[excess.key]) if excess.key in _KEYS else safe(excess.key)
    limit = safe(f"{excess.limit}, {excess.rule}" if excess.rule else excess.limit)
    return language.say(
        "{amount} {key} against {most} ({limit})", amount=excess.amount, key=key, limit=limit, most=excess.most
    )


def _cut(cut: Cut, language: Language, width: int, where: Where) -> Iterator[Text]:
    yield hanging([(_meaning(cut, language), "")], 2, 4, width)
    for path in cut.paths:
        edit = "coupling: soft" if path[-1] == "coupling" else ""
        yield hanging([(f"{where(path)}  {edit}".rstrip(), PALETTE["quiet"])], 4, 6, width)


def _meaning(cut: Cut, language: Language) -> Shown:
    if cut.tie.tie == "hard dependency":
        one, other = (safe(item) for item in cut.tie.of)
        return language.say(
            "tie {one} only softly to {other}: {weight} of coexistence for each day apart",
            one=one,
            other=other,
            weight=cut.weight,
        )
    items = language.series(safe(item) for item in cut.tie.of)
    return language.say(_MEANINGS[cut.tie.tie], cause=cause_of(cut.tie), items=items)


def _parts(found: LotCuts, language: Language, width: int) -> Iterator[Text]:
    yield Text(language.count("It stays {n} lot:", "It becomes {n} lots:", len(found.parts)))
    for part in found.parts:
        items = language.series(safe(item.id) for item in part.items)
        servers = language.count("{n} server", "{n} servers", len(part.servers))
        said = language.say("{lot} ({servers}): {items}", lot=safe(part.id), servers=servers, items=items)
        yield hanging([(said, "")], 2, 4, width)
