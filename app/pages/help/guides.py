"""The guides of `docs/guide`: Markdown whose headings lead to pages, which lead back to them.

A heading `## [Orders](page:orders)` is the part of the page `orders`. A picture `picture:NAME` is shown where the
browser tests made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, g, url_for
from flask_babel import get_locale
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.pages.help import page
from app.web.menu import current_page
from app.web.page import Page
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "guide"
PICTURES = FOLDER / "pictures"
ROLES = ("support", "marketing", "campaign", "administrator", "developer")
PART = re.compile(r'<h2><a href="page:(\w+)">')
LINK = re.compile(r'<a href="page:(\w+)">(.*?)</a>')
PICTURE = re.compile(r'<p><img src="picture:(\w+)" alt="([^"]*)" ?/?></p>')


@dataclass(frozen=True)
class Guide:
    """A guide of one role in one language: its title, and HTML whose links name pages."""

    role: str
    title: str
    html: str

    @cached_property
    def parts(self) -> list[str]:
        """The pages that it has a part of."""
        return PART.findall(self.html)


@cache
def guide(role: str, language: str) -> Guide:
    """Read a guide; in a language that it has not it is English."""
    path = FOLDER / language / f"{role}.md"
    text = (path if path.exists() else FOLDER / "en" / f"{role}.md").read_text()
    title, _line, body = text.removeprefix("# ").partition("\n")
    return Guide(role, title, MarkdownIt("js-default").render(body))


def guides() -> list[Guide]:
    """All guides in the language of whoever reads."""
    return [guide(role, get_locale().language) for role in ROLES]


def shown(one: Guide) -> Markup:
    """Give a guide with its links led to the pages that this person may open, and pictures where there are any."""
    html = PART.sub(r'<h2 id="of-\1"><a href="page:\1">', one.html)
    html = PICTURE.sub(_picture, LINK.sub(_link, html))
    return Markup(html)  # noqa: S704  # made of our own files


def _link(match: re.Match[str]) -> str:
    name, words = match.groups()
    found = current_app.blueprints.get(name)
    if isinstance(found, Page) and me().may(found.sees):
        return f'<a href="{url_for(f"{name}.index")}">{words}</a>'
    return words


def _picture(match: re.Match[str]) -> str:
    name, words = match.groups()
    file = f"{name}-{get_locale()}.png"
    if not (PICTURES / file).is_file():
        return ""
    return f'<p><img src="{url_for("help.picture", file=file)}" alt="{words}" loading="lazy"></p>'


@page.record_once
def _offer(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["help_here"] = help_here


def help_here() -> str | None:
    """Where the guide tells of the page that is shown; None where it does not."""
    here = current_page()
    if here is None or not here.in_shop or "shop" not in g:
        return None
    role = next((one.role for one in guides() if here.name in one.parts), None)
    return url_for("help.role", role=role, _anchor=f"of-{here.name}") if role else None
