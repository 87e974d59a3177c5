"""What stands between a click and harm: brakes on a shop, budgets of a role, a second person who looks first."""
