"""The views of the customer pages, one module a noun."""
