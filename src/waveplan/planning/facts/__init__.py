"""What planning knows of an inventory: lots, calendar, people, and what keeps a lot out of a slot."""
