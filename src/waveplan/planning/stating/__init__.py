"""From an assignment to the plan that people read: every date and figure that it states."""
