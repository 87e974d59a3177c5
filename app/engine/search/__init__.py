"""Search over the products of a shop: an index of tantivy beside the database, brought up to date by the worker."""
