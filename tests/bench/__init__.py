"""What Desk46 promises to be quick at, measured against the bare equivalent in the same run."""
