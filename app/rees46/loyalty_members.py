"""The loyalty programme: who is in it, by which codes they prove who they are, and whom they bring along.

`identifier` is a member's phone number, digits with the country code. Source: newer documentation, "loyalty"
(rees46.md#loyalty).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from .operation import DECIDES, STATUS, SUCCESS, Http, Operation, Shape, newer
from .replies import Done
from .values import Day, Email, Identifier, Phone

Event = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_]+$")]
OneTimeCode = Annotated[str, Field(min_length=1, max_length=64)]


class OfMember(Shape):
    """Which member: by phone number."""

    identifier: Phone = Field(
        validation_alias=AliasChoices("identifier", "phone"), description="Phone number of the member"
    )


class Level(Shape):
    """A level of the programme; all is empty on the base level, and for who is no member."""

    name: str | None = None
    code: str | None = None
    expiration_date: str | None = None


class Membership(Shape):
    """Whether somebody is a member; None is what was not told."""

    member: Annotated[bool | None, DECIDES] = None
    level: Level | None = None


class Status(OfMember, Operation[Membership]):
    """Tell whether somebody is in the loyalty programme, and on which level.

    A device is enough to ask for whom it belongs to; by any other number it takes the secret, unless REES46 lets the
    apps of the shop ask without it.
    """

    http = Http(
        "GET",
        "/loyalty/members/status",
        secret="parameter",
        device_will_do=True,
        open_to_apps=True,
        envelope=STATUS,
    )

    did: Identifier | None = Field(None, description="Device ID; apps send it instead of the secret")


class Joined(Shape):
    """Who joined."""

    message: str | None = None
    identifier: str


class Join(Operation[Joined]):
    """Take somebody into the loyalty programme; who is a member stays one."""

    http = Http(
        "POST",
        "/loyalty/members/join",
        sends="json",
        secret="parameter",
        device_will_do=True,
        open_to_apps=True,
        repeatable=True,
        envelope=STATUS,
    )

    phone: Phone = Field(validation_alias=AliasChoices("phone", "identifier"), description="Phone number of the member")
    email: Email | None = Field(None, description="E-mail address")
    first_name: Annotated[str, Field(max_length=255)] | None = Field(None, description="First name")
    last_name: Annotated[str, Field(max_length=255)] | None = Field(None, description="Last name")
    gender: Literal["m", "f"] | None = Field(None, description="m or f")
    birthday: Day | None = Field(None, description="Birthday, YYYY-MM-DD")
    did: Identifier | None = Field(None, description="Device ID; apps send it instead of the secret")


class Leave(OfMember, Operation[Done]):
    """Take somebody out of the programme. The level is lost; bonuses, stickers and orders stay."""

    http = Http("DELETE", "/loyalty/members/destroy", sends="json", secret="parameter", repeatable=True)


class ReferralCode(Shape):
    """A code by which a member brings others along, in one programme of referrals."""

    referral_program_id: int
    code: str
    description: str | None = None


class ReferralCodes(OfMember, Operation[list[ReferralCode]]):
    """List a member's codes for others."""

    http = Http("GET", "/loyalty/referral/code", secret="parameter", envelope=SUCCESS, child="codes")


class ReferralJoined(Shape):
    """The member's code in the programme they joined."""

    message: str | None = None
    code: str


class ReferralJoin(OfMember, Operation[ReferralJoined]):
    """Let a member bring others along in a programme of referrals; who does already keeps the code."""

    http = Http("POST", "/loyalty/referral/join", sends="json", secret="parameter", repeatable=True, envelope=SUCCESS)

    id: int = Field(ge=1, le=2_147_483_647, description="Number of the programme of referrals")


class SendCode(OfMember, Operation[Done]):
    """Send a one-time code by SMS. Who is not known becomes a customer."""

    http = Http("POST", "/loyalty/otp/send", sends="json", secret="parameter", announced=SUCCESS)

    event: Event = Field(description="What the code is for, in letters and digits")


class CheckCode(OfMember, Operation[Done]):
    """Check a one-time code; a code is right once."""

    http = Http(
        "GET",
        "/loyalty/otp/check",
        secret="parameter",
        reads=False,
        also=("POST /loyalty/otp/check",),
        announced=SUCCESS,
    )

    event: Event = Field(description="What the code is for")
    code: OneTimeCode = Field(description="The code that was sent")


class Qr(Shape):
    """The text of a QR code that stands for a member: the number, a hyphen, a secret pin."""

    code: str
    message: str | None = newer()


class QrGet(OfMember, Operation[Qr]):
    """Make the QR code of a member; the one before is worth nothing then."""

    http = Http("POST", "/loyalty/qr/get", sends="json", secret="parameter", envelope=SUCCESS)


class QrCheck(Operation[Done]):
    """Check what was read off a member's QR code."""

    http = Http("POST", "/loyalty/qr/check", sends="json", secret="parameter", reads=True, announced=SUCCESS)

    code: OneTimeCode = Field(
        validation_alias=AliasChoices("code", "identifier"), description="What was read: number, hyphen, pin"
    )
