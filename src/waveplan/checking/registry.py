"""Every rule of the check by its code: all that stand in the package `rules`, one file each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from waveplan.checking import rules
from waveplan.checking.hard_rule import HardRule


def _discovered() -> Iterator[HardRule]:
    for module in iter_modules(rules.__path__, f"{rules.__name__}."):
        yield from (each for each in vars(import_module(module.name)).values() if isinstance(each, HardRule))


RULES: Mapping[str, HardRule] = MappingProxyType(
    {rule.code: rule for rule in sorted(_discovered(), key=lambda each: each.code)}
)
"""The hard rules of the format in the order of their codes: those of `catalogue.PLAN_RULES`."""

STRUCTURE = frozenset(code for code, rule in RULES.items() if rule.group == "structure")
