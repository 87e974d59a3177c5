"""Masking: whose role need not write to anybody sees enough of a contact to tell two people apart, and no more.

It is done in one place, to whatever leaves for such a person: pages, fragments, files, JSON. So no page has to remember
it, and the request log and the trail, which quote what REES46 said, hide the same. What the person typed into this very
request stays as it is, and so does a file of nothing but rows that they brought themselves. `Show` on the page of a
customer lets one person see that page whole for a while, with a reason; see app/pages/customers/views/reveal.py.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from flask import abort, g, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.store.base import now
from app.web.cells.tidying import HIDDEN
from app.web.context import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask import Flask, Response

    from app.store.customers import KnownCustomer
    from app.store.people import Person

SHOWN_OF_NUMBER = 4  # digits at the end
FOR = timedelta(minutes=15)  # that a page of a customer is shown whole
SHOWN = "shown_whole"  # where the browser's cookie keeps whose
TEXTS = {"text/html", "text/csv", "text/plain", "application/json", "application/x-ndjson"}
AT = r"(?:@|%40|&#64;|\\u0040)"
# What may stand before the @, as it is and escaped for HTML, JSON and URLs. Each text is read in one way, and each run
# of signs once: from its beginning, or after a number that was masked. So time grows with the length of a page alone.
SIGNS = r"\w.!#$*+/=?^`{|}~-"
SIGN = rf"(?:[{SIGNS}]|%(?!40)|\\u(?!0040)[0-9a-f]{{4}}|&\#(?!64;)\d+;|&amp;)"
BEGINS = rf"(?<![%{SIGNS}])(?<!&\#3[49];)(?<!&amp;)(?!(?<=\\)u[0-9a-f]{{4}})"
LONGEST = 30  # signs before the @, where a number stands right before them
EMAIL = rf"(?:{BEGINS}{SIGN}++|(?<=\d)(?!\d){SIGN}{{1,{LONGEST}}}+){AT}(?:[\w-]+\.)+[\w-]{{2,}}"
# A number with its plus, or of eleven to fifteen digits in a row, or grouped as in Russia, with its 7 or 8 or without.
PLUS = r"(?:\+|%2B|&\#43;)\d(?:(?:[\s()./\u2010-\u2015-]|%20|&nbsp;){0,2}\d){7,14}"
ROW = r"(?<![\w.#-])\d{11,15}(?![\w-])"
BETWEEN = r"(?:[\s()\u2010-\u2015-]|&nbsp;){1,2}"
GROUPS = rf"(?<![\w.-])(?:[78]{BETWEEN}|\()?\d{{3}}{BETWEEN}\d{{3}}{BETWEEN}\d{{2}}{BETWEEN}\d{{2}}(?![\w-])"
# Addresses and names of things hold no contacts, as tests hold; in `mailto:` and `tel:` they do.
CODE = r"""(?P<named>(?:"|&\#34;)(?:promo_?)?code(?:"|&\#34;):\s*(?:"|&\#34;))(?P<code>[^"&\\]+)"""
LEFT = r"""\b(?:href|src|action|formaction|id|for|name|d|points|hx-[\w:-]+|datetime)="(?!mailto:|tel:)[^"]*\""""
PATTERN = re.compile(rf"(?P<left>{LEFT})|{CODE}|(?P<email>{EMAIL})|(?P<phone>{PLUS}|{ROW}|{GROUPS})", re.IGNORECASE)


def init_app(app: Flask) -> None:
    app.before_request(_refuse_what_is_masked)
    app.after_request(_mask)
    app.jinja_env.globals["contacts_are_masked"] = contacts_are_masked
    app.jinja_env.filters["code_for_me"] = code_for_me


def is_masked_for(person: Person) -> bool:
    """Whether contacts are masked for a person, where they act now."""
    return person.role_here in settings().masked.split(",")


def contacts_are_masked() -> bool:
    return bool(current_user and current_user.is_authenticated and is_masked_for(current_user))


def masked(contact: str) -> str:
    """Hide most of an address or a number; of what is neither, all but its ends."""
    name, at, host = contact.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN}@{host}"
    number = re.sub(r"\D", "", contact)
    if len(number) > SHOWN_OF_NUMBER * 2:
        return f"{HIDDEN} {number[-SHOWN_OF_NUMBER:]}"
    return f"{contact[:1]}{HIDDEN}"


def without_contacts(text: str, but: Iterable[str] = ()) -> str:
    """Mask every contact in a text, but those that the reader typed."""

    @cache
    def typed() -> set[str]:  # a long form is looked through for the sake of a contact alone
        return {_plain(value) for value in but}

    def hide(match: re.Match[str]) -> str:
        found = match[0]
        if match["left"] is not None or _plain(found) in typed():
            return found
        if match["code"]:
            return f"{match['named']}{match['code'][:1]}{HIDDEN}"
        return masked(re.sub(AT, "@", found)) if match["email"] else masked(found)

    return PATTERN.sub(hide, text)


def _plain(value: str) -> str:
    value = re.sub(AT, "@", value.strip().casefold())
    return value if "@" in value else re.sub(r"^8(?=\d{10}$)", "7", re.sub(r"\D", "", value))


def code_for_me(code: str | None, by: str = "") -> str:
    """Write a promo code for the person who looks; whoever handed it out themselves sees it whole."""
    if not code or not contacts_are_masked() or by == current_user.name:
        return code or ""
    return f"{code[:1]}{HIDDEN}"


def show_whole(customer: KnownCustomer) -> None:
    """Let this browser see the page of one customer whole for a while."""
    session[SHOWN] = {customer.key: (now() + FOR).isoformat()}


def leave_whole_for(person_id: int | None) -> None:
    """Leave this answer whole for the person who brought all that stands in it."""
    g.is_own = contacts_are_masked() and person_id == current_user.id


def leave_whole() -> None:
    """Leave this answer whole: it holds nobody's contacts, or they were masked as it was kept."""
    g.is_own = True


def is_left_whole() -> bool:
    return bool(g.get("is_own"))


def is_shown_whole(key: str) -> bool:
    until = str((session.get(SHOWN) or {}).get(key, ""))
    return bool(until) and datetime.fromisoformat(until) > now()


def _refuse_what_is_masked() -> None:
    """Take no form in which a contact stands as it was masked: nothing is overwritten by dots."""
    if request.method != "POST" or not contacts_are_masked():
        return
    if any(HIDDEN in value for _name, value in request.form.items(multi=True)):
        abort(422, _("A contact in this form is masked for you. Nothing was changed. Type it whole, or leave it out."))


def _mask(answer: Response) -> Response:
    """Mask what leaves for whoever may not see contacts."""
    if answer.mimetype not in TEXTS or not _is_to_be_masked():
        return answer
    if answer.is_streamed:
        answer.response = _by_lines(answer.iter_encoded(), list(_typed()))
    elif not answer.direct_passthrough:
        answer.set_data(without_contacts(answer.get_data(as_text=True), _typed()))
    return answer


def as_shown_here(text: str) -> str:
    """Mask a text as the answer to this request is masked, for when it is shown by another."""
    return without_contacts(text, _typed()) if _is_to_be_masked() else text


def _is_to_be_masked() -> bool:
    return contacts_are_masked() and not is_left_whole() and not _is_about_somebody_shown()


def _is_about_somebody_shown() -> bool:
    """Whether this is the page of a customer, or a part of it, whom this browser may see whole."""
    return is_shown_whole(str((request.view_args or {}).get("key", "")))


def _typed() -> Iterator[str]:
    """What the person brought into this request themselves, and their own address."""
    yield current_user.email
    for values in (_form(), request.args):
        for name in values:
            for value in values.getlist(name):
                yield from (value, *re.split(r"[\s,;]+", value))
                yield from (contact[0] for contact in PATTERN.finditer(value) if contact["email"] or contact["phone"])


def _form() -> MultiDict[str, str]:
    """What the form says; nothing where it was refused before anybody read it, such as one that is too long."""
    try:
        return request.form
    except HTTPException:
        return MultiDict()


def _by_lines(chunks: Iterable[bytes], typed: list[str]) -> Iterator[bytes]:
    """Mask a stream line by line, so that no contact is cut in two."""
    rest = b""
    for chunk in chunks:
        lines, newline, rest = (rest + chunk).rpartition(b"\n")
        if newline:
            yield without_contacts(lines.decode(errors="replace"), typed).encode() + newline
    if rest:
        yield without_contacts(rest.decode(errors="replace"), typed).encode()
