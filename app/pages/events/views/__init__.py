"""What people see of events."""
