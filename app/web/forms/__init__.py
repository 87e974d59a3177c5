"""Forms: the base of all, and what narrows a list."""
