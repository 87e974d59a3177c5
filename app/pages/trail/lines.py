"""The trail as lines of JSON: each act whole, for programs that keep or watch it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.web.http.csv import lines_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from app.store.acts import Act

FIELDS = ("id", "at", "person_id", "person", "shop_id", "what", "customer_id", "asked", "before", "after", "reason")
MORE = ("outcome", "message", "settled", "settles", "parent_id", "ended", "request_id", "ip")


def as_json_lines(rows: Sequence[Act]) -> Response:
    return lines_answer("audit-trail", (_line(act) for act in rows), len(rows))


def _line(act: Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in (*FIELDS, *MORE)}
