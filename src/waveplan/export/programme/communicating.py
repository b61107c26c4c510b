"""What people are told, taught and asked, in the neutral view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.domain.communication import KIND_NAMES, HeldEntry, Message
from waveplan.export.programme.items import ItemSource
from waveplan.export.programme.records import CommunicationView, MessageView
from waveplan.export.programme.words import Words, plain


def communication_views(source: ItemSource, held: Iterable[HeldEntry], words: Words) -> Iterator[CommunicationView]:
    """Every entry of every wave, in order of days."""
    for each in held:
        entry = each.entry
        yield CommunicationView(
            key=source.key("adoption", each.key),
            wave=plain(each.wave.id),
            wave_label=plain(each.label),
            id=plain(entry.id),
            name=plain(entry.shown_name),
            kind=entry.kind,
            what=words.say(KIND_NAMES[entry.kind]),
            first=each.first,
            last=each.last,
            lots=tuple(map(plain, each.lots)),
            sites=tuple(map(plain, each.sites)),
            personas=tuple(map(plain, each.personas)),
            users=each.users,
            owner=plain(entry.owner or ""),
            team=plain(entry.team or ""),
            effort=each.effort,
            threshold=entry.threshold,
            criteria=tuple(map(plain, entry.criteria)),
            messages=tuple(map(_message, each.messages)),
        )


def _message(message: Message) -> MessageView:
    lines = tuple(map(plain, message.text.splitlines()))
    return MessageView(
        plain(message.language),
        plain(message.written_in),
        tuple(map(plain, message.sites)),
        message.users,
        plain(message.subject),
        lines,
    )
