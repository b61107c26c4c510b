"""What follows from a problem before anything is searched, and the same problem smaller, plainer, or in 64 bits."""
