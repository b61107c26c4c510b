"""Goals: their exact values for an assignment, what is asked of each, and what has been reached of it."""
