"""What a wish would mean: what breaks as the plan stands, and what mending it takes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.diagnosis import Clash
from waveplan.domain.differences import PlanDifference
from waveplan.domain.explanations import Explanation, Mending, SlotVerdict
from waveplan.render.diagnosis import facts_text
from waveplan.render.differences.figures import goal_table
from waveplan.render.differences.lots import moved_table
from waveplan.render.differences.tables import Sheet
from waveplan.render.differences.waves import wave_table
from waveplan.render.explanations.verdicts import holders_words, obstacle_words
from waveplan.render.language import Shown, marked, safe
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

_MOST = 6
_BETWEEN = "That at least {least} must is proven; whether fewer than were found do is not."
_SECTIONS = ((marked("Goals"), goal_table), (marked("Moved lots"), moved_table), (marked("Waves"), wave_table))


def wish_view(found: Explanation, mending: Mending, sheet: Sheet) -> Iterator[RenderableType]:
    """Where it is wished to be, what forbids that, and what comes of mending."""
    say = sheet.language.say
    verdict = mending.verdict
    if verdict is None:
        yield Text(say("That is where it is."))
        return
    yield Text(_wished(verdict, sheet), style=PALETTE["heading"])
    if not verdict.free:
        yield paragraph([(_heading(mending, sheet), "")], sheet.width)
        yield from _obstacles(verdict, mending, found, sheet)
    for sentence, style in _outcome(mending, found, sheet):
        yield paragraph([(sentence, PALETTE[style])], sheet.width)
    for clash in mending.clashes:
        yield paragraph([(_clashing(clash, sheet), "")], sheet.width)
        yield from facts_text(clash, sheet.language, sheet.width)
    for finding in mending.findings[:_MOST]:
        yield paragraph([(Shown(f"  {finding.code} {sheet.language.message(finding)}"), "")], sheet.width)
    if mending.difference is not None:
        yield from _tables(mending.difference, sheet)


def _wished(verdict: SlotVerdict, sheet: Sheet) -> Shown:
    day = sheet.language.day(verdict.date)
    if verdict.wave is None:
        return sheet.language.say("In a new wave on {day}, window {window}", day=day, window=safe(verdict.window))
    return sheet.language.say("In {wave} on {day}", wave=safe(verdict.wave.label), day=day)


def _heading(mending: Mending, sheet: Sheet) -> Shown:
    if mending.status == "impossible" and mending.verdict is not None and mending.verdict.alone:
        return sheet.language.say("It cannot be there, whatever else moves:")
    return sheet.language.say("If nothing else moved, this would break:")


def _obstacles(verdict: SlotVerdict, mending: Mending, found: Explanation, sheet: Sheet) -> Iterator[RenderableType]:
    alone = mending.status == "impossible" and verdict.alone
    shown = [each for each in verdict.obstacles if each.alone or not alone]
    for number, obstacle in enumerate(shown[:_MOST]):
        yield _indented(obstacle_words(obstacle, sheet.language), sheet)
        held = holders_words(verdict, found, sheet) if number == 0 else None
        if held:
            yield _indented(held, sheet, PALETTE["quiet"])
    more = len(shown) - _MOST
    if more > 0:
        yield Text(sheet.language.say("… and {n} more; --json lists them all.", n=more), style=PALETTE["quiet"])


def _indented(words: Shown, sheet: Sheet, style: str = "") -> RenderableType:
    from rich.padding import Padding

    return Padding(paragraph([(words, style)], sheet.width - 2), (0, 0, 0, 2))


def _outcome(mending: Mending, found: Explanation, sheet: Sheet) -> Iterator[tuple[Shown, str]]:
    """Sentences that say what came of it, each with its style."""
    say = sheet.language.say
    if mending.status == "impossible" and mending.verdict is not None and not mending.verdict.alone:
        yield say("It cannot be there: it is proven that no plan with it there keeps every rule."), "bad"
    elif mending.status == "unknown":
        yield say("No plan with it there was found in time, which does not mean that there is none."), "fair"
    elif mending.status == "free":
        yield say("It can be there, and nothing else has to move."), "good"
    elif mending.difference is not None:
        yield _moves(mending.difference, found, mending, sheet), "fair"


def _clashing(clash: Clash, sheet: Sheet) -> Shown:
    """What is proven of facts that clash with the wish."""
    number = len(clash.facts)
    if not clash.proven:
        return sheet.language.count(
            "This fact seems to forbid it; the time was too short to prove it:",
            "These {n} facts together seem to forbid it; the time was too short to prove it:",
            number,
        )
    if not clash.minimal:
        return sheet.language.count(
            "This fact forbids it, if not even less does:",
            "These {n} facts together forbid it; whether each of them is needed for that is not proven:",
            number,
        )
    return sheet.language.count(
        "This fact alone forbids it:",
        "These {n} facts together forbid it; without any one of them the others do not:",
        number,
    )


def _moves(difference: PlanDifference, found: Explanation, mending: Mending, sheet: Sheet) -> Shown:
    """How many others move in what was found, and what is proven of fewer."""
    others = [move for move in difference.moved if move.lot != found.lot]
    said = sheet.language.count(
        "It can be there if {n} other lot moves.", "It can be there if {n} other lots move.", len(others)
    )
    proof = sheet.language.say("Fewer are proven not to do." if mending.fewest else "Fewer may do: that is not proven.")
    if mending.least and not mending.fewest:
        proof = sheet.language.say(_BETWEEN, least=mending.least)
    return Shown(f"{said} {proof}")


def _tables(difference: PlanDifference, sheet: Sheet) -> Iterator[RenderableType]:
    for title, drawn in _SECTIONS:
        table = drawn(difference, sheet)
        if table is not None:
            yield Text("")
            yield Text(sheet.language.say(title), style=PALETTE["heading"])
            yield table
