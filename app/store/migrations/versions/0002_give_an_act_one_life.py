"""Give an act one life: ledgers point at their act and keep no outcome of their own.

What the ledgers knew goes to the acts: where both knew something, REES46's word or a person's goes before "unknown".
Entries whose act cannot be told get one, with what the ledger knew.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NEAR = timedelta(minutes=2)  # an entry and its act were written in one request


def table(name, *columns):
    return sa.Table(name, sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True), *columns)


def column(name, kind=None):
    return sa.Column(name, kind or sa.String())


acts = table(
    "acts", column("at", sa.DateTime()), column("person_id", sa.Integer()), column("person"),
    column("shop_id", sa.Integer()), column("what"), column("customer_id", sa.Integer()), column("asked", Json),
    column("reason"), column("outcome"), column("until", sa.DateTime()), column("message"), column("verdict"),
    column("settled", Json), column("ended", sa.DateTime()), column("once"),
)  # fmt: skip
sends = table(
    "sends", column("shop_id", sa.Integer()), column("at", sa.DateTime()), column("person_id", sa.Integer()),
    column("person"), column("kind"), column("asked", Json), column("recipient_id", sa.Integer()),
    column("customer_id", sa.Integer()), column("state"), column("message"), column("settled_by"), column("note"),
    column("act_id", sa.Integer()),
)  # fmt: skip
handouts = table(
    "promo_handouts", column("key"), column("at", sa.DateTime()), column("shop_id", sa.Integer()), column("list_id"),
    column("customer_id", sa.Integer()), column("person"), column("reason"), column("code"), column("outcome"),
    column("message"), column("once"), column("act_id", sa.Integer()),
)  # fmt: skip
links = table(
    "short_links", column("shop_id", sa.Integer()), column("batch_id", sa.Integer()), column("at", sa.DateTime()),
    column("person"), column("source"), column("lifetime", sa.Integer()), column("short"), column("state"),
    column("message"), column("tried", sa.DateTime()), column("act_id", sa.Integer()),
)  # fmt: skip
batches = table(
    "promo_batches", column("key"), column("tries", sa.Integer()), column("act_id", sa.Integer()),
)  # fmt: skip
imports = table("imports", column("key"), column("shop_id", sa.Integer()))
parts = table(
    "import_parts", column("batch_id", sa.Integer()), column("state"), column("rows", Json), column("skipped", Json),
    column("act_id", sa.Integer()),
)  # fmt: skip


def upgrade() -> None:
    """Apply."""
    change_acts()
    add_pointers()
    db = op.get_bind()
    point_sends(db)
    point_handouts(db)
    point_links(db)
    point_promo_batches(db)
    point_import_parts(db)
    drop_outcomes()


def change_acts() -> None:
    with op.batch_alter_table("acts", schema=None) as batch_op:
        batch_op.alter_column("outcome", existing_type=sa.String(8), type_=sa.String(9), existing_nullable=False)
        batch_op.add_column(sa.Column("until", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("verdict", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("settles", sa.Integer(), nullable=True))
        batch_op.create_index("ix_acts_settles", ["settles"], unique=False)
        batch_op.create_index("ix_acts_what_outcome", ["shop_id", "what", "outcome", "id"], unique=False)
    op.execute("UPDATE acts SET until = at WHERE outcome = 'trying'")  # whoever tried it is gone: nobody knows
    op.execute(
        "UPDATE acts SET verdict = outcome, outcome = 'settled' "
        "WHERE settled IS NOT NULL AND CAST(settled AS TEXT) <> 'null' AND outcome IN ('done', 'failed')"
    )


def add_pointers() -> None:
    for name in ("sends", "promo_handouts", "short_links", "promo_batches", "import_parts"):
        op.add_column(name, sa.Column("act_id", sa.Integer(), nullable=True))


def point_sends(db) -> None:
    """A message was sent by the act whose click is "send" and its number; a refused one's click was freed."""
    db.execute(sa.text("UPDATE sends SET act_id = (SELECT id FROM acts WHERE acts.once = 'send ' || sends.id)"))
    loose = Loose(db, ("messages.Sms", "messages.Multi"))
    states = {"sent": "done", "refused": "refused", "failed": "failed"}
    verdicts = {"arrived": "done", "lost": "failed"}
    for send in each(db, sends, sends.c.state != "draft"):
        act_id = send.act_id or loose.take(send, lambda act, send=send: holds(act.asked, send.asked))
        if act_id is None:
            what = "messages.Sms" if send.kind == "sms" else "messages.Multi"
            act_id = make(db, send, what, send.asked, send.customer_id or send.recipient_id)
        db.execute(sends.update().where(sends.c.id == send.id).values(act_id=act_id))
        word = {"by": send.settled_by or "", "note": send.note or ""}
        tell(db, act_id, states.get(send.state), verdicts.get(send.state), word, send.message)


