"""Around a call to REES46: where it may go, what is kept of it, and in what its reply differed."""
