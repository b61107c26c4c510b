"""Rules are found where they stand: one a file, each with a code of its own that its file names."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from waveplan.checking import RULES, STRUCTURE, rules
from waveplan.checking.hard_rule import HardRule

OF_STATEMENTS = {"stated_certificates", "stated_figures", "stated_proofs"}  # what a plan says of itself is no hard rule


def rules_by_file() -> dict[str, list[HardRule]]:
    modules = {each.name: import_module(f"{rules.__name__}.{each.name}") for each in iter_modules(rules.__path__)}
    return {
        name: [rule for rule in vars(module).values() if isinstance(rule, HardRule)] for name, module in modules.items()
    }


def test_every_file_has_one_rule_and_no_code_is_given_twice() -> None:
    found = rules_by_file()
    assert {name for name, own in found.items() if len(own) != 1} == OF_STATEMENTS
    assert len(RULES) == len(found) - len(OF_STATEMENTS)


def test_rules_come_in_the_order_of_their_codes_and_know_their_group() -> None:
    assert list(RULES) == sorted(RULES)
    assert {"WP301", "WP302", "WP303"} == STRUCTURE
    assert {"WP318", "WP330", "WP352"} <= {code for code, rule in RULES.items() if rule.group == "room"}
