"""What a plan amounts to: figures by which plans are compared. It finds no plan and judges none."""

from waveplan.assessment.figures import inventory_figures, plan_figures

__all__ = ["inventory_figures", "plan_figures"]
