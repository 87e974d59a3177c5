"""What the doctor says: what was found, what follows from it, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.config import Settings

Tone = Literal["warning", "danger"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `url` leads to where it is put right, if that is a page of the desk."""

    name: str
    tone: Tone
    title: str
    text: str
    remedy: str
    url: str = ""


@dataclass(frozen=True)
class Patient:
    """What the checks look at: the settings, and one view of the desk's database."""

    settings: Settings
    db: Session
