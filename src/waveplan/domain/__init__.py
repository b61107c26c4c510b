"""What waveplan talks about: inventory, policy, items, plan, findings. Imports nothing of ours but errors."""
