"""Who is here, and what they may do: sessions, passwords, access."""
