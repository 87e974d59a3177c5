"""The mark of a restore that is under way. One that was cut off left it: people who were erased may be there again."""

from __future__ import annotations

UNFINISHED = "restoring"  # a file in DESK46_VAR
CUT_OFF = (
    "A restore was cut off. Empty the databases (with SQLite: delete desk.db and box.db in DESK46_VAR), "
    "then restore the backup again."
)
