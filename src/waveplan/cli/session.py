"""What all commands share: the language, how much to say, and where results and notes go."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from waveplan.cli import streams
from waveplan.domain.languages import ENGLISH, languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console, RenderableType

    from waveplan.render.language import Language
    from waveplan.render.signs import Signs

    Page = tuple[Language, int, Signs]

_NO_WIDTH = 1000  # columns of what is not laid out for a screen


@dataclass(frozen=True, slots=True)
class Session:
    """How this run talks. Results go to standard output, everything else to standard error."""

    lang: str | None = None
    quiet: bool = False
    verbose: bool = False
    width: int | None = None

    def language(self, programme: str | None = None) -> str:
        """The language asked for (`--lang`, then WAVEPLAN_LANG), else the programme's own, else English."""
        if self.lang is not None:
            return self.lang
        return programme if programme in languages() else ENGLISH

    def speaking(self, programme: str) -> Session:
        """The same session in the language of a programme, unless another one was asked for."""
        return replace(self, lang=self.language(programme))

    def translator(self, programme: str | None = None) -> Language:
        """What says sentences in the language of this run."""
        from waveplan.render.language import translator

        return translator(self.language(programme))

    def say(self, message: str, **values: object) -> str:
        """A sentence in the language of this run, its `{placeholders}` filled with text made safe; lists in a row."""
        language = self.translator()
        shown = {name: language.series(each) if isinstance(each, list) else each for name, each in values.items()}
        return language.say(message, **shown)

    def result(self, text: str) -> None:
        """Write a document as it stands, ending the line: other programs may read it."""
        streams.write_document(_ended(text))

    def words(self, text: str) -> None:
        """Write a result that people read, ending the line, in characters that their terminal has."""
        streams.write_result(_ended(text))

    def screen(self, page: streams.PageBuffer | None = None) -> Console:
        """A console like standard output: its width, its colours (a terminal's only, and never with NO_COLOR).

        It writes on a page, since only `result` knows what to do when standard output cannot take it.
        """
        from waveplan.render.console import make_console

        return make_console(page or streams.PageBuffer(), width=self.width)

    def page(self) -> Page:
        """What views are laid out for: the language of this run, the width of its screen, signs that it can show."""
        from waveplan.render.console import signs_for

        screen = self.screen()
        return self.translator(), screen.width, signs_for(screen)

    def laid_out(self, *renderables: RenderableType, wrap: bool = True) -> str:
        """Tables and charts as text for standard output; `wrap` False leaves long lines to the terminal."""
        from waveplan.render.console import write

        page = streams.PageBuffer()
        write(self.screen(page), renderables, wrap=wrap)
        return page.getvalue()

    def show(self, *renderables: RenderableType, wrap: bool = True) -> None:
        """Show tables and charts on standard output."""
        streams.write_result(self.laid_out(*renderables, wrap=wrap))

    def show_as(
        self, output_format: Literal["text", "markdown"], view: Callable[[Page], Iterable[RenderableType]]
    ) -> None:
        """Show a view on standard output: for the screen, or whole as Markdown, which has no width."""
        if output_format == "text":
            self.show(*view(self.page()))
            return
        from waveplan.render.markdown import view_markdown
        from waveplan.render.signs import UNICODE

        self.result(view_markdown(view((self.translator(), _NO_WIDTH, UNICODE))))

    def notes(self) -> Console:
        """The console of standard error."""
        from waveplan.render.console import make_console

        return make_console(sys.stderr)

    def show_note(self, *renderables: RenderableType) -> None:
        """Show findings beside the result, even with --quiet; long lines are left to the terminal."""
        from waveplan.render.console import write

        write(self.notes(), renderables, wrap=False)

    def note(self, text: str) -> None:
        """Say something beside the result, unless --quiet."""
        if not self.quiet:
            streams.write_note(text)

    def tell(self, text: str) -> None:
        """Say what explains the exit code, even with --quiet."""
        streams.write_note(text)


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


_given_first = Session()


def remember_global(*, lang: str | None, quiet: bool, verbose: bool) -> None:
    """Keep the options that stand before the command's name."""
    global _given_first
    _given_first = Session(lang, quiet, verbose)


def open_session(
    lang: str | None = None,
    quiet: bool = False,
    verbose: bool = False,
    width: int | None = None,
    *,
    plain: bool = False,
) -> Session:
    """A command's session: its own options, and those given before its name; `plain` keeps to ASCII."""
    first = _given_first
    if plain:
        streams.keep_to_ascii()
    return Session(lang or first.lang, quiet or first.quiet, verbose or first.verbose, width)
