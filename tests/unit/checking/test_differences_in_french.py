"""What a plan states wrongly is told in the reader's language, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from unit.checking.test_every_stated_leaf import INVENTORY, NOBODY_CAN_TELL, PLAN, changed, leaves, named, with_leaf

from waveplan.checking import check
from waveplan.domain.findings import Finding, Phrase, Phrases
from waveplan.domain.plan import Plan
from waveplan.render.language import translator

FRENCH = translator("fr")
ALIKE = {"{day} {hours} h", "p90 {day}"}  # the same in both languages
ONLY_VALUES = re.compile(r"(?:\W|\{\w+\})*")


def findings(data: dict[str, Any]) -> list[Finding]:
    found = check(Plan.model_validate(data), INVENTORY, allow_unplanned=True).findings
    return [each for each in found if each.code in ("WP390", "WP391")]


def phrases(value: object) -> Iterator[Phrase]:
    if isinstance(value, Phrases):
        for part in value.parts:
            yield from phrases(part)
    if isinstance(value, Phrase):
        yield value
        for inner in value.values.values():
            yield from phrases(inner)


def every_finding() -> Iterator[Finding]:
    seen: set[tuple[str, ...]] = set()
    for path in leaves(PLAN):
        name = named(path)
        if name in seen or name in NOBODY_CAN_TELL:
            continue
        seen.add(name)
        value: Any = PLAN
        for key in path:
            value = value[key]
        try:
            yield from findings(with_leaf(path, changed(value)))
        except ValueError:  # it cannot be read so
            continue
    for key in ("teams", "milestones", "stays", "links"):
        yield from findings(PLAN | {key: type(PLAN[key])()})


def test_no_difference_is_told_in_english() -> None:
    untold, told = set(), set()
    for finding in every_finding():
        for phrase in phrases(finding.values["differences"]):
            told.add(phrase.template)
            if not ONLY_VALUES.fullmatch(phrase.template) and not FRENCH.knows(phrase.template):
                untold.add(phrase.template)
    assert untold - ALIKE == set()
    assert len(told) > 40


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("waves", 0, "number"), 7, "numéro 7 → 1"),
        (("waves", 0, "date"), "2026-02-08", "date 8 févr. 2026 → 7 févr. 2026"),
        (
            ("waves", 0, "gates", 0, "decides"),
            False,
            "point de passage go 4 févr. 2026 board → 4 févr. 2026, décide, b",
        ),
        (("teams", "ops", "crew", 0, "needed"), 9, "équipe de bascule du 19 janv. 2026"),
        (("metrics", "coexistence"), "14.5", "valeur de coexistence 14,5 → 14"),
        (("programme", "name"), "Other", "nom Other → Test"),
        (
            ("calendar", "freezes", 0, "reason"),
            "x",
            "un gel du 1er déc. 2026 au 5 déc. 2026 (x), pour domain: finance",
        ),
    ],
)
def test_figures_in_french(path: tuple[str | int, ...], value: object, said: str) -> None:
    shown = "\n".join(str(FRENCH.message(each)) for each in findings(with_leaf(path, value)))
    assert said in re.sub("[\u00a0\u202f]", " ", shown)
