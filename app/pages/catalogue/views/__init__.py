"""Views of catalogue imports."""
