"""Jobs: what a kind of job is, how one is accepted, and how its rows are parsed."""
