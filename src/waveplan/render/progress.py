"""A solve as it goes: a live table on a terminal, a line at each change elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from waveplan.render.columns import Column, table, words
from waveplan.render.console import signs_for
from waveplan.render.goals import gap_words, goal_name, goal_value
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

_BAR = 20
_PAUSE = 1.0  # seconds between two lines that tell only of a better value or bound

PHASES = (
    marked("forming the lots"),
    marked("reading the calendar"),
    marked("forming the problem"),
    marked("building the model"),
    marked("compiling the search"),
    marked("constructing a first plan"),
    marked("packing lots into waves"),
    marked("optimising"),
    marked("searching"),
    marked("confirming that no plan exists"),
    marked("certifying"),
    marked("finding the facts that clash"),
    marked("looking for ways out"),
    marked("looking for what can be planned"),
    marked("writing the plan"),
    marked("checking the plan"),
)


class ProgressStep(Protocol):
    """Where a solve stands: what the planner reports a few times a second."""

    @property
    def phase(self) -> str:
        """What it is doing."""

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""

    @property
    def limit(self) -> float | None:
        """Seconds after which it stops."""

    @property
    def goal(self) -> str | None:
        """The goal it works on."""

    @property
    def value(self) -> Decimal | None:
        """The goal's best value so far."""

    @property
    def bound(self) -> Decimal | None:
        """What is proven of the goal."""

    @property
    def gap(self) -> Decimal | None:
        """(value − bound) ÷ value."""


class Display(Protocol):
    """What shows the steps of a solve."""

    def show(self, step: ProgressStep) -> None:
        """Take the next step."""


@contextmanager
def progress_on(console: Console, language: Language) -> Iterator[Display]:
    """Show the steps of a solve on a console, animated only on a terminal."""
    if not console.is_terminal or console.is_dumb_terminal:
        lines = PlainProgress(console, language)
        yield lines
        lines.finish()
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield LiveProgress(live, language, signs_for(console))


@dataclass
class PlainProgress:
    """A line when the phase or the goal changes; for a better value or bound at most one a second."""

    console: Console
    language: Language
    _last: ProgressStep | None = None
    _shown: ProgressStep | None = None

    def show(self, step: ProgressStep) -> None:
        """Print the step if it says something new."""
        self._last = step
        before = self._shown
        if before is None or _place(step) != _place(before):
            self._print(step)
            return
        if _figures(step) != _figures(before) and step.elapsed - before.elapsed >= _PAUSE:
            self._print(step)

    def finish(self) -> None:
        """Print the last step if it was held back."""
        if self._last and self._shown and _figures(self._last) != _figures(self._shown):
            self._print(self._last)

    def _print(self, step: ProgressStep) -> None:
        self._shown = step
        self.console.print(Text(line_of(step, self.language)), soft_wrap=True)


def _place(step: ProgressStep) -> tuple[str, str | None]:
    return (step.phase, step.goal)


def _figures(step: ProgressStep) -> tuple[Decimal | None, Decimal | None]:
    return (step.value, step.bound)


def phase_name(language: Language, phase: str) -> Shown:
    """A phase in words; one that is not known here stays as it is."""
    return language.say(phase) if phase in PHASES else safe(phase)


def line_of(step: ProgressStep, language: Language) -> Shown:
    """A step in one line: "12.3 s  searching: finish 131 days, bound 120 days, gap 9%"."""
    parts = []
    if step.goal is not None:
        parts.append(f"{goal_name(language, step.goal)} {goal_value(language, step.goal, step.value)}".rstrip())
        if step.bound is not None:
            parts.append(language.say("bound {bound}", bound=goal_value(language, step.goal, step.bound)))
        if step.gap is not None:
            parts.append(language.say("gap {gap}", gap=gap_words(language, step.gap)))
    seconds, phase = _seconds(language, step.elapsed), phase_name(language, step.phase)
    if not parts:
        return Shown(f"{seconds}  {phase}")
    return language.say("{seconds}  {phase}: {figures}", seconds=seconds, phase=phase, figures=Shown(", ".join(parts)))


def _seconds(language: Language, seconds: float) -> Shown:
    return language.say("{seconds} s", seconds=language.number(Decimal(str(max(seconds, 0.0))), 1))


@dataclass
class LiveProgress:
    """A table that keeps the last figures of every goal, under a line of time."""

    live: Live
    language: Language
    signs: Signs
    _goals: dict[str, ProgressStep] = field(default_factory=dict)

    def show(self, step: ProgressStep) -> None:
        """Redraw."""
        if step.goal is not None:
            self._goals[step.goal] = step
        self.live.update(self.drawn(step, self.live.console.width), refresh=True)

    def drawn(self, step: ProgressStep, width: int) -> RenderableType:
        """Time and phase, then a row a goal."""
        return Group(self._clock(step), *([self._table(width)] if self._goals else []))

    def _clock(self, step: ProgressStep) -> Text:
        text = Text(phase_name(self.language, step.phase), style=PALETTE["title"], no_wrap=True, overflow="crop")
        text.append(f"  {_seconds(self.language, step.elapsed)}", style="default")
        if step.limit:
            filled = min(int(step.elapsed / step.limit * _BAR), _BAR)
            bar = self.signs.cutover * filled + self.signs.preparation * (_BAR - filled)
            left = self.language.say("{left} left", left=_seconds(self.language, step.limit - step.elapsed))
            text.append(f"  {bar}  {left}", style=PALETTE["preparation"])
        return text

    def _table(self, width: int) -> RenderableType:
        language, say, steps = self.language, self.language.say, list(self._goals.items())
        columns = [
            Column(say("Goal"), words([goal_name(language, goal) for goal, _ in steps], PALETTE["heading"])),
            Column(say("Value"), words([goal_value(language, goal, step.value) for goal, step in steps]), right=True),
            Column(
                say("Proven bound"),
                words([goal_value(language, goal, step.bound) for goal, step in steps]),
                right=True,
            ),
            Column(say("Gap"), words([gap_words(language, step.gap) for _, step in steps] or [BLANK]), right=True),
        ]
        return table(columns, width, language, self.signs)
