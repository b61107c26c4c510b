"""A chain for each member of a large lot would fill pages: the nearest are shown, the others counted."""

from __future__ import annotations

import io

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.lots import form_lots
from waveplan.lots.chains import chains_from
from waveplan.render.console import make_console
from waveplan.render.language import translator
from waveplan.render.lots import row_of, why


def test_the_nearest_members_are_explained_and_the_rest_counted() -> None:
    chain = [{"id": "a0"}] + [
        {"id": f"a{n}", "depends_on": [{"app": f"a{n - 1}", "coupling": "hard"}]} for n in range(1, 60)
    ]
    programme = {"name": "chain", "start": "2026-01-05", "deadline": "2026-06-01"}
    lots = form_lots(Items(Inventory.model_validate({"waveplan": "1", "programme": programme, "applications": chain})))
    lot = next(iter(lots))
    chains = chains_from(lot.ties, "a0", [f"a{n}" for n in range(59, 0, -1)])
    stream = io.StringIO()
    make_console(stream, width=100).print(why("a0", row_of(lot), chains, translator("en"), lots.reason))
    text = stream.getvalue()
    assert "\na1\n" in text and "\na20\n" in text
    assert "\na21\n" not in text
    assert "… and 39 further away" in text
    assert "--why a0 --why a59" in text
