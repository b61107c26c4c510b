"""One strategy for an application whose servers each have theirs."""

from __future__ import annotations

from collections import Counter

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.records import Given, located
from waveplan.imports.values import word_meant


class Strategies:
    """What the rows of each application say; most of its servers decide, of equal numbers the first one."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, list[SheetLine]]] = {}

    def hear(self, collection: Collection, application: str, line: SheetLine, path: str) -> None:
        """Take the word of a row; one that is not known, or none yet (`TBC`), is kept as a label."""
        word = line.word(path)
        meant = word_meant(word, "strategy") if word else None
        if meant:
            self._said.setdefault(application, {}).setdefault(meant, []).append(line)
        elif word:
            line.values["labels.strategy"] = Given(word, line.column(path))
            collection.telling.note(
                "WP513",
                located(line.place, line.column(path)),
                "the strategy '{word}' of '{name}' is none of the format's; it is kept as labels.strategy",
                {"word": word, "name": application or line.word("@name")},
                hint="set the application's strategy by hand once it is decided",
            )

    def decide(self, collection: Collection) -> None:
        """Give each application its strategy, and say where its servers have several."""
        for name, said in self._said.items():
            application = collection.register.find("application", name)
            counts = Counter({word: len(lines) for word, lines in said.items()})
            strategy, _ = counts.most_common(1)[0]
            line = said[strategy][0]
            if application is None:
                continue
            application.put("strategy", strategy, line.column("@r_type"))
            if len(counts) > 1:
                other = next(lines[0] for word, lines in said.items() if word != strategy)
                words = ", ".join(f"{word} ({number})" for word, number in counts.most_common())
                collection.telling.note(
                    "WP522",
                    located(other.place, other.column("@r_type")),
                    "the servers of '{name}' have several strategies: {words}; the application takes '{strategy}'",
                    {"name": name, "words": words, "strategy": strategy},
                    hint="divide the application, or give it steps, if its servers go different ways",
                )
