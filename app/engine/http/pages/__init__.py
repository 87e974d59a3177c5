"""Routes that are no operations: each module has an `init_app(app)`. A house test lists them by name."""
