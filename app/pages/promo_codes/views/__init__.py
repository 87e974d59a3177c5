"""What people see of promo codes."""
