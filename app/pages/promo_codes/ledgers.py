"""What the lists of codes show: those handed out, and the uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.customers.columns import customer_column, customer_picks
from app.web.customers.keys import identity_of
from app.web.filters import number
from app.web.masking import code_for_me
from app.web.moments import for_file, when
from app.web.sign_in.access import may
from app.web.tables.columns import Address, Column, macro

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.pages.promo_codes.stock import Supply
    from app.store.customers import KnownCustomer
    from app.store.promo_batches import PromoBatch
    from app.store.promo_handouts import PromoHandout


def handout_columns(
    people: Mapping[int, KnownCustomer], *, lists: bool = True, picks: bool = True
) -> list[Column[PromoHandout]]:
    """To whom a code went, which, and why; without `lists` where all are of one list."""
    handout_at, list_at = Address("promo_codes.handed_out", "key"), Address("promo_codes.list", "list_id")
    ended = macro("promo_codes/_parts.html", "ended")

    def whose(row: PromoHandout) -> KnownCustomer | None:
        return people.get(row.customer_id or 0)

    def identity(row: PromoHandout) -> str:
        customer = whose(row)
        return identity_of(customer) if customer else ""

    of_list: Column[PromoHandout] = Column(
        _l("List"), lambda row: list_at.link(row.list_id, row.list_name or row.list_id), text=lambda row: row.list_name
    )
    whom = customer_column(whose, _l("To whom"), nobody=_("nobody in particular"))
    return [
        *(customer_picks(whose) if picks else []),
        Column(
            _l("When"),
            lambda row: handout_at.link(row.key, when(row.at)),
            at="name",
            text=lambda row: for_file(row.at),
        ),
        Column(_l("Code"), ended, at="figure", text=lambda row: code_for_me(row.code, row.person) or row.outcome),
        *([of_list] if lists else []),
        Column(_l("To whom"), whom.show, at="note", text=identity),
        Column(_l("Why"), lambda row: row.reason, kind="cut"),
        Column(_l("By whom"), lambda row: row.person, at="when", kind="soft"),
    ]


def batch_columns(*, lists: bool = True) -> list[Column[PromoBatch]]:
    """What was uploaded, when, and what the list had before and after."""
    batch_at, list_at = Address("promo_codes.batch", "key"), Address("promo_codes.list", "list_id")
    badge, opens = macro("promo_codes/_parts.html", "progress_badge"), may("promo_codes.batch")

    def of_list(row: PromoBatch) -> object:
        return list_at.link(row.list_id, row.list_name) if row.list_id else _("not chosen yet")

    def at(row: PromoBatch) -> Markup:
        return batch_at.link(row.key, when(row.at)) if opens else when(row.at)

    figures: list[Column[PromoBatch]] = [
        Column(_l("Codes"), lambda row: number(row.total), kind="number"),
        Column(_l("Left before"), lambda row: number(row.before), kind="number"),
        Column(_l("Left after"), lambda row: number(row.after), kind="number"),
    ]
    return [
        Column(_l("When"), at, at="name", text=lambda row: for_file(row.at)),
        *([Column(_l("List"), of_list, at="note", kind="cut")] if lists else []),
        *figures,
        Column(_l("How far"), badge, at="figure"),
        Column(_l("By whom"), lambda row: row.person, at="when", kind="soft"),
    ]


def supply_columns(*, trends: bool) -> list[Column[Supply]]:
    """What is left in each list, and for how long; `trends` where the desk has counted for some days."""
    list_at, parts = Address("promo_codes.list", "list_id"), "promo_codes/_parts.html"
    copied, shortage, lasts = macro("components/copy.html", "copied"), macro(parts, "shortage"), macro(parts, "lasts")
    line, acts = macro("components/chart.html", "sparkline"), macro(parts, "supply_acts")
    fine, left = _("fine"), _("Codes left")

    def trend(row: Supply) -> object:
        return line([value for _day, value in row.trend], left) if row.trend else "–"

    return [
        Column(_l("List"), lambda row: list_at.link(row.id, row.name), at="name"),
        Column(_l("ID"), lambda row: copied(row.id), at="note", kind="soft"),
        Column(_l("Codes left"), lambda row: number(row.available), at="figure", kind="number"),
        Column(_l("State"), lambda row: shortage(row) or fine, at="when"),
        Column(_l("Lasts"), lasts),
        *([Column(_l("28 days"), trend, kind="spark-cell")] if trends else []),
        *([Column("", acts, kind="actions", in_file=False)] if may("promo_codes.hand_out") else []),
    ]
