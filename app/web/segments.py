"""From what a person types to the id of a segment: its number, or the name that the desk keeps for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation

from app.store import segment_names
from app.web.context import desk
from app.web.shops import shop

if TYPE_CHECKING:
    from wtforms import StringField


class SegmentIsKnown:
    """A validator that turns a name into the number that REES46 takes."""

    def __init__(self, *, by_hand: bool = True) -> None:
        self.by_hand = by_hand  # whether customers are to be put into it, which a rule does not allow

    def __call__(self, _form: Any, typed: StringField) -> None:
        said = (typed.data or "").strip()
        if not said:
            raise StopValidation(_("This is needed."))
        typed.data = _segment_id_of(said, by_hand=self.by_hand)
        typed.render_kw = (typed.render_kw or {}) | {"value": said}  # a form that comes back shows what was typed


def _segment_id_of(said: str, *, by_hand: bool) -> str:
    with desk().reading() as db:
        known = segment_names.by_id(db, shop().id, said)
        named = [known] if known else segment_names.called(db, shop().id, said)
    if not named and said.isascii() and said.isdigit():
        return said  # a number that was not met yet
    if not named:
        raise StopValidation(_("No segment has this name here. Type its number."))
    if len(named) > 1:
        raise StopValidation(_("Several segments have this name. Type the number of the one you mean."))
    if by_hand and named[0].is_dynamic:
        raise StopValidation(_("This segment follows a rule; nobody can be added or removed by hand."))
    return named[0].segment_id
