"""Sentences that waveplan wrote into a plan in English are read in French; what somebody else wrote stays."""

from __future__ import annotations

import pytest

from waveplan.domain.findings import Finding, Written
from waveplan.planning.diagnosis import leaving_out
from waveplan.render.language import translator

EN, FR = translator("en"), translator("fr")
REASONS = {
    leaving_out._WAITS.format(first="payroll-12a4"): "il doit attendre payroll-12a4",
    leaving_out._BESIDE: "il n’y a pas de place pour lui",
    leaving_out._NO_ROOM: "aucun plan ne contient davantage de lots",
    leaving_out._MORE.format(n=3): "3 ",
    leaving_out._NO_TIME: "aucun plan",
}


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_are_read_in_french(reason: str) -> None:
    assert REASONS[reason] in FR.written(reason)
    assert EN.written(reason) == reason


def test_a_findings_sentence_is_recognised_with_its_values() -> None:
    template = "{second} must not cut over before {first}, which is left unplanned ({reason})"
    values = {"second": "a", "first": "b", "reason": leaving_out._NO_TIME}
    said = FR.written(template.format(**values))

    assert said == FR.message(Finding("WP301", template, values | {"reason": Written(values["reason"])}))
    assert "which" not in said
    assert "found" not in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the owner said no in March",
        "vendor: not before {May}",
        "20 % of the racks, {x",
        "Le métier refuse ; on attend",
    ],
)
def test_what_somebody_wrote_stays(text: str) -> None:
    assert FR.written(text) == text


def test_control_characters_never_reach_the_terminal() -> None:
    assert "\x1b" not in FR.written(leaving_out._WAITS.format(first="a\x1b[31m"))
