"""Texts of adoption that stand in files of their own, beside the inventory."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from waveplan.adoption_texts import read_text
from waveplan.domain.findings import Path as Place
from waveplan.loading.files import STDIN, path_named
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, mapping, mappings

MOST_BYTES = 200_000  # no mail is longer

_HINT = "name a text file in the folder of the inventory, with '/' between folders"


def bring_in_texts(root: MappingNode, source: str, report: ReadingReport) -> None:
    """Put what `file` names in its place, as the subject (its first line, unless one is given) and the text."""
    for number, entry in mappings(root.get("adoption")):
        template = entry.get("template")
        if not isinstance(template, MappingNode):
            continue
        for language, text in list(template.items()):
            if isinstance(text, MappingNode) and isinstance(text.get("file"), str) and text.get("text") is None:
                place = ("adoption", number, "template", language, "file")
                template[language] = _with_text(text, source, place, report)


def _with_text(text: MappingNode, source: str, place: Place, report: ReadingReport) -> MappingNode:
    name = str(text["file"])
    found, reason = _read(name, source)
    if found is None:
        values = {"file": name, "reason": reason}
        report.add("WP158", text.value_mark("file"), "cannot read {file}: {reason}", values, path=place, hint=_HINT)
        found = " "  # what is missing has been told
    read, given = read_text(found), text.get("subject") is not None
    entries = [
        (key, value, text.key_mark(key), text.value_mark(key))
        for key, value in text.items()
        if key not in {"file", "text", "subject"} or (key == "subject" and given)
    ]
    marks = text.key_mark("file"), text.value_mark("file")
    entries.append(("text", found if given else read.body, *marks))
    if not given and read.subject:
        entries.append(("subject", read.subject, *marks))
    return mapping(entries, text.mark)


def _read(name: str, source: str) -> tuple[str | None, str]:
    """A file's text, or why there is none. Only files in the folder of the inventory are read."""
    parts = PurePosixPath(name).parts
    if source == STDIN:
        return None, "an inventory from standard input has no folder"
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name:
        return None, "it does not lie in the folder of the inventory"
    folder = Path(source) if Path(source).is_dir() else Path(source).parent
    try:
        path = path_named(folder, name)
        if not path.resolve().is_relative_to(folder.resolve()):
            return None, "it does not lie in the folder of the inventory"
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return None, "it is too large for a text that people are sent"
        return data.decode("utf-8-sig"), ""
    except FileNotFoundError:
        return None, "there is no such file or folder"
    except UnicodeDecodeError:
        return None, "it is not UTF-8 text"
    except (OSError, ValueError):
        return None, "it cannot be opened"
