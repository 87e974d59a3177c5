"""One function per operation: `(db, op) -> reply`. A new module in this folder is found by itself."""
