"""What may become of a plan: risks as chances and spreads, histories drawn from them, and what they say of its dates."""
