"""What is to be collected, by when: criteria of gates, records of acceptance, purges and their acknowledgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.domain.plan import Milestone
from waveplan.export.programme.items import ItemSource
from waveplan.export.programme.records import EvidenceView
from waveplan.export.programme.view import WaveView
from waveplan.export.programme.words import Words, kind_name, made_name, plain

_EVIDENCE = frozenset({"acceptance", "purge_order", "acknowledgement", "pilot_exit", "contract_notice"})


def evidence(source: ItemSource, waves: Iterable[WaveView], words: Words) -> list[EvidenceView]:
    """By the day on which it is due."""
    found = [*_of_gates(source, waves), *_of_milestones(source, words)]
    return sorted(found, key=lambda each: (each.due, each.wave, each.of, each.what, each.where))


def _of_gates(source: ItemSource, waves: Iterable[WaveView]) -> Iterator[EvidenceView]:
    for wave in waves:
        for gate in wave.gates:
            for criterion in gate.criteria:
                key = source.key("evidence", f"{wave.id}/{gate.id}/{criterion}")
                yield EvidenceView(key, gate.date, criterion, gate.id, gate.committee, wave.id, wave.label)


def _of_milestones(source: ItemSource, words: Words) -> Iterator[EvidenceView]:
    for each in source.plan.milestones:
        if each.kind in _EVIDENCE:
            yield from (_of_milestone(source, each, what, words) for what in each.criteria or (None,))


def _of_milestone(source: ItemSource, milestone: Milestone, criterion: str | None, words: Words) -> EvidenceView:
    wave = source.wave_of_item(milestone.subject)
    identity = f"{milestone.kind}/{milestone.id}/{milestone.site or ''}/{criterion or ''}".rstrip("/")
    return EvidenceView(
        key=source.key("evidence", identity),
        due=milestone.date,
        what=plain(criterion) if criterion else kind_name(words, milestone.kind),
        of=made_name(words, milestone.id),
        where=plain(milestone.site or ""),
        wave="" if wave is None else plain(wave.id),
        wave_label="" if wave is None else source.label(wave),
    )
