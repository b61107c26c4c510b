"""The sources that there are: every module of `sources` that defines `SOURCE`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from waveplan.imports import sources
from waveplan.imports.harvest import Source


@cache
def known_sources() -> dict[str, Source]:
    """By name, in the order of names."""
    modules = (import_module(f"{sources.__name__}.{each.name}") for each in iter_modules(sources.__path__))
    found = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.name: source for source in sorted(found, key=lambda each: each.name)}
