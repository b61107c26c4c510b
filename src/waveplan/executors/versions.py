"""Whether two processes would come to the same: what results depend on, by version."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import metadata

from waveplan.errors import WaveplanError
from waveplan.version import __version__

Versions = tuple[tuple[str, str], ...]
_PACKAGES = ("numba", "numpy", "ortools", "scipy")


class OtherVersionError(WaveplanError):
    """A worker would not come to the same as this process."""


@lru_cache(maxsize=1)
def versions_here() -> Versions:
    """Of waveplan, of Python and of what computes, as installed here; `-` for what is not."""
    return (("waveplan", __version__), ("Python", ".".join(map(str, sys.version_info[:2]))), *map(_of, _PACKAGES))


def _of(package: str) -> tuple[str, str]:
    try:
        return package, metadata.version(package)
    except metadata.PackageNotFoundError:
        return package, "-"


def refuse_others(worker: str, there: Versions, here: Versions) -> None:
    """Raise OtherVersionError when a worker has other versions than the one who asks."""
    known = dict(there)
    for package, version in here:
        other = known.get(package, "-")
        if other != version:
            raise OtherVersionError(
                "the worker {worker} has {package} {other}, and here it is {version}: results would not be the same. "
                "Install the same versions there, and start it again.",
                worker=worker,
                package=package,
                other=other,
                version=version,
            )
