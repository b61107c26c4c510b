"""Help in the language asked for, with every command's line whole."""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from waveplan.cli.asked import asked
from waveplan.domain.languages import ENGLISH
from waveplan.render.language import Language, marked, translator
from waveplan.render.signs import carried

FRAME = (  # what the parser writes around the texts, by way of gettext
    marked("Arguments"),
    marked("Options"),
    marked("Commands"),
    marked("env var: {var}"),
    marked("default: {default}"),
    marked("required"),
)
USAGE = marked("Usage: ")
PARSERS_OWN = (
    marked("Show this message and exit."),
    marked("Install completion for the current shell."),
    marked("Show completion for the current shell, to copy it or customize the installation."),
)


class SpokenCommand(TyperCommand):
    """A command whose help is in the language asked for."""

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        language = translator(asked())
        if language.code != ENGLISH:
            _translate([self], self.get_params(ctx), language)
        return _help(lambda: super(SpokenCommand, self).get_help(ctx), language)


class SpokenGroup(TyperGroup):
    """All commands, each with its whole first sentence."""

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        language = translator(asked())
        commands = list(self.commands.values())
        for command in commands:
            command.short_help = " ".join((command.help or "").split("\n\n")[0].split())
        if language.code != ENGLISH:
            _translate([self, *commands], self.get_params(ctx), language)
        return _help(lambda: super(SpokenGroup, self).get_help(ctx), language)


def _translate(commands: Iterable[Any], parameters: Iterable[Any], language: Language) -> None:
    for command in commands:
        _say(command, ("help", "short_help", "epilog"), language)
    for parameter in parameters:
        _say(parameter, ("help", "show_default"), language)


def _say(owner: Any, names: tuple[str, ...], language: Language) -> None:
    for name in names:
        text = getattr(owner, name, None)
        if isinstance(text, str) and text:
            setattr(owner, name, "\n\n".join(_said(part, language) for part in text.split("\n\n")))


def _said(text: str, language: Language) -> str:
    """A paragraph in that language; braces in it are no placeholders."""
    return language.as_written(" ".join(text.split()))


def _help(render: Callable[[], str], language: Language) -> str:
    """The parser's page in characters that the screen has: the parser prints past what the stream does about errors."""
    return carried(_page(render, language), sys.stdout.encoding or "utf-8")


def _page(render: Callable[[], str], language: Language) -> str:
    """The parser's page; it asks gettext for its own words."""
    if language.code == ENGLISH:
        return render()
    before = gettext.dgettext
    gettext.dgettext = lambda domain, message: language.as_written(message)  # all that the parser says goes through it
    try:
        return render().replace(USAGE, language.as_written(USAGE), 1)
    finally:
        gettext.dgettext = before
