"""What has to be decided before links are made: codes that lead elsewhere now, URLs that have a short link already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.pages.links.drafts import Draft
from app.store import short_links
from app.store.short_links import ShortLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Fate = Literal["make", "reuse", "leave"]


@dataclass
class Weighed:
    """A draft, and the living links that stand in its way: `taken` has its code, `same` its target."""

    draft: Draft
    taken: ShortLink | None = None
    same: ShortLink | None = None

    @property
    def replaces(self) -> bool:
        """Whether making it takes a code from a link that leads elsewhere."""
        return self.taken is not None and self.taken.key != self.draft.renews

    @property
    def is_clean(self) -> bool:
        return not (self.draft.problem or self.replaces or self.same)

    def fate(self, choice: str) -> Fate:
        """What becomes of it. A replacement names the link that was shown; when another one has the code, it is off."""
        if self.draft.problem:
            return "leave"
        if self.replaces and self.taken:
            return "make" if choice == f"replace {self.taken.key}" else "leave"
        if self.same:
            return "make" if choice == "another" else "reuse"
        return "make"


def weigh(db: Session, shop_id: int, drafts: Sequence[Draft]) -> list[Weighed]:
    """Look up in the ledger what lives already; links that were made elsewhere nobody can see."""
    sound = [draft for draft in drafts if not draft.problem]
    by_code = short_links.living_by_code(db, shop_id, (draft.code for draft in sound if draft.code))
    by_target = short_links.living_by_target(db, shop_id, (draft.digest for draft in sound if not draft.code))
    return [
        Weighed(
            draft,
            taken=by_code.get((draft.domain, draft.code)) if draft.code and not draft.problem else None,
            same=by_target.get(draft.digest) if not (draft.code or draft.problem) else None,
        )
        for draft in drafts
    ]


def is_outdated(weighed: Sequence[Weighed], choices: Mapping[int, str]) -> bool:
    """Whether a confirmed replacement is no longer the one that was shown."""
    return any(
        choices.get(one.draft.row, "").startswith("replace ") and one.fate(choices[one.draft.row]) == "leave"
        for one in weighed
    )
