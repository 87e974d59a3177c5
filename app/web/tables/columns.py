"""The columns of a list, and its rows put together in one loop, without a macro a cell.

What a column needs (words, addresses, badges) is resolved once for the page, and what many rows have alike is rendered
once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from urllib.parse import quote

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.web.moments import clock, for_file

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from flask_babel.speaklater import LazyString

Row = TypeVar("Row")
Kind = Literal["", "number", "cut", "soft", "pick", "actions", "spark-cell"]
Place = Literal["", "pick", "name", "figure", "note", "when"]
STAND_IN = 987654321  # a number that stands for that of a row, in the address of all rows


@dataclass(frozen=True)
class Column(Generic[Row]):
    """What a list shows of each row. `show` gives a text, or markup that is safe; `text` what stands in a file.

    `at` is where a phone shows it: a row is two lines there, and the rest stands on the page of the row. `kind` is
    `number` for what is compared, `cut` for the one long text that takes what room is left.
    """

    label: LazyString | str | Markup
    show: Callable[[Row], object]
    at: Place = ""
    kind: Kind = ""
    text: Callable[[Row], object] | None = None
    in_file: bool = True


def init_app(app: Flask) -> None:
    app.jinja_env.globals["list_table"] = list_table


def list_table(caption: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Markup:
    """Give the whole table. The column at `name` is its row's heading."""
    heads = "".join(f'<th scope="col"{_class(column)}>{escape(column.label)}</th>' for column in columns)
    return Markup(  # noqa: S704  # what stands in the cells is escaped as they are put together
        '<div class="table-box" tabindex="0" role="region" aria-label="{0}"><p class="table-hint">{1}</p>'
        '<table class="table" data-rows><caption class="visually-hidden">{0}</caption>'
        "<thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>".format(
            escape(caption), escape(_("There is more to the right")), heads, _body(columns, rows)
        )
    )


def _body(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> str:
    plan = [(*_opening(column), column.show, column.kind == "cut") for column in columns]
    parts: list[str] = []
    escaped: dict[str, Markup] = {}
    for row in rows:
        parts += ("<tr>",)
        for begins, ends, show, is_cut in plan:
            shown = show(row)
            if type(shown) is Markup:
                safe = shown
            elif type(shown) is str:  # a list says the same few words over and over
                safe = escaped[shown] if shown in escaped else escaped.setdefault(shown, escape(shown))
            else:
                safe = escape(shown)
            title = f' title="{escape(safe.striptags()) if safe is shown else safe}"' if is_cut else ""
            parts += (begins, title, ">", safe, ends)
        parts += ("</tr>",)
    return "".join(parts)


def _opening(column: Column[Any]) -> tuple[str, str]:
    """How a cell of a column begins, up to where a title may stand, and how it ends."""
    name = "th" if column.at == "name" else "td"
    scope = ' scope="row"' if column.at == "name" else ""
    at = f' data-at="{column.at}"' if column.at else ""
    return f"<{name}{scope}{_class(column)}{at}", f"</{name}>"


def _class(column: Column[Any]) -> str:
    return f' class="{column.kind}"' if column.kind else ""


def as_text(column: Column[Row], row: Row) -> object:
    """What stands in a file: of markup its text."""
    shown = (column.text or column.show)(row)
    return shown.striptags() if isinstance(shown, Markup) else shown


def when_column(
    moment_of: Callable[[Any], datetime | None], label: LazyString | None = None, *, at: Place = "when"
) -> Column[Any]:
    """When something happened: near moments in words; in a file the whole of it."""
    tell = clock().when
    return Column(
        label or _l("When"),
        lambda row: tell(moment_of(row)),
        at=at,
        kind="soft",
        text=lambda row: for_file(moment_of(row)),
    )


def pick_column(name: str, key: Callable[[Any], object], words: Callable[[Any], object], form: str) -> Column[Any]:
    """A box to choose the row by, for the form below the list; a row without a key has none. Files leave it out."""
    choose = _("Choose %(name)s", name="{}")
    before, after = (str(escape(part)) for part in choose.split("{}", 1))

    def box(row: Any) -> Markup:
        value = key(row)
        if not value:
            return Markup("")
        label = f"{before}{escape(words(row))}{after}"
        return Markup(  # noqa: S704  # it is escaped here
            f'<label class="pick"><input type="checkbox" name="{name}" value="{escape(value)}" form="{form}" '
            f'aria-label="{label}"></label>'
        )

    every = Markup('<label class="pick"><input type="checkbox" data-pick-all hidden aria-label="{}"></label>').format(
        _("Choose all of this page")
    )
    return Column(every, box, at="pick", kind="pick", in_file=False)


class Address:
    """The addresses of rows: built once, with the number or key of each put in its place."""

    def __init__(self, endpoint: str, argument: str, **more: Any) -> None:
        values: dict[str, Any] = {**more, argument: STAND_IN}
        self.before, _stand_in, self.after = url_for(endpoint, **values).partition(str(STAND_IN))
        self.link_before, self.link_after = f'<a href="{escape(self.before)}', escape(self.after)

    def of(self, number: int | str) -> str:
        return f"{self.before}{_in_path(number)}{self.after}"

    def link(self, number: int | str, words: object) -> Markup:
        return Markup(  # noqa: S704  # what stands around the number is escaped, and it is quoted
            f'{self.link_before}{_in_path(number)}{self.link_after}">{escape(words)}</a>'
        )


def _in_path(number: int | str) -> int | str:
    return number if isinstance(number, int) or (number.isalnum() and number.isascii()) else quote(number, safe="")


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


def mono(words: object) -> Markup:
    """A code, a number or an address, as it is typed."""
    return Markup(f'<span class="mono">{escape(words)}</span>')  # noqa: S704  # it is escaped here
