"""Every rule of the check by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from waveplan.checking.facts import Facts
from waveplan.checking.rules.after_hypercare import check_after_hypercare
from waveplan.checking.rules.after_pilot import check_after_pilot
from waveplan.checking.rules.after_tranche import check_after_tranche
from waveplan.checking.rules.apart import check_apart
from waveplan.checking.rules.batches import check_batches
from waveplan.checking.rules.before import check_before
from waveplan.checking.rules.before_next_gate import check_before_next_gate
from waveplan.checking.rules.blackouts import check_blackouts
from waveplan.checking.rules.cadence_gap import check_cadence_gap
from waveplan.checking.rules.coexistence_days import check_coexistence_days
from waveplan.checking.rules.contract_end import check_contract_end
from waveplan.checking.rules.crew import check_crew
from waveplan.checking.rules.deadline import check_deadline
from waveplan.checking.rules.downtime import check_downtime
from waveplan.checking.rules.earliest_wave import check_earliest_wave
from waveplan.checking.rules.effort_has_days import check_effort_has_days
from waveplan.checking.rules.environment_order import check_environment_order
from waveplan.checking.rules.external_milestones import check_external_milestones
from waveplan.checking.rules.freezes import check_freezes
from waveplan.checking.rules.gates_after_start import check_gates_after_start
from waveplan.checking.rules.hypercare_at_once import check_hypercare_at_once
from waveplan.checking.rules.keep_apart import check_keep_apart
from waveplan.checking.rules.knowledge_start import check_knowledge_start
from waveplan.checking.rules.knowledge_teams import check_knowledge_teams
from waveplan.checking.rules.lots_as_tied import check_lots_as_tied
from waveplan.checking.rules.max_gap import check_max_gap
from waveplan.checking.rules.max_per_wave import check_max_per_wave
from waveplan.checking.rules.not_after import check_not_after
from waveplan.checking.rules.not_before import check_not_before
from waveplan.checking.rules.on_call import check_on_call
from waveplan.checking.rules.one_stream import check_one_stream
from waveplan.checking.rules.one_tranche import check_one_tranche
from waveplan.checking.rules.order import check_order
from waveplan.checking.rules.pinned_dates import check_pinned_dates
from waveplan.checking.rules.planned_once import check_planned_once
from waveplan.checking.rules.preparation_after_start import check_preparation_after_start
from waveplan.checking.rules.public_holidays import check_public_holidays
from waveplan.checking.rules.replication import check_replication
from waveplan.checking.rules.residency import check_residency
from waveplan.checking.rules.retirement import check_retirement
from waveplan.checking.rules.site_exit import check_site_exit
from waveplan.checking.rules.slot_exists import check_slot_exists
from waveplan.checking.rules.stage_limits import check_stage_limits
from waveplan.checking.rules.step_order import check_step_order
from waveplan.checking.rules.target_capacity import check_target_capacity
from waveplan.checking.rules.team_weeks import check_team_weeks
from waveplan.checking.rules.tranche_end import check_tranche_end
from waveplan.checking.rules.wave_limits import check_wave_limits
from waveplan.checking.rules.waves_per_week import check_waves_per_week
from waveplan.checking.rules.window_allowed import check_window_allowed
from waveplan.checking.rules.window_fit import check_window_fit
from waveplan.checking.rules.window_limits import check_window_limits
from waveplan.domain.findings import Finding

Rule = Callable[[Facts], Iterator[Finding]]

STRUCTURE = ("WP301", "WP302", "WP303")  # while these fail, figures differ for that reason alone

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "WP301": check_planned_once,
        "WP302": check_lots_as_tied,
        "WP303": check_slot_exists,
        "WP304": check_window_allowed,
        "WP305": check_freezes,
        "WP306": check_blackouts,
        "WP307": check_public_holidays,
        "WP308": check_not_before,
        "WP309": check_not_after,
        "WP310": check_pinned_dates,
        "WP311": check_apart,
        "WP312": check_order,
        "WP313": check_after_hypercare,
        "WP314": check_before,
        "WP315": check_environment_order,
        "WP316": check_cadence_gap,
        "WP317": check_waves_per_week,
        "WP318": check_wave_limits,
        "WP319": check_stage_limits,
        "WP321": check_max_per_wave,
        "WP322": check_keep_apart,
        "WP323": check_earliest_wave,
        "WP324": check_team_weeks,
        "WP325": check_effort_has_days,
        "WP326": check_crew,
        "WP327": check_on_call,
        "WP328": check_window_fit,
        "WP329": check_downtime,
        "WP330": check_target_capacity,
        "WP331": check_hypercare_at_once,
        "WP332": check_before_next_gate,
        "WP333": check_gates_after_start,
        "WP334": check_preparation_after_start,
        "WP335": check_site_exit,
        "WP336": check_contract_end,
        "WP337": check_deadline,
        "WP338": check_retirement,
        "WP339": check_residency,
        "WP340": check_one_stream,
        "WP341": check_step_order,
        "WP342": check_external_milestones,
        "WP343": check_one_tranche,
        "WP344": check_after_tranche,
        "WP345": check_tranche_end,
        "WP346": check_after_pilot,
        "WP347": check_knowledge_start,
        "WP348": check_knowledge_teams,
        "WP349": check_replication,
        "WP350": check_max_gap,
        "WP351": check_coexistence_days,
        "WP352": check_window_limits,
        "WP354": check_batches,
    }
)
"""The hard rules of the format: the codes of `catalogue.PLAN_RULES`, in their order."""
