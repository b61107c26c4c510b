"""Names on a page: harmless, and those written from right to left kept from moving what stands around them."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from waveplan.render.language import safe

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_RIGHT_TO_LEFT}]+(?:[^\\w{_RIGHT_TO_LEFT}]*[{_RIGHT_TO_LEFT}]+)*")
_FIRST, _LAST = "\u2068", "\u2069"  # an isolate in its own direction, and its end


def isolated(words: object) -> Markup:
    """Words made safe and escaped for HTML; each run of letters from right to left stands in an isolate of its own."""
    if isinstance(words, Markup):
        return words
    said = safe(words)
    return escape(said if said.isascii() else _RUN.sub(lambda found: f"{_FIRST}{found[0]}{_LAST}", said))
