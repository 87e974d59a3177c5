"""Scenarios made of a template: everything given, each way it may go, and what breaks texts."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app import liquid
from app.liquid.forks import EACH, IS_GIVEN, IS_THERE
from app.store.campaigns import OF_CHANNEL, parts_of
from app.web.messaging.languages import language_name
from app.web.messaging.preview import fill_copies
from app.web.messaging.samples import put, samples, without
from app.web.messaging.sms import count
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.liquid import Fork
    from app.store.campaigns import Campaign
    from app.store.matrix import Expected

MOST = 40
NAMES = ("first_name", "name", "full_name")
LONGEST_NAME = {
    "ru": "Александра-Константина Рождественская-Преображенская",
    "en": "Wilhelmina-Bartholomea Featherstonehaugh-Cholmondeley",
}
SIGNS = "<b>“O'Hara” & Söhne</b> 🚲"
EXPECTED_VALUES = 2  # of a scenario's variables, in what is expected over a channel


@dataclass(frozen=True)
class Draft:
    """A scenario that nobody has looked at yet."""

    name: str
    edge: str
    language: str
    variables: dict[str, Any]


def channels_of(campaign: Campaign) -> list[str]:
    """List the channels of a campaign, by what is kept of its copies."""
    if campaign.kind == "sms":
        return ["sms"]
    copies = (campaign.templates, *campaign.translations.values())
    return [channel for channel in OF_CHANNEL if any(parts_of(channel, texts) for texts in copies)] or list(OF_CHANNEL)


def drafts(campaign: Campaign) -> list[Draft]:
    """Make scenarios of a campaign; raise Unrenderable or Busy as filling does."""
    copies = {campaign.language: campaign.templates, **campaign.translations}
    sources = {f"{code} {part}": text for code, texts in copies.items() for part, text in texts.items()}
    forks = liquid.forks_of(sources, owner=f"person {me().id}")
    base = samples(campaign.variables, forks, campaign.language)
    made = [*_in_languages(campaign, copies, forks), *_at_forks(campaign, base, forks), *_edges(campaign, base)]
    different = {(draft.language, json.dumps(draft.variables, sort_keys=True)): draft for draft in reversed(made)}
    return list(reversed(different.values()))[:MOST]


def _in_languages(campaign: Campaign, copies: dict[str, Any], forks: Sequence[Fork]) -> Iterator[Draft]:
    for code in copies:
        name = _("Everything given, in %(language)s", language=language_name(code)) if code else _("Everything given")
        yield Draft(name, "", code, samples(campaign.variables, forks, code))


def _at_forks(campaign: Campaign, base: dict[str, Any], forks: Sequence[Fork]) -> Iterator[Draft]:
    for fork in forks:
        for words, value in _ways(fork):
            variables = deepcopy(base)
            if value is None:
                without(variables, fork.path)
            else:
                put(variables, fork.path, value)
            yield Draft(words[:120], _("a branch of the template"), campaign.language, variables)


def _ways(fork: Fork) -> Iterator[tuple[str, Any]]:
    """Give the values that lead another way than those of everything given; None is to leave it out."""
    path, value = fork.path, fork.value
    if fork.sign == EACH:
        yield _("%(name)s is empty", name=path), []
        yield _("%(name)s has one item", name=path), samples([path], [fork], "en").get(path, [{}])[:1] or [{}]
    elif fork.sign in {IS_THERE, IS_GIVEN} or value in {None, ""}:
        yield _("%(name)s is left out", name=path), None
    else:
        yield _("%(name)s is %(value)s", name=path, value=_shown(value)), value
        if fork.sign in {"<", "<=", ">", ">="} and isinstance(value, int | float):
            yield _("%(name)s is %(value)s", name=path, value=value - 1), value - 1


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"“{value}”"


def _edges(campaign: Campaign, base: dict[str, Any]) -> Iterator[Draft]:
    """What breaks texts: a very long name, signs of HTML and of no SMS alphabet, no name at all."""
    names = [path for path in campaign.variables if path.rpartition(".")[2] in NAMES]
    if not names:
        return
    longest = LONGEST_NAME.get(campaign.language, LONGEST_NAME["en"])
    signs = _("Signs of HTML and an emoji in the name")
    for words, value in ((_("The longest name"), longest), (signs, SIGNS), (_("No name"), None)):
        variables = deepcopy(base)
        for path in names:
            if value is None:
                without(variables, path)
            else:
                put(variables, path, value)
        yield Draft(words, _("an edge"), campaign.language, variables)


def expected_of(campaign: Campaign, draft: Draft) -> Expected:
    """Propose what to expect: that it reads as previewed, with its values in it; of an SMS its parts and encoding."""
    texts = fill_copies(campaign, draft.variables, draft.language).texts
    return {channel: _expected(channel, parts_of(channel, texts), draft.variables) for channel in channels_of(campaign)}


def _expected(channel: str, parts: dict[str, str], variables: dict[str, Any]) -> list[dict[str, str]]:
    if not parts:
        return [{"check": "nothing", "value": ""}]
    said = "\n".join(parts.values())
    values = [value for value in _texts(variables) if value in said][:EXPECTED_VALUES]
    found = [{"check": "preview", "value": ""}, *({"check": "contains", "value": value} for value in values)]
    if channel == "sms":
        counted = count(parts.get("text", ""))
        found += [{"check": "parts", "value": str(counted.parts)}, {"check": "encoding", "value": counted.encoding}]
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, str) and len(value) > 1:
        yield value
