"""Processes of ours: they live no longer than the one that started them, and some within limits."""
