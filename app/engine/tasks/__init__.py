"""What is done in the background: one module per kind of job or chore, found by itself (see working.py)."""
