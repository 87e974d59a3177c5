"""Tables as CSV that Excel opens as it should: streamed, with a BOM, and no cell that turns into a formula."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING

from flask import Response, abort, g, redirect, request, stream_with_context, url_for
from flask_babel import get_locale

from app.store.budgets import Kind
from app.web.masking import is_left_whole
from app.web.safeguards.budgets import spend_now
from app.web.sign_in.events import noted_export
from app.web.sign_in.held import here
from app.web.sign_in.proof import prove_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BOM = "\ufeff"  # without it Excel reads Cyrillic as cp1251
BLOCK = 64 * 1024  # characters that are sent at once
AT_ONCE = 10_000  # rows that somebody waits for; a longer file is made by a worker
BEGINS = "=+-@＝＋－＠"  # a formula
INSIDE = re.compile(rf"""([;,|\t\r\n]"*)(?=[{re.escape(BEGINS)}])""")  # where a spreadsheet may begin a new cell
RISKY = (*BEGINS, "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")


@dataclass(frozen=True)
class Table:
    """What would be a file: its name without the ending, what stands above its columns, and its rows."""

    name: str
    header: Sequence[str]
    rows: Iterator[Sequence[object]]


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Send rows as a file while they are made; `name` is the file's name without its ending, in Latin letters.

    Whoever takes them away shows first that it is them, if that was a while ago; it stands in the trail. What is too
    long to wait for is offered as work; the worker asks the same view, and takes the rows from here (`tables_wanted`).
    """
    wanted: list[Table] | None = g.get("tables_wanted")
    if wanted is not None:
        wanted.append(Table(name, header, iter(rows)))
        return Response()
    prove_first()
    rows = iter(rows)
    first = list(islice(rows, AT_ONCE + 1))
    is_offered = request.method == "GET" and g.get("shop") and not is_left_whole()  # a worker's file is one of a shop
    if len(first) > AT_ONCE and is_offered:
        abort(redirect(url_for("exports.offer", of=here()), 303))
    spend_now(Kind.EXPORTED, len(first))
    return _attached(_noted(name, header, chain(first, _spent(rows))), name)


def _spent(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """Count the rest of a long table as it leaves; what is over the budget ends the file."""
    while some := list(islice(rows, AT_ONCE)):
        spend_now(Kind.EXPORTED, len(some))
        yield from some


def file_answer(name: str, blocks: Iterable[bytes], rows: int) -> Response:
    """Send a table that was written before, under the same rules."""
    prove_first()
    spend_now(Kind.EXPORTED, rows)

    def sent() -> Iterator[bytes]:
        with noted_export(name) as counted:
            yield from blocks
            counted["rows"] = rows

    return _attached(sent(), name)


def _attached(blocks: Iterator[str] | Iterator[bytes], name: str) -> Response:
    answer = Response(stream_with_context(blocks), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^A-Za-z0-9._-]+", "-", name)}.csv"'
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def lines_answer(name: str, rows: Iterable[Mapping[str, object]], number: int) -> Response:
    """Send rows as lines of JSON, for programs; under the same rules as a table."""
    prove_first()
    spend_now(Kind.EXPORTED, number)

    def lines() -> Iterator[str]:
        with noted_export(name) as counted:
            for row in rows:
                counted["rows"] += 1
                yield json.dumps(row, ensure_ascii=False, default=str) + "\n"

    answer = Response(stream_with_context(lines()), mimetype="application/x-ndjson")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
    return answer


def _noted(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    with noted_export(name) as counted:
        yield from table_blocks(header, counting(rows, counted), delimiter())


def counting(rows: Iterable[Sequence[object]], counted: dict[str, int]) -> Iterator[Sequence[object]]:
    """Count rows as they pass."""
    for row in rows:
        counted["rows"] += 1
        yield row


def delimiter() -> str:
    """What Excel expects between cells in the person's language."""
    return ";" if str(get_locale()).startswith("ru") else ","


def harmless(value: object, *, begins_line: bool = False) -> str:
    """Write a cell so that no spreadsheet takes it for a formula; a number with its sign stays a number.

    A spreadsheet that expects another sign between cells cuts the line elsewhere: within cells, and not after the
    first one, which then is only the beginning of a longer cell.
    """
    text = "" if value is None else str(value)
    if NUMBER.fullmatch(text):
        return f"'{text}" if begins_line and text.startswith(RISKY) else text
    text = INSIDE.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" \xa0").startswith(RISKY) else text


def _line(cells: Sequence[object]) -> list[str]:
    return [harmless(cell, begins_line=number == 0 and len(cells) > 1) for number, cell in enumerate(cells)]


def table_blocks(header: Sequence[str], rows: Iterable[Sequence[object]], separator: str) -> Iterator[str]:
    """Write a table piece by piece."""
    buffer = StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(_line(header))
    for row in rows:
        writer.writerow(_line(row))
        if buffer.tell() > BLOCK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
