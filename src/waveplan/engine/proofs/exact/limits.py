"""How long a proof may take."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProofLimits:
    """Wall-clock seconds, or a deterministic number of lots tried; None is no limit."""

    seconds: float | None = None
    trials: int | None = None


@dataclass
class ProofWatch:
    """Whether to go on."""

    limits: ProofLimits
    stop: threading.Event
    began: float = field(default_factory=time.monotonic)
    trials: int = 0

    def going(self, tried: int = 0) -> bool:
        """Whether there is still time after so many more trials."""
        self.trials += tried
        late = self.limits.seconds is not None and time.monotonic() - self.began > self.limits.seconds
        much = self.limits.trials is not None and self.trials > self.limits.trials
        return not (late or much or self.stop.is_set())

    def past(self, share: float) -> bool:
        """Whether more than a share of what is allowed has been used."""
        seconds, trials = self.limits.seconds, self.limits.trials
        late = seconds is not None and time.monotonic() - self.began > share * seconds
        return late or (trials is not None and self.trials > share * trials)
