"""Reading once a day, or more and more of a day, what pages show by days. See store/daily.py."""
