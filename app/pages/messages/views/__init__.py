"""The views of the messages pages, one module a noun."""
