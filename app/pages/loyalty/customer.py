"""The bonuses of a customer: what the programme says, and what the shop wrote into the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.loyalty import page
from app.pages.loyalty.reading import SOON, Account, day_of, number_of, told_or_none
from app.rees46.errors import Garbled, TooMany, Unreachable
from app.rees46.loyalty_bonuses import Balance, ReadBalance
from app.rees46.loyalty_members import Membership, Status
from app.store.base import now
from app.web.customer_page.contributions import Act, Attention, Contribution, Fact, Side
from app.web.customer_page.sources import contributes
from app.web.customers.last_known import keep_with, recall_in
from app.web.filters import number
from app.web.moments import day

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.rees46.profile import Profile
    from app.web.customer_page.opening import Opening


def _asks(who: Opening) -> list[Operation[Membership] | Operation[Balance]]:
    if not (identifier := number_of(who.customer, who.profile)):
        return []
    return [Status(identifier=identifier), ReadBalance(identifier=identifier, expire_in=now().date() + SOON)]


@contributes(page, asks=_asks)
def bonuses(who: Opening, db: Session) -> Contribution:
    """Tell how many there are and when they end; what came and went is one click away."""
    profile, gaps = who.profile, []
    kept = recall_in(db, Account, who.customer)
    try:
        account = _account(who)
        before = kept.reply.movements if kept else None
        remembered = account.model_copy(update={"movements": before})
        who.writes.append(lambda writing: keep_with(writing, who.customer, remembered))
    except (Unreachable, Garbled, TooMany):
        if kept is None:
            raise
        account = kept.reply
        gaps = [_("Loyalty programme: no answer now; these bonuses are as they were read last.")]
    told = Contribution(gaps=gaps, facts=_facts(account, profile), attention=_attention(who, account))
    if profile and not (account.balance or profile.tells("loyalty_bonuses", "loyalty_id", "loyalty_status")):
        told.limits.append(_("Bonuses: REES46 did not say whether there are any."))
    if _is_worth_showing(account, profile):
        context = {"account": account, "profile": profile, "key": who.customer.key, "day_of": day_of}
        count = told.facts[0].value if told.facts else ""
        told.sides = [Side("bonuses", _("Bonuses"), "loyalty/_side.html", context, count, place=40)]
    return told


def _account(who: Opening) -> Account:
    if not number_of(who.customer, who.profile):
        return Account(has_phone=False)
    membership = told_or_none(lambda: who.reply(Status))
    balance = told_or_none(lambda: who.reply(ReadBalance))
    return Account(membership=membership, balance=balance)


def _is_worth_showing(account: Account, profile: Profile | None) -> bool:
    said = profile and (profile.loyalty_id or profile.loyalty_status or profile.loyalty_bonuses is not None)
    is_member = account.membership is not None and account.membership.member is not False
    return bool(said or account.balance or is_member)


def _facts(account: Account, profile: Profile | None) -> list[Fact]:
    of_profile = profile.loyalty_bonuses if profile else None
    to_next = profile.loyalty_bonuses_to_next_level if profile else None
    note = _("%(number)s to the next level", number=number(to_next)) if to_next else ""
    if account.balance and account.balance.active is not None:
        if of_profile is not None and of_profile != account.balance.active:
            note = _("the profile says %(number)s", number=number(of_profile))
        return [Fact(_("Bonuses"), number(account.balance.active), note, url="#bonuses", place=30)]
    return [Fact(_("Bonuses"), number(of_profile), note, url="#bonuses", place=30)] if of_profile is not None else []


def _attention(who: Opening, account: Account) -> list[Attention]:
    told = account.balance
    if told is None or not told.expiring:
        return []
    until = day_of(told.expire_in)
    ends = _("until %(day)s", day=day(until)) if until else _("soon")
    look = Act(_("Look"), url_for("loyalty.of", key=who.customer.key), icon="gem")
    words = _("%(number)s end %(when)s", number=number(told.expiring), when=ends)
    return [Attention(icon="hourglass", head=_("Bonuses:"), text=words, act=look)]
