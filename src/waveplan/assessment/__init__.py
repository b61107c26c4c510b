"""What a plan amounts to: figures by which plans are compared, and evidence that reports show. It judges none."""

from waveplan.assessment.figures import inventory_figures, plan_figures

__all__ = ["inventory_figures", "plan_figures"]
