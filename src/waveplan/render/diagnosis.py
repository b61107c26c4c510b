"""Why there is no plan, in words: the facts that clash with their places, and the edits that lead out."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from waveplan.domain.diagnosis import Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Location
from waveplan.render.language import Language, Shown, safe
from waveplan.render.styles import PALETTE
from waveplan.render.text import hanging, paragraph

_MOST_SHOWN = 20  # of facts that were not told apart in the time there was
_FACT, _WAY = 2, 5  # columns before what belongs to a fact, and to a way out


def diagnosis_text(found: Diagnosis, language: Language, width: int) -> list[Text]:
    """The clash, then the ways out."""
    return [*_clash(found, language, width), Text(""), *_ways_out(found, language, width)]


def _clash(found: Diagnosis, language: Language, width: int) -> Iterator[Text]:
    yield _set(_heading(found, language), width, PALETTE["title"])
    yield Text("")
    for fact in found.facts[:_MOST_SHOWN]:
        place = _place(fact.location)
        yield hanging([(language.phrase(fact.said), ""), (f"({place})", PALETTE["quiet"])], _FACT, _FACT + 2, width)

    left = len(found.facts) - _MOST_SHOWN
    if left > 0:
        yield Text("  " + language.say("… and {n} more", n=left))


def _heading(found: Diagnosis, language: Language) -> Shown:
    number = len(found.facts)
    if not found.proven:
        return language.count(
            "This fact seems to rule out every plan; the time was too short to prove it:",
            "These {n} facts seem to clash; the time was too short to prove it:",
            number,
        )
    if not found.minimal:
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
    if found.more:
        said = language.say("None of these facts suffices alone, even if it gives: other facts clash as well.")
        yield _set(said, width)
    if found.ways_out:
        said = language.count(
            "A way out; with it there is a plan that passes its check:",
            "Ways out, cheapest first; with each there is a plan that passes its check:",
            len(found.ways_out),
        )
        yield _set(said, width, PALETTE["title"])
    elif not found.complete:
        yield _set(language.say("No way out was found in the time there was; give more with --time-limit."), width)
    else:
        yield _set(language.say("No way out was found."), width)
    for number, way in enumerate(found.ways_out, start=1):
        yield Text("")
        yield from _way(number, way, language, width)
    if found.ways_out and not found.complete:
        yield Text("")
        yield _set(language.say("There may be others: the time was too short to try them all."), width)


def _way(number: int, way: WayOut, language: Language, width: int) -> Iterator[Text]:
    said = language.listing(language.phrase(each) for each in way.said)
    label = f"{number}."
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
