"""What people see of bonus accounts."""
