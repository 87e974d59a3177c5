"""The worker: runs accepted jobs, and computes indexes and recommendations."""
