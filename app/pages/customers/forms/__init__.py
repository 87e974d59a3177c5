"""What the customer pages ask for."""
