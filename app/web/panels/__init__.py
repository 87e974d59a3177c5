"""Pieces of pages that stand when REES46 does not."""
