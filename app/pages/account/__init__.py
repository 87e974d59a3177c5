"""Account: signing in and out, one's own password, language, colours and shortcuts."""

from flask_babel import lazy_gettext as _l

from app.web.page import EVERYONE, Page

page = Page(
    "account",
    __name__,
    title=_l("Your account"),
    icon="user",
    sees=EVERYONE,
    acts=EVERYONE,
    act_labels={
        "account.SignIn": _l("Signed in"),
        "account.SignInFailed": _l("Failed to sign in"),
        "account.SignOut": _l("Signed out"),
        "account.Password": _l("Changed their password"),
        "account.PasswordByLink": _l("Chose a password by a link"),
        "account.SecondFactor": _l("Set up a second factor"),
        "account.NoSecondFactor": _l("Removed their second factor"),
        "account.RecoveryCodes": _l("Made new recovery codes"),
        "account.AddPasskey": _l("Added a passkey"),
        "account.RenamePasskey": _l("Renamed a passkey"),
        "account.RemovePasskey": _l("Removed a passkey"),
        "account.UsePasskey": _l("Used a passkey"),
        "account.PasskeyRefused": _l("A passkey was refused"),
    },
    in_shop=False,
)
