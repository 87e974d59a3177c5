"""What the lists of links show of each link, and of each batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.filters import number
from app.web.moments import for_file, when
from app.web.tables.columns import Address, Column, macro, mono, once_for, pick_column, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.link_batches import LinkBatch
    from app.store.short_links import ShortLink
    from app.store.utm_templates import UtmTemplate

CHOSEN = "chosen-links"  # the form below the list


def columns() -> list[Column[ShortLink]]:
    """Where each leads, how it stands, and until when."""
    link_at, badge, none_yet = (
        Address("links.link", "key"),
        macro("links/_parts.html", "state_badge"),
        _("no short link"),
    )

    def short(link: ShortLink) -> Markup:
        return link_at.link(link.key, without_scheme(link.short) if link.short else none_yet)

    return [
        pick_column(
            "link", lambda link: link.key if link.short else "", lambda link: without_scheme(link.short), CHOSEN
        ),
        Column(_l("Short link"), short, at="name", text=lambda link: link.short or ""),
        Column(_l("Leads to"), lambda link: link.source, at="note", kind="cut"),
        Column(_l("Campaign"), lambda link: link.campaign or "–", kind="soft", text=lambda link: link.campaign),
        Column(
            _l("State"),
            once_for(lambda link: (link.state, link.is_alive, link.is_ending), badge),
            at="figure",
            text=lambda link: link.state,
        ),
        Column(_l("By"), lambda link: link.person, kind="soft"),
        when_column(lambda link: link.at, _l("Made"), at=""),
        when_column(lambda link: link.expires, _l("Ends")),
    ]


def batch_columns(made: Mapping[int, int]) -> list[Column[LinkBatch]]:
    """When URLs were brought together, by whom, and how many links they became."""
    batch_at, badge = Address("links.batch", "key"), macro("links/_parts.html", "batch_badge")
    return [
        Column(
            _l("Brought"),
            lambda batch: batch_at.link(batch.key, when(batch.at)),
            at="name",
            text=lambda batch: for_file(batch.at),
        ),
        Column(_l("By whom"), lambda batch: batch.person, at="note"),
        Column(_l("Links created"), lambda batch: number(made.get(batch.id, 0)), at="when", kind="number"),
        Column(_l("State"), once_for(lambda batch: batch.state, badge), at="figure"),
    ]


def template_columns() -> list[Column[UtmTemplate]]:
    """Which tags a template stands for, and a link to shorten with it."""
    template_at, use_at = Address("links.template", "key"), Address("links.shorten", "template")
    button = macro("components/button.html", "button_link")

    def tags(one: UtmTemplate) -> str:
        return ", ".join(f"utm_{name}={value}" for name, value in one.tags.items())

    def use(one: UtmTemplate) -> Markup:
        words = _("Shorten a link with %(name)s", name=one.name)
        return button(_("Use"), use_at.of(one.key), size="small", aria_label=words)

    return [
        Column(_l("Name"), lambda one: template_at.link(one.key, one.name), at="name", text=lambda one: one.name),
        Column(_l("Tags"), lambda one: mono(tags(one)), at="note", kind="cut", text=tags),
        Column(_l("By whom"), lambda one: one.person, kind="soft"),
        when_column(lambda one: one.at, _l("Made"), at="when"),
        Column(_l("Actions"), use, at="figure", kind="actions", in_file=False),
    ]


def without_scheme(url: str | None) -> str:
    """Write a short link as people read it out."""
    return (url or "").partition("://")[2] or url or ""
