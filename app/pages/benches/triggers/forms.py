"""What the trigger bench asks: which product, as whom, waiting for what, and which story."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.benches.forms import LONGEST_ID, TO_TYPE
from app.pages.benches.triggers.plots import KINDS, PLOTS, PRICE, SUPPRESSED, TOLD
from app.web.forms.fields import OnceForm, choices
from app.web.forms.filters import Filters
from app.web.paging_args import whole_number
from app.web.shops import shop

NEEDED = _l("This is needed.")
MADE = "made"  # instead of a persona: somebody who is made for the story
SHORTEST_REASON = 5


def _clean(text: str | None) -> str:
    return (text or "").replace("\0", "").strip()


class AskFilters(Filters):
    """Whose standing to which product is shown; a persona is a number, so nothing personal stands in the URL."""

    item = StringField(_l("ID of the product"), filters=[_clean], render_kw={"maxlength": LONGEST_ID, **TO_TYPE})
    persona = SelectField(_l("As whom"), coerce=whole_number)


class StoryForm(OnceForm):
    """A story to be told."""

    product = StringField(
        _l("ID of the product"),
        filters=[_clean],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_ID)],
        render_kw={"maxlength": LONGEST_ID, **TO_TYPE},
    )
    who = SelectField(_l("As whom"), validators=[InputRequired(NEEDED)])
    kind = RadioField(_l("What they wait for"), choices=choices(KINDS), default=PRICE)
    plot = RadioField(_l("What happens"), choices=choices(PLOTS), default=TOLD)
    reason = StringField(
        _l("Reason"),
        description=_l("This is a live shop: a subscription is made for real. It is kept in the audit trail."),
        validators=[MayBeEmpty(), Length(max=500)],
    )

    def validate(self, extra_validators: object = None) -> bool:
        fits: bool = super().validate(extra_validators)
        if shop().kind == "test":
            return fits
        if self.plot.data != TOLD:
            self.plot.errors = [_("A live shop changes its products itself: only the first story is told there.")]
        elif self.who.data == MADE:
            self.who.errors = [_("Nobody is made up in a live shop. Choose a persona.")]
        elif len((self.reason.data or "").strip()) < SHORTEST_REASON:
            self.reason.errors = [_("Say why somebody is subscribed in a live shop.")]
        else:
            return fits
        return False

    @property
    def suppresses(self) -> bool:
        return bool(self.plot.data == SUPPRESSED)
