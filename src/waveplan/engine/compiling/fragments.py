"""How compiled functions are put together: each is worked out by itself, all are made code for the machine once.

numba makes machine code of every function, with all that it calls, and optimises all of that again in each caller: a
function ten calls below what Python calls is optimised ten times. Here a function that only compiled code calls stays
a fragment, which is neither optimised with what it calls nor made machine code; what Python calls takes in all
fragments below it, and is optimised once. What comes out computes the same.

This reaches into numba, beyond what it promises to keep. Where a version lacks what is needed, functions are compiled
as numba does it, which takes longer and comes to the same (`PIECES` is None then).
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import CPUCodeLibrary, JITCodeLibrary
from numba.core.compiler import Compiler

_NEEDED = ("finalize", "_raise_if_finalized", "_ensure_finalized", "_finalize_dynamic_globals", "add_linking_library")


class _NoEngine:
    """Stands for what makes code, without the engine that would hold a fragment's."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def set_env(self, name: str, env: Any) -> None:
        """Nothing of a fragment asks for its environment: it sees no objects of Python."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)


class Fragment(JITCodeLibrary):
    """The code of one function, neither linked nor made for the machine."""

    @property
    def codegen(self) -> Any:
        """What makes code."""
        return _NoEngine(self._codegen)

    def finalize(self) -> None:
        """Leave it as it is: what it calls is linked where the whole is."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """No function of it has an address."""
        self._ensure_finalized()
        return 0


class Whole(JITCodeLibrary):
    """The code of what Python calls, with every fragment below it."""

    def finalize(self) -> None:
        """Link all of them, and optimise them together."""
        found = dict.fromkeys(self._linking_libraries)
        left = list(found)
        while left:
            library = left.pop()
            if isinstance(library, Fragment):
                fresh = [each for each in library._linking_libraries if each not in found]
                found.update(dict.fromkeys(fresh))
                left += fresh
        self._linking_libraries = list(found)
        super().finalize()


class FragmentCompiler(Compiler):
    """Makes a fragment of a function."""

    def _compile_bytecode(self) -> Any:
        self.state.library = Fragment(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        return super()._compile_bytecode()


class WholeCompiler(Compiler):
    """Makes a whole of a function, which can be kept on disk like any other of numba."""

    def _compile_bytecode(self) -> Any:
        self.state.library = Whole(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        self.state.library.enable_object_caching()
        return super()._compile_bytecode()


def _is_known() -> bool:
    return hasattr(Compiler, "_compile_bytecode") and all(hasattr(CPUCodeLibrary, name) for name in _NEEDED)


PIECES: dict[str, dict[str, Any]] | None = None
"""Options of numba for a fragment and for a whole."""
if _is_known():
    PIECES = {"fragment": {"pipeline_class": FragmentCompiler}, "whole": {"pipeline_class": WholeCompiler}}
