"""The table of what people are told, taught and asked: a row for each text."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.records import CommunicationView
from waveplan.export.tables.model import Cell, ExportTable, Kind, table


def communication_table(view: ProgrammeView, words: Words) -> ExportTable:
    """Entries in order of days, each in every language of its readers; person-days stand in its first row."""
    say = words.say
    columns: tuple[tuple[str, str, Kind], ...] = (
        ("from", say("From"), "day"),
        ("to", say("Until"), "day"),
        ("kind", say("Kind"), "text"),
        ("entry", say("Id"), "text"),
        ("name", say("What"), "text"),
        ("wave", say("Wave"), "text"),
        ("wave_id", say("Id of the wave"), "text"),
        ("lots", say("Lots"), "text"),
        ("audience", say("Audience"), "text"),
        ("sites", say("Sites"), "text"),
        ("users", say("Users"), "whole"),
        ("language", say("Language"), "text"),
        ("written_in", say("Written in"), "text"),
        ("owner", say("Owner"), "text"),
        ("team", say("Team"), "text"),
        ("effort", say("Person-days"), "number"),
        ("threshold", say("Threshold"), "number"),
        ("criteria", say("Criteria"), "text"),
        ("subject", say("Subject"), "text"),
        ("text", say("Text"), "text"),
    )
    rows = [row for each in view.communication for row in _rows(each)]
    return table("communication", say("Communication"), columns, rows)


def _rows(each: CommunicationView) -> Iterator[tuple[Cell, ...]]:
    for number, message in enumerate(each.messages):
        yield (
            each.first,
            each.last,
            each.what,
            each.id,
            each.name,
            each.wave_label,
            each.wave,
            "; ".join(each.lots),
            "; ".join(each.personas),
            "; ".join(message.sites),
            message.users,
            message.language,
            message.written_in,
            each.owner,
            each.team,
            each.effort if each.effort and not number else None,
            each.threshold,
            "; ".join(each.criteria),
            message.subject,
            " ".join(line for line in message.lines if line),
        )
