"""Commands that need a package which is not there: where only what `validate` and `check` need is installed."""

from __future__ import annotations

from waveplan.errors import UsageError

_PACKAGES = {  # by the module that is imported, what is installed
    "babel": "Babel",
    "icalendar": "icalendar",
    "jinja2": "Jinja2",
    "networkx": "networkx",
    "numba": "numba",
    "numpy": "numpy",
    "ortools": "ortools",
}


def missing(error: ModuleNotFoundError) -> UsageError | None:
    """What to install, when a module of one of waveplan's own dependencies is not there; None for any other module."""
    package = _PACKAGES.get((error.name or "").partition(".")[0])
    if package is None:
        return None
    return UsageError(
        "this command needs {package}, which is not installed here: 'pip install waveplan' brings all that it needs "
        "(the hooks and the CI action install only what validate and check need)",
        package=package,
    )
