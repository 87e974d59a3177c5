"""Tasks: what the worker does, one module per kind of job or chore. A module here is found by itself."""
