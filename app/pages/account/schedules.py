"""What is done for signing in, at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import sessions, tokens, waiting_forms, wrong_passwords
from app.web.sign_in.login import limits
from app.work.schedules import schedule, sweep, sweeper

sweeper("account.forget_tries", "25 * * * *", label=_l("Let go of wrong passwords"), days=1, most=30)(
    wrong_passwords.forget_old
)


@schedule("account.forget_sessions", "30 * * * *", label=_l("Let go of sessions that are over"))
def forget_sessions() -> None:
    """When they are over the settings of the installation say; links and half sign-ins say it themselves."""
    sweep(lambda db: sessions.forget_old(db, limits()))
    sweep(tokens.forget_old)
    sweep(waiting_forms.forget_old)
