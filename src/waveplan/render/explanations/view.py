"""Why an item is where it is: its lot, its wave, and what keeps it out of the others; or what a wish would mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.explanations import Explanation, SlotVerdict
from waveplan.lots.chains import Chains
from waveplan.render.columns import Cell, Column
from waveplan.render.differences.tables import Sheet
from waveplan.render.explanations.grouping import Group, grouped, slots_words
from waveplan.render.explanations.verdicts import verdict_words
from waveplan.render.explanations.wishes import wish_view
from waveplan.render.language import Language, Shown, safe
from waveplan.render.lots import why_chained
from waveplan.render.page import SMALLEST_WIDTH
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph


def explanation_view(
    found: Explanation, language: Language, width: int = 80, signs: Signs = UNICODE
) -> list[RenderableType]:
    """The whole answer, part by part."""
    sheet = Sheet(language, max(width, SMALLEST_WIDTH), signs)
    views: list[RenderableType] = [
        why_chained(found.member, found.lot, found.items, _chains(found), language),
        Text(""),
        paragraph([(_place(found, language), PALETTE["cutover"])], sheet.width),
    ]
    if found.mending is not None:
        return [*views, Text(""), *wish_view(found, found.mending, sheet)]
    if found.wave is None:
        views += _direction(language.say("What keeps it out of each slot"), found.later, found, sheet, later=True)
    else:
        views += _direction(language.say("Why not earlier"), found.earlier, found, sheet, later=False)
        views += _direction(language.say("Why not later"), found.later, found, sheet, later=True)
    return [*views, *_never(found, sheet), *_unseen(found, sheet)]


def _place(found: Explanation, language: Language) -> Shown:
    if found.wave is None:
        reason = language.written(found.left_out or "")
        return language.say("It is in no wave: {reason}." if reason else "It is in no wave.", reason=reason)
    return language.say(
        "It cuts over in {wave} on {day}, window {window}.",
        wave=safe(found.wave.label),
        day=language.day(found.wave.date),
        window=safe(found.window or ""),
    )


def _direction(
    title: Shown, verdicts: Sequence[SlotVerdict], found: Explanation, sheet: Sheet, *, later: bool
) -> Iterator[RenderableType]:
    say = sheet.language.say
    verdicts = [verdict for verdict in verdicts if _may_use(verdict)]
    yield Text("")
    yield Text(title, style=PALETTE["heading"])
    if not verdicts:
        yield Text(say("There is no slot there."), style=PALETTE["quiet"])
        return
    groups = grouped(verdicts)
    columns = [
        Column(say("Slot"), [_slots(group, len(verdicts), sheet, later) for group in groups], fold=19),
        Column(say("What keeps it away"), [_why(group, found, sheet) for group in groups], fold=20),
    ]
    yield sheet.table(columns)


def _why(group: Group, found: Explanation, sheet: Sheet) -> Cell:
    return verdict_words(group.nearest, found, sheet, for_example=group.figures_differ)


def _may_use(verdict: SlotVerdict) -> bool:
    """Whether the slot's window is one that the lot may use at all."""
    return not any(each.alone and each.finding.code == "WP304" for each in verdict.obstacles)


def _never(found: Explanation, sheet: Sheet) -> Iterator[RenderableType]:
    """Windows that the lot may never use, in one line: a row for each of their slots would say the same."""
    windows = sorted({each.window for each in (*found.earlier, *found.later) if not _may_use(each)})
    if windows:
        shown = Shown(", ".join(safe(window) for window in windows))
        yield Text("")
        said = sheet.language.say("Left out are windows that it may never use (WP304): {windows}.", windows=shown)
        yield paragraph([(said, PALETTE["quiet"])], sheet.width)


def _slots(group: Group, all_slots: int, sheet: Sheet, later: bool) -> Cell:
    return Cell(slots_words(group, all_slots, sheet.language, later=later), PALETTE["heading"])


def _unseen(found: Explanation, sheet: Sheet) -> Iterator[RenderableType]:
    if found.unseen:
        said = sheet.language.count(
            "{n} slot further away was not looked at.", "{n} slots further away were not looked at.", found.unseen
        )
        yield Text("")
        yield paragraph([(said, PALETTE["quiet"])], sheet.width)


def _chains(found: Explanation) -> Chains:
    """The chains that were kept, and how many were not: a lot of thousands in a row has too many."""
    chains = tuple(list(chain) for chain in found.chains)
    missing = {item for item in found.items if item != found.member} - {chain[-1][2] for chain in chains if chain}
    return Chains(chains, len(missing), max(missing, default=""))
