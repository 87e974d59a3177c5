"""What the examples show: made-up people, figures and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAYS = [(date(2026, 10, 1) + timedelta(days=n)).strftime("%d.%m") for n in range(46)]
JOINED = [40 + (n * 7) % 23 + (12 if n % 7 in {2, 3} else 0) for n in range(46)]
LEFT = [9 + (n * 5) % 11 + (61 if n == 31 else 0) for n in range(46)]
SENT: list[float | None] = [18, 22, None, 20, 25, 31, 29, 34, 33, 41]
CHANGES = [
    ("First name", "Ana", "Anna"),
    ("City", None, "Kazan"),
    ("Receives e-mail", True, False),
    ("Phone", "7", "7"),
]


@dataclass(frozen=True)
class Customer:
    """A row of the table."""

    name: str
    email: str
    spent: float
    state: str
    tone: str


CUSTOMERS = [
    Customer("Anna Sokolova", "anna@example.com", 48250, "Subscribed", "success"),
    Customer(
        "Константин Константинопольский",
        "k.konstantinopolsky@long-company-name.example.ru",
        1290.5,
        "Bounced",
        "warning",
    ),
    Customer("Oliver Smith", "oliver@example.co.uk", 0, "Unsubscribed", "danger"),
]


@dataclass(frozen=True)
class Call:
    """An exchange as the request log keeps it."""

    operation: str
    curl: str
    status: int | None
    milliseconds: float
    answer: str
    request_id: str
    key: str = ""


CALL = Call(
    "segments.Add",
    "curl -X POST https://api.rees46.com/segments/add \\\n"
    "  --data-urlencode shop_id=demo \\\n"
    "  --data-urlencode shop_secret=$REES46_SECRET \\\n"
    "  --data-urlencode segment_id=313 \\\n"
    "  --data-urlencode email=anna@example.com",
    200,
    38.4,
    '{\n  "status": "success"\n}',
    "5f0c2d81a9e3",
)
SILENT = Call("segments.Add", CALL.curl, None, 10000.0, "", "77b1e04c2f60")


@dataclass(frozen=True)
class Event:
    """A line of the timeline."""

    when: datetime
    text: str
    by: str | None
    tone: str | None


EVENTS = [
    Event(datetime(2026, 11, 21, 9, 12, tzinfo=UTC), "Added to segment 313", "Olga", "success"),
    Event(datetime(2026, 11, 20, 17, 40, tzinfo=UTC), "SMS refused: the number is blacklisted", "Olga", "danger"),
    Event(datetime(2026, 11, 2, 8, 0, tzinfo=UTC), "First order, 4,820 ₽", None, None),
]


@dataclass(frozen=True)
class Failure:
    """What a failed state says."""

    title: str = "REES46 did not answer"
    text: str = "Nothing was changed. It is safe to try again."
