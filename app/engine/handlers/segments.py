"""Segments: who is in which."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity import find, found_or_made
from app.engine.store.segment_rules import facts_of, holds
from app.engine.store.segments import (
    STATIC,
    Segment,
    dynamic_segments,
    put,
    segment_of,
    static_segments_of,
    take_out,
)
from app.rees46 import segments
from app.rees46.replies import Done


@answers
def add(db: Db, op: segments.Add) -> Done:
    """Put a customer, who is made if unknown, into a static segment."""
    segment = _static(db, op.segment_id)
    put(db, segment, [found_or_made(db, op.who()).id])
    return Done()


@answers
def remove(db: Db, op: segments.Remove) -> Done:
    """Take a customer out of a static segment; who is not in it is no error."""
    segment = _static(db, op.segment_id)
    if customer := find(db, op.who()):
        take_out(db, segment, customer.id)
    return Done()


@answers
def get(db: Db, op: segments.Get) -> list[segments.Membership]:
    """List the segments a customer is in: put into by hand, or by a rule that holds for them now."""
    found = sorted(_segments_of(db, find(db, op.who())), key=lambda segment: segment.number)
    return [segments.Membership(id=segment.number, type=segment.kind) for segment in found]


@answers
def includes(db: Db, op: segments.Includes) -> bool:
    """Tell whether a customer is in one segment."""
    segment = _segment(db, op.segment_id)
    return any(one.id == segment.id for one in _segments_of(db, find(db, op.who())))


def _segments_of(db: Db, customer: Customer | None) -> list[Segment]:
    """Give the segments a customer was put into, and those whose rule holds for them."""
    if customer is None:
        return []
    found = list(static_segments_of(db, customer.id))
    if dynamic := dynamic_segments(db):
        facts = facts_of(db, customer)
        found += [segment for segment in dynamic if holds(segment.rule, facts)]
    return found


def _static(db: Db, number: str) -> Segment:
    segment = _segment(db, number)
    if segment.kind != STATIC:
        raise Refusal(400, "A dynamic segment follows its rule; nobody is added or removed by hand")
    return segment


def _segment(db: Db, number: str) -> Segment:
    segment = segment_of(db, number)
    if segment is None:
        raise Refusal(404, "Segment not found")
    return segment
