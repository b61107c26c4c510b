"""The dependency graph, drawn for people and written for other programs."""

from __future__ import annotations

from waveplan import api
from waveplan.cli.options import GraphFormat
from waveplan.cli.session import Session
from waveplan.domain.inventory import Inventory
from waveplan.domain.naming import item_meant
from waveplan.domain.plan_names import refuse_unknown_item
from waveplan.render.language import marked

LEGEND = (  # what the picture explains at its foot
    marked("hard: moves with it"),
    marked("soft: coexistence while apart"),
    marked("shared service: no tie"),
    marked("lot: cuts over together"),
    marked("stays"),
    marked("retires"),
    marked("bold: critical"),
)


def drawn(inventory: Inventory, around: str | None, hops: int, session: Session) -> str:
    """The tree as text, for this run's screen."""
    from waveplan.render.console import signs_for
    from waveplan.render.graph import dependency_tree

    graph = api.graph(inventory)
    if around is not None:
        around = item_meant(graph.items, around)
        refuse_unknown_item(around, (item.id for item in graph.items))
    signs = signs_for(session.screen())
    tree = dependency_tree(graph, session.translator(), around=around, hops=hops, signs=signs)
    return session.laid_out(*tree, wrap=False)


def written(inventory: Inventory, graph_format: GraphFormat, around: str | None, hops: int, session: Session) -> str:
    """The graph, or what is near one item, in a format for other programs."""
    from waveplan.export.graph_view import view_graph
    from waveplan.export.text_formats import GRAPHS

    graph = api.graph(inventory)
    around = None if around is None else item_meant(graph.items, around)
    view = view_graph(graph, api.lots(inventory), around, hops)
    return GRAPHS[graph_format](view, **({"say": session.say} if graph_format == "svg" else {}))
