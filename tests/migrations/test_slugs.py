"""Revision 0007: every shop gets a slug, made of its name."""

from alembic import command
from sqlalchemy import create_engine, text

from tests.migrations.conftest import SCHEMAS, rows_of

NAMES = ["Вело и Спорт", "★", "Demo!", "demo", "x" * 120]


def test_shops_get_a_slug_of_their_own(old):
    url = old("desk")
    command.upgrade(SCHEMAS["desk"].alembic_config(url), "0006")
    engine = create_engine(url)
    with engine.begin() as db:
        for number, name in enumerate(NAMES, 10):
            db.execute(
                text(
                    "INSERT INTO shops (id, name, colour, kind, api_url, shop_id, locked_secret, fingerprint, active,"
                    " created) SELECT :id, :name, colour, kind, api_url, shop_id, locked_secret, fingerprint, active,"
                    " created FROM shops WHERE id = 1"
                ),
                {"id": number, "name": name},
            )
    engine.dispose()
    SCHEMAS["desk"].upgrade_to_head(url)
    slugs = {row["name"]: row["slug"] for row in rows_of(url)["shops"]}
    assert [slugs[name] for name in ("Demo", "Second", *NAMES)] == [
        "demo",
        "second",
        "velo-i-sport",
        "shop",
        "demo-2",
        "demo-3",
        "x" * 50,
    ]
