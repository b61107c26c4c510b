"""An imported inventory edited as people edit it: lines moved, values typed over, entries in another style."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import yaml

_ENTRY = re.compile(r"  - ")
_FIELD = re.compile(r"(?P<head>[{,] |\{|^    )(?P<key>vcpu|ram_gb|os|environment): (?P<value>[^,}\n]+)")


class InventoryEditor:
    """Edits of the files in a folder, by chance."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self.remarks: list[str] = []
        self.renamed: dict[str, str] = {}
        self.deleted: set[str] = set()
        self._count = 0

    def edit(self) -> None:
        """One edit of any kind that fits."""
        kinds = (
            self.type_over, self.add_field, self.add_remark, self.reorder, self.rename, self.move, self.delete,
            self.write_as_block, self.quote, self.end_lines_otherwise, self.drop_last_line_end, self.name_by_anchor,
        )  # fmt: skip
        self._count += 1
        self._chance.choice(kinds)()

    # --- reading and writing ---------------------------------------------------------------------------------------

    def _lines(self, name: str) -> list[str]:
        return (self._folder / name).read_bytes().decode().splitlines(keepends=True)

    def _write(self, name: str, lines: list[str]) -> None:
        (self._folder / name).write_bytes("".join(lines).encode())

    def _files(self) -> list[str]:
        return sorted(path.name for path in self._folder.glob("*.yaml") if re.match("servers:", path.read_text()))

    def _entries(self, name: str) -> list[tuple[int, int]]:
        """First line of each entry, and the one after its last; remarks above an entry are its neighbours' own."""
        lines = self._lines(name)
        firsts = [number for number, line in enumerate(lines) if _ENTRY.match(line)]
        found = []
        for first in firsts:
            last = first + 1
            while last < len(lines) and lines[last].startswith("    "):
                last += 1
            found.append((first, last))
        return found

    def _some(self) -> tuple[str, list[str], tuple[int, int]] | None:
        name = self._chance.choice(self._files())
        entries = self._entries(name)
        if not entries:
            return None
        return name, self._lines(name), self._chance.choice(entries)

    def _id(self, lines: list[str], entry: tuple[int, int]) -> str:
        found = re.search(r"id: \"?([\w.-]+)", "".join(lines[entry[0] : entry[1]]))
        assert found is not None, lines[entry[0]]
        return found[1]

    # --- kinds of edit ---------------------------------------------------------------------------------------------

    def type_over(self) -> None:
        """Another value for one field."""
        self._on_a_field(lambda value: "7" if value.strip().strip("\"'").isdigit() else "Typed by hand")

    def quote(self) -> None:
        """The same value in quotes."""
        self._on_a_field(lambda value: value if value[:1] in "\"'&*" else f'"{value.strip()}"')

    def _on_a_field(self, new: Any) -> None:
        if (found := self._some()) is None:
            return
        name, lines, entry = found
        for number in range(*entry):
            match = _FIELD.search(lines[number])
            if match and "environment" not in match["key"] and match["value"][:1] not in "&*":
                end = match["value"][len(match["value"].rstrip()) :]
                value = new(match["value"].rstrip()) + end
                lines[number] = lines[number][: match.start("value")] + value + lines[number][match.end("value") :]
                self._write(name, lines)
                return

    def add_field(self) -> None:
        """A field that no source knows."""
        if (found := self._some()) is None:
            return
        name, lines, (first, last) = found
        words = "".join(lines[first:last])
        if "technology:" in words:
            return
        if lines[first].startswith("  - {"):
            lines[last - 1] = re.sub(r"\}(\s*(#.*)?\s*)$", r", technology: own\1", lines[last - 1])
            body, comment = re.match(r"(.*technology: own)(.*)$", lines[last - 1], re.DOTALL).groups()  # type: ignore[union-attr]
            lines[last - 1] = f"{body}}}{comment}"
        else:
            lines.insert(last, f"    technology: own{_end(lines)}")
            if not lines[last - 1].endswith("\n"):
                lines[last - 1] += _end(lines)
        self._write(name, lines)

    def add_remark(self) -> None:
        """A line of its own, or behind an entry."""
        if (found := self._some()) is None:
            return
        name, lines, (first, last) = found
        remark = f"# remark {self._count} – é"
        self.remarks.append(remark)
        if self._chance.random() < 0.5 and lines[last - 1].rstrip().endswith("}"):
            text = lines[last - 1]
            lines[last - 1] = f"{text.rstrip()}  {remark}{text[len(text.rstrip()) :]}"
        else:
            lines.insert(first, f"  {remark}{_end(lines)}")
        self._write(name, lines)

    def reorder(self) -> None:
        """An entry to the top of its list."""
        if (found := self._some()) is None:
            return
        name, lines, (first, last) = found
        if any(mark in "".join(lines) for mark in "&*"):
            return
        top = self._entries(name)[0][0]
        block = _ended(lines[first:last], lines)
        del lines[first:last]
        lines[top:top] = block
        self._write(name, lines)

    def rename(self) -> None:
        """Another id, wherever the old one stands."""
        if (found := self._some()) is None:
            return
        old = self._id(found[1], found[2])
        if old in self.renamed.values() or "hostname" not in "".join(found[1][slice(*found[2])]):
            return
        self.renamed[old] = new = f"own-{self._count}"
        for path in self._folder.glob("*.yaml"):
            text = path.read_bytes().decode()
            path.write_bytes(re.sub(rf"(?<![\w.-]){re.escape(old)}(?![\w.-])", new, text).encode())

    def move(self) -> None:
        """An entry into a file of its own."""
        if (found := self._some()) is None:
            return
        name, lines, (first, last) = found
        if len(self._entries(name)) < 2 or any(mark in "".join(lines) for mark in "&*"):
            return
        block = _ended(lines[first:last], lines)
        del lines[first:last]
        self._write(name, lines)
        self._write(f"moved-{self._count}.yaml", [f"servers:{_end(lines)}", *block])

    def delete(self) -> None:
        """An entry, with what was assumed to run on it and wherever it is named."""
        if (found := self._some()) is None or len(self.deleted) > 2:
            return
        name, lines, (first, last) = found
        if len(self._entries(name)) < 2 or any(mark in "".join(lines) for mark in "&*"):
            return
        gone = self._id(lines, (first, last))
        self.deleted.add({new: old for old, new in self.renamed.items()}.get(gone, gone))
        del lines[first:last]
        self._write(name, lines)
        for path in self._folder.glob("*.yaml"):
            text = path.read_bytes().decode()
            text = re.sub(rf"(, {re.escape(gone)}(?=[,\]])|(?<=\[){re.escape(gone)}, )", "", text)
            text = re.sub(rf"[^\n]*servers: \[{re.escape(gone)}\][^\n]*\n?", "", text)
            path.write_bytes(text.encode())

    def write_as_block(self) -> None:
        """The same entry a key a line."""
        if (found := self._some()) is None:
            return
        name, lines, (first, last) = found
        words = "".join(lines[first:last])
        if last != first + 1 or any(mark in words for mark in "&*#"):
            return
        (entry,) = yaml.load(words, Loader=yaml.CBaseLoader)
        end = _end(lines)
        text = "".join(
            yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=300).splitlines(keepends=True)
        )
        block = [f"  {line}{end}" for line in text.splitlines()]
        lines[first:last] = block
        self._write(name, lines)

    def end_lines_otherwise(self) -> None:
        """As another system ends lines."""
        name = self._chance.choice(self._files())
        text = "".join(self._lines(name)).replace("\r\n", "\n")
        self._write(name, [text.replace("\n", "\r\n") if self._chance.random() < 0.5 else text])

    def drop_last_line_end(self) -> None:
        """A file whose last line does not end."""
        name = self._chance.choice(self._files())
        self._write(name, ["".join(self._lines(name)).rstrip("\r\n")])

    def name_by_anchor(self) -> None:
        """One value said once, and named in another entry of the file."""
        name = self._chance.choice(self._files())
        lines = self._lines(name)
        held = [number for number, line in enumerate(lines) if re.search(r"site: paris[,\r\n]", line)]
        if len(held) > 1 and not any(mark in "".join(lines) for mark in "&*"):
            lines[held[0]] = lines[held[0]].replace("site: paris", "site: &here paris", 1)
            lines[held[1]] = lines[held[1]].replace("site: paris", "site: *here", 1)
            self._write(name, lines)


def _end(lines: list[str]) -> str:
    return "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"


def _ended(block: list[str], lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}{_end(lines)}" for line in block]
