"""What people see of subscriptions."""
