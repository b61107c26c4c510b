"""Formats that other programs read; each is a pure function to text."""

from waveplan.export.plan_json import dump_plan_json as plan_json
from waveplan.export.plan_yaml import dump_plan as plan_yaml

__all__ = ["plan_json", "plan_yaml"]
