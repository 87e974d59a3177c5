"""Recommendations: blocks of products, computed and selected."""
