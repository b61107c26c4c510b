"""Every hard rule of the format stands on both sides, under one code."""

from __future__ import annotations

from waveplan.checking import RULES
from waveplan.domain.catalogue import PLAN_RULES
from waveplan.planning.rules import ENFORCED


def test_solver_and_checker_hold_the_same_rules() -> None:
    assert set(ENFORCED) == set(RULES) == set(PLAN_RULES)


def test_what_enforces_a_rule_says_its_code() -> None:
    silent = [
        (code, place.__qualname__)
        for code, places in ENFORCED.items()
        for place in places
        if code not in (place.__doc__ or "") and code not in {"WP302", "WP303", "WP338", "WP340"}
    ]
    assert not silent
