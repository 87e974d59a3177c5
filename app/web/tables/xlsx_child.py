"""The child process that opens a spreadsheet: a file on standard input, one JSON line per row on standard output.

An XLSX of 1 KB can keep a reader busy for half a minute or take gigabytes (decisions.md#spreadsheet-limits), so it is
opened here, within limits of memory and under a clock, where it can be killed (`app.processes.sandbox`).
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from app.web.tables.spreadsheet_cells import corrections

UNPACKED = 100 * 1024 * 1024  # bytes that the file says it unpacks to
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # how XLS files begin: they are not packed
LOOKED_AT = 50  # rows by which the sheet is told
MOST_ABOVE = 21  # rows above the data: titles and headings
CONTACT = re.compile(r"\S+@\S+\.\S+|\+?[\d\s()-]{10,20}|[A-Za-z][A-Za-z0-9+.-]*://\S+")
EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
PARTS = 2_000  # files inside the file


def main(most_rows: int, most_columns: int, sheet: str) -> None:
    content = sys.stdin.buffer.read()
    if error := None if content.startswith(OLD_EXCEL) else _zip_error(content):
        _say({"error": error})
        return
    _read(content, most_rows, most_columns, sheet)


def _zip_error(content: bytes) -> str | None:
    """Say what is wrong with the file that XLSX and ODS are, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            inside = packed.infolist()
    except zipfile.BadZipFile:
        return "broken"
    is_large = len(inside) > PARTS or sum(part.file_size for part in inside) > UNPACKED
    return "large" if is_large else None


def _read(content: bytes, most_rows: int, most_columns: int, wanted: str) -> None:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        shown = {one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible}
        seen = {name: one for name, one in sheets.items() if name in shown and one.height}
        name = wanted if wanted in sheets else _likeliest(seen or sheets, most_rows, most_columns)
        sheet = sheets[name]
        rows, columns = _size(sheet)
        if rows > most_rows + MOST_ABOVE:
            _say({"error": "rows"})
        elif columns > most_columns:
            _say({"error": "columns"})
        else:
            corrected = {} if content.startswith(OLD_EXCEL) else corrections(BytesIO(content), name)
            _say({"sheet": name, "sheets": [name for name, one in sheets.items() if one.height]})
            for place, row in enumerate(sheet.to_python(skip_empty_area=False)):
                _say([corrected.get((place, column)) or _text(cell) for column, cell in enumerate(row)])
            _say({"end": True})
    except (CalamineError, ValueError, IndexError, OSError, KeyError, SyntaxError, zipfile.BadZipFile):
        _say({"error": "broken"})


def _likeliest(sheets: dict[str, Any], most_rows: int, most_columns: int) -> str:
    """The first sheet with an address, a number or a URL near its top; else the largest that can be read."""
    sizes = {name: _size(one) for name, one in sheets.items()}
    fit = [
        name for name, (rows, columns) in sizes.items() if rows <= most_rows + MOST_ABOVE and columns <= most_columns
    ]
    told = (name for name in fit if _holds_contacts(sheets[name]))
    return next(told, None) or max(fit or sizes, key=lambda name: sizes[name][0] * sizes[name][1])


def _size(sheet: Any) -> tuple[int, int]:
    """Rows and columns up to the last cell that holds something; calamine counts both from 0."""
    return (sheet.total_height + 1, sheet.total_width + 1) if sheet.height else (0, 0)


def _holds_contacts(sheet: Any) -> bool:
    cells = (_text(cell) for row in sheet.to_python(nrows=LOOKED_AT) for cell in row)
    return any(CONTACT.fullmatch(cell) for cell in cells)


def _text(cell: Any) -> str:
    """Write a cell as a person would type it: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and abs(cell) >= EXACT:
        return f"{cell:.14E}"  # as a spreadsheet shows it: its last digits are lost
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def _say(line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
