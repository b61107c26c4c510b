"""A night of tasks as integers: when each of them starts, so that the last one ends as early as can be."""
