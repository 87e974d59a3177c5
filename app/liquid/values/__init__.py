"""What a template works with: JSON's values and ranges, read, written and compared as Ruby does it."""
