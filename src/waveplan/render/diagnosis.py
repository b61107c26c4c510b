"""Why there is no plan, in words: the facts that clash with their places, and the edits that lead out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from waveplan.domain.diagnosis import Clash, Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Location
from waveplan.render.language import Language, Shown, safe
from waveplan.render.styles import PALETTE
from waveplan.render.text import hanging, paragraph

_MOST_SHOWN = 20  # of facts that were not told apart in the time there was
_FACT, _WAY = 2, 5  # columns before what belongs to a fact, and to a way out


def diagnosis_text(found: Diagnosis, language: Language, width: int) -> list[Text]:
    """The clash, then the ways out; of several clashes one after the other, then what leads out of all."""
    if len(found.clashes) == 1:
        clash = found.clashes[0]
        told = [*_clash(clash, _heading(clash, language), language, width), Text("")]
        return [*told, *_ways_out(found, language, width)]
    return [*_several(found, language, width), Text(""), *_together(found, language, width)]


# --- several clashes -------------------------------------------------------------------------------------------------


def _several(found: Diagnosis, language: Language, width: int) -> Iterator[Text]:
    said = language.say("{n} separate clashes stand in the way of a plan; each has to give:", n=len(found.clashes))
    yield _set(said, width, PALETTE["title"])
    for number, clash in enumerate(found.clashes, start=1):
        yield Text("")
        yield from _clash(clash, _numbered(number, clash, language), language, width)
        yield Text("")
        if clash.ways_out:
            yield _set(
                language.count("A way out of it:", "Ways out of it, cheapest first:", len(clash.ways_out)), width
            )
        else:
            unfound = language.say("No way out of it was found.")
            short = language.say("No way out of it was found in the time there was; give more with --time-limit.")
            yield _set(unfound if found.complete else short, width)
        for place, way in enumerate(clash.ways_out, start=1):
            yield from _way(f"{number}.{place}", way, language, width)


def _numbered(number: int, clash: Clash, language: Language) -> Shown:
    facts = len(clash.facts)
    if not clash.proven:
        return language.count(
            "{place}. A fact that no plan seems to keep; the time was too short to prove it:",
            "{place}. Facts that no plan seems to keep all; the time was too short to prove it:",
            facts,
            place=number,
        )
    if not clash.minimal:
        return language.count(
            "{place}. A fact that no plan keeps, if not even less rules out every plan:",
            "{place}. Facts that no plan keeps all; whether each of them is needed for that is not proven:",
            facts,
            place=number,
        )
    return language.count(
        "{place}. A fact that no plan keeps:",
        "{place}. Facts that no plan keeps all, each of which is needed for that:",
        facts,
        place=number,
    )


def _together(found: Diagnosis, language: Language, width: int) -> Iterator[Text]:
    if found.ways_out:
        said = language.say("All of them together; with this there is a plan that passes its check:")
        yield _set(said, width, PALETTE["title"])
        for way in found.ways_out:
            yield from _way("", way, language, width)
    elif found.more:
        yield _set(language.say("Other facts may clash as well: it was not looked any further."), width)
    elif not found.complete:
        said = language.say("Whether a way out of each, taken together, gives a plan was not found out in the time.")
        yield _set(said, width)
    else:
        yield _set(language.say("No way out of all of them together was found."), width)


# --- one clash -------------------------------------------------------------------------------------------------------


def _clash(clash: Clash, heading: Shown, language: Language, width: int) -> Iterator[Text]:
    yield _set(heading, width, PALETTE["title"])
    yield Text("")
    yield from facts_text(clash, language, width)


def facts_text(clash: Clash, language: Language, width: int) -> Iterator[Text]:
    """The facts of a clash, one a line, with their places."""
    for fact in clash.facts[:_MOST_SHOWN]:
        where = [] if fact.location is None else [(Shown(f"({_place(fact.location)})"), PALETTE["quiet"])]
        yield hanging([(language.phrase(fact.said), ""), *where], _FACT, _FACT + 2, width)
    left = len(clash.facts) - _MOST_SHOWN
    if left > 0:
        yield Text("  " + language.say("… and {n} more", n=left))


def _heading(clash: Clash, language: Language) -> Shown:
    number = len(clash.facts)
    if not clash.proven:
        return language.count(
            "This fact seems to rule out every plan; the time was too short to prove it:",
            "These {n} facts seem to clash; the time was too short to prove it:",
            number,
        )
    if not clash.minimal:
        return language.count(
            "This fact rules out every plan, if not even less does:",
            "These {n} facts clash: no plan keeps them all; whether each of them is needed for that is not proven:",
            number,
        )
    return language.count(
        "This fact alone rules out every plan:",
        "These {n} facts clash: no plan keeps them all, and each of them is needed for that:",
        number,
    )


def _ways_out(found: Diagnosis, language: Language, width: int) -> Iterator[Text]:
    if found.ways_out:
        said = language.count(
            "A way out; with it there is a plan that passes its check:",
            "Ways out, cheapest first; with each there is a plan that passes its check:",
            len(found.ways_out),
        )
        yield _set(said, width, PALETTE["title"])
    elif found.more:
        yield _set(language.say("Other facts may clash as well: it was not looked any further."), width)
    elif not found.complete:
        yield _set(language.say("No way out was found in the time there was; give more with --time-limit."), width)
    else:
        yield _set(language.say("No way out was found."), width)
    for number, way in enumerate(found.ways_out, start=1):
        yield Text("")
        yield from _way(f"{number}.", way, language, width)
    if found.ways_out and not found.complete:
        yield Text("")
        yield _set(language.say("There may be others: the time was too short to try them all."), width)


def _way(label: str, way: WayOut, language: Language, width: int) -> Iterator[Text]:
    said = language.listing(language.phrase(each) for each in way.said)
    yield hanging([(label, PALETTE["heading"]), (said, "")], max(_WAY - 1 - len(label), 0), _WAY, width)
    if way.note is not None:
        yield hanging([(language.phrase(way.note), PALETTE["quiet"])], _WAY, _WAY, width)
    for edit in way.edits:
        yield hanging([(_edit(edit, language), "")], _WAY, _WAY + 2, width)


def _edit(edit: InventoryEdit, language: Language) -> Shown:
    path = safe(edit.spoken)
    if edit.removes:
        return language.say("{place}  remove {path}", place=_place(edit.location), path=path)
    return Shown(f"{_place(edit.location)}  {path}: {safe(edit.text)}")


def _place(location: Location | None) -> Shown:
    return safe(str(location)) if location is not None else Shown("")


def _set(words: Shown, width: int, style: str = "") -> Text:
    return paragraph([(words, style)], width)
