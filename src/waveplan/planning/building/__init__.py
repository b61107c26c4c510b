"""From facts to integers: one module per family of rules."""
