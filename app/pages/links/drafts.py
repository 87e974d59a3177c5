"""Reading URLs that were brought, and finding what is wrong with each before anything is made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from pydantic import ValidationError

from app.pages.links.tags import tagged, whole
from app.rees46 import links
from app.store.short_links import digest_of
from app.web.cells.tidying import Unfit
from app.web.cells.urls import read_url
from app.web.forms.fields import errors_of
from app.web.tables.dialect import without_ends
from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from app.web.tables.upload import Row, Table

MOST = 1000  # URLs in one go
LOOKED_AT = 20  # rows by which the column of URLs is told
COLUMNS = {
    "url": ("url", "link", "long url", "address", "ссылка", "адрес"),
    "lifetime": ("lifetime", "days", "срок", "дней", "дни"),
    "code": ("code", "slug", "код"),
}
WITH_DAYS = re.compile(r"(\S+)\s+(\d{1,4})(?:\s+(\S+))?")
URL_LIKE = re.compile(r"[a-z][a-z0-9+.-]*:\S+|\S+\.\S+", re.IGNORECASE)


@dataclass
class Draft:
    """A URL as it would be shortened. `problem`: what cannot be sent (url, lifetime, code, domain, twice, beyond)."""

    row: int
    url: str
    lifetime: int | str | None = None
    code: str | None = None
    domain: str = ""
    problem: str | None = None
    renews: str | None = None  # key of the link that it is to live on
    more: dict[str, str] = field(default_factory=dict)  # cells of its row that are of no use, by column

    @property
    def digest(self) -> str:
        return digest_of(self.url, self.domain)

    @property
    def days(self) -> int:
        """For how long; only of a draft without a problem."""
        return int(self.lifetime or links.DEFAULT)

    def link(self) -> links.Link:
        """What is sent; raises a ValidationError when it cannot be."""
        said: dict[str, Any] = {"url": self.url, "lifetime": self.lifetime, "code": self.code, "domain": self.domain}
        return links.Link.model_validate(said)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def from_lines(text: str) -> list[Draft]:
    """Read a URL a line; behind it, after a blank, its days and after these its own code. A word alone is no code."""
    found = []
    for number, line in enumerate(without_ends(text.splitlines()), 1):
        if not (stripped := line.strip()):
            continue
        match = WITH_DAYS.fullmatch(stripped)
        url, lifetime, code = match.groups() if match else (stripped, None, None)
        found.append(Draft(number, url, lifetime, code))
    return found


def is_table(text: str) -> bool:
    """Whether pasted lines are a table: the first names columns, one of them that of the URLs."""
    cells = re.split(r"[,;\t|]", text.lstrip().partition("\n")[0].casefold())
    return len(cells) > 1 and any(cell.strip().strip('"') in COLUMNS["url"] for cell in cells)


def from_table(table: Table) -> list[Draft]:
    """Read rows by the names of the columns; without names, the first column that holds URLs is taken."""
    places = _places(table)
    if "url" not in places:
        raise Unreadable(_("There is no column of URLs in it. Name it “url”."))
    return [_draft(row, places, table.header) for row in table.rows]


def _draft(row: Row, places: dict[str, int], header: list[str]) -> Draft:
    """Read a row; what stands in other columns is kept to be shown, and what stands beyond them is a fault."""
    url, lifetime, code = (row.cells[places[name]] or None if name in places else None for name in COLUMNS)
    others = set(range(len(header))) - set(places.values())
    more = {header[place]: cell for place in sorted(others) if (cell := row.cells[place])}
    beyond = " ".join(filter(None, row.cells[len(header) :]))
    problem = "beyond" if beyond else None
    return Draft(row.number, url or beyond or " ".join(more.values()), lifetime, code, problem=problem, more=more)


def _places(table: Table) -> dict[str, int]:
    names = [cell.casefold() for cell in table.header]
    places = {name: place for name, known in COLUMNS.items() for place, said in enumerate(names) if said in known}
    if "url" not in places:
        cells = (pair for row in table.rows[:LOOKED_AT] for pair in enumerate(row.cells[: len(names)]))
        first = next((place for place, cell in cells if URL_LIKE.fullmatch(cell)), None)
        places |= {"url": first} if first is not None else {}
    return places


def checked(drafts: Sequence[Draft], lifetime: int | None, tags: dict[str, str], domain: str = "") -> list[Draft]:
    """Give each URL its tags and what was chosen for all, and name what is wrong with it."""
    for draft in drafts:
        draft.url, draft.domain = tagged(whole(draft.url), tags), domain
        if draft.lifetime in (None, ""):
            draft.lifetime = lifetime
        draft.problem = draft.problem or _problem(draft)
    own = Counter(draft.code for draft in drafts if draft.code)
    for draft in drafts:
        if draft.code and own[draft.code] > 1 and not draft.problem:
            draft.problem = "twice"
    return list(drafts)


def _problem(draft: Draft) -> str | None:
    """Name the first part of a URL that the contract does not allow; numbers become numbers."""
    if "\0" in f"{draft.url}{draft.code}":
        return "url"
    try:
        read_url(draft.url)
    except Unfit as unfit:
        return unfit.code
    try:
        draft.lifetime = draft.link().lifetime
    except ValidationError as wrong:
        return next(errors_of(wrong))[0] or "url"
    except ValueError:
        return "url"
    return None


def restored(rows: Iterable[dict[str, Any]]) -> list[Draft]:
    """Give the drafts that were kept."""
    known = Draft.__dataclass_fields__
    return [Draft(**{name: value for name, value in row.items() if name in known}) for row in rows]
