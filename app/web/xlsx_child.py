"""The child process that opens a spreadsheet: a file on standard input, one JSON line per row on standard output.

An XLSX of 1 KB can keep a reader busy for half a minute or take gigabytes (FACTS F16), so it is opened here, within
limits of memory and under a clock, where it can be killed. It imports nothing of the house.
"""

from __future__ import annotations

import json
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

MEMORY = 1024 * 1024 * 1024  # bytes
UNPACKED = 100 * 1024 * 1024  # bytes that the file says it unpacks to
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # how XLS files begin: they are not packed
PARTS = 2_000  # files inside the file


def main(most_rows: int, most_columns: int) -> None:
    _limit_memory()
    content = sys.stdin.buffer.read()
    if error := None if content.startswith(OLD_EXCEL) else _zip_error(content):
        _say({"error": error})
        return
    _read(content, most_rows, most_columns)


def _zip_error(content: bytes) -> str | None:
    """Say what is wrong with the file that XLSX and ODS are, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            inside = packed.infolist()
    except zipfile.BadZipFile:
        return "broken"
    is_large = len(inside) > PARTS or sum(part.file_size for part in inside) > UNPACKED
    return "large" if is_large else None


def _read(content: bytes, most_rows: int, most_columns: int) -> None:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # only after the memory is limited

    try:
        sheet = _first_filled(CalamineWorkbook.from_filelike(BytesIO(content)))
        if sheet.total_height > most_rows + 1:
            _say({"error": "rows"})
        elif sheet.total_width > most_columns:
            _say({"error": "columns"})
        else:
            for row in sheet.to_python(skip_empty_area=False):
                _say([_text(cell) for cell in row])
            _say({"end": True})
    except (CalamineError, ValueError, IndexError, OSError):
        _say({"error": "broken"})


def _first_filled(book: Any) -> Any:
    """The first sheet that holds anything."""
    sheets = (book.get_sheet_by_index(place) for place in range(len(book.sheet_names)))
    return next((sheet for sheet in sheets if sheet.total_height), None) or book.get_sheet_by_index(0)


def _text(cell: Any) -> str:
    """Write a cell as a person would type it: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # macOS has the call but refuses it; the clock still holds
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _say(line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
