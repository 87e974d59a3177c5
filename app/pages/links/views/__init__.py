"""What people see of links."""
