"""Finding and opening a customer among a million costs what it costs among five thousand."""

from contextlib import ExitStack

from bs4 import BeautifulSoup
from sqlalchemy import text

from tests.bench.figures import Figure, in_turns
from tests.bench.installation import installation

FEW, MANY = 5_000, 1_000_000
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)"
FILL = [
    f"""
    INSERT INTO customers (id, shop_id, created, first_name, kids, auto, tags, custom_properties)
    {NUMBERS} SELECT 1000000 + n, 1, datetime('2020-01-01', n || ' seconds'), 'Bench', '[]', '[]', '[]', '{{}}'
    FROM numbers
    """,
    f"""
    INSERT INTO identities (shop_id, customer_id, kind, value, is_main)
    {NUMBERS} SELECT 1, 1000000 + n, 'email', 'bench' || n || '@example.com', 1 FROM numbers
    """,
    f"""
    INSERT INTO identities (shop_id, customer_id, kind, value, is_main)
    {NUMBERS} SELECT 1, 1000000 + n, 'phone', 79000000000 + n, 1 FROM numbers
    """,
    f"""
    INSERT INTO subscription_changes (shop_id, at, contact_type, contact, campaign_type, event, channel, ip)
    {NUMBERS} SELECT 1, datetime('2020-01-01', n || ' seconds'), 'email', 'bench' || n || '@example.com', 'bulk',
                     'subscribe', 'api', '' FROM numbers
    """,
]


def measure():
    with ExitStack() as stack:
        full, small = (filled(stack.enter_context(installation()), rows) for rows in (MANY, FEW))
        against = f"{MANY:,} customers against {FEW:,}"
        yield Figure("Find a customer by e-mail", *in_turns(finds(full, MANY), finds(small, FEW)), 1.25, against)
        yield Figure(
            "Open a profile, all its panels", *in_turns(opens(full, MANY), opens(small, FEW), 20), 1.25, against
        )


def filled(made, rows):
    with made.box.extensions["db"].writing() as db:
        for statement in FILL:
            db.execute(text(statement), {"rows": rows})
        db.execute(text("ANALYZE"))
    return made


def finds(made, rows):
    """Everybody is somebody else, so that nothing is found in a cache."""
    token = made.person.token()
    wanted = iter(range(rows // 2, rows))

    def find():
        who = f"bench{next(wanted)}@example.com"
        answer = made.client.post("/customers/find", data={"who": who, "csrf_token": token})
        assert answer.status_code == 303, answer.status
        return answer.location

    return find


def opens(made, rows):
    find = finds(made, rows)

    def open_profile():
        profile = find()
        page = BeautifulSoup(made.client.get(profile).get_data(as_text=True), "html.parser")
        panels = [panel["hx-get"] for panel in page.select("main [hx-get][hx-trigger*=load]")]
        assert panels
        for panel in panels:
            made.open(panel)

    return open_profile
