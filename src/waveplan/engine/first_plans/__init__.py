"""First assignments: made from nothing, or mended from another one."""
