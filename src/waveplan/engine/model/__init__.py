"""The CP-SAT model: variables, one module per family of rules, goals."""
