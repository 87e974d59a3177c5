"""Imports of records (orders, bonus accounts): reading a file into records, and sending them in parts."""