def point_handouts(db) -> None:
    """A hand-out and its act were one click."""
    db.execute(
        sa.text("UPDATE promo_handouts SET act_id = (SELECT id FROM acts WHERE acts.once = promo_handouts.once)")
    )
    loose = Loose(db, ("promo_codes.Fetch",))
    settled = {}
    for act in db.execute(sa.select(acts).where(acts.c.what == "promo_codes.Settle")):
        settled[(act.asked or {}).get("handout")] = {"by": act.person, "note": ""}
    for handout in each(db, handouts, sa.true()):
        same = lambda act, handout=handout: (  # noqa: E731 - one comparison
            act.reason == handout.reason and (act.asked or {}).get("id") == handout.list_id
        )
        act_id = handout.act_id or loose.take(handout, same)
        if act_id is None:
            act_id = make(db, handout, "promo_codes.Fetch", {"id": handout.list_id}, handout.customer_id)
        db.execute(handouts.update().where(handouts.c.id == handout.id).values(act_id=act_id))
        verdict = {"done": "done", "refused": "failed"}.get(handout.outcome)
        if handout.key in settled:
            tell(db, act_id, None, verdict, settled[handout.key], handout.message)
        else:
            tell(db, act_id, {"done": "done", "refused": "refused"}.get(handout.outcome), None, None, handout.message)


def point_links(db) -> None:
    """Links that were taken at one moment were made by one act, or by the halves of it."""
    states = {"made": "done", "replaced": "done", "refused": "refused"}
    query = sa.select(links.c.batch_id, links.c.tried).where(links.c.tried.is_not(None)).distinct()
    for batch_id, tried in db.execute(query).all():
        taken = db.execute(sa.select(links).where(links.c.batch_id == batch_id, links.c.tried == tried)).all()
        same = (acts.c.what == "links.Create", acts.c.shop_id == taken[0].shop_id)
        calls = db.execute(
            sa.select(acts).where(*same, acts.c.at.between(tried, tried + NEAR)).order_by(acts.c.id)
        ).all()
        by_source = {link.get("url"): act.id for act in calls for link in (act.asked or {}).get("links") or []}
        made = {}
        for link in taken:
            if link.state == "waiting":
                continue
            act_id = by_source.get(link.source) or made.get(link.state)
            if act_id is None:
                asked = {"links": [{"url": each.source, "lifetime": each.lifetime} for each in taken
                                   if each.state == link.state and each.source not in by_source]}  # fmt: skip
                act_id = made[link.state] = make(db, link, "links.Create", asked, None)
            db.execute(links.update().where(links.c.id == link.id).values(act_id=act_id))
            tell(db, act_id, states.get(link.state), None, None, link.message)


def point_promo_batches(db) -> None:
    db.execute(
        sa.text(
            "UPDATE promo_batches SET act_id = (SELECT id FROM acts "
            "WHERE acts.once = 'promo-batch-' || promo_batches.key || '-' || promo_batches.tries)"
        )
    )


def point_import_parts(db) -> None:
    """A part that was being tried is the one whose first row an act of its import names."""
    for part in db.execute(sa.select(parts).where(parts.c.state == "trying")).all():
        batch = db.execute(sa.select(imports).where(imports.c.id == part.batch_id)).one()
        first = next((number for number, _cells in part.rows or [] if number not in (part.skipped or [])), None)
        query = sa.select(acts).where(
            acts.c.what.in_(("imports.Audience", "imports.Suppressed")), acts.c.shop_id == batch.shop_id
        )
        act_id = None
        for act in db.execute(query.order_by(acts.c.id)):
            asked = act.asked or {}
            if asked.get("import") == batch.key and str(asked.get("rows")).startswith(f"{first}–"):
                act_id = act.id
        db.execute(parts.update().where(parts.c.id == part.id).values(state="checked", act_id=act_id))


