"""What exactly a message is before it goes, and letting it go: once, and with its outcome written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from app.pages.messages.attachments import let_go, operation_of
from app.rees46.errors import Rees46Error
from app.store import campaigns, sends
from app.store.campaigns import Campaign
from app.store.customers import KnownCustomer
from app.store.sends import AlreadySent, Send
from app.web.cells.phones import read_phone
from app.web.context import desk, settings
from app.web.loaders import load_or_404
from app.web.messaging.delivery import keep_number
from app.web.messaging.gate import Gate, gate_of
from app.web.messaging.marking import Place, places, unused
from app.web.messaging.preview import Preview, fill_copies
from app.web.messaging.shown import Shown, shown
from app.web.messaging.sms import Counted, count
from app.web.messaging.variables import lacking
from app.web.page import STAFF
from app.web.rees46 import About, act, client
from app.web.safeguards.brakes import Braked
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.held_acts import hold_act, let_out
from app.work.kinds import kind

if TYPE_CHECKING:
    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.store.works import Work
    from app.work.kinds import Progress

KIND = "messages.send"


@dataclass(frozen=True)
class Look:
    """Everything the review shows of a message."""

    send: Send
    campaign: Campaign | None
    recipient: KnownCustomer | None
    persona: KnownCustomer | None  # whose profile the variables come from
    gate: Gate
    today: list[Send]  # what may have reached the recipient today

    @cached_property
    def preview(self) -> Preview:
        """The saved copy, filled; empty without one."""
        return fill_copies(self.campaign, self.send.variables, self.send.language)

    @property
    def texts(self) -> dict[str, str]:
        """What is kept with the message: filled when it was written, so that a second click fills nothing."""
        return self.send.texts or self.preview.texts

    @property
    def copy_language(self) -> str:
        """The language of the copy that is shown."""
        return self.campaign.copy_in(self.send.language)[0] if self.campaign else ""

    @property
    def shown(self) -> Shown:
        """The filled copy as its channels show it."""
        return shown(self.preview.texts)

    @property
    def places(self) -> list[Place]:
        """Where in the copy something is missing."""
        copies = self.campaign.copy_in(self.send.language)[1] if self.campaign else {}
        return places(copies, self.preview.missing) if self.preview.missing else []

    @property
    def unused(self) -> set[str]:
        """Variables that the message brings and the copy does not ask for; none without a copy."""
        asked = [*self.preview.asked, *(self.campaign.variables if self.campaign else ())]
        return unused([name for name, _value in self.send.lines], asked) if self.preview.texts else set()

    @property
    def op(self) -> Operation[Any]:
        """The call, without the content of files."""
        return operation_of(self.send)

    @property
    def curl(self) -> str:
        return client(shop(), self.op, kept=False).curl(self.op)

    @property
    def lacking(self) -> list[str]:
        """Variables that the campaign wants and the message does not bring, besides those missing in its text."""
        wanted = lacking(self.campaign.variables, self.send.variables) if self.campaign else []
        return [path for path in wanted if path not in self.preview.missing]

    @property
    def odd_phone(self) -> str:
        """The number it goes to, if that is no phone number that any country has."""
        phone = self.send.who.get("phone", "")
        return "" if not phone or read_phone(phone) else phone

    @property
    def same_today(self) -> list[Send]:
        """Messages of the same campaign among those of today."""
        return [send for send in self.today if send.campaign == self.send.campaign]

    @property
    def sms(self) -> Counted | None:
        text = self.preview.texts.get("sms")
        return None if text is None else count(text)


def send_or_404(number: int) -> Send:
    return load_or_404(Send, number=number)


def look_at(send: Send) -> Look:
    """Gather what the review shows; REES46 is not asked."""
    with desk().reading() as db:
        campaign = campaigns.for_message(db, send.shop_id, send.kind, send.campaign)
        recipient = db.get(KnownCustomer, send.recipient_id)
        persona = db.get(KnownCustomer, send.customer_id) if send.customer_id else None
        gate = gate_of(db, shop(), send)
        today = sends.lately(db, send, midnight())
    return Look(send, campaign, recipient, persona, gate, today)


def midnight() -> datetime:
    """When today began where the desk is, as the database writes moments."""
    zone = ZoneInfo(settings().time_zone)
    today = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return today.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def dispatch(look: Look, reason: str | None) -> None:
    """Send it. That it is being sent is written down first, so no second click and no crash sends it twice.

    Where the person wants to be able to take it back, it waits in its undo window first.
    """
    send = look.send
    sender = {"person_id": me().id, "person": me().name, "texts": look.texts}
    about = About(
        customer=look.recipient,
        reason=reason,
        asked=_kept_of(send),
        begun=lambda db, row: sends.begin(db, send.id, row, **sender),
        ended=keep_number,
    )
    try:
        if seconds := me().undo_seconds_single:
            hold_act(KIND, str(send.id), operation_of(send), about, seconds)
            return
        act(operation_of(send, whole=True), about)
    except Braked:
        raise
    except (Rees46Error, AlreadySent):  # its page says what became of it
        return
    let_go(send)


def _kept_of(send: Send) -> dict[str, Any] | None:
    """What the trail keeps of a message with files: their names."""
    return send.asked if send.asked.get("files") else None


@kind(
    KIND,
    label=_l("Test message"),
    page="messages.show",
    param="number",
    needs=STAFF,
    is_repeatable=False,
    is_single=True,
    is_message=True,
)
def send_held(work: Work) -> Progress:
    """Send a message whose undo window is over."""
    send: Send = send_or_404(int(work.subject))

    def go_out(row: Act) -> None:
        about = About(held=row.id, asked=_kept_of(send), ended=keep_number)
        act(operation_of(send, whole=True), about)
        let_go(send)

    return let_out(work, go_out)
