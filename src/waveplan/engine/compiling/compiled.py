"""How loops are compiled: without the interpreter's lock, and kept on disk where that is possible."""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from waveplan.engine.compiling.fragments import PIECES

_COMPILED = (
    "search",
    "simulation",
    "proofs/exact",
    "proofs/bounds/boundaries",
    "proofs/bounds/spreading",
    "proofs/packing",
)


def _probe(value: int) -> int:
    return value


def _keeps() -> bool:
    """Whether compiled code can be kept: beside the source, or in the user's cache folder."""
    try:
        njit(cache=True)(_probe)
    except RuntimeError:  # neither can be written: compile anew each time
        return False
    return True


def _stamp() -> str:
    """What kept code was made of: every file of what is compiled, for compiled functions take in others."""
    digest, engine = sha256(), Path(__file__).parents[1]
    files = [path for folder in _COMPILED for path in (engine / folder).rglob("*.py")]
    for path in sorted([*files, Path(__file__), Path(__file__).with_name("fragments.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


_KEPT = _keeps()
_STAMP = _stamp()
_WHOLE = PIECES["whole"] if PIECES else {}
_FRAGMENT = PIECES["fragment"] if PIECES else {}
_Decorator = Callable[[Callable[..., Any]], Any]


def compiled(function: Callable[..., Any]) -> Any:
    """For what Python calls.

    numba looks only at the file of the function itself to see whether what it kept is still true; that would run code
    compiled from an older version of what the function calls.
    """
    dispatcher: Any = njit(nogil=True, cache=_KEPT, error_model="numpy", **_WHOLE)(function)
    if _KEPT:
        dispatcher._cache._cache_file._source_stamp = _STAMP
    return dispatcher


def kept_mark(part: str) -> Path | None:
    """The file that says that all of a part is compiled and kept; None where nothing can be kept."""
    if not _KEPT:
        return None
    folder = Path(compiled(_probe)._cache.cache_path)
    versions = f"{sys.implementation.cache_tag}-numba-{numba.__version__}"
    return folder / f"{part}-{versions}-{_STAMP[:16]}.kept"


_BARE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_FRAGMENT}
inner: _Decorator = njit(nogil=True, error_model="numpy", **_BARE)
"""For what only compiled code calls: without the wrappers for Python, which take longest to compile."""


def _flat(typing: Any, array: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return cgutils.create_struct_proxy(signature.args[0])(context, builder, given[0]).data

    return types.CPointer(array.dtype)(array), code


flat: Callable[..., Any] = intrinsic(_flat)
"""The numbers of an array that has no gaps, row after row, as a single value: where they begin. For compiled code.

numba hands an array on as seven values, counts references to it, and asks of each index whether it is below zero. What
is called with flat ones does nothing of this; it knows by itself how long they are, and nothing keeps them alive but
the array, which whoever made it flat has to hold.
"""
