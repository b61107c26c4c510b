"""Elements of SVG as text: attributes in the order given, everything escaped, lengths short."""

from __future__ import annotations

import re
from decimal import Decimal

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


Number = float | int | Decimal


def element(name: str, *children: Markup, **attributes: object) -> Markup:
    """`<name …>children</name>`. `class_` is class, `stroke_width` stroke-width; an attribute of None is left out."""
    given = "".join(
        f' {_attribute(key)}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    if not children:
        return Markup(f"<{name}{given}/>")
    return Markup(f"<{name}{given}>{Markup('').join(children)}</{name}>")


def text(words: str, **attributes: object) -> Markup:
    """Words on a drawing."""
    return element("text", isolated(words), **attributes)


def title(words: str) -> Markup:
    """What an element says when it is pointed at."""
    return element("title", isolated(words))


def percent(share: float) -> str:
    """A share of the width, to a hundredth of a per cent: `12.5%`."""
    return f"{short(share * 100)}%"


def short(length: Number) -> str:
    """A length with at most two decimals and no more than it needs."""
    return f"{float(length):.2f}".rstrip("0").rstrip(".")


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-") if name != "viewBox" else name
