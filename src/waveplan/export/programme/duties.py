"""Who does what: a RACI drawn from efforts, crews, people on call, owners and committees of each lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.export.programme.records import RaciView
from waveplan.export.programme.view import GateView, LotView, WaveView
from waveplan.export.programme.words import Words


def duties(waves: Iterable[WaveView], words: Words) -> Iterator[RaciView]:
    """Gates of each wave, then preparation, cutover and hypercare of each of its lots."""
    for wave in waves:
        yield from (_gate(wave, gate, words) for gate in wave.gates)
        for lot in wave.lots:
            yield from _lot(wave, lot, words)


def _gate(wave: WaveView, gate: GateView, words: Words) -> RaciView:
    template = "GO/NO-GO {name}" if gate.decides else ""
    return RaciView(
        wave=wave.id,
        wave_label=wave.label,
        lot="",
        activity=words.say("GO/NO-GO {name}", name=gate.id) if template else gate.id,
        date=gate.date,
        responsible=_sorted(owner for lot in wave.lots for owner in _owners(lot, "technical_owner")),
        accountable=(gate.committee,) if gate.committee else (),
        consulted=_sorted(owner for lot in wave.lots for owner in _owners(lot, "business_owner")),
        informed=_sorted(team for lot in wave.lots for team in lot.teams),
    )


def _lot(wave: WaveView, lot: LotView, words: Words) -> Iterator[RaciView]:
    business, technical = _owners(lot, "business_owner"), _owners(lot, "technical_owner")
    sites = _sorted(site for item in lot.items for site in item.user_sites)
    crew = _sorted(team for item in lot.items for team in item.crew)
    on_call = _sorted(team for item in lot.items for team in item.on_call)
    working = tuple(lot.effort)
    for activity, date, responsible, consulted, informed in (
        (words.say("preparation"), wave.preparation_start, working, business, ()),
        (words.say("cutover"), wave.date, crew or working, business, sites),
        (words.say("hypercare"), wave.hypercare_last_day, on_call or crew or working, business, sites),
    ):
        yield RaciView(
            wave.id, wave.label, lot.id, activity, date, responsible, technical or business, consulted, informed
        )


def _owners(lot: LotView, kind: str) -> tuple[str, ...]:
    return _sorted(owner for item in lot.items if (owner := getattr(item, kind)))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
