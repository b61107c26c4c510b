"""CP-SAT on neighbourhoods of a plan whose ties are mostly of known order.

Where orders say which lot of a tie comes first, a plan is bettered by whole chains and stars that shift together, in
steps that no exchange of two lots makes. A linear programme says where they want to be.
"""
