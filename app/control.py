"""The control API of the box, as operations: what a test suite or a training asks of a box besides the contract.

REES46 has nothing like it. A box answers these only with DESK46_BOX_CONTROL=true, see docs/stage.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from app.rees46.operation import Http, Operation, Shape
from app.seed_file import SeedFile

PATH = "/control"
LONGEST_WAIT = 30.0  # seconds: whoever waits holds a thread of the server
LONGEST_DELAY = 120.0
MOST = 200  # rows of one answer
Size = Literal["none", "small", "demo"]


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


Utc = Annotated[datetime, AfterValidator(_in_utc)]  # a moment without a zone is UTC


class Fault(Shape):
    """Something that goes wrong with calls of a shop, and how far it is used up."""

    id: int
    operation: str
    when: Literal["before", "after"]
    delay: float
    answers: int | None = None  # its status; called so, since a client reads a "status" of its own in every reply
    body: str | None = None
    retry_after: int | None = None
    cut: bool
    left: int | None = None  # calls that it will still meet; None: any number
    met: int  # calls that it has met
    until: Utc | None = None


class Faults(Operation[list[Fault]]):
    """List the faults of a shop that are in force, oldest first."""

    http = Http("GET", f"{PATH}/faults", secret="header")


class Inject(Operation[Fault]):
    """Let calls of a shop go wrong: late, refused, garbled or cut off, before they are done or after.

    The oldest fault that fits a call is the one it meets. The control API itself meets none.
    """

    http = Http("POST", f"{PATH}/faults", sends="json", secret="header")

    operation: str = Field("*", min_length=1, max_length=64, description="Such as profile.Set, profile.* or *")
    when: Literal["before", "after"] = Field("before", description="Before the call is done, or after it was")
    delay: float = Field(0, ge=0, le=LONGEST_DELAY, description="Seconds that pass first")
    status: int | None = Field(None, ge=200, le=599, description="Status of the answer")
    body: str | None = Field(
        None, max_length=100_000, description="Body of the answer, as it is; else an error in JSON"
    )
    retry_after: int | None = Field(None, ge=0, le=3600, description="Seconds of the header Retry-After")
    cut: bool = Field(False, description="The connection ends without an answer")
    times: int = Field(1, ge=0, le=1_000_000, description="Calls that meet it; 0: any number")
    seconds: float | None = Field(None, gt=0, le=86_400, description="How long it is in force")

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.delay or self.cut or self.status or self.body is not None):
            raise ValueError("a fault has a delay, a status, a body or a cut")
        if self.cut and (self.status or self.body is not None):
            raise ValueError("a call that is cut off has no answer, so no status and no body")
        return self


class Mended(Shape):
    """How many faults were taken out of force."""

    mended: int


class Mend(Operation[Mended]):
    """End a fault of a shop, or all of them."""

    http = Http("DELETE", f"{PATH}/faults", secret="header", repeatable=True)

    id: int | None = Field(None, ge=1, le=2**31 - 1, description="ID of the fault; all if not said")


class Waiting(Shape):
    """What lists have in common that grow while somebody waits: there are so many, or the time is over."""

    since: int = Field(0, ge=0, le=2**31 - 1, description="Only what has a greater ID")
    number: int = Field(1, ge=1, le=MOST, description="How many to wait for")
    wait: float = Field(0, ge=0, le=LONGEST_WAIT, description="Seconds to wait at most")


class Received(Shape):
    """A call that a shop made. The secret is not kept."""

    id: int
    at: Utc
    operation: str
    parameters: dict[str, JsonValue]
    answered: int | None = None  # its status; None: the connection was cut
    fault: int | None = None  # ID of the fault that it met


class Calls(Waiting, Operation[list[Received]]):
    """List calls that the box received from a shop, oldest first; the last 1,000 are kept."""

    http = Http("GET", f"{PATH}/calls", secret="header")

    operation: str = Field("*", min_length=1, max_length=64, description="Such as profile.Set, profile.* or *")


class Delivered(Shape):
    """A message as it was delivered over one channel."""

    id: int
    code: str
    campaign: str | None = None
    kind: str
    channel: str
    recipient: str
    language: str
    parts: dict[str, str]
    missing: list[str]
    files: list[str]
    payloads: dict[str, Any]
    sent: Utc
    is_test: bool


class Outbox(Waiting, Operation[list[Delivered]]):
    """List messages that the box delivered for a shop, oldest first."""

    http = Http("GET", f"{PATH}/outbox", secret="header")

    to: str | None = Field(None, max_length=1024, description="Address, digits of a phone number, or push token")
    channel: str | None = Field(None, max_length=16, description="sms, email, web_push or mobile_push")
    campaign: str | None = Field(None, max_length=255, description="Code of the campaign")
    code: str | None = Field(None, max_length=255, description="Code with which the call was answered")


class Time(Shape):
    """What time it is in the box."""

    now: Utc
    ahead: float  # seconds before the time of this machine
    stands_still: bool


class Clock(Operation[Time]):
    """Tell the time of the box. All its shops have the same."""

    http = Http("GET", f"{PATH}/clock", secret="header")


class SetClock(Operation[Time]):
    """Set the clock of the box: to a moment, or ahead of this machine; with nothing said to that of this machine."""

    http = Http("PUT", f"{PATH}/clock", sends="json", secret="header", repeatable=True)

    now: Utc | None = Field(None, description="The moment that it is, such as 2027-01-31T10:00:00Z")
    ahead: float | None = Field(None, ge=-3.2e9, le=3.2e9, description="Seconds ahead of this machine; may be negative")
    stands_still: bool = Field(False, description="Whether time stands still from now on")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.now and self.ahead is not None:
            raise ValueError("say now or ahead, not both")
        if self.now and not 1971 <= self.now.year <= 2200:
            raise ValueError("a moment between the years 1971 and 2200")
        return self


class Made(Shape):
    """How much there is of a shop now."""

    customers: int
    products: int
    waiting: int  # imports that the worker has still to do


class Reset(Operation[Made]):
    """Empty a shop, with its faults and calls, set the clock right, and fill it again."""

    http = Http("POST", f"{PATH}/reset", sends="json", secret="header", repeatable=True)

    seed: Size = Field("small", description="What to fill it with: none, small or demo")


class Seed(SeedFile, Operation[Made]):
    """Put what a file says into a shop, beside what is there. Calls are done in order, up to one that fails."""

    http = Http("POST", f"{PATH}/seed", sends="json", secret="header")


class Worked(Shape):
    """Whether the box has done in the background all that it accepted."""

    idle: bool
    waiting: int


class Idle(Operation[Worked]):
    """Wait until the worker of the box has done all imports of a shop, or the time is over."""

    http = Http("GET", f"{PATH}/idle", secret="header")

    wait: float = Field(0, ge=0, le=LONGEST_WAIT, description="Seconds to wait at most")
