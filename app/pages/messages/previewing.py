"""A campaign previewed as a real profile: a draft filled from it and by samples, with the longest name if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app import liquid
from app.liquid.forks import EACH
from app.pages.messages.drafting import keep_asked, merged
from app.web.cells.phones import read_phone
from app.web.customers.keys import known
from app.web.customers.lookup import read_profile
from app.web.customers.parse import read_identifier
from app.web.messaging.filling import filled
from app.web.messaging.samples import put, samples
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.rees46.profile import Profile
    from app.store.campaigns import Campaign
    from app.store.sends import Send

NAMES = ("first_name", "name", "full_name")


class NoWay(Exception):
    """Nobody can be sent this; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def draft_as(campaign: Campaign, who: str, names: str, language: str) -> Send:
    """Keep a draft as it would go to somebody; raise NoWay, Unrenderable or Busy."""
    kind, value = read_identifier(who)
    profile = read_profile({kind: value})
    variables = _variables(campaign, profile, language)
    if longest := longest_of(names):
        put_names(variables, campaign.variables, longest)
    if language:
        variables.setdefault("language", language)
    asked = {"code": campaign.code, **_to(campaign, kind, value, profile), "variables": variables}
    return keep_asked(asked, campaign, campaign.kind, known(profile).key if profile else "")


def _variables(campaign: Campaign, profile: Profile | None, language: str) -> dict[str, Any]:
    copies = campaign.translations.get(language) or campaign.templates
    forks = liquid.forks_of(copies, owner=f"person {me().id}") if copies else ()
    variables = samples(campaign.variables, forks, language or campaign.language)
    return merged(variables, filled(campaign.variables, profile)) if profile and campaign.variables else variables


def _to(campaign: Campaign, kind: str, value: str, profile: Profile | None) -> dict[str, str]:
    """Say by which identifier it goes; an SMS needs a number."""
    if campaign.kind == "multi" or kind == "phone":
        return {kind: value}
    phone = read_phone(str(getattr(profile, "phone", "") or ""))
    if not phone:
        raise NoWay(_("REES46 knows no phone number of theirs, and an SMS needs one."))
    return {"phone": phone}


def kinds_of(copies: Mapping[str, str]) -> dict[str, str]:
    """Tell kinds of variables by what copies do with them: a list is gone through, a number compared with one."""
    found: dict[str, str] = {}
    for fork in liquid.forks_of(copies, owner=f"person {me().id}") if copies else ():
        if fork.sign == EACH:
            found[fork.path] = "list"
        elif isinstance(fork.value, int | float) and not isinstance(fork.value, bool):
            found.setdefault(fork.path, "number")
    return found


def longest_of(names: str) -> str:
    """Take the longest name of a pasted list."""
    lines = (" ".join(line.split()) for line in names.splitlines())
    return max(lines, key=len, default="")


def put_names(variables: dict[str, Any], paths: Iterable[str], name: str) -> None:
    """Put a name wherever the template greets by one."""
    for path in paths:
        if path.rpartition(".")[2] in NAMES:
            put(variables, path, name)
