"""The page of a customer: what pages contribute to it, what one opening of it asks, and putting it together."""
