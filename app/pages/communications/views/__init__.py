"""The views of the communications pages, one module a noun."""
