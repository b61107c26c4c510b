"""Lines of a mapping file with remarks behind them, at one column as far as that is legible."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from waveplan.render.language import safe

_PLAIN = re.compile(r"[^\W\d_](?:[\w./()+-]| (?=[\w(+-]))*\Z")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")  # no-break ones are part of the language
_REMARKS_AT = 48


def scalar(text: str) -> str:
    """A text as YAML: within quotes unless it plainly is one word or a few."""
    if _PLAIN.match(text) and text.lower() not in _WORDS and text.isprintable():
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def remark(text: str) -> str:
    """A text that ends with its line."""
    return str(safe(_BLANKS.sub(" ", text)))


@dataclass(slots=True)
class YamlLines:
    """The lines of a file in the making."""

    lines: list[str] = field(default_factory=list)

    def add(self, indent: int, text: str, said: str = "") -> None:
        """A line, with a remark behind it."""
        line = " " * indent + text
        self.lines.append(f"{line.ljust(_REMARKS_AT)} # {remark(said)}" if said else line)

    def comment(self, indent: int, text: str) -> None:
        """A line that is only a remark."""
        before = " " * (len(text) - len(text.lstrip(" ")))  # examples keep their shape
        self.lines.append(" " * indent + f"# {before}{remark(text.strip())}".rstrip())

    def text(self) -> str:
        """The file."""
        return "\n".join(self.lines) + "\n"
