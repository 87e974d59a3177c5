"""Webhooks: telling a shop how its import ended."""
