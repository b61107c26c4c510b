"""A view narrowed to one wave, to what a team works on, or to what a site has to do with."""

from __future__ import annotations

from dataclasses import replace

from waveplan.export.programme.records import MilestoneView
from waveplan.export.programme.view import LotView, ProgrammeView, WaveView


def narrowed(
    view: ProgrammeView, *, wave: str | None = None, team: str | None = None, site: str | None = None
) -> ProgrammeView:
    """What is left of a programme: waves with any lot that is asked for, these lots, and what goes with them.

    One wave alone has neither freezes nor milestones nor hard dates, which are the whole programme's. With a team or a
    site, those milestones stay that are about what is left; freezes and hard dates stay.
    """
    if wave is None and team is None and site is None:
        return view
    waves = tuple(kept for each in view.waves if (kept := _wave(each, wave, team, site)) is not None)
    lots = {lot.id for each in waves for lot in each.lots}
    items = {item.id for each in waves for lot in each.lots for item in lot.items}
    servers = {server for each in waves for lot in each.lots for server in lot.servers}
    ids = {each.id for each in waves}
    about = {*items, *servers, *lots, *([site] if site else [])}
    alone = wave is not None
    return replace(
        view,
        waves=waves,
        left_out=() if alone else tuple(lot for lot in view.left_out if _asked(lot, team, site)),
        other_items=(),
        servers=tuple(each for each in view.servers if each.id in servers),
        dependencies=tuple(each for each in view.dependencies if {each.consumer, each.provider} & items),
        milestones=() if alone else tuple(each for each in view.milestones if _about(each, about)),
        freezes=() if alone else view.freezes,
        hard_dates=() if alone else view.hard_dates,
        teams=tuple(each for each in view.teams if team in (None, each.id)),
        loads=tuple(each for each in view.loads if team in (None, each.team)),
        raci=tuple(each for each in view.raci if each.wave in ids and (not each.lot or each.lot in lots)),
        evidence=tuple(each for each in view.evidence if each.wave in ids),
        communication=tuple(
            each
            for each in view.communication
            if wave in (None, each.wave)
            and (team is None or team == each.team)
            and (site is None or site in each.sites)
        ),
    )


def _wave(wave: WaveView, name: str | None, team: str | None, site: str | None) -> WaveView | None:
    if name is not None and wave.id != name:
        return None
    lots = tuple(lot for lot in wave.lots if _asked(lot, team, site))
    if not lots:
        return None
    kept = {lot.id for lot in lots}
    rehearsals = tuple(each for each in wave.rehearsals if each.lot in kept)
    return replace(wave, lots=lots, rehearsals=rehearsals)


def _asked(lot: LotView, team: str | None, site: str | None) -> bool:
    return (team is None or team in lot.teams) and (site is None or site in lot.sites)


def _about(milestone: MilestoneView, names: set[str]) -> bool:
    return milestone.subject in names or milestone.site in names or milestone.subject.partition("@")[2] in names
