"""Make the database and its rows: `python -m django_desk.fill CUSTOMERS EXCHANGES`."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "django_desk.settings"
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
EXCHANGES = f"""
    INSERT INTO django_desk_exchange (at, person_id, operation, method, path, status, outcome, milliseconds)
    {NUMBERS}
    SELECT datetime('2026-01-01', n || ' seconds'), 1,
           CASE n %% 3 WHEN 0 THEN 'profile.Read' WHEN 1 THEN 'segments.Add' ELSE 'links.Create' END,
           'POST', '/segments/add', 200, CASE n %% 50 WHEN 0 THEN 'refused' ELSE 'done' END, 12.5
    FROM numbers
"""
CUSTOMERS = f"""
    INSERT INTO django_desk_customer (email, phone, first_name, middle_name, last_name, gender, location,
                                      loyalty_card_location, loyalty_status, bought_something)
    {NUMBERS}
    SELECT 'bench' || n || '@example.com', 79000000000 + n, 'Bench', '', '', '', '', '', '', 0 FROM numbers
"""


def main(customers: str, exchanges: str) -> None:
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415  # models come once Django is set up
    from django.core.management import call_command  # noqa: PLC0415  # as above
    from django.db import connection  # noqa: PLC0415  # as above

    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create_superuser("bench", "bench@example.com", "bench")
    with connection.cursor() as cursor:
        cursor.execute(EXCHANGES, [int(exchanges)])
        cursor.execute(CUSTOMERS, [int(customers)])
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(*sys.argv[1:])
