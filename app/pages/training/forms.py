"""What goes wrong in a training, with which calls, and for how long."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from app.control import Inject
from app.web.forms.fields import Form, choices

SLOW_SECONDS = 3
MOODS = {
    "slow": _l("Slow: each answer takes three seconds"),
    "refusing": _l("Refusing: “not available now”, and nothing is done"),
    "busy": _l("Too busy: “too many requests”, and nothing is done"),
    "silent": _l("Silent: no answer, and nothing is done"),
    "lost": _l("Answers get lost: what was asked is done, and nobody hears of it"),
    "garbled": _l("Garbled: an answer that makes no sense"),
}
CALLS = {
    "*": _l("Everything"),
    "profile.*": _l("Profiles"),
    "segments.*": _l("Segments"),
    "subscriptions.*": _l("Subscriptions"),
    "messages.*": _l("Messages"),
    "promo_codes.*": _l("Promo codes"),
    "links.*": _l("Short links"),
    "imports.*": _l("Imports"),
    "search.*": _l("Searches"),
    "recommendations.*": _l("Recommendations"),
}
MINUTES = {"1": _l("A minute"), "5": _l("5 minutes"), "15": _l("15 minutes")}


class StartForm(Form):
    """The start of a training."""

    mood = RadioField(
        _l("REES46 is"), choices=choices(MOODS), validators=[InputRequired(_l("Choose one of the list."))]
    )
    calls = SelectField(_l("With"), choices=choices(CALLS), default="*")
    minutes = SelectField(_l("For"), choices=choices(MINUTES), default="1")

    def fault(self, time_limit: float) -> Inject:
        """Say it to the box. Silence lasts a little longer than the desk waits."""
        moods = {
            "slow": Inject(delay=SLOW_SECONDS),
            "refusing": Inject(status=503),
            "busy": Inject(status=429, retry_after=30),
            "silent": Inject(delay=min(time_limit + 1, 120), cut=True),
            "lost": Inject(cut=True, when="after"),
            "garbled": Inject(status=200, body="<html>502 Bad Gateway</html>"),
        }
        how_long = {"operation": self.calls.data, "times": 0, "seconds": 60.0 * int(self.minutes.data)}
        return moods[self.mood.data].model_copy(update=how_long)
