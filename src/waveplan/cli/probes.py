"""What `waveplan doctor` looks at: each probe says what it found, or raises what is wrong."""

from __future__ import annotations

import io
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from importlib import import_module, metadata
from pathlib import Path

from waveplan.cli.asked import asked
from waveplan.render.language import Language, Shown, marked, translator
from waveplan.version import __version__

DEPENDENCIES = {
    "ortools": "ortools.sat.python.cp_model",
    "pydantic": "pydantic",
    "networkx": "networkx",
    "holidays": "holidays",
    "PyYAML": "yaml",
    "rich": "rich.console",
    "typer": "typer",
    "tzdata": "tzdata",
}
SMALL_INVENTORY = """\
waveplan: 1
programme: {name: Self-test, start: 2026-01-05, deadline: 2026-06-30}
sites:
  - {id: old, roles: [source], target: new}
  - {id: new, roles: [target]}
servers:
  - {id: s1, site: old}
  - {id: s2, site: old}
applications:
  - {id: a1, servers: [s1], depends_on: [{app: a2, order: provider_first, min_gap_days: 7}]}
  - {id: a2, servers: [s2]}
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that was looked at: its name, what was found, and whether it works."""

    name: str
    found: str
    works: bool


def everything(language: str) -> list[Probe]:
    """All probes, in the order in which they are shown; `language` is what this run speaks."""
    probes: list[tuple[str, Callable[[], str]]] = [("Python", _python), ("waveplan", lambda: __version__)]
    probes += [(name, partial(_dependency, name)) for name in DEPENDENCIES]
    probes += [
        (marked("YAML parser in C"), _yaml_parser),
        (marked("time zones"), _time_zones),
        (marked("public holidays"), _public_holidays),
        (marked("processor"), _processor),
        (marked("memory"), _memory),
        (marked("terminal"), _terminal),
        (marked("language"), lambda: language),
        (marked("templates"), _templates),
        (marked("small solve"), _small_solve),
    ]
    return [_run(name, probe) for name, probe in probes]


def _spoken() -> Language:
    return translator(asked())


def _run(name: str, probe: Callable[[], str]) -> Probe:
    try:
        return Probe(name, probe(), works=True)
    except Exception as error:  # noqa: BLE001 - whatever is broken is what the doctor is asked for
        return Probe(name, f"{type(error).__name__}: {error}", works=False)


def _python() -> str:
    return f"{platform.python_version()} ({platform.python_implementation()}, {platform.system()} {platform.machine()})"


def _dependency(name: str) -> str:
    import_module(DEPENDENCIES[name])
    return metadata.version(name)


def _yaml_parser() -> str:
    import yaml

    if not yaml.__with_libyaml__:
        raise RuntimeError("PyYAML was installed without libyaml: reading large inventories needs it")
    return "libyaml {}.{}.{}".format(*import_module("yaml._yaml").get_version())


def _time_zones() -> str:
    import datetime as dt
    from zoneinfo import ZoneInfo, available_timezones

    summer = dt.datetime(2026, 7, 14, 12, tzinfo=ZoneInfo("Europe/Paris")).utcoffset()
    if summer != dt.timedelta(hours=2):
        raise RuntimeError(f"Europe/Paris stands at {summer} from UTC in July 2026, not at 2 hours")
    return _spoken().say("{n} zones", n=len(available_timezones()))


def _public_holidays() -> str:
    import datetime as dt

    import holidays

    if dt.date(2026, 12, 26) not in holidays.country_holidays("FR", subdiv="57", years=2026):
        raise RuntimeError("26 December is missing from the holidays of FR-57")
    return _spoken().say("{n} countries", n=len(holidays.list_supported_countries(include_aliases=False)))


def _processor() -> str:
    from waveplan.engine.running.machine import usable_cores

    return _spoken().say("{usable} of {all} cores usable", usable=usable_cores(), all=os.cpu_count())


def _memory() -> str:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return _spoken().say("unknown")
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit_file = Path("/sys/fs/cgroup/memory.max")
    limit = limit_file.read_text().strip() if limit_file.is_file() else "max"
    if limit.isdigit() and int(limit) < total:
        return _spoken().say("{usable} GB of {all} GB usable", usable=_gigabytes(int(limit)), all=_gigabytes(total))
    return _spoken().say("{all} GB", all=_gigabytes(total))


def _gigabytes(size: int) -> Shown:
    return _spoken().number(Decimal(size) / 10**9, 1)


def _terminal() -> str:
    from waveplan.render.console import make_console

    console = make_console(sys.stdout)
    spoken = _spoken()
    return spoken.say(
        "{where}, {columns} columns, colours: {colours}, {encoding}",
        where=spoken.say("a terminal") if console.is_terminal else spoken.say("piped"),
        columns=shutil.get_terminal_size().columns,
        colours=console.color_system or spoken.say("none"),
        encoding=console.encoding,
    )


def _templates() -> str:
    from waveplan.cli import templates

    found = templates.names()
    if templates.DEFAULT_TEMPLATE not in found:
        raise RuntimeError(f"the template {templates.DEFAULT_TEMPLATE} is missing")
    return ", ".join(found)


def _small_solve() -> str:
    from waveplan import api
    from waveplan.planning.options import SolveOptions

    validation = api.validate("-", stdin=io.BytesIO(SMALL_INVENTORY.encode()))
    outcome = api.solve(validation, options=SolveOptions(time_limit=10, workers=1))
    if outcome.plan is None or len(outcome.plan.waves) != 2:
        raise RuntimeError(f"expected a plan of 2 waves, got: {outcome.status}")
    return _spoken().say("2 waves, checked")
