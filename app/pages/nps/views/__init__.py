"""What people see of NPS."""
