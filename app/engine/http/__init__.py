"""The box over HTTP: requests parsed, operations answered, pages of its own."""
