"""Sending an e-mail by the SMTP server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from app.config import Settings

TIME_LIMIT = 10.0
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class NotSent(Exception):
    """It did not arrive, `surely` or maybe. The words name neither address nor password."""

    def __init__(self, words: str, *, surely: bool) -> None:
        super().__init__(words)
        self.surely = surely


def send_mail(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send a text to one address, or raise NotSent."""
    if not settings.smtp_url:
        raise NotSent("DESK46_SMTP_URL is not set", surely=False)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=urlsplit(settings.public_url).hostname)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        server = _connected(settings.smtp_url)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__, surely=True) from None
    try:
        with server:
            server.send_message(message)
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"SMTP {error.smtp_code}", surely=error.smtp_code < 500) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSent(
            "SMTP recipient refused", surely=all(code < 500 for code, _words in error.recipients.values())
        ) from None
    except (OSError, smtplib.SMTPException) as error:  # it may have arrived
        raise NotSent(type(error).__name__, surely=False) from None


def _connected(url: str) -> smtplib.SMTP:
    """Connect, encrypted as the scheme says, and sign in."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIME_LIMIT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIME_LIMIT)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
