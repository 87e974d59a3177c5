"""Backups: both databases, the bodies of calls that wait and the list of erasures, in one file that is only ours.

It needs neither sqlite3 nor pg_dump, and no pause: everything is read in one view of each database while others write.
Rows are kept as what they mean, not as bytes of SQLite or PostgreSQL, so a backup of either is restored into either.
"""
