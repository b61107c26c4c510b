"""Takes the last entry out of a list of a YAML file as text: nothing else is touched."""

from __future__ import annotations

import yaml

from waveplan.loading.node_ends import last_end, line_end, line_start
from waveplan.loading.node_places import composed


def without_last(text: str, section: str) -> str:
    """The text without the last entry of a section's list; a section that is left empty goes with it.

    Raises ValueError where the file is written in a way that lets no entry go.
    """
    root = composed(text)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("the document is no mapping")
    found = (pair for pair in root.value if isinstance(pair[0], yaml.ScalarNode) and pair[0].value == section)
    key, entries = next(found, (root, root))
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        raise ValueError("the section is no list")
    last = entries.value[-1]
    if entries.flow_style:
        start = entries.value[-2].end_mark.index if len(entries.value) > 1 else last.start_mark.index
        return text[:start] + text[last.end_mark.index :]
    first = key if len(entries.value) == 1 else last
    return text[: line_start(text, first.start_mark.index)] + text[line_end(text, last_end(last)) :]
