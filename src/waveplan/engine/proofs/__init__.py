"""What is proven of goals: exact methods, packing, bounds."""