class Loose:
    """Acts that lost their click because nothing happened: a ledger's entry finds its own by what it asked."""

    def __init__(self, db, whats) -> None:
        query = sa.select(acts).where(
            acts.c.what.in_(whats), acts.c.once.is_(None), acts.c.outcome.in_(("refused", "failed"))
        )
        self.by_person: dict[tuple, list] = {}
        for act in db.execute(query.order_by(acts.c.id)):
            self.by_person.setdefault((act.shop_id, act.person), []).append(act)

    def take(self, entry, fits) -> int | None:
        there = self.by_person.get((entry.shop_id, entry.person), [])
        for act in there:
            if entry.at - NEAR <= act.at <= entry.at + NEAR and fits(act):
                there.remove(act)
                return act.id
        return None


def holds(asked, wanted) -> bool:
    """Whether a call asked for what a draft held, whatever else it said."""
    return all((asked or {}).get(name) == value for name, value in (wanted or {}).items() if value not in (None, {}))


def each(db, ledger, which):
    """Walk through a ledger by key, so that a long one does not fill the memory."""
    last = 0
    while rows := db.execute(
        sa.select(ledger).where(which, ledger.c.id > last).order_by(ledger.c.id).limit(1000)
    ).all():
        yield from rows
        last = rows[-1].id


def make(db, entry, what, asked, customer_id) -> int:
    """Make the act of an entry that has none; what became of it is told afterwards."""
    row = {
        "at": entry.at, "person_id": getattr(entry, "person_id", None), "person": entry.person,
        "shop_id": entry.shop_id, "what": what, "customer_id": customer_id, "asked": asked,
        "reason": getattr(entry, "reason", None), "outcome": "unknown", "ended": entry.at,
    }  # fmt: skip
    return db.execute(acts.insert().values(row)).inserted_primary_key[0]


def tell(db, act_id, state, verdict, word, message) -> None:
    """Let an act of which nobody knew have what its ledger knew."""
    act = db.execute(sa.select(acts.c.outcome, acts.c.message).where(acts.c.id == act_id)).one()
    if act.outcome not in {"trying", "unknown"}:
        return
    values = {"message": act.message or message}
    if verdict:
        values |= {"outcome": "settled", "verdict": verdict, "settled": word | {"outcome": verdict}}
    elif state:
        values |= {"outcome": state}
        if state in {"refused", "failed"}:
            values["once"] = None
    db.execute(acts.update().where(acts.c.id == act_id).values(values))


def drop_outcomes() -> None:
    with op.batch_alter_table("import_parts", schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_import_parts_act_id"), "acts", ["act_id"], ["id"])

    with op.batch_alter_table("promo_batches", schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_promo_batches_act_id"), "acts", ["act_id"], ["id"])

    with op.batch_alter_table("promo_handouts", schema=None) as batch_op:
        batch_op.alter_column("act_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_promo_handouts_once"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_promo_handouts_act_id"), ["act_id"])
        batch_op.create_foreign_key(batch_op.f("fk_promo_handouts_act_id"), "acts", ["act_id"], ["id"])
        batch_op.drop_column("once")
        batch_op.drop_column("outcome")
        batch_op.drop_column("message")

    with op.batch_alter_table("sends", schema=None) as batch_op:
        for name in ("state", "campaign", "customer", "person", "recipient", "shop"):
            batch_op.drop_index(f"ix_sends_{name}")
        batch_op.create_unique_constraint(batch_op.f("uq_sends_act_id"), ["act_id"])
        batch_op.create_foreign_key(batch_op.f("fk_sends_act_id"), "acts", ["act_id"], ["id"])
        for name in ("settled_by", "note", "state", "message"):
            batch_op.drop_column(name)
        batch_op.create_index("ix_sends_campaign", ["shop_id", "campaign", "act_id"], unique=False)
        batch_op.create_index("ix_sends_customer", ["customer_id", "act_id"], unique=False)
        batch_op.create_index("ix_sends_person", ["shop_id", "person_id", "act_id"], unique=False)
        batch_op.create_index("ix_sends_recipient", ["recipient_id", "act_id"], unique=False)
        batch_op.create_index("ix_sends_shop", ["shop_id", "act_id"], unique=False)

    with op.batch_alter_table("short_links", schema=None) as batch_op:
        batch_op.drop_index("ix_short_links_batch")
        batch_op.create_foreign_key(batch_op.f("fk_short_links_act_id"), "acts", ["act_id"], ["id"])
        for name in ("message", "state", "tries", "tried"):
            batch_op.drop_column(name)
        batch_op.create_index("ix_short_links_batch", ["batch_id", "act_id", "id"], unique=False)
        batch_op.create_index("ix_short_links_act", ["act_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    raise NotImplementedError("Outcomes are not given back to the ledgers: restore a backup from before.")
