"""What can go wrong when REES46 is asked.

    Rees46Error
    ├── Refused              REES46 answered no (4xx); nothing was changed
    │   ├── NotFound         404: no such customer, segment, list, campaign
    │   ├── NotAllowed       401 or 403: the shop's keys are not right
    │   └── TooMany          429: asked too often; says when to come back
    ├── Unreachable          no usable answer: no connection, no answer in time, or REES46 is down (5xx)
    │   └── NotPublic        its address is not a public one; nothing was sent
    └── Garbled              an answer came that this operation does not give

None of them ever carries a URL, a header, a secret or what a person typed.
"""

from __future__ import annotations

from typing import Literal

Changed = Literal["no", "maybe", "maybe, and safe to repeat"]


class Rees46Error(Exception):
    """REES46 did not do what it was asked."""

    changed: Changed = "no"

    def __init__(self, message: str, *, operation: str, status: int | None = None, changed: Changed = "no") -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.status = status
        self.changed = changed


class Refused(Rees46Error):
    """REES46 answered no; `message` is in its own words."""


class NotFound(Refused):
    """There is no such thing at REES46."""


class NotAllowed(Refused):
    """The shop's id or secret is not right."""


class TooMany(Refused):
    """Asked too often; come back after `retry_after` seconds."""

    retry_after: float = 0.0


class Unreachable(Rees46Error):
    """No usable answer came. `changed` says whether something may have happened all the same."""


class NotPublic(Unreachable):
    """The address is not a public one, and only such are called."""


class Garbled(Rees46Error):
    """An answer came, but not one this operation gives."""
