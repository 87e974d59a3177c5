"""Doing the steps of a macro, one after the other: each is an act, and each is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.communications.macro_forms import fill
from app.rees46 import communications, promo_codes, segments
from app.rees46.errors import Rees46Error
from app.store import communications as archive
from app.store import promo_handouts
from app.store.acts import AlreadyDone
from app.store.promo_handouts import PromoHandout
from app.web.context import desk
from app.web.customers.identity import identity_for
from app.web.customers.lookup import read_profile
from app.web.error_words import in_words
from app.web.rees46 import About, act, noted
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.store.acts import Act
    from app.store.customers import KnownCustomer
    from app.store.macros import Macro
    from app.web.rees46 import Ended

State = Literal["done", "failed", "unknown", "waiting"]


@dataclass(frozen=True)
class Told:
    """What became of a step."""

    title: str
    state: State
    words: str = ""


@dataclass
class Use:
    """One use of a macro. The same click finds what an earlier try has done, so only the rest is tried again."""

    macro: Macro
    customer: KnownCustomer
    comment: str
    once: str
    code: str = ""

    @property
    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        steps: list[tuple[str, Callable[[], str]]] = []
        if self.macro.list_id:
            steps.append((_("Hand out a code of %(list)s", list=self.macro.list_name), self._hand_out))
        steps.append((_("Log what was said"), self._log))
        if self.macro.segment_id:
            steps.append((_("Put into segment %(number)s", number=self.macro.segment_id), self._put))
        return steps

    def go(self) -> list[Told]:
        """Do the steps as parts of one act; after one that is not done nothing more is tried."""
        told: list[Told] = []
        about = About(self.customer, after={"macro": self.macro.name}, reason=self.macro.name)
        with noted("communications.UseMacro", about) as whole:
            g.parent_act = whole.id
            try:
                for title, step in self.steps:
                    told.append(self._told(title, step, is_over=any(one.state != "done" for one in told)))
            finally:
                g.parent_act = None
        return told

    def _told(self, title: str, step: Callable[[], str], *, is_over: bool) -> Told:
        if is_over:
            return Told(title, "waiting")
        try:
            return Told(title, "done", step())
        except AlreadyDone as before:
            if before.act.outcome == "done":
                self.code = self.code or _code_of(before.act)
                return Told(title, "done", self.code if before.act.what == promo_codes.Fetch.name() else "")
            return Told(title, "unknown", _("An earlier click sent this, and nobody knows what became of it."))
        except Rees46Error as error:
            state: State = "failed" if error.changed == "no" else "unknown"
            return Told(title, state, " ".join(filter(None, in_words(error).values())))

    def _about(self, step: str) -> About:
        return About(self.customer, reason=self.macro.name, once=f"{self.once[:40]}.{step}")

    def _hand_out(self) -> str:
        macro, about = self.macro, self._about("code")
        handout = PromoHandout(
            shop_id=shop().id,
            list_id=macro.list_id,
            list_name=macro.list_name,
            reason=macro.name,
            person=me().name,
            customer_id=self.customer.id,
        )

        def begun(db: Session, row: Act) -> None:
            handout.act_id = row.id
            db.add(handout)

        def ended(db: Session, how: Ended) -> None:
            if how.reply is not None:
                promo_handouts.keep_code(db, how.act.id, how.reply.code)

        more = About(self.customer, reason=macro.name, once=about.once, begun=begun, ended=ended)
        self.code = act(promo_codes.Fetch(id=macro.list_id or ""), more).code
        return self.code

    def _log(self) -> str:
        said = self.macro.fields | {"comment": fill(self.comment, {"code": self.code})}
        who = identity_for(communications.Save, self.customer)
        answer = act(communications.Save.from_form(said | who), self._about("log"))
        with desk().writing() as db:
            archive.keep(db, shop().id, self.customer.id, answer.id, said, by=me().name, is_new=True)
        return ""

    def _put(self) -> str:
        who = identity_for(segments.Add, self.customer)
        act(segments.Add.from_form({**who, "segment_id": self.macro.segment_id}), self._about("segment"))
        return ""


def text_for(macro: Macro, customer: KnownCustomer) -> str:
    """Fill the text with what is known of the customer; the code comes when it is handed out."""
    profile = read_profile(customer.identity)
    names = {name: (getattr(profile, name) or "") if profile else "" for name in ("first_name", "last_name")}
    return fill(macro.fields.get("comment") or "", {**names, "colleague": me().name})


def _code_of(done: Act) -> str:
    with desk().reading() as db:
        return db.scalar(select(PromoHandout.code).where(PromoHandout.act_id == done.id)) or ""
