"""Liquid templates as people see them filled: the texts, every variable that was missing, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Response, after_this_request, g
from flask_babel import gettext as _

from app import liquid
from app.store.campaigns import HTML
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.store.campaigns import Campaign

TRY_AGAIN_SECONDS = 5


@dataclass(frozen=True)
class Preview:
    """Templates filled with variables. When one is wrong, `wrong` says why, and `part` and `line` where."""

    texts: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    remarks: tuple[liquid.Remark, ...] = ()
    wrong: str = ""
    part: str = ""
    line: int | None = None
    is_busy: bool = False  # nothing was tried


def preview(sources: Mapping[str, str], variables: Mapping[str, Any], html: Collection[str] = ()) -> Preview:
    """Fill templates; nothing is sent, and a template that asks for too much is stopped.

    One person has one filled at a time. Who asks for more than that is turned away in words, and the page says 429.
    """
    try:
        filled = liquid.render(
            sources, variables, html=[part for part in html if part in sources], owner=f"person {me().id}"
        )
    except liquid.Unrenderable as wrong:
        return Preview(wrong=wrong.message, part=wrong.part, line=wrong.line)
    except liquid.Busy:
        g.refused_with = 429  # whatever page says so
        after_this_request(_say_when_again)
        return Preview(wrong=_("Too many templates are being filled. Try again in a few seconds."), is_busy=True)
    return Preview(filled.texts, filled.missing, filled.variables, filled.remarks)


def fill_copies(campaign: Campaign | None, variables: Mapping[str, Any], language: str) -> Preview:
    """Fill what is saved of a campaign's texts, in the recipient's language if there is such a copy."""
    copies = campaign.copy_in(language)[1] if campaign else {}
    return preview(copies, variables, HTML) if copies else Preview()


def _say_when_again(answer: Response) -> Response:
    if answer.status_code == 429:
        answer.headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return answer
