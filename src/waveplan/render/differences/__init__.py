"""What moved between two plans, for people."""

from waveplan.render.differences.view import difference_view, summary_of

__all__ = ["difference_view", "summary_of"]
