"""What waveplan's exit codes mean; scripts rely on them."""

CLEAN = 0
FINDINGS = 1
USAGE = 2
INFEASIBLE = 3
NO_PLAN = 4
INTERNAL_ERROR = 70
INTERRUPTED = 130
TERMINATED = 143
