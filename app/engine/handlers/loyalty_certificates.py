"""Certificates: listed, made, activated, stopped and read."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from app.engine.answers import Refusal, answers
from app.engine.store import loyalty_certificates as store
from app.engine.store.db import Db
from app.engine.store.loyalty_certificates import Certificate, CertificatePool
from app.engine.store.loyalty_members import number_of
from app.rees46 import loyalty_certificates as certificates

NOT_FOUND = "Certificate is not found"


@answers
def by_user(db: Db, op: certificates.ByUser) -> list[certificates.InPool]:
    """List what a member owns."""
    return [_in_pool(db, one) for one in store.of_owner(db, number_of(db, op.identifier))]


@answers
def list_(db: Db, op: certificates.List) -> certificates.OfPool:
    """List what happened in a pool within some days."""
    pool = _pool(db, op.code)
    first, last = datetime.combine(op.date_from, time.min), datetime.combine(op.date_to, time.max)
    found = store.of_pool(db, pool, op.event, first, last)
    return certificates.OfPool(certificates=[_told(db, one) for one in found], pool=_told_pool(pool))


@answers
def create(db: Db, op: certificates.Create) -> certificates.InPool:
    """Make a certificate for somebody, who buys it."""
    pool = _pool(db, op.code)
    return _in_pool(db, store.make(db, pool, number_of(db, op.identifier), _nominal(pool, op.nominal)))


@answers
def activate(db: Db, op: certificates.Activate) -> certificates.InPool:
    """Let it be spent; an active one stays as it is."""
    kept = _certificate(db, op.code)
    if kept.status not in {"created", store.ACTIVE}:
        raise Refusal(400, "Could not activate certificate in its current status")
    if kept.status == "created":
        if op.nominal is not None:
            kept.nominal = kept.balance = _nominal(kept.pool, op.nominal)
        kept.owner = number_of(db, op.owner_identifier) if op.owner_identifier else kept.owner or kept.buyer
        kept.owner_name = op.owner_name or kept.owner_name
        store.activate(db, kept)
    return _in_pool(db, kept)


@answers
def block(db: Db, op: certificates.Block) -> certificates.InPool:
    """Stop it for a while."""
    return _moved(db, op.code, store.ACTIVE, "blocked")


@answers
def unblock(db: Db, op: certificates.Unblock) -> certificates.InPool:
    """Let it be spent again."""
    return _moved(db, op.code, "blocked", store.ACTIVE)


@answers
def deactivate(db: Db, op: certificates.Deactivate) -> certificates.InPool:
    """Stop it for ever."""
    kept = _certificate(db, op.code)
    if kept.status != "deactivated":
        kept.status, kept.deactivated = "deactivated", db.now
    return _in_pool(db, kept)


@answers
def balance(db: Db, op: certificates.Balance) -> certificates.InPool:
    """Read it."""
    return _in_pool(db, _certificate(db, op.code))


@answers
def transactions(db: Db, op: certificates.Transactions) -> certificates.WithMovements:
    """Read it with all that happened to it."""
    kept = _certificate(db, op.code)
    happened = [
        certificates.Movement(
            id=movement.id,
            amount=movement.amount,
            event=movement.event,
            order_id=movement.order_number,
            identifier=movement.identifier,
        )
        for movement in store.movements(db, kept)
    ]
    return certificates.WithMovements(certificate=_told(db, kept), pool=_told_pool(kept.pool), transactions=happened)


def _pool(db: Db, code: str) -> CertificatePool:
    pool = store.pool_of(db, code)
    if pool is None:
        raise Refusal(404, "Certificate pool is not found")
    return pool


def _certificate(db: Db, code: str) -> Certificate:
    kept = store.certificate_of(db, code)
    if kept is None:
        raise Refusal(404, NOT_FOUND)
    return kept


def _nominal(pool: CertificatePool, wanted: float | None) -> float:
    """Take the nominal that was chosen where the pool lets one choose, else the pool's own."""
    if not pool.is_flexible or wanted is None:
        return pool.nominal
    if pool.most is not None and wanted > pool.most:
        raise Refusal(400, "nominal: more than the pool allows")
    return wanted


def _moved(db: Db, code: str, before: str, after: str) -> certificates.InPool:
    kept = _certificate(db, code)
    if kept.status not in {before, after}:
        raise Refusal(400, "Could not change certificate in its current status")
    kept.status = after
    return _in_pool(db, kept)


def _in_pool(db: Db, kept: Certificate) -> certificates.InPool:
    return certificates.InPool(certificate=_told(db, kept), pool=_told_pool(kept.pool))


def _told(db: Db, kept: Certificate) -> certificates.Certificate:
    is_over = kept.status == store.ACTIVE and kept.expiration is not None and kept.expiration < db.now.date()
    return certificates.Certificate(
        id=kept.id,
        status="expired" if is_over else kept.status,
        code=kept.code,
        nominal=kept.nominal,
        balance=kept.balance,
        owner_identifier=kept.owner,
        owner_name=kept.owner_name,
        buyer_identifier=kept.buyer,
        created_date=_day(kept.created),
        activated_date=_day(kept.activated),
        deactivated_date=_day(kept.deactivated),
        expiration_date=kept.expiration.isoformat() if kept.expiration else None,
    )


def _told_pool(pool: CertificatePool) -> certificates.Pool:
    rules: dict[str, Any] = {
        "status": "active",
        "description": None,
        "personal": False,
        "streams": [],
        "location_ids": [],
        "exclude_products": [],
        "promo": False,
        "activation_delay": 0,
    }
    return certificates.Pool(
        id=pool.id,
        name=pool.name,
        code=pool.code,
        nominal=pool.nominal,
        flexible_nominal=pool.is_flexible,
        max_flexible_nominal=pool.most,
        expiration_days=pool.days,
        min_order_value=pool.least_order,
        payable_order_share=pool.share,
        **rules | pool.more,
    )


def _day(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d}" if moment else None
