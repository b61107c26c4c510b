"""Finds arithmetic on moments that goes by clocks: `python tools/clock_arithmetic.py` names each place and exits 1.

Python subtracts, compares and moves two moments of one zone by what its clocks show, so that a change of the clocks in
between is lost. Only `change_calendar.spans` may do any of that; all else asks `instant`, `hours_between`, `elapsed` or
`latest` there. What is a moment is told by annotations, of parameters, fields and results, and by what is assigned from
them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "waveplan"
ALLOWED = Path("change_calendar/spans.py")
_MOMENTS = {"dt.datetime", "datetime", "Moment", "AwareDatetime", "dt.datetime | None", "Moment | None"}
_ENDS_OF_SLOTS = {"start", "end"}  # elsewhere these are days
_EXTREMES = {"min", "max", "sorted"}


class Names:
    """What holds or gives a moment in the whole code: fields, properties and methods, and functions."""

    def __init__(self, trees: list[ast.Module]) -> None:
        self.members: set[str] = set()
        self.functions: set[str] = set()
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self.members |= {name for each in node.body if (name := _given(each))}
            self.functions |= {name for name in _functions(tree) if not name.startswith("_")}
        self.members -= _ENDS_OF_SLOTS


def _functions(tree: ast.Module) -> set[str]:
    return {name for each in tree.body if (name := _given(each))}


def _given(node: ast.stmt) -> str:
    """The name of a field, method or function of a moment; none for those that give an instant in UTC."""
    if isinstance(node, ast.AnnAssign) and _is_moment(node.annotation):
        return _last(node.target)
    if isinstance(node, ast.FunctionDef) and node.returns is not None and _is_moment(node.returns):
        last = node.body[-1]
        instant = isinstance(last, ast.Return) and isinstance(last.value, ast.Call) and _last(last.value) == "instant"
        return "" if instant or node.name == "instant" else node.name
    return ""


def _is_moment(annotation: ast.expr) -> bool:
    return ast.unparse(annotation) in _MOMENTS


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class Function(ast.NodeVisitor):
    """One function, with what it calls a moment."""

    def __init__(self, names: Names, private: set[str]) -> None:
        self._names = names
        self._functions = names.functions | private
        self._local: set[str] = set()
        self.lines: list[int] = []

    def visit_arg(self, node: ast.arg) -> None:
        """A parameter."""
        if node.annotation is not None and _is_moment(node.annotation):
            self._local.add(node.arg)

    def visit_Assign(self, node: ast.Assign) -> None:
        """What is assigned from a moment is one, also in pairs."""
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            self._local |= {_last(one) for one, value in pairs if isinstance(one, ast.Name) and self._moment(value)}
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Sums and differences."""
        if isinstance(node.op, ast.Add | ast.Sub) and (self._moment(node.left) or self._moment(node.right)):
            self.lines.append(node.lineno)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Comparisons, but for `is` and `in`."""
        ordered = any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.Eq | ast.NotEq) for op in node.ops)
        if ordered and any(self._moment(each) for each in (node.left, *node.comparators)):
            self.lines.append(node.lineno)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Extremes without a key that makes them instants."""
        keyed = any(keyword.arg == "key" for keyword in node.keywords)
        if _last(node.func) in _EXTREMES and not keyed and any(self._moment(each) for each in node.args):
            self.lines.append(node.lineno)
        self.generic_visit(node)

    def _moment(self, node: ast.expr) -> bool:
        if isinstance(node, ast.GeneratorExp | ast.ListComp):
            return self._moment(node.elt)
        if isinstance(node, ast.DictComp):
            return self._moment(node.value)
        if isinstance(node, ast.List | ast.Tuple):
            return any(self._moment(each) for each in node.elts)
        if isinstance(node, ast.Attribute) and node.attr in _ENDS_OF_SLOTS:
            return _last(node.value) == "slot"
        if isinstance(node, ast.Name):
            return node.id in self._local
        called = node.func if isinstance(node, ast.Call) else node
        if isinstance(called, ast.Name):
            return called.id in self._functions
        if isinstance(called, ast.Attribute) and called.attr == "values":
            return self._moment(called.value)
        return isinstance(called, ast.Attribute) and called.attr in self._names.members


def offences(sources: dict[Path, str]) -> Iterator[tuple[Path, int]]:
    """Files and lines, in order."""
    trees = {path: ast.parse(text) for path, text in sorted(sources.items())}
    names = Names(list(trees.values()))
    for path, tree in trees.items():
        lines: set[int] = set()
        private = _functions(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                function = Function(names, private)
                function.visit(node)
                lines.update(function.lines)
        yield from ((path, line) for line in sorted(lines))


def main() -> int:
    """Look through the source; 1 when something is found."""
    sources = {path.relative_to(SOURCE): path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    found = [(path, line) for path, line in offences(sources) if path != ALLOWED]
    for path, line in found:
        print(f"src/waveplan/{path}:{line}: moments are compared or moved by clocks; use waveplan.change_calendar")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
