"""What people see of segments."""
