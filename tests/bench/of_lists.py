"""Fifty rows of a long list cost what fifty rows of a short one do."""

from contextlib import ExitStack

from sqlalchemy import text

from tests.bench.figures import Figure, in_turns
from tests.bench.installation import installation

FEW, MANY = 2_000, 2_000_000
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)"
EXCHANGES = f"""
    INSERT INTO exchanges (key, at, shop_id, person_id, operation, method, path, asked, curl, status, outcome,
                           milliseconds, answer)
    {NUMBERS}
    SELECT 'bench' || n, datetime('2026-01-01', n || ' seconds'), 1, 1 + n % 4,
           CASE n % 3 WHEN 0 THEN 'profile.Read' WHEN 1 THEN 'segments.Add' ELSE 'links.Create' END,
           'POST', '/segments/add', '{{}}', 'curl', 200, CASE n % 50 WHEN 0 THEN 'refused' ELSE 'done' END, 12.5, '{{}}'
    FROM numbers
"""
ACTS = f"""
    INSERT INTO acts (at, person_id, person, shop_id, what, asked, outcome)
    {NUMBERS}
    SELECT datetime('2026-01-01', n || ' seconds'), 1 + n % 4, 'Somebody', 1,
           CASE n % 3 WHEN 0 THEN 'profile.Set' WHEN 1 THEN 'segments.Add' ELSE 'links.Create' END,
           '{{}}', CASE n % 50 WHEN 0 THEN 'refused' ELSE 'done' END
    FROM numbers
"""
CHANGES = f"""
    INSERT INTO subscription_changes (shop_id, at, contact_type, contact, campaign_type, event, channel, ip)
    {NUMBERS}
    SELECT 1, datetime('now', (-15 * n) || ' seconds'), 'email', 'bench' || n || '@example.com', 'bulk',
           CASE n % 50 WHEN 0 THEN 'complained' ELSE 'subscribe' END, 'api', ''
    FROM numbers
"""
PATHS = {
    "Request log, first 50 rows": "/requests/",
    "Request log, 50 of one operation": "/requests/?operation=links.Create",
    "Request log, 50 refused ones": "/requests/?outcome=refused",
    "Request log, 50 rows from the middle": "/requests/?before={middle}",
    "Audit trail, first 50 rows": "/trail/",
    "Audit trail, 50 refused acts": "/trail/?outcome=refused",
    "Audit trail, 50 rows from the middle": "/trail/?before={middle}",
    "Changes of subscriptions, newest 50": "/subscriptions/changes",
    "Changes of subscriptions, 50 complaints": "/subscriptions/changes?event=complained",
}


def measure():
    with ExitStack() as stack:
        short, long = (filled(stack.enter_context(installation()), rows) for rows in (FEW, MANY))
        for what, path in PATHS.items():
            many, few = (path.format(middle=rows // 2) for rows in (MANY, FEW))
            ours, bare = in_turns(lambda path=many: long.open(path), lambda path=few: short.open(path))
            yield Figure(what, ours, bare, 1.25, f"{MANY:,} rows against {FEW:,}")


def filled(made, rows):
    for database, statements in ((made.desk, (EXCHANGES, ACTS)), (made.box.extensions["db"], (CHANGES,))):
        with database.writing() as db:
            for statement in statements:
                db.execute(text(statement), {"rows": rows})
    return made
