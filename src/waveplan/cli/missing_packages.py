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
    "scipy": "scipy",
}
_EXTRAS = {  # by module: the package, and the extra that brings it
    "dask": ("dask.distributed", "dask"),
    "distributed": ("dask.distributed", "dask"),
    "defusedxml": ("defusedxml", "import"),
    "python_calamine": ("python-calamine", "import"),
    "rapidfuzz": ("rapidfuzz", "import"),
    "ruamel": ("ruamel.yaml", "import"),
}


def missing(error: ModuleNotFoundError) -> UsageError | None:
    """What to install, when a module of one of waveplan's own dependencies is not there; None for any other module."""
    module = (error.name or "").partition(".")[0]
    if module in _EXTRAS:
        package, extra = _EXTRAS[module]
        return UsageError(
            "this command needs {package}, which is not installed here: pip install 'waveplan[{extra}]'",
            package=package,
            extra=extra,
        )
    needed = _PACKAGES.get(module)
    if needed is None:
        return None
    return UsageError(
        "this command needs {package}, which is not installed here: 'pip install waveplan' brings all that it needs "
        "(the hooks and the CI action install only what validate and check need)",
        package=needed,
    )
