"""What people see of products."""
