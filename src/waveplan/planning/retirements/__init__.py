"""What is retired: what it waits for, what it takes of people, and on which days it goes."""
