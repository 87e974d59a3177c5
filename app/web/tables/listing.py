"""One list for every page: its columns, its rows ready to be shown, and the same rows as CSV.

Rows are put together here in one loop, without a macro a cell: what a column needs (words, addresses, badges) is
resolved once for the page, and what many rows have alike is rendered once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from flask import current_app, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.web.http.csv import csv_answer

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask_babel.speaklater import LazyString

Row = TypeVar("Row")
Kind = Literal["", "number", "cut", "soft"]
Place = Literal["", "name", "figure", "note", "when"]
STAND_IN = 987654321  # a number that stands for that of a row, in the address of all rows
MOST_IN_CSV = 10_000


@dataclass(frozen=True)
class Column(Generic[Row]):
    """What a list shows of each row. `show` gives a text, or markup that is safe; `text` what stands in a CSV.

    `at` is where a phone shows it: a row is two lines there, and the rest stands on the page of the row. `kind` is
    `number` for what is compared, `cut` for the one long text that takes what room is left.
    """

    label: LazyString
    show: Callable[[Row], object]
    at: Place = ""
    kind: Kind = ""
    text: Callable[[Row], object] | None = None


def init_app(app: Flask) -> None:
    app.jinja_env.globals["list_table"] = list_table


def list_table(caption: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Markup:
    """Give the whole table. The column at `name` is its row's heading."""
    opens = [_opening(column) for column in columns]
    heads = Markup("").join(Markup('<th scope="col"{}>{}</th>').format(_class(one), one.label) for one in columns)
    lines = []
    for row in rows:
        cells = []
        for column, (begins, ends) in zip(columns, opens, strict=True):
            shown = escape(column.show(row))
            title = f' title="{escape(shown.striptags())}"' if column.kind == "cut" else ""
            cells.append(f"{begins}{title}>{shown}{ends}")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    body = Markup("".join(lines))  # noqa: S704  # each cell is escaped above
    return Markup(
        '<div class="table-box" tabindex="0" role="region" aria-label="{0}"><p class="table-hint">{1}</p>'
        '<table class="table" data-rows><caption class="visually-hidden">{0}</caption>'
        "<thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>"
    ).format(caption, _("There is more to the right"), heads, body)


def _opening(column: Column[Any]) -> tuple[str, str]:
    """How a cell of a column begins, up to where a title may stand, and how it ends."""
    name = "th" if column.at == "name" else "td"
    scope = ' scope="row"' if column.at == "name" else ""
    at = f' data-at="{column.at}"' if column.at else ""
    return f"<{name}{scope}{_class(column)}{at}", f"</{name}>"


def _class(column: Column[Any]) -> Markup:
    return Markup(' class="{}"').format(column.kind) if column.kind else Markup("")


def as_csv(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Response:
    """Send the rows of a list as a file; what a column shows as markup is written as its text."""
    header = [str(column.label) for column in columns]
    return csv_answer(name, header, ([_text(column, row) for column in columns] for row in rows))


def _text(column: Column[Row], row: Row) -> object:
    shown = (column.text or column.show)(row)
    return shown.striptags() if isinstance(shown, Markup) else shown


class Address:
    """The addresses of rows: built once, with the number or key of each put in its place."""

    def __init__(self, endpoint: str, argument: str) -> None:
        values: dict[str, Any] = {argument: STAND_IN}
        self.before, _stand_in, self.after = url_for(endpoint, **values).partition(str(STAND_IN))

    def of(self, number: int | str) -> str:
        return f"{self.before}{number}{self.after}"

    def link(self, number: int | str, words: object) -> Markup:
        return Markup(f'<a href="{escape(self.of(number))}">{escape(words)}</a>')  # noqa: S704  # it is escaped here


def once_for(key: Callable[[Any], Hashable], render: Callable[[Any], object]) -> Callable[[Any], object]:
    """Render a cell once for all rows of a page that have the same key: `once_for(lambda act: act.outcome, badge)`."""
    known: dict[Hashable, object] = {}

    def cell(row: object) -> object:
        found = key(row)
        if found not in known:
            known[found] = render(row)
        return known[found]

    return cell


def macro(template: str, name: str) -> Callable[..., Markup]:
    """Get a macro of the templates, to be called once for what many rows have alike."""
    found: Callable[..., Markup] = getattr(current_app.jinja_env.get_template(template).module, name)
    return found
