"""Who depends on whom: closures, neighbourhoods, order cycles, impact and single points."""

from waveplan.dependency_graph.graph import Arc, DependencyGraph
from waveplan.dependency_graph.impacts import Impact, Reach, impact
from waveplan.dependency_graph.order_making import loose_circles, orders_of
from waveplan.dependency_graph.orders import Order, OrderArc, OrderCycle, order_cycles
from waveplan.dependency_graph.reachability import SinglePoint, dependants, single_points

__all__ = [
    "Arc",
    "DependencyGraph",
    "Impact",
    "Order",
    "OrderArc",
    "OrderCycle",
    "Reach",
    "SinglePoint",
    "dependants",
    "impact",
    "loose_circles",
    "order_cycles",
    "orders_of",
    "single_points",
]
