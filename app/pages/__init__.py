"""One folder per domain: what people see. A new folder with a `page` is found by itself."""
