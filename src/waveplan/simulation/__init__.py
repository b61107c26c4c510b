"""What may become of a plan: chances and spreads, histories drawn from them, and what they say of its dates."""
