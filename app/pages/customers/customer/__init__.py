"""What the profile and the orders of a customer contribute to their page."""

from app.pages.customers.customer import about, edits, looked, orders

__all__ = ["about", "edits", "looked", "orders"]
