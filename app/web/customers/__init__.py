"""Customers in forms and URLs: parsing identifiers, looking up, keys."""
