"""The views of the test matrix, one module a noun."""
