"""The Home page: where one left off, recent projects, open queues, ways to begin."""
