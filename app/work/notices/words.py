"""What a notice says, in the language of whoever reads it. It names lists, jobs and numbers, and nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.store.notices import Kind
from app.web.acts.labels import act_label
from app.web.context import settings
from app.web.safeguards.approval_rules import label_of
from app.work.kinds import KINDS

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.store.notices import Notice
    from app.store.shops import Shop

Place = tuple[str, str, dict[str, Any]]  # the words, and the endpoint of the page to look at, with its arguments
CHOICES: dict[str, LazyString] = {
    Kind.JOB: _l("A job of mine ended or stopped"),
    Kind.LOW_LIST: _l("A promo list fell under its level"),
    Kind.COMPLAINTS: _l("More complaints than usual"),
    Kind.UNKNOWN_ACT: _l("Nobody has known for 15 minutes what became of an act"),
    Kind.APPROVAL: _l("Somebody asked for what I may approve"),
    Kind.SILENT_WORKER: _l("The worker of Desk46 is silent"),
    Kind.DIFFERENT_API: _l("REES46 answers differently than before"),
}


@dataclass(frozen=True)
class Words:
    """A line that says it all, and where to look."""

    title: str
    url: str

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.url}\n"


def words_of(notice: Notice, shop: Shop | None) -> Words:
    """Put a notice into words. There is no request here: addresses are those that people use."""
    with current_app.test_request_context(base_url=settings().public_url):
        where = {"shop": shop.slug} if shop else {}
        title, endpoint, more = _of_kind(notice.kind, notice.facts)
        name = f"{shop.name}: " if shop else ""
        return Words(f"{name}{title}", url_for(endpoint, _external=True, **where, **more))


def _of_kind(kind: str, facts: dict[str, Any]) -> Place:
    """Give the words, and the endpoint of the page to look at."""
    if kind in OF_KINDS:
        return OF_KINDS[kind](facts)
    if kind == Kind.COMPLAINTS:
        words = ngettext(
            "%(num)s complaint today, usual are %(usual)s.",
            "%(num)s complaints today, usual are %(usual)s.",
            facts["number"],
            usual=facts["usual"],
        )
        return words, "subscriptions.changes", {"event": "complained"}
    if kind == Kind.UNKNOWN_ACT:
        words = _("It is not known what became of “%(act)s”. Look, and settle it.", act=act_label(facts["what"]))
        return words, "trail.show", {"number": facts["act"]}
    if kind == Kind.SILENT_WORKER:
        return _("The worker of Desk46 says nothing: jobs and schedules stand still."), "schedules.index", {}
    words = _("REES46 answers %(operation)s differently than before.", operation=facts["operation"])
    return words, "differences.index", {}


def _of_job(facts: dict[str, Any]) -> Place:
    label = KINDS[facts["kind"]].label if facts["kind"] in KINDS else facts["kind"]
    figures = {"job": label, "done": facts["done"], "total": facts["total"]}
    if facts["state"] == "stopped":
        words = _("The job “%(job)s” stopped at %(done)s of %(total)s and needs you.", **figures)
    else:
        words = _("The job “%(job)s” has ended: %(done)s of %(total)s.", **figures)
    return words, "jobs.index", {}


def _of_approval(facts: dict[str, Any]) -> Place:
    words = _("%(person)s asks for your approval: %(rule)s.", person=facts["person"], rule=label_of(facts["rule"]))
    return words, "approvals.show", {"key": facts["approval"]}


def _of_list(facts: dict[str, Any]) -> Place:
    words = ngettext(
        "The promo list %(list)s has %(num)s code left.",
        "The promo list %(list)s has %(num)s codes left.",
        facts["left"],
        list=facts["list"],
    )
    days = facts.get("days")
    words = words if days is None else f"{words} {_days(days)}"
    return words, "promo_codes.list", {"list_id": facts["list"]}


def _days(days: int) -> str:
    return ngettext("That will do for %(num)s day.", "That will do for %(num)s days.", days)


OF_KINDS: dict[str, Callable[[dict[str, Any]], Place]] = {
    Kind.JOB: _of_job,
    Kind.LOW_LIST: _of_list,
    Kind.APPROVAL: _of_approval,
}
