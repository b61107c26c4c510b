"""Explanations of the bundled data-centre exit, and one of a wish whose mending is made up."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from golden.sample_difference import sample_difference
from support.command_line import DATACENTRE_EXIT

from waveplan import api
from waveplan.checking.trials import Trials
from waveplan.domain.explanations import Explanation, Mending
from waveplan.domain.items import Items
from waveplan.lots import form_lots
from waveplan.usecases.explain import ExplainedItem, explained


@cache
def sample_explanation() -> Explanation:
    """Why the ERP is where it is."""
    inventory = api.validate(str(DATACENTRE_EXIT)).inventory
    plan = api.load_plan(f"{DATACENTRE_EXIT}.plan.yaml").plan
    assert inventory is not None and plan is not None
    lot = form_lots(Items(inventory)).of("erp")
    placed = next(each for each in plan.lots if "erp" in each.items)
    assert lot is not None
    return explained(ExplainedItem(inventory, plan, "erp", "erp", lot, placed, Trials(plan, inventory, placed)))


def sample_wish() -> Explanation:
    """The ERP in the nearest earlier wave that exists, and what that would move."""
    found = sample_explanation()
    verdict = next(each for each in found.earlier if each.wave is not None and not each.alone)
    return replace(found, mending=Mending("mended", verdict, sample_difference(), fewest=True))
