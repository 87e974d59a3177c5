"""Signing in, and what a person may choose for themselves."""
