"""What is united → files of an inventory: ids, what must be assumed, new files, edits of those that stand."""

from waveplan.imports.writing.answering import answered
from waveplan.imports.writing.standing import StandingInventory, standing_inventory
from waveplan.imports.writing.wishes import ImportWishes
from waveplan.imports.writing.writing import Writing, renewed

__all__ = ["ImportWishes", "StandingInventory", "Writing", "answered", "renewed", "standing_inventory"]
