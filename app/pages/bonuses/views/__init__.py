"""What people see of bonuses for events and of certificates."""
