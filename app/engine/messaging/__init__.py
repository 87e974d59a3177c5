"""What messages look like on their way out."""
