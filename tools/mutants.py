"""Small changes of code, one at a time, that a test should notice: `tools/mutations.py` tries them.

Only what runs inside functions is changed. Left as they are: sentences (texts with a blank), annotations, asserts,
defaults of parameters, and decorators.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Pow: ast.Mult,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil", "sorted": "list"}


@dataclass(frozen=True)
class Mutant:
    """One change: where, what in words, and how to make it in the tree that it was found in."""

    function: str  # its qualified name, as code objects have it
    line: int
    what: str
    apply: Callable[[], None]


def mutants_of(tree: ast.Module) -> list[Mutant]:
    """Every change of every function of a module, in order of lines."""
    found = [mutant for name, function in _functions(tree, "") for mutant in _of_function(name, function)]
    return sorted(found, key=lambda each: each.line)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module and methods of its classes; what is nested in one belongs to it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef) and not any("Protocol" in ast.unparse(base) for base in child.bases):
            yield from _functions(child, f"{prefix}{child.name}.")


def _of_function(name: str, function: ast.FunctionDef) -> Iterator[Mutant]:
    for statement in function.body:
        yield from _of_node(name, statement)
    yield from _of_block(name, function.body)


def _of_node(name: str, node: ast.AST) -> Iterator[Mutant]:
    if isinstance(node, ast.Assert | ast.Raise):
        return
    for line, what, apply in _changes(node):
        yield Mutant(name, line, what, apply)
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "args" if isinstance(node, ast.FunctionDef) else ""}:
            continue
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield from _of_block(name, value)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _of_node(name, child)


Change = tuple[int, str, Callable[[], None]]


def _setting(node: ast.AST, field: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, field, value)


def _changes(node: ast.AST) -> Iterator[Change]:
    """What may be changed in the node itself."""
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        yield from _counted(node)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        word = "and → or" if isinstance(node.op, ast.And) else "or → and"
        yield node.lineno, f"{word}: {ast.unparse(node)}", _setting(node, "op", other)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.comprehension):
        for index, test in enumerate(node.ifs):
            yield test.lineno, f"no condition: if {ast.unparse(test)}", _replacing(node.ifs, index, _true(test))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield from _asked(node)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        none = ast.copy_location(ast.Constant(None), node.value)
        yield node.lineno, f"return None: {ast.unparse(node)}", _setting(node, "value", none)


def _compared(node: ast.Compare) -> Iterator[Change]:
    for index, operator in enumerate(node.ops):
        for other in COMPARED[type(operator)]:
            what = f"{type(operator).__name__} → {other.__name__}: {ast.unparse(node)}"
            yield node.lineno, what, _replacing(node.ops, index, other())


def _counted(node: ast.BinOp | ast.AugAssign) -> Iterator[Change]:
    other = COUNTED.get(type(node.op))
    if other is None:
        return
    yield (
        node.lineno,
        f"{type(node.op).__name__} → {other.__name__}: {ast.unparse(node)}",
        _setting(node, "op", other()),
    )


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield node.lineno, f"{value} → {not value}", _setting(node, "value", not value)
    elif isinstance(value, int):
        yield node.lineno, f"{value} → {value + 1}", _setting(node, "value", value + 1)
    elif isinstance(value, str) and value and not any(each in value for each in " {%\n"):
        yield node.lineno, f"{value!r} → {value + '~'!r}", _setting(node, "value", value + "~")


def _called(node: ast.Call) -> Iterator[Change]:
    if not isinstance(node.func, ast.Name) or node.func.id not in CALLED:
        return
    other = CALLED[node.func.id]
    what = f"{node.func.id} → {other}: {ast.unparse(node)}"
    called = node.func

    def apply() -> None:
        called.id = other
        if other == "list":
            node.keywords = []

    yield node.lineno, what, apply


def _asked(node: ast.If | ast.IfExp | ast.While) -> Iterator[Change]:
    """A condition turned round, where no operator in it is."""
    test = node.test
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield test.lineno, f"without not: {ast.unparse(test)}", _setting(node, "test", test.operand)
    elif not isinstance(test, ast.Compare | ast.BoolOp):
        turned = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
        yield test.lineno, f"not {ast.unparse(test)}", _setting(node, "test", turned)


def _of_block(name: str, block: list[ast.stmt]) -> Iterator[Mutant]:
    """Statements left out: calls, yields, assignments to places, `continue` and `break`."""
    for index, statement in enumerate(block):
        if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
            gone: ast.stmt = ast.If(ast.Constant(False), [statement], [])  # a generator stays one
        elif isinstance(statement, ast.Continue | ast.Break | ast.AugAssign):
            gone = ast.Pass()
        else:
            continue
        ast.copy_location(gone, statement)
        if isinstance(gone, ast.If):
            ast.copy_location(gone.test, statement)
        what = f"left out: {ast.unparse(statement).splitlines()[0]}"
        yield Mutant(name, statement.lineno, what, _replacing(block, index, gone))


def _replacing(place: list[object], index: int, value: object) -> Callable[[], None]:
    def apply() -> None:
        place[index] = value

    return apply


def _true(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(True), node)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
