"""How search code is compiled: without the interpreter's lock, and kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def _probe(value: int) -> int:
    return value


def _keeps() -> bool:
    """Whether compiled code can be kept: beside the source, or in the user's cache folder."""
    try:
        njit(cache=True)(_probe)
    except RuntimeError:  # neither can be written: compile anew each time
        return False
    return True


_KEPT = _keeps()
_Decorator = Callable[[Callable[..., Any]], Any]

compiled: _Decorator = njit(nogil=True, cache=_KEPT)
"""For what Python calls."""

_BARE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
inner: _Decorator = njit(nogil=True, cache=_KEPT, **_BARE)
"""For what only compiled code calls: without the wrappers for Python, which take longest to compile."""
