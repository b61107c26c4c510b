"""Help in the language asked for, with every command's line whole."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from waveplan.cli.asked import asked
from waveplan.render.language import CATALOGUES, Language, marked, translator
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
        if language.code != "en":
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
        if language.code != "en":
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
    """The parser's page; it asks gettext for its own words, whose language is in the environment."""
    return carried(
        _page(render, language), sys.stdout.encoding or "utf-8"
    )  # the parser prints past the stream's errors


def _page(render: Callable[[], str], language: Language) -> str:
    if language.code == "en":
        return render()
    gettext.bindtextdomain("waveplan", str(CATALOGUES))
    gettext.textdomain("waveplan")
    os.environ["LANGUAGE"] = language.code
    return render().replace(USAGE, language.as_written(USAGE), 1)
