"""What one run may take of time and machine, when it stops, and how it tells where it stands."""
