"""Fifty rows of a long list cost what fifty rows of a short one do."""

from contextlib import ExitStack

from sqlalchemy import text

from tests.bench.figures import Figure, in_turns
from tests.bench.installation import installation

FEW, MANY = 2_000, 2_000_000
EXCHANGES = text(
    """
    INSERT INTO exchanges (key, at, shop_id, person_id, operation, method, path, asked, curl, status, outcome,
                           milliseconds, answer)
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
    SELECT 'bench' || n, datetime('2026-01-01', n || ' seconds'), 1, 1 + n % 4,
           CASE n % 3 WHEN 0 THEN 'profile.Read' WHEN 1 THEN 'segments.Add' ELSE 'links.Create' END,
           'POST', '/segments/add', '{}', 'curl', 200, CASE n % 50 WHEN 0 THEN 'refused' ELSE 'done' END, 12.5, '{}'
    FROM numbers
    """
)
PATHS = {
    "first 50 rows": "/requests/",
    "50 of one operation": "/requests/?operation=links.Create",
    "50 refused ones": "/requests/?outcome=refused",
    "50 rows from the middle": "/requests/?before={middle}",
}


def measure():
    with ExitStack() as stack:
        short, long = (filled(stack.enter_context(installation()), rows) for rows in (FEW, MANY))
        for what, path in PATHS.items():
            many, few = (path.format(middle=rows // 2) for rows in (MANY, FEW))
            ours, bare = in_turns(lambda path=many: long.open(path), lambda path=few: short.open(path))
            yield Figure(f"Request log, {what}", ours, bare, 1.25, f"{MANY:,} rows against {FEW:,}")


def filled(made, rows):
    with made.desk.writing() as db:
        db.execute(EXCHANGES, {"rows": rows})
    return made
