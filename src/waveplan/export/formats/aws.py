"""What the two formats of AWS have in common: servers that go somewhere, with their wave, application and account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.export.formats.protocol import Asked, untold
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import ItemView, ServerView, WaveView

_WINDOWS = ("windows",)
_LINUX = ("linux", "red hat", "rhel", "centos", "debian", "ubuntu", "suse", "sles", "oracle", "alma", "rocky", "amazon")


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A server in a wave, with the first of its applications there."""

    server: ServerView
    item: ItemView
    wave: WaveView
    account: str
    region: str

    @property
    def family(self) -> str:
        """`windows`, `linux`, or nothing that these tools know."""
        system = self.server.os.casefold()
        if any(word in system for word in _WINDOWS):
            return "windows"
        return "linux" if any(word in system for word in _LINUX) else ""

    @property
    def others(self) -> list[str]:
        """Other applications on it."""
        return [item for item in self.server.items if item != self.item.id]


def rows_of(view: ProgrammeView, asked: Asked) -> Iterator[IntakeRow]:
    """Servers that move, in order of their waves. Labels `aws_account` and `aws_region` go before `--set`."""
    waves = {wave.id: wave for wave in view.waves}
    items = {item.id: item for item in view.items}
    order = {wave.id: number for number, wave in enumerate(view.waves)}
    moving = [server for server in view.servers if server.target and server.wave in waves]
    for server in sorted(moving, key=lambda each: (order[each.wave], each.id)):
        item = next(items[move.item] for move in reversed(server.moves) if move.target and move.item in items)
        account = server.labels.get("aws_account", asked.settings["account"])
        region = server.labels.get("aws_region", asked.settings["region"])
        yield IntakeRow(server, item, waves[server.wave], account, region)


def aws_notes(view: ProgrammeView, rows: list[IntakeRow], words: Words) -> Iterator[str]:
    """What these formats cannot hold."""
    yield words.say("only servers that move are told, by wave and application; dates stand in tags and descriptions")
    yield from untold(view, words)
    held = {row.wave.id for row in rows}
    if missing := [wave.label for wave in view.waves if wave.id not in held]:
        yield words.count(
            "{n} wave moves no servers: {names}",
            "{n} waves move no servers: {names}",
            len(missing),
            names=", ".join(missing),
        )
    if number := sum(not row.family for row in rows):
        yield words.count(
            "{n} server is neither Windows nor Linux", "{n} servers are neither Windows nor Linux", number
        )
    if number := sum(bool(row.others) for row in rows):
        yield words.count(
            "{n} server has several applications, of which one is told",
            "{n} servers have several applications, of which one is told",
            number,
        )
    if any(not row.account or not row.region for row in rows):
        yield words.say(
            "accounts or regions are empty: --set account=…, --set region=…, or labels aws_account, aws_region"
        )
