"""What people see of waiting lists."""
