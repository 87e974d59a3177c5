"""What people see of the test benches."""
