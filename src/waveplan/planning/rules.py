"""Where the solver enforces each hard rule: in the model, as an obstacle of a lot alone, or by how a plan is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from waveplan.engine.model.budgets import add_budgets
from waveplan.engine.model.cadence import add_earliest_waves, add_gaps, add_sum_limits, add_weeks
from waveplan.engine.model.groups import add_group_orders, add_preludes
from waveplan.engine.model.hypercare import GateModel, add_waves_at_once
from waveplan.engine.model.orders import add_aparts, add_precedences
from waveplan.engine.model.placement import add_placement
from waveplan.engine.model.slots import add_slot_unions
from waveplan.engine.model.unions import add_union_limits
from waveplan.engine.model.windows import WindowModel
from waveplan.lots import form_lots
from waveplan.planning.facts.obstacles import Obstacles
from waveplan.planning.retirements.waiting import Retirements
from waveplan.planning.stating.plan_builder import build_plan

ENFORCED: dict[str, tuple[Callable[..., Any], ...]] = {
    "WP301": (add_placement,),
    "WP302": (form_lots,),
    "WP303": (build_plan,),
    "WP304": (Obstacles.windows,),
    "WP305": (Obstacles.freezes,),
    "WP306": (Obstacles.blackouts,),
    "WP307": (Obstacles.holidays,),
    "WP308": (Obstacles.dates,),
    "WP309": (Obstacles.dates,),
    "WP310": (Obstacles.dates,),
    "WP311": (add_aparts,),
    "WP312": (add_precedences,),
    "WP313": (add_precedences,),
    "WP314": (add_precedences, add_group_orders),
    "WP315": (add_precedences,),
    "WP316": (add_gaps,),
    "WP317": (add_weeks,),
    "WP318": (add_sum_limits, add_union_limits),
    "WP319": (add_sum_limits, add_union_limits),
    "WP321": (add_sum_limits, add_union_limits),
    "WP322": (add_union_limits,),
    "WP323": (add_earliest_waves,),
    "WP324": (add_budgets,),
    "WP325": (Obstacles.idle_effort, Obstacles.knowledge, add_preludes),
    "WP326": (add_budgets,),
    "WP327": (add_budgets,),
    "WP328": (Obstacles.work, WindowModel.add_work, WindowModel.add_fits),
    "WP329": (Obstacles.work, WindowModel.add_downtimes),
    "WP330": (add_budgets,),
    "WP331": (add_waves_at_once,),
    "WP332": (GateModel.add_before_next_gate,),
    "WP333": (Obstacles.lead_time, GateModel.add_early),
    "WP334": (Obstacles.lead_time,),
    "WP335": (Obstacles.ends,),
    "WP336": (Obstacles.ends,),
    "WP337": (Obstacles.ends,),
    "WP338": (Retirements.first_day, Obstacles.ends),
    "WP339": (Obstacles.residency,),
    "WP340": (add_placement,),
    "WP341": (add_precedences,),
    "WP342": (Obstacles.milestones,),
    "WP343": (add_union_limits,),
    "WP344": (add_group_orders,),
    "WP345": (Obstacles.ends,),
    "WP346": (add_group_orders,),
    "WP347": (Obstacles.knowledge, add_preludes),
    "WP348": (Obstacles.knowledge, add_preludes),
    "WP349": (add_budgets,),
    "WP350": (add_precedences, add_group_orders),
    "WP351": (add_precedences,),
    "WP354": (add_precedences,),
    "WP352": (add_budgets, add_slot_unions),
}
"""By code of the finding that the checker gives when the rule is broken."""
