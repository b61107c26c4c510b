"""Elements of SVG as text: attributes in the order given, everything escaped, lengths short."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape

from waveplan.pages.isolating import isolated

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
