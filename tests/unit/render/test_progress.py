"""Progress: a live table on a terminal, lines elsewhere."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

from golden.sample import printed
from rich.console import Console
from rich.live import Live

from waveplan.planning.options import Progress
from waveplan.render.console import make_console
from waveplan.render.language import translator
from waveplan.render.progress import PHASES, LiveProgress, ProgressStep, line_of, progress_on
from waveplan.render.signs import UNICODE

EN, FR = translator("en"), translator("fr")
OPTIMISING = "optimising"


def _goal(elapsed: float, value: int, bound: int, goal: str = "finish") -> Progress:
    gap = Decimal(value - bound) / value
    return Progress(OPTIMISING, elapsed, 60.0, goal, Decimal(value), Decimal(bound), gap)


def _lines(*steps: ProgressStep) -> list[str]:
    stream = io.StringIO()
    with progress_on(make_console(stream), EN) as display:
        for step in steps:
            display.show(step)
    return stream.getvalue().splitlines()


def test_lines_come_at_changes_only() -> None:
    """Phase, goal, value, bound: one line each; time alone says nothing; no escape codes."""
    lines = _lines(
        Progress("reading the calendar", 0.1, 60.0),
        Progress("reading the calendar", 0.4, 60.0),
        _goal(2.0, 140, 100),
        _goal(4.0, 140, 100),
        _goal(5.0, 131, 100),
        _goal(6.5, 131, 131),
        _goal(7.0, 4180, 3000, "coexistence"),
    )
    assert lines == [
        "0.1 s  reading the calendar",
        "2.0 s  optimising: finish 140 days, bound 100 days, gap 29%",
        "5.0 s  optimising: finish 131 days, bound 100 days, gap 24%",
        "6.5 s  optimising: finish 131 days, bound 131 days, gap 0%",
        "7.0 s  optimising: coexistence 4,180, bound 3,000, gap 29%",
    ]


def test_a_flood_of_improvements_is_thinned_but_the_last_word_comes() -> None:
    """At most a line a second for figures, and the last ones in any case."""
    lines = _lines(*(_goal(1 + n / 10, 200 - n, 100) for n in range(25)))
    assert [line.split()[0] for line in lines] == ["1.0", "2.0", "3.0", "3.4"]
    assert "finish 176 days" in lines[-1]


def test_nothing_to_say() -> None:
    """A solve that reports nothing prints nothing."""
    assert _lines() == []


def test_live_table_keeps_every_goal() -> None:
    """Time, what is left of it, and the last figures of each goal."""
    live = LiveProgress(Live(console=Console(file=io.StringIO())), EN, UNICODE)
    live.show(_goal(5.0, 131, 131))
    live.show(_goal(15.0, 4180, 3000, "coexistence"))
    text = printed([live.drawn(_goal(15.0, 4180, 3000, "coexistence"), 80)])
    assert text.splitlines() == [
        "optimising  15.0 s  █████░░░░░░░░░░░░░░░  45.0 s left",
        "Goal            Value  Proven bound  Gap",
        "───────────  ────────  ────────────  ───",
        "finish       131 days      131 days   0%",
        "coexistence     4,180         3,000  29%",
    ]


def test_without_a_limit_there_is_no_bar() -> None:
    """A solve that may run for ever has nothing left to count down."""
    live = LiveProgress(Live(console=Console(file=io.StringIO())), EN, UNICODE)
    text = printed([live.drawn(Progress("building the model", 3.0), 80)])
    assert text == "building the model  3.0 s\n"


def test_terminals_are_animated_and_left_clean() -> None:
    """What was drawn is taken away in the end."""
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=80)
    with progress_on(console, EN) as display:
        display.show(_goal(5.0, 131, 131))
    assert "131 days" in stream.getvalue()
    assert stream.getvalue().rstrip().endswith("\x1b[2K")


def test_dumb_terminals_get_lines() -> None:
    """An editor's shell is a terminal that cannot be redrawn."""
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=80, _environ={"TERM": "dumb"})
    with progress_on(console, EN) as display:
        display.show(_goal(5.0, 131, 131))
    assert stream.getvalue().count("\n") == 1


@dataclass
class _Strange:
    phase: str = "dancing\x1b[0m {now}"
    elapsed: float = -1.0
    limit: float | None = 0.0
    goal: str | None = "new_goal"
    value: Decimal | None = None
    bound: Decimal | None = None
    gap: Decimal | None = None


def test_unknown_phases_and_goals_are_shown_as_they_are() -> None:
    """A planner that knows more than this page is still followed."""
    assert line_of(_Strange(), EN) == "0.0 s  dancing\\x1b[0m {now}: new_goal"


def test_phases_are_translated() -> None:
    """Each phase that the planner reports has its French words."""
    assert all(FR.knows(phase) for phase in PHASES)
    assert line_of(_goal(5.0, 131, 100), FR).startswith("5,0 s  optimisation\u00a0: fin 131 jours, borne 100 jours")
