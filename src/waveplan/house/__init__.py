"""Rules of the house: what an organisation asks of its plans beside the format's own rules, in Python.

A file of such rules imports what it needs from here. `waveplan check --rules FILE` runs them, and so does `solve` on
the plan that it found; the search does not know them. See docs/house-rules.md.
"""

from waveplan.checking.facts import Facts
from waveplan.house.collecting import collect_rules
from waveplan.house.house_rule import Breach, HouseRule, breach, rule

__all__ = ["Breach", "Facts", "HouseRule", "breach", "collect_rules", "rule"]
