"""What is united → files of an inventory: ids, what must be assumed, new files, edits of those that stand."""

from waveplan.imports.writing.writing import Writing, written

__all__ = ["Writing", "written"]
