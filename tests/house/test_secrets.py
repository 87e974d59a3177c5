"""No secret is kept in the repository."""

import re

from tests.house.repository import kept, name_of

SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bsk-[A-Za-z0-9]{32,}\b"
    r"|\bxox[abpr]-[A-Za-z0-9-]{20,}"
    r"|\$argon2id\$v="
    r"|postgres(ql)?(\+\w+)?://[^:/@\s]+:[^@\s{]+@(?!localhost|127\.|db\b|postgres\b)"
)
DATA = {".db", ".sqlite", ".sqlite3", ".pem", ".key", ".p12"}


def test_no_file_holds_a_secret():
    found = []
    for path in kept():
        text = path.read_bytes().decode(errors="ignore")
        if path.name != "test_secrets.py" and (match := SECRETS.search(text)):
            found.append(f"{name_of(path)}: {match.group(0)[:12]}…")
    assert not found, "\n".join(found)


def test_no_database_key_or_environment_file_is_kept():
    kept_by_mistake = [name_of(path) for path in kept() if path.suffix in DATA or path.name in {".env", "secret_key"}]
    assert not kept_by_mistake
