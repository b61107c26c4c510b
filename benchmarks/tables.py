"""Rows and summaries of benchmark tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log

from measuring import Result

HEADER = ("instance", "by", "value", "reference", "ratio", "bound", "gap", "seconds", "MB", "")
_ROW = "{:<29}{:<10}{:>11}{:>11}{:>8}{:>11}{:>7}{:>9}{:>7}  {}"


def print_header() -> None:
    """The names of the columns."""
    print(_ROW.format(*HEADER).rstrip(), flush=True)


def print_results(instance: str, results: Sequence[Result], reference: float | None) -> None:
    """One row for each who tried. The reference, where none is given, is the best valid value among them.

    A reference must be a value that some plan reaches: a bound above it is said to be wrong.
    """
    against = best_of(results) if reference is None else reference
    for result in results:
        print(row(instance, result, against), flush=True)
    reached = [value for value in (best_of(results), reference) if value is not None]
    for result in results:
        if result.valid and result.bound is not None and result.bound > min(reached) + 1e-6:
            print(
                f"WRONG: {result.by} states a bound of {result.bound:g}, and {min(reached):g} was reached", flush=True
            )


def best_of(results: Iterable[Result]) -> float | None:
    """The best value of the plans that keep every rule."""
    return min((result.value for result in results if result.valid and result.value is not None), default=None)


def row(instance: str, result: Result, reference: float | None) -> str:
    """A row of the table; a bound of a plan that breaks rules says nothing and is left out."""
    gap = result.gap
    return _ROW.format(
        instance,
        result.by,
        _number(result.value),
        _number(reference),
        _ratio(ratio(result, reference)),
        _number(result.bound) if gap is not None else "–",
        "–" if gap is None else f"{gap:.0%}",
        f"{result.seconds:.1f}",
        result.megabytes,
        result.remark,
    ).rstrip()


def ratio(result: Result, reference: float | None) -> float | None:
    """Value ÷ reference; also of plans that break rules, which says little."""
    if result.value is None or reference is None:
        return None
    if reference == 0:
        return 1.0 if result.value == 0 else None
    return result.value / reference


def print_summary(rows: Sequence[tuple[Result, float | None]]) -> None:
    """For each who tried: valid plans, geometric mean of the ratios, proven share. `rows`: result and reference."""
    print()
    for by in dict.fromkeys(result.by for result, _ in rows):
        mine = [(result, reference) for result, reference in rows if result.by == by]
        valid = [(result, reference) for result, reference in mine if result.valid]
        ratios = [each for result, reference in valid if (each := ratio(result, reference)) is not None]
        gaps = [result.gap for result, _ in valid if result.gap is not None]
        said = [f"{by}: {len(valid)} of {len(mine)} valid"]
        said += [f"geometric mean ratio {geometric_mean(ratios):.3f}"] if ratios else []
        said += [f"mean gap {sum(gaps) / len(gaps):.0%}"] if gaps else []
        said.append(f"proven {sum(result.proven for result, _ in mine) / len(mine):.0%}")
        print(", ".join(said))


def geometric_mean(values: Sequence[float]) -> float:
    """The geometric mean of positive values."""
    return exp(sum(map(log, values)) / len(values))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
